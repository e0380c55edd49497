from dataclasses import replace
from datetime import date

import pytest

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.capture import Note
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Correction
from ppid_audit.report.docx import docx
from ppid_audit.report.markdown import markdown
from ppid_audit.report.paper.frame import Facts
from ppid_audit.report.printed import sheet_files
from tests.report.big import big
from tests.report.printing import ID, finished, sheet
from tests.report.sample import RESULT


def read(id_: str, result=RESULT) -> str:
    return markdown(sheet(id_, result)).decode()


def test_it_says_where_the_agency_stands():
    text = read("dishub")
    card = RESULT.agencies[0].scorecard
    score, rank = ID.number(card.total.score or 0, 1), card.rank
    ranked = sum(entry.scorecard.rank is not None for entry in RESULT.agencies)
    assert f"> **Skor {score} ({score}–{score}) · " in text
    assert f"Peringkat {rank} dari {ranked}; rata-rata daerah " in text


def test_it_names_the_cheapest_step_with_its_law_its_worth_and_an_example():
    text = read("dishub")
    section = text[text.index("### Tiga langkah termurah") : text.index("### Yang segera")]
    steps = [line for line in section.splitlines() if line[:3] in ("1. ", "2. ", "3. ")]
    assert len(steps) == 3
    assert all("poin**" in line for line in steps)
    assert section.count("Dasar hukum: Perki 1/2021 Ps 15") == 3
    assert "1. **Unggah Ringkasan kinerja (LKjIP/LAKIP) 2025: +" in section
    assert "Contoh yang sudah baik: Dinas Kesehatan, [https:" in section


def test_it_says_what_goes_stale_next():
    text = read("dinkes")
    assert "mulai 1 April 2027: Ringkasan kinerja (LKjIP/LAKIP) 2026" in text


def test_an_agency_that_was_not_seen_gets_no_score_and_no_list_of_failures():
    text = read("cepu")
    assert "Tidak diberi skor: host belum dikonfirmasi. Ini bukan nilai nol." in text
    assert "Tiga langkah" not in text
    assert "Tidak ditemukan" not in text


def test_only_notes_with_words_of_ours_are_told():
    rows = [replace(e, health=(*e.health, Note("baru_sekali", "suntikan <script>"))) for e in RESULT.agencies]
    text = read("dinkes", replace(RESULT, agencies=tuple(rows)))
    assert "sertifikat keamanan (HTTPS) bermasalah" in text
    assert "suntikan" not in text
    assert "baru sekali" not in text


def test_corrections_of_others_are_none_of_its_business():
    entry = Amendment("dinkes", "setiap-saat.dip", Verdict.FULFILLED, "corrected", "ada", "Sri", date(2026, 12, 1))
    made = Correction(entry, Reason.NOT_FOUND, Reason.FOUND, 50.0, 60.0)
    result = finished()
    result = replace(result, scan=replace(result.scan, corrections=(made,)))
    assert "Daftar Informasi Publik (DIP): " in read("dinkes", result)
    assert ID.t("review.corrections") not in read("dishub", result)


@pytest.mark.parametrize("formats", [("csv", "json"), ()])
def test_without_a_format_that_prints_the_sheets_are_docx(formats):
    made = sheet_files(Facts.of(RESULT, ID), formats)
    assert sorted(made) == sorted(f"rapor/{entry.agency.id}.docx" for entry in RESULT.agencies)
    assert made["rapor/dinkes.docx"] == docx(sheet("dinkes"))


def test_every_format_that_prints_holds_them():
    made = sheet_files(Facts.of(big(1), ID), ("csv", "docx", "pdf", "md", "html"))
    assert sorted(made) == [f"rapor/opd-0.{ending}" for ending in ("docx", "html", "md", "pdf")]
