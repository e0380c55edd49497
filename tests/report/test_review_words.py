"""What people overrode stands in every report that tells of single items: the word, and all beneath it."""

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from ppid_audit.amend import amend
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import Result
from ppid_audit.report.formats import FORMATS, Options, agency_sheets
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import finding_rows
from tests.report.sample import AS_OF, RESULT
from tests.report.test_xlsx import cells

ID = Locale.load("id")
PLACE, ITEM = next(
    (place, finding.item)
    for place, entry in enumerate(RESULT.agencies)
    for finding in entry.assessment.findings
    if finding.evidence and not finding.reviewed
)


def twice() -> Result:
    """The sample with two reviewers' words on one item, and nothing else reviewed."""
    entry = RESULT.agencies[PLACE]
    bare = tuple(replace(f.own, reviewed=False, justification="") for f in entry.assessment.findings)
    first = Amendment(entry.agency.id, ITEM, Verdict.PARTIAL, "corrected", "hanya sampul", "Sri", AS_OF)
    second = Amendment(entry.agency.id, ITEM, Verdict.NOT_APPLICABLE, "waived", "digabung di PPID", "Joko", AS_OF)
    assessment = amend(replace(entry.assessment, findings=bare), Amendments((first, second)), AS_OF)
    return replace(
        RESULT,
        agencies=tuple(replace(entry, assessment=assessment) if each is entry else each for each in RESULT.agencies),
    )


REVIEWED = twice()
(LINES,) = [
    row.review for row in finding_rows(REVIEWED.agencies[PLACE], REVIEWED.rubric, ID) if row.criterion.id == ITEM
]


def test_the_word_comes_first_then_the_one_before_it_then_the_tool_s_with_its_evidence():
    word, earlier, tool, *evidence = LINES
    assert word.startswith("digabung di PPID — Joko")
    assert "hanya sampul — Sri" in earlier
    assert tool.startswith("Putusan alat sebelum ditinjau: ")
    assert evidence
    assert all(line.startswith("Bukti alat: http") for line in evidence)


def made(name: str) -> bytes:
    (content,) = FORMATS[name](REVIEWED, ID, Options()).values()
    return content


@pytest.mark.parametrize("name", ["html", "md"])
def test_text_formats_hold_every_line(name):
    text = made(name).decode().replace("\\", "")
    for line in LINES[:3]:
        assert line in text


def test_the_sheet_of_the_agency_holds_every_line():
    sheets = agency_sheets(REVIEWED, ID, Options(), ("md",))
    text = sheets[f"rapor/{REVIEWED.agencies[PLACE].agency.id}.md"].decode().replace("\\", "")
    for line in LINES[:3]:
        assert line in text


def test_spreadsheets_hold_every_line():
    told = " ".join(LINES)
    rows = csv.DictReader(
        io.StringIO(FORMATS["csv"](REVIEWED, ID, Options())["temuan.csv"].decode("utf-8-sig")), delimiter=";"
    )
    assert told in {row["ditinjau"].removeprefix("ya. ") for row in rows}
    assert told in {cell for row in cells(made("xlsx"), "Temuan") for cell in row}


def test_the_database_holds_the_chain():
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(made("sqlite"))
        chain = opened.execute(
            "SELECT position, reviewed, reason, justification FROM superseded WHERE agency = ? AND item = ?",
            (REVIEWED.agencies[PLACE].agency.id, ITEM),
        ).fetchall()
    assert [(place, reviewed) for place, reviewed, *_ in chain] == [(1, 1), (2, 0)]
    assert chain[0][3].startswith("hanya sampul — Sri")
    assert chain[1][3] is None


def test_the_terminal_says_that_there_are_some():
    count = sum(finding.reviewed for entry in REVIEWED.agencies for finding in entry.assessment.findings)
    assert f"Putusan yang diberikan oleh peninjau: {count}." in made("terminal").decode()


def test_a_note_on_health_says_what_to_do():
    remedy = ID.t("note_remedy.tls_invalid")
    assert remedy in made("html").decode().replace("&#39;", "'")
    sheets = agency_sheets(REVIEWED, ID, Options(), ("md",))
    assert any(remedy in text.decode().replace("\\", "") for text in sheets.values())
