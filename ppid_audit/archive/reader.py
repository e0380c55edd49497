"""Reading the evidence back: captures as they were, bodies decoded, damage told from a torn end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ppid_audit.archive.tape import Tape
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Exchange, Note, Snapshot

TORN = "archive_torn"
"""Note: the file ends in a record that was not written to its end; what came before is whole."""

UNFINISHED = "archive_unfinished"
"""Note: the visit was not ended in order, so what was left unread is not known."""

_REFERENCE = re.compile(r"([^/\\\x00:#]+)#(0|[1-9][0-9]{0,17})")


def read(path: Path) -> Iterator[Exchange]:
    """The exchanges of one archive in the order in which they were stored.

    Bodies are decoded from their content coding; those that an earlier scan stored are read there. A torn
    last record ends the iteration; StorageError when the file cannot be opened, when a record before the
    last is damaged, or when what it refers to is gone.
    """
    return Tape(path).exchanges()


def snapshot(path: Path) -> Snapshot | None:
    """All captures of one archive with the head that ``finish`` stored; None when there is no archive.

    The notes tell a torn last record (``archive_torn``) and a visit that was not finished, or went on
    after it was (``archive_unfinished``).
    """
    if not path.exists():
        return None
    tape = Tape(path)
    captures = tuple(exchange.capture for exchange in tape.exchanges())
    head = tape.head
    if head is None:
        if not captures and not tape.agency:
            return None
        times = [capture.fetched_at for capture in captures] or [""]
        head = Snapshot(tape.agency, times[0], times[-1], ())
    notes = [Note(TORN, path.name)] if tape.torn else []
    if not tape.finished:
        notes.append(Note(UNFINISHED, path.name))
    return replace(head, captures=captures, notes=(*head.notes, *notes))


def locate(folder: Path, warc: str) -> Exchange:
    """The exchange that a ``file#offset`` reference means, in the folder of its scan."""
    reference = _REFERENCE.fullmatch(warc)
    if reference is None:
        raise StorageError(
            f'rujukan arsip "{warc}" tidak sah; bentuknya namafile#posisi',
            en=f'"{warc}" refers to no place in an archive; it looks like filename#offset',
        )
    name, number = reference.groups()
    exchange = next(Tape(folder / name).exchanges(int(number)), None)
    if exchange is None or exchange.capture.warc != warc:
        raise StorageError(
            f"arsip {name}: tidak ada rekaman pada byte {number}", en=f"archive {name}: no record at byte {number}"
        )
    return exchange
