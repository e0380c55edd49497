"""What the findings add up to: (Assessment, Rubric) -> Scorecard.

All arithmetic is exact (fractions); a number is rounded once, half up, when it enters the scorecard.
The predikat and the rank are read from the rounded score, and the coverage floor is held against the
rounded coverage, so that no printed number contradicts the word beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Category, Reason, Rubric, Verdict
from ppid_audit.model.scorecard import Part, Scorecard, Status

COVERAGE_BELOW_FLOOR = "coverage_below_floor"
NOTHING_APPLICABLE = "nothing_applicable"
NOTHING_DECIDED = "nothing_decided"

_UNKNOWN = Part(None, None, None, None)


@dataclass(frozen=True, slots=True)
class _Share:
    """Exact parts of one whole, each 0..1; ``score`` is None while nothing has been decided."""

    score: Fraction | None
    low: Fraction
    high: Fraction
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class _Entry:
    """One applicable item (an advisory one weighs nothing); ``points`` is None while it is in doubt."""

    category: Category
    weight: Fraction
    points: Fraction | None


def score(assessment: Assessment, rubric: Rubric) -> Scorecard:
    """The scorecard of one agency, not yet ranked.

    Scores and bounds are 0..100 with one decimal, coverage is 0..1 with three. Without anything to
    decide on (``blocked_by``, nothing applicable, nothing decided) there is no number at all.
    """
    entries = _entries(assessment, rubric)
    shares = {category: _share([e for e in entries if e.category is category]) for category in Category}
    total = _share(entries) if rubric.category_weights is None else _weighted(shares, rubric.category_weights)
    blocked = assessment.blocked_by or _emptiness(total)
    if blocked:
        return Scorecard(
            assessment.agency, Status.NOT_ASSESSABLE, _UNKNOWN, dict.fromkeys(Category, _UNKNOWN), status_reason=blocked
        )
    part, categories = _part(total), {category: _part(share) for category, share in shares.items()}
    if part.coverage is None or part.coverage < rubric.coverage_floor:
        return Scorecard(assessment.agency, Status.PARTLY, part, categories, status_reason=COVERAGE_BELOW_FLOOR)
    return Scorecard(assessment.agency, Status.ASSESSED, part, categories, predikat=_predikat(part.score, rubric))


def rank(scorecards: Iterable[Scorecard]) -> tuple[Scorecard, ...]:
    """The same scorecards in the same order with standard competition ranks (1, 2, 2, 4).

    Only ``assessed`` ones are ranked; every other rank is None.
    """
    cards = tuple(scorecards)
    scores = sorted((s for card in cards if (s := _rankable(card)) is not None), reverse=True)
    first = {value: position for position, value in reversed(list(enumerate(scores, start=1)))}
    return tuple(replace(card, rank=None if (value := _rankable(card)) is None else first[value]) for card in cards)


def _rankable(card: Scorecard) -> float | None:
    return card.total.score if card.status is Status.ASSESSED else None


def _entries(assessment: Assessment, rubric: Rubric) -> list[_Entry]:
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    pairs = ((criteria.get(finding.item), finding.reason) for finding in assessment.findings)
    return [
        _Entry(criterion.category, _exact(criterion.weight), _points(reason, rubric))
        for criterion, reason in pairs
        if criterion is not None and reason.verdict is not Verdict.NOT_APPLICABLE
    ]


def _points(reason: Reason, rubric: Rubric) -> Fraction | None:
    return None if reason.verdict is Verdict.CANNOT_TELL else _exact(rubric.points[reason])


def _exact(number: float) -> Fraction:
    """The decimal number that stands in the file, not its nearest binary neighbour."""
    return Fraction(str(number))


def _share(entries: Sequence[_Entry]) -> _Share | None:
    """Pooled over items; None where nothing applies."""
    applicable = sum((e.weight for e in entries), Fraction())
    if not applicable:
        return None
    decided = sum((e.weight for e in entries if e.points is not None), Fraction())
    earned = sum((e.weight * e.points for e in entries if e.points is not None), Fraction())
    return _Share(
        score=earned / decided if decided else None,
        low=earned / applicable,
        high=(earned + applicable - decided) / applicable,
        coverage=decided / applicable,
    )


def _weighted(shares: dict[Category, _Share | None], weights: dict[Category, float]) -> _Share | None:
    """The mean over categories under a committee's weights, renormalised over those that count here.

    A category in which all is doubt has no score to give, but its doubt stays in the bounds: left out
    there, losing sight of the last item of a category would make the interval narrower.
    """
    present = [(_exact(weights.get(c, 0)), share) for c, share in shares.items() if share is not None]
    low = _mean([(weight, share.low) for weight, share in present])
    high = _mean([(weight, share.high) for weight, share in present])
    coverage = _mean([(weight, share.coverage) for weight, share in present])
    if low is None or high is None or coverage is None:
        return None
    scored = [(weight, share.score) for weight, share in present if share.score is not None]
    return _Share(_mean(scored), low, high, coverage)


def _mean(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    total = sum((weight for weight, _ in pairs), Fraction())
    return sum((weight * value for weight, value in pairs), Fraction()) / total if total else None


def _emptiness(total: _Share | None) -> str | None:
    if total is None:
        return NOTHING_APPLICABLE
    return NOTHING_DECIDED if total.score is None else None


def _part(share: _Share | None) -> Part:
    if share is None or share.score is None:
        return _UNKNOWN
    return Part(
        score=_round(100 * share.score, 1),
        low=_round(100 * share.low, 1),
        high=_round(100 * share.high, 1),
        coverage=_round(share.coverage, 3),
    )


def _round(value: Fraction, decimals: int) -> float:
    """Half up: what a person with a pencil does."""
    scale = int(10**decimals)
    return floor(value * scale + Fraction(1, 2)) / scale


def _predikat(value: float | None, rubric: Rubric) -> str | None:
    return None if value is None else next((band.id for band in rubric.bands if value >= band.floor), None)
