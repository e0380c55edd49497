"""The end of the objection round: a result that is stored once and for all, and the corrections beside it.

The seal is taken over what is stored, byte for byte and not as a program reads it, so that a later version
of this program finds the same seal.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from ppid_audit import codec
from ppid_audit.errors import InputError, StorageError
from ppid_audit.history import tables
from ppid_audit.history.packing import unpacked, utf8
from ppid_audit.model.scan import Correction, Finality, Scan, ScanState

_OF_THE_END = ("state", "final", "corrections")
"""What the end of the round itself writes into the head: outside the seal."""


def refuse_final(connection: Connection, scan_id: str) -> None:
    """InputError when the result of ``scan_id`` is final: nothing is written over it."""
    head = connection.execute(select(tables.scans.c.head).where(tables.scans.c.id == scan_id)).scalar()
    final = codec.loads(Scan, head).final if head else None
    if final is not None:
        raise InputError(
            f"pemindaian {scan_id} sudah final (ditetapkan {final.by}, {final.on}); hasil final tidak ditimpa",
            en=f"the scan {scan_id} is final (made so by {final.by}, {final.on}); a final result is not written over",
        )


def finalize(connection: Connection, scan_id: str, by: str, on: date, deadline: date) -> Scan:
    """Makes a stored result final and gives its head back; InputError when it is so already."""
    refuse_final(connection, scan_id)
    rows = tables.scans.c
    scan = codec.loads(Scan, connection.execute(select(rows.head).where(rows.id == scan_id)).scalar_one())
    scan = replace(scan, state=ScanState.FINAL, final=Finality(by, on, deadline, ""), corrections=())
    sha256 = _seal(connection, scan_id, utf8(codec.dumps(scan)))
    scan = replace(scan, final=Finality(by, on, deadline, sha256))
    change = tables.scans.update().where(rows.id == scan_id)
    connection.execute(change.values(state=scan.state.value, head=utf8(codec.dumps(scan))))
    return scan


def checked(connection: Connection, scan: Scan, head: str) -> Scan:
    """The head of a final result with its corrections; StorageError when what is stored is not what was sealed."""
    if scan.final is None:
        return scan
    if _seal(connection, scan.id, head) != scan.final.sha256:
        raise StorageError(
            f"hasil final pemindaian {scan.id} telah berubah sejak ditetapkan: sidiknya tidak cocok",
            en=f"the final result of the scan {scan.id} has changed since it was made final: its digest does not match",
        )
    rows = tables.corrections.c
    query = select(rows.json).where(rows.scan_id == scan.id).order_by(rows.n)
    found = connection.execute(query).scalars()
    return replace(scan, corrections=tuple(codec.loads(Correction, text) for text in found))


def correct(connection: Connection, scan_id: str, corrections: Sequence[Correction]) -> None:
    """Puts corrections beside a result, behind those that are there."""
    rows = tables.corrections.c
    count = connection.execute(select(func.count()).where(rows.scan_id == scan_id)).scalar_one()
    new = [
        {
            "scan_id": scan_id,
            "n": count + n,
            "agency_id": each.entry.agency,
            "item": each.entry.item,
            "json": utf8(codec.dumps(each)),
        }
        for n, each in enumerate(corrections)
    ]
    if new:
        connection.execute(tables.corrections.insert(), new)


def _seal(connection: Connection, scan_id: str, head: str) -> str:
    """SHA-256 over the head, the rubric, every agency's judgement and the reviews."""
    digest = hashlib.sha256()
    for part in _parts(connection, scan_id, head):
        data = part.encode()
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


def _parts(connection: Connection, scan_id: str, head: str) -> Iterable[str]:
    scans, results, reviews = tables.scans.c, tables.agency_results.c, tables.reviews.c
    told = {key: value for key, value in json.loads(head)["data"].items() if key not in _OF_THE_END}
    yield json.dumps(told, sort_keys=True)
    yield str(connection.execute(select(scans.rubric_as_read).where(scans.id == scan_id)).scalar_one())
    contents = select(results.content).where(results.scan_id == scan_id).order_by(results.position)
    yield from map(unpacked, connection.execute(contents).scalars())
    yield from connection.execute(select(reviews.json).where(reviews.scan_id == scan_id).order_by(reviews.n)).scalars()
