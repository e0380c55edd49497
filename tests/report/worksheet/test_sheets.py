"""What stands in a worksheet, and in which order."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from ppid_audit.model.finding import Finding, NearMiss
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.review import COLUMNS, doubt, review_sheet
from ppid_audit.report.worksheet.sample import sample_sheet
from ppid_audit.report.worksheet.sheet import key
from ppid_audit.report.worksheet.writing import FORMATS, as_csv, as_xlsx
from tests.report.sample import RESULT
from tests.report.worksheet.sheets import ID, RENSTRA

EN = Locale.load("en")
AT = {column.code: place for place, column in enumerate(COLUMNS)}


def test_an_agency_objects_to_what_it_lacks_first():
    rows = review_sheet(RESULT, ID, "dishub", None).rows
    assert {row[AT["agency"]] for row in rows} == {"dishub"}
    assert len(rows) == len(RESULT.rubric.criteria)
    verdicts = list(dict.fromkeys(str(row[AT["verdict"]]) for row in rows))
    assert verdicts == sorted(verdicts, key=lambda word: [ID.t(f"shown.{s}") for s in SHOWN].index(word))


SHOWN = ("missing", "title_only", "stale", "partial", "cannot_tell", "fulfilled", "not_applicable")


def test_doubt_comes_first_and_what_nobody_may_change_stays_out():
    sheet = review_sheet(RESULT, ID, None, None)
    findings = {
        (entry.agency.id, finding.item): finding for entry in RESULT.agencies for finding in entry.assessment.findings
    }
    shown = [findings[str(row[AT["agency"]]), str(row[AT["item"]])] for row in sheet.rows]
    doubts = [round(doubt(finding), 4) for finding in shown]
    assert doubts == sorted(doubts, reverse=True)
    assert not any(finding.reviewed or finding.verdict is Verdict.NOT_APPLICABLE for finding in shown)
    assert len(review_sheet(RESULT, ID, None, 3).rows) == 3


def test_a_near_tie_is_more_in_doubt_than_a_clear_case():
    clear = Finding(RENSTRA, Reason.FOUND, 0.9)
    tie = Finding(RENSTRA, Reason.FOUND, 0.9, near_misses=(NearMiss("https://a.go.id/", Reason.WRONG_DOCUMENT),))
    unseen = Finding(RENSTRA, Reason.SCRIPT_ONLY, 1.0)
    assert doubt(clear) < doubt(tie) < doubt(unseen)


@pytest.mark.parametrize("locale", [ID, EN])
def test_every_row_bears_its_key_and_empty_cells_to_fill_in(locale):
    for row in review_sheet(RESULT, locale, None, None).rows:
        assert row[AT["key"]] == key(RESULT.scan.id, str(row[AT["agency"]]), str(row[AT["item"]]))
        assert [row[AT[column.code]] for column in COLUMNS if column.filled_in] == [""] * 7


def test_the_same_result_gives_the_same_bytes():
    sheet = review_sheet(RESULT, ID, "dinkes", None)
    for write in FORMATS.values():
        assert write(sheet, ID) == write(sheet, ID)


def test_nothing_in_a_workbook_is_active():
    data = as_xlsx(review_sheet(RESULT, ID, None, None), ID)
    with ZipFile(BytesIO(data)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    page = whole["xl/worksheets/sheet1.xml"]
    assert b"<f>" not in page
    assert b"hyperlink" not in page
    assert b"dataValidation " in page
    assert not any("external" in name or "vba" in name.lower() for name in whole)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert not [cell for row in rows for cell in row if "\u202e" in str(cell) or "\x1b" in str(cell)]


def test_nothing_in_a_csv_is_a_formula():
    data = as_csv(review_sheet(RESULT, ID, None, None), ID).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(data), delimiter=";") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_who_reads_for_a_calibration_does_not_see_the_verdict():
    sheet = sample_sheet(RESULT, [("dishub", RENSTRA)], ID)
    codes = [column.code for column in sheet.columns]
    assert not {"verdict", "because", "confidence", "evidence", "quote"} & set(codes)
    [row] = sheet.rows
    assert row[codes.index("site")] == "https://dishub.contoh.example/"
    assert row[codes.index("key")] == key(RESULT.scan.id, "dishub", RENSTRA)
