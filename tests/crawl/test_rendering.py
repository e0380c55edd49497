"""Pages that scripts fill, drawn by a pretended browser: what it may ask, when it is used, what becomes of it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ppid_audit.crawl.rendering import PATIENCE, Ask, Drawn
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Rendered, Role, Snapshot
from tests.crawl.servers import NOT_FOUND, Route, Site, link, page, reply, serve
from tests.crawl.test_crawler import Trip, agency

pytestmark = pytest.mark.anyio

SHELL = reply('<html><head><script src="/app.js"></script></head><body><div id="root"></div></body></html>')
TABLE = "<table id=daftar><thead><tr><th>No<th>Judul</thead><tbody></tbody></table>"
FILLING = "<script>fetch('/data.json').then(x=>document.getElementById('daftar').innerHTML=x)</script>"
COUNTER = "<div id=tamu></div><script>fetch('/t.json').then(x=>document.getElementById('tamu').innerHTML=x)</script>"
RULES = reply("User-agent: *\nDisallow: /tertutup/\n", kind="text/plain")


class Pretended:
    """A stage that asks for ``wishes`` and then shows ``makes`` (by path); None makes it fail."""

    def __init__(self, makes: dict[str, str | None], wishes: tuple[str, ...] = (), doubt: str = "") -> None:
        self.makes, self.wishes, self.doubt = makes, wishes, doubt
        self.pages: list[str] = []
        self.got: list[int | None] = []

    def drawn(self, page: Capture) -> Exchange | None:
        return None

    def part(self, url: str) -> Exchange | None:
        return None

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        path = "/" + page.capture.final_url.split("/", 3)[3]
        self.pages.append(path)
        for wish in self.wishes:
            answer = await ask(wish)
            self.got.append(answer.capture.status if answer else None)
        made = self.makes.get(path)
        return Drawn(made, self.doubt) if made is not None else None


def app(*links: str) -> str:
    return f"<html><body><div id=root><main><h1>Aplikasi</h1>{''.join(links)}</main></div></body></html>"


async def visited(routes: Mapping[str, Route], stage: Pretended | None, **more: Any) -> tuple[Site, Trip, Snapshot]:
    async with serve({"/robots.txt": RULES, **routes}) as site:
        trip = Trip()
        who: Agency = agency(site.url(), **more)
        snapshot = await trip.make(who, stage=stage)
        return site, trip, snapshot


async def test_a_shell_is_drawn_after_it_was_fetched_and_its_links_are_followed():
    stage = Pretended({"/": app(link("/ppid", "PPID"))}, doubt="")
    site, trip, snapshot = await visited({"/": SHELL, "/ppid": page(text="Daftar Informasi Publik")}, stage)
    assert stage.pages == ["/"]
    assert "/ppid" in site.paths
    sent, drawn = [each.capture for each in trip.kept if each.capture.role is Role.HOME]
    assert (sent.rendered, drawn.rendered) == (Rendered.NO, Rendered.WHOLE)
    assert (drawn.url, drawn.final_url, drawn.status) == (sent.url, sent.final_url, 200)
    assert snapshot.home == drawn
    assert site.paths.count("/") == 1


async def test_what_scripts_ask_goes_the_way_of_every_other_request():
    other = "http://127.0.0.2:9/pelacak.js"
    wishes = ("/app.js", "/tertutup/data.json", other, "ftp://127.0.0.1/x", "/tidak-ada.json")
    stage = Pretended({"/": app()}, wishes)
    routes = {"/": SHELL, "/app.js": reply("1", kind="text/javascript"), "/tertutup/data.json": reply("{}")}
    site, trip, _ = await visited(routes, stage)
    assert stage.got == [200, None, None, None, 404]
    assert "/tertutup/data.json" not in site.paths
    parts = [each.capture for each in trip.kept if each.capture.role is Role.RESOURCE]
    assert [part.url.rpartition("/")[2] for part in parts] == ["app.js", "tidak-ada.json"]
    assert {part.found_on for part in parts} == {site.url()}


async def test_a_page_that_needs_no_browser_gets_none():
    stage = Pretended({})
    await visited({"/": page(link("/a", "Profil")), "/a": page(text="Tugas dan fungsi")}, stage)
    assert stage.pages == []


async def test_without_a_browser_a_shell_stays_as_it_was_sent():
    _, trip, _ = await visited({"/": SHELL}, None)
    assert [each.capture.rendered for each in trip.kept if each.capture.role is Role.HOME] == [Rendered.NO]


async def test_lists_are_drawn_last_and_only_where_not_every_page_has_them():
    names = ("profil", "berita", "dip")
    links = [link(f"/{name}", f"ppid {name}") for name in names]
    routes = {"/": page(*links, text=f"Beranda {COUNTER}")}
    routes |= {f"/{name}": page(text=f"{name} {COUNTER}") for name in names}
    routes["/dip"] = page(text=f"DIP {COUNTER} {TABLE} {FILLING}")
    stage = Pretended({"/dip": app(link("/ppid/baru", "ppid baru"))}, doubt="time")
    routes["/ppid/baru"] = page(text="Renstra")
    site, trip, _ = await visited(routes, stage)
    assert stage.pages == ["/dip"]
    assert site.paths.index("/ppid/baru") > max(site.paths.index(f"/{name}") for name in names)
    (drawn,) = [each.capture for each in trip.kept if each.capture.rendered]
    assert (drawn.rendered, drawn.detail) == (Rendered.PART, "time")


async def test_a_site_that_nothing_can_be_made_of_is_left_as_it_was_sent():
    names = [f"/ppid/{number}" for number in range(PATIENCE + 3)]
    routes = {"/": page(*(link(name, f"ppid {name}") for name in names))} | dict.fromkeys(names, SHELL)
    stage = Pretended({})
    _, trip, _ = await visited(routes, stage)
    assert len(stage.pages) == PATIENCE
    assert not any(each.capture.rendered for each in trip.kept)


async def test_dead_pages_are_not_drawn():
    stage = Pretended({"/": app(link("/mati", "ppid mati"))})
    site, _, _ = await visited({"/": SHELL, "/mati": NOT_FOUND}, stage)
    assert "/mati" in site.paths
    assert stage.pages == ["/"]
