"""The result as rows that are ready to print: codes become words here, once for every format.

Numbers stay numbers (a format writes them in its own way); a None is an empty cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Category, Criterion, Reason, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Scorecard, Status
from ppid_audit.report.finality import correction_lines, final_line
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import Shown, points, reason_word, review_lines, shown, status_reason, verdict_word

_NOT_OPENED = frozenset({"host_unconfirmed", "opted_out", "moved_elsewhere", "not_ours", "not_visited"})
"""Reasons for which the site was left unread: nobody may say that it could not be opened."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency: its words beside its numbers. ``band`` counts predikat from the best (0); None without one."""

    result: AgencyResult
    kind: str
    status: str
    status_reason: str
    predikat: str
    band: int | None
    counts: dict[Shown, int]

    @property
    def name(self) -> str:
        """The agency's name, as agencies.yaml writes it."""
        return self.result.agency.name

    @property
    def card(self) -> Scorecard:
        """The numbers."""
        return self.result.scorecard

    def score(self, category: Category | None = None) -> float | None:
        """The score to show, in all or of a category: where too little could be decided only the range is honest."""
        if self.card.rank is None:
            return None
        return (self.card.total if category is None else self.card.categories[category]).score


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One item at one agency. ``remedy`` is empty where there is nothing to mend.

    ``gain`` is what mending it adds at most to the score, in points of 100; 0 unless it is missing or partial.
    ``review`` is what people said of it and all that their words stand over: no format may leave it out.
    """

    result: AgencyResult
    criterion: Criterion
    finding: Finding
    shown: Shown
    title: str
    category: str
    verdict: str
    reason: str
    remedy: str
    points: float | None
    gain: float
    review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that ``count`` of the ``of`` agencies where it was decided lack; ``title_only`` of them show a title."""

    item: str
    title: str
    count: int
    title_only: int
    of: int


def agency_rows(result: Result, locale: Locale) -> tuple[AgencyRow, ...]:
    """All agencies in the order of agencies.yaml."""
    return tuple(agency_row(agency, result.rubric, locale) for agency in result.agencies)


def agency_row(agency: AgencyResult, rubric: Rubric, locale: Locale) -> AgencyRow:
    """One agency's words and counts (all items, advisory ones too)."""
    card = agency.scorecard
    band = next((place for place, band in enumerate(rubric.bands) if band.id == card.predikat), None)
    seen = [shown(finding.reason, rubric) for finding in findings_of(agency, rubric)]
    return AgencyRow(
        agency,
        kind=locale.word("kind", agency.agency.kind),
        status=locale.t(f"status.{card.status}"),
        status_reason=status_reason(agency, locale),
        predikat="" if band is None else locale.pick(rubric.bands[band].label),
        band=band,
        counts={kind: seen.count(kind) for kind in Shown},
    )


def ranking_rows(result: Result, locale: Locale) -> tuple[AgencyRow, ...]:
    """Those with a score: by rank, then those that were assessed only in part."""
    scored = [row for row in agency_rows(result, locale) if row.card.status is not Status.NOT_ASSESSABLE]
    return tuple(sorted(scored, key=lambda row: (row.card.rank is None, row.card.rank or 0)))


def overlapping(rows: Sequence[AgencyRow]) -> frozenset[str]:
    """Ids of ranked agencies whose range reaches into that of another rank: their order is not certain."""
    ranges = [(row.card.agency, row.card.rank, row.card.total.low or 0, row.card.total.high or 0) for row in rows]
    ranked = [entry for entry in ranges if entry[1] is not None]
    return frozenset(
        one
        for one, rank, low, high in ranked
        if any(rank != other and low <= other_high and other_low <= high for _, other, other_low, other_high in ranked)
    )


def unassessed(result: Result, locale: Locale) -> tuple[tuple[str, tuple[AgencyRow, ...]], ...]:
    """Those without a score, grouped by the reason: the largest group last, as it says the least about each."""
    rows = [row for row in agency_rows(result, locale) if row.card.status is Status.NOT_ASSESSABLE]
    rows.sort(key=lambda row: row.status_reason)
    groups = [(reason, tuple(members)) for reason, members in groupby(rows, key=lambda row: row.status_reason)]
    return tuple(sorted(groups, key=lambda group: len(group[1])))


def most_missing(result: Result, locale: Locale, limit: int = 7) -> tuple[Gap, ...]:
    """The scored items that are most often not found or only a title, among agencies with a score."""
    assessed = [agency for agency in result.agencies if agency.scorecard.status is not Status.NOT_ASSESSABLE]
    gaps = [
        _gap(criterion, assessed, result.rubric, locale) for criterion in result.rubric.criteria if criterion.weight
    ]
    return tuple(sorted((gap for gap in gaps if gap.count), key=lambda gap: -gap.count)[:limit])


def _gap(criterion: Criterion, agencies: Sequence[AgencyResult], rubric: Rubric, locale: Locale) -> Gap:
    reasons = [f.reason for agency in agencies for f in agency.assessment.findings if f.item == criterion.id]
    seen = [shown(reason, rubric) for reason in reasons]
    title_only = seen.count(Shown.TITLE_ONLY)
    decided = sum(kind not in (Shown.CANNOT_TELL, Shown.NOT_APPLICABLE) for kind in seen)
    return Gap(criterion.id, locale.pick(criterion.title), seen.count(Shown.MISSING) + title_only, title_only, decided)


def findings_of(agency: AgencyResult, rubric: Rubric) -> tuple[Finding, ...]:
    """One finding for every item of the rubric, in its order.

    An agency that could not be assessed may have none: there every item that applies is in doubt.
    """
    made = {finding.item: finding for finding in agency.assessment.findings}
    return tuple(made.get(criterion.id) or _unseen(criterion, agency) for criterion in rubric.criteria)


def _unseen(criterion: Criterion, agency: AgencyResult) -> Finding:
    if not criterion.applies(agency.agency.kind, agency.agency.functions):
        return Finding(criterion.id, Reason.NOT_FOR_THIS_KIND, 1.0)
    blocked = agency.assessment.blocked_by
    doubts = [reason for reason in Reason if reason.verdict is Verdict.CANNOT_TELL and reason == blocked]
    otherwise = Reason.NOT_LOOKED_EVERYWHERE if blocked in _NOT_OPENED else Reason.UNREACHABLE
    return Finding(criterion.id, doubts[0] if doubts else otherwise, 0.0)


def finding_rows(agency: AgencyResult, rubric: Rubric, locale: Locale) -> Iterator[FindingRow]:
    """All items of one agency, in rubric order."""
    shares = _shares(agency, rubric)
    for criterion, finding in zip(rubric.criteria, findings_of(agency, rubric), strict=True):
        earned = points(finding.reason, rubric)
        yield FindingRow(
            agency,
            criterion,
            finding,
            shown=shown(finding.reason, rubric),
            title=locale.pick(criterion.title),
            category=locale.t(f"category.{criterion.category}"),
            verdict=verdict_word(finding.reason, rubric, locale),
            reason=reason_word(finding.reason, locale),
            remedy=_remedy(criterion, finding.verdict, locale),
            points=earned,
            gain=0.0 if earned is None else 100 * shares.get(criterion.id, 0.0) * (1 - earned),
            review=review_lines(finding, rubric, locale),
        )


def _remedy(criterion: Criterion, verdict: Verdict, locale: Locale) -> str:
    if verdict in (Verdict.FULFILLED, Verdict.NOT_APPLICABLE):
        return ""
    return locale.t("remedy_unseen") if verdict is Verdict.CANNOT_TELL else locale.pick(criterion.remedy)


def _shares(agency: AgencyResult, rubric: Rubric) -> dict[str, float]:
    """Each applicable, weighted item's share (0..1) in the whole score of this agency."""
    found = zip(rubric.criteria, findings_of(agency, rubric), strict=True)
    applicable = [c for c, f in found if c.weight > 0 and f.verdict is not Verdict.NOT_APPLICABLE]
    sums = {category: sum(c.weight for c in applicable if c.category is category) for category in Category}
    weights = {c: (rubric.category_weights or sums).get(c, 0) if weight else 0 for c, weight in sums.items()}
    whole = sum(weights.values())
    return {c.id: c.weight / sums[c.category] * weights[c.category] / whole for c in applicable if whole}


def head_lines(result: Result, locale: Locale) -> tuple[str, ...]:
    """What every report says of itself: day, rubric, tool, draft or final, caveat, sample, corrections."""
    scan = result.scan
    facts = (
        locale.t("head.as_of", date=locale.date(scan.as_of)),
        locale.t("head.rubric", name=scan.rubric_name, digest=scan.rubric_sha256[:8]),
        locale.t("head.tool", version=scan.tool),
        final_line(result, locale),
    )
    sample = (locale.t("sample_notice"),) if scan.sample else ()
    return (" · ".join(facts), locale.t("head.caveat"), *sample, *correction_lines(result, locale))


def title(result: Result, locale: Locale) -> str:
    """The heading of a report: what, where, and that it is a sample when it is one."""
    parts = (locale.t("sample") if result.scan.sample else "", locale.t("head.title"), result.scan.region)
    return " — ".join(part for part in parts if part)


def warning(result: Result, locale: Locale) -> str:
    """What must be read before anything else when the fault was at our own end; empty when it was not."""
    code = result.scan.suspect
    if code is None:
        return ""
    return locale.texts.get(f"suspect.{code}") or locale.t("suspect.unknown", code=code)
