"""The rapor: two pages for the head of one agency."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ppid_audit.model.scan import AgencyResult, Result, ScanState
from ppid_audit.report import view
from ppid_audit.report.advice import Step, Upcoming, next_steps, upcoming
from ppid_audit.report.health import health_rows
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
from ppid_audit.report.paper.frame import TONES, Facts, action, bar, full_name, gain, name, paper, period, score
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, shortened, visible

_OPEN = (Shown.MISSING, Shown.TITLE_ONLY, Shown.STALE, Shown.PARTIAL, Shown.CANNOT_TELL)
_LISTED = 24
"""Rows that fit on the second page."""
_NOTES = 4
_SAID = 300
"""Characters of a reviewer's word."""


def sheets(facts: Facts) -> Iterator[tuple[str, Paper]]:
    """Every agency's id and its sheet."""
    for entry in facts.result.agencies:
        yield entry.agency.id, sheet(view.agency_row(entry, facts.result.rubric, facts.locale), facts)


def sheet(shown: AgencyRow, facts: Facts) -> Paper:
    """The two pages of one agency."""
    scan, locale = facts.result.scan, facts.locale
    parts = (scan.region, locale.t("rapor.running", date=locale.date(scan.as_of)))
    title = f"{locale.t('rapor.title')}: {full_name(shown.name)}"
    running = " · ".join(part for part in parts if part)
    return paper(facts.result, locale, title, running, _blocks(shown, facts))


def _blocks(shown: AgencyRow, facts: Facts) -> Iterator[Block]:
    result, locale, rows = facts.result, facts.locale, facts.found[shown.card.agency]
    yield Heading(1, locale.t("rapor.title"), "plain")
    yield Text(line(bold(full_name(shown.name))), "lead")
    yield Text(line(locale.t("rapor.to", name=name(shown.name)), " · ", link(shown.result.agency.url)), "note")
    yield from _stand(shown, facts)
    if shown.card.total.score is not None:
        yield from _steps(next_steps(rows, facts.examples), locale)
        yield from _upcoming(upcoming(shown.result, result.rubric, date.fromisoformat(result.scan.as_of)), locale)
        yield Break()
        yield from _open(rows, locale)
    yield from _reviewed(rows, locale)
    yield from _health(shown.result, locale)
    draft = result.scan.state is ScanState.DRAFT
    yield Heading(2, locale.t("rapor.objection"), "plain")
    yield Text(line(locale.t("rapor.objection_draft" if draft else "rapor.objection_final")))
    yield from (Text(line(text), "note") for text in view.head_lines(_of_interest(shown, result), locale))


def _of_interest(shown: AgencyRow, result: Result) -> Result:
    """The result without the corrections that are about other agencies."""
    own = tuple(one for one in result.scan.corrections if one.entry.agency == shown.card.agency)
    return replace(result, scan=replace(result.scan, corrections=own))


def _stand(shown: AgencyRow, facts: Facts) -> Iterator[Block]:
    card, locale, figures = shown.card, facts.locale, facts.figures
    yield Heading(2, locale.t("rapor.stand"), "plain")
    if card.total.score is None:
        yield Text(line(bold(locale.t("rapor.no_score", reason=shown.status_reason or shown.status))), "notice")
        yield Text(line(locale.t("rapor.unseen", url=shown.result.agency.url)))
        return
    yield Text(line(bold(standing(shown, locale))), "notice")
    yield Text(line(_place(shown, facts)))
    whole = bar(locale.t("rapor.score"), card.total, _beside(shown.score(), figures.average.score, locale))
    parts = (
        bar(
            locale.t(f"category.{category}"), part, _beside(shown.score(category), figures.categories[category], locale)
        )
        for category, part in card.categories.items()
    )
    yield Chart((whole, *parts), locale.t("rapor.by_category"), locale.t("paper.chart_legend"))


def _beside(own: float | None, average: float | None, locale: Locale) -> str:
    return f"{score(own, locale)} ({locale.t('rapor.mean', mean=score(average, locale))})"


def _place(shown: AgencyRow, facts: Facts) -> str:
    locale, rank = facts.locale, shown.card.rank
    if rank is None:
        floor = locale.percent(facts.result.rubric.coverage_floor)
        return f"{locale.t('rapor.no_rank', coverage=locale.percent(shown.card.total.coverage or 0.0), floor=floor)}."
    average = locale.t("rapor.mean_all", mean=score(facts.figures.average.score, locale))
    return f"{locale.t('rapor.rank', rank=rank, of=len(facts.figures.ranked))}; {average}."


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
    why = "" if found.shown is Shown.MISSING else f": {period(found, locale) or found.reason}"
    verdict = line(bold(found.verdict.capitalize()), why)
    worth = gain(found.gain, locale) if found.gain > 0 else ""
    return row((shortened(found.title, 80), cell(verdict, tone=TONES[found.shown]), worth))


def _health(entry: AgencyResult, locale: Locale) -> Iterator[Block]:
    """Only notes that have words of their own: what a site says of itself stays out of the pack."""
    known = [one for one in health_rows(entry, locale) if one.known][:_NOTES]
    if known:
        yield Heading(2, locale.t("rapor.health"), "plain")
        yield Bullets(tuple((line(bold(one.name), f". {one.remedy}" if one.remedy else ""),) for one in known))


def _reviewed(rows: Sequence[FindingRow], locale: Locale) -> Iterator[Block]:
    """What people said of this agency's items, and what their words stand over."""
    told = [found for found in rows if found.review]
    if told:
        yield Heading(2, locale.t("paper.reviewed"), "plain")
        yield Bullets(tuple((line(bold(f"{name(one.title)}: {one.verdict}. "), _said(one)),) for one in told))


def _said(one: FindingRow) -> str:
    return " ".join(shortened(visible(text), _SAID) for text in one.review)
