"""A small hostile internet on loopback, with a resolver that answers as told and a watch over every contact."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.fetch import HttpFetch, Request
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot
from ppid_audit.web import charset, html, urls
from tests.crawl.servers import Drive, Route, Site, now, serve
from tests.faults.contacts import recorded

HTML = b"<html><head><title>Dinas</title></head><body><h1>Dinas Contoh</h1></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
AGENT = "ppid-audit/test (kontak@example.go.id)"

Answer = tuple[str, ...] | OSError


def full(body: bytes = HTML, *lines: bytes) -> bytes:
    """A whole answer with further header lines."""
    return HEAD + b"".join(line + b"\r\n" for line in lines) + b"Content-Length: %d\r\n\r\n" % len(body) + body


def raw(data: bytes, then: str = "") -> Drive:
    """Exactly these bytes, and the end of the connection; ``then``: ``reset`` breaks it, ``hang`` keeps it open."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        if then == "hang":
            await asyncio.sleep(30)
        if then == "reset":
            peer = writer.get_extra_info("socket")
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            writer.transport.abort()

    return answer


def drip(before: bytes, again: bytes, seconds: float = 0.03) -> Drive:
    """``again`` for ever, slowly."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(seconds)

    return answer


def flood(before: bytes, again: bytes) -> Drive:
    """``again`` for ever, as fast as it is taken."""
    return drip(before, again, 0.0)


class Lab:
    """Servers, names and visits of one test; at its end nobody may have been contacted but the ``open`` ones.

    ``names`` is what the resolver says; what is not in it does not exist. ``asked`` are the names looked up.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.open: set[tuple[str, int]] = set()
        self.internal: set[str] = set()
        self.kept: list[Exchange] = []
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.contacts = self._stack.enter_context(recorded())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        contacts = list(self.contacts)
        await self._stack.aclose()
        if kind is None:
            assert [place for what, place in contacts if what == "connect" and place not in self.open] == []
            assert [name for what, name in contacts if what == "lookup" and name != "127.0.0.1"] == []

    async def serve(
        self, routes: Mapping[str, Route] | Route = HTML, tls: ssl.SSLContext | None = None, name: str = ""
    ) -> Site:
        """A server that may be visited; one answer for every path is given as itself. ``name`` is its host name."""
        site = await self.trap(routes, tls)
        self.open.add(("127.0.0.1", site.port))
        self.internal.add(f"{name or '127.0.0.1'}:{site.port}")
        if name:
            self.names[name] = ("127.0.0.1",)
        return site

    async def trap(self, routes: Mapping[str, Route] | Route = HTML, tls: ssl.SSLContext | None = None) -> Site:
        """A server that must never be contacted."""
        table = dict(routes) if isinstance(routes, Mapping) else {"/": full(routes) if routes is HTML else routes}
        return await self._stack.enter_async_context(serve(table, context=tls))

    async def lookup(self, host: str) -> tuple[str, ...]:
        self.asked.append(host)
        found = self.names.get(host, ("127.0.0.1",) if host == "127.0.0.1" else None)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if isinstance(found, OSError):
            raise found
        return found

    def fetch(self) -> HttpFetch:
        return HttpFetch(AGENT, frozenset(self.internal), now, self.lookup)

    async def get(self, target: Site | str, path: str = "/", role: Role = Role.PAGE, **more: Any) -> Capture:
        """One request with nothing before it, redirects allowed everywhere."""
        url = target if isinstance(target, str) else target.url(path)
        given: dict[str, Any] = {"deadline": 3.0, "allow": lambda _: True}
        async with self.fetch() as fetch:
            exchange = await fetch(Request(url, role, **given | more))
        self.kept.append(exchange)
        return exchange.capture

    async def problem(self, answer: Route, **more: Any) -> Problem | None:
        """What a page that answers so comes to."""
        return (await self.get(await self.serve(answer), **more)).problem

    async def visit(self, url: str, agency: Mapping[str, Any] | None = None, **plan: Any) -> Snapshot:
        """A whole visit, robots.txt first, without pauses."""
        bounds: dict[str, Any] = {"delay": 0.0, "max_pages": 40, "max_documents": 20, "site_seconds": 20.0}
        limits: dict[str, Any] = {"max_depth": 6, "page_deadline": 1.0, "document_deadline": 1.0}
        who = Agency("dinkes", "Dinas Kesehatan", "dinas", url, **agency or {})
        the_plan = Plan(**bounds | limits | plan)
        async with self.fetch() as fetch:
            manners = Politeness(the_plan.delay, fetch.address)
            return await visit(who, the_plan, fetch, _skim, _relevance, self._keep, manners, now, lambda _: None)

    def _keep(self, exchange: Exchange) -> Capture:
        self.kept.append(exchange)
        return exchange.capture


def told(snapshot: Snapshot) -> dict[str, Problem | int | None]:
    """What became of each path."""
    return {urls.path(c.url): c.problem or c.status for c in snapshot.captures}


def home(snapshot: Snapshot) -> Capture:
    assert snapshot.home is not None
    return snapshot.home


def codes(snapshot: Snapshot) -> list[str]:
    return [note.code for note in snapshot.notes]


async def _skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
    return html.skim(charset.decode(body, content_type), url)


def _relevance(title: str, url: str) -> float:
    words = f"{title} {urls.path_words(url)}".lower()
    return 0.9 if any(word in words for word in ("ppid", "lakip", "dip", "informasi")) else 0.1
