import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ppid_audit.report.docx import docx
from ppid_audit.report.paper.blocks import Column, Table, row
from ppid_audit.report.words import visible
from tests.report.big import big
from tests.report.printing import EN, HOSTILE, ID, finished, hostile, nobody, paper, sheet
from tests.report.sample import RESULT, sampled


def opened(made: bytes) -> Any:
    return Document(BytesIO(made))


def parts(made: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(made)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def text_of(made: bytes) -> str:
    return "".join(opened(made).element.body.itertext())


@pytest.fixture(scope="module")
def report() -> bytes:
    return docx(paper())


def test_the_report_has_all_its_parts(report):
    titles = [p.text for p in opened(report).paragraphs if p.style.name == "heading 1" or p.style.name == "Heading 1"]
    assert titles == [
        "Ringkasan",
        "Dasar Hukum",
        "Metode",
        "Hasil",
        "Daftar menurut Kategori Informasi",
        "Rekomendasi",
        "Putusan Peninjau",
        "Berita Acara",
    ]
    annexes = [p.text for p in opened(report).paragraphs if p.style.name == "Judul lampiran"]
    assert annexes == [visible(entry.agency.name) for entry in RESULT.agencies]


def test_every_part_is_xml_and_every_style_that_is_used_is_defined(report):
    made = parts(report)
    for text in made.values():
        ElementTree.fromstring(text)
    defined = set(re.findall(r'w:styleId="(\w+)"', made["word/styles.xml"]))
    used = {
        style
        for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml")
        for style in re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', made[name])
    }
    based = set(re.findall(r'<w:(?:basedOn|next) w:val="(\w+)"', made["word/styles.xml"]))
    assert (used | based) - defined == set()
    numbers = set(re.findall(r'<w:num w:numId="(\d+)"', made["word/numbering.xml"])) | {"0"}
    asked = set(re.findall(r'<w:numId w:val="(\d+)"', made["word/document.xml"] + made["word/styles.xml"]))
    assert asked - numbers == set()


def test_the_paper_is_f4_and_the_language_that_of_the_report(report):
    section = opened(report).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.5, 33.0)
    assert '<w:lang w:val="id-ID"' in parts(report)["word/styles.xml"]
    english = docx(paper(locale=EN))
    assert '<w:lang w:val="en-GB"' in parts(english)["word/styles.xml"]
    assert "Legal Basis" in text_of(english)


@pytest.mark.parametrize(
    ("result", "mark"),
    [(RESULT, "DRAF"), (sampled(), "CONTOH · DRAF"), (finished(), "")],
    ids=["draft", "sample", "final"],
)
def test_the_head_of_every_page_says_what_it_is(result, mark):
    made = docx(paper(result))
    assert opened(made).sections[0].header.paragraphs[0].text.split("\t")[1] == mark
    assert opened(made).core_properties.content_status == mark
    assert opened(made).paragraphs[0].text == mark


def test_the_contents_are_a_field_with_every_heading(report):
    body = parts(report)["word/document.xml"]
    assert ' TOC \\o "1-2" \\h \\z \\u ' in body
    assert '<w:updateFields w:val="true"/>' in parts(report)["word/settings.xml"]
    anchors = re.findall(r'w:anchor="(_Toc\d+)"', body)
    assert anchors == re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(_Toc\d+)"', body)
    assert "4.1 Peringkat" in text_of(report)
    assert body.count('w:fldCharType="begin"') == body.count('w:fldCharType="end"')


def test_tables_have_fixed_widths_that_fill_the_page_and_heads_that_repeat(report):
    tables = opened(report).tables
    room = tables[0]._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))
    framed = [t for t in tables if t.style.name == "Tabel laporan"]
    assert len(framed) > 10
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) == int(room)
        assert len(widths) <= 63
        spans = [sum(cell.grid_span for cell in tr.tc_lst) for tr in table._tbl.tr_lst]
        assert set(spans) == {len(widths)}
    assert all(table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None for table in framed)


def test_texts_of_websites_are_texts_and_their_links_are_web_links():
    made = docx(paper(hostile()))
    shown = text_of(made)
    assert [text for text in HOSTILE if visible(text)[:100] not in shown] == []
    body = parts(made)["word/document.xml"]
    codes = set(re.findall(r"<w:instrText[^>]*> (\w+)", body))
    assert codes == {"TOC", "SEQ"}
    outside = [r for r in opened(made).part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK]
    assert len(outside) > len(HOSTILE)
    assert {re.match(r"https?://[!-~]+$", r.target_ref) is not None for r in outside} == {True}


def test_the_same_report_gives_the_same_bytes_with_no_time_but_that_of_the_scan(report):
    assert docx(paper()) == report
    with ZipFile(BytesIO(report)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 11, 24, 2, 30, 0)}
    properties = opened(report).core_properties
    assert (str(properties.created)[:19], properties.created) == ("2026-11-24 02:30:00", properties.modified)


def test_nobody_and_very_many():
    assert "Belum ada perangkat daerah yang dapat dinilai" in text_of(docx(paper(nobody())))
    many = big(121)
    text = text_of(docx(paper(many)))
    assert ID.t("paper.annexes_elsewhere") in text
    assert many.agencies[-1].agency.name in text
    assert "Lampiran 1." not in text


def test_a_reviewer_s_word_stands_beside_the_tool_s():
    heads = [(table, [cell.text for cell in table.rows[0].cells]) for table in opened(docx(paper())).tables]
    (told,) = [table for table, head in heads if "Yang digantikan" in head]
    lapsed, standing = ([cell.text for cell in row.cells[2:5]] for row in told.rows[1:])
    assert lapsed[:2] == ["–", "–"]
    assert "habis masa berlakunya" in lapsed[2]
    assert standing[0] == "baru judul"
    assert "Putusan alat sebelum ditinjau: terpenuhi (ditemukan)." in standing[1]
    assert "Bukti alat: https://dinkes.contoh.example/ppid/berkas.pdf" in standing[1]
    assert standing[2].startswith("hanya sampul")


def test_a_long_row_may_break_over_pages_and_a_short_one_may_not():
    rows = (row(("pendek",)), row(("panjang " * 200,)))
    made = docx(replace(paper(), blocks=(Table((Column("Isi", 1),), rows),)))
    (table,) = opened(made).tables
    assert [tr.trPr is not None for tr in table._tbl.tr_lst] == [True, True, False]


@pytest.mark.full
def test_a_sheet_has_two_pages_at_most_in_libreoffice(tmp_path):
    result, agencies = hostile(), ("opd-0", f"opd-{len(HOSTILE) - 2}", f"opd-{len(HOSTILE) - 3}")
    made = {f"{name}.docx": docx(sheet(name, result)) for name in agencies}
    made |= {f"{e.agency.id}.docx": docx(sheet(e.agency.id, big(12))) for e in big(12).agencies}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    printed = converted(tmp_path, *made)
    pages = {path.name: len(pypdfium2.PdfDocument(path)) for path in printed}
    assert len(pages) == len(made)
    assert {name: count for name, count in pages.items() if count > 2} == {}


@pytest.mark.full
def test_the_report_opens_in_libreoffice(tmp_path, report):
    (tmp_path / "laporan-rakor.docx").write_bytes(report)
    (printed,) = converted(tmp_path, "laporan-rakor.docx")
    document = pypdfium2.PdfDocument(printed)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > len(RESULT.agencies)
    assert "DRAF" in pages[0]
    assert all("DRAF" in page and f"dari {len(pages)}" in page for page in pages[1:])
    assert "Lampiran 2. Dinas Kesehatan" in "".join(pages)


def converted(folder: Path, *names: str) -> list[Path]:
    """The PDFs that LibreOffice makes of files in ``folder``."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return sorted(folder.glob("*.pdf"))
