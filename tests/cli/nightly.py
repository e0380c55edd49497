"""A small regency whose sites know entity tags, note what they are asked, and can be made to hang or to fail."""

import hashlib
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

from tests.cli.small_regency import Pages, Regency, page

TITLES = {"/profil": "Profil", "/lkjip": "LKjIP 2025", "/renstra": "Renstra 2021-2026", "/kabar": "Kabar pasar"}


def pages() -> Pages:
    return Pages({path: page(title) for path, title in TITLES.items()})


class Nightly(Regency):
    """``asked`` are (site, path, status); ``down`` sites answer 503, ``held`` paths not before ``released``.

    ``dead`` paths answer 404. HEAD is answered where ``heads`` is a list, which then has (site, path) of each.
    """

    def __init__(self, *arguments, **sites) -> None:
        self.asked: list[tuple[str, str, int]] = []
        self.sent = 0
        self.down: set[str] = set()
        self.dead: set[str] = set()
        self.heads: list[tuple[str, str]] | None = None
        self.held: set[str] = set()
        self.released = threading.Event()
        super().__init__(*arguments, **sites)

    def close(self) -> None:
        self.released.set()
        super().close()

    def statuses(self) -> set[int]:
        """The statuses sent since the last question."""
        found = {status for _, _, status in self.asked}
        self.asked.clear()
        return found

    def wait_for(self, path: str, seconds: float = 20) -> None:
        """Until somebody has asked for ``path``."""
        until = time.monotonic() + seconds
        while not any(asked == path for _, asked, _ in list(self.asked)):
            assert time.monotonic() < until, self.asked
            time.sleep(0.02)

    def _handler(self, name: str) -> type[BaseHTTPRequestHandler]:
        regency = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                if regency.heads is None:
                    return self.send_error(501)
                regency.heads.append((name, self.path))
                there = self.path == "/" or (self.path in regency.sites[name] and self.path not in regency.dead)
                self.send_response(200 if there else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                return None

            def do_GET(self) -> None:
                there = regency.sites[name]
                text = there.front(name) if self.path == "/" else there.get(self.path)
                text = None if self.path in regency.dead else text
                body = (text or "tidak ada").encode()
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                status = 503 if name in regency.down else 200 if text else 404
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                regency.asked.append((name, self.path, status))
                if self.path in regency.held:
                    regency.released.wait(60)
                with suppress(ConnectionError):  # a visitor that was stopped
                    self.send_response(status)
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                    self.send_header("Content-Length", str(len(body)))
                    if text:
                        self.send_header("ETag", tag)
                    self.end_headers()
                    self.wfile.write(body)
                    regency.sent += len(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
