"""What a meeting asks first: how many, how good on average, who stands in which band, who has which item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from ppid_audit.model.comparison import Trend, TrendRow
from ppid_audit.model.rubric import Band, Category, Criterion
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Part, Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown

DECIDED = (Shown.FULFILLED, Shown.STALE, Shown.PARTIAL, Shown.TITLE_ONLY, Shown.MISSING)
"""From the best to the worst; the other two say that nothing was decided."""


@dataclass(frozen=True, slots=True)
class BandCount:
    """A predikat and the ranked agencies that have it, best first."""

    band: Band
    label: str
    rows: tuple[AgencyRow, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A result at a glance.

    ``ranked``, ``partly`` and ``unassessed`` are all agencies, each in one of them. ``average`` is the mean of
    the ranked ones' scores and bounds (0..100, one decimal; all None when there are none), ``categories`` that
    of each category's scores.
    """

    ranked: tuple[AgencyRow, ...]
    partly: tuple[AgencyRow, ...]
    unassessed: tuple[AgencyRow, ...]
    average: Part
    categories: dict[Category, float | None]
    bands: tuple[BandCount, ...]

    @property
    def count(self) -> int:
        """All agencies."""
        return len(self.ranked) + len(self.partly) + len(self.unassessed)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item over all agencies: who shows what. ``decided`` counts those where a verdict was possible."""

    criterion: Criterion
    title: str
    category: str
    rows: tuple[FindingRow, ...]
    counts: dict[Shown, int]

    @property
    def decided(self) -> int:
        """Agencies where the item was decided."""
        return sum(self.counts[kind] for kind in DECIDED)

    def having(self, *kinds: Shown) -> tuple[FindingRow, ...]:
        """The findings that are shown as one of ``kinds``, in the order of agencies.yaml."""
        return tuple(row for row in self.rows if row.shown in kinds)


def summary(result: Result, locale: Locale) -> Summary:
    """The figures of one result."""
    scored = view.ranking_rows(result, locale)
    ranked = tuple(row for row in scored if row.card.rank is not None)
    total = [row.card.total for row in ranked]
    return Summary(
        ranked,
        partly=tuple(row for row in scored if row.card.rank is None),
        unassessed=tuple(row for row in view.agency_rows(result, locale) if row.card.status is Status.NOT_ASSESSABLE),
        average=Part(mean(p.score for p in total), mean(p.low for p in total), mean(p.high for p in total), None),
        categories={c: mean(row.card.categories[c].score for row in ranked) for c in Category},
        bands=tuple(
            BandCount(band, locale.pick(band.label), tuple(row for row in ranked if row.card.predikat == band.id))
            for band in result.rubric.bands
        ),
    )


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are numbers, half up to one decimal; None when there are none."""
    known = [Fraction(str(value)) for value in values if value is not None]
    return floor(sum(known, Fraction()) / len(known) * 10 + Fraction(1, 2)) / 10 if known else None


def item_rows(found: Sequence[FindingRow], result: Result, locale: Locale) -> tuple[ItemRow, ...]:
    """Every item of the rubric, in its order; ``found`` are the findings of all agencies."""
    by_item: dict[str, list[FindingRow]] = {criterion.id: [] for criterion in result.rubric.criteria}
    for row in found:
        by_item[row.criterion.id].append(row)
    return tuple(_item(criterion, by_item[criterion.id], locale) for criterion in result.rubric.criteria)


def _item(criterion: Criterion, rows: Sequence[FindingRow], locale: Locale) -> ItemRow:
    seen = [row.shown for row in rows]
    return ItemRow(
        criterion,
        locale.pick(criterion.title),
        locale.t(f"category.{criterion.category}"),
        tuple(rows),
        {kind: seen.count(kind) for kind in Shown},
    )


def course(result: Result, trend: Trend | None) -> Trend | None:
    """The trend up to ``result`` with its own scores as the last; None while there is nothing before it."""
    if trend is None:
        return None
    ids = [scan.id for scan in trend.scans]
    end = ids.index(result.scan.id) if result.scan.id in ids else len(ids)
    if not end:
        return None
    earlier = {row.agency: row.scores[:end] for row in trend.rows}
    nothing: tuple[float | None, ...] = (None,) * end
    rows = (
        TrendRow(each.agency.id, (*earlier.get(each.agency.id, nothing), each.scorecard.total.score))
        for each in result.agencies
    )
    return Trend((*trend.scans[:end], result.scan), tuple(rows))
