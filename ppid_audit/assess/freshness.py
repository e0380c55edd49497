"""Which period is there, and which one is due.

Yearly items follow the ``due`` rule of the rubric; plans with a span (Renstra 2021-2026) must cover the
year of assessment. One or more periods behind is ``stale``, never ``missing``.
"""

from dataclasses import replace
from datetime import date

from ppid_audit.assess.trace import spans
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Criterion, Reason, Renew, Verdict

_SURELY_OLD = 2


def aged(observation: Observation, criterion: Criterion, as_of: date) -> Observation:
    """The observation with its periods filled in, ``stale`` when the period due is not there."""
    if observation.verdict is not Verdict.FULFILLED:
        return _with_due(observation, criterion, as_of)
    if criterion.due is not None:
        return _yearly(observation, criterion.due.year(as_of))
    if criterion.renew is Renew.SEMESTER:
        return _lately(observation, as_of.year)
    if criterion.renew is Renew.STANDING:
        return _spanning(observation, as_of.year)
    return replace(observation, period_found=None)


def _with_due(observation: Observation, criterion: Criterion, as_of: date) -> Observation:
    due = str(criterion.due.year(as_of)) if criterion.due else None
    return replace(observation, period_due=observation.period_due or due)


def _yearly(observation: Observation, due: int) -> Observation:
    years = [item.year for item in observation.evidence if item.year]
    if not years:
        return replace(observation, period_due=str(due), period_found=None)
    newest = max(years)
    reason = observation.reason if newest >= due else Reason.STALE
    return replace(observation, reason=reason, period_due=str(due), period_found=str(newest))


def _lately(observation: Observation, year: int) -> Observation:
    """Semester items seldom bear a date; one whose youngest year is two years back is surely not of this semester."""
    years = [item.year for item in observation.evidence if item.year]
    if not years or max(years) > year - _SURELY_OLD:
        return replace(observation, period_found=None)
    return replace(observation, reason=Reason.STALE, period_due=str(year), period_found=str(max(years)))


def _spanning(observation: Observation, year: int) -> Observation:
    found = [span for item in observation.evidence for span in spans(item.quote)]
    found = found or list(spans(observation.period_found or ""))
    if not found:
        return observation
    first, last = max(found, key=lambda span: span[1])
    reason = observation.reason if last >= year else Reason.STALE
    return replace(observation, reason=reason, period_due=str(year), period_found=f"{first}-{last}")
