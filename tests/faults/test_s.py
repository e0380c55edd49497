"""S: sitemaps and their XML."""

import gzip
import time
import tracemalloc

import pytest

from ppid_audit.model.capture import Problem, Role, UnreadWhy
from ppid_audit.web import sitemap
from tests.crawl.servers import Site, page, reply
from tests.faults.cases import Cases
from tests.faults.lab import Lab, home, told

pytestmark = pytest.mark.anyio
fault = Cases()

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<urlset><url><loc>http://a.example/&d;</loc></url></urlset>"""
QUADRATIC = (
    b'<!DOCTYPE u [<!ENTITY a "' + b"a" * 50_000 + b'">]><urlset><url><loc>' + b"&a;" * 5_000 + b"</loc></url></urlset>"
)
OUTSIDE = b'<!DOCTYPE u [<!ENTITY x SYSTEM "%b">]><urlset><url><loc>http://a.example/&x;</loc></url></urlset>'


def listing(*places: str, kind: str = "urlset", entry: str = "url") -> bytes:
    rows = "".join(f"<{entry}><loc>{place}</loc></{entry}>" for place in places)
    return f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{kind}>'.encode()


async def with_map(lab: Lab, body: bytes) -> tuple[Site, dict[str, Problem | int | None]]:
    site = await lab.serve({"/": page(), "/ppid": page()})
    site.routes["/sitemap.xml"] = reply(body.replace(b"SITE", site.url("").encode()), kind="text/xml")
    snapshot = await lab.visit(site.url())
    assert home(snapshot).ok
    return site, told(snapshot)


@fault("S01", "S02", "S03")
async def entities_are_refused(lab: Lab) -> None:
    trap = await lab.trap()
    began = time.monotonic()
    for body in (LAUGHS, QUADRATIC, OUTSIDE % b"file:///etc/passwd", OUTSIDE % trap.url().encode()):
        assert sitemap.parse(body) == sitemap.Sitemap()
        site, _ = await with_map(lab, body)
        assert site.paths == ["/robots.txt", "/", "/sitemap.xml"]
    assert trap.connections == 0
    assert time.monotonic() - began < 3


@fault("S04")
async def maps_of_maps_end(lab: Lab) -> None:
    site = await lab.serve({"/": page()})
    for number in range(40):
        places = (site.url(f"/peta{number + 1}.xml"), site.url("/sitemap.xml"), site.url(f"/lain{number}.xml"))
        body = listing(*places, kind="sitemapindex", entry="sitemap")
        site.routes["/sitemap.xml" if number == 0 else f"/peta{number}.xml"] = reply(body, kind="text/xml")
    await lab.visit(site.url())
    asked = [path for path in site.paths if path.endswith(".xml")]
    assert len(asked) == len(set(asked)) == 10


@fault("S05")
async def of_very_many_addresses_the_relevant_are_read(lab: Lab) -> None:
    places = [f"SITE/berita/{n}/judul" for n in range(5_000)]
    places[4_000] = "SITE/ppid"
    site, seen = await with_map(lab, listing(*places))
    assert seen["/ppid"] == 200
    assert site.paths.index("/ppid") < 5
    assert len(sitemap.parse(listing(*(f"http://a.example/{n}" for n in range(60_000)))).pages) == sitemap.MAX_ADDRESSES


@fault("S06")
async def packed_maps_and_bombs(lab: Lab) -> None:
    packed = gzip.compress(listing("http://a.example/x"))
    assert sitemap.parse(packed).pages == ("http://a.example/x",)
    bomb = gzip.compress(b"<urlset>" + b" " * 200_000_000)
    tracemalloc.start()
    assert sitemap.parse(bomb) == sitemap.Sitemap()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64_000_000


@fault("S07")
async def what_is_no_map(lab: Lab) -> None:
    for body in (b"", b"{}", b"<html><body>404</body></html>", b"<urlset><url><loc>", b"\x00\x01\x02"):
        assert sitemap.parse(body).pages == ()
        _, seen = await with_map(lab, body)
        assert seen["/"] == 200


@fault("S08")
async def foreign_and_inner_addresses_in_a_map(lab: Lab) -> None:
    trap = await lab.trap()
    body = listing(trap.url("/ppid"), "http://169.254.169.254/ppid", "https://lain.example/ppid", "SITE/ppid")
    site = await lab.serve({"/": page(), "/ppid": page()})
    site.routes["/sitemap.xml"] = reply(body.replace(b"SITE", site.url("").encode()), kind="text/xml")
    snapshot = await lab.visit(site.url())
    assert {item.why for item in snapshot.unread} == {UnreadWhy.OUT_OF_SCOPE}
    assert Role.OFF_SITE not in {capture.role for capture in snapshot.captures}
    assert trap.connections == 0
    assert lab.asked.count("lain.example") == 0


@fault("S09", "S11")
async def slips_in_a_map(lab: Lab) -> None:
    good = listing("http://a.example/x")
    forms = (
        b"\n\n" + good,
        b"\xef\xbb\xbf" + good,
        good.replace(b"sitemaps.org", b"lain.example"),
        good + b"\xff\xfe<",
        good.replace(b"</loc>", b"</loc><lastmod>2999-99-99</lastmod><priority>NaN</priority>"),
    )
    for form in forms:
        assert sitemap.parse(form).pages == ("http://a.example/x",), form[:20]


@fault("S10")
async def very_deep_xml(lab: Lab) -> None:
    began = time.monotonic()
    assert sitemap.parse(b"<a>" * 200_000) == sitemap.Sitemap()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_s(play, lab):
    await play(lab)
