"""A real Chromium before hostile pages: it asks only through us, ends in time, and leaves nothing behind."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from ppid_audit.crawl import browser as door
from ppid_audit.crawl.browser import PROGRAM, InstalledBrowser, Missing, find
from ppid_audit.crawl.rendering import Ask, Drawn
from ppid_audit.crawl.sitting import Limits
from ppid_audit.model.capture import Capture, Exchange, Rendered, Role
from tests.crawl.servers import Site, link, page, reply, serve
from tests.crawl.test_crawler import Trip, agency, plan

QUICK = Limits(seconds=45, requests=6, quiet=0.6)
IMPATIENT = Limits(seconds=6, requests=6, quiet=0.4)
SHELL = '<html><head><script defer src="/app.js"></script></head><body><div id="root"></div></body></html>'
DRAWS = "document.getElementById('root').innerHTML = {};"


class Alone:
    """A browser for one visit, with nothing stored."""

    def __init__(self, browser: InstalledBrowser) -> None:
        self._browser = browser
        self.made: list[Drawn | None] = []

    def drawn(self, page: Capture) -> Exchange | None:
        return None

    def part(self, url: str) -> Exchange | None:
        return None

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        self.made.append(await self._browser.draw(page, ask, stopping))
        return self.made[-1]


async def drawn(script: str, limits: Limits = QUICK, **routes: bytes) -> tuple[Site, Trip, Drawn | None]:
    """The front page of a site as its script makes it."""
    answers = {f"/{name}": answer for name, answer in routes.items()}
    answers |= {"/": reply(SHELL), "/app.js": reply(script, kind="text/javascript")}
    program = find()
    assert isinstance(program, Path)
    async with serve(answers) as site, InstalledBrowser(program, limits) as browser:
        trip, stage = Trip(), Alone(browser)
        await trip.make(agency(site.url()), plan(site_seconds=120.0), stage=stage)
        return site, trip, stage.made[0]


def front(trip: Trip) -> list[Capture]:
    return [each.capture for each in trip.kept if each.capture.role is Role.HOME]


@pytest.mark.full
@pytest.mark.anyio
async def test_a_script_shell_is_drawn_with_its_data_and_its_links_are_read():
    script = (
        "fetch('/data').then(r => r.json()).then(d => { " + DRAWS.format("`<a href='/ppid'>${d.judul}</a>`") + " })"
    )
    site, trip, made = await drawn(script, data=reply('{"judul": "PPID"}', kind="application/json"), ppid=page())
    assert made
    assert made.doubt == ""
    assert "PPID</a>" in made.html
    assert [capture.rendered for capture in front(trip)] == [Rendered.NO, Rendered.WHOLE]
    assert {"/", "/app.js", "/data", "/ppid"} <= set(site.paths)
    assert site.paths.count("/") == 1
    assert all("ppid-audit/test" in head for head in site.heads)


@pytest.mark.full
@pytest.mark.anyio
async def test_nothing_leaves_the_browser_but_what_the_rules_allow():
    async with serve({"/": page()}) as other:
        there = other.url("/curi")
        script = f"""
            fetch('{there}').catch(() => 0); fetch('/data', {{method: 'POST'}}).catch(() => 0);
            navigator.sendBeacon('{there}', 'x'); navigator.sendBeacon('/data', 'x'); new Image().src = '{there}';
            new WebSocket('ws://{other.authority}/curi'); window.open('{there}'); alert(1);
            new Worker(URL.createObjectURL(new Blob([`fetch('{there}')`])));
            const s = document.createElement('script'); s.src = '{there}'; document.head.append(s);
            const f = document.createElement('iframe'); f.src = '{there}'; document.documentElement.append(f);
            try {{ new RTCPeerConnection({{iceServers: [{{urls: 'stun:{other.authority}'}}]}}).createDataChannel('x') }}
            catch (e) {{}}
            navigator.serviceWorker && navigator.serviceWorker.register('/sw.js').catch(() => 0);
        """
        site, trip, made = await drawn(script, data=reply("{}"))
        assert other.connections == 0
    assert made
    assert made.doubt
    assert "/data" not in site.paths
    assert "/sw.js" not in site.paths
    assert [capture.rendered for capture in front(trip)] == [Rendered.NO, Rendered.PART]


@pytest.mark.full
@pytest.mark.anyio
async def test_an_endless_page_ends_at_its_limit():
    site, trip, made = await drawn("setInterval(() => fetch('/data?' + Math.random()), 20)")
    assert made
    assert made.doubt == "requests"
    assert sum(path.startswith(("/data", "/app")) for path in site.paths) == QUICK.requests
    assert front(trip)[-1].rendered is Rendered.PART


@pytest.mark.full
@pytest.mark.anyio
@pytest.mark.parametrize("script", ["while (true) {}", DRAWS.format("'x'.repeat(6e6)")])
async def test_a_page_that_holds_the_browser_fast_stays_as_it_was_sent(script):
    _, trip, made = await drawn(script, IMPATIENT)
    assert made is None
    assert [capture.rendered for capture in front(trip)] == [Rendered.NO]


@pytest.mark.full
@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "doubt"),
    [
        (DRAWS.format("\"<a href='#/ppid'>PPID</a>\""), "more_behind_hash"),
        (DRAWS.format("'<ul class=pagination>' + '<li><a href=#>1</a>'.repeat(4) + '</ul>'"), "more_behind_buttons"),
        ("$('#root').html('x')", "script_error"),
        ("fetch('/galat')", "failed"),
        ("location.href = '/lain'", "left_by_script"),
    ],
)
async def test_what_may_be_missing_is_told(script, doubt):
    site, trip, made = await drawn(script, galat=reply("", "500 Internal Server Error"), lain=page(link("/x", "x")))
    assert made
    assert made.doubt == doubt
    assert front(trip)[1].detail == doubt
    assert ("/lain" in site.paths) == (doubt == "left_by_script")


@pytest.mark.full
@pytest.mark.anyio
async def test_a_stop_ends_a_page_that_would_go_on():
    program = find()
    assert isinstance(program, Path)
    capture = Capture("http://dinas.example/", "http://dinas.example/", Role.HOME, "", 200)
    stopped = asyncio.Event()

    async def ask(url: str) -> Exchange | None:
        stopped.set()
        return None

    async with InstalledBrowser(program, Limits(seconds=60, quiet=50)) as browser:
        made = await asyncio.wait_for(browser.draw(Exchange(capture, b"", SHELL.encode()), ask, stopped.is_set), 40)
    assert made
    assert made.doubt == "time"


def test_a_machine_without_the_extra_or_a_browser_says_which(monkeypatch, tmp_path):
    monkeypatch.setattr(door, "find_spec", lambda name: None)
    assert find() == Missing("extra")
    monkeypatch.setattr(door, "find_spec", lambda name: object())
    monkeypatch.setattr(door, "_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find() == Missing("program")
    monkeypatch.setenv(PROGRAM, str(tmp_path / "tidak-ada"))
    assert find() == Missing("program")
    program = tmp_path / "peramban"
    program.write_text("")
    monkeypatch.setenv(PROGRAM, str(program))
    assert find() == program


@pytest.mark.anyio
async def test_a_browser_that_does_not_start_leaves_the_page_as_it_was_sent(tmp_path):
    program = tmp_path / "rusak"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    sent = Exchange(Capture("http://dinas.example/", "http://dinas.example/", Role.HOME, "", 200), b"x", b"x")

    async def ask(url: str) -> Exchange | None:
        raise AssertionError(url)

    async with InstalledBrowser(program) as browser:
        assert await browser.draw(sent, ask, lambda: False) is None
