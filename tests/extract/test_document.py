from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.extract.document import read_document
from ppid_audit.extract.pictures import picture_size
from ppid_audit.model.site import Document, DocumentState
from tests.extract import files
from tests.extract.making import capture

WORD = (
    "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Rencana </w:t><w:t>Strategis</w:t></w:r></w:p>"
    "<w:p><w:t>2024</w:t></w:p></w:body></w:document>"
)
CORE = (
    "<cp xmlns:dc='d' xmlns:dcterms='t'><dc:title>Renstra Dinas</dc:title>"
    "<dcterms:modified>2024-05-06T01:02:03Z</dcterms:modified></cp>"
)


def read(body: bytes, name: str = "berkas.pdf") -> Document:
    return read_document(capture(f"https://dinas.contoh.go.id/{name}", media_type=""), body)


def test_a_pdf_with_words():
    body = files.pdf(
        files.words("Rencana Strategis Dinas 2021-2026"),
        files.words("Halaman dua"),
        info="/Title (Renstra) /ModDate (D:20240506101500Z)",
    )
    document = read(body)
    assert (document.kind, document.state, document.pages) == ("pdf", DocumentState.TEXT, 2)
    assert document.text == "Rencana Strategis Dinas 2021-2026\nHalaman dua"
    assert (document.title, document.modified) == ("Renstra", date(2024, 5, 6))


def test_only_the_first_pages_are_read():
    document = read(files.pdf(*(files.words(f"Halaman nomor {n} dari dokumen") for n in range(9))))
    assert document.pages == 9
    assert "nomor 4" in document.text
    assert "nomor 5" not in document.text


def test_personal_data_in_a_document_is_masked():
    assert "3316015203900001" not in read(files.pdf(files.words("NIK 3316015203900001 atas nama Budi"))).text


def test_a_pdf_of_pictures_is_a_scan_and_a_blank_one_is_empty():
    assert read(files.pdf(files.PICTURE, files.PICTURE, picture=True)).state is DocumentState.SCAN
    assert read(files.pdf("", "")).state is DocumentState.EMPTY


def test_locked_damaged_and_empty_files():
    assert read(files.pdf(files.words("rahasia sekali ini isinya"), encrypted=True)).state is DocumentState.ENCRYPTED
    whole = files.pdf(files.words("Rencana Strategis Dinas 2021-2026"))
    assert read(whole[:60]).state is DocumentState.CORRUPT
    assert read(b"%PDF-1.7\nbukan pdf").state is DocumentState.CORRUPT
    assert read(b"").state is DocumentState.EMPTY
    assert read(b"\n").state is DocumentState.EMPTY


def test_word_files():
    document = read(
        files.archive({"[Content_Types].xml": "", "word/document.xml": WORD, "docProps/core.xml": CORE}), "renstra.docx"
    )
    assert (document.kind, document.state, document.text) == ("docx", DocumentState.TEXT, "Rencana Strategis\n2024")
    assert (document.title, document.modified) == ("Renstra Dinas", date(2024, 5, 6))


def test_open_document_and_spreadsheet_files():
    odt = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<c xmlns:t='t'><t:h>Judul</t:h><t:p>Isi</t:p></c>",
    }
    assert read(files.archive(odt), "a.odt").text == "Judul\nIsi"
    xlsx = {"xl/workbook.xml": "<w/>", "xl/sharedStrings.xml": "<sst><si><t>Nama</t></si><si><t>Pagu</t></si></sst>"}
    document = read(files.archive(xlsx), "a.xlsx")
    assert (document.kind, document.text) == ("xlsx", "Nama\nPagu")


def test_office_files_that_would_blow_up_or_cheat():
    bomb = files.archive({"word/document.xml": b"<a>" + b"0" * 30_000_000 + b"</a>"})
    assert read(bomb, "a.docx").state is DocumentState.EMPTY
    entities = "<!DOCTYPE a [<!ENTITY x 'lololol'><!ENTITY f SYSTEM 'file:///etc/hostname'>]><a><p>isi &x; &f;</p></a>"
    assert read(files.archive({"word/document.xml": entities}), "a.docx").state is DocumentState.EMPTY
    assert read(files.archive({"word/document.xml": WORD})[:-30], "a.docx").state is DocumentState.CORRUPT


def test_what_has_no_reader_is_unread():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert [(d.kind, d.state) for d in (read(old, "a.doc"), read(old, "a.xls"))] == [
        ("doc", DocumentState.UNREAD),
        ("xls", DocumentState.UNREAD),
    ]
    assert read(b"Rar!\x1a\x07\x00" + bytes(50), "a.rar").kind == "rar"
    assert read(files.archive({"a.txt": "x"}), "a.zip").state is DocumentState.UNREAD


def test_plain_text():
    assert (read(b"nama;pagu\nRenja;1\n", "a.csv").kind, read(b"Halo Dunia", "a.txt").text) == ("csv", "Halo Dunia")


@pytest.mark.parametrize("make", [files.png, files.jpeg, files.gif, files.webp])
def test_pictures(make):
    document = read(make(1240, 860), "bagan.jpg")
    assert (document.kind, document.state, document.width, document.height) == ("image", DocumentState.IMAGE, 1240, 860)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBP", b"%PDF-1.4\n", b"PK\x03\x04"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_document(body, magic):
    document = read(magic + body)
    assert document.state in DocumentState
    assert len(picture_size(magic + body)) == 2
