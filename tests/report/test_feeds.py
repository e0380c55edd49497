import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Correction, Finality, Result
from ppid_audit.report.badge import badges
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.openmetrics import openmetrics
from ppid_audit.report.sqlitefile import sqlite_file
from ppid_audit.report.words import shortened, visible
from tests.report.printing import EN, HOSTILE, ID, finished, hostile, nobody
from tests.report.sample import RESULT, sampled

DOCUMENT = (Path(__file__).parents[2] / "docs" / "data.md").read_text("utf-8")


def described(head: str) -> dict[str, str]:
    """First cell -> the cells after it, of the table in docs/data.md whose first column is ``head``."""
    found = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE)
    assert found
    rows = [line.strip("|").split("|") for line in found[1].splitlines()]
    return {row[0].strip().strip("`"): "|".join(row[1:]) for row in rows}


def database(result: Result) -> closing[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    opened.deserialize(sqlite_file(result))
    return closing(opened)


def test_the_database_is_what_the_document_says():
    with database(RESULT) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {n: [row[1] for row in opened.execute(f"PRAGMA table_info({n})")] for n in names}
        version = opened.execute("PRAGMA user_version").fetchone()[0]
    told = {name: re.findall(r"`(\w+)`", cells.split("|")[1]) for name, cells in described("table").items()}
    told["agencies"].remove("bands")
    assert told == columns
    assert f"`PRAGMA user_version` {version}" in DOCUMENT


@pytest.mark.parametrize(
    "result", [RESULT, hostile(), nobody(), sampled()], ids=["sample", "hostile", "nobody", "demo"]
)
def test_the_database_holds_together_and_is_the_same_each_time(result):
    assert sqlite_file(result) == sqlite_file(result)
    with database(result) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {
            name: opened.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
            for name in ("agencies", "items", "findings")
        }
        names = [name for (name,) in opened.execute("SELECT name FROM agencies ORDER BY rowid")]
    agencies, items = len(result.agencies), len(result.rubric.criteria)
    assert counts == {"agencies": agencies, "items": items, "findings": agencies * items}
    assert names == [visible(entry.agency.name) for entry in result.agencies]


def test_the_database_says_what_the_report_says():
    report = json.loads(report_json(RESULT))
    with database(RESULT) as opened:
        scores = opened.execute(
            "SELECT agency, score, low, high, coverage FROM scores WHERE category = 'total'"
        ).fetchall()
        verdicts = opened.execute("SELECT agency, item, verdict, reason, points FROM findings").fetchall()
        shown = opened.execute("SELECT COUNT(*), SUM(evidence_url LIKE 'https://%') FROM finding_details").fetchone()
        scan = opened.execute("SELECT state, sample, final_by FROM scan").fetchone()
    assert scores == [(a["id"], a["score"], a["low"], a["high"], a["coverage"]) for a in report["agencies"]]
    told = [(a["id"], i["id"], i["verdict"], i["reason"], i["points"]) for a in report["agencies"] for i in a["items"]]
    assert verdicts == told
    assert shown == (len(told), sum(bool(i["evidence"]) for a in report["agencies"] for i in a["items"]))
    assert scan == ("draft", 0, None)


def test_a_final_result_and_its_corrections():
    entry = Amendment("dinkes", "setiap-saat.dip", Verdict.FULFILLED, "corrected", "ada", "Sri", date(2026, 12, 1))
    made = Correction(entry, Reason.NOT_FOUND, Reason.FOUND, 50.0, 60.0)
    end = Finality("Budi", date(2026, 11, 30), date(2026, 11, 29), "ab" * 32)
    result = finished()
    with database(replace(result, scan=replace(result.scan, final=end, corrections=(made,)))) as opened:
        assert opened.execute("SELECT state, final_by, objections_until FROM scan").fetchone() == (
            "final",
            "Budi",
            "2026-11-29",
        )
        assert opened.execute('SELECT agency, "on", score_after FROM corrections').fetchall() == [
            ("dinkes", "2026-12-01", 60.0)
        ]


def families(result: Result) -> dict[str, Any]:
    parsed = text_string_to_metric_families(openmetrics(result, ID).decode())  # type: ignore[no-untyped-call]
    return {family.name: family for family in parsed}


def test_the_metrics_are_those_of_the_document():
    told = described("metric")
    made = families(RESULT)
    assert set(told) == set(made)
    for name, family in made.items():
        assert family.type == "gauge"
        assert family.documentation
        labels = {frozenset(sample.labels) for sample in family.samples}
        assert labels == {frozenset(re.findall(r"`(\w+)`", told[name].split("|")[0]))}, name


@pytest.mark.parametrize("result", [hostile(), nobody(), sampled()], ids=["hostile", "nobody", "demo"])
def test_any_result_makes_metrics_that_can_be_read(result):
    made = families(result)
    names = [sample.labels["name"] for sample in made["ppid_audit_agency_info"].samples]
    assert names == [shortened(visible(entry.agency.name), 200) for entry in result.agencies]
    (scan,) = made["ppid_audit_scan_info"].samples
    assert scan.labels["sample"] == str(result.scan.sample).lower()


def test_what_is_unknown_has_no_line_and_what_is_known_is_the_report_s():
    made = families(RESULT)
    scores = {s.labels["agency"]: s.value for s in made["ppid_audit_score"].samples if s.labels["category"] == "total"}
    known = {e.agency.id: e.scorecard.total.score for e in RESULT.agencies if e.scorecard.total.score is not None}
    assert scores == known
    assert "cepu" not in scores
    assert made["ppid_audit_scan_finished_timestamp_seconds"].samples[0].value == 1795487400


def test_a_badge_is_a_picture_and_nothing_else():
    made = badges(hostile(), ID)
    assert sorted(made) == sorted(f"lencana/opd-{place}.svg" for place in range(len(HOSTILE)))
    for picture in made.values():
        root = ElementTree.fromstring(picture)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags == {"svg", "title", "rect", "path", "g", "text"}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in attributes if "href" in name or name.startswith("on")}


def test_a_badge_says_score_predikat_and_state():
    def value(result: Result, locale: Locale = ID, of: str = "dinkes") -> str:
        return [e.text for e in ElementTree.fromstring(badges(result, locale)[f"lencana/{of}.svg"]).iter() if e.text][
            -1
        ]

    score = next(e.scorecard.total.score for e in RESULT.agencies if e.agency.id == "dinkes")
    assert value(RESULT).startswith(f"{ID.number(score or 0, 1)} · ")
    assert value(RESULT).endswith(" · DRAF")
    assert value(sampled()).endswith(" · CONTOH · DRAF")
    assert "DRAF" not in value(finished())
    assert value(RESULT, of="cepu") == "tidak dinilai · DRAF"
    assert value(RESULT, EN, "cepu") == "not assessed · DRAFT"
