"""What goes stale by itself: a result's findings at a later day, if no site is renewed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from ppid_audit.amend import Known, amend
from ppid_audit.assess.freshness import aged
from ppid_audit.audit.compare import reviews_of
from ppid_audit.audit.seen import known_on
from ppid_audit.history.store import Store
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.comparison import AgencyForecast, Expiry, Forecast
from ppid_audit.model.finding import Assessment, Finding, Observation
from ppid_audit.model.rubric import Criterion, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Status
from ppid_audit.score import score


def forecast(store: Store, result: Result, until: date) -> Forecast:
    """Every agency with a score that loses a fulfilled item by ``until``: the same judge, another day.

    Rests on the findings as they are stored: on their evidence, periods and reviews; nothing is read anew.
    """
    reviews = reviews_of(store, result)
    today = date.fromisoformat(result.scan.as_of)
    seen = known_on(result.scan.started_at)
    looked = (
        _agency(entry, result.rubric, reviews, seen, today, until)
        for entry in result.agencies
        if entry.scorecard.status is not Status.NOT_ASSESSABLE
    )
    return Forecast(result, until, tuple(found for found in looked if found.expiries))


def _agency(
    entry: AgencyResult, rubric: Rubric, reviews: Amendments, seen: Known, today: date, until: date
) -> AgencyForecast:
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    bare = tuple(finding.own for finding in entry.assessment.findings)
    reviewed = {finding.item for finding in entry.assessment.findings if finding.superseded}
    holding = Amendments(tuple(review for review in reviews.entries if review.item in reviewed))

    @cache
    def at(day: date) -> Assessment:
        findings = tuple(_aged(finding, criteria.get(finding.item), day) for finding in bare)
        return amend(replace(entry.assessment, findings=findings), holding, day, seen)

    def finding(item: str, day: date) -> Finding:
        return next(found for found in at(day).findings if found.item == item)

    def expiry(now: Finding) -> Expiry:
        day = _first(today, until, lambda day: not _fulfilled(finding(now.item, day)))
        return Expiry(now.item, day, now, finding(now.item, day))

    expiries = [
        expiry(now)
        for now in entry.assessment.findings
        if _fulfilled(now) and _fulfilled(finding(now.item, today)) and not _fulfilled(finding(now.item, until))
    ]
    expiries.sort(key=lambda one: one.day)
    return AgencyForecast(entry.agency, entry.scorecard, score(at(until), rubric), tuple(expiries))


def _aged(finding: Finding, criterion: Criterion | None, day: date) -> Finding:
    if criterion is None or not _fulfilled(finding):
        return finding
    seen = Observation(
        finding.reason,
        finding.confidence,
        finding.evidence,
        finding.near_misses,
        finding.period_due,
        finding.period_found,
    )
    later = aged(seen, criterion, day)
    return replace(finding, reason=later.reason, period_due=later.period_due, period_found=later.period_found)


def _fulfilled(finding: Finding) -> bool:
    return finding.verdict is Verdict.FULFILLED


def _first(start: date, end: date, lost: Callable[[date], bool]) -> date:
    """The first day on which it is lost; it is not at ``start`` and is at ``end``."""
    while (end - start).days > 1:
        middle = start + timedelta(days=(end - start).days // 2)
        start, end = (start, middle) if lost(middle) else (middle, end)
    return end
