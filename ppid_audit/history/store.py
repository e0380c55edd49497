"""Results of scans, kept: saved whole or not at all, found again by id, by prefix, or as the latest."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from ppid_audit import codec
from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history import tables
from ppid_audit.history.database import Database
from ppid_audit.model.finding import Evidence, Finding
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result, Scan

_RUBRIC = "rubric-as-read"
_FEW = 10

Row = dict[str, Any]


class Store:
    """The database of a data folder, by file path or by SQLAlchemy URL (``sqlite:///...``, ``postgresql://...``).

    Nothing is made before the first ``save``. StorageError when the disk refuses or when the database is
    damaged, empty, of a newer program, or not ours: such a file is never replaced.
    """

    def __init__(self, url_or_path: str | Path) -> None:
        self._database = Database(url_or_path)

    def save(self, result: Result, files: Mapping[str, bytes] = {}) -> None:
        """Keeps a result, in the place of an earlier one under the same scan id.

        ``files`` are the exact input files by kind (``agencies``, ``rubric``, ``reviews``), kept by digest.
        """
        rubric = _text(codec.dumps(result.rubric)).encode()
        with self._database.writing() as connection:
            connection.execute(tables.scans.delete().where(tables.scans.c.id == result.scan.id))
            for kind, content in {**files, _RUBRIC: rubric}.items():
                _keep_file(connection, kind, content)
            _insert(connection, tables.scans, [_scan_row(result.scan, hashlib.sha256(rubric).hexdigest())])
            for table, rows in _agency_rows(result).items():
                _insert(connection, table, rows)

    def load(self, name: str = "latest") -> Result:
        """The result of a scan by id, by the start of one, or ``latest``: the one that finished last.

        NotFoundError when there is none, or several that start so.
        """
        with self._database.reading() as connection:
            if connection is None:
                raise NotFoundError("belum ada pemindaian yang tersimpan")
            scan_id = _choose(name, _scans(connection))
            head = tables.scans.c
            query = select(head.head, tables.files.c.content).join(tables.files).where(head.id == scan_id)
            row = connection.execute(query).one()
            results = tables.agency_results.c
            agencies = connection.execute(
                select(results.json).where(results.scan_id == scan_id).order_by(results.position)
            ).scalars()
            return Result(
                scan=codec.loads(Scan, row.head),
                rubric=codec.loads(Rubric, _decoded(row.content)),
                agencies=tuple(codec.loads(AgencyResult, text) for text in agencies),
            )

    def list(self) -> tuple[Scan, ...]:
        """The heads of all scans, the youngest first; empty when there is no database yet."""
        with self._database.reading() as connection:
            return _scans(connection) if connection is not None else ()

    def file(self, sha256: str) -> bytes:
        """An input file as it was, by its digest; NotFoundError when it was not kept."""
        with self._database.reading() as connection:
            query = select(tables.files.c.content).where(tables.files.c.sha256 == sha256)
            content: bytes | None = connection.execute(query).scalar() if connection is not None else None
        if content is None:
            raise NotFoundError(f"tidak ada berkas tersimpan dengan sidik {sha256}")
        return content


def _scans(connection: Connection) -> tuple[Scan, ...]:
    order = tables.scans.c.started_at.desc(), tables.scans.c.id.desc()
    heads = connection.execute(select(tables.scans.c.head).order_by(*order)).scalars()
    return tuple(codec.loads(Scan, head) for head in heads)


def _choose(name: str, scans: tuple[Scan, ...]) -> str:
    ids = [scan.id for scan in scans]
    if name == "latest":
        finished = [scan for scan in scans if scan.finished_at]
        if not finished:
            raise NotFoundError("belum ada pemindaian yang selesai")
        return max(finished, key=lambda scan: (scan.finished_at, scan.id)).id
    matches = [name] if name in ids else [each for each in ids if each.startswith(name)]
    if len(matches) > 1:
        raise NotFoundError(f'pemindaian "{name}" tidak tunggal; yang cocok: {_some(matches)}')
    if not matches:
        raise NotFoundError(f'pemindaian "{name}" tidak ada; yang ada: {_some(ids)}')
    return matches[0]


def _some(ids: list[str]) -> str:
    shown = ", ".join(ids[:_FEW]) or "belum satu pun"
    return shown if len(ids) <= _FEW else f"{shown}, dan {len(ids) - _FEW} lagi"


def _keep_file(connection: Connection, kind: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    known = select(tables.files.c.sha256).where(tables.files.c.sha256 == digest)
    if connection.execute(known).first() is None:
        _insert(connection, tables.files, [{"sha256": digest, "kind": kind, "content": content}])


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _scan_row(scan: Scan, rubric: str) -> Row:
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
        "head": _text(codec.dumps(scan)),
    }


def _agency_rows(result: Result) -> dict[Table, list[Row]]:
    """All rows of a result below its head, in the order in which foreign keys let them in."""
    rows: dict[Table, list[Row]] = {
        tables.agency_results: [],
        tables.scores: [],
        tables.findings: [],
        tables.evidence: [],
    }
    for position, each in enumerate(result.agencies):
        key = {"scan_id": result.scan.id, "agency_id": each.agency.id}
        rows[tables.agency_results].append({**key, "position": position, "json": _text(codec.dumps(each))})
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


def _text(json_text: str) -> str:
    """JSON that every database takes: a lone surrogate becomes the escape that JSON has for it."""
    return json_text.encode("utf-8", "backslashreplace").decode()


def _column(text: str) -> str:
    """A site's words as a database takes them: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except (UnicodeDecodeError, AttributeError) as error:  # a damaged database may even hold another type
        raise StorageError(f"rubrik yang tersimpan rusak: {error}") from error
