import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.web import sniff
from ppid_audit.web.sniff import is_document, is_html, is_image, media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def packed(*names: str, first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "declared", "expected"),
    [
        (b"", "text/html", "application/x-empty"),
        (b"<!DOCTYPE html><title>x", "", "text/html"),
        (b"\n\n \xef\xbb\xbf<html>", "application/octet-stream", "text/plain"),
        (b"\xef\xbb\xbf\r\n  <HTML lang=id>", "application/octet-stream", "text/html"),
        (b"<!-- tema --><!-- x --><!doctype html>", "", "text/html"),
        ("<!doctype html><p>é".encode("utf-16"), "", "text/html"),
        ("<html>".encode("utf-16-le"), "", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "application/xhtml+xml", "text/html"),
        (b"<html><body>bukan %PDF-", "application/pdf", "text/html"),
        (b"<nav><ul><li>Profil", "text/html; charset=utf-8", "text/html"),
        (b"<nav><ul><li>Profil", "", "text/html"),
        (b"<header>", "text/plain", "text/plain"),
        (b"File tidak ada", "text/html", "text/html"),
        (b"File tidak ada", "application/pdf", "text/plain"),
        (b"%PDF-1.4\n%\xe2\xe3", "text/html", "application/pdf"),
        (b"<br />\n<b>Warning</b>: x.php\n%PDF-1.4\n%\xe2\xe3\x00", "text/html", "application/pdf"),
        (b" " * 1000 + b"%PDF-1.4", "", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "application/msword", "application/x-ole2"),
        (packed("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "application/zip", DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml")[:120], "", "application/zip"),
        (packed("[Content_Types].xml", "xl/workbook.xml")[:120], XLSX, XLSX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "", XLSX),
        (packed("content.xml", first=ODT), "", ODT),
        (packed("sword/a.txt", "x.pdf"), DOCX, "application/zip"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "text/html", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"GIF89a", "", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVE", "", "application/octet-stream"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x006\x00\x00\x00", "", "image/bmp"),
        (b"BMKG mengumumkan", "", "text/plain"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x">', "", "image/svg+xml"),
        (b"<svg viewBox='0'>", "text/html", "image/svg+xml"),
        (b'<?xml version="1.0"?><urlset>', "text/html", "application/xml"),
        (b"<urlset><url>", "", "application/xml"),
        (b' {"data": []}', "text/html", "application/json"),
        (b"[]", "", "application/json"),
        (b"[2024] Laporan", "text/plain", "text/plain"),
        (b"no;judul\n1;Renstra", "text/csv", "text/csv"),
        (b"a\x00\x01\x02b", "text/html", "application/octet-stream"),
        (b"1", "application/pdf", "text/plain"),
        (b"teks", "text/<script>", "text/plain"),
        (b"{\\rtf1", "", "application/rtf"),
    ],
)
def test_media_type(head, declared, expected):
    assert media_type(head, declared) == expected


def test_families():
    assert is_html("text/html")
    assert is_image("image/svg+xml")
    assert all(map(is_document, (sniff.PDF, sniff.OLE2, sniff.ZIP, DOCX, XLSX, ODT, "text/csv")))
    assert not any(map(is_document, ("text/html", "image/png", "text/plain", sniff.EMPTY, sniff.UNKNOWN)))


@given(st.binary(), st.text())
def test_any_bytes_have_one_plain_type(head, declared):
    kind = media_type(head, declared)
    assert kind.isascii()
    assert kind.count("/") == 1
    assert kind == kind.lower()


@given(st.binary(min_size=1), st.sampled_from(["", "text/html", "application/pdf"]))
def test_a_pdf_is_a_pdf_whatever_the_header_says(rest, declared):
    assert media_type(b"%PDF-1.7\n" + rest, declared) == sniff.PDF
