"""What was imported when, row by row, and what it did to the scores: ``ppid-audit/reviews-log/1``."""

import json
from collections.abc import Mapping
from typing import Any

from ppid_audit.errors import StorageError
from ppid_audit.model.review import Decision, Round
from ppid_audit.model.scorecard import Scorecard

NAME = "tinjauan.json"
"""The file in the data folder."""

_SCHEMA = "ppid-audit/reviews-log/1"

Json = dict[str, Any]


def told(at: str, scan: str, files: Mapping[str, str], held: Round) -> Json:
    """One import: ``files`` are names with digests, ``at`` is ISO 8601 UTC."""
    return {
        "at": at,
        "scan": scan,
        "files": [{"name": name, "sha256": digest} for name, digest in files.items()],
        "rows": [_row(decision) for decision in held.decisions],
        "scores": [
            {"agency": each.agency, "before": _card(each.before), "after": _card(each.after)} for each in held.standings
        ],
    }


def appended(log: bytes | None, new: Json, name: str) -> bytes:
    """The log with one more import; StorageError when the log is damaged."""
    rounds = [*rounds_of(log, name), new]
    text = json.dumps({"schema": _SCHEMA, "imports": rounds}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def imported_on(log: bytes | None, sha256: str, name: str) -> str | None:
    """When a file with that digest was last imported; None when it never was."""
    times = [
        str(each["at"]) for each in rounds_of(log, name) if any(file["sha256"] == sha256 for file in each["files"])
    ]
    return times[-1] if times else None


def rounds_of(log: bytes | None, name: str) -> list[Json]:
    """All imports of the log, the first first."""
    if log is None:
        return []
    try:
        held = json.loads(log)
        if held["schema"] != _SCHEMA:
            raise ValueError(held["schema"])
        return list(held["imports"])
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"{name}: catatan tinjauan rusak ({error})", en=f"{name}: the record of reviews is damaged ({error})"
        ) from error


def _row(decision: Decision) -> Json:
    entry = decision.entry
    return {
        "where": decision.where,
        "agency": entry.agency,
        "item": entry.item,
        "verdict": str(entry.verdict),
        "reason": entry.reason,
        "justification": entry.justification,
        "by": entry.by,
        "on": entry.on.isoformat(),
        "accepted": decision.accepted,
        "checks": [
            {"url": c.url, "outcome": str(c.outcome), "why": c.why, "status": c.status, "sha256": c.sha256}
            for c in decision.checks
        ],
    }


def _card(card: Scorecard) -> Json:
    total = card.total
    return {
        "score": total.score,
        "low": total.low,
        "high": total.high,
        "coverage": total.coverage,
        "predikat": card.predikat,
        "rank": card.rank,
    }
