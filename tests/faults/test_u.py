"""U: addresses and links."""

import pytest

from ppid_audit.audit.request_log import NAME, RequestLog
from ppid_audit.crawl import shape
from ppid_audit.crawl.request import Request
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Role, UnreadWhy
from ppid_audit.web import html, urls
from ppid_audit.web.scope import Relation, Scope
from tests.crawl.servers import link, page, reply
from tests.faults.cases import Cases
from tests.faults.lab import Lab, home, told

pytestmark = pytest.mark.anyio
fault = Cases()

BASE = "http://dinas.example/a/b"


@fault("U01", "U03", "U09")
async def what_is_no_web_address_leads_nowhere(lab: Lab) -> None:
    other = ("javascript:void(0)", "mailto:a@b", "tel:1", "data:text/html,x", "whatsapp://x", "blob:x", "about:blank")
    broken = ("http://[", "http://a:99999/", "http://", "http://a b/", "http://%zz/", "\0", "#x", "", "x" * 70_000)
    assert {urls.resolve(BASE, href) for href in (*other, *broken)} <= {None, BASE, "http://dinas.example/a/%00"}
    assert urls.resolve(BASE, "http:kantor") == "http://dinas.example/a/kantor"
    assert urls.resolve(BASE, "/\ud800") in {None, "http://dinas.example/%EF%BF%BD"}
    site = await lab.serve({"/": page(*(link(href, "PPID") for href in (*other, *broken) if "\0" not in href))})
    snapshot = await lab.visit(site.url())
    assert home(snapshot).ok
    assert set(site.paths) <= {"/robots.txt", "/", "/sitemap.xml"}


@fault("U02", "U08")
async def blanks_and_backslashes_as_browsers_read_them(lab: Lab) -> None:
    known = {
        " /x\ty\n": "/xy",
        "\\p\\q": "/p/q",
        "c d": "/a/c%20d",
        "..": "/",
        "%2e%2e/x": "/x",
        "?q": "/a/b?q",
        "b;p=1": "/a/b;p=1",
    }
    for href, meant in known.items():
        assert urls.resolve(BASE, href) == f"http://dinas.example{meant}", href
    assert urls.resolve(BASE, "//lain.example") == "http://lain.example/"


@fault("U04", "U05")
async def names_in_other_scripts(lab: Lab) -> None:
    scope = Scope.of(Agency("a", "A", "dinas", "https://dinas.go.id/"))
    assert scope.relation("https://dinas\uff0ego\uff0eid/") is Relation.OWN
    assert scope.relation("https://d\u0456nas.go.id/") is Relation.ELSEWHERE
    assert urls.host("https://d\u0456nas.go.id/").startswith("xn--")
    for bad in ("http://xn--a/", "http://\u00ad/", "http://a\u0000b/", "http://xn--/"):
        assert urls.resolve(BASE, bad) is None or urls.host(urls.resolve(BASE, bad) or "").isascii()
    assert urls.host("http://\U0001f600.example/").isascii()


@fault("U06", "U10", "U11")
async def one_address_in_many_spellings(lab: Lab) -> None:
    same = (
        "http://Dinas.Example:80/x/",
        "https://www.dinas.example/x",
        "http://dinas.example./x?utm_source=a&fbclid=1",
        "http://dinas.example/index.php/x",
        "http://dinas.example/x;jsessionid=9",
        "http://dinas.example/x?PHPSESSID=1",
    )
    assert len({urls.key(url) for url in same}) == 1
    assert urls.host("http://a_b.example/") == "a_b.example"


@fault("U07")
async def a_base_that_is_none(lab: Lab) -> None:
    trap = await lab.trap()
    for base in ("javascript:x", trap.url(), "/dasar/"):
        body = f'<html><head><base href="{base}"><base href="/lain/"></head><body><a href="ppid">PPID</a></body></html>'
        site = await lab.serve({"/": reply(body), "/ppid": page(), "/dasar/ppid": page()})
        await lab.visit(site.url())
        assert ("/dasar/ppid" in site.paths) is (base == "/dasar/")
    assert trap.connections == 0


@fault("U12")
async def secrets_in_addresses_are_not_written_down(lab: Lab) -> None:
    assert urls.resolve(BASE, "http://a:rahasia@dinas.example/") == "http://dinas.example/"
    url = "http://dinas.example/x?id=1&access_token=rahasia&X-Amz-Signature=rahasia&api_key=rahasia"

    async def answer(request):
        return Exchange(Capture(url, url, Role.PAGE, "2026-11-24T03:00:00Z", 200, redirects=(url,)))

    await RequestLog(lab.folder / NAME, "dinas", answer)(Request(url, Role.PAGE))
    assert "rahasia" not in (lab.folder / NAME).read_text()
    site = await lab.serve({"/": reply("x", set_cookie="sesi=rahasia", authorization="rahasia")})
    assert "rahasia" not in repr((await lab.get(site)).headers)


ACTIONS = (
    "/logout",
    "/hapus/1",
    "/keranjang/add-to-cart",
    "/x?do=keluar",
    "/berita/print/1",
    "/vote",
    "/unsubscribe?x=1",
)
PRIVATE = (
    "/agenda.ics",
    "/feed/",
    "/wp-json/x",
    "/xmlrpc.php",
    "/wp-admin/",
    "/phpmyadmin/",
    "/.git/config",
    "/.env",
    "/a.sql",
)


@fault("U13", "U14")
async def links_that_act_and_places_where_no_reader_goes(lab: Lab) -> None:
    site = await lab.serve({"/": page(*(link(path, "PPID") for path in (*ACTIONS, *PRIVATE)))})
    snapshot = await lab.visit(site.url())
    assert site.paths == ["/robots.txt", "/", "/sitemap.xml"]
    assert {item.why for item in snapshot.unread} == {UnreadWhy.OUT_OF_SCOPE}
    form = '<form action="/kirim" method="post"><button>Kirim PPID</button></form>'
    site = await lab.serve({"/": page(form)})
    await lab.visit(site.url())
    assert all(head.startswith("GET ") for head in site.heads)
    assert "/kirim" not in site.paths


@fault("U15")
async def addresses_that_grow_with_every_click(lab: Lab) -> None:
    grown = "http://dinas.example/" + "a/" * 40
    assert shape.is_trap(grown)
    long = "/" + "%25" * 1_000
    assert urls.resolve(BASE, long) is None
    site = await lab.serve({"/": page(link("%25/", "PPID"))})
    for depth in range(30):
        site.routes["/" + "%25/" * depth] = page(link("%25/", "PPID"))
    await lab.visit(site.url())
    assert len(site.seen) < 15


@fault("U16")
async def links_in_other_places_than_anchors(lab: Lab) -> None:
    body = (
        '<html><body><iframe src="/bingkai"></iframe><map><area href="/peta-gambar"></map><embed src="/sisip.pdf">'
        '<frame src="/f"><object data="/objek.pdf"></object></body></html>'
    )
    found = {urls.path(each.url) for each in html.skim(body, "http://dinas.example/").links}
    assert {"/bingkai", "/peta-gambar", "/sisip.pdf", "/objek.pdf"} <= found
    site = await lab.serve({"/": reply(body), "/bingkai": page()})
    assert told(await lab.visit(site.url()))["/bingkai"] == 200


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_u(play, lab):
    await play(lab)
