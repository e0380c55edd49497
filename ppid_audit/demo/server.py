"""Serves the sample regency on loopback, one port a site, as real web servers would."""

import socket
import sys
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from types import TracebackType
from typing import Any, ClassVar, Self

from ppid_audit.demo.regency import AGENCIES, DEAD
from ppid_audit.demo.site import Answer, Site, load

LOOPBACK = "127.0.0.1"
LAST_MODIFIED = "Mon, 02 Nov 2026 01:00:00 GMT"
SITES = tuple(agency.id for agency in AGENCIES)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ppid-audit-demo"
    disable_nagle_algorithm = True
    timeout = 30
    site: ClassVar[Site]

    def do_GET(self) -> None:
        answer = self.site.answer(self.path)
        if answer.tag and self._is_known(answer):
            answer = Answer(304, "")
        self._send_head(answer)
        self.wfile.write(answer.body)

    def _is_known(self, answer: Answer) -> bool:
        """Whether the visitor has this very answer; a tag counts more than a date (RFC 9110 section 13.2.2)."""
        tag = self.headers.get("If-None-Match")
        return tag == answer.tag if tag else self.headers.get("If-Modified-Since") == LAST_MODIFIED

    def do_HEAD(self) -> None:
        self._send_head(self.site.answer(self.path))

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 304:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.tag:
            self.send_header("ETag", answer.tag)
            self.send_header("Last-Modified", LAST_MODIFIED)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: stderr belongs to the command that runs the demo."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that hangs up is no error; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class DemoServer:
    """Context manager: while it is open, every site answers at its address in ``urls`` (site id -> front page).

    ``dead`` sites have a port that refuses every connection: it is bound, so that nobody else can
    take it meanwhile, but nothing listens there.
    """

    def __init__(self, sites: Iterable[str] = SITES, dead: Iterable[str] = DEAD) -> None:
        self._dead = frozenset(dead)
        self._alive = tuple(site for site in sites if site not in self._dead)
        self._servers: dict[str, _Server] = {}
        self._silent: list[socket.socket] = []
        self.urls: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Bind all ports first: the pages name each other's addresses."""
        try:
            self._servers = {site: _Server((LOOPBACK, 0), _Handler) for site in self._alive}
            self.urls = {site: f"http://{LOOPBACK}:{server.server_port}/" for site, server in self._servers.items()}
            self.urls |= {site: self._refusing() for site in sorted(self._dead)}
            for site, server in self._servers.items():
                loaded = load(files("ppid_audit.demo") / "sites" / site, self.urls)
                server.RequestHandlerClass = type("Handler", (_Handler,), {"site": loaded})
        except BaseException:
            self._close()
            raise
        for site, server in self._servers.items():
            threading.Thread(target=server.serve_forever, args=(0.05,), name=site, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
        self._close()

    def _refusing(self) -> str:
        listener = socket.socket()
        self._silent.append(listener)
        listener.bind((LOOPBACK, 0))
        return f"http://{LOOPBACK}:{listener.getsockname()[1]}/"

    def _close(self) -> None:
        for server in self._servers.values():
            server.server_close()
        for listener in self._silent:
            listener.close()
