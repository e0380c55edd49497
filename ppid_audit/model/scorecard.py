"""Scores: what the findings add up to, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum

from ppid_audit.model.rubric import Category


class Status(StrEnum):
    """Whether an agency could be assessed. Only ``assessed`` ones have a predikat and a rank."""

    ASSESSED = "assessed"
    PARTLY = "partly"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Part:
    """A score over the decided weight with its bounds (all doubt fails .. all doubt passes).

    Scores are 0..100, rounded half up to one decimal; ``coverage`` is decided / applicable weight,
    0..1, rounded to three. All None where nothing applies or nothing was decided.
    """

    score: float | None
    low: float | None
    high: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of one agency. ``status_reason`` is a code that the locale files put into words.

    ``rank`` is None unless ``status`` is ``assessed``; equal scores share a rank (1, 2, 2, 4).
    """

    agency: str
    status: Status
    total: Part
    categories: dict[Category, Part]
    status_reason: str | None = None
    predikat: str | None = None
    rank: int | None = None
