import asyncio
import gzip
import socket
import time
import tracemalloc
from collections.abc import Sequence
from typing import Any

import pytest

from ppid_audit.crawl.fetch import HttpFetch, Request
from ppid_audit.crawl.guard import Lookup
from ppid_audit.model.capture import Exchange, Problem, Role
from tests.crawl.servers import Drive, Route, Site, dead_port, moved, now, reply, serve

pytestmark = pytest.mark.anyio

HTML = "<html><body><h1>Dinas Contoh</h1></body></html>"


def everywhere(url: str) -> bool:
    return True


def fetcher(*sites: Site) -> HttpFetch:
    return HttpFetch("ppid-audit/test (kontak@example.go.id)", frozenset(s.authority for s in sites), now)


async def get(
    site: Site, path: str = "/", *, role: Role = Role.PAGE, also: Sequence[Site] = (), **more: Any
) -> Exchange:
    async with fetcher(site, *also) as fetch:
        return await fetch(Request(site.url(path), role, **more))


async def test_a_page_comes_with_its_facts():
    answer = reply(
        HTML, kind="text/html; charset=utf-8", last_modified="Tue, 03 Nov 2026 01:00:00 GMT", x_secret="rahasia"
    )
    async with serve({"/": answer}) as site:
        exchange = await get(site, found_on="http://asal.example/")
    capture = exchange.capture
    assert capture.ok
    assert exchange.raw == exchange.body == HTML.encode()
    assert (capture.status, capture.media_type, capture.bytes) == (200, "text/html", len(HTML))
    assert capture.header("last-modified").startswith("Tue, 03 Nov")
    assert capture.header("x-secret") == ""
    assert (capture.fetched_at, capture.found_on) == (now(), "http://asal.example/")


async def test_it_says_who_it_is_and_offers_gzip_only():
    async with serve({"/": reply(HTML)}) as site:
        await get(site)
    head = site.heads[0].lower()
    assert "user-agent: ppid-audit/test (kontak@example.go.id)" in head
    assert "accept-encoding: gzip\r\n" in head
    assert "accept-language: id\r\n" in head


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("404 Not Found", None),
        ("410 Gone", None),
        ("204 No Content", None),
        ("400 Bad Request", Problem.CLIENT_ERROR),
        ("401 Unauthorized", Problem.BLOCKED),
        ("403 Forbidden", Problem.BLOCKED),
        ("406 Not Acceptable", Problem.BLOCKED),
        ("429 Too Many", Problem.RATE_LIMITED),
        ("451 Legal", Problem.BLOCKED),
        ("500 Oops", Problem.SERVER_ERROR),
        ("503 Busy", Problem.SERVER_ERROR),
        ("999 Denied", Problem.CLIENT_ERROR),
        ("206 Partial Content", Problem.TRUNCATED),
        ("304 Not Modified", Problem.BAD_RESPONSE),
    ],
)
async def test_status_codes(status, problem):
    async with serve({"/": reply(b"" if status[:3] in ("204", "304") else HTML, status)}) as site:
        exchange = await get(site)
    assert exchange.capture.problem is problem
    assert exchange.capture.status == int(status[:3])
    if status.startswith("5"):
        assert exchange.body == HTML.encode()


async def test_gzip_is_undone_and_the_served_bytes_are_kept():
    packed = gzip.compress(HTML.encode())
    async with serve({"/": reply(packed, content_encoding="gzip")}) as site:
        exchange = await get(site)
    assert exchange.body == HTML.encode()
    assert exchange.raw == packed
    assert exchange.capture.header("content-encoding") == "gzip"


async def test_a_gzip_bomb_is_stopped_within_memory():
    bomb = gzip.compress(bytes(200_000_000), 9)
    async with serve({"/": reply(bomb, content_encoding="gzip")}) as site:
        tracemalloc.start()
        exchange = await get(site, max_bytes=1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert exchange.capture.problem is Problem.TOO_LARGE
    assert len(exchange.body) == 1_000_000
    assert peak < 16_000_000


CODINGS = {
    "truncated": (gzip.compress(HTML.encode() * 50)[:-20], "gzip", Problem.TRUNCATED),
    "plain that says gzip": (HTML.encode(), "gzip", None),
    "made up": (HTML.encode(), "utf-8", None),
    "brotli": (HTML.encode(), "br", Problem.BAD_ENCODING),
    "stacked": (gzip.compress(gzip.compress(HTML.encode())), "gzip, gzip", Problem.BAD_ENCODING),
}


@pytest.mark.parametrize("name", CODINGS)
async def test_codings(name):
    body, coding, problem = CODINGS[name]
    async with serve({"/": reply(body, content_encoding=coding)}) as site:
        exchange = await get(site)
    assert exchange.capture.problem is problem
    if problem is None:
        assert exchange.body == HTML.encode()


async def test_an_endless_body_ends_at_the_cap():
    async def endless(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"<p>halo</p>     " * 4096 + b"\r\n")
            await writer.drain()

    async with serve({"/": endless}) as site:
        exchange = await get(site, max_bytes=300_000)
    assert exchange.capture.problem is Problem.TOO_LARGE
    assert len(exchange.body) == 300_000
    assert exchange.capture.media_type == "text/html"


async def test_a_pdf_of_50_mb_is_still_known_for_a_pdf():
    async def large(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n%PDF-1.7\n")
        for _ in range(50):
            writer.write(bytes(1_000_000))
            await writer.drain()

    async with serve({"/a.pdf": large}) as site:
        exchange = await get(site, "/a.pdf", role=Role.DOCUMENT, max_bytes=500_000)
    assert exchange.capture.problem is Problem.TOO_LARGE
    assert exchange.capture.media_type == "application/pdf"
    assert exchange.capture.header("content-length") == "50000000"


async def test_an_endless_error_page_is_judged_by_its_status():
    async with serve({"/": reply(b"x" * 200_000, "404 Not Found"), "/b": reply(b"x" * 200_000, "502 Bad")}) as site:
        gone = await get(site, "/", max_bytes=1000)
        broken = await get(site, "/b", max_bytes=1000)
    assert gone.capture.gone
    assert broken.capture.problem is Problem.SERVER_ERROR


async def drip_body(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def drip_head(writer):
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(writer):
    await asyncio.sleep(5)


@pytest.mark.parametrize("slow", [drip_body, drip_head, silence])
async def test_the_deadline_holds_whatever_the_server_does(slow):
    async with serve({"/": slow}) as site:
        began = time.monotonic()
        exchange = await get(site, deadline=0.4)
        assert time.monotonic() - began < 1.4
    assert exchange.capture.problem is Problem.DEADLINE
    if slow is drip_body:
        assert exchange.capture.status == 200
        assert exchange.body.startswith(b"<html>")


async def test_a_flood_of_early_hints_is_cut_off():
    async def flood(writer):
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000)
            await writer.drain()

    async with serve({"/": flood}) as site:
        exchange = await get(site, max_bytes=1000, deadline=10)
    assert exchange.capture.problem is Problem.BAD_RESPONSE


def raw(data: bytes, abort: bool = False) -> Drive:
    async def answer(writer):
        writer.write(data)
        await writer.drain()
        if abort:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            writer.transport.abort()

    return answer


BROKEN = [
    (raw(b""), Problem.RESET),
    (raw(b"", abort=True), Problem.RESET),
    (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"), Problem.TRUNCATED),
    (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", abort=True), Problem.TRUNCATED),
    (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"), Problem.TRUNCATED),
    (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"), Problem.BAD_RESPONSE),
    (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Problem.BAD_RESPONSE),
    (raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), Problem.BAD_RESPONSE),
    (raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n"), Problem.BAD_RESPONSE),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
async def test_broken_answers_are_data(number):
    answer, problem = BROKEN[number]
    async with serve({"/": answer}) as site:
        exchange = await get(site)
    assert exchange.capture.problem is problem


async def test_a_dead_port_is_refused():
    port = await dead_port()
    async with HttpFetch("t", frozenset({f"127.0.0.1:{port}"}), now) as fetch:
        exchange = await fetch(Request(f"http://127.0.0.1:{port}/", Role.HOME))
    assert exchange.capture.problem is Problem.CONNECT_FAILED
    assert exchange.capture.status is None


async def test_a_kept_connection_that_died_is_replaced_silently():
    async with serve({"/": reply(HTML), "/b": [raw(b""), reply(HTML)]}) as site, fetcher(site) as fetch:
        first = await fetch(Request(site.url("/"), Role.PAGE))
        second = await fetch(Request(site.url("/b"), Role.PAGE))
    assert first.capture.ok
    assert second.capture.ok
    assert (site.connections, site.paths) == (2, ["/", "/b", "/b"])


async def test_a_fresh_connection_that_dies_is_not_tried_twice():
    async with serve({"/b": [raw(b""), reply(HTML)]}) as site:
        exchange = await get(site, "/b")
    assert exchange.capture.problem is Problem.RESET
    assert site.paths == ["/b"]


# Redirects


async def test_redirects_are_followed_and_told():
    async with serve({"/": moved("/a"), "/a": moved("b?x=1"), "/b?x=1": reply(HTML)}) as site:
        exchange = await get(site, allow=everywhere)
    assert exchange.capture.ok
    assert exchange.capture.url == site.url("/")
    assert exchange.capture.final_url == site.url("/b?x=1")
    assert exchange.capture.redirects == (site.url("/a"), site.url("/b?x=1"))


@pytest.mark.parametrize("path", ["/a", "/b"])
async def test_redirect_loops_end(path):
    async with serve({"/a": moved("/a"), "/b": moved("/c"), "/c": moved("/b")}) as site:
        exchange = await get(site, path, allow=everywhere)
    assert exchange.capture.problem is Problem.TOO_MANY_REDIRECTS
    assert exchange.capture.detail == "loop"
    assert len(site.seen) <= 2


async def test_a_long_chain_ends_after_five_hops():
    async with serve({f"/{n}": moved(f"/{n + 1}") for n in range(20)}) as site:
        exchange = await get(site, "/0", allow=everywhere)
    assert exchange.capture.problem is Problem.TOO_MANY_REDIRECTS
    assert len(site.seen) == 6


async def test_a_site_may_redirect_to_itself_to_set_a_cookie():
    routes: dict[str, Route] = {"/": [moved("/", set_cookie="sesi=1; Path=/"), reply(HTML)]}
    async with serve(routes) as site:
        exchange = await get(site, allow=everywhere)
    assert exchange.capture.ok
    assert "sesi=1" in site.heads[1]


async def test_a_redirect_out_of_scope_is_not_followed():
    async with serve({"/": reply(HTML)}) as other, serve({"/": moved(other.url("/x"))}) as site:
        exchange = await get(site, also=[other], allow=lambda url: site.authority in url)
    assert exchange.capture.problem is Problem.REDIRECT_OUT_OF_SCOPE
    assert exchange.capture.final_url == other.url("/x")
    assert exchange.capture.status == 302
    assert other.seen == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
    ],
)
async def test_a_redirect_to_a_private_address_sends_nothing(target):
    async with serve({"/": reply(HTML)}) as inside, serve({}) as site:
        site.routes["/"] = moved(target.format(port=inside.port))
        exchange = await get(site, allow=everywhere)
    assert exchange.capture.problem is Problem.ADDRESS_REFUSED
    assert inside.connections == 0


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "http://[", "http://a:99999/", ""])
async def test_senseless_redirects(target):
    async with serve({"/": moved(target)}) as site:
        exchange = await get(site, allow=everywhere)
    assert exchange.capture.problem is Problem.BAD_REDIRECT


async def test_a_raw_location_is_read_as_browsers_do():
    async with serve({"/": moved("/profil dinas\\a"), "/profil%20dinas/a": reply(HTML)}) as site:
        exchange = await get(site, allow=everywhere)
    assert exchange.capture.ok


# Names and addresses


def names(**known: tuple[str, ...] | OSError) -> Lookup:
    async def lookup(host):
        found = known.get(host.replace(".", "_"))
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if isinstance(found, OSError):
            raise found
        return found

    return lookup


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (None, Problem.DNS_NOT_FOUND),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Problem.DNS_FAILED),
        (("10.1.2.3",), Problem.ADDRESS_REFUSED),
        (("8.8.8.8", "127.0.0.1"), Problem.ADDRESS_REFUSED),
        ((), Problem.DNS_NOT_FOUND),
    ],
)
async def test_names_that_lead_nowhere(found, problem):
    lookup = names(**({} if found is None else {"situs_example": found}))
    async with HttpFetch("t", frozenset(), now, lookup) as fetch:
        exchange = await fetch(Request("http://situs.example/", Role.HOME))
        assert await fetch.address("http://situs.example/") == "situs.example"
    assert exchange.capture.problem is problem


async def test_a_name_is_looked_up_once_and_its_vetted_address_is_used():
    asked = []

    async def lookup(host):
        asked.append(host)
        return ("127.0.0.1",)

    async with serve({"/": reply(HTML), "/b": reply(HTML)}) as site:
        place = f"dinas.example:{site.port}"
        async with HttpFetch("t", frozenset({place}), now, lookup) as fetch:
            exchange = await fetch(Request(f"http://{place}/", Role.HOME))
            await fetch(Request(f"http://{place}/b", Role.HOME))
    assert exchange.capture.ok
    assert asked == ["dinas.example"]
    assert f"host: {place}" in site.heads[0].lower()


async def test_other_ports_are_refused_unless_named():
    async with HttpFetch("t", frozenset(), now, names(situs_example=("8.8.8.8",))) as fetch:
        exchange = await fetch(Request("http://situs.example:6379/", Role.HOME))
    assert exchange.capture.problem is Problem.ADDRESS_REFUSED


async def test_conditions_are_sent_to_the_hop_that_they_are_for_and_nowhere_else():
    async with serve({"/a": moved("/b"), "/b": reply(b"", "304 Not Modified")}) as site, fetcher(site) as fetch:
        conditions = {site.url("/b"): {"If-None-Match": '"x"'}}
        exchange = await fetch(
            Request(site.url("/a"), Role.PAGE, allow=lambda url: True, conditions=lambda url: conditions.get(url, {}))
        )
    heads = [head.lower() for head in site.heads]
    assert ["if-none-match" in head for head in heads] == [False, True]
    assert (exchange.capture.status, exchange.capture.problem) == (304, Problem.BAD_RESPONSE)


async def test_who_shares_a_server():
    lookup = names(a_example=("8.8.8.8",), b_example=("8.8.8.8", "9.9.9.9"), c_example=("127.0.0.1",))
    async with HttpFetch("t", frozenset({"c.example:8080"}), now, lookup) as fetch:
        assert await fetch.address("https://a.example/x") == "8.8.8.8"
        assert await fetch.address("http://b.example/") == "8.8.8.8"
        assert await fetch.address("http://c.example:8080/") == "c.example:8080"


# TLS


async def test_a_self_signed_site_is_read_and_flagged():
    async with serve({"/": reply(HTML), "/b": reply(HTML)}, "localhost") as site, fetcher(site) as fetch:
        first = await fetch(Request(site.url("/"), Role.HOME))
        second = await fetch(Request(site.url("/b"), Role.PAGE))
    assert first.capture.ok
    assert first.capture.detail == "tls: self-signed certificate"
    assert second.capture.detail == first.capture.detail


async def test_a_certificate_of_another_host_is_never_read_over():
    async with serve({"/": reply(HTML)}, "other") as site:
        exchange = await get(site)
    assert exchange.capture.problem is Problem.TLS_FAILED
    assert exchange.body == b""


async def test_plain_http_on_a_tls_port():
    async def talk(reader, writer):
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with HttpFetch("t", frozenset({place}), now) as fetch:
            exchange = await fetch(Request(f"https://{place}/", Role.HOME))
    assert exchange.capture.problem is Problem.TLS_FAILED
