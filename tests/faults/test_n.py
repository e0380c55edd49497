"""N: names and transport."""

import asyncio
import errno
import socket
import time

import httpcore
import pytest

from ppid_audit.crawl import fetch as fetching
from ppid_audit.crawl.fetch import Request
from ppid_audit.model.capture import Problem, Role, UnreadWhy
from tests.crawl.servers import Route, dead_port, link, page, reply
from tests.faults.cases import Cases
from tests.faults.lab import HEAD, HTML, Lab, full, home, raw, told

pytestmark = pytest.mark.anyio
fault = Cases()


@fault("N01")
async def an_unknown_name_is_not_guessed_at(lab: Lab) -> None:
    snapshot = await lab.visit("http://dinas.example/")
    assert home(snapshot).problem is Problem.DNS_NOT_FOUND
    assert set(lab.asked) == {"dinas.example"}


@fault("N02")
async def a_resolver_in_trouble_is_another_thing(lab: Lab) -> None:
    lab.names["dinas.example"] = socket.gaierror(socket.EAI_AGAIN, "Temporary failure")
    assert (await lab.get("http://dinas.example/")).problem is Problem.DNS_FAILED


@fault("N03")
async def a_name_without_an_address(lab: Lab) -> None:
    for found in ((), socket.gaierror(socket.EAI_NODATA, "No address")):
        lab.names["dinas.example"] = found
        assert (await lab.get("http://dinas.example/")).problem is Problem.DNS_NOT_FOUND


@fault("N04")
async def forty_hanging_lookups_hold_up_nobody(lab: Lab) -> None:
    site = await lab.serve()

    async def lookup(host: str) -> tuple[str, ...]:
        if host != "127.0.0.1":
            await asyncio.sleep(30)
        return (host,)

    async with fetching.HttpFetch("t", frozenset(lab.internal), lambda: "", lookup) as fetch:
        hanging = [
            asyncio.create_task(fetch(Request(f"http://mati{n}.example/", Role.HOME, deadline=0.6))) for n in range(40)
        ]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        alive = await fetch(Request(site.url(), Role.HOME))
        assert time.monotonic() - began < 0.4
        dead = await asyncio.gather(*hanging)
    assert alive.capture.ok
    assert {each.capture.problem for each in dead} <= {Problem.DNS_FAILED, Problem.DEADLINE}


@fault("N05")
async def a_closed_port_is_tried_twice_at_most(lab: Lab) -> None:
    port = await dead_port()
    lab.open.add(("127.0.0.1", port))
    lab.internal.add(f"127.0.0.1:{port}")
    snapshot = await lab.visit(f"http://127.0.0.1:{port}/")
    assert home(snapshot).problem is Problem.CONNECT_FAILED
    assert len([place for what, place in lab.contacts if what == "connect"]) == 2


@fault("N06")
async def a_host_that_never_shakes_hands(lab: Lab) -> None:
    fillers: list[socket.socket] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        lab.open.add(("127.0.0.1", port))
        lab.internal.add(f"127.0.0.1:{port}")
        try:
            for _ in range(4):
                fillers.append(socket.socket())
                fillers[-1].setblocking(False)
                fillers[-1].connect_ex(("127.0.0.1", port))
            began = time.monotonic()
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(fetching, "CONNECT_SECONDS", 0.3)
                capture = await lab.get(f"http://127.0.0.1:{port}/")
        finally:
            for each in fillers:
                each.close()
    assert capture.problem is Problem.CONNECT_TIMEOUT
    assert time.monotonic() - began < 1.5


@fault("N07")
async def accepted_and_hung_up(lab: Lab) -> None:
    assert await lab.problem(raw(b"")) is Problem.RESET


@fault("N08")
async def a_kept_connection_that_has_died_is_replaced(lab: Lab) -> None:
    site = await lab.serve({"/": full(), "/b": [raw(b""), full()]})
    async with lab.fetch() as fetch:
        assert (await fetch(Request(site.url("/"), Role.PAGE))).capture.ok
        assert (await fetch(Request(site.url("/b"), Role.PAGE))).capture.ok


@fault("N09", "N10")
async def a_body_that_breaks_off(lab: Lab) -> None:
    for then in ("reset", ""):
        site = await lab.serve({"/": raw(HEAD + b"Content-Length: 500\r\n\r\n<html>", then)})
        capture = await lab.get(site)
        assert capture.problem is Problem.TRUNCATED
        assert capture.fault
        assert not capture.ok


@fault("N11")
async def a_machine_without_the_newer_internet(lab: Lab) -> None:
    lab.names["dinas.example"] = ("2606:4700::1111",)
    async with lab.fetch() as fetch:
        fetch._network._plain = _Unreachable()
        exchange = await fetch(Request("http://dinas.example/", Role.HOME))
    assert exchange.capture.problem is Problem.CONNECT_FAILED
    assert "unreachable" in exchange.capture.detail.lower()


class _Unreachable(httpcore.AnyIOBackend):
    async def connect_tcp(self, *args, **kwargs):
        try:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        except OSError as error:
            raise httpcore.ConnectError from error


@fault("N12")
async def the_second_address_is_tried_when_the_first_is_dead(lab: Lab) -> None:
    site = await lab.serve(name="dinas.example")
    lab.names["dinas.example"] = ("127.0.0.9", "127.0.0.1")
    lab.open.add(("127.0.0.9", site.port))
    began = time.monotonic()
    capture = await lab.get(f"http://dinas.example:{site.port}/")
    assert capture.ok
    assert time.monotonic() - began < 2


@fault("N13")
async def one_private_address_among_public_ones(lab: Lab) -> None:
    lab.names["dinas.example"] = ("8.8.8.8", "127.0.0.1")
    assert (await lab.get("http://dinas.example/")).problem is Problem.ADDRESS_REFUSED


@fault("N14")
async def the_name_is_asked_once_and_the_vetted_address_used(lab: Lab) -> None:
    answers = [("127.0.0.1",), ("169.254.169.254",)]

    async def rebinding(host: str) -> tuple[str, ...]:
        lab.asked.append(host)
        return answers.pop(0)

    site = await lab.serve({"/": full(), "/b": full()}, name="dinas.example")
    place = f"dinas.example:{site.port}"
    async with fetching.HttpFetch("t", frozenset({place}), lambda: "", rebinding) as fetch:
        for path in ("/", "/b"):
            assert (await fetch(Request(f"http://{place}{path}", Role.HOME))).capture.ok
    assert lab.asked == ["dinas.example"]


@fault("N18")
async def a_machine_without_descriptors_waits(lab: Lab) -> None:
    site = await lab.serve()
    async with lab.fetch() as fetch:
        fetch._network._plain = short = _Short()
        exchange = await fetch(Request(site.url(), Role.HOME))
    assert exchange.capture.ok
    assert short.left == 0


class _Short(httpcore.AnyIOBackend):
    left = 2

    async def connect_tcp(self, *args, **kwargs):
        if self.left:
            self.left -= 1
            raise httpcore.ConnectError from OSError(errno.EMFILE, "Too many open files")
        return await super().connect_tcp(*args, **kwargs)


@fault("N19")
async def a_server_that_falls_silent_after_its_head(lab: Lab) -> None:
    assert await lab.problem(raw(HEAD + b"Content-Length: 9\r\n\r\n", "hang"), deadline=0.4) is Problem.DEADLINE


@fault("N20")
async def a_host_that_fails_every_second_time_is_read_in_the_end(lab: Lab) -> None:
    names = [f"/ppid/{n}" for n in range(6)]
    routes: dict[str, Route] = {"/": page(*(link(name, "PPID") for name in names))}
    routes |= {name: [reply("x", "503 Busy"), reply(HTML)] if n % 2 else full() for n, name in enumerate(names)}
    snapshot = await lab.visit((await lab.serve(routes)).url())
    assert all(told(snapshot)[name] == 200 for name in names)
    assert UnreadWhy.HOST_STOPPED not in {item.why for item in snapshot.unread}


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_n(play, lab):
    await play(lab)
