"""What a nightly scan has to say: only what is new since the last one, and a sign of life in a file."""

import asyncio
from pathlib import Path

from ppid_audit.archive.whole import write_whole
from ppid_audit.audit import compare_scans, open_store
from ppid_audit.cli.words import language, t
from ppid_audit.errors import StorageError
from ppid_audit.model.comparison import AgencyChange, Cause, Comparison, Judged
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Status
from ppid_audit.report.changes import changes
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import status_reason

HEARTBEAT = "heartbeat"


def compared(data: Path, db: str | None, before: Result, after: Result) -> Comparison:
    """What changed since the last finished scan, with its causes."""
    return asyncio.run(compare_scans(data, open_store(data, db), before, after))


def news(comparison: Comparison | None, after: Result, width: int, color: bool) -> str:
    """What changed since the last finished scan, in words; empty when nothing did.

    After a first scan there is nothing to compare with: then the agencies that could not be assessed.
    """
    if comparison is None:
        return _blind(after)
    return changes(comparison, Locale.load(language()), width, color) if is_news(comparison) else ""


def is_news(comparison: Comparison) -> bool:
    """Whether anything about any agency is other than before."""
    return any(_moved(each) for each in comparison.agencies)


def fallen(comparison: Comparison) -> list[str]:
    """Ids of ranked agencies whose score fell because of their sites: not by the ruler, nor by a failure to see."""
    return sorted(each.agency.id for each in comparison.agencies if _is_ranked(each) and _lost(each))


def _is_ranked(each: AgencyChange) -> bool:
    return all(card is not None and card.rank is not None for card in (each.before, each.after))


def _lost(each: AgencyChange) -> bool:
    less = any(change.cause is Cause.SITE and _is_less(change.before, change.after) for change in each.changes)
    return less and (each.points or {}).get(Cause.SITE, 0) < 0


def _is_less(before: Judged | None, after: Judged | None) -> bool:
    """Whether an item that was decided is decided still, and worth less."""
    points = [judged.points if judged else None for judged in (before, after)]
    return points[0] is not None and points[1] is not None and points[1] < points[0]


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
