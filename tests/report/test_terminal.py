import re
import unicodedata
from dataclasses import replace

import pytest

from ppid_audit.model.agency import OptOut
from ppid_audit.model.scan import Result, ScanState
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet, ranking, styled
from tests.report.sample import AS_OF, NASTY, RESULT, RUBRIC, SCAN, agency, offline, ranked, sampled

ID, EN = Locale.load("id"), Locale.load("en")
OWN_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def inert(text: str) -> bool:
    return all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in text)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("locale", [ID, EN])
@pytest.mark.parametrize("width", [60, 76, 80, 104, 120, 200])
@pytest.mark.parametrize("result", [RESULT, sampled(), offline()])
def test_fits_the_width_and_holds_nothing_that_a_terminal_would_obey(result, width, locale):
    text = ranking(result, locale, width, color=False)
    assert max(map(len, text.splitlines())) <= width
    assert inert(text)
    assert text.splitlines()[-1].strip()


def test_at_eighty_columns_names_take_two_lines_at_most():
    lines = ranking(RESULT, ID, 80, color=False).splitlines()
    assert lines[:9] == [
        "Keterbukaan informasi di situs web perangkat daerah — Kabupaten Contoh",
        "No. Perangkat daerah          Skor   Rentang   Bkl S.mrt S.saat Cak. Predikat",
        "─" * 79,
        "  1 Dinas Kesehatan           81,0 81,0–81,0 100,0 100,0   55,6 100% Menuju",
        "                                                                     Informatif",
        " 2* Dinas Sosial,             57,4 51,3–61,8  75,0     –   41,7  89% Kurang",
        "    Pemberdayaan Perempuan …                                         Informatif",
        " 3* Dinas Perhubungan,        51,3 51,3–51,3  60,0     –   41,7 100% Kurang",
        "    Komunikasi dan …                                                 Informatif",
    ]


def test_at_a_hundred_and_twenty_columns_nothing_is_abbreviated():
    lines = ranking(RESULT, EN, 120, color=False).splitlines()
    assert flat(lines[1]) == "No. Agency Score Low–high Periodic Immediate Any time Coverage Predicate"
    assert flat(lines[3]) == "1 Dinas Kesehatan 81.0 81.0–81.0 100.0 100.0 55.6 100% Towards Informative"


def test_below_seventy_six_columns_the_categories_give_way():
    assert (
        flat(ranking(RESULT, ID, 60, color=False).splitlines()[2]) == "No. Perangkat daerah Skor Rentang Cak. Predikat"
    )


def test_footnotes_gaps_unassessed_and_what_it_rests_on():
    text = flat(ranking(RESULT, ID, 120, color=False))
    for told in (
        "* Rentangnya bertumpang tindih dengan rentang peringkat lain: urutannya belum pasti.",
        "Tanpa nomor: cakupan di bawah 75%",
        "Paling sering belum ada 5 dari 5 Rencana strategis (Renstra), 2 di antaranya baru judul",
        "host belum dikonfirmasi (2) Kecamatan Cepu; Kecamatan Blora",
        "sampai 31 Desember 2026 (1) RSUD [red]Contoh[/red]",
        "Penilaian per 24 November 2026",
        "(c0ffeec0)",
        "DRAF",
        "bukan kepatuhan terhadap hukum",
    ):
        assert told in text
    assert "CONTOH" not in text


def test_without_doubt_there_is_no_footnote_of_doubt():
    sure = Result(SCAN, RUBRIC, ranked(agency("a", "A", RESULT_REASONS)))
    text = ranking(sure, ID, 100, color=False)
    assert "*" not in text
    assert "Tanpa nomor" not in text
    assert "Tidak dapat dinilai" not in text


RESULT_REASONS = tuple(f.reason for f in RESULT.agencies[1].assessment.findings)


def test_a_sample_is_marked_at_its_head_and_its_foot():
    lines = ranking(sampled(), ID, 120, color=False).splitlines()
    assert lines[0].startswith("CONTOH — ")
    assert lines[-1].startswith("CONTOH: ")


def test_a_final_result_is_no_draft():
    final = replace(RESULT, scan=replace(SCAN, state=ScanState.FINAL))
    text = ranking(final, EN, 120, color=False)
    assert "FINAL" in text
    assert "DRAFT" not in text


def test_with_our_own_network_down_the_warning_comes_first_and_nobody_is_named():
    text = ranking(offline(), ID, 100, color=False)
    assert text.startswith("PERINGATAN: jaringan di pihak pemeriksa terputus")
    assert "jaringan di pihak pemeriksa terputus (8)" in text
    assert not any(row.agency.name.split()[-1] in text for row in RESULT.agencies[:2])
    assert "Belum ada perangkat daerah yang dapat dinilai." in text


def test_an_agency_that_opted_out_is_told_with_its_day():
    silent = agency("bumd", "BUMD Contoh", (), "opted_out", opt_out=OptOut(AS_OF, "atas permintaan"))
    text = ranking(Result(SCAN, RUBRIC, ranked(silent)), ID, 100, color=False)
    assert "meminta agar tidak dikunjungi, sejak 24 November 2026 (1)" in text


def test_colours_are_ours_alone():
    coloured, plain = (ranking(RESULT, ID, 80, color=color) for color in (True, False))
    assert "\x1b[" in coloured
    bare = "\n".join(line.rstrip() for line in OWN_COLOURS.sub("", coloured).splitlines())
    assert bare == plain


@pytest.mark.parametrize("hostile", NASTY)
def test_hostile_text_is_shown_and_not_obeyed(hostile):
    sheet = Sheet(200, color=True)
    sheet.line((hostile, "bold"), f" ekor {hostile}")
    sheet.item("-", hostile)
    sheet.heading(hostile)
    text = OWN_COLOURS.sub("", sheet.text())
    assert inert(text)
    assert len(text.splitlines()) == 4


def test_markup_stays_text():
    assert styled("[/bold][link=file:///x]klik[/link]").plain == "[/bold][link=file:///x]klik[/link]"
    assert styled("[red]a[/red]").spans == []
