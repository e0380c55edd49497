"""What changed between scans and why; how scores went; what will go stale."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid_audit.model.agency import Agency
from ppid_audit.model.finding import Finding
from ppid_audit.model.scan import Result, Scan
from ppid_audit.model.scorecard import Scorecard, Status


class Cause(StrEnum):
    """Who moved. Only ``site`` says something about the agency; all others are the evaluator's own doing.

    ``site``: its pages, or time that passed without a renewal. ``rubric``: the ruler, which is rubric.yaml
    with what agencies.yaml says of the agency (kind, functions, trusted hosts, confirmed). ``review``: what
    reviewers say. ``tool``: the program.
    """

    SITE = "site"
    RUBRIC = "rubric"
    REVIEW = "review"
    TOOL = "tool"


ORDER = (Cause.TOOL, Cause.SITE, Cause.RUBRIC, Cause.REVIEW)
"""The way from an earlier result to a later one, one cause at a time: today's program on the earlier
evidence, then the later evidence, then the later ruler, then the later reviews."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An item under one ruler: its finding, and what that is worth there (None where nothing was decided)."""

    finding: Finding
    points: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Change:
    """One item that one cause changed: None before when the rubric did not ask for it yet, after when no longer.

    ``proved`` is false where the evidence could not be judged again, so that the cause is only the likeliest.
    """

    item: str
    before: Judged | None
    after: Judged | None
    cause: Cause
    proved: bool = True


@dataclass(frozen=True, slots=True)
class AgencyChange:
    """One agency in two scans; ``before`` or ``after`` is None where it was not part of the scan.

    ``points`` splits the difference of the two scores (in points of 100) by cause; it is empty where one
    of them has no score. The parts add up to the whole, to the last decimal shown.
    """

    agency: Agency
    before: Scorecard | None
    after: Scorecard | None
    changes: tuple[Change, ...] = ()
    points: dict[Cause, float] | None = None

    @property
    def difference(self) -> float | None:
        """How far the score moved, in points of 100; None where one of the two scans has no score."""
        old, new = _score(self.before), _score(self.after)
        return None if old is None or new is None else round(new - old, 1)

    @property
    def in_one_only(self) -> bool:
        """Part of both scans, but with a score in only one of them: nobody can say that it rose or fell."""
        both = self.before is not None and self.after is not None
        return both and (_score(self.before) is None) != (_score(self.after) is None)


@dataclass(frozen=True, slots=True)
class RulerChange:
    """How two rubrics differ: ids of items, and codes of what else (``points``, ``bands``, ``coverage_floor`` ...)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results, and every agency of either: in the order of the later one, then those that are gone."""

    before: Result
    after: Result
    ruler: RulerChange
    agencies: tuple[AgencyChange, ...]


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One agency's scores, one for each scan of the trend; None where it had none."""

    agency: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """All finished scans in the order in which they finished, and the scores in them."""

    scans: tuple[Scan, ...]
    rows: tuple[TrendRow, ...]


@dataclass(frozen=True, slots=True)
class Expiry:
    """An item that is fulfilled now and will not be from ``day`` on unless the site is renewed.

    ``then`` is what will be said of it that day (its ``period_due`` is the period then asked for).
    """

    item: str
    day: date
    now: Finding
    then: Finding


@dataclass(frozen=True, slots=True)
class AgencyForecast:
    """What one agency is going to lose, the earliest first, and its score if it does nothing."""

    agency: Agency
    now: Scorecard
    then: Scorecard
    expiries: tuple[Expiry, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A result looked at from a later day: what goes stale before ``until``, if no site is renewed."""

    result: Result
    until: date
    agencies: tuple[AgencyForecast, ...]


def _score(card: Scorecard | None) -> float | None:
    return None if card is None or card.status is Status.NOT_ASSESSABLE else card.total.score
