import asyncio
import itertools
import time
from contextlib import asynccontextmanager

import pytest

from ppid_audit.crawl.politeness import Politeness, Shared
from ppid_audit.model.capture import Capture, Exchange, Problem, Role

pytestmark = pytest.mark.anyio

URL = "http://a.example/x"
Log = list[tuple[float, str]]


def answered(
    url: str = URL,
    problem: Problem | None = None,
    status: int | None = 200,
    redirects: tuple[str, ...] = (),
    **headers: str,
) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        Capture(url, url, Role.PAGE, "2026-11-24T03:00:00Z", status, problem, redirects=redirects, headers=pairs)
    )


async def one_server(url: str) -> str:
    return "192.0.2.1"


async def take(politeness: Politeness, url: str, log: Log, busy: float = 0.0) -> None:
    async with politeness.turn(url):
        log.append((time.monotonic(), "begin"))
        await asyncio.sleep(busy)
        log.append((time.monotonic(), "end"))


async def test_the_pause_is_kept_after_each_request():
    politeness = Politeness(0.1)
    log: Log = []
    for _ in range(3):
        await take(politeness, URL, log)
    begins = [moment for moment, what in log if what == "begin"]
    assert all(later - earlier >= 0.099 for earlier, later in itertools.pairwise(begins))


async def test_one_at_a_time_on_a_shared_server():
    log: Log = []
    politeness = Politeness(0.05, one_server)
    hosts = [f"http://dinas{n}.example/" for n in range(4)]
    await asyncio.gather(*(take(politeness, url, log, busy=0.02) for url in hosts))
    assert [what for _, what in log] == ["begin", "end"] * 4
    ends, begins = [log[n][0] for n in (1, 3, 5)], [log[n][0] for n in (2, 4, 6)]
    assert all(begin - end >= 0.049 for end, begin in zip(ends, begins, strict=True))


async def test_servers_of_their_own_do_not_wait_for_each_other():
    log: Log = []
    politeness = Politeness(5.0)
    began = time.monotonic()
    await asyncio.gather(*(take(politeness, f"http://127.0.0.1:{port}/", log, busy=0.05) for port in range(8001, 8009)))
    assert time.monotonic() - began < 1


async def test_waiting_for_others_is_told():
    log: Log = []
    politeness = Politeness(0.0)
    first = asyncio.create_task(take(politeness, URL, log, busy=0.2))
    await asyncio.sleep(0.05)
    async with politeness.turn(URL) as queued:
        assert 0.1 < queued < 1
    await first


async def test_who_is_in_a_hurry_does_not_sleep():
    log: Log = []
    politeness = Politeness(30.0)
    await take(politeness, URL, log)
    began = time.monotonic()
    async with politeness.turn(URL, lambda: True):
        assert time.monotonic() - began < 1


async def test_redirects_are_requests_too():
    politeness = Politeness(1.0)
    async with politeness.turn(URL):
        politeness.report(answered(redirects=("http://a.example/y", "http://a.example/z")))
    assert 2.9 < politeness.wait(URL) <= 3


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("1", 5, 6.1),
        ("30", 30, 31),
        ("-5", 5, 6.1),
        ("Tue, 24 Nov 2026 03:01:00 GMT", 60, 61),
        ("Tue, 24 Nov 2026 02:00:00 GMT", 5, 6.1),
        ("sebentar", 10, 11),
        ("", 10, 11),
    ],
)
async def test_retry_after(value, least, most):
    politeness = Politeness(1.0)
    async with politeness.turn(URL):
        more = {"retry_after": value, "date": "Tue, 24 Nov 2026 03:00:00 GMT"}
        politeness.report(answered(problem=Problem.RATE_LIMITED, status=429, **more))
    assert least - 0.1 < politeness.wait(URL) <= most
    assert not politeness.stopped(URL)


@pytest.mark.parametrize("value", ["86400", "999999999999", "Tue, 24 Nov 2037 03:00:00 GMT"])
async def test_a_host_that_wants_us_back_much_later_is_left(value):
    politeness = Politeness(0.0)
    async with politeness.turn(URL):
        more = {"retry_after": value, "date": "Tue, 24 Nov 2026 03:00:00 GMT"}
        politeness.report(answered(problem=Problem.SERVER_ERROR, status=503, **more))
    assert politeness.stopped(URL)


def test_five_failures_in_a_row_stop_a_host():
    politeness = Politeness(0.0)
    for _ in range(4):
        politeness.report(answered(problem=Problem.DEADLINE, status=None))
    politeness.report(answered())
    for _ in range(4):
        politeness.report(answered(problem=Problem.SERVER_ERROR, status=500))
    assert not politeness.stopped(URL)
    politeness.report(answered(problem=Problem.BLOCKED, status=403))
    assert politeness.stopped(URL)
    assert not politeness.stopped("http://b.example/")


def test_missing_pages_are_no_failures():
    politeness = Politeness(0.0)
    for _ in range(20):
        politeness.report(answered(status=404))
    assert not politeness.stopped(URL)


@pytest.mark.parametrize(
    ("asked", "delay", "stopped"),
    [(None, 1, False), (0.5, 1, False), (10, 10, False), (120, 60, False), (301, 60, True), (-1, 1, False)],
)
def test_crawl_delay(asked, delay, stopped):
    politeness = Politeness(1.0)
    politeness.slow(URL, asked)
    assert politeness.delay(URL) == delay
    assert bool(politeness.stopped(URL)) is stopped


async def test_what_other_machines_ask_too_is_asked_behind_the_gate():
    passed: list[tuple[str, float]] = []

    @asynccontextmanager
    async def gate(name, pause, hurry):
        passed.append((name, pause))
        yield
        passed.append((f"left {name}", pause))

    async def address(url):
        return "36.1.1.1"

    manners = Politeness(0.01, address, Shared(frozenset({"dinkes.go.id"}), gate))
    async with manners.turn("https://dinkes.go.id/"):
        assert passed == [("36.1.1.1", 0.01)]
    passed.clear()
    async with manners.turn("https://drive.google.com/"):
        assert passed == [("drive.google.com", 0.01), ("36.1.1.1", 0.01)]
    assert passed[2:] == [("left 36.1.1.1", 0.01), ("left drive.google.com", 0.01)]
