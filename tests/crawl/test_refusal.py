import pytest

from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.capture import Problem, Role, UnreadWhy
from tests.crawl.servers import Route, link, now, page, reply, serve
from tests.crawl.test_crawler import Trip, agency

pytestmark = pytest.mark.anyio

CHALLENGE = (
    "<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script>"
    "Verifying you are human</body></html>"
)
REJECTED = (
    "<html><title>Request Rejected</title><body>The requested URL was rejected. "
    "Please consult with your administrator. Your support ID is: 1</body></html>"
)


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden", "503 Unavailable"])
@pytest.mark.parametrize(("body", "nature"), [(CHALLENGE, "challenge"), (REJECTED, "waf_block")])
async def test_who_turns_us_away_is_left_alone(status, body, nature):
    async with serve({"/": reply(body, status), "/ppid": page()}) as site:
        snapshot = await Trip().make(agency(site.url()))
        assert site.paths == ["/robots.txt", "/"]
    assert snapshot.home is not None
    assert (snapshot.home.problem, snapshot.home.detail) == (Problem.BLOCKED, nature)
    assert [note.detail for note in snapshot.notes if note.code == "host_stopped"] == [nature]


async def test_a_challenge_on_the_way_ends_the_visit_and_what_was_read_stands():
    routes: dict[str, Route] = {
        "/": page(link("/ppid", "PPID"), link("/dip", "DIP")),
        "/ppid": reply(CHALLENGE),
        "/dip": page(),
    }
    async with serve(routes) as site:
        snapshot = await Trip().make(agency(site.url()))
        assert "/dip" not in site.paths
    assert [entry.why for entry in snapshot.unread] == [UnreadWhy.HOST_STOPPED]
    assert snapshot.home is not None
    assert snapshot.home.ok


async def test_a_document_behind_a_challenge_costs_only_the_document():
    routes: dict[str, Route] = {
        "/": page(link("/dip.pdf", "DIP"), link("/ppid", "PPID")),
        "/dip.pdf": reply(CHALLENGE),
        "/ppid": page(),
    }
    async with serve(routes) as site:
        snapshot = await Trip().make(agency(site.url()))
        assert "/ppid" in site.paths
    assert [c.problem for c in snapshot.captures if c.role is Role.DOCUMENT] == [Problem.BLOCKED]


async def test_a_site_behind_a_vendor_is_read():
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    body = f"<html><title>Dinas</title><body>{script}<a href='/ppid'>PPID</a></body></html>"
    async with serve({"/": reply(body, server="cloudflare", cf_ray="8a"), "/ppid": page()}) as site:
        await Trip().make(agency(site.url()))
        assert "/ppid" in site.paths


async def test_names_that_a_server_gives_to_files_and_cookies_are_not_even_kept():
    answer = page(link("/ppid", "PPID")).replace(
        b"\r\n\r\n", b"\r\nContent-Disposition: attachment; filename=../../x\r\nSet-Cookie: sid=rahasia\r\n\r\n", 1
    )
    async with serve({"/": answer, "/ppid": page()}) as site:
        snapshot = await Trip().make(agency(site.url()))
    kept = {name.lower() for capture in snapshot.captures for name, _ in capture.headers}
    assert not {"content-disposition", "set-cookie"} & kept
    assert "content-type" in kept


async def test_maintenance_behind_an_error_is_told():
    async with serve({"/": reply("<title>Info</title>Situs sedang dalam pemeliharaan", "503 Unavailable")}) as site:
        snapshot = await Trip().make(agency(site.url()))
    assert snapshot.home is not None
    assert (snapshot.home.problem, snapshot.home.detail) == (Problem.SERVER_ERROR, "maintenance")


async def test_a_whole_server_may_be_left_alone():
    manners = Politeness(0.0, lambda url: _one_server())
    for url in ("http://a.example/", "http://b.example/"):
        async with manners.turn(url):
            pass
    manners.leave("http://a.example/", "challenge")
    assert manners.stopped("http://b.example/") == ""
    manners.leave("http://a.example/", "challenge", whole_server=True)
    assert manners.stopped("http://b.example/") == "challenge"


async def _one_server() -> str:
    return "192.0.2.1"


async def test_one_place_that_cannot_exist_is_asked_for_where_no_page_was_missing():
    everything = page(text="Halaman tidak ditemukan")
    async with serve({"/": page(link("/ppid", "PPID")), "/ppid": page()}) as site:
        path = (await _probe_path(site)) or ""
        site.routes[path] = everything
        snapshot = await Trip().make(agency(site.url()))
        assert [c.url for c in snapshot.captures if c.role is Role.PROBE] == [site.url(path)]
        site.routes["/"] = page(link("/ppid", "PPID"), link("/hilang", "DIP"))
        again = await Trip().make(agency(site.url()))
    assert not [c for c in again.captures if c.role is Role.PROBE]


async def _probe_path(site) -> str | None:
    async with HttpFetch("ppid-audit/test", frozenset({site.authority}), now):
        await Trip().make(agency(site.url()))
    return next((path for path in site.paths if len(path) == 21 and path[1:].isalnum()), None)
