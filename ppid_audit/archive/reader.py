"""Reading the evidence back: captures as they were, bodies decoded, damage told from a torn end."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from warcio.archiveiterator import WARCIterator

from ppid_audit import codec
from ppid_audit.archive.members import DamagedError, Member, TornError, members
from ppid_audit.archive.records import SNAPSHOT_URI, meant
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Note, Snapshot

T = TypeVar("T")

TORN = "archive_torn"
"""Note: the file ends in a record that was not written to its end; what came before is whole."""

UNFINISHED = "archive_unfinished"
"""Note: the visit was not ended in order, so what was left unread is not known."""


_REFERENCE = re.compile(r"([^/\\\x00:#]+)#(0|[1-9][0-9]{0,17})")


def read(path: Path) -> Iterator[Exchange]:
    """The exchanges of one archive in the order in which they were stored.

    Bodies are decoded from their content coding. A torn last record ends the iteration; StorageError
    when the file cannot be opened or a record before the last is damaged.
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
        raise StorageError(f'rujukan arsip "{warc}" tidak sah; bentuknya namafile#posisi')
    name, number = reference.groups()
    exchange = next(Tape(folder / name).exchanges(int(number)), None)
    if exchange is None or exchange.capture.warc != warc:
        raise StorageError(f"arsip {name}: tidak ada rekaman pada byte {number}")
    return exchange


@dataclass(frozen=True, slots=True)
class _Record:
    offset: int
    kind: str
    id: str
    about: str
    concurrent_to: str
    coding: str
    payload: bytes


class Tape:
    """One pass over an archive file; what it met on the way stands in its attributes afterwards.

    ``agency`` is named by the file's first record, ``head`` is the last snapshot head (without captures),
    ``finished`` whether nothing was stored after that, ``torn`` whether the last record was cut off, and
    ``end`` the offset after the last thing that was stored whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.agency = ""
        self.head: Snapshot | None = None
        self.finished = self.torn = False
        self.end = 0

    def exchanges(self, start: int = 0) -> Iterator[Exchange]:
        """The exchanges from byte ``start`` on; see ``read``."""
        try:
            with self.path.open("rb") as file:
                response: _Record | None = None
                for member in members(file, start):
                    record = _parse(member)
                    if record.kind == "response":
                        response = record
                        continue
                    if record.kind == "metadata" and not record.about.startswith(SNAPSHOT_URI):
                        yield self._exchange(record, response)
                    else:
                        self._take(record)
                    response, self.end = None, member.end
                self.torn = response is not None
        except TornError:
            self.torn = True
        except DamagedError as error:
            raise StorageError(f"arsip {self.path} rusak pada byte {error.offset}: {error}") from error
        except OSError as error:
            raise StorageError(f"arsip {self.path} tidak dapat dibaca: {error.strerror or error}") from error

    def _take(self, record: _Record) -> None:
        if record.kind == "warcinfo":
            self.agency = _field(record.payload, "agency")
        elif record.kind == "metadata":
            self.head, self.finished = _noun(Snapshot, record), True

    def _exchange(self, record: _Record, response: _Record | None) -> Exchange:
        """The capture that a metadata record describes, joined to the response that it names."""
        self.finished = False
        capture = _noun(Capture, record)
        if not record.concurrent_to:
            return Exchange(replace(capture, warc=f"{self.path.name}#{record.offset}"))
        if response is None or response.id != record.concurrent_to:
            raise DamagedError(record.offset, "its response is missing")
        body = meant(response.payload, response.coding, capture.bytes)
        if hashlib.sha256(body).hexdigest() != capture.sha256:
            raise DamagedError(response.offset, "the body does not match its digest")
        return Exchange(replace(capture, warc=f"{self.path.name}#{response.offset}"), response.payload, body)


def _parse(member: Member) -> _Record:
    try:
        record: Any = next(iter(WARCIterator(BytesIO(member.data))))
        headers = record.rec_headers
        payload: bytes = record.raw_stream.read()
    except Exception as error:  # the parser raises whatever a damaged record makes it raise
        raise DamagedError(member.offset, f"not a WARC record ({type(error).__name__})") from error
    return _Record(
        offset=member.offset,
        kind=record.rec_type,
        id=headers.get_header("WARC-Record-ID", ""),
        about=headers.get_header("WARC-Target-URI", ""),
        concurrent_to=headers.get_header("WARC-Concurrent-To", ""),
        coding=record.http_headers.get_header("Content-Encoding", "") if record.http_headers else "",
        payload=payload,
    )


def _noun(kind: type[T], record: _Record) -> T:
    try:
        return codec.loads(kind, record.payload.decode("utf-8"))
    except (UnicodeDecodeError, StorageError) as error:
        raise DamagedError(record.offset, str(error)) from error


def _field(payload: bytes, name: str) -> str:
    lines = payload.decode("utf-8", "replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:")), "")
