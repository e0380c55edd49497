"""X: traps, and too much of everything."""

import asyncio
import time

import pytest

from ppid_audit.crawl import shape
from ppid_audit.extract.reading import read
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Problem, Role, UnreadWhy
from ppid_audit.model.rubric import Verdict
from tests.crawl.servers import Route, Site, link, page
from tests.faults.cases import Cases
from tests.faults.lab import Lab, told
from tests.faults.law import assessed, rubric

pytestmark = pytest.mark.anyio
fault = Cases()


def _number(path: str) -> int:
    return int(path[1:]) if path[1:].isdigit() else 0


class Growing(dict[str, Route]):
    """A site whose every page exists and leads on; ``on`` makes the links of a path."""

    def __init__(self, on) -> None:
        super().__init__(
            {"/sitemap.xml": page(), "/robots.txt": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"}
        )
        self.on = on
        self.always: Route | None = None

    def get(self, path, default=None):
        if self.always is not None and path != "/robots.txt":
            return self.always
        return super().get(path) or page(*(link(target, words) for target, words in self.on(path)))


async def endless(lab: Lab, on) -> Site:
    site = await lab.serve({})
    site.routes = Growing(on)
    return site


@fault("X01", "X02", "X07")
async def a_calendar_without_end_leaves_room_for_the_rest(lab: Lab) -> None:
    def calendar(path):
        number = int(path.rpartition("=")[2] or 0) if "bulan" in path else 0
        days = [(f"/agenda?bulan={number + n}", f"Bulan {number + n}") for n in range(1, 9)]
        return [
            *days,
            *((f"/daftar?urut={n}&saring={n}", f"Urut {n}") for n in range(9)),
            ("/ppid", "PPID"),
            ("/profil", "Profil"),
        ]

    site = await endless(lab, calendar)
    snapshot = await lab.visit(site.url(), max_pages=30)
    assert told(snapshot)["/ppid"] == told(snapshot)["/profil"] == 200
    assert len([path for path in site.paths if "bulan=" in path]) <= 20 + 5
    assert {item.why for item in snapshot.unread} <= {UnreadWhy.SAMPLED, UnreadWhy.BUDGET}


@fault("X03")
async def relative_links_that_grow(lab: Lab) -> None:
    site = await endless(lab, lambda path: [(f"{path}a/b/", "PPID"), (f"{path}a/", "PPID")])
    await lab.visit(site.url(), max_pages=100)
    assert not any(path.count("a/") > shape.MAX_REPEATS for path in site.paths)
    assert len(site.seen) < 20


@fault("X04")
async def depth_clicks_and_pages_are_bounded(lab: Lab) -> None:
    site = await endless(lab, lambda path: [(f"/{_number(path) + 1}", "PPID")])
    snapshot = await lab.visit(site.url(), max_depth=4)
    assert [path for path in site.paths if path.strip("/").isdigit()] == ["/1", "/2", "/3", "/4"]
    assert {item.why for item in snapshot.unread} == {UnreadWhy.DEPTH}
    site = await endless(lab, lambda path: [(f"/ppid-{n}", f"PPID {n}") for n in range(90)])
    snapshot = await lab.visit(site.url(), max_pages=10)
    assert len([path for path in site.paths if path.startswith("/ppid")]) == 9
    assert {item.why for item in snapshot.unread} == {UnreadWhy.BUDGET}


@fault("X05")
async def a_name_for_every_link_is_not_followed(lab: Lab) -> None:
    site = await lab.serve({"/": page(*(link(f"http://a{n}.dinas.example/ppid", "PPID") for n in range(30)))})
    await lab.visit(site.url())
    assert set(lab.asked) == {"127.0.0.1"}


@fault("X06", "Z12")
async def a_tarpit_costs_its_time_and_no_more(lab: Lab) -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(page(*(link(f"/{time.monotonic_ns()}-{n}", f"Acak {n}") for n in range(100))))

    site = await lab.serve({})
    grown = Growing(lambda _: [])
    site.routes = grown
    grown.always = slow
    began = time.monotonic()
    snapshot = await lab.visit(site.url(), site_seconds=1.5, max_pages=500)
    assert time.monotonic() - began < 3
    assert {item.why for item in snapshot.unread} <= {UnreadWhy.BUDGET, UnreadWhy.SAMPLED}


@fault("X09")
async def a_film_is_cut_at_the_cap(lab: Lab) -> None:
    async def film(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nPK\x03\x04")
        for _ in range(2_000):
            writer.write(bytes(100_000))
            await writer.drain()

    site = await lab.serve({"/a.zip": film})
    capture = await lab.get(site, "/a.zip", Role.DOCUMENT, max_bytes=500_000)
    assert capture.problem is Problem.TOO_LARGE
    assert capture.bytes == 500_000


@fault("X10")
async def the_relevant_page_among_thousands_is_read_first(lab: Lab) -> None:
    crowd = [link(f"/berita/{n}", f"Berita {n}") for n in range(2_000)]
    crowd[1_900] = link("/unduh/99", "Daftar Informasi Publik (DIP)")
    site = await lab.serve({"/": page(*crowd), "/unduh/99": page()})
    await lab.visit(site.url(), max_pages=5)
    assert site.paths.index("/unduh/99") <= 3


@fault("X10")
async def a_link_that_is_one_too_many_is_not_called_missing(lab: Lab) -> None:
    crowd = [link(f"/berita/{n}", f"Berita {n}") for n in range(3_000)]
    one_more = '<table><tr><td>Rencana Strategis 2025-2029</td><td><a href="/unduh/99">Unduh</a></td></tr></table>'
    assert await _verdict(lab, *crowd) is Verdict.MISSING
    assert await _verdict(lab, *crowd, one_more) is Verdict.CANNOT_TELL


@fault("X10")
async def a_page_with_more_links_than_are_known_is_no_proof(lab: Lab) -> None:
    crowd = [link("/ppid", "PPID"), *(link(f"/berita/{n}", "B") for n in range(10_000))]
    site = await lab.serve({"/": page(link("/profil", "Profil")), "/profil": page(*crowd), "/ppid": page()})
    snapshot = await lab.visit(site.url())
    assert told(snapshot)["/profil"] is Problem.PARSE_LIMIT
    assert told(snapshot)["/ppid"] == 200


async def _verdict(lab: Lab, *links: str) -> Verdict:
    """What is said of the strategic plan when a front page holds nothing but these links."""
    site = await lab.serve({"/": page(*links)})
    lab.kept.clear()
    snapshot = await lab.visit(site.url(), max_pages=5)
    readings = [reading for exchange in lab.kept if (reading := read(exchange)) is not None]
    judged = assessed(Agency("dinkes", "Dinas Kesehatan", "dinas", site.url()), snapshot, readings, rubric())
    return next(finding.verdict for finding in judged.findings if finding.item == "setiap-saat.renstra")


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_x(play, lab):
    await play(lab)
