"""The regency's web server: one process, one loopback port a site, no delay of its own.

``python -m bench.server SITES PAGES KILOBYTES FILES`` prints the ports as JSON and serves until its input ends.
"""

import asyncio
import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from bench.regency import Size, address, at_address, file, number, page

_NOT_FOUND = (
    b"<!doctype html><html lang='id'><title>Tidak ditemukan</title><h1>404</h1><p>Halaman tidak ditemukan</p></html>"
)


@contextmanager
def serving(sites: int, size: Size) -> Iterator[list[str]]:
    """The front pages' addresses of a regency that is served as long as the block lasts."""
    numbers = [str(n) for n in (sites, size.pages, size.kilobytes, size.files)]
    command = [sys.executable, "-m", "bench.server", *numbers]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        try:
            yield [f"http://127.0.0.1:{port}/" for port in json.loads(process.stdout.readline())]
        finally:
            process.terminate()


@cache
def _answers(site: int, path: str, size: Size) -> tuple[bytes, bytes, bytes]:
    """The answer plain, gzipped, and to whoever has it already."""
    status, kind, body = "200 OK", "text/html; charset=utf-8", _NOT_FOUND
    at = at_address(path, size)
    name = path.removeprefix("/berkas/").removesuffix(".pdf")
    if at is not None:
        body = page(site, at, size)
    elif path == f"/berkas/{name}.pdf" and name.isdecimal() and int(name) < size.files:
        kind, body = "application/pdf", file(site, int(name))
    else:
        status = "404 Not Found"
    tag = f'ETag: "{number(body):08x}"\r\n' if status[0] == "2" else ""
    plain = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{tag}".encode()
    packed = gzip.compress(body, 6, mtime=0)
    return (
        plain + b"Content-Length: %d\r\n\r\n" % len(body) + body,
        plain + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed,
        f"HTTP/1.1 304 Not Modified\r\n{tag}\r\n".encode() if tag else b"",
    )


class _Talk(asyncio.Protocol):
    def __init__(self, site: int, size: Size) -> None:
        self.site, self.size, self.rest = site, size, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection; small answers leave at once."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self.rest += data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            request, self.rest = self.rest[:end], self.rest[end + 4 :]
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        method, _, rest = request.partition(b" ")
        path = rest.partition(b" ")[0].partition(b"?")[0].decode("latin-1")
        low = request.lower()
        plain, packed, known = _answers(self.site, path, self.size)
        answer = packed if b"\naccept-encoding:" in low and b"gzip" in low else plain
        tag = low.partition(b"\nif-none-match:")[2].partition(b"\r")[0].strip()
        if tag and tag in known.lower():
            answer = known
        self.transport.write(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == b"HEAD" else answer)
        if b"\nconnection: close" in low or b" HTTP/1.0" in request.partition(b"\r")[0]:
            self.transport.close()


async def _serve(sites: int, size: Size) -> None:
    loop, ports = asyncio.get_running_loop(), []
    for site in range(sites):
        server = await loop.create_server(lambda site=site: _Talk(site, size), "127.0.0.1", 0, backlog=64)
        ports.append(server.sockets[0].getsockname()[1])
    for site in range(min(sites, 50)):
        for at in range(size.pages):
            _answers(site, address(at), size)
    sys.stdout.write(json.dumps(ports) + "\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    many, *rest = map(int, sys.argv[1:])
    asyncio.run(_serve(many, Size(*rest)))
