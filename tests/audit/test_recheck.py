"""Claimed addresses, opened under all rules on real servers."""

import asyncio
from datetime import date

import pytest

from ppid_audit.audit.recheck import recheck
from ppid_audit.model.agency import Agency, CrawlSettings, OptOut, Registry
from ppid_audit.model.review import Checked, Outcome
from tests.crawl.servers import Site, dead_port, moved, page, reply, serve

PDF = reply(b"%PDF-1.4 isi", kind="application/pdf")
ROUTES = {
    "/": page(text="halaman depan"),
    "/renstra": page(text="Renstra 2021-2026"),
    "/renstra.pdf": PDF,
    "/kosong": reply(b""),
    "/pulang": moved("/"),
    "/pergi": moved("https://situs-lain.example.org/"),
    "/titip": moved("https://drive.google.com/file/d/abc/view"),
    "/marah": reply("galat", "500 Internal Server Error"),
    "/larang": page(text="rahasia"),
    "/robots.txt": reply("User-agent: *\nDisallow: /larang\n", kind="text/plain"),
}


def now() -> str:
    return "2026-11-24T08:00:00Z"


def agency(url: str, **more) -> Agency:
    return Agency("dinkes", "Dinas Kesehatan", "dinas", url, **more)


def ask(path: str, **more) -> tuple[Checked, Site]:
    async def run() -> tuple[Checked, Site]:
        async with serve(ROUTES) as site:
            url = site.url(path) if path.startswith("/") else path
            registry = Registry((agency(site.url(), **more),), crawl=CrawlSettings(delay=0))
            found = await recheck(registry, {"dinkes": [url, url]}, now)
            return found["dinkes", url], site

    return asyncio.run(run())


@pytest.mark.parametrize("path", ["/renstra", "/renstra.pdf", "/"])
def test_what_is_there_is_accepted_with_its_digest(path):
    found, site = ask(path)
    assert (found.outcome, found.status, found.why) == (Outcome.ACCEPTED, 200, "")
    assert len(found.sha256) == 64
    assert site.paths == ["/robots.txt", path]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/tidak-ada", "gone"),
        ("/kosong", "empty"),
        ("/pulang", "to_home"),
        ("/pergi", "redirect_out_of_scope"),
        ("https://situs-lain.example.org/a", "out_of_reach"),
        ("https://facebook.com/dinkes", "out_of_reach"),
        ("http://10.0.0.1/", "out_of_reach"),
    ],
)
def test_what_leads_to_nothing_is_refused(path, why):
    found, _ = ask(path)
    assert (found.outcome, found.why, found.sha256) == (Outcome.REFUSED, why, "")


@pytest.mark.parametrize(("path", "why"), [("/marah", "server_error"), ("/larang", "robots_disallowed")])
def test_a_failure_to_see_refutes_nothing(path, why):
    found, site = ask(path)
    assert (found.outcome, found.why) == (Outcome.UNCHECKED, why)
    assert "/larang" not in site.paths


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"opt_out": OptOut(date(2026, 1, 1), "surat")}, "opted_out"),
        ({"confirmed": False}, "host_unconfirmed"),
    ],
)
def test_nothing_is_sent_where_nobody_may_visit(more, why):
    found, site = ask("/renstra", **more)
    assert (found.outcome, found.why) == (Outcome.UNCHECKED, why)
    assert site.paths == []


def test_without_a_contact_no_public_host_is_asked():
    registry = Registry((agency("https://dinkes.example.go.id/"),))
    url = "https://dinkes.example.go.id/renstra"
    found = asyncio.run(recheck(registry, {"dinkes": [url]}, now))
    assert found == {("dinkes", url): Checked(url, Outcome.UNCHECKED, "no_contact")}


@pytest.mark.parametrize(("named", "outcome"), [(True, Outcome.ACCEPTED), (False, Outcome.UNCHECKED)])
def test_a_trusted_host_may_be_claimed_and_a_private_one_only_if_agencies_yaml_names_it(named, outcome):
    async def run() -> tuple[Checked, list[str]]:
        async with serve(ROUTES) as own, serve(ROUTES) as ppid:
            here = agency(own.url(), trusted=(ppid.url(),))
            there = Agency("ppid", "PPID", "ppid-utama", ppid.url())
            registry = Registry((here, there) if named else (here,), crawl=CrawlSettings(delay=0))
            url = ppid.url("/renstra.pdf")
            return (await recheck(registry, {"dinkes": [url]}, now))["dinkes", url], ppid.paths

    found, paths = asyncio.run(run())
    assert found.outcome is outcome
    assert ("/renstra.pdf" in paths) is named


def test_a_host_that_is_down_refutes_nothing():
    async def run() -> Checked:
        url = f"http://127.0.0.1:{await dead_port()}/"
        found = await recheck(Registry((agency(url),), crawl=CrawlSettings(delay=0)), {"dinkes": [url]}, now)
        return found["dinkes", url]

    assert asyncio.run(run()).outcome is Outcome.UNCHECKED
