import gzip
import itertools
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from ppid_audit.crawl.crawler import Plan, Visit, VisitState, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.guard import Lookup, system_lookup
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.agency import Agency, OptOut
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot, UnreadWhy
from ppid_audit.web import charset, html, urls
from tests.crawl.servers import NOT_FOUND, Drive, Route, Site, dead_port, link, moved, now, page, reply, serve

pytestmark = pytest.mark.anyio

PDF = reply(b"%PDF-1.4\n%%EOF", kind="application/pdf")


def agency(url: str, **more: Any) -> Agency:
    return Agency("dinkes", "Dinas Kesehatan", "dinas", url, **more)


def plan(**more: Any) -> Plan:
    given: dict[str, Any] = {
        "delay": 0.0,
        "max_pages": 60,
        "max_documents": 30,
        "site_seconds": 20.0,
        "max_depth": 6,
        "page_deadline": 2.0,
    }
    return Plan(**given | more)


def relevance(title: str, url: str) -> float:
    words = f"{title} {urls.path_words(url)}".lower()
    return 0.9 if any(word in words for word in ("ppid", "lakip", "dip", "informasi")) else 0.1


async def skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
    return html.skim(charset.decode(body, content_type), url)


class Trip:
    """A visit and all that it did."""

    def __init__(self) -> None:
        self.kept: list[Exchange] = []
        self.told: list[Visit] = []

    def keep(self, exchange: Exchange) -> Capture:
        self.kept.append(exchange)
        return exchange.capture

    async def make(
        self,
        who: Agency,
        the_plan: Plan | None = None,
        lookup: Lookup = system_lookup,
        also: Sequence[str] = (),
        **more: Any,
    ) -> Snapshot:
        the_plan = the_plan or plan()
        named = frozenset(urls.authority(url) for url in (who.url, *who.also, *also))
        async with HttpFetch("ppid-audit/test", named, now, lookup) as fetch:
            tools: dict[str, Any] = {
                "fetch": fetch,
                "skim": skim,
                "relevance": relevance,
                "keep": self.keep,
                "politeness": Politeness(the_plan.delay, fetch.address),
                "now": now,
                "progress": self.told.append,
            }
            return await visit(who, the_plan, **tools | more)


async def go(site: Site, the_plan: Plan | None = None, who: Agency | None = None, **more: Any) -> Snapshot:
    return await Trip().make(who or agency(site.url("/")), the_plan, **more)


def outcomes(snapshot: Snapshot) -> dict[str, Problem | int | None]:
    return {urls.path(c.url): c.problem or c.status for c in snapshot.captures}


def unread(snapshot: Snapshot) -> dict[str, UnreadWhy]:
    return {urls.path(item.url): item.why for item in snapshot.unread}


async def test_a_site_is_read_robots_first():
    routes = {
        "/": page(link("/ppid", "PPID"), link("/kosong", "Kosong"), link("https://facebook.com/x", "Facebook")),
        "/ppid": page(link("lakip.pdf", "LAKIP 2025"), link("/", "Beranda"), title="PPID"),
        "/lakip.pdf": PDF,
        "/robots.txt": reply("User-agent: *\nDisallow: /admin\n", kind="text/plain"),
    }
    async with serve(routes) as site:
        trip = Trip()
        snapshot = await trip.make(agency(site.url("/")))
    assert site.paths == ["/robots.txt", "/", "/sitemap.xml", "/ppid", "/lakip.pdf", "/kosong"]
    assert [c.role for c in snapshot.captures] == [
        Role.ROBOTS,
        Role.HOME,
        Role.SITEMAP,
        Role.PAGE,
        Role.DOCUMENT,
        Role.PAGE,
    ]
    assert snapshot.captures == tuple(exchange.capture for exchange in trip.kept)
    assert outcomes(snapshot)["/kosong"] == 404
    assert [(item.url, item.why, item.title) for item in snapshot.unread] == [
        ("https://facebook.com/x", UnreadWhy.OUT_OF_SCOPE, "Facebook")
    ]
    assert snapshot.captures[4].found_on == site.url("/ppid")
    assert trip.told[-1].state is VisitState.DONE
    assert (trip.told[-1].pages, trip.told[-1].documents, trip.told[-1].requests) == (3, 1, 6)


async def test_the_same_site_gives_the_same_visit():
    routes = {"/": page(*(link(f"/hal/{n}", f"Halaman {n}") for n in range(20)), link("/ppid", "PPID"))}
    async with serve(routes) as site:
        first, second = await go(site, plan(max_pages=9)), await go(site, plan(max_pages=9))
    assert [c.url for c in first.captures] == [c.url for c in second.captures]
    assert first.unread == second.unread


# robots.txt


@pytest.mark.parametrize("answer", [NOT_FOUND, reply("x", "403 Forbidden"), reply("<html>halo</html>")])
async def test_without_rules_the_site_is_read(answer):
    async with serve({"/": page(), "/robots.txt": answer}) as site:
        snapshot = await go(site)
    assert snapshot.home is not None
    assert snapshot.home.ok
    assert ("robots_html" in [note.code for note in snapshot.notes]) is (b"200 OK" in answer)


async def test_a_site_that_forbids_is_not_asked():
    async with serve({"/": page(), "/robots.txt": reply("User-agent: *\nDisallow: /", kind="text/plain")}) as site:
        snapshot = await go(site)
    assert site.paths == ["/robots.txt"]
    assert snapshot.home is not None
    assert snapshot.home.problem is Problem.ROBOTS_DISALLOWED
    assert snapshot.home.status is None
    assert snapshot.unread == ()


async def test_rules_out_of_reach_are_tried_again_and_then_forbid_all():
    async with serve({"/": page(), "/robots.txt": reply("x", "500 Oops")}) as site:
        snapshot = await go(site)
    assert site.paths == ["/robots.txt", "/robots.txt"]
    assert snapshot.home is not None
    assert snapshot.home.problem is Problem.ROBOTS_UNREACHABLE
    assert "server_error" in snapshot.home.detail


async def test_rules_that_come_back_open_the_site():
    rules: list[bytes | Drive] = [reply("x", "500 Oops"), reply("User-agent: *\nDisallow:", kind="text/plain")]
    async with serve({"/": page(), "/robots.txt": rules}) as site:
        snapshot = await go(site)
    assert snapshot.home is not None
    assert snapshot.home.ok


async def test_forbidden_addresses_are_told_where_they_may_matter():
    routes = {
        "/": page(link("/ppid/dip", "Daftar Informasi"), link("/ppid/x", "Lainnya")),
        "/robots.txt": reply("User-agent: *\nDisallow: /ppid", kind="text/plain"),
    }
    async with serve(routes) as site:
        snapshot = await go(site)
    assert outcomes(snapshot)["/ppid/dip"] is Problem.ROBOTS_DISALLOWED
    assert unread(snapshot) == {"/ppid/x": UnreadWhy.OUT_OF_SCOPE}
    assert not any(path.startswith("/ppid") for path in site.paths)


async def test_a_redirect_into_a_forbidden_place_is_not_followed():
    routes = {
        "/": page(link("/ppid", "PPID")),
        "/ppid": moved("/tutup/ppid"),
        "/robots.txt": reply("User-agent: *\nDisallow: /tutup", kind="text/plain"),
    }
    async with serve(routes) as site:
        snapshot = await go(site)
    assert outcomes(snapshot)["/ppid"] is Problem.ROBOTS_DISALLOWED
    assert "/tutup/ppid" not in site.paths


async def test_another_host_of_its_own_is_asked_for_its_rules_first():
    routes = {"/": page(link("/ppid", "PPID")), "/ppid": page()}
    async with serve(routes) as new, serve({"/": moved(new.url("/"))}) as old:
        snapshot = await go(old, who=agency(old.url("/"), also=(new.url("/"),)))
    assert new.paths[0] == "/robots.txt"
    assert snapshot.home is not None
    assert snapshot.home.ok
    assert snapshot.home.final_url == new.url("/")
    assert "/ppid" in new.paths


# The front page


async def test_a_dead_host_ends_the_visit():
    url = f"http://127.0.0.1:{await dead_port()}/"
    snapshot = await Trip().make(agency(url))
    assert snapshot.home is not None
    assert snapshot.home.problem is Problem.CONNECT_FAILED
    assert snapshot.home.status is None


async def test_a_failed_front_page_is_tried_once_more():
    async with serve({"/": [reply("x", "503 Busy"), page(link("/ppid", "PPID"))], "/ppid": page()}) as site:
        snapshot = await go(site)
    assert snapshot.home is not None
    assert snapshot.home.ok
    assert "/ppid" in site.paths
    async with serve({"/": reply("x", "503 Busy")}) as site:
        snapshot = await go(site)
    assert site.paths == ["/robots.txt", "/", "/robots.txt", "/"]
    assert snapshot.home is not None
    assert snapshot.home.problem is Problem.SERVER_ERROR


async def test_a_front_page_elsewhere_is_not_followed():
    async with serve({"/": page()}) as other, serve({"/": moved(other.url("/"))}) as site:
        snapshot = await go(site, also=[other.url("/")])
    assert other.seen == []
    assert snapshot.home is not None
    assert snapshot.home.problem is Problem.REDIRECT_OUT_OF_SCOPE
    assert snapshot.home.final_url == other.url("/")


async def test_redirect_loops_are_noted():
    async with serve({"/": moved("/a"), "/a": moved("/")}) as site:
        snapshot = await go(site)
    assert [note.code for note in snapshot.notes] == ["redirect_loop"]


async def test_an_unconfirmed_host_is_opened_and_no_more():
    async with serve({"/": page(link("/ppid", "PPID"))}) as site:
        snapshot = await go(site, who=agency(site.url("/"), confirmed=False))
    assert site.paths == ["/robots.txt", "/"]
    assert snapshot.home is not None
    assert snapshot.home.ok


async def test_who_opted_out_is_sent_nothing():
    async with serve({"/": page()}) as site:
        snapshot = await go(site, who=agency(site.url("/"), opt_out=OptOut(date(2026, 11, 1), "minta")))
    assert site.connections == 0
    assert (snapshot.captures, snapshot.unread) == ((), ())


# What is found


async def test_sitemaps_are_used():
    def listing(site: Site, kind: str, *paths: str) -> str:
        name = "sitemap" if kind == "sitemapindex" else "url"
        places = "".join(f"<{name}><loc>{site.url(path)}</loc></{name}>" for path in paths)
        return f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</{kind}>'

    async with serve({"/": page(), "/ppid/maklumat": page()}) as site:
        site.routes["/robots.txt"] = reply(f"Sitemap: {site.url('/peta.xml')}", kind="text/plain")
        site.routes["/peta.xml"] = reply(listing(site, "sitemapindex", "/a.xml.gz", "/peta.xml"), kind="text/xml")
        pages = listing(site, "urlset", "/ppid/maklumat", "/berita/satu").encode()
        site.routes["/a.xml.gz"] = reply(gzip.compress(pages), kind="application/gzip")
        snapshot = await go(site)
    assert site.paths == ["/robots.txt", "/", "/peta.xml", "/a.xml.gz", "/ppid/maklumat", "/berita/satu"]
    assert snapshot.captures[4].found_on == site.url("/a.xml.gz")


async def test_action_links_are_never_asked_for():
    bad = ["/logout", "/hapus/1", "/wp-admin/", "/feed/", "/x?do=keluar", "/berita/print/1", "/.env", "/agenda.ics"]
    async with serve({"/": page(*(link(path, "PPID") for path in bad))}) as site:
        snapshot = await go(site)
    assert site.paths == ["/robots.txt", "/", "/sitemap.xml"]
    assert {item.why for item in snapshot.unread} == {UnreadWhy.OUT_OF_SCOPE}
    assert len(snapshot.unread) == len(bad)


async def test_everything_known_is_accounted_for():
    links = [link(f"/hal/{n}", f"Halaman {n}") for n in range(12)] + [
        link(f"/d{n}.pdf", f"Berkas {n}") for n in range(5)
    ]
    async with serve({"/": page(*links, link("http://lain.example/", "Lain"))}) as site:
        snapshot = await go(site, plan(max_pages=4, max_documents=2))
    asked = {urls.key(c.url) for c in snapshot.captures if c.role in (Role.HOME, Role.PAGE, Role.DOCUMENT)}
    left = {urls.key(item.url) for item in snapshot.unread}
    assert len(asked) == 6
    assert asked.isdisjoint(left)
    assert len(asked | left) == 1 + 12 + 5 + 1
    assert all(item.title and item.found_on == site.url("/") for item in snapshot.unread)


async def test_look_alikes_are_sampled_late():
    news = [link(f"/berita/judul-berita-nomor-{n}", f"Berita {n}") for n in range(40)]
    routes = {"/": page(*news, link("/profil", "Profil"), link("/ppid", "PPID"))}
    async with serve(routes) as site:
        snapshot = await go(site, plan(max_pages=15))
    assert len([path for path in site.paths if path.startswith("/berita")]) == 8  # up to two thirds of 15
    assert "/profil" in site.paths
    assert set(unread(snapshot).values()) == {UnreadWhy.SAMPLED}


async def test_a_document_behind_a_plain_address_is_known_by_its_bytes():
    async with serve({"/": page(link("/unduh/12", "LAKIP")), "/unduh/12": PDF}) as site:
        trip = Trip()
        snapshot = await trip.make(agency(site.url("/")))
    assert snapshot.captures[-1].role is Role.DOCUMENT
    assert trip.told[-1].documents == 1


async def test_pictures_are_opened_only_under_a_name_that_matters():
    routes = {"/": page(link("/alur.png", "Alur permohonan informasi"), link("/foto.jpg", "Foto kegiatan"))}
    async with serve(routes) as site:
        snapshot = await go(site)
    assert "/alur.png" in site.paths
    assert unread(snapshot) == {"/foto.jpg": UnreadWhy.SAMPLED}


async def test_links_of_a_fragment_are_meant_from_the_page_that_includes_it():
    script = "<script>fetch('/bagian/menu.html').then(r => r.text())</script>"
    routes = {
        "/situs/": page(script),
        "/bagian/menu.html": reply('<ul><li><a href="ppid.html">PPID</a></li></ul>'),
        "/situs/ppid.html": page(),
    }
    async with serve(routes) as site:
        snapshot = await go(site, who=agency(site.url("/situs/")))
    fragment = next(c for c in snapshot.captures if c.role is Role.FRAGMENT)
    assert fragment.found_on == site.url("/situs/")
    assert "/situs/ppid.html" in site.paths


async def test_a_meta_refresh_is_one_hop():
    def refresh(to: str) -> bytes:
        return reply(f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head><body></body></html>')

    routes = {"/": refresh("/beranda"), "/beranda": page(link("/ppid", "PPID"))}
    async with serve(routes) as site:
        snapshot = await go(site)
    assert snapshot.home is not None
    assert snapshot.home.url == site.url("/beranda")
    assert "/ppid" in site.paths
    async with serve({f"/{n or ''}": refresh(f"/{n + 1}") for n in range(9)}) as site:
        await go(site)
    assert [path for path in site.paths if path not in ("/robots.txt", "/sitemap.xml")] == ["/", "/1"]


async def test_a_page_too_hard_to_read_is_told():
    async def give_up(body, content_type, url):
        return None if url.endswith("/ppid") else await skim(body, content_type, url)

    async with serve({"/": page(link("/ppid", "PPID")), "/ppid": page()}) as site:
        snapshot = await go(site, skim=give_up)
    assert outcomes(snapshot)["/ppid"] is Problem.PARSE_LIMIT


# Other hosts


async def test_trusted_hosts_are_one_hop_and_only_for_what_matters():
    routes = {"/dip.pdf": PDF, "/profil": page(), "/ppid": page(link("/ppid/lagi", "PPID lagi"))}
    async with serve(routes) as main, serve({}) as site:
        site.routes["/"] = page(
            link(main.url("/dip.pdf"), "DIP 2025"), link(main.url("/profil"), "Bupati"), link(main.url("/ppid"), "PPID")
        )
        who = agency(site.url("/"), trusted=(main.url("/"),))
        snapshot = await go(site, who=who, also=[main.url("/")])
    assert main.paths == ["/robots.txt", "/dip.pdf", "/ppid"]
    assert [c.role for c in snapshot.captures[-2:]] == [Role.OFF_SITE] * 2
    assert unread(snapshot) == {"/profil": UnreadWhy.OUT_OF_SCOPE}


async def test_document_hosts_out_of_reach_are_told_for_each_address_and_asked_little():
    asked: list[str] = []

    async def offline(host: str) -> tuple[str, ...]:
        asked.append(host)
        raise OSError("offline")

    async def lookup(host: str) -> tuple[str, ...]:
        return ("127.0.0.1",) if host == "127.0.0.1" else await offline(host)

    drive = [link(f"https://drive.google.com/file/d/{n}/view", f"LAKIP {2020 + n}") for n in range(5)]
    async with serve({"/": page(*drive, link("https://drive.google.com/file/d/9/view", "Foto"))}) as site:
        snapshot = await go(site, lookup=lookup)
    off_site = [c for c in snapshot.captures if c.role is Role.OFF_SITE]
    assert len(off_site) == 5
    assert all(c.status is None and c.problem is not None for c in off_site)
    assert asked == ["drive.google.com"]
    assert [item.why for item in snapshot.unread] == [UnreadWhy.OUT_OF_SCOPE]


# Trouble


async def test_failed_pages_are_tried_once_more_at_the_end():
    routes: dict[str, Route] = {
        "/": page(link("/ppid", "PPID"), link("/profil", "Profil")),
        "/ppid": [reply("x", "502 Bad"), page(link("/ppid/dip", "DIP"))],
        "/profil": page(),
    }
    async with serve(routes) as site:
        snapshot = await go(site)
    assert [path for path in site.paths if path in routes][-3:] == ["/ppid", "/profil", "/ppid"]
    assert outcomes(snapshot)["/ppid"] == 200
    assert unread(snapshot) == {"/ppid/dip": UnreadWhy.BUDGET}


async def test_a_host_in_trouble_is_left_alone():
    async with serve({"/": page(*(link(f"/ppid/{n}", f"PPID {n}") for n in range(20)))}) as site:
        site.routes |= {f"/ppid/{n}": reply("x", "500 Oops") for n in range(20)}
        snapshot = await go(site)
    assert len([path for path in site.paths if path.startswith("/ppid")]) == 5
    assert list(unread(snapshot).values()) == [UnreadWhy.HOST_STOPPED] * 15
    assert "host_stopped" in [note.code for note in snapshot.notes]


async def test_a_host_that_asks_for_more_patience_than_we_have_is_left_alone():
    busy = reply("x", "429 Slow down", retry_after="800")
    async with serve({"/": page(link("/ppid", "PPID"), link("/dip", "DIP")), "/ppid": busy}) as site:
        began = time.monotonic()
        snapshot = await go(site)
        assert time.monotonic() - began < 3
    assert outcomes(snapshot)["/ppid"] is Problem.RATE_LIMITED
    assert unread(snapshot) == {"/dip": UnreadWhy.HOST_STOPPED}


async def test_time_is_a_budget_too():
    async with serve({"/": page(*(link(f"/ppid/{n}", f"PPID {n}") for n in range(50)))}) as site:
        snapshot = await go(site, plan(site_seconds=0.5, delay=0.1))
    assert 1 <= len([path for path in site.paths if path.startswith("/ppid")]) < 10
    assert set(unread(snapshot).values()) == {UnreadWhy.BUDGET}


async def test_the_pause_is_kept_through_a_whole_visit():
    async with serve({"/": page(link("/ppid", "PPID"), link("/dip", "DIP"))}) as site:
        await go(site, plan(delay=0.1))
    moments = [moment for moment, _ in site.seen]
    assert len(moments) == 5
    assert all(later - earlier >= 0.095 for earlier, later in itertools.pairwise(moments))


async def test_a_visit_that_is_stopped_keeps_what_it_has():
    trip = Trip()
    async with serve({"/": page(*(link(f"/ppid/{n}", f"PPID {n}") for n in range(9)))}) as site:
        snapshot = await trip.make(agency(site.url("/")), stopping=lambda: len(trip.kept) >= 5)
    assert len(snapshot.captures) == 5
    assert list(unread(snapshot).values()) == [UnreadWhy.INTERRUPTED] * 7
    async with serve({"/": page()}) as site:
        snapshot = await Trip().make(agency(site.url("/")), stopping=lambda: True)
    assert site.seen == []
    assert [(item.url, item.why) for item in snapshot.unread] == [(site.url("/"), UnreadWhy.INTERRUPTED)]
