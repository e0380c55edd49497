"""A sample site as a table of answers: what each address of it says. No sockets here.

A site folder holds plain files. Names that begin with ``_`` are never served by that name:

- ``_documents.json``: path -> ``{kind, title, lines}``: files that are made when the site is loaded;
- ``_routes.json``: address (``path?query``) -> file of the folder that answers it;
- ``_redirects.json``: address -> where it leads (301);
- ``_status.json``: address -> status code: dead links (404) and failing pages (500) that are there on purpose;
- ``_404.html``: what an unknown address answers.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from ppid_audit.demo.documents import MAKERS

_MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "pdf": "application/pdf",
    "scan": "application/pdf",
    "fake": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NOT_FOUND = (
    "<!DOCTYPE html>\n<html><head><title>404</title></head><body><p>Halaman tidak ditemukan.</p></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: ``location`` is set for redirects only."""

    status: int
    media_type: str
    body: bytes = b""
    location: str = ""

    @property
    def tag(self) -> str:
        """Its entity tag (RFC 9110 section 8.8.3); empty for anything but a page or file that is there."""
        return f'"{sha256(self.body).hexdigest()[:24]}"' if self.status == 200 else ""


@dataclass(frozen=True, slots=True)
class Site:
    """All that a site can say: ``answers`` by address (see ``address``); everything else is ``not_found``.

    Only what stands in the table can be asked for, so no path leads out of the folder.
    """

    answers: Mapping[str, Answer]
    not_found: Answer

    def answer(self, target: str) -> Answer:
        """The answer to a request target such as ``/index.php?hal=dip``; unknown queries are ignored."""
        whole = address(target)
        return self.answers.get(whole) or self.answers.get(whole.partition("?")[0]) or self.not_found


def address(target: str) -> str:
    """One form for each address: path percent-decoded, query sorted, no fragment."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return unquote(parts.path) + ("?" + query if query else "")


def load(folder: Traversable, urls: Mapping[str, str]) -> Site:
    """Read a site folder. ``https://<site>.example`` in its texts becomes the address in ``urls``."""
    files = {path: _fill_in(path, entry.read_bytes(), urls) for path, entry in _files(folder)}
    settings = {name: _settings(files, name) for name in ("documents", "routes", "redirects", "status")}
    not_found = Answer(404, _MEDIA_TYPES["html"], files.get("_404.html", _NOT_FOUND.encode()))
    answers: dict[str, Answer] = {}
    for path, body in files.items():
        if not any(part.startswith("_") for part in path.split("/")):
            answers |= _addresses_of(path, Answer(200, _media_type(path), body))
    for path, made in settings["documents"].items():
        body = MAKERS[made["kind"]](made["title"], made.get("lines", ()))
        answers[path] = Answer(200, _MEDIA_TYPES[made["kind"]], body)
    for asked, path in settings["routes"].items():
        answers[address(asked)] = Answer(200, _media_type(path), files[path])
    for asked, location in settings["redirects"].items():
        answers[address(asked)] = Answer(301, _MEDIA_TYPES["html"], location=location)
    for asked, status in settings["status"].items():
        answers[address(asked)] = Answer(status, _MEDIA_TYPES["html"], not_found.body)
    return Site(answers, not_found)


def _files(folder: Traversable, inside: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{inside}{entry.name}/")
        else:
            yield inside + entry.name, entry


def _settings(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files.get(f"_{name}.json", b"{}"))
    return found


def _media_type(path: str) -> str:
    return _MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _fill_in(path: str, body: bytes, urls: Mapping[str, str]) -> bytes:
    if path.endswith((".html", ".xml", ".txt")):
        for site, url in urls.items():
            body = body.replace(f"https://{site}.example".encode(), url.rstrip("/").encode())
    return body


def _addresses_of(path: str, answer: Answer) -> dict[str, Answer]:
    """A page answers by its name, by its name without ``.html``, and an index by its folder."""
    found = {"/" + path: answer}
    folder, _, name = ("/" + path).rpartition("/")
    if name == "index.html":
        found[folder + "/"] = answer
        if folder:
            found[folder] = Answer(301, answer.media_type, location=folder + "/")
    elif name.endswith(".html"):
        found[f"{folder}/{name.removesuffix('.html')}"] = answer
    return found
