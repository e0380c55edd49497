import json
from urllib.parse import urlsplit

import pypdfium2
import pytest

from ppid_audit.demo.site import address
from tests.demo.walking import ALIVE, FOLDERS, URLS, open_site, walk

OUTSIDE = {
    "www.lapor.go.id",
    "sirup.lkpp.go.id",
    "elhkpn.kpk.go.id",
    "www.bmkg.go.id",
    "drive.google.com",
    "docs.google.com",
    "www.google.com",
    "ppid.kabupatenlain.example",
}
"""Hosts beside the regency's own that the pages name."""


@pytest.fixture(scope="module")
def walks():
    return {name: walk(name) for name in ALIVE}


def settings(name: str, what: str) -> dict[str, object]:
    entry = FOLDERS / name / f"_{what}.json"
    found: dict[str, object] = json.loads(entry.read_text("utf-8")) if entry.is_file() else {}
    return found


@pytest.mark.parametrize("name", ALIVE)
def test_links_resolve_or_are_dead_on_purpose(walks, name):
    listed = {address(asked) for asked in settings(name, "status")}
    failing = {asked for asked, answer in walks[name][0].items() if answer.status >= 400}
    assert failing == listed


@pytest.mark.parametrize("name", ALIVE)
def test_everything_in_the_folder_can_be_reached(walks, name):
    seen = {answer.body for answer in walks[name][0].values()}
    contents = [(asked, answer.body) for asked, answer in open_site(name).answers.items() if not answer.location]
    assert [asked for asked, body in contents if body not in seen] == []


@pytest.mark.parametrize("name", ALIVE)
def test_pages_name_only_invented_or_well_known_hosts(walks, name):
    hosts = {urlsplit(url).netloc for url in walks[name][1]}
    assert hosts <= OUTSIDE | {urlsplit(url).netloc for url in URLS.values()}


def test_links_between_the_sites_resolve(walks):
    for name, (_, foreign) in walks.items():
        for url in foreign:
            owner = next((site for site in ALIVE if url.startswith(URLS[site])), None)
            if owner:
                target = url.removeprefix(URLS[owner].rstrip("/"))
                assert open_site(owner).answer(target).status == 200, (name, url)


def test_the_regency_is_small(walks):
    pages = documents = 0
    for name, (reached, _) in walks.items():
        bodies = {answer.body: answer for answer in reached.values() if answer.status == 200}
        of_site = sum(answer.media_type.startswith("text/html") for answer in bodies.values())
        assert 6 <= of_site <= 17 or name == "dinporapar-contoh", name
        pages += of_site
        documents += sum(answer.media_type.startswith(("application/", "image/")) for answer in bodies.values())
        documents -= "/wp-sitemap.xml" in reached
    assert pages <= 160
    assert documents <= 80


def test_every_pdf_but_the_fakes_opens(walks):
    opened = 0
    for name in ALIVE:
        site = open_site(name)
        for path, made in settings(name, "documents").items():
            assert isinstance(made, dict)
            body = site.answer(path).body
            if made["kind"] in ("pdf", "scan"):
                document = pypdfium2.PdfDocument(body)
                assert len(document) == 1, (name, path)
                document.close()
                opened += 1
            elif made["kind"] == "fake":
                assert not body.startswith(b"%PDF")
    assert opened > 40


def test_no_two_documents_are_the_same_file():
    bodies = [open_site(name).answer(path).body for name in ALIVE for path in settings(name, "documents")]
    assert len(set(bodies)) == len(bodies)


def test_the_sites_are_of_different_makes():
    fronts = {name: open_site(name).answer("/").body for name in ALIVE}
    for mark, maker in {
        b"WordPress": "dinkes-contoh",
        b"csrf-token": "dpmptsp-contoh",
        b"Joomla": "setwan-contoh",
        b"includes/navbar.html": "kec-sukacontoh",
        b'<div id="root"></div>': "dinporapar-contoh",
        b"<base href": "bpbd-contoh",
        b"/index.php/public/page/": "disdik-contoh",
    }.items():
        assert [name for name, body in fronts.items() if mark in body] == [maker]
