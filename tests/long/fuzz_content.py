"""Mutated pages, dates and documents: ``python -m tests.long.fuzz_content [SECONDS] [SEED]``.

The readers are called in this process, without the worker that guards them in a scan: a crash ends it, and
faulthandler tells where.
"""

import faulthandler
import sys

from ppid_audit.extract import dates
from ppid_audit.extract.reading import read
from ppid_audit.extract.skim import skim
from ppid_audit.model.capture import Capture, Exchange, Role
from ppid_audit.model.site import Document, Page
from ppid_audit.web import sniff
from tests.extract import files
from tests.long.fuzz import fuzz
from tests.web.pairs import bare, site

URL = "http://dinas.example/ppid/berkas"
_WORD = "<w:document xmlns:w='w'><w:p><w:t>Rencana Kerja 2026</w:t></w:p></w:document>"
_SPA = "<html><head><script src=/a.js></script></head><body><div id=root></div></body></html>"
_TABLE = (
    "<table id=t><thead><tr><th>No<th>Judul<th>Unduh</thead><tbody><tr><td rowspan=3>1<td colspan=2><a href=/a.pdf>"
    "Renstra 2025-2029</a></table><script>$('#t').DataTable({ajax:'/data.json'})</script>"
)
_MENU = (
    "<nav><ul class=menu><li><a href='#'>PPID</a><ul><li><a href=/dip>DIP</a><li><a href='javascript:x()'>x</a>"
    "</ul></ul></nav><div class=tab-pane hidden><h2>LKjIP 2024</h2><p>Diperbarui 17 Agustus 2026<iframe src=/v.pdf>"
    "</div><meta http-equiv=refresh content='0;url=/b'><img src=a.png alt='bagan'><div style='display:none'>"
)

SEEDS: dict[str, list[bytes]] = {
    "page": [
        site("PPID", _MENU).encode(),
        site("Daftar", _TABLE).encode(),
        bare("Hacked by X", _MENU).encode(),
        _SPA.encode(),
        ("<div>" * 300 + "x" + "</div>" * 300).encode(),
        site("PPID", _MENU).encode("utf-16-le"),
    ],
    "dates": [
        b"Ditetapkan di Contoh, 17 Agustus 2026; diperbarui 05/06/2021, 2024-02-30, Tahun Anggaran 2025-2029",
        b'"dateModified":"2026-11-24T10:00:00+07:00" Nop 2023, 31 Peb 2020, 1 Agt 21, MMXXVI 2025/2026 s.d. 2030',
    ],
    "document": [
        files.pdf(files.words("Rencana Strategis 2025-2029"), files.PICTURE, picture=True),
        files.pdf(files.words("Bab I"), encrypted=True),
        files.archive({"word/document.xml": _WORD, "[Content_Types].xml": "<Types/>"}),
        files.archive({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": _WORD}),
        files.png(800, 600),
        files.jpeg(800, 600),
        b"Rencana Kerja 2026\r\n\xff\xfeTabel\t1",
    ],
}


def page(data: bytes) -> None:
    skim(data, data[:40].decode("latin-1"), URL)
    found = read(_exchange(data, "text/html"))
    assert isinstance(found, Page)
    assert len(found.text) <= len(data) * 4 + 100_000


def days(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    dates.dates_in(text, "text")
    dates.years_in(text)
    dates.span_in(text)
    dates.iso_date(text)
    dates.date_in_address(f"http://dinas.example/{text}")


def document(data: bytes) -> None:
    found = read(_exchange(data, sniff.media_type(data, "")))
    assert isinstance(found, Document | Page | None)


def _exchange(data: bytes, media: str) -> Exchange:
    return Exchange(Capture(URL, URL, Role.DOCUMENT, "", 200, media_type=media, bytes=len(data)), data, data)


def main(seconds: int = 600, seed: int = 7) -> int:
    faulthandler.enable()
    return fuzz({"page": page, "dates": days, "document": document}, SEEDS, seconds, seed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
