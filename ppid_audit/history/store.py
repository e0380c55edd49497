"""Results of scans, kept: saved whole or not at all, found again by id, by prefix, or as the latest."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from ppid_audit import codec
from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history import final, tables
from ppid_audit.history.database import Database
from ppid_audit.history.packing import unpacked, utf8
from ppid_audit.history.rows import Row, agency_rows, review_rows, scan_row
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.comparison import Trend, TrendRow
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Correction, Result, Scan

_NO_REVIEWS = Amendments()
_RUBRIC = "rubric-as-read"
_FEW = 10
_INDONESIAN, _ENGLISH = ("belum satu pun", ", dan {} lagi"), ("none yet", ", and {} more")


class Store:
    """The database of a data folder, by file path or by SQLAlchemy URL (``sqlite:///...``, ``postgresql://...``).

    Nothing is made before the first ``save``. StorageError when the disk refuses or when the database is
    damaged, empty, of a newer program, or not ours: such a file is never replaced.
    """

    def __init__(self, url_or_path: str | Path) -> None:
        self._database = Database(url_or_path)

    def save(self, result: Result, files: Mapping[str, bytes] = {}, amendments: Amendments = _NO_REVIEWS) -> None:
        """Keeps a result, in the place of an earlier one under the same scan id.

        ``files`` are the exact input files by kind (``agencies``, ``rubric``, ``reviews``), kept by digest;
        ``amendments`` are the reviews that it was judged with. InputError when that earlier one is final.
        """
        rubric = utf8(codec.dumps(result.rubric)).encode()
        with self._database.writing() as connection:
            final.refuse_final(connection, result.scan.id)
            order = _finish_order(connection, result.scan)
            connection.execute(tables.scans.delete().where(tables.scans.c.id == result.scan.id))
            for kind, content in {**files, _RUBRIC: rubric}.items():
                _keep_file(connection, kind, content)
            row = scan_row(result.scan, hashlib.sha256(rubric).hexdigest())
            _insert(connection, tables.scans, [{**row, "finish_order": order}])
            _insert(connection, tables.reviews, review_rows(result.scan.id, amendments))
            for table, rows in agency_rows(result).items():
                _insert(connection, table, rows)

    def load(self, name: str = "latest") -> Result:
        """The result of a scan by id, by the start of one, or ``latest``: the one that finished last.

        NotFoundError when there is none, or several that start so; StorageError when a final result is not
        what it was when it was made final.
        """
        with self._database.reading() as connection:
            if connection is None:
                raise NotFoundError("belum ada pemindaian yang tersimpan", en="no scan has been stored yet")
            scan_id = _choose(name, connection)
            head = tables.scans.c
            query = select(head.head, tables.files.c.content).join(tables.files).where(head.id == scan_id)
            row = connection.execute(query).one()
            results = tables.agency_results.c
            agencies = connection.execute(
                select(results.content).where(results.scan_id == scan_id).order_by(results.position)
            ).scalars()
            return Result(
                scan=final.checked(connection, codec.loads(Scan, row.head), row.head),
                rubric=codec.loads(Rubric, _decoded(row.content)),
                agencies=tuple(codec.loads(AgencyResult, unpacked(content)) for content in agencies),
            )

    def finalize(self, name: str, by: str, on: date, deadline: date) -> Scan:
        """Ends the objection round of a scan: its result is sealed, and never written over again.

        NotFoundError as in ``load``, InputError when it is final already.
        """
        scan = self.load(name).scan
        with self._database.writing() as connection:
            return final.finalize(connection, scan.id, by, on, deadline)

    def correct(self, scan_id: str, corrections: Sequence[Correction]) -> None:
        """Puts corrections beside a final result, in which they change nothing."""
        with self._database.writing() as connection:
            final.correct(connection, scan_id, corrections)

    def list(self) -> tuple[Scan, ...]:
        """The heads of all scans: unfinished ones, then the one that finished last, and so on back.

        Empty when there is no database yet.
        """
        with self._database.reading() as connection:
            return _scans(connection) if connection is not None else ()

    def finished(self) -> tuple[Scan, ...]:
        """The heads of the finished scans, in the order in which they finished, whatever the clock said."""
        return tuple(scan for scan in reversed(self.list()) if scan.finished_at)

    def reviews(self, scan: Scan) -> Amendments | None:
        """The reviews that a scan was judged with; None when an older program did not keep them."""
        with self._database.reading() as connection:
            rows = tables.reviews.c
            query = select(rows.json).where(rows.scan_id == scan.id).order_by(rows.n)
            texts = connection.execute(query).scalars().all() if connection is not None else ()
        if not texts and scan.reviews_sha256 is not None:
            return None
        return Amendments(tuple(codec.loads(Amendment, text) for text in texts), scan.reviews_sha256)

    def trend(self) -> Trend:
        """Every agency's score in every finished scan; agencies in the order of the latest scan, then older ones."""
        scans = self.finished()
        with self._database.reading() as connection:
            rows = connection.execute(_trend_query()).all() if connection is not None else ()
        scores = {(row.scan_id, row.agency_id): row.score for row in rows}
        ids = dict.fromkeys(row.agency_id for scan in reversed(scans) for row in rows if row.scan_id == scan.id)
        return Trend(scans, tuple(TrendRow(one, tuple(scores.get((scan.id, one)) for scan in scans)) for one in ids))

    def file(self, sha256: str) -> bytes:
        """An input file as it was, by its digest; NotFoundError when it was not kept."""
        with self._database.reading() as connection:
            query = select(tables.files.c.content).where(tables.files.c.sha256 == sha256)
            content: bytes | None = connection.execute(query).scalar() if connection is not None else None
        if content is None:
            raise NotFoundError(
                f"tidak ada berkas tersimpan dengan sidik {sha256}", en=f"no file with the digest {sha256} was kept"
            )
        return content


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    rows = tables.scans.c
    return rows.finish_order.is_not(None), rows.finish_order.desc(), rows.started_at.desc(), rows.id.desc()


def _scans(connection: Connection) -> tuple[Scan, ...]:
    heads = connection.execute(select(tables.scans.c.head).order_by(*_newest_first())).scalars()
    return tuple(codec.loads(Scan, head) for head in heads)


def _choose(name: str, connection: Connection) -> str:
    scans = connection.execute(select(tables.scans.c.id, tables.scans.c.finish_order).order_by(*_newest_first())).all()
    ids = [scan.id for scan in scans]
    if name == "latest":
        finished = [scan.id for scan in scans if scan.finish_order is not None]
        if not finished:
            raise NotFoundError("belum ada pemindaian yang selesai", en="no scan has finished yet")
        return str(finished[0])
    matches = [name] if name in ids else [each for each in ids if each.startswith(name)]
    if len(matches) > 1:
        raise NotFoundError(
            f'pemindaian "{name}" tidak tunggal; yang cocok: {_some(matches)}',
            en=f'"{name}" may be several scans: {_some(matches, _ENGLISH)}',
        )
    if not matches:
        raise NotFoundError(
            f'pemindaian "{name}" tidak ada; yang ada: {_some(ids)}',
            en=f'there is no scan "{name}"; there are: {_some(ids, _ENGLISH)}',
        )
    return matches[0]


def _some(ids: list[str], words: tuple[str, str] = _INDONESIAN) -> str:
    none, more = words
    shown = ", ".join(ids[:_FEW]) or none
    return shown if len(ids) <= _FEW else shown + more.format(len(ids) - _FEW)


def _finish_order(connection: Connection, scan: Scan) -> int | None:
    """The place that the scan has, or gets now, among those that finished; None while it is unfinished."""
    if not scan.finished_at:
        return None
    rows = tables.scans.c
    known: int | None = connection.execute(select(rows.finish_order).where(rows.id == scan.id)).scalar()
    last: int | None = connection.execute(select(func.max(rows.finish_order))).scalar()
    return known or (last or 0) + 1


def _trend_query() -> Select[Any]:
    results, scores = tables.agency_results.c, tables.scores.c
    same = (results.scan_id == scores.scan_id) & (results.agency_id == scores.agency_id)
    table = tables.scores.join(tables.agency_results, same)
    return select(scores.scan_id, scores.agency_id, scores.score).select_from(table).order_by(results.position)


def _keep_file(connection: Connection, kind: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    known = select(tables.files.c.sha256).where(tables.files.c.sha256 == digest)
    if connection.execute(known).first() is None:
        _insert(connection, tables.files, [{"sha256": digest, "kind": kind, "content": content}])


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except (UnicodeDecodeError, AttributeError) as error:
        raise StorageError(
            f"rubrik yang tersimpan rusak: {error}", en=f"a stored rubric is damaged: {error}"
        ) from error
