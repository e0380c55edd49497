"""The end of the objection round."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Result, Scan, ScanState


def finalize(data: Path, store: Store, scan: str, by: str, on: date, deadline: date) -> Scan:
    """Seals the result of a scan under its officer; InputError when it is final already."""
    with FolderLock(data):
        return store.finalize(scan, by, on, deadline)


def still_final(old: Result, again: Result) -> Result:
    """A result that was judged again: final still where nothing differs, else a draft beside the final one."""
    if old.scan.final is None or _judgement(old) == _judgement(again):
        return again
    return replace(again, scan=replace(again.scan, state=ScanState.DRAFT, final=None, corrections=()))


def _judgement(result: Result) -> tuple[object, ...]:
    scan = result.scan
    judged = tuple((entry.agency.id, entry.assessment, entry.scorecard) for entry in result.agencies)
    return scan.as_of, scan.rubric_sha256, scan.reviews_sha256, judged
