"""B: robots.txt. What cannot be had forbids; what is not there allows."""

import gzip
import time

import pytest

from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.capture import Problem, Snapshot
from ppid_audit.web.robots import Rules
from tests.crawl.servers import Route, link, moved, page, reply
from tests.faults import zoo
from tests.faults.cases import Cases
from tests.faults.lab import HTML, Lab, codes, drip, home, raw, told

pytestmark = pytest.mark.anyio
fault = Cases()


async def under(lab: Lab, rules: Route, **more) -> tuple[Snapshot, list[str]]:
    """A visit to a small site with that robots.txt, and the paths that it asked for."""
    routes: dict[str, Route] = {"/": page(link("/ppid", "PPID"), link("/profil", "Profil")), "/robots.txt": rules}
    site = await lab.serve(routes | {"/ppid": page(), "/profil": page()})
    return await lab.visit(site.url(), **more), site.paths


def text(rules: str | bytes) -> bytes:
    return reply(rules, kind="text/plain")


@fault("B01")
async def where_there_are_no_rules_all_is_allowed(lab: Lab) -> None:
    for status in ("404 Not Found", "410 Gone", "401 Unauthorized", "403 Forbidden"):
        snapshot, paths = await under(lab, reply("x", status))
        assert home(snapshot).ok
        assert "/ppid" in paths


@fault("B02", "B03", "B04", "B20")
async def rules_out_of_reach_forbid_everything(lab: Lab) -> None:
    answers: list[Route] = [reply("x", f"{status} X") for status in (429, 500, 502, 503)]
    answers += [
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"#"),
    ]
    answers += [reply(gzip.compress(b"User-agent: *\n" * 99)[:-9], kind="text/plain", content_encoding="gzip")]
    for answer in answers:
        snapshot, paths = await under(lab, answer, page_deadline=0.3)
        assert home(snapshot).problem is Problem.ROBOTS_UNREACHABLE
        assert home(snapshot).status is None
        assert set(paths) == {"/robots.txt"}


@fault("B04", "B21")
async def each_scheme_has_rules_of_its_own(lab: Lab) -> None:
    other = zoo.served(lab.folder, zoo.sign("lain.example", names=["lain.example"]))
    secure = await lab.serve({"/": page()}, other)
    plain = await lab.serve({"/": page()})
    assert home(await lab.visit(plain.url(), {"also": (secure.url(),)})).ok
    broken = home(await lab.visit(secure.url()))
    assert broken.problem is Problem.TLS_FAILED
    assert all(exchange.body == b"" for exchange in lab.kept if exchange.capture.url.startswith("https:"))


@fault("B05", "B06")
async def rules_may_have_moved(lab: Lab) -> None:
    snapshot, _ = await under(lab, moved("/ppid"))
    assert home(snapshot).ok
    site = await lab.serve({"/": page(), "/robots.txt": moved("/r1"), "/r1": moved("/r2")})
    site.routes["/r2"] = text("User-agent: *\nDisallow: /")
    assert home(await lab.visit(site.url())).problem is Problem.ROBOTS_DISALLOWED
    assert site.paths == ["/robots.txt", "/r1", "/r2"]
    snapshot, _ = await under(lab, moved("/robots.txt"))
    assert home(snapshot).ok
    foreign = await lab.trap()
    snapshot, _ = await under(lab, moved(foreign.url("/robots.txt")))
    assert home(snapshot).ok
    assert foreign.connections == 0


@fault("B07")
async def a_page_instead_of_rules(lab: Lab) -> None:
    snapshot, _ = await under(lab, reply(HTML))
    assert home(snapshot).ok
    assert "robots_html" in codes(snapshot)


@fault("B08", "B20")
async def of_very_long_rules_the_first_half_megabyte_counts(lab: Lab) -> None:
    snapshot, paths = await under(lab, text("User-agent: *\nDisallow: /profil\n" + "# isi\n" * 900_000))
    assert home(snapshot).ok
    assert "/profil" not in paths
    bomb = reply(gzip.compress(b"User-agent: *\nDisallow: /profil\n" + b"#\n" * 40_000_000), content_encoding="gzip")
    snapshot, paths = await under(lab, bomb)
    assert "/profil" not in paths


@fault("B09", "B10")
async def rules_in_odd_bytes(lab: Lab) -> None:
    rules = "User-agent: *\nDisallow: /profil\n"
    forms = [b"\xef\xbb\xbf" + rules.encode(), rules.replace("\n", "\r").encode(), rules.replace("\n", "\r\n").encode()]
    forms += [b"\0" + rules.encode(), b"\xff\xfe" + rules.encode("utf-16-le"), b"# caf\xe9\n" + rules.encode()]
    for form in forms:
        snapshot, paths = await under(lab, text(form))
        assert home(snapshot).ok
        assert "/profil" not in paths, form[:9]


@fault("B11", "B12", "B14")
async def our_own_group_goes_before_the_common_one(lab: Lab) -> None:
    rules = "User-agent: PPID-Audit\nDisallow: /profil\n\nUser-agent: *\nDisallow: /\n\n"
    rules += "User-agent: ppid-audit\nDisallow: /x\n"
    snapshot, paths = await under(lab, text(rules))
    assert home(snapshot).ok
    assert "/ppid" in paths
    assert "/profil" not in paths
    longest = Rules.parse("User-agent: *\nDisallow: /a\nAllow: /a/b\nAllow: /t\nDisallow: /t\nDisallow: /*.pdf$\n")
    asked = ("/a", "/a/b", "/t", "/x.pdf", "/x.pdf?1")
    assert [longest.allowed(f"http://a.example{path}", "ppid-audit") for path in asked] == [
        False,
        True,
        True,
        False,
        True,
    ]


@fault("B13")
async def a_site_that_forbids_all_is_asked_for_its_rules_only(lab: Lab) -> None:
    snapshot, paths = await under(lab, text("User-agent: *\nDisallow: /"))
    assert paths == ["/robots.txt"]
    assert home(snapshot).problem is Problem.ROBOTS_DISALLOWED
    assert told(snapshot)["/"] is Problem.ROBOTS_DISALLOWED


@fault("B15")
async def pauses_asked_for(lab: Lab) -> None:
    wishes = {"1": 1.0, "10": 10.0, "200": 60.0, "-1": 0.0, "abc": 0.0, "nan": 0.0, "inf": 0.0}
    for wish, kept in wishes.items():
        manners = Politeness(0.0)
        manners.slow("http://a.example/", Rules.parse(f"User-agent: *\nCrawl-delay: {wish}").delay("ppid-audit"))
        assert manners.delay("http://a.example/") == kept, wish
        assert not manners.stopped("http://a.example/")
    for wish in ("86400", "1e9"):
        snapshot, paths = await under(lab, text(f"User-agent: *\nCrawl-delay: {wish}"))
        assert paths in (["/robots.txt"], ["/robots.txt", "/"])
        assert "host_stopped" in codes(snapshot)


@fault("B16", "B17")
async def rules_made_to_take_long(lab: Lab) -> None:
    began = time.monotonic()
    stars = Rules.parse("User-agent: *\nDisallow: /" + "*a" * 30 + "b\n")
    assert stars.allowed("http://a.example/" + "a" * 2_000, "ppid-audit")
    many = Rules.parse("User-agent: *\n" + "".join(f"Disallow: /{n}/\n" for n in range(200_000)))
    assert not many.allowed("http://a.example/7/x", "ppid-audit")
    assert time.monotonic() - began < 2


@fault("B18")
async def a_new_visit_asks_for_the_rules_anew(lab: Lab) -> None:
    site = await lab.serve({"/": page(), "/robots.txt": [text("User-agent: *\nDisallow: /"), text("")]})
    assert home(await lab.visit(site.url())).problem is Problem.ROBOTS_DISALLOWED
    assert home(await lab.visit(site.url())).ok


@fault("B19")
async def noindex_is_no_rule_about_reading(lab: Lab) -> None:
    body = '<html><head><meta name="robots" content="noindex"></head><body><a href="/ppid">PPID</a></body></html>'
    site = await lab.serve({"/": reply(body, x_robots_tag="noindex"), "/ppid": page()})
    assert told(await lab.visit(site.url()))["/ppid"] == 200


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_b(play, lab):
    await play(lab)
