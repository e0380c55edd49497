"""The chapters of results: summary, ranking, bands, what moved, who could not be assessed, item by item."""

from collections.abc import Iterator, Sequence
from statistics import median

from ppid_audit.model.rubric import Category
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.movement import Moved, Movement
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
from ppid_audit.report.paper.frame import DASH, Facts, bar, name, scope, score
from ppid_audit.report.summary import ItemRow, item_rows
from ppid_audit.report.view import AgencyRow
from ppid_audit.report.words import Shown

_CHARTED = 60
"""More bars than this say no more than the table does."""
_COUNTED = {
    Shown.FULFILLED: (Shown.FULFILLED,),
    Shown.PARTIAL: (Shown.PARTIAL, Shown.STALE),
    Shown.TITLE_ONLY: (Shown.TITLE_ONLY,),
    Shown.MISSING: (Shown.MISSING,),
    Shown.CANNOT_TELL: (Shown.CANNOT_TELL,),
}


def summary(facts: Facts) -> Iterator[Block]:
    """The first page of the report proper: the figures that a meeting starts from."""
    result, locale = facts.result, facts.locale
    yield Heading(1, locale.t("paper.summary"))
    warning = view.warning(result, locale)
    yield from (Text(line(bold(text)), "notice") for text in (warning,) if text)
    yield from (Text(line(text), "notice") for text in view.head_lines(result, locale))
    yield Text(line(_extent(facts)))
    yield Text(line(_scores(facts)))
    gaps = view.most_missing(result, locale, limit=5)
    if gaps:
        yield Text(line(locale.t("paper.summary_gaps")))
        told = (locale.t("paper.gap", title=name(gap.title), count=gap.count, of=gap.of) for gap in gaps)
        yield Bullets(tuple((line(text),) for text in told))
    reviewed = sum(found.finding.reviewed for rows in facts.found.values() for found in rows)
    yield from (Text(line(locale.t("paper.summary_reviewed", count=count))) for count in (reviewed,) if count)


def _extent(facts: Facts) -> str:
    figures = facts.figures
    return facts.locale.t(
        "paper.summary_scope",
        agencies=figures.count,
        items=len(facts.result.rubric.criteria),
        scored=len(facts.scored),
        ranked=len(figures.ranked),
        unassessed=len(figures.unassessed),
    )


def _scores(facts: Facts) -> str:
    locale = facts.locale
    scores = [(row.card.total.score, row.name) for row in facts.figures.ranked if row.card.total.score is not None]
    if not scores:
        return locale.t("paper.summary_nobody")
    (top, first), (bottom, last) = scores[0], scores[-1]
    return locale.t(
        "paper.summary_scores",
        mean=score(facts.figures.average.score, locale),
        median=score(median(value for value, _ in scores), locale),
        top=score(top, locale),
        first=name(first),
        bottom=score(bottom, locale),
        last=name(last),
    )


def results(facts: Facts) -> Iterator[Block]:
    """Ranking with its chart, means, bands, what moved, and who could not be assessed."""
    locale = facts.locale
    yield Heading(1, locale.t("paper.results"))
    yield Heading(2, locale.t("paper.ranking"))
    if facts.scored:
        unsure = view.overlapping(facts.scored)
        yield _ranking(facts.scored, unsure, locale)
        yield from (Text(line(text), "note") for text in _footnotes(facts, unsure))
        yield from _chart(facts.scored, locale)
        yield Heading(2, locale.t("paper.by_category"))
        yield _by_category(facts)
        yield Heading(2, locale.t("paper.bands"))
        yield _bands(facts)
    else:
        yield Text(line(locale.t("ranking.nobody")))
    yield from _moved(facts.moved, locale)
    yield from _unassessed(facts)


def _ranking(rows: Sequence[AgencyRow], unsure: frozenset[str], locale: Locale) -> Table:
    columns = (
        Column(locale.t("ranking.rank"), 6, right=True),
        Column(locale.t("ranking.agency"), 26),
        Column(locale.t("ranking.score"), 8, right=True),
        Column(locale.t("ranking.range_short"), 12, right=True),
        *(Column(locale.t(f"ranking.{category}"), 10.5, right=True) for category in Category),
        Column(locale.t("ranking.coverage"), 11, right=True),
        Column(locale.t("ranking.predikat"), 16),
    )
    return Table(columns, tuple(_rank(entry, unsure, locale) for entry in rows), locale.t("paper.ranking_caption"))


def _rank(entry: AgencyRow, unsure: frozenset[str], locale: Locale) -> tuple[Cell, ...]:
    card = entry.card
    star = "*" if card.agency in unsure else ""
    return row(
        (
            DASH if card.rank is None else f"{card.rank}{star}",
            name(entry.name),
            cell(line(bold(score(entry.score(), locale)))),
            scope(card.total, locale),
            *(score(entry.score(category), locale) for category in Category),
            DASH if card.total.coverage is None else locale.percent(card.total.coverage),
            entry.predikat or DASH,
        )
    )


def _footnotes(facts: Facts, unsure: frozenset[str]) -> Iterator[str]:
    locale = facts.locale
    if unsure:
        yield locale.t("ranking.overlap")
    if facts.figures.partly:
        yield locale.t("ranking.partly", floor=locale.percent(facts.result.rubric.coverage_floor))
    yield locale.t("ranking.legend_wide")


def _chart(rows: Sequence[AgencyRow], locale: Locale) -> Iterator[Block]:
    if len(rows) <= _CHARTED:
        bars = tuple(bar(name(row.name), row.card.total, score(row.score(), locale)) for row in rows)
        yield Chart(bars, locale.t("paper.chart_caption"), locale.t("paper.chart_legend"))


def _by_category(facts: Facts) -> Table:
    locale, ranked = facts.locale, facts.figures.ranked
    columns = (
        Column(locale.t("paper.category"), 50),
        Column(locale.t("paper.mean"), 20, right=True),
        Column(locale.t("paper.agencies"), 30, right=True),
    )
    counts = {c: sum(row.card.categories[c].score is not None for row in ranked) for c in Category}
    rows = (
        row((locale.t(f"category.{c}"), score(facts.figures.categories[c], locale), str(counts[c]))) for c in Category
    )
    return Table(columns, tuple(rows), locale.t("paper.by_category_caption"))


def _bands(facts: Facts) -> Table:
    locale = facts.locale
    columns = (
        Column(locale.t("ranking.predikat"), 24),
        Column(locale.t("paper.count"), 10, right=True),
        Column(locale.t("paper.agencies"), 66),
    )
    groups = [(band.label, band.rows) for band in facts.figures.bands]
    groups += [(locale.t("paper.no_band"), facts.figures.partly)] if facts.figures.partly else []
    rows = (row((label, str(len(rows)), _names(rows))) for label, rows in groups)
    return Table(columns, tuple(rows), locale.t("paper.bands_caption"))


def _names(rows: Sequence[AgencyRow]) -> str:
    return "; ".join(name(row.name) for row in rows) or DASH


def _moved(moved: Movement | None, locale: Locale) -> Iterator[Block]:
    """Who rose and fell since the scan before; nothing where there was none."""
    if moved is None:
        return
    yield Heading(2, locale.t("html.moved.title"))
    yield Text(line(locale.t("html.moved.since", date=locale.date(moved.before.as_of), id=moved.before.id)))
    if moved.causes:
        yield Text(line(locale.t("html.moved.by_site")))
    if moved.other_rubric or moved.other_tool:
        yield Text(line(locale.t("html.moved.ruler_known" if moved.causes else "html.moved.ruler")), "notice")
    for key, names in (("html.moved.new", moved.new), ("html.moved.gone", moved.gone)):
        if names:
            yield Text(line(locale.t(key, names="; ".join(map(name, names)))))
    changed = [*moved.risers, *moved.fallers]
    if not changed:
        yield Text(line(locale.t("paper.moved_nobody")))
        return
    heads = ("ranking.agency", "paper.before", "paper.after", "paper.difference")
    widths = (52, 15, 15, 18)
    columns = tuple(
        Column(locale.t(head), width, right=width < widths[0]) for head, width in zip(heads, widths, strict=True)
    )
    rows = tuple(_move(one, locale) for one in changed)
    yield Table(columns, rows, locale.t("paper.moved_caption"))


def _move(one: Moved, locale: Locale) -> tuple[Cell, ...]:
    by = one.moved or 0.0
    sign = "+" if by > 0 else "−"
    return row(
        (name(one.name), score(one.before, locale), score(one.after, locale), f"{sign}{locale.number(abs(by), 1)}")
    )


def _unassessed(facts: Facts) -> Iterator[Block]:
    locale = facts.locale
    groups = view.unassessed(facts.result, locale)
    if not groups:
        return
    yield Heading(2, locale.t("paper.unassessed"))
    yield Text(line(locale.t("paper.unassessed_note")))
    columns = (
        Column(locale.t("paper.why"), 36),
        Column(locale.t("paper.count"), 10, right=True),
        Column(locale.t("paper.agencies"), 54),
    )
    rows = (row((why, str(len(rows)), _names(rows))) for why, rows in groups)
    yield Table(columns, tuple(rows), locale.t("paper.unassessed_caption"))


def item_lists(facts: Facts) -> Iterator[Block]:
    """For every category: how many agencies have each item, half have it, or lack it."""
    locale = facts.locale
    yield Heading(1, locale.t("paper.items"))
    yield Text(line(locale.t("paper.items_note")))
    columns = (
        Column(locale.t("paper.item_basis"), 45),
        *(Column(locale.t(f"paper.short.{kind}"), 11, right=True) for kind in _COUNTED),
    )
    items = item_rows([found for rows in facts.found.values() for found in rows], facts.result, locale)
    for category in Category:
        rows = tuple(_item(item, locale) for item in items if item.criterion.category is category)
        if rows:
            yield Heading(2, locale.t(f"category.{category}"))
            caption = locale.t("paper.items_caption", category=locale.t(f"category.{category}").lower())
            yield Table(columns, rows, caption)


def _item(item: ItemRow, locale: Locale) -> tuple[Cell, ...]:
    basis = item.criterion.basis if item.criterion.weight else f"{item.criterion.basis} · {locale.t('paper.advisory')}"
    counts = (str(sum(item.counts[kind] for kind in kinds)) for kinds in _COUNTED.values())
    return row((cell(line(bold(name(item.title))), basis), *counts))
