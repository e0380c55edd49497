"""The chapters of results: ranking, bands, categories, who could not be assessed, item by item."""

from collections.abc import Iterator, Sequence
from statistics import median

from ppid_audit.model.rubric import Category, Criterion
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Table,
    Text,
    bold,
    cell,
    line,
    row,
)
from ppid_audit.report.paper.frame import DASH, bar, category_means, mean, name, scope, score
from ppid_audit.report.view import AgencyRow
from ppid_audit.report.words import Shown, shown

_CHARTED = 60
"""More bars than this say no more than the table does."""
_COUNTED = {
    Shown.FULFILLED: (Shown.FULFILLED,),
    Shown.PARTIAL: (Shown.PARTIAL, Shown.STALE),
    Shown.TITLE_ONLY: (Shown.TITLE_ONLY,),
    Shown.MISSING: (Shown.MISSING,),
    Shown.CANNOT_TELL: (Shown.CANNOT_TELL,),
}


def summary(result: Result, rows: Sequence[AgencyRow], locale: Locale) -> Iterator[Block]:
    """The first page of the report proper: the figures that a meeting starts from."""
    yield Heading(1, locale.t("paper.summary"))
    warning = view.warning(result, locale)
    yield from (Text(line(bold(text)), "notice") for text in (warning,) if text)
    yield from (Text(line(text), "notice") for text in view.head_lines(result, locale))
    yield Text(line(_scope(result, rows, locale)))
    yield Text(line(_scores(rows, locale)))
    gaps = view.most_missing(result, locale, limit=5)
    if gaps:
        yield Text(line(locale.t("paper.summary_gaps")))
        told = (locale.t("paper.gap", title=name(gap.title), count=gap.count, of=gap.of) for gap in gaps)
        yield Bullets(tuple((line(text),) for text in told))
    reviewed = sum(finding.reviewed for entry in result.agencies for finding in entry.assessment.findings)
    yield from (Text(line(locale.t("paper.summary_reviewed", count=count))) for count in (reviewed,) if count)


def _scope(result: Result, rows: Sequence[AgencyRow], locale: Locale) -> str:
    return locale.t(
        "paper.summary_scope",
        agencies=len(result.agencies),
        items=len(result.rubric.criteria),
        scored=len(rows),
        ranked=sum(row.card.rank is not None for row in rows),
        unassessed=len(result.agencies) - len(rows),
    )


def _scores(rows: Sequence[AgencyRow], locale: Locale) -> str:
    scores = [(row.card.total.score, row.name) for row in rows if row.card.total.score is not None]
    if not scores:
        return locale.t("paper.summary_nobody")
    best, worst = max(scores, key=lambda one: one[0]), min(scores, key=lambda one: one[0])
    values = [value for value, _ in scores]
    return locale.t(
        "paper.summary_scores",
        mean=score(mean(values), locale),
        median=score(round(median(values), 1), locale),
        top=score(best[0], locale),
        first=name(best[1]),
        bottom=score(worst[0], locale),
        last=name(worst[1]),
    )


def results(result: Result, rows: Sequence[AgencyRow], locale: Locale) -> Iterator[Block]:
    """Ranking with its chart, bands, means, and who could not be assessed."""
    yield Heading(1, locale.t("paper.results"))
    yield Heading(2, locale.t("paper.ranking"))
    if rows:
        unsure = view.overlapping(rows)
        yield _ranking(rows, unsure, locale)
        yield from (Text(line(text), "note") for text in _footnotes(rows, unsure, result, locale))
        yield from _charts(rows, locale)
        yield Heading(2, locale.t("paper.bands"))
        yield _bands(result, rows, locale)
    else:
        yield Text(line(locale.t("ranking.nobody")))
    yield from _unassessed(result, locale)


def _ranking(rows: Sequence[AgencyRow], unsure: frozenset[str], locale: Locale) -> Table:
    columns = (
        Column(locale.t("ranking.rank"), 6, right=True),
        Column(locale.t("ranking.agency"), 30),
        Column(locale.t("ranking.score"), 8, right=True),
        Column(locale.t("ranking.range_short"), 12, right=True),
        *(Column(locale.t(f"ranking.{category}"), 9, right=True) for category in Category),
        Column(locale.t("ranking.coverage"), 9.5, right=True),
        Column(locale.t("ranking.predikat"), 15),
    )
    return Table(columns, tuple(_rank(entry, unsure, locale) for entry in rows), locale.t("paper.ranking_caption"))


def _rank(entry: AgencyRow, unsure: frozenset[str], locale: Locale) -> tuple[Cell, ...]:
    card = entry.card
    star = "*" if card.agency in unsure else ""
    return row(
        (
            DASH if card.rank is None else f"{card.rank}{star}",
            name(entry.name),
            cell(line(bold(score(card.total.score, locale)))),
            scope(entry, locale),
            *(score(card.categories[category].score, locale) for category in Category),
            DASH if card.total.coverage is None else locale.percent(card.total.coverage),
            entry.predikat or DASH,
        )
    )


def _footnotes(rows: Sequence[AgencyRow], unsure: frozenset[str], result: Result, locale: Locale) -> Iterator[str]:
    if unsure:
        yield locale.t("ranking.overlap")
    if any(row.card.rank is None for row in rows):
        yield locale.t("ranking.partly", floor=locale.percent(result.rubric.coverage_floor))
    yield locale.t("ranking.legend_wide")


def _charts(rows: Sequence[AgencyRow], locale: Locale) -> Iterator[Block]:
    if len(rows) <= _CHARTED:
        yield Chart(
            tuple(bar(name(row.name), row.card.total, score(row.card.total.score, locale)) for row in rows),
            locale.t("paper.chart_caption"),
            locale.t("paper.chart_legend"),
        )
    yield Heading(2, locale.t("paper.by_category"))
    means = category_means(rows)
    columns = (
        Column(locale.t("paper.category"), 50),
        Column(locale.t("paper.mean"), 20, right=True),
        Column(locale.t("paper.agencies"), 30, right=True),
    )
    counts = {c: sum(row.card.categories[c].score is not None for row in rows) for c in Category}
    cells = (row((locale.t(f"category.{c}"), score(means[c], locale), str(counts[c]))) for c in Category)
    yield Table(columns, tuple(cells), locale.t("paper.by_category_caption"))


def _bands(result: Result, rows: Sequence[AgencyRow], locale: Locale) -> Table:
    columns = (
        Column(locale.t("ranking.predikat"), 24),
        Column(locale.t("paper.count"), 10, right=True),
        Column(locale.t("paper.agencies"), 66),
    )
    groups = [(locale.pick(band.label), place) for place, band in enumerate(result.rubric.bands)]
    members = {place: [name(row.name) for row in rows if row.band == place] for place in (*range(len(groups)), None)}
    cells = [row((label, str(len(members[place])), "; ".join(members[place]) or DASH)) for label, place in groups]
    if members[None]:
        cells.append(row((locale.t("paper.no_band"), str(len(members[None])), "; ".join(members[None]))))
    return Table(columns, tuple(cells), locale.t("paper.bands_caption"))


def _unassessed(result: Result, locale: Locale) -> Iterator[Block]:
    groups = view.unassessed(result, locale)
    if not groups:
        return
    yield Heading(2, locale.t("paper.unassessed"))
    yield Text(line(locale.t("paper.unassessed_note")))
    columns = (
        Column(locale.t("paper.why"), 36),
        Column(locale.t("paper.count"), 10, right=True),
        Column(locale.t("paper.agencies"), 54),
    )
    cells = (row((why, str(len(rows)), "; ".join(name(row.name) for row in rows))) for why, rows in groups)
    yield Table(columns, tuple(cells), locale.t("paper.unassessed_caption"))


def item_lists(result: Result, locale: Locale) -> Iterator[Block]:
    """For every category: how many agencies have each item, half have it, or lack it."""
    yield Heading(1, locale.t("paper.items"))
    yield Text(line(locale.t("paper.items_note")))
    assessed = [entry for entry in result.agencies if entry.scorecard.status is not Status.NOT_ASSESSABLE]
    seen = _seen(assessed, result)
    columns = (
        Column(locale.t("paper.item_basis"), 50),
        *(Column(locale.t(f"paper.short.{kind}"), 10, right=True) for kind in _COUNTED),
    )
    for category in Category:
        criteria = [criterion for criterion in result.rubric.criteria if criterion.category is category]
        if criteria:
            yield Heading(2, locale.t(f"category.{category}"))
            rows = tuple(_item(criterion, seen.get(criterion.id, []), locale) for criterion in criteria)
            yield Table(
                columns, rows, locale.t("paper.items_caption", category=locale.t(f"category.{category}").lower())
            )


def _seen(assessed: Sequence[AgencyResult], result: Result) -> dict[str, list[Shown]]:
    seen: dict[str, list[Shown]] = {}
    for entry in assessed:
        for finding in entry.assessment.findings:
            seen.setdefault(finding.item, []).append(shown(finding.reason, result.rubric))
    return seen


def _item(criterion: Criterion, seen: Sequence[Shown], locale: Locale) -> tuple[Cell, ...]:
    basis = criterion.basis if criterion.weight else f"{criterion.basis} · {locale.t('paper.advisory')}"
    counts = (str(sum(one in kinds for one in seen)) for kinds in _COUNTED.values())
    return row((cell(line(bold(locale.pick(criterion.title))), basis), *counts))
