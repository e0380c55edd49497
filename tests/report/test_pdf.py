import pypdfium2
import pytest

from ppid_audit.cli.files import chosen
from ppid_audit.errors import InputError
from ppid_audit.report import pdf as module
from ppid_audit.report.pdf import pdf
from ppid_audit.report.words import visible
from tests.report.big import big
from tests.report.printing import HOSTILE, finished, hostile, nobody, paper, sheet
from tests.report.sample import RESULT, sampled


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdf(paper())


def pages(made: bytes) -> list[str]:
    """The text of every page, without the places where a long word may break."""
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_bounded().replace("\u200b", "") for page in document]


def joined(made: bytes) -> str:
    """All text without white space: where lines break is no matter."""
    return "".join("".join(pages(made)).split()).replace("\ufffe", "")


def test_the_paper_is_f4_and_the_file_is_tagged(report):
    width, height = pypdfium2.PdfDocument(report)[0].get_size()
    assert (round(width / 72 * 2.54, 1), round(height / 72 * 2.54, 1)) == (21.5, 33.0)
    assert b"/StructTreeRoot" in report
    assert b"/Marked true" in report
    assert b"pdfuaid:part" in report


def test_every_chapter_and_annex_has_a_bookmark(report):
    titles = [entry.get_title() for entry in pypdfium2.PdfDocument(report).get_toc()]
    assert "1. Ringkasan" in titles
    assert "4.1 Peringkat" in titles
    assert "Lampiran 2. Dinas Kesehatan" in titles
    assert len([title for title in titles if title.startswith("Lampiran ")]) == len(RESULT.agencies)


@pytest.mark.parametrize(("result", "mark"), [(RESULT, "DRAF"), (sampled(), "CONTOH · DRAF")], ids=["draft", "sample"])
def test_every_page_of_a_draft_says_so(result, mark):
    assert [page for page in pages(pdf(paper(result))) if mark not in page] == []


def test_a_final_report_is_no_draft():
    assert [page for page in pages(pdf(paper(finished()))) if "DRAF" in page] == []


def test_the_same_report_gives_the_same_bytes_with_the_scan_s_time(report):
    assert pdf(paper()) == report
    assert pypdfium2.PdfDocument(report).get_metadata_dict()["CreationDate"].startswith("D:20261124023000")


def test_texts_of_websites_are_never_markup():
    text = joined(pdf(paper(hostile())))
    latin = [visible(text)[:100] for text in HOSTILE if visible(text).isascii()]
    assert len(latin) > 8
    assert [part for part in latin if "".join(part.split()) not in text] == []


def test_nobody_is_a_report_too():
    assert "Belum ada perangkat daerah yang dapat dinilai" in " ".join(pages(pdf(paper(nobody()))))


def test_a_sheet_has_two_pages_at_most():
    rows = big(6)
    made = [pdf(sheet(entry.agency.id, rows)) for entry in rows.agencies]
    made += [pdf(sheet(f"opd-{place}", hostile())) for place in (0, len(HOSTILE) - 3, len(HOSTILE) - 2)]
    assert {len(pages(one)) for one in made} <= {1, 2}


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch):
    assert chosen("docx,pdf", "excel") == ("docx", "pdf")
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'ppid-audit\[pdf\]'") as raised:
        chosen("docx,pdf", "excel")
    assert raised.value.exit_code == 2
    assert chosen("docx", "excel") == ("docx",)
