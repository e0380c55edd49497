"""A WARC file as gzip members, one a record: which are whole, and whether the last one is torn."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 65_536
_MAX_RECORD = 1 << 30
_UNWRITTEN = bytes(64)
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Member:
    """The decompressed record that stands in the file at ``offset`` up to ``end`` (bytes)."""

    offset: int
    end: int
    data: bytes


class TornError(Exception):
    """The file ends in the middle of its last member: a write that a crash or a kill cut off."""


class DamagedError(Exception):
    """A member cannot be read although the file goes on after it. ``offset`` is where it starts."""

    def __init__(self, offset: int, why: str) -> None:
        self.offset = offset
        super().__init__(why)


def members(file: BinaryIO, start: int = 0) -> Iterator[Member]:
    """The members from offset ``start`` on; at the first that is not whole TornError or DamagedError."""
    at = start
    while (member := _member_at(file, at)) is not None:
        yield member
        at = member.end


def _member_at(file: BinaryIO, offset: int) -> Member | None:
    file.seek(offset)
    engine = zlib.decompressobj(31)
    parts: list[bytes] = []
    read = size = 0
    while not engine.eof:
        piece = file.read(_CHUNK)
        if not piece:
            if read:
                _judge_rest(file, offset, "the file ends inside it")
            return None
        try:
            parts.append(engine.decompress(piece))
        except zlib.error as error:
            _judge_rest(file, offset, str(error))
        read += len(piece)
        size += len(parts[-1])
        if size > _MAX_RECORD:
            raise DamagedError(offset, "a record of more than 1 GiB")
    return Member(offset, offset + read - len(engine.unused_data), b"".join(parts))


def _judge_rest(file: BinaryIO, offset: int, why: str) -> None:
    """Torn when the rest is an unfinished member, perhaps with blocks of zeros that were never written."""
    file.seek(offset)
    rest = file.read()
    written = rest.rstrip(b"\0") if rest.endswith(_UNWRITTEN) else rest
    if _unfinished(written) and not _goes_on(rest):
        raise TornError(why)
    raise DamagedError(offset, why)


def _unfinished(data: bytes) -> bool:
    engine = zlib.decompressobj(31)
    try:
        for at in range(0, len(data), _CHUNK):
            engine.decompress(data[at : at + _CHUNK])
    except zlib.error:
        return False
    return not engine.eof


def _goes_on(rest: bytes) -> bool:
    """Whether another record starts somewhere after the first byte."""
    at = rest.find(_MAGIC, 1)
    while at != -1:
        try:
            if zlib.decompressobj(31).decompress(rest[at : at + 1024], 5) == b"WARC/":
                return True
        except zlib.error:
            pass
        at = rest.find(_MAGIC, at + 1)
    return False
