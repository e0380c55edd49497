"""Where a scan begins: at an interrupted one of the same files, or anew."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ppid_audit import codec
from ppid_audit.archive.folder import Begun, ScanFolder, folders, stamp_of
from ppid_audit.audit.job import Resume, ScanJob
from ppid_audit.audit.ocr import tool
from ppid_audit.errors import StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Scan

_FRESH = timedelta(days=1)
_STAMP = "%Y%m%d-%H%M%S"
_LOOK_BACK = 5


@dataclass(frozen=True, slots=True)
class Start:
    """A scan about to go (on): its head and folder, and the finished scans before it, the youngest first."""

    head: Scan
    folder: ScanFolder
    resumed: bool
    before: tuple[ScanFolder, ...]

    def earlier(self, agency: str) -> tuple[Path, ...]:
        """The archives of an agency from the last finished scans that have one, the youngest first."""
        found = (path for folder in self.before if (path := folder.archive(agency)).exists())
        return tuple(path for path, _ in zip(found, range(_LOOK_BACK), strict=False))


def begin(job: ScanJob, store: Store) -> Start:
    """Finds the scan to go on with, or makes the folder of a new one. The data folder must be locked."""
    finished = [scan.id for scan in reversed(store.finished())]
    known = folders(job.archive)
    before = tuple(ScanFolder(job.archive / name) for name in finished)
    started, what = job.now(), selection(job)
    interrupted = None if job.resume is Resume.NEVER else _interrupted(job, known, frozenset(finished), what)
    if interrupted is not None and (job.resume is Resume.ALWAYS or _is_young(interrupted.scan, started)):
        head, resumed = _again(job, interrupted.scan), True
    else:
        name = new_id(started, f"{started}{job.registry.sha256}{job.rubric.sha256}", [*finished, *_ids(known)])
        head, resumed = _head(job, name, started), False
    folder = ScanFolder(job.archive / head.id)
    folder.begin(Begun(head, what))
    return Start(head, folder, resumed, before)


def selection(job: ScanJob) -> str:
    """Digest of what is to be visited: the agencies with their addresses, and how far."""
    what = (codec.encode(job.registry.agencies), job.registry.crawl.max_pages)
    return hashlib.sha256(codec.dumps(what).encode()).hexdigest()


def new_id(started: str, salt: str, taken: Iterable[str]) -> str:
    """An id that sorts after all that are ``taken``, even when the clock has been put back."""
    moment = _moment(started)
    for stamp in filter(None, map(stamp_of, taken)):
        try:
            moment = max(moment, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC) + timedelta(seconds=1))
        except (ValueError, OverflowError):  # digits that are no time: not one of ours
            continue
    return f"{moment.strftime(_STAMP)}-{hashlib.sha256(salt.encode()).hexdigest()[:6]}"


def _interrupted(job: ScanJob, known: Iterable[ScanFolder], finished: frozenset[str], what: str) -> Begun | None:
    """The youngest scan of the same files, if it was not finished."""
    for folder, begun in _begun(known):
        scan = begun.scan
        files = scan.agencies_sha256, scan.rubric_sha256, begun.selection
        if files == (job.registry.sha256, job.rubric.sha256, what):
            return None if folder.id in finished else begun
    return None


def _begun(known: Iterable[ScanFolder]) -> Iterator[tuple[ScanFolder, Begun]]:
    for folder in known:
        try:
            begun = folder.begun()
            sound = begun is not None and begun.scan.id == folder.id and _has_times(begun.scan)
        except (StorageError, ValueError):  # a damaged head: nothing to go on with, and verify names it
            continue
        if begun is not None and sound:
            yield folder, begun


def _has_times(scan: Scan) -> bool:
    return bool(_moment(scan.started_at) and date.fromisoformat(scan.as_of))


def _is_young(scan: Scan, now: str) -> bool:
    return abs(_moment(now) - _moment(scan.started_at)) < _FRESH


def _again(job: ScanJob, scan: Scan) -> Scan:
    """The head of an interrupted scan, under today's program and reviews."""
    day = job.as_of if job.day_given else date.fromisoformat(scan.as_of)
    return replace(_head(job, scan.id, scan.started_at), as_of=day.isoformat())


def _head(job: ScanJob, name: str, started: str) -> Scan:
    return Scan(
        id=name,
        started_at=started,
        finished_at="",
        as_of=job.as_of.isoformat(),
        tool=tool(job.ocr),
        rubric_name=job.rubric.name,
        rubric_sha256=job.rubric.sha256,
        agencies_sha256=job.registry.sha256,
        reviews_sha256=job.amendments.sha256,
        region=job.registry.region,
        sample=job.sample,
    )


def _ids(known: Iterable[ScanFolder]) -> list[str]:
    return [folder.id for folder in known]


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time.replace("Z", "+00:00"))
