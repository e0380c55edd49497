"""What a report may know of the scans before its own: the one it is compared with, and the course of all."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ppid_audit.audit import compare_scans, open_store
from ppid_audit.errors import StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.scan import Result

_TELL = frozenset({"html", "xlsx", "docx", "pdf", "md"})
"""The formats that say what changed."""


_LOOK_BACK = 10
"""So many scans back one is looked for that had the same agencies: a scan of a few is a poor thing to compare with."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """All None where there was no scan before, or where no format asks for it."""

    previous: Result | None = None
    comparison: Comparison | None = None
    trend: Trend | None = None


def earlier(result: Result, data: Path, db: str | None, formats: Collection[str], always: bool = False) -> Earlier:
    """What came before ``result``, if one of ``formats`` tells it (or ``always``).

    Scans that are marked suspect are passed over, and a sample is compared with samples only.
    """
    if not always and _TELL.isdisjoint(formats):
        return Earlier()
    store = open_store(data, db)
    before = []
    for scan in store.finished():
        if scan.id == result.scan.id:
            break
        if scan.suspect is None and scan.sample == result.scan.sample:
            before.append(scan)
    if not before:
        return Earlier()
    previous = _nearest([scan.id for scan in before[: -_LOOK_BACK - 1 : -1]], store, result)
    return Earlier(previous, _compared(data, store, previous, result), store.trend())


def _nearest(ids: list[str], store: Store, result: Result) -> Result:
    """The latest of these scans that had all agencies of ``result``; the latest of all when none had."""
    asked = {entry.agency.id for entry in result.agencies}
    last = store.load(ids[0])
    if asked <= {entry.agency.id for entry in last.agencies}:
        return last
    others = (store.load(name) for name in ids[1:])
    return next((other for other in others if asked <= {entry.agency.id for entry in other.agencies}), last)


def _compared(data: Path, store: Store, previous: Result, result: Result) -> Comparison | None:
    """The causes told apart; None where the evidence that this takes is damaged: then no cause is claimed."""
    try:
        return asyncio.run(compare_scans(data, store, previous, result))
    except StorageError:
        return None
