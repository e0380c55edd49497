"""laporan.xlsx: read back as a spreadsheet program reads it, and looked into as the XML that it is."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from ppid_audit.history.compare import compare
from ppid_audit.model.scan import Result, ScanState
from ppid_audit.report.formats import FORMATS, Options
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import visible
from ppid_audit.report.xlsx import report_xlsx
from ppid_audit.report.xlsx.book import harmless
from ppid_audit.score import score
from tests.report.big import big, trend_of
from tests.report.naughty import ALL, tall, wide
from tests.report.sample import RESULT, RUBRIC, offline, sampled

ID, EN = Locale.load("id"), Locale.load("en")
SHEETS = ["Ringkasan", "Peringkat", "Matriks", "Temuan", "Rekomendasi", "Perubahan", "Metode"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HEAD = 3


def cells(made: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def table(made: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = cells(made, name)[_HEAD:]
    return [dict(zip(head, row, strict=True)) for row in rows]


def parts(made: bytes) -> dict[str, Any]:
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.testzip() is None
    return {
        name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))
    }


def is_inert(made: bytes) -> bool:
    """No formula, no macro, no outside part: only hyperlinks to the web lead out."""
    found = parts(made)
    assert not [name for name in found if re.search(r"vba|externalLink|embedd|activeX|connections", name)]
    for name, root in found.items():
        assert not list(root.iter(f"{MAIN}f")), name
        for relation in root.iter("{*}Relationship"):
            if relation.get("TargetMode") == "External":
                assert relation.get("Type", "").endswith("/hyperlink")
                assert re.match(r"https?://", relation.get("Target", "")), relation.get("Target")
                assert len(relation.get("Target", "")) < 2080
    return True


def test_the_same_result_gives_the_same_bytes_and_these_sheets():
    made = FORMATS["xlsx"](RESULT, ID, Options())
    assert list(made) == ["laporan.xlsx"]
    assert made == FORMATS["xlsx"](RESULT, ID, Options())
    assert CalamineWorkbook.from_filelike(io.BytesIO(made["laporan.xlsx"])).sheet_names == SHEETS
    english = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(RESULT, EN))).sheet_names
    assert english == ["Summary", "Ranking", "Matrix", "Findings", "Advice", "Changes", "Method"]


def test_it_is_dated_by_its_scan():
    core = parts(report_xlsx(RESULT, ID))["docProps/core.xml"]
    assert core.findtext("{http://purl.org/dc/terms/}created") == "2026-11-24T02:30:00Z"


def test_numbers_are_numbers_and_days_are_days():
    made = report_xlsx(RESULT, ID)
    ranking = table(made, "Peringkat")
    best = RESULT.agencies[1]
    row = next(each for each in ranking if each["Perangkat daerah"] == best.agency.name)
    assert row["Skor"] == best.scorecard.total.score
    assert row["Cakupan"] == best.scorecard.total.coverage
    assert row["Situs"] == best.agency.url
    assert isinstance(row["Terpenuhi"], float)
    findings = table(made, "Temuan")
    assert len(findings) == len(RESULT.agencies) * len(RUBRIC.criteria)
    seen = next(each for each in findings if each["id"] == "dishub" and each["Id butir"] == "berkala.laporan-kinerja")
    assert (seen["Nilai"], seen["Bobot"], seen["Keyakinan"]) == (0.5, 2, 0.93)
    assert seen["Tanggal"] == date(2025, 3, 31)
    assert seen["Bukti"] == "https://dishub.contoh.example/ppid/berkas.pdf"
    summary = cells(made, "Ringkasan")
    assert ["Dinilai per", date(2026, 11, 24)] in [row[:2] for row in summary]


def test_a_finding_without_a_value_leaves_its_cell_empty():
    row = next(each for each in table(report_xlsx(RESULT, ID), "Temuan") if each["id"] == "cepu")
    assert (row["Nilai"], row["Bukti"], row["Kutipan"]) == ("", "", "")


def test_the_matrix_is_coloured_by_conditions():
    made = report_xlsx(RESULT, ID)
    rows = cells(made, "Matriks")[_HEAD + 1 :]
    assert len(rows) == len(RESULT.agencies)
    assert {cell for row in rows for cell in row[1:]} <= set("✓◐◔○✕?–")
    sheet = parts(made)["xl/worksheets/sheet3.xml"]
    rules = [rule.findtext(f"{MAIN}formula") for rule in sheet.iter(f"{MAIN}cfRule")]
    assert sorted(rules) == sorted(f'"{sign}"' for sign in "✓◐◔○✕?–")


@pytest.mark.parametrize("number", range(1, 8))
def test_every_sheet_prints_with_its_state_on_every_page(number):
    sheet = parts(report_xlsx(sampled(), ID))[f"xl/worksheets/sheet{number}.xml"]
    assert "CONTOH · DRAF" in sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader", "")
    assert sheet.find(f"{MAIN}pageSetup").get("paperSize") == "9"
    assert sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr").get("fitToPage") == "1"


@pytest.mark.parametrize("number", [2, 4, 5])
def test_tables_have_a_filter_and_a_frozen_head_that_prints_on_every_page(number):
    found = parts(report_xlsx(RESULT, ID))
    sheet = found[f"xl/worksheets/sheet{number}.xml"]
    assert sheet.find(f"{MAIN}autoFilter") is not None
    assert sheet.find(f".//{MAIN}pane").get("state") == "frozen"
    titles = [name.text for name in found["xl/workbook.xml"].iter(f"{MAIN}definedName") if "Titles" in name.get("name")]
    assert any(SHEETS[number - 1] in title and "$4:$4" in title for title in titles)


def test_there_are_charts():
    names = parts(report_xlsx(big(4), ID, trend=trend_of(big(4))))
    assert len([name for name in names if re.match(r"xl/charts/chart\d", name)]) == 3


def test_a_final_result_is_no_draft():
    final = replace(RESULT, scan=replace(RESULT.scan, state=ScanState.FINAL))
    made = report_xlsx(final, ID)
    assert "DRAF" not in str(cells(made, "Peringkat"))
    assert "FINAL" in str(cells(made, "Metode"))


def test_advice_is_given_most_points_for_least_work_first():
    rows = table(report_xlsx(RESULT, ID), "Rekomendasi")
    assert {row["Perangkat daerah"] for row in rows} <= {
        visible(entry.agency.name) for entry in RESULT.agencies if entry.scorecard.total.score is not None
    }
    assert all(row["Tambahan skor, paling banyak"] > 0 for row in rows)
    assert all(row["Saran"].startswith("Unggah ") for row in rows)


def test_what_changed_is_told_or_a_sentence_says_that_nothing_can_be():
    result = big(4)
    earlier = big(4, seed=2, id="lama", as_of="2026-10-24")
    assert "Belum ada pemindaian sebelumnya" in str(cells(report_xlsx(result, ID), "Perubahan"))
    for made in (
        report_xlsx(result, ID, previous=earlier),
        report_xlsx(result, ID, comparison=compare(earlier, result, {}, score)),
    ):
        rows = table(made, "Perubahan")
        whole = [row for row in rows if row["Butir"] == "Skor keseluruhan"]
        assert whole
        for row in whole:
            assert row["Selisih"] == pytest.approx(row["Skor sesudah"] - row["Skor sebelum"])
        assert {row["Putusan sesudah"] for row in rows} != {""}
    assert {row["Penyebab"] for row in rows if row["Butir"] != "Skor keseluruhan"} <= {"situs", "situs?"}


@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_naughty_strings_are_texts_and_nothing_else(result):
    made = report_xlsx(result, ID)
    assert is_inert(made)
    rows = table(made, "Temuan")
    shown = {row["Perangkat daerah"] for row in rows} | {row["Butir"] for row in rows}
    assert {read_back(text) for text in ALL} <= {text.strip() for text in shown}


def read_back(text: str) -> str:
    return harmless(text, 32_000)


@pytest.mark.parametrize(
    "result", [big(0), big(1), big(3, blocked=True), offline(), replace(RESULT, agencies=())], ids=range(5)
)
@pytest.mark.parametrize("locale", [ID, EN])
def test_few_or_no_agencies_and_nothing_assessable_are_a_whole_workbook(result: Result, locale):
    made = report_xlsx(result, locale)
    assert is_inert(made)
    assert len(table(made, "Temuan" if locale is ID else "Findings")) == len(result.agencies) * len(
        result.rubric.criteria
    )


def test_a_scan_that_never_finished_still_has_a_date():
    assert is_inert(report_xlsx(replace(RESULT, scan=replace(RESULT.scan, finished_at="")), ID))
