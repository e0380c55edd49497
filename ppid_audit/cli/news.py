"""What a nightly scan has to say: only what is new since the last one, and a sign of life in a file."""

import asyncio
from pathlib import Path

from ppid_audit.archive.whole import write_whole
from ppid_audit.audit import compare_scans, open_store
from ppid_audit.cli.words import language, t
from ppid_audit.errors import StorageError
from ppid_audit.model.comparison import AgencyChange, Comparison
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Status
from ppid_audit.report.changes import changes
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import status_reason

HEARTBEAT = "heartbeat"


def news(data: Path, db: str | None, before: Result | None, after: Result, width: int, color: bool) -> str:
    """What changed since the last finished scan, in words; empty when nothing did.

    After a first scan there is nothing to compare with: then the agencies that could not be assessed.
    """
    if before is None:
        return _blind(after)
    comparison = asyncio.run(compare_scans(data, open_store(data, db), before, after))
    return changes(comparison, Locale.load(language()), width, color) if is_news(comparison) else ""


def is_news(comparison: Comparison) -> bool:
    """Whether anything about any agency is other than before."""
    return any(_moved(each) for each in comparison.agencies)


def _moved(each: AgencyChange) -> bool:
    if each.before is None or each.after is None:
        return True
    return bool(
        each.in_one_only
        or each.changes
        or each.difference
        or (each.before.status, each.before.predikat) != (each.after.status, each.after.predikat)
    )


def _blind(result: Result) -> str:
    locale = Locale.load(language())
    blind = [entry for entry in result.agencies if entry.scorecard.status is Status.NOT_ASSESSABLE]
    return "\n".join(f"{entry.agency.name} ({entry.agency.id}): {status_reason(entry, locale)}" for entry in blind)


def beat(data: Path, result: Result, code: int) -> None:
    """Writes the sign of life: when the last scan finished, its id, how it ended, and how many were assessed."""
    seen = sum(entry.scorecard.status is not Status.NOT_ASSESSABLE for entry in result.agencies)
    scan = result.scan
    line = f"{scan.finished_at} {scan.id} exit={code} assessed={seen}/{len(result.agencies)}\n"
    try:
        write_whole(data / HEARTBEAT, line.encode())
    except OSError as error:
        path = str(data / HEARTBEAT)
        raise StorageError(t("cli.cannot_write", path=path, error=error.strerror or str(error))) from error
