"""Nouns as rows: whole results for reading back, and plain columns for questions in SQL."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from ppid_audit import codec
from ppid_audit.history import tables
from ppid_audit.history.packing import packed, utf8
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.finding import Evidence, Finding
from ppid_audit.model.scan import AgencyResult, Result, Scan

Row = dict[str, Any]


def scan_row(scan: Scan, rubric: str) -> Row:
    """The head; ``rubric`` is the digest of the rubric as read."""
    return {
        "id": scan.id,
        "started_at": scan.started_at,
        "finished_at": scan.finished_at,
        "as_of": scan.as_of,
        "state": scan.state.value,
        "tool": scan.tool,
        "rubric_sha256": scan.rubric_sha256,
        "agencies_sha256": scan.agencies_sha256,
        "reviews_sha256": scan.reviews_sha256,
        "rubric_as_read": rubric,
        "head": utf8(codec.dumps(scan)),
    }


def agency_rows(result: Result) -> dict[Table, list[Row]]:
    """All rows of a result below its head, in the order in which foreign keys let them in."""
    rows: dict[Table, list[Row]] = {
        tables.agency_results: [],
        tables.scores: [],
        tables.findings: [],
        tables.evidence: [],
    }
    for position, each in enumerate(result.agencies):
        key = {"scan_id": result.scan.id, "agency_id": each.agency.id}
        content = packed(codec.dumps(each))
        rows[tables.agency_results].append({**key, "position": position, "content": content})
        rows[tables.scores].append({**key, **_score_row(each)})
        for finding in each.assessment.findings:
            item = {**key, "item": finding.item}
            rows[tables.findings].append({**item, **_finding_row(finding)})
            rows[tables.evidence] += [{**item, "n": n, **row} for n, row in enumerate(_evidence_rows(finding.evidence))]
    return rows


def _score_row(result: AgencyResult) -> Row:
    card = result.scorecard
    return {
        "status": card.status.value,
        "score": card.total.score,
        "low": card.total.low,
        "high": card.total.high,
        "coverage": card.total.coverage,
        "predikat": card.predikat,
        "rank": card.rank,
    }


def _finding_row(finding: Finding) -> Row:
    return {
        "verdict": finding.verdict.value,
        "reason": finding.reason.value,
        "confidence": finding.confidence,
        "period_due": finding.period_due,
        "period_found": finding.period_found,
        "reviewed": finding.reviewed,
    }


def _evidence_rows(evidence: tuple[Evidence, ...]) -> Iterator[Row]:
    for each in evidence:
        yield {
            "url": _column(each.url),
            "found_on": _column(each.found_on),
            "matched": _column(each.matched),
            "quote": _column(each.quote),
            "year": each.year,
            "sha256": each.sha256,
            "warc": each.warc,
        }


def review_rows(scan_id: str, amendments: Amendments) -> list[Row]:
    """The reviews that a scan was judged with, in their order."""
    return [
        {
            "scan_id": scan_id,
            "n": n,
            "agency_id": entry.agency,
            "item": entry.item,
            "verdict": entry.verdict.value,
            "reason": entry.reason,
            "justification": _column(entry.justification),
            "reviewer": _column(entry.by),
            "reviewed_on": entry.on.isoformat(),
            "expires": entry.expires.isoformat() if entry.expires else None,
            "json": utf8(codec.dumps(entry)),
        }
        for n, entry in enumerate(amendments.entries)
    ]


def _column(text: str) -> str:
    """A site's words as a database takes them: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
