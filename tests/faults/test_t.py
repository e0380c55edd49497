"""T: certificates and handshakes. Read in spite of its certificate is only what is surely the host itself."""

import asyncio
import ssl
import time

import certifi
import pytest

from ppid_audit.crawl import fetch as fetching
from ppid_audit.model.capture import Capture, Problem
from tests.crawl.servers import Site, moved, page
from tests.faults import zoo
from tests.faults.cases import Cases
from tests.faults.lab import Lab, codes, full, home
from tests.faults.zoo import HOST, Signed, middle, root, served, sign, stranger

pytestmark = pytest.mark.anyio
fault = Cases()


@pytest.fixture(autouse=True)
def our_root(monkeypatch, tmp_path_factory):
    path = zoo.trusted(tmp_path_factory.mktemp("akar"))
    monkeypatch.setattr(certifi, "where", lambda: str(path))


async def secure(lab: Lab, leaf: Signed, *chain: Signed) -> Site:
    return await lab.serve({"/": full()}, served(lab.folder, leaf, chain), HOST)


async def seen(lab: Lab, leaf: Signed, *chain: Signed) -> Capture:
    site = await secure(lab, leaf, *chain)
    return await lab.get(f"https://{HOST}:{site.port}/")


def is_flagged(capture: Capture, cause: str) -> bool:
    return capture.ok and capture.detail.startswith("tls: ") and cause in capture.detail


@fault("T01", "T02", "T03", "T04", "T05", "T12")
async def a_broken_certificate_of_the_right_host_is_read_and_flagged(lab: Lab) -> None:
    expired = sign(HOST, root(), names=[HOST], days=(-90, -1))
    assert is_flagged(await seen(lab, expired), "certificate has expired")
    future = sign(HOST, root(), names=[HOST], days=(5, 90))
    assert is_flagged(await seen(lab, future), "not yet valid")
    assert is_flagged(await seen(lab, sign(HOST, names=[HOST])), "self-signed certificate")
    foreign = sign(HOST, stranger(), names=[HOST])
    assert is_flagged(await seen(lab, foreign, stranger()), "self-signed certificate in certificate chain")
    incomplete = sign(HOST, middle(), names=[HOST])
    assert is_flagged(await seen(lab, incomplete), "unable to get local issuer certificate")
    assert is_flagged(await seen(lab, sign(HOST, root(), names=[HOST], bits=1024)), "key too weak")


@fault("T01", "T05")
async def the_flag_reaches_the_notes_of_the_visit(lab: Lab) -> None:
    site = await secure(lab, sign(HOST, root(), names=[HOST], days=(-90, -1)))
    snapshot = await lab.visit(f"https://{HOST}:{site.port}/")
    assert home(snapshot).ok
    assert [note.code for note in snapshot.notes] == ["tls_expired"]
    assert home(snapshot).certificate_until


@fault("T06", "T07", "T20")
async def a_certificate_of_another_host_is_never_read(lab: Lab) -> None:
    for leaf in (sign("lain.example", root(), names=["lain.example"]), sign(HOST, root())):
        capture = await seen(lab, leaf)
        assert capture.problem is Problem.TLS_FAILED
        assert lab.kept[-1].body == b""
    for days in ((-90, -1), (-10, 300)):  # a second fault does not make it readable
        capture = await seen(lab, sign("lain.example", stranger(), names=["lain.example"], days=days))
        assert capture.problem is Problem.TLS_FAILED
        assert lab.kept[-1].body == b""


@fault("T08")
async def plain_http_where_tls_belongs(lab: Lab) -> None:
    async def plain(reader, writer):
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    assert (await shake(lab, plain)).problem is Problem.TLS_FAILED


async def shake(lab: Lab, talk) -> Capture:
    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        lab.open.add(("127.0.0.1", port))
        lab.internal.add(f"127.0.0.1:{port}")
        return await lab.get(f"https://127.0.0.1:{port}/", deadline=1.0)


@fault("T09")
async def a_handshake_that_stalls(lab: Lab) -> None:
    async def stall(reader, writer):
        await reader.read()

    began = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "CONNECT_SECONDS", 0.3)
        capture = await shake(lab, stall)
    assert capture.problem in {Problem.CONNECT_TIMEOUT, Problem.DEADLINE}
    assert time.monotonic() - began < 1.5


@fault("T10")
async def hung_up_in_the_handshake(lab: Lab) -> None:
    async def hang_up(reader, writer):
        await reader.read(10)
        writer.close()

    assert (await shake(lab, hang_up)).problem in {Problem.TLS_FAILED, Problem.RESET, Problem.CONNECT_FAILED}


@fault("T11")
async def an_old_protocol_is_not_stooped_to(lab: Lab) -> None:
    context = served(lab.folder, sign(HOST, root(), names=[HOST]))
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    site = await lab.serve({"/": full()}, context, HOST)
    capture = await lab.get(f"https://{HOST}:{site.port}/")
    assert capture.problem is Problem.TLS_FAILED
    assert site.heads == []


@fault("T13")
async def a_chain_in_disorder_is_a_chain(lab: Lab) -> None:
    capture = await seen(lab, sign(HOST, middle(), names=[HOST]), stranger(), root(), middle())
    assert capture.ok
    assert capture.detail == ""


@fault("T15", "T16")
async def a_site_without_tls_is_read_and_told(lab: Lab) -> None:
    plain = await lab.serve({"/": page()}, name=HOST)
    address = f"http://{HOST}:{plain.port}/"
    assert "http_only" in codes(await lab.visit(address))
    context = served(lab.folder, sign("aman.example", root(), names=["aman.example"]))
    answer = {"/": moved(address, set_cookie="sesi=1; Secure; Path=/")}
    site = await lab.serve(answer, context, "aman.example")
    snapshot = await lab.visit(f"https://aman.example:{site.port}/", {"also": (address,)})
    assert home(snapshot).ok
    assert home(snapshot).final_url == address
    assert not any("sesi=" in head for head in plain.heads)


@fault("T18")
async def the_name_with_www_is_not_guessed(lab: Lab) -> None:
    site = await secure(lab, sign("www." + HOST, root(), names=["www." + HOST]))
    snapshot = await lab.visit(f"https://{HOST}:{site.port}/")
    assert home(snapshot).problem is Problem.TLS_FAILED
    assert set(lab.asked) == {HOST}
    assert codes(snapshot) == ["tls_invalid"]


@fault("T19")
async def asked_for_a_certificate_of_our_own(lab: Lab) -> None:
    for wish, fine in ((ssl.CERT_OPTIONAL, True), (ssl.CERT_REQUIRED, False)):
        context = served(lab.folder, sign(HOST, root(), names=[HOST]))
        context.load_verify_locations(cadata=root().pem.decode())
        context.verify_mode = wish
        site = await lab.serve({"/": full()}, context, HOST)
        capture = await lab.get(f"https://{HOST}:{site.port}/")
        assert capture.ok is fine
        assert capture.fault is not fine


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_t(play, lab):
    await play(lab)
