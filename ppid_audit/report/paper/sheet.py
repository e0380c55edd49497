"""The rapor: two pages for the head of one agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import AgencyResult, Result, ScanState
from ppid_audit.report import view
from ppid_audit.report.advice import Examples, Step, Upcoming, next_steps, upcoming
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.annex import standing
from ppid_audit.report.paper.blocks import (
    Block,
    Break,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Line,
    Paper,
    Table,
    Text,
    bold,
    cell,
    line,
    link,
    row,
)
from ppid_audit.report.paper.frame import TONES, action, bar, category_means, gain, mean, name, paper, period, score
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, shortened

_OPEN = (Shown.MISSING, Shown.TITLE_ONLY, Shown.STALE, Shown.PARTIAL, Shown.CANNOT_TELL)
_LISTED = 24
"""Rows that fit on the second page."""
_NOTES = 4


@dataclass(frozen=True, slots=True)
class Means:
    """What an agency is compared with: how many are ranked, and the means of those with a score."""

    ranked: int
    total: float | None
    categories: dict[Category, float | None]

    @classmethod
    def of(cls, result: Result, locale: Locale) -> "Means":
        """The means of a whole result."""
        rows = view.ranking_rows(result, locale)
        ranked = sum(row.card.rank is not None for row in rows)
        return cls(ranked, mean(row.card.total.score for row in rows), category_means(rows))


def sheets(result: Result, locale: Locale) -> Iterator[tuple[str, Paper]]:
    """Every agency's id and its sheet."""
    means, examples = Means.of(result, locale), Examples(result)
    for entry in result.agencies:
        yield entry.agency.id, sheet(entry, result, means, examples, locale)


def sheet(entry: AgencyResult, result: Result, means: Means, examples: Examples, locale: Locale) -> Paper:
    """The two pages of one agency."""
    parts = (result.scan.region, locale.t("rapor.running", date=locale.date(result.scan.as_of)))
    title = f"{locale.t('rapor.title')}: {name(entry.agency.name)}"
    blocks = _blocks(entry, result, means, examples, locale)
    return paper(result, locale, title, " · ".join(part for part in parts if part), blocks)


def _blocks(entry: AgencyResult, result: Result, means: Means, examples: Examples, locale: Locale) -> Iterator[Block]:
    shown = view.agency_row(entry, result.rubric, locale)
    rows = list(view.finding_rows(entry, result.rubric, locale))
    yield Heading(1, locale.t("rapor.title"), "plain")
    yield Text(line(bold(name(entry.agency.name))), "lead")
    yield Text(line(locale.t("rapor.to", name=name(entry.agency.name)), " · ", link(entry.agency.url)), "note")
    yield from _stand(shown, means, result, locale)
    if shown.card.total.score is not None:
        yield from _steps(next_steps(rows, examples), locale)
        as_of = date.fromisoformat(result.scan.as_of)
        yield from _upcoming(upcoming(entry, result.rubric, as_of), locale)
        yield Break()
        yield from _open(rows, locale)
    yield from _health(entry, locale)
    draft = result.scan.state is ScanState.DRAFT
    yield Heading(2, locale.t("rapor.objection"), "plain")
    yield Text(line(locale.t("rapor.objection_draft" if draft else "rapor.objection_final")))
    yield from (Text(line(text), "note") for text in view.head_lines(result, locale))


def _stand(shown: AgencyRow, means: Means, result: Result, locale: Locale) -> Iterator[Block]:
    card = shown.card
    yield Heading(2, locale.t("rapor.stand"), "plain")
    if card.total.score is None:
        yield Text(line(bold(locale.t("rapor.no_score", reason=shown.status_reason or shown.status))), "notice")
        yield Text(line(locale.t("rapor.unseen", url=shown.result.agency.url)))
        return
    yield Text(line(bold(standing(shown, locale))), "notice")
    yield Text(line(_place(shown, means, result, locale)))
    whole = bar(locale.t("rapor.score"), card.total, _beside(card.total.score, means.total, locale))
    parts = (
        bar(locale.t(f"category.{category}"), part, _beside(part.score, means.categories[category], locale))
        for category, part in card.categories.items()
    )
    yield Chart((whole, *parts), locale.t("rapor.by_category"), locale.t("paper.chart_legend"))


def _beside(own: float | None, average: float | None, locale: Locale) -> str:
    return f"{score(own, locale)} ({locale.t('rapor.mean', mean=score(average, locale))})"


def _place(shown: AgencyRow, means: Means, result: Result, locale: Locale) -> str:
    rank, coverage = shown.card.rank, shown.card.total.coverage or 0.0
    if rank is None:
        floor = locale.percent(result.rubric.coverage_floor)
        return f"{locale.t('rapor.no_rank', coverage=locale.percent(coverage), floor=floor)}."
    average = locale.t("rapor.mean", mean=score(means.total, locale))
    return f"{locale.t('rapor.rank', rank=rank, of=means.ranked)}; {average}."


def _steps(steps: Sequence[Step], locale: Locale) -> Iterator[Block]:
    yield Heading(2, locale.t("rapor.steps"), "plain")
    if not steps:
        yield Text(line(locale.t("rapor.no_steps")))
        return
    yield Text(line(locale.t("rapor.steps_note")))
    yield Bullets(tuple(_step(step, locale) for step in steps), ordered=True)


def _step(step: Step, locale: Locale) -> tuple[Line, ...]:
    found = step.row
    first = line(bold(f"{action(found, locale)}: {gain(found.gain, locale)}"))
    told = period(found, locale)
    law = locale.t("rapor.law", basis=found.criterion.basis)
    shown = step.example
    sister = (
        line(locale.t("rapor.no_example"))
        if shown is None
        else line(locale.t("rapor.example", name=name(shown.name)), link(shown.url))
    )
    return first, line(shortened(found.remedy, 300)), line(f"{law} ({told})." if told else f"{law}."), sister


def _upcoming(coming: Sequence[Upcoming], locale: Locale) -> Iterator[Block]:
    yield Heading(2, locale.t("rapor.upcoming"), "plain")
    if not coming:
        yield Text(line(locale.t("rapor.nothing_upcoming")))
        return
    yield Text(line(locale.t("rapor.upcoming_note")))
    yield Bullets(tuple((line(_coming(one, locale)),) for one in coming))


def _coming(one: Upcoming, locale: Locale) -> str:
    title = name(locale.pick(one.criterion.title))
    told = locale.t("rapor.upcoming_line", date=locale.date(one.day), title=title, period=one.period)
    return told + (locale.t("rapor.upcoming_found", found=one.found) if one.found else "")


def _open(rows: Sequence[FindingRow], locale: Locale) -> Iterator[Block]:
    listed = [found for kind in _OPEN for found in rows if found.shown is kind]
    yield Heading(2, locale.t("rapor.open"), "plain")
    if not listed:
        yield Text(line(locale.t("rapor.nothing_open")))
        return
    columns = (
        Column(locale.t("paper.item"), 46),
        Column(locale.t("paper.verdict_head"), 40),
        Column(locale.t("paper.points"), 14, right=True),
    )
    yield Table(columns, tuple(_listed(found, locale) for found in listed[:_LISTED]))
    if len(listed) > _LISTED:
        yield Text(line(locale.t("rapor.open_more", count=len(listed) - _LISTED)), "note")


def _listed(found: FindingRow, locale: Locale) -> tuple[Cell, ...]:
    verdict = line(bold(found.verdict.capitalize()), f": {period(found, locale) or found.reason}")
    worth = gain(found.gain, locale) if found.gain > 0 else ""
    return row((shortened(found.title, 80), cell(verdict, tone=TONES[found.shown]), worth))


def _health(entry: AgencyResult, locale: Locale) -> Iterator[Block]:
    """Only notes that have words of their own: what a site says of itself stays out of the pack."""
    known = [locale.t(f"note.{note.code}") for note in entry.health if f"note.{note.code}" in locale.texts]
    if known:
        yield Heading(2, locale.t("rapor.health"), "plain")
        yield Bullets(tuple((line(text),) for text in tuple(dict.fromkeys(known))[:_NOTES]))
