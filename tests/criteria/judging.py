"""A page of ``tests/criteria`` as a site that was visited: read, assembled and judged, without network.

The site of "Dinas Contoh" has a front page, news, a gallery and the page under test at ``/halaman/<name>``; its line
``<!-- di beranda: Nama -->`` says what the front page calls it. The folder of an address tells what answers there:

- ``/berkas/Judul-2025.pdf`` a file that bears its name as its title; ``/pindai/`` the same as a scan without words;
- ``/gambar/`` a large picture; ``/kosong/`` a file of one byte; ``/hilang/`` 404, whatever is asked for;
- ``/rincian/Judul-2025`` a page of that name with the file of that name.

Of other hosts only Google Drive answers: files are there, folders show nothing but themselves.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from ppid_audit.assess import assess
from ppid_audit.config import load_rubric
from ppid_audit.demo.documents import FAKE, MAKERS
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import KINDS, Agency
from ppid_audit.model.capture import Capture, Exchange, Role, Snapshot
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Criterion, Rubric
from ppid_audit.model.site import Document, Page, Site
from ppid_audit.web import sniff, urls

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 24)
HOME = "https://dinas.contohkab.go.id/"
SEEN_AT = "2026-11-24T01:00:00Z"
KINDS_OF_PAGE = ("fulfils", "names", "lacks")

_CALLED = re.compile(r"<!-- di beranda: (.+?) -->")
_LETTERHEAD = ("PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH")
_FOLDER = "<!DOCTYPE html><title>Google Drive</title><p>Berkas dalam folder ini</p>"
_FRONT = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Dinas Contoh</title></head><body>
<header><h1><a href="/">Dinas Contoh</a></h1>
<nav><ul><li><a href="/">Beranda</a></li>{menu}
<li><a href="/berita/">Berita</a></li><li><a href="/galeri/">Galeri</a></li></ul></nav>
</header>
<main>{content}</main>
<footer><p>&copy; 2026 Dinas Contoh Kabupaten Contoh</p></footer>
</body></html>"""
_DETAIL = """<h2>{words}</h2><p>Diunggah oleh admin, dibaca 12 kali.</p><a href="/berkas/{name}.pdf">Unduh</a>"""
_WELCOME = """<h2>Selamat datang</h2><p>Terima kasih telah berkunjung ke situs kami. Warga dapat membaca kabar
terbaru dari kantor ini dan melihat foto-foto kegiatan bersama masyarakat di seluruh pelosok kabupaten.</p>"""
_NEWS = """<h2>Berita</h2><ul><li>Warga menanam mangrove di pesisir utara</li><li>Pasar rakyat dibuka kembali setelah
dicat ulang</li><li>Anak-anak berlatih menari untuk pentas akhir tahun</li></ul>"""
_GALLERY = """<h2>Galeri</h2><p>Foto senam pagi di halaman kantor, panen raya di sawah warga, dan gotong royong
membersihkan saluran air bersama pemuda setempat.</p>"""


@dataclass(frozen=True, slots=True)
class Visited:
    """A site that was visited: who, what answered, and what was read of it."""

    agency: Agency
    snapshot: Snapshot
    readings: tuple[Page | Document, ...]

    def site(self) -> Site:
        return assemble(self.agency, self.snapshot, self.readings)


@cache
def rubric() -> Rubric:
    return load_rubric(HERE.parents[1] / "rubric.yaml")


def agency_for(criterion: Criterion) -> Agency:
    """A body of which the item may be asked."""
    first = next(iter(criterion.applies_to), "dinas")
    kind, functions = (first, ()) if first in KINDS else ("dinas", (first,))
    return Agency("contoh", "Dinas Contoh Kabupaten Contoh", kind, HOME, functions)


def judged(criterion: Criterion, page: Path) -> Finding:
    """What the judge says of ``criterion`` at the site whose only page of substance is ``page``."""
    found = judge(visited(agency_for(criterion), [page]))
    return next(finding for finding in found.findings if finding.item == criterion.id)


def judge(seen: Visited) -> Assessment:
    return assess(seen.site(), rubric(), seen.agency, AS_OF)


def visited(agency: Agency, pages: Iterable[Path]) -> Visited:
    """The site with those pages, each answer asked for once: pages first, then what they lead to."""
    exchanges = [_exchange(url, body.encode(), role) for url, body, role in _pages(list(pages))]
    asked = {each.capture.url for each in exchanges}
    readings: list[Page | Document] = []
    for each in exchanges:  # grows while it is walked
        reading = read(each)
        if reading is not None:
            readings.append(reading)
        for url in _leads_to(reading):
            answer = None if url in asked else _answer(url)
            if answer is not None:
                asked.add(url)
                exchanges.append(answer)
    captures = tuple(each.capture for each in exchanges)
    return Visited(agency, Snapshot(agency.id, SEEN_AT, SEEN_AT, captures), tuple(readings))


def called(page: str) -> str:
    """The words by which the front page leads to the page under test."""
    (name,) = _CALLED.findall(page)
    return str(name)


def _pages(pages: list[Path]) -> Iterator[tuple[str, str, Role]]:
    texts = [page.read_text(encoding="utf-8") for page in pages]
    entries = [(called(text), f"/halaman/{_slug(called(text))}", text) for text in texts]
    menu = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path, _ in entries)
    yield HOME, _FRONT.format(menu=menu, content=_WELCOME), Role.HOME
    for folder, content in (("berita", _NEWS), ("galeri", _GALLERY)):
        yield f"{HOME}{folder}/", _FRONT.format(menu=menu, content=content), Role.PAGE
    for _, path, text in entries:
        yield HOME.rstrip("/") + path, text, Role.PAGE


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def _leads_to(reading: Page | Document | None) -> Iterator[str]:
    if isinstance(reading, Page):
        yield from (link.url for link in reading.links if link.url)
        yield from (picture.url for picture in reading.pictures if picture.url)


def _answer(url: str) -> Exchange | None:
    """What an address answers; None when it is never asked for, because it is on another host."""
    if urls.host(url) == "drive.google.com":
        return _exchange(url, _FOLDER.encode() if "/folders/" in url else MAKERS["pdf"]("Dokumen", ()), Role.OFF_SITE)
    if urls.host(url) != urls.host(HOME):
        return None
    folder, _, name = unquote(urls.path(url)).strip("/").partition("/")
    title, _, ending = name.rpartition(".")
    words = title.replace("-", " ")
    if folder == "hilang":
        return _exchange(url, b"<!DOCTYPE html><p>Halaman tidak ditemukan</p>", Role.PAGE, 404)
    if folder == "berkas":
        return _exchange(url, MAKERS[ending](words, _LETTERHEAD), Role.DOCUMENT)
    if folder == "rincian":
        content = _DETAIL.format(words=name.replace("-", " "), name=name)
        return _exchange(url, _FRONT.format(menu="", content=content).encode(), Role.PAGE)
    if folder == "pindai":
        return _exchange(url, MAKERS["scan"](words, ()), Role.DOCUMENT)
    if folder == "gambar":
        return _exchange(url, MAKERS["png"](words, ()), Role.IMAGE)
    assert folder == "kosong", f"{url}: no such place on the site of tests/criteria"
    return _exchange(url, FAKE, Role.DOCUMENT)


def _exchange(url: str, body: bytes, role: Role, status: int = 200) -> Exchange:
    media = sniff.media_type(body[:4096])
    digest = sha256(body).hexdigest()
    capture = Capture(url, url, role, SEEN_AT, status, media_type=media, bytes=len(body), sha256=digest)
    return Exchange(capture, body, body)
