"""Every naughty string through the formats for programs and for spreadsheets: nothing active, nothing lost."""

import csv
import io
import json

import pytest

from ppid_audit.report.formats import FORMATS, Options
from ppid_audit.report.locale import Locale
from tests.report.naughty import ALL, KNOWN, OWN, tall, wide

ID = Locale.load("id")


def test_there_are_as_many_as_promised():
    assert len(KNOWN) == 515
    assert len(OWN) >= 100


@pytest.mark.parametrize("profile", ["excel", "baku"])
@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_no_cell_of_a_csv_is_a_formula_and_no_row_falls_apart(result, profile):
    made = FORMATS["csv"](result, ID, Options(profile=profile))
    csv.field_size_limit(200_000)
    for name, content in made.items():
        separator = "," if "baku" in name else ";"
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        count = len(result.agencies) * (len(result.rubric.criteria) if name.startswith("temuan") else 1)
        assert len(rows) == count + 1
        texts = [cell for row in rows for cell in row if not cell.replace(",", "").replace(".", "").isdigit()]
        assert not [cell for cell in texts if cell.lstrip().startswith(tuple("=+-@|\t\r＝＋－＠"))]


@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_report_json_holds_each_string_as_it_was(result):
    report = json.loads(FORMATS["json"](result, ID, Options())["report.json"])
    quotes = {e["quote"] for agency in report["agencies"] for item in agency["items"] for e in item["evidence"]}
    kept = {text.encode("utf-8", "replace").decode() for text in ALL}
    assert kept <= quotes


@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_the_terminal_gets_no_control_character(result):
    text = FORMATS["terminal"](result, ID, Options())["ringkasan.txt"].decode()
    assert not [character for character in text if character != "\n" and not character.isprintable()]
