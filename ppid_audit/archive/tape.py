"""One pass over an archive file: records put together again to exchanges, wherever their payload stands."""

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
from ppid_audit.archive.records import SNAPSHOT_URI, Origin, meant
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Snapshot

T = TypeVar("T")

_WHOLE = frozenset({"response", "conversion"})
_ANSWERS = _WHOLE | {"revisit"}
_FILE = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stored:
    """An exchange as it stands in an archive; ``origin`` is where its payload is (None without a response)."""

    exchange: Exchange
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class _Record:
    offset: int
    kind: str
    headers: dict[str, str]
    coding: str
    payload: bytes

    @property
    def id(self) -> str:
        return self.headers.get("warc-record-id", "")

    @property
    def about(self) -> str:
        return self.headers.get("warc-target-uri", "")


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
        """The exchanges from byte ``start`` on; see ``reader.read``."""
        return (stored.exchange for stored in self.stored(start))

    def stored(self, start: int = 0) -> Iterator[Stored]:
        """As ``exchanges``, with the places of the payloads."""
        try:
            with self.path.open("rb") as file:
                answer: _Record | None = None
                for member in members(file, start):
                    record = _parse(member)
                    if record.kind in _ANSWERS:
                        answer = record
                        continue
                    if record.kind == "metadata" and not record.about.startswith(SNAPSHOT_URI):
                        yield self._stored(record, answer)
                    else:
                        self._take(record)
                    answer, self.end = None, member.end
                self.torn = answer is not None
        except TornError:
            self.torn = True
        except DamagedError as error:
            raise StorageError(
                f"arsip {self.path} rusak pada byte {error.offset}: {error}",
                en=f"the archive {self.path} is damaged at byte {error.offset}: {error}",
            ) from error
        except OSError as error:
            why = error.strerror or error
            raise StorageError(
                f"arsip {self.path} tidak dapat dibaca: {why}", en=f"the archive {self.path} cannot be read: {why}"
            ) from error

    def _take(self, record: _Record) -> None:
        if record.kind == "warcinfo":
            self.agency = _field(record.payload, "agency")
        elif record.kind == "metadata":
            self.head, self.finished = _noun(Snapshot, record), True

    def _stored(self, record: _Record, answer: _Record | None) -> Stored:
        """The capture that a metadata record describes, joined to the response that it names."""
        self.finished = False
        capture = _noun(Capture, record)
        concurrent_to = record.headers.get("warc-concurrent-to")
        if not concurrent_to:
            return Stored(Exchange(replace(capture, warc=f"{self.path.name}#{record.offset}")), None)
        if answer is None or answer.id != concurrent_to:
            raise DamagedError(record.offset, "its response is missing")
        origin, holder = self._payload_of(answer)
        body = meant(holder.payload, holder.coding, capture.bytes)
        if hashlib.sha256(body).hexdigest() != capture.sha256:
            raise DamagedError(answer.offset, "the body does not match its digest")
        return Stored(
            Exchange(replace(capture, warc=f"{self.path.name}#{answer.offset}"), holder.payload, body), origin
        )

    def _payload_of(self, answer: _Record) -> tuple[Origin, _Record]:
        """Where the payload of an answer stands, and the record that holds it."""
        if answer.kind in _WHOLE:
            return _origin(answer, f"{self.path.parent.name}/{self.path.name}", answer.offset), answer
        origin = _referred(answer)
        return origin, _fetched(self.path.parent.parent / origin.file, origin, answer.offset)


def _origin(record: _Record, file: str, offset: int) -> Origin:
    names = ("warc-record-id", "warc-target-uri", "warc-date", "warc-payload-digest")
    return Origin(file, offset, *(record.headers.get(name, "") for name in names))


def _referred(revisit: _Record) -> Origin:
    """The place that a revisit record names; it never leads out of the archive."""
    name = revisit.headers.get("warc-refers-to-filename", "")
    offset = revisit.headers.get("warc-refers-to-file-offset", "")
    if not _FILE.fullmatch(name) or not (offset.isascii() and offset.isdecimal() and len(offset) < 19):
        raise DamagedError(revisit.offset, "it refers to no record")
    names = ("warc-refers-to", "warc-refers-to-target-uri", "warc-refers-to-date", "warc-payload-digest")
    return Origin(name, int(offset), *(revisit.headers.get(name, "") for name in names))


def _fetched(path: Path, origin: Origin, offset: int) -> _Record:
    """The record that a revisit at ``offset`` refers to."""
    try:
        with path.open("rb") as file:
            record = next((_parse(member) for member in members(file, origin.offset)), None)
    except (TornError, DamagedError, OSError) as error:
        raise DamagedError(offset, f"{origin.file}#{origin.offset} that it refers to cannot be read") from error
    if record is None or record.kind not in _WHOLE or record.id != origin.id:
        raise DamagedError(offset, f"{origin.file}#{origin.offset} is not what it refers to")
    return record


def _parse(member: Member) -> _Record:
    try:
        record: Any = next(iter(WARCIterator(BytesIO(member.data))))
        headers = {str(name).lower(): str(value) for name, value in record.rec_headers.headers}
        payload: bytes = record.raw_stream.read()
    except Exception as error:  # the parser raises whatever a damaged record makes it raise
        raise DamagedError(member.offset, f"not a WARC record ({type(error).__name__})") from error
    return _Record(
        offset=member.offset,
        kind=record.rec_type,
        headers=headers,
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
