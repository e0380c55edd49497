"""The evidence as a whole: what there is, whether it is sound, and what of it may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ppid_audit.archive.folder import Begun, ScanFolder, folders
from ppid_audit.archive.prune import Removal, removals
from ppid_audit.archive.verify import Damage, verify
from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Scan, ScanState

__all__ = ["Damage", "Holding", "Removal", "check", "holdings", "prune"]

_RESUMABLE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holding:
    """The evidence of one scan. ``state``: ``finished``, ``interrupted``, ``pruned`` or ``unknown`` (not ours)."""

    id: str
    state: str
    started_at: str
    archives: int
    bytes: int


def holdings(data: Path, store: Store) -> tuple[Holding, ...]:
    """What stands in the archive of a data folder, the youngest first."""
    finished = {scan.id: scan for scan in store.finished()}
    return tuple(_holding(folder, finished.get(folder.id)) for folder in folders(data / "archive"))


def check(data: Path, store: Store, name: str | None = None) -> Iterator[tuple[str, list[Damage]]]:
    """Per scan what is damaged (nothing when all is well): of all, or of those whose id starts so, or ``latest``."""
    seals = {scan.id: scan.evidence_sha256 for scan in store.finished()}
    if name == "latest" and seals:
        name = list(seals)[-1]
    present = {folder.id: folder for folder in folders(data / "archive")}
    ids = sorted({*seals, *(name for name, folder in present.items() if _state(folder) != "unknown")})
    chosen = [each for each in ids if name is None or each.startswith(name)]
    if name is not None and not chosen:
        raise NotFoundError(f'pemindaian "{name}" tidak ada di arsip', en=f'there is no scan "{name}" in the archive')
    for each in chosen:
        folder = present.get(each)
        yield each, [Damage(each, "missing")] if folder is None else list(verify(folder, seals.get(each)))


def prune(data: Path, store: Store, keep: int, now: str, dry_run: bool) -> tuple[Removal, ...]:
    """Takes away the evidence of all but the last ``keep`` finished scans, final results, and what these need.

    An interrupted scan stays as long as it may be resumed, and so does one that is sealed but that ``store`` does
    not know: its result, which may be final, is in another database. With ``dry_run`` only tells what would go.
    """
    with FolderLock(data):
        finished = store.finished()
        kept = {scan.id for scan in finished[-keep:]} | {s.id for s in finished if s.state is ScanState.FINAL}
        ours = {scan.id for scan in finished}
        known = [folder for folder in folders(data / "archive") if folder.id in ours or _state(folder) != "unknown"]
        others = (folder for folder in known if folder.id not in ours)
        kept |= {folder.id for folder in others if _may_go_on(folder, now) or folder.manifest() is not None}
        found = removals(known, kept)
        for removal in () if dry_run else found:
            removal.folder.prune(removal.names)
        return found


def _holding(folder: ScanFolder, scan: Scan | None) -> Holding:
    begun = _begun(folder)
    started = scan.started_at if scan else begun.scan.started_at if begun else ""
    size = sum(path.stat().st_size for path in folder.files())
    return Holding(folder.id, _state(folder, scan is not None), started, len(folder.archives()), size)


def _state(folder: ScanFolder, finished: bool = False) -> str:
    if folder.pruned():
        return "pruned"
    if finished:
        return "finished"
    return "interrupted" if _begun(folder) else "unknown"


def _may_go_on(folder: ScanFolder, now: str) -> bool:
    begun = _begun(folder)
    return begun is not None and abs(_moment(now) - _moment(begun.scan.started_at)) < _RESUMABLE


def _begun(folder: ScanFolder) -> Begun | None:
    try:
        return folder.begun()
    except StorageError:
        return None


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time.replace("Z", "+00:00"))
