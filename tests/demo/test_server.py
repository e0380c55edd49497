import http.client
import socket
from urllib.parse import urlsplit

import pytest

from ppid_audit.demo.regency import AGENCIES, DEAD
from ppid_audit.demo.server import DemoServer


@pytest.fixture(scope="module")
def demo():
    with DemoServer() as server:
        yield server


def ask(url: str, target: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request(method, target)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_every_agency_has_an_address_of_its_own(demo):
    assert set(demo.urls) == {agency.id for agency in AGENCIES}
    assert len({urlsplit(url).port for url in demo.urls.values()}) == len(AGENCIES)
    assert {urlsplit(url).hostname for url in demo.urls.values()} == {"127.0.0.1"}


def test_every_living_site_answers_its_front_page(demo):
    for agency, url in demo.urls.items():
        if agency not in DEAD:
            status, headers, body = ask(url, "/")
            assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8"), agency
            assert int(headers["content-length"]) == len(body) > 300
            assert b".example/" not in body.replace(b"kabupatenlain.example", b"")


@pytest.mark.parametrize("agency", sorted(DEAD))
def test_a_dead_host_refuses(demo, agency):
    with pytest.raises(ConnectionRefusedError):
        ask(demo.urls[agency], "/")


def test_one_connection_serves_many_requests(demo):
    connection = http.client.HTTPConnection(urlsplit(demo.urls["dinkes-contoh"]).netloc, timeout=5)
    sockets = set()
    for target in ("/", "/profil/", "/tidak-ada", "/robots.txt"):
        connection.request("GET", target)
        response = connection.getresponse()
        response.read()
        assert response.version == 11
        sockets.add(id(connection.sock))
    connection.close()
    assert len(sockets) == 1


@pytest.mark.parametrize(
    ("agency", "target", "status"),
    [
        ("disdik-contoh", "/index.php/public/page/12-visi-dan-misi", 200),
        ("disdik-contoh", "/index.php/public/berita?page=2", 200),
        ("disdik-contoh", "/index.php/public/page/99-x", 404),
        ("bkd-contoh", "/index.php?hal=aduan", 500),
        ("bkd-contoh", "/file/dpa2026.pdf", 404),
        ("ppid-contoh", "/peringatan-dini", 301),
        ("dinkes-contoh", "/profil", 301),
        ("dinkes-contoh", "/_documents.json", 404),
        ("dinkes-contoh", "/../../truth.json", 404),
        ("dinkes-contoh", "/%2e%2e/%2e%2e/truth.json", 404),
        ("dinkes-contoh", "/..%2f..%2ftruth.json", 404),
    ],
)
def test_addresses_answer_as_written(demo, agency, target, status):
    assert ask(demo.urls[agency], target)[0] == status


def test_documents_have_their_type(demo):
    _, headers, body = ask(demo.urls["ppid-contoh"], "/unduh/11")
    assert headers["content-type"] == "application/pdf"
    assert body.startswith(b"%PDF-")


def test_head_says_the_size_and_sends_nothing(demo):
    status, headers, body = ask(demo.urls["rsud-contoh"], "/profil.php", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 500


def test_a_visitor_that_hangs_up_makes_no_noise(demo, capfd):
    port = urlsplit(demo.urls["setwan-contoh"]).port
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            visitor.sendall(b"GET /images/profil/bagan.png HTTP/1.1\r\nHost: x\r\n\r\n")
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert ask(demo.urls["setwan-contoh"], "/")[0] == 200
    assert capfd.readouterr().err == ""


def test_the_ports_are_free_again_afterwards():
    with DemoServer(sites=("dlh-contoh",), dead=("inspektorat-contoh",)) as server:
        urls = dict(server.urls)
        assert ask(urls["dlh-contoh"], "/")[0] == 200
    for url in urls.values():
        with pytest.raises(ConnectionRefusedError):
            ask(url, "/")


def test_an_unknown_site_leaves_nothing_open():
    server = DemoServer(sites=("dlh-contoh", "tidak-ada"), dead=())
    with pytest.raises(FileNotFoundError), server:
        pass
    with pytest.raises(ConnectionRefusedError):
        ask(server.urls["dlh-contoh"], "/")
