"""What an archive file holds, found by address or by content; the bodies stay on disk."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ppid_audit.archive.records import Origin
from ppid_audit.archive.tape import Tape
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Role
from ppid_audit.web import urls

_PAGES = frozenset({Role.HOME, Role.PAGE})


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture on a shelf, and where its payload stands (None without a response)."""

    capture: Capture
    origin: Origin | None


class Shelf:
    """The captures of one archive file; an empty shelf when there is no such file (or ``path`` is None).

    ``finished``, ``torn`` and ``end`` are those of ``tape.Tape``. StorageError when the file is damaged.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.kept: list[Kept] = []
        self.finished = self.torn = False
        self.end = 0
        self._answers: dict[str, Kept] = {}
        self._gone: dict[str, Kept] = {}
        self._contents: dict[str, list[Kept]] = defaultdict(list)
        if path is not None and path.exists():
            self._read(path)

    def _read(self, path: Path) -> None:
        tape = Tape(path)
        for stored in tape.stored():
            self._put(Kept(stored.exchange.capture, stored.origin))
        self.finished, self.torn, self.end = tape.finished, tape.torn, tape.end

    def _put(self, kept: Kept) -> None:
        capture = kept.capture
        self.kept.append(kept)
        for url in (capture.url, capture.final_url):
            self._gone.pop(url, None)
        if kept.origin is None or capture.rendered or not (capture.ok or capture.gone):
            return
        self._contents[capture.sha256].append(kept)
        if capture.ok:
            self._answers[capture.final_url] = kept
        elif not capture.redirects:
            self._gone[capture.url] = kept

    def answer(self, url: str) -> Capture | None:
        """The last usable answer that came from ``url`` itself, redirects followed."""
        kept = self._answers.get(url)
        return kept.capture if kept else None

    def gone(self, url: str) -> Capture | None:
        """The last answer from ``url``, where that was a 404 or 410 of its own (no redirect led to it)."""
        kept = self._gone.get(url)
        return kept.capture if kept else None

    def present(self, authority: str) -> str:
        """A page at ``authority`` (``host:port``) that was there, the first one seen; empty when there was none."""
        pages = (url for url, kept in self._answers.items() if kept.capture.role in _PAGES)
        return next((url for url in pages if urls.authority(url) == authority), "")

    def payload(self, url: str, sha256: str, digest: str) -> Origin | None:
        """Where a payload stands that has both digests (of the body and as served), best from ``url`` itself."""
        same = [kept for kept in self._contents.get(sha256, ()) if kept.origin and kept.origin.digest == digest]
        chosen = next((kept for kept in same if kept.capture.final_url == url), same[0] if same else None)
        return chosen.origin if chosen else None

    @property
    def answers(self) -> int:
        """How many addresses gave a usable answer."""
        return len(self._answers)

    @property
    def refers_to(self) -> frozenset[str]:
        """The archive files (``scan/name``) in which the payloads stand, this one too."""
        return frozenset(kept.origin.file for kept in self.kept if kept.origin)

    def open(self, capture: Capture) -> Exchange:
        """A capture of this shelf with its bytes."""
        assert self._path is not None
        offset = int(capture.warc.rpartition("#")[2])
        exchange = next(Tape(self._path).exchanges(offset), None)
        if exchange is None or exchange.capture != capture:
            raise StorageError(
                f"arsip {self._path}: tidak ada rekaman pada byte {offset}",
                en=f"archive {self._path}: no record at byte {offset}",
            )
        return exchange
