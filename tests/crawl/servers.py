"""Small servers on loopback that answer as told, badly behaved ones too, and remember what they were asked."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CERTS = Path(__file__).parent / "certs"

Drive = Callable[[asyncio.StreamWriter], Awaitable[None]]
Route = bytes | Drive | list[bytes | Drive]


def reply(body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": kind, "Content-Length": str(len(data))}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data


def moved(to: str, status: str = "302 Found", **headers: str) -> bytes:
    return reply(b"", status, location=to, **headers)


def page(*links: str, title: str = "Halaman", text: str = "isi") -> bytes:
    return reply(f"<html><head><title>{title}</title></head><body><p>{text}</p>{''.join(links)}</body></html>")


def link(address: str, words: str) -> str:
    return f'<p><a href="{address}">{words}</a></p>'


NOT_FOUND = reply("<h1>Tidak ditemukan</h1>", "404 Not Found")


@dataclass
class Site:
    """A running server: ``routes`` may be changed at any time; ``seen`` are (moment, path) of its requests."""

    port: int
    scheme: str
    routes: dict[str, Route]
    seen: list[tuple[float, str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path in self.seen]

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.authority}{path}"


@contextlib.asynccontextmanager
async def serve(
    routes: Mapping[str, Route], certificate: str = "", context: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """Serve ``routes`` on a free port; a list is one answer after the other, the last one for ever.

    ``certificate`` is the name of one of ``certs/``; ``context`` are the terms of TLS themselves.
    """
    site = Site(0, "https" if certificate or context else "http", dict(routes))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTS / f"{certificate}.pem")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.connections += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ")[1]
                site.seen.append((time.monotonic(), path))
                site.heads.append(head)
                answer = site.routes.get(path, NOT_FOUND)
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if callable(answer):
                    await answer(writer)
                    break
                writer.write(answer)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


async def dead_port() -> int:
    """A port where nobody listens."""
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


def now() -> str:
    return "2026-11-24T03:00:00Z"
