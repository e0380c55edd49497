"""Two small sites in a process of their own: it outlives every scan that is killed, and notes what it was asked.

Run as a module it prints the addresses as JSON, serves until its stdin closes, and writes one line a request
(``<site> <path> <status>``) to the file named by its argument. With ``demo`` it serves the sample regency instead.
"""

import hashlib
import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.cli.small_regency import page

TITLES = {
    "/profil": "Profil",
    "/lkjip": "LKjIP 2025",
    "/renstra": "Renstra 2021-2026",
    "/sop": "SOP layanan",
    "/berita-1": "Kabar pasar",
    "/berita-2": "Kabar jembatan",
    "/agenda": "Agenda bupati",
}
MISSING = "/hilang"
"""A dead link: a state of the site that is stored like any answer."""


def front(name: str) -> str:
    links = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in {**TITLES, MISSING: "IPK"}.items())
    return f"<html><head><title>{name}</title></head><body><nav><ul>{links}</ul></nav></body></html>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, name: str, note, *args) -> None:
        self._name, self._note = name, note
        super().__init__(*args)

    def do_GET(self) -> None:
        title = TITLES.get(self.path)
        text = front(self._name) if self.path == "/" else page(f"{title} {self._name}") if title else None
        body = (text or "tidak ada").encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = text is not None and self.headers.get("If-None-Match") == tag
        status = 304 if known else 200 if text else 404
        self._note(f"{self._name} {self.path} {status}")
        self.send_response(status)
        if not known:
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        if text:
            self.send_header("ETag", tag)
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that was killed is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _serve_small(note) -> dict[str, str]:
    found = {}
    for name in ("dinkes", "bkd"):
        server = _Server(("127.0.0.1", 0), partial(_Handler, name, note))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        found[name] = f"http://127.0.0.1:{server.server_port}/"
    return found


def main() -> None:
    what, log = sys.argv[1:]
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if what == "demo":
        from ppid_audit.demo import server

        class Noting(server._Handler):
            def log_request(self, code: object = "-", size: object = "-") -> None:
                port = self.connection.getsockname()[1]
                os.write(file, f"{port} {self.path} {int(str(code))}\n".encode())

        server.__dict__["_Handler"] = Noting
        with server.DemoServer() as served:
            print(json.dumps(served.urls), flush=True)
            sys.stdin.read()
    else:
        print(json.dumps(_serve_small(lambda line: os.write(file, f"{line}\n".encode()))), flush=True)
        sys.stdin.read()


class Served:
    """Addresses by site, and what was asked so far."""

    def __init__(self, urls: dict[str, str], log: Path) -> None:
        self.urls, self._log = urls, log

    def asked(self, since: int = 0) -> list[tuple[str, str, int]]:
        """(site, path, status) of each request from number ``since`` on; a site of the demo is its port."""
        rows = (line.split(" ") for line in self._log.read_text().splitlines()[since:])
        return [(site, path, int(status)) for site, path, status in rows]


@contextmanager
def serving(log: Path, what: str = "small"):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.long.sites", what, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Served(json.loads(process.stdout.readline()), log)
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait()


if __name__ == "__main__":
    main()
