"""A result as a small SQLite database, for Metabase, Grafana or a Satu Data portal: see docs/data.md.

The tables are in ``parts/laporan.sql``; every row here has its table's columns, in their order.

Codes are those of report.json; titles and labels stand beside them in both languages. Texts are on one line
and hold nothing that a viewer would obey. The same result gives the same bytes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib.resources import files

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Category, Rubric
from ppid_audit.model.scan import AgencyResult, Correction, Result
from ppid_audit.model.scorecard import Part
from ppid_audit.report.view import findings_of
from ppid_audit.report.words import points, shown, visible

Row = Sequence[str | float | int | None]


def sqlite_file(result: Result) -> bytes:
    """The database file's bytes."""
    schema = (files(__package__) / "parts" / "laporan.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        for table, rows in _contents(result).items():
            _fill(database, table, rows)
        database.commit()
        return database.serialize()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        cells = [visible(value) if isinstance(value, str) else value for value in row]
        marks = ", ".join("?" * len(cells))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", cells)  # noqa: S608 (a table's name is ours)


def _contents(result: Result) -> dict[str, Iterable[Row]]:
    agencies, rubric = result.agencies, result.rubric
    judged = [(entry, finding) for entry in agencies for finding in findings_of(entry, rubric)]
    return {
        "scan": [_scan(result)],
        "bands": ((band.id, band.floor, band.label.id, band.label.en) for band in rubric.bands),
        "agencies": map(_agency, agencies),
        "items": _items(rubric),
        "scores": (row for entry in agencies for row in _scores(entry)),
        "findings": (_finding(entry, finding, rubric) for entry, finding in judged),
        "superseded": (row for entry, finding in judged for row in _superseded(entry, finding)),
        "evidence": (row for entry, finding in judged for row in _evidence(entry, finding)),
        "corrections": map(_correction, result.scan.corrections),
    }


def _scan(result: Result) -> Row:
    scan = result.scan
    told = (scan.id, scan.started_at, scan.finished_at, scan.as_of, str(scan.state), int(scan.sample), scan.suspect)
    ruler = (scan.rubric_name, scan.rubric_sha256, scan.agencies_sha256, scan.reviews_sha256)
    end = scan.final
    closed = (None, None, None) if end is None else (end.by, end.on.isoformat(), end.deadline.isoformat())
    return (*told, scan.region, scan.tool, *ruler, *closed)


def _agency(entry: AgencyResult) -> Row:
    agency, card, crawl = entry.agency, entry.scorecard, entry.crawl
    who = (agency.id, agency.name, agency.kind, agency.url)
    stands = (str(card.status), card.status_reason, card.rank, card.predikat)
    return (*who, *stands, crawl.pages, crawl.documents, crawl.requests)


def _items(rubric: Rubric) -> Iterator[Row]:
    for position, criterion in enumerate(rubric.criteria, start=1):
        title, remedy = criterion.title, criterion.remedy
        law = (criterion.basis, str(criterion.duty), str(criterion.renew), criterion.weight)
        yield criterion.id, position, str(criterion.category), title.id, title.en, *law, remedy.id, remedy.en


def _scores(entry: AgencyResult) -> Iterator[Row]:
    parts: dict[str, Part] = {"total": entry.scorecard.total}
    parts |= {str(category): entry.scorecard.categories[category] for category in Category}
    for name, part in parts.items():
        yield entry.agency.id, name, part.score, part.low, part.high, part.coverage


def _finding(entry: AgencyResult, finding: Finding, rubric: Rubric) -> Row:
    reason, before = finding.reason, finding.own if finding.superseded else None
    verdict = (str(finding.verdict), str(shown(reason, rubric)), str(reason), points(reason, rubric))
    periods = (finding.period_due, finding.period_found)
    review = (int(finding.reviewed), finding.justification, None if before is None else str(before.reason))
    return (entry.agency.id, finding.item, *verdict, finding.confidence, *periods, *review)


def _superseded(entry: AgencyResult, finding: Finding) -> Iterator[Row]:
    """All that the finding stands over, the latest first; the tool's own is the last."""
    position, before = 1, finding.superseded
    while before is not None:
        reviewed, why = int(before.reviewed), before.justification if before.reviewed else None
        yield entry.agency.id, finding.item, position, reviewed, str(before.reason), why
        position, before = position + 1, before.superseded


def _evidence(entry: AgencyResult, finding: Finding) -> Iterator[Row]:
    for position, seen in enumerate(finding.evidence, start=1):
        where = (seen.url, seen.found_on, str(seen.where), seen.quote, seen.year)
        answer = (seen.date.isoformat() if seen.date else None, seen.status, seen.media_type, seen.bytes)
        yield (entry.agency.id, finding.item, position, *where, *answer, seen.sha256, seen.warc)


def _correction(one: Correction) -> Row:
    entry = one.entry
    said = (entry.agency, entry.item, entry.by, entry.on.isoformat(), entry.justification)
    return (*said, str(one.before), str(one.after), one.score_before, one.score_after)
