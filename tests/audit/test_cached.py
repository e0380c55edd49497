"""The one fetcher: the archive of this scan, then the condition of the last, then the network."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from ppid_audit.archive.reader import read
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.audit.cached import _IN_FULL_EVERY, CachedFetch, _is_in_turn
from ppid_audit.crawl.request import Request
from ppid_audit.model.capture import Capture, Exchange, Problem, Role
from tests.archive.samples import HOME, exchange, failure

VALIDATORS = (("etag", 'W/"a-1"'), ("last-modified", "Mon, 02 Nov 2026 01:00:00 GMT"), ("content-type", "text/html"))
BIG = Random(1).randbytes(3_000)


class Web:
    """A network that notes what it was asked, with which conditions, and answers with what is set."""

    def __init__(self, *answers: Exchange) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str]]] = []

    async def __call__(self, request: Request) -> Exchange:
        self.asked.append((request.url, dict(request.conditions(request.url))))
        return self.answers.pop(0)


def ask(fetch: CachedFetch, url: str, role: Role = Role.PAGE) -> Exchange:
    return asyncio.run(fetch(Request(url, role)))


def stored(path, *given: Exchange) -> list[Capture]:
    with Writer(path, "dinkes", "1.0") as writer:
        return [writer.store(one) for one in given]


def not_modified(number: int, *headers: tuple[str, str]) -> Exchange:
    return exchange(number, b"", status=304, problem=Problem.BAD_RESPONSE, headers=headers, media_type="")


def test_what_is_stored_is_answered_in_its_order_without_asking_or_storing_again(tmp_path):
    path = tmp_path / "s1" / "dinkes.warc.gz"
    url = f"{HOME}halaman-1"
    first = replace(failure(1), capture=replace(failure(1).capture, url=url, final_url=url))
    captures = stored(path, first, exchange(2), exchange(1))
    size = path.stat().st_size
    web = Web(exchange(1, b"baru"))
    with Writer(path, "dinkes", "1.0") as writer:
        fetch = CachedFetch(web, writer, Shelf())
        for expected in (captures[0], captures[2]):
            assert fetch.stored(url)
            assert ask(fetch, url).capture == ask(fetch, url).capture == expected
            assert fetch.keep(ask(fetch, url)) == expected
        assert not fetch.stored(url)
        assert web.asked == []
        assert path.stat().st_size == size
        assert ask(fetch, url).body == b"baru"
        assert web.asked == [(url, {})]
        assert fetch.keep(exchange(1, b"baru")).warc == f"dinkes.warc.gz#{size}"


def test_a_refusal_that_is_stored_already_is_not_stored_again(tmp_path):
    path = tmp_path / "s1" / "dinkes.warc.gz"
    refused = failure(1, Problem.ROBOTS_DISALLOWED)
    (capture,) = stored(path, refused)
    with Writer(path, "dinkes", "1.0") as writer:
        later = replace(refused, capture=replace(refused.capture, fetched_at="2026-11-25T00:00:00Z"))
        assert CachedFetch(Web(), writer, Shelf()).keep(later) == capture
    assert [one.capture for one in read(path)] == [capture]


def test_what_has_not_changed_is_taken_from_the_last_scan(tmp_path):
    before, now = (tmp_path / scan / "dinkes.warc.gz" for scan in ("s1", "s2"))
    url = f"{HOME}halaman-1"
    (old,) = stored(before, exchange(1, BIG, headers=VALIDATORS))
    answer = not_modified(1, ("etag", 'W/"a-1"'), ("date", "heute"), ("content-length", "0"))
    web = Web(answer)
    with Writer(now, "dinkes", "1.0", Shelf(before)) as writer:
        fetch = CachedFetch(web, writer, Shelf(before))
        got = ask(fetch, url)
        assert web.asked == [(url, {"If-None-Match": 'W/"a-1"', "If-Modified-Since": VALIDATORS[1][1]})]
        assert (got.capture.status, got.capture.problem, got.body) == (200, None, BIG)
        assert (got.capture.media_type, got.capture.unchanged) == ("text/html", True)
        assert got.capture.header("date") == "heute"
        assert got.capture.header("content-length") == ""
        assert got.capture.header("content-type") == "text/html"
        kept = fetch.keep(got)
    assert (kept.sha256, kept.bytes) == (old.sha256, len(BIG))
    assert writer.refers_to == {"s1/dinkes.warc.gz"}
    assert next(read(now)).body == BIG


@pytest.mark.parametrize(
    "header",
    [
        ("etag", "kein-zeichen"),
        ("etag", '"a"\r\nHost: lain'),
        ("etag", '"é"'),
        ("etag", f'"{"a" * 400}"'),
        ("last-modified", "kemarin"),
        ("last-modified", "Mon, 02 Nov 2026 01:00:00 GMT, x"),
    ],
)
def test_a_validator_that_is_none_is_not_sent(tmp_path, header):
    before = tmp_path / "s1" / "dinkes.warc.gz"
    stored(before, exchange(1, headers=(header,)))
    web = Web(exchange(1))
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0") as writer:
        ask(CachedFetch(web, writer, Shelf(before)), f"{HOME}halaman-1")
    assert web.asked == [(f"{HOME}halaman-1", {})]


@pytest.mark.parametrize("more", [{"problem": Problem.TRUNCATED}, {"status": 503}, {"status": 403}])
def test_only_usable_answers_are_asked_for_under_a_condition(tmp_path, more):
    before = tmp_path / "s1" / "dinkes.warc.gz"
    stored(before, exchange(1, headers=VALIDATORS, **more))
    web = Web(exchange(1))
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0") as writer:
        ask(CachedFetch(web, writer, Shelf(before)), f"{HOME}halaman-1")
    assert web.asked[0][1] == {}


def test_the_conditions_are_those_of_the_page_that_answered(tmp_path):
    before = tmp_path / "s1" / "dinkes.warc.gz"
    moved, target = f"{HOME}lama", f"{HOME}baru"
    stored(before, exchange(url=moved, final_url=target, redirects=(target,), headers=VALIDATORS))
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0") as writer:
        fetch = CachedFetch(Web(), writer, Shelf(before))
        assert fetch._conditions(moved) == {}
        assert set(fetch._conditions(target)) == {"If-None-Match", "If-Modified-Since"}


def test_when_the_last_scan_can_no_longer_be_read_the_whole_answer_is_asked_for(tmp_path):
    before = tmp_path / "s1" / "dinkes.warc.gz"
    stored(before, exchange(1, BIG, headers=VALIDATORS))
    shelf = Shelf(before)
    before.write_bytes(before.read_bytes()[:600])
    web = Web(not_modified(1), exchange(1, b"seluruhnya"))
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0", shelf) as writer:
        assert ask(CachedFetch(web, writer, shelf), f"{HOME}halaman-1").body == b"seluruhnya"
    assert [bool(conditions) for _, conditions in web.asked] == [True, False]


def test_a_304_that_nobody_asked_for_stays_a_bad_response(tmp_path):
    web = Web(not_modified(1), not_modified(1))
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0") as writer:
        got = ask(CachedFetch(web, writer, Shelf()), f"{HOME}halaman-1")
    assert got.capture.problem is Problem.BAD_RESPONSE


GONE = f"{HOME}hilang"
PAGE = (("content-type", "text/html"), ("content-length", "9"), ("server", "nginx"))
LATER = "2026-11-25T02:00:00Z"


def missing(body: bytes = b"tidak ada", **more) -> Exchange:
    return exchange(body=body, **{"url": GONE, "final_url": GONE, "status": 404, "headers": PAGE, **more})


def head(url: str = GONE, status: int = 404, **more) -> Exchange:
    return missing(b"", url=url, final_url=url, status=status, fetched_at=LATER, media_type="", **more)


class Heads(Web):
    """Notes the method too; ``heads`` answer HEAD, in their order."""

    def __init__(self, heads: list[Exchange], *answers: Exchange) -> None:
        super().__init__(*answers)
        self.heads, self.methods = heads, list[tuple[str, str]]()

    async def __call__(self, request: Request) -> Exchange:
        self.methods.append((request.method, request.url))
        return self.heads.pop(0) if request.method == "HEAD" else await super().__call__(request)


@pytest.fixture
def again(tmp_path, monkeypatch):
    """``again(web)`` asks for a page that was missing in the scan before, in which the front page was there."""
    before = tmp_path / "s1" / "dinkes.warc.gz"
    stored(before, exchange(url=HOME, final_url=HOME, role=Role.HOME, body=BIG, headers=PAGE), missing())
    monkeypatch.setattr("ppid_audit.audit.cached._is_in_turn", lambda known: False)

    def asked(web: Web, times: int = 1, allow=lambda url: True) -> list[Exchange]:
        with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0", Shelf(before)) as writer:
            fetch = CachedFetch(web, writer, Shelf(before))
            request = Request(GONE, Role.PAGE, allow=allow)
            return [asyncio.run(fetch(request)) for _ in range(times)]

    return asked


def test_what_was_missing_is_asked_by_head_and_stays_what_it_was(again, tmp_path):
    web = Heads([head(), head(HOME, 200), head()])
    for got in again(web, times=2):
        assert (got.capture.status, got.capture.problem, got.body) == (404, None, b"tidak ada")
        assert (got.capture.unchanged, got.capture.fetched_at, got.capture.gone) == (True, LATER, True)
    assert web.methods == [("HEAD", GONE), ("HEAD", HOME), ("HEAD", GONE)]
    with Writer(
        tmp_path / "s3" / "dinkes.warc.gz", "dinkes", "1.0", Shelf(tmp_path / "s1" / "dinkes.warc.gz")
    ) as writer:
        kept = writer.store(got)
        assert writer.refers_to == {"s1/dinkes.warc.gz"}
    (back,) = read(writer.path)
    assert (back.capture, back.body) == (kept, b"tidak ada")


@pytest.mark.parametrize(
    ("heads", "asked_by_head"),
    [
        ([head(status=200)], 1),  # it is there now
        ([head(status=410)], 1),
        ([head(status=301, problem=Problem.REDIRECT_OUT_OF_SCOPE)], 1),
        ([head(headers=(("content-type", "text/html"), ("content-length", "8")))], 1),
        ([head(headers=(("server", "waf"),))], 1),
        ([head(problem=Problem.BLOCKED)], 1),
        ([head(), head(HOME, 404)], 2),  # the host says so of every page
        ([head(), head(HOME, 405, problem=Problem.CLIENT_ERROR)], 2),
        ([head(), head(HOME, 503, problem=Problem.SERVER_ERROR)], 2),
    ],
)
def test_an_answer_by_head_that_is_in_doubt_is_asked_in_full(again, heads, asked_by_head):
    web = Heads(heads, exchange(url=GONE, final_url=GONE, body=b"ada sekarang"))
    (got,) = again(web)
    assert (got.capture.ok, got.body) == (True, b"ada sekarang")
    assert [method for method, _ in web.methods] == ["HEAD"] * asked_by_head + ["GET"]


@pytest.mark.parametrize("status", [405, 501, 403, 500, None])
def test_a_host_that_does_not_take_head_is_asked_so_once(again, status):
    refused = head(status=status, problem=Problem.CLIENT_ERROR)
    web = Heads([refused], missing(), missing(b"lain"))
    assert [got.body for got in again(web, times=2)] == [b"tidak ada", b"lain"]
    assert [method for method, _ in web.methods] == ["HEAD", "GET", "GET"]


def test_no_page_is_asked_for_as_a_proof_that_the_rules_forbid(again):
    web = Heads([head()], missing())
    again(web, allow=lambda url: url != HOME)
    assert web.methods == [("HEAD", GONE), ("GET", GONE)]


@pytest.mark.parametrize("more", [{"status": 200}, {"status": 403, "problem": Problem.BLOCKED}, {"status": 500}])
def test_only_a_page_that_was_missing_is_asked_by_head(tmp_path, more):
    before = tmp_path / "s1" / "dinkes.warc.gz"
    stored(before, exchange(url=HOME, final_url=HOME, role=Role.HOME, body=BIG), missing(), missing(**more))
    web = Heads([], missing())
    with Writer(tmp_path / "s2" / "dinkes.warc.gz", "dinkes", "1.0", Shelf(before)) as writer:
        ask(CachedFetch(web, writer, Shelf(before)), GONE)
    assert web.methods == [("GET", GONE)]


def test_every_address_has_its_turn_to_be_asked_in_full_in_daily_and_in_weekly_scans():
    for step in (1, 7, 30):
        days = [date(2026, 1, 1) + timedelta(days=step * n) for n in range(_IN_FULL_EVERY)]
        known = [replace(missing().capture, fetched_at=f"{day}T20:00:00Z") for day in days]
        assert sum(map(_is_in_turn, known)) == 1
    assert _is_in_turn(replace(missing().capture, fetched_at=""))
