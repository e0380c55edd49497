"""Writing the evidence: one WARC file per agency, complete after every store, whatever happens next."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ppid_audit.archive.records import Origin, Records, payload_digest
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.whole import sync_folder
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Snapshot


class Writer:
    """Appends to the archive of one agency, and makes the file (and its folder) when there is none.

    ``tool`` is the version of this program. A payload that ``before``, an archive of an earlier scan, holds
    already is only referred to. ``shelf`` is what the file held on opening, ``cut`` the number of bytes of
    an unfinished last store that were cut off then (0 normally), ``refers_to`` the archive files
    (``scan/name``) in which payloads of this one stand. All methods raise StorageError when the disk
    refuses, and opening does when the file is damaged or no archive: it is then left as it is.
    """

    def __init__(self, path: Path, agency: str, tool: str, before: Shelf | None = None) -> None:
        self.path = path
        self.cut = 0
        self._records = Records()
        self._before = before or Shelf()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.shelf = Shelf(path)
            self.refers_to = set(self.shelf.refers_to)
            self._ids = {kept.capture.url: kept.origin.id for kept in self.shelf.kept if kept.origin}
            self._end = self.shelf.end
            self._file: BinaryIO = path.open("ab", buffering=0)
            size = path.stat().st_size
            self.cut = size - self._end
            if self.cut:
                self._file.truncate(self._end)
            if not size:
                sync_folder(path.parent)
        except OSError as error:
            raise self._refused(error) from error
        if self._end == 0:
            self._append(self._records.info(path.name, agency, tool))

    def store(self, exchange: Exchange) -> Capture:
        """Puts an exchange on disk; its capture comes back with ``warc``, ``sha256`` and ``bytes`` filled in.

        ``sha256`` and ``bytes`` are those of the decoded body (empty and 0 without a response).
        When this returns, a power cut loses nothing.
        """
        if exchange.capture.status is None:
            capture = replace(exchange.capture, warc="", sha256="", bytes=0)
            offset = self._append(self._records.capture(capture, None))
        else:
            digest = hashlib.sha256(exchange.body).hexdigest()
            capture = replace(exchange.capture, warc="", sha256=digest, bytes=len(exchange.body))
            response, record_id = self._answer(exchange, digest)
            self._ids[capture.url] = record_id
            offset = self._append(response + self._records.capture(capture, record_id))
        return replace(capture, warc=f"{self.path.name}#{offset}")

    def _answer(self, exchange: Exchange, sha256: str) -> tuple[bytes, str]:
        """The response, or a reference to its payload where that is shorter or all that the site sent."""
        if exchange.capture.rendered:
            return self._records.conversion(exchange, self._ids.get(exchange.capture.url))
        origin: Origin | None = None
        if exchange.body:
            origin = self._before.payload(exchange.capture.final_url, sha256, payload_digest(exchange))
        if origin is None:
            return self._records.response(exchange)
        revisit = self._records.revisit(exchange, origin)
        whole = None if exchange.capture.unchanged else self._records.response(exchange)
        if whole is not None and len(whole[0]) <= len(revisit[0]):
            return whole
        self.refers_to.add(origin.file)
        return revisit

    def finish(self, snapshot: Snapshot) -> None:
        """Stores the end of the visit: everything in ``snapshot`` but its captures, which are stored already."""
        self._append(self._records.snapshot(replace(snapshot, captures=())))

    def close(self) -> None:
        """Closes the file; nothing is pending, and closing twice is harmless."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, packed: bytes) -> int:
        """Writes all of ``packed`` or, when the disk refuses, nothing of it; the offset where it stands."""
        offset = self._end
        try:
            written = 0
            while written < len(packed):
                written += self._file.write(packed[written:])
            os.fsync(self._file.fileno())
        except (OSError, ValueError) as error:
            self._take_back()
            raise self._refused(error) from error
        self._end += len(packed)
        return offset

    def _take_back(self) -> None:
        try:
            self._file.truncate(self._end)
        except (OSError, ValueError):
            # The next store must not stand behind half a record; reopening cuts it off.
            self._file.close()

    def _refused(self, error: OSError | ValueError) -> StorageError:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        return StorageError(
            f"arsip {self.path} tidak dapat ditulis: {why}", en=f"the archive {self.path} cannot be written: {why}"
        )
