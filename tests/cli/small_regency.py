"""Two small sites on loopback that a test can edit between scans, with the files to scan them."""

import threading
from contextlib import chdir, redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, TextIOWrapper
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from ppid_audit.cli import main
from ppid_audit.cli.words import language

RUBRIC = """\
name: Rubrik uji
points: {found: 1, found_other_wording: 1, found_off_site: 1, owner_linked: 1, attested: 1, stale: 0.5,
  listed_in_dip: 0.75, named_without_content: 0, dead_link: 0, empty_list: 0, empty_document: 0, placeholder: 0,
  wrong_document: 0, wrong_body: 0, portal_front_page: 0, gated_off_site: 0, not_found: 0}
coverage_floor: 0.5
bands:
  - {id: baik, floor: 50, label: {id: Baik, en: Good}}
  - {id: kurang, floor: 0, label: {id: Kurang, en: Poor}}
items:
"""
ITEM = """\
  - id: {name}
    title: {{id: "{title}", en: "{title}"}}
    basis: "Ps 1"
    duty: announce
    renew: {renew}
    due: {due}
    applies_to: all
    check:
      published: {{terms: [{terms}], forms: [document, text, table]}}
    remedy: {{id: "Unggah.", en: "Upload."}}
    examples: {{match: [], near: []}}
"""
ITEMS = {
    "berkala.lkjip": ("LKjIP", "year", "{period: previous, from: '04-01', source: practice}", "lkjip"),
    "berkala.profil": ("Profil", "standing", "null", "profil"),
    "setiap-saat.renstra": ("Renstra", "standing", "null", "renstra"),
    "setiap-saat.sop": ("SOP", "standing", "null", "sop layanan"),
}
VERBS = ("melayani", "mencatat", "mendampingi", "memeriksa", "melatih", "membangun", "merawat", "menghitung")
THINGS = ("posyandu", "sekolah", "jembatan", "sawah", "pasar", "sumur", "terminal", "gudang", "balai", "kebun")


def rubric(items: dict[str, tuple[str, str, str, str]] = ITEMS) -> str:
    made = (
        ITEM.format(name=name, title=title, renew=renew, due=due, terms=terms).replace("    due: null\n", "")
        for name, (title, renew, due, terms) in items.items()
    )
    return RUBRIC + "".join(made)


def page(title: str) -> str:
    """A page with content of its own under that title."""
    draw = Random(title)
    lines = (
        f"Petugas {draw.choice(VERBS)} {draw.randint(2, 900)} {draw.choice(THINGS)} di kabupaten" for _ in range(14)
    )
    body = ". ".join(lines)
    return f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{body}</p></main></body></html>"


class Pages(dict[str, str]):
    """What a site serves, by path; the front page is a menu of the rest and is made by itself."""

    def front(self, name: str) -> str:
        links = "".join(f'<li><a href="{path}">{self.name(path)}</a></li>' for path in self)
        return f"<html><head><title>{name}</title></head><body><nav><ul>{links}</ul></nav></body></html>"

    def name(self, path: str) -> str:
        return self[path].partition("<title>")[2].partition("</title>")[0]


class Regency:
    """The sites and the folder with their agencies.yaml and rubric.yaml; ``run`` runs the program there."""

    def __init__(self, folder: Path, **sites: Pages) -> None:
        self.folder, self.sites = folder, sites
        self._servers = {name: ThreadingHTTPServer(("127.0.0.1", 0), self._handler(name)) for name in sites}
        for server in self._servers.values():
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.write("rubric.yaml", rubric())
        entries = "".join(
            f"  - {{id: {name}, name: Dinas {name.title()}, kind: dinas, url: 'http://127.0.0.1:{server.server_port}/'}}\n"
            for name, server in self._servers.items()
        )
        self.write("agencies.yaml", f"region: Kabupaten Uji\ncrawl: {{delay: 0}}\nagencies:\n{entries}")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def close(self) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def run(self, *arguments: str, code: int = 0) -> str:
        """What the program prints, to stderr where stdout stays empty; it must end with ``code``."""
        out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8")
        with (
            chdir(self.folder),
            redirect_stdout(out),
            redirect_stderr(err),
            patch("sys.argv", ["ppid-audit", *arguments]),
        ):
            language.cache_clear()
            with pytest.raises(SystemExit) as end:
                main()
        language.cache_clear()
        told, complained = _written(out), _written(err)
        assert (end.value.code or 0) == code, complained
        return told or complained

    def scan(self, *more: str) -> None:
        self.run("scan", "--as-of", "2026-11-24", "--quiet", *more)

    def _handler(self, name: str) -> type[BaseHTTPRequestHandler]:
        regency = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = regency.sites[name]
                text = pages.front(name) if self.path == "/" else pages.get(self.path)
                body = (text or "tidak ada").encode()
                self.send_response(200 if text else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
