"""Every naughty string through the formats for programs and for spreadsheets: nothing active, nothing lost."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from xml.etree import ElementTree

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


@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_printed_and_fed_formats_are_whole_and_hold_nothing_active(result):
    made: dict[str, bytes] = {}
    for name in ("docx", "pdf", "md", "sqlite", "openmetrics", "badge"):
        made |= FORMATS[name](result, ID, Options())
    with zipfile.ZipFile(io.BytesIO(made["laporan-rakor.docx"])) as book:
        parts = {name: book.read(name) for name in book.namelist() if name.endswith((".xml", ".rels"))}
    links = [node.get("Target", "") for name, part in parts.items() for node in ElementTree.fromstring(part).iter()
             if name.endswith(".rels") and node.get("TargetMode") == "External"]  # fmt: skip
    assert not [link for link in links if not link.startswith(("http://", "https://"))]
    assert made["laporan-rakor.pdf"].startswith(b"%PDF-")
    assert b"/JavaScript" not in made["laporan-rakor.pdf"]
    assert "<script" not in made["laporan.md"].decode().lower().replace("\\<script", "")
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(made["ppid-audit-laporan.sqlite"])
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    lines = made["ppid-audit.prom"].decode().split("\n")
    assert not [line for line in lines if line and not line.startswith(("# ", "ppid_audit_"))]
    for name, content in made.items():
        if name.endswith(".svg"):
            tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(content).iter()}
            assert tags.isdisjoint({"script", "a", "image", "foreignObject"})
