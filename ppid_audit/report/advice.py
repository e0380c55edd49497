"""What an agency should do next: the cheapest points first, who does it well, and what goes stale when.

Pure: everything follows from the result. What mending an item is worth is ``FindingRow.gain``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Criterion, Reason, Renew, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.report.view import FindingRow

EFFORT = {
    Reason.DEAD_LINK: 1,
    Reason.STALE: 1,
    Reason.LISTED_IN_DIP: 1,
    Reason.PORTAL_FRONT_PAGE: 1,
    Reason.GATED_OFF_SITE: 1,
    Reason.WRONG_DOCUMENT: 2,
    Reason.WRONG_BODY: 2,
    Reason.NAMED_WITHOUT_CONTENT: 2,
    Reason.EMPTY_LIST: 2,
    Reason.EMPTY_DOCUMENT: 2,
    Reason.PLACEHOLDER: 2,
    Reason.NOT_FOUND: 3,
}
"""How much work, in no unit: 1 the thing is there and is repaired or renewed, 2 its place is there and is
filled, 3 it has to be written. A choice of this project."""

_TOO_FAR = 30
"""Years ahead at which a period is a misread number, not a plan."""
_ELSEWHERE = (Reason.FOUND_OFF_SITE, Reason.OWNER_LINKED, Reason.ATTESTED)


@dataclass(frozen=True, slots=True)
class Example:
    """An agency that publishes an item: who, and the address where it can be seen."""

    agency: str
    name: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: ``row.gain`` points of 100 at most, for ``effort`` (see ``EFFORT``)."""

    row: FindingRow
    effort: int
    example: Example | None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """From ``day`` on another edition of the item is asked for: that of ``period`` (a year)."""

    criterion: Criterion
    day: date
    period: str
    found: str | None


class Examples:
    """Who fulfils an item, best first: on its own pages, then the surest finding, then as in agencies.yaml."""

    def __init__(self, result: Result) -> None:
        seen: dict[str, list[tuple[bool, float, int, Example]]] = {}
        for place, entry in enumerate(result.agencies):
            for finding in entry.assessment.findings:
                if finding.verdict is Verdict.FULFILLED and finding.evidence and finding.evidence[0].url:
                    shown = Example(entry.agency.id, entry.agency.name, entry.agency.kind, finding.evidence[0].url)
                    key = (finding.reason in _ELSEWHERE, -finding.confidence, place, shown)
                    seen.setdefault(finding.item, []).append(key)
        self._of = {item: [shown for *_, shown in sorted(keys, key=lambda key: key[:3])] for item, keys in seen.items()}

    def sister(self, item: str, of: AgencyResult) -> Example | None:
        """The best example that another agency gives; one of the same kind goes before all others."""
        others = [shown for shown in self._of.get(item, []) if shown.agency != of.agency.id]
        same_kind = (shown for shown in others if shown.kind == of.agency.kind)
        return next(same_kind, None) or next(iter(others), None)


def next_steps(rows: Iterable[FindingRow], examples: Examples, limit: int = 3) -> tuple[Step, ...]:
    """The steps that bring most points for least work, at most ``limit``; none where nothing can be gained.

    ``rows`` are the ``view.finding_rows`` of one agency.
    """
    gainful = [row for row in rows if row.gain > 0]
    ordered = sorted(gainful, key=lambda row: (-row.gain / _effort(row), -row.gain))[:limit]
    return tuple(Step(row, _effort(row), examples.sister(row.criterion.id, row.result)) for row in ordered)


def _effort(row: FindingRow) -> int:
    return EFFORT.get(row.finding.reason, max(EFFORT.values()))


def upcoming(agency: AgencyResult, rubric: Rubric, as_of: date, limit: int = 5) -> tuple[Upcoming, ...]:
    """What is fulfilled now and will be asked for anew, the earliest first, at most ``limit``."""
    criteria = {criterion.id: criterion for criterion in rubric.criteria if criterion.weight > 0}
    seen = (
        _upcoming(finding, criteria[finding.item], as_of)
        for finding in agency.assessment.findings
        if finding.item in criteria and finding.verdict is Verdict.FULFILLED
    )
    return tuple(sorted((one for one in seen if one), key=lambda one: one.day)[:limit])


def _upcoming(finding: Finding, criterion: Criterion, as_of: date) -> Upcoming | None:
    last = _last_year(finding.period_found)
    known = last if last is not None and last - as_of.year < _TOO_FAR else None
    due = criterion.due
    if due is not None:
        period = max(known or 0, due.year(as_of)) + 1
        day = date(period + (due.period == "previous"), due.month, due.day)
        return Upcoming(criterion, day, str(period), finding.period_found)
    if criterion.renew is Renew.STANDING and known is not None and known >= as_of.year:
        return Upcoming(criterion, date(known + 1, 1, 1), str(known + 1), finding.period_found)
    return None


def _last_year(period: str | None) -> int | None:
    """The last year of ``2025`` or ``2021-2026``."""
    end = (period or "").rpartition("-")[2].strip()
    return int(end) if len(end) == 4 and end.isascii() and end.isdigit() else None
