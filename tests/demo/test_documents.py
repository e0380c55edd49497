import struct
import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.demo.documents import FAKE, MAKERS, docx, fake, pdf, png, scan, xlsx


def text_of(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    try:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def test_a_pdf_shows_its_title_and_lines():
    body = pdf("LKjIP (Dinas) Tahun 2025", ["Capaian 94 persen \\ baik", "Rencana – tindak lanjut"])
    assert body.startswith(b"%PDF-")
    assert text_of(body) == "LKjIP (Dinas) Tahun 2025 Capaian 94 persen \\ baik Rencana – tindak lanjut"
    document = pypdfium2.PdfDocument(body)
    assert document.get_metadata_value("Title") == "LKjIP (Dinas) Tahun 2025"
    document.close()


@given(st.text(max_size=200), st.lists(st.text(max_size=120), max_size=5))
@settings(max_examples=30, deadline=None)
def test_any_words_make_a_pdf_that_opens(title, lines):
    text_of(pdf(title, lines))


def test_a_scan_is_a_page_without_text():
    body = scan("SK PPID")
    assert body.startswith(b"%PDF-")
    assert text_of(body) == ""
    document = pypdfium2.PdfDocument(body)
    kinds = [thing.type for thing in document[0].get_objects()]
    document.close()
    assert kinds == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert scan("SK PPID") != scan("SK lain")


def test_a_picture_is_a_whole_png_of_the_size_asked_for():
    body = png("Bagan", width=320, height=224)
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", body[16:24]) == (320, 224)
    length = struct.unpack(">I", body[33:37])[0]
    data = body[41 : 41 + length]
    assert struct.unpack(">I", body[41 + length : 45 + length])[0] == zlib.crc32(b"IDAT" + data)
    pixels = zlib.decompress(data)
    assert len(pixels) == (320 + 1) * 224
    assert set(pixels) == {0, 0x55, 0xDD}


@pytest.mark.parametrize(("make", "part"), [(docx, "word/document.xml"), (xlsx, "xl/worksheets/sheet1.xml")])
def test_office_files_are_packages_whose_parts_are_xml(make, part):
    with zipfile.ZipFile(BytesIO(make("Data <penduduk> & desa", ["Desa;Jiwa", "Contohsari;4212"]))) as package:
        assert package.testzip() is None
        trees = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    words = "|".join(trees[part].itertext())
    assert words.startswith("Data <penduduk> & desa|")
    assert ("Contohsari|4212" in words) == (make is xlsx)
    assert {"[Content_Types].xml", "_rels/.rels"} < set(trees)


def test_a_fake_is_one_byte():
    assert fake("Renja 2026") == FAKE
    assert len(FAKE) == 1


def test_the_same_words_make_the_same_bytes():
    for make in MAKERS.values():
        assert make("Judul", ["baris"]) == make("Judul", ["baris"])
