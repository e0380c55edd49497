"""H: HTTP framing and time."""

import time

import pytest

from ppid_audit.crawl.fetch import Request
from ppid_audit.model.capture import Capture, Problem, Role
from tests.crawl.servers import link, page, reply
from tests.faults.cases import Cases
from tests.faults.lab import HEAD, HTML, Lab, drip, flood, full, home, raw, told

pytestmark = pytest.mark.anyio
fault = Cases()

DEADLINE = 0.4


@fault("H01", "H02", "H05")
async def dripping_for_ever_ends_at_the_deadline(lab: Lab) -> None:
    slow = (drip(b"HTTP/1.1 200 OK\r\nX: ", b"a"), drip(HEAD + b"Content-Length: 9000\r\n\r\n", b" "), raw(b"", "hang"))
    for answer in slow:
        began = time.monotonic()
        assert await lab.problem(answer, deadline=DEADLINE) is Problem.DEADLINE
        assert time.monotonic() - began < DEADLINE + 1


@fault("H03")
async def an_endless_body_ends_at_the_cap(lab: Lab) -> None:
    endless = flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"<p>halo " * 512 + b"\r\n")
    capture = await lab.get(await lab.serve({"/": endless}), max_bytes=200_000)
    assert capture.problem is Problem.TOO_LARGE
    assert capture.bytes == 200_000


@fault("H04")
async def hints_without_end_are_cut_off(lab: Lab) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    assert await lab.problem(flood(b"", hints * 200), max_bytes=1000) is Problem.BAD_RESPONSE
    assert await lab.problem(drip(b"", hints), deadline=DEADLINE) is Problem.DEADLINE


@fault("H06", "H08")
async def less_than_was_announced(lab: Lab) -> None:
    assert await lab.problem(raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc")) is Problem.TRUNCATED
    assert await lab.problem(raw(HEAD + b"Content-Length: 900\r\n\r\n" + HTML)) is Problem.TRUNCATED


BAD = {
    "H07": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "H10": HEAD + b"Content-Length: -5\r\n\r\n" + HTML,
    "H12": HEAD + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n" + HTML,
    "H14": HEAD + b"X: a\0b\r\n\r\n" + HTML,
    "H17": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
}


@fault(*BAD)
async def what_is_no_http_is_a_bad_response(lab: Lab) -> None:
    for answer in BAD.values():
        assert await lab.problem(raw(answer)) is Problem.BAD_RESPONSE


@fault("H10")
async def two_lengths_that_differ(lab: Lab) -> None:
    answer = HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + HTML
    assert await lab.problem(raw(answer)) is Problem.BAD_RESPONSE


@fault("H14")
async def control_characters_in_the_head(lab: Lab) -> None:
    for line in (b"X: a\rb", b"X : a"):
        assert await lab.problem(raw(full(HTML, line))) is Problem.BAD_RESPONSE


@fault("H17")
async def an_answer_without_a_head(lab: Lab) -> None:
    assert await lab.problem(raw(HTML)) in {Problem.RESET, Problem.BAD_RESPONSE}
    assert await lab.problem(raw(b"HTTP/1.1 OK 200\r\n\r\n" + HTML)) is Problem.BAD_RESPONSE


@fault("H09", "H24")
async def bytes_behind_the_end_are_not_read_and_end_the_connection(lab: Lab) -> None:
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\njahat"
    site = await lab.serve({"/": full() + smuggled, "/b": full(b"<p>baik</p>")})
    async with lab.fetch() as fetch:
        first = await fetch(Request(site.url("/"), Role.PAGE))
        second = await fetch(Request(site.url("/b"), Role.PAGE))
    assert first.body == HTML
    assert second.body == b"<p>baik</p>"
    assert site.connections == 2


@fault("H11")
async def length_and_chunks_at_once_are_read_by_chunks(lab: Lab) -> None:
    answer = HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n0\r\n\r\n"
    site = await lab.serve({"/": raw(answer)})
    assert (await lab.get(site)).ok
    assert lab.kept[-1].body == b"<html"


@fault("H13")
async def far_too_many_headers(lab: Lab) -> None:
    for many in ([b"X-%d: a" % n for n in range(10_000)], [b"Set-Cookie: k%d=1" % n for n in range(3_000)]):
        capture = await lab.get(await lab.serve({"/": full(HTML, *many)}))
        assert capture.problem is Problem.BAD_RESPONSE
        assert "header lines" in capture.detail


@fault("H15", "H16")
async def harmless_slips_in_the_head(lab: Lab) -> None:
    assert (await lab.get(await lab.serve({"/": raw(full().replace(b"\r\n", b"\n"))}))).ok
    for server in ("Dinas é".encode(), b"caf\xe9"):
        capture = await lab.get(await lab.serve({"/": full(HTML, b"Server: " + server)}))
        assert capture.ok
        assert capture.header("server").isprintable()


@fault("H18", "H26", "H20")
async def odd_status_codes_go_by_their_class(lab: Lab) -> None:
    known = {"299": None, "600": Problem.CLIENT_ERROR, "999": Problem.CLIENT_ERROR, "402": Problem.CLIENT_ERROR}
    known |= {"451": Problem.BLOCKED, "206": Problem.TRUNCATED, "416": Problem.CLIENT_ERROR}
    for status, problem in known.items():
        assert await lab.problem(reply(HTML, f"{status} X")) is problem


@fault("H19")
async def an_answer_without_a_byte_shows_nothing(lab: Lab) -> None:
    nothing = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
    site = await lab.serve({"/": page(link("/ppid", "PPID")), "/ppid": nothing})
    snapshot = await lab.visit(site.url())
    assert told(snapshot)["/ppid"] is Problem.TRUNCATED
    assert site.paths.count("/ppid") == 2
    for status in ("204 No Content", "205 Reset Content"):
        assert _is_no_page(await lab.get(await lab.serve({"/": reply(b"", status)})))


def _is_no_page(capture: Capture) -> bool:
    return (capture.bytes, capture.media_type) == (0, "")


@fault("H21")
async def not_modified_though_nobody_asked(lab: Lab) -> None:
    assert await lab.problem(reply(b"", "304 Not Modified")) is Problem.BAD_RESPONSE


@fault("H22")
async def a_server_that_grew_tired_of_waiting_is_asked_again(lab: Lab) -> None:
    tired = reply("x", "408 Request Timeout", connection="close")
    site = await lab.serve({"/": [tired, page()]})
    assert home(await lab.visit(site.url())).ok
    for status in ("421 Misdirected", "425 Too Early"):
        assert await lab.problem(reply("x", status)) is Problem.CLIENT_ERROR


@fault("H25")
async def a_locked_door_is_not_rattled_at(lab: Lab) -> None:
    for scheme in ("Basic realm=x", 'Digest realm="x", nonce="1"', "NTLM"):
        site = await lab.serve({"/": reply("x", "401 Unauthorized", www_authenticate=scheme)})
        assert (await lab.get(site)).problem is Problem.BLOCKED
        assert len(site.heads) == 1
        assert "authorization" not in site.heads[0].lower()


@fault("H27")
async def dates_that_are_none(lab: Lab) -> None:
    for day in (b"Fri, 31 Feb 2099 99:99:99 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT", b"besok", b""):
        assert (await lab.get(await lab.serve({"/": full(HTML, b"Date: " + day, b"Last-Modified: " + day)}))).ok


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_h(play, lab):
    await play(lab)
