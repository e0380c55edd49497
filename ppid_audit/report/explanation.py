"""Why an agency has its verdicts: one item in full, or all of them at a glance."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from ppid_audit.errors import NotFoundError
from ppid_audit.model.finding import Evidence, Finding, NearMiss
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.report import view
from ppid_audit.report.health import health_rows
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet
from ppid_audit.report.view import FindingRow
from ppid_audit.report.words import Shown, note_detail, reason_word, shortened, visible, why_sentence

T = TypeVar("T")

_STYLE = {
    Shown.FULFILLED: "green",
    Shown.PARTIAL: "yellow",
    Shown.STALE: "yellow",
    Shown.TITLE_ONLY: "red",
    Shown.MISSING: "red",
    Shown.CANNOT_TELL: "magenta",
    Shown.NOT_APPLICABLE: "dim",
}
_QUOTE = 300
_KNOWN = 12
_SHOWN_NOTES = 5


def explain(result: Result, agency_id: str, item_id: str | None, locale: Locale, width: int, color: bool) -> str:
    """The explanation of one item at one agency, or of the whole agency when ``item_id`` is None.

    ``width`` is in columns. NotFoundError, with the nearest ids, for an unknown agency or item.
    """
    agency = _find(agency_id, {a.agency.id: a for a in result.agencies}, "not_found.agency", locale)
    rows = {row.criterion.id: row for row in view.finding_rows(agency, result.rubric, locale)}
    sheet = Sheet(width, color)
    if result.scan.sample:
        sheet.line((locale.t("sample_notice"), "bold"))
    if item_id is None:
        _overview(sheet, agency, tuple(rows.values()), result.rubric, locale)
    else:
        _item(sheet, _find(item_id, rows, "not_found.item", locale), result.rubric, locale)
    sheet.gap()
    for line in view.head_lines(result, locale)[:2]:
        sheet.line((line, "dim"))
    return sheet.text()


def _find(name: str, known: dict[str, T], key: str, locale: Locale) -> T:
    if name in known:
        return known[name]
    raise NotFoundError(f"{locale.t(key, name=shortened(visible(name), 80))} {_nearest(name, list(known), locale)}")


def _nearest(name: str, known: list[str], locale: Locale) -> str:
    part_of = [one for one in known if len(name) > 2 and name.lower() in one]
    near = list(dict.fromkeys([*part_of, *get_close_matches(name.lower(), known, n=3)]))[:3]
    if near:
        return locale.t("not_found.nearest", names=", ".join(near))
    more = ", …" if len(known) > _KNOWN else ""
    return locale.t("not_found.known", names=", ".join(known[:_KNOWN]) + more)


def _overview(sheet: Sheet, agency: AgencyResult, rows: Sequence[FindingRow], rubric: Rubric, locale: Locale) -> None:
    sheet.line((agency.agency.name, "bold"), f" ({agency.agency.id})")
    sheet.line(agency.agency.url)
    sheet.line(_score_line(agency, rubric, locale))
    crawl = agency.crawl
    figures = {"pages": crawl.pages, "documents": crawl.documents, "requests": crawl.requests}
    sheet.line(locale.t("explain.visit", **{name: locale.number(value) for name, value in figures.items()}))
    _health(sheet, agency, locale)
    groups = {kind: [row for row in rows if row.shown is kind] for kind in Shown}
    for kind, members in groups.items():
        if members:
            _group(sheet, kind, members, locale)
    for first in [row for members in groups.values() for row in members][:1]:
        sheet.gap()
        sheet.line(locale.t("explain.more", agency=agency.agency.id, item=first.criterion.id))


def _score_line(agency: AgencyResult, rubric: Rubric, locale: Locale) -> str:
    row, total = view.agency_row(agency, rubric, locale), agency.scorecard.total
    if total.score is None or total.low is None or total.high is None or total.coverage is None:
        return locale.t("explain.no_score", reason=row.status_reason or row.status)
    score, low, high = (locale.number(value, 1) for value in (total.score, total.low, total.high))
    parts = [locale.t("explain.score", score=score, low=low, high=high, coverage=locale.percent(total.coverage))]
    parts += [row.predikat] if row.predikat else []
    parts += [locale.t("explain.rank", rank=agency.scorecard.rank)] if agency.scorecard.rank else []
    parts += [f"{row.status}: {row.status_reason}"] if row.status_reason else []
    return " · ".join(parts)


def _health(sheet: Sheet, agency: AgencyResult, locale: Locale) -> None:
    """The health page: each kind of note once, where it was seen, and what to do about it."""
    if agency.health:
        sheet.heading(locale.t("explain.health"))
    for row in health_rows(agency, locale):
        sheet.item("-", (row.name, "bold"))
        for note in row.notes[:_SHOWN_NOTES]:
            told = shortened(_joined((note.url, note_detail(note, locale))), _QUOTE)
            if told:
                sheet.line(told, indent=4)
        if len(row.notes) > _SHOWN_NOTES:
            sheet.line(locale.t("explain.health_more", count=len(row.notes) - _SHOWN_NOTES), indent=4)
        if row.remedy:
            sheet.line((row.remedy, "dim"), indent=4)


def _group(sheet: Sheet, kind: Shown, rows: Sequence[FindingRow], locale: Locale) -> None:
    sheet.gap()
    head = locale.t("explain.group", verdict=locale.t(f"shown.{kind}").capitalize(), count=len(rows))
    sheet.line((head, f"bold {_STYLE[kind]}"))
    for row in rows:
        sheet.item("-", (row.criterion.id, "bold"), f": {row.title} ", (f"— {row.reason}", "dim"))


def _item(sheet: Sheet, row: FindingRow, rubric: Rubric, locale: Locale) -> None:
    criterion, agency = row.criterion, row.result.agency
    sheet.line((row.title, "bold"))
    weight = locale.t("explain.weight", weight=_plain(criterion.weight, locale))
    duty, renew = locale.t(f"duty.{criterion.duty}"), locale.t(f"renew.{criterion.renew}")
    counted = weight if criterion.weight > 0 else locale.t("explain.advisory")
    sheet.line(f"{criterion.id} · {criterion.basis} · {duty}, {renew} · {counted}")
    sheet.line(f"{agency.name} ({agency.id}) · {agency.url}")
    _verdict(sheet, row, locale)
    _evidence(sheet, row.finding, locale)
    _rejected(sheet, row.finding.near_misses, locale)
    _remedy(sheet, row, locale)
    _review(sheet, row.review, locale)


def _plain(number: float, locale: Locale) -> str:
    return locale.number(number, 0 if number == int(number) else 2)


def _verdict(sheet: Sheet, row: FindingRow, locale: Locale) -> None:
    finding = row.finding
    sheet.gap()
    sheet.line((f"{locale.t('explain.verdict')}: ", "bold"), (row.verdict, f"bold {_STYLE[row.shown]}"))
    sheet.line(f"{locale.t(f'shown_sentence.{row.shown}')} {why_sentence(finding, locale)}", indent=2)
    period = _period(finding, locale)
    sure = "" if finding.reviewed else locale.t("explain.confidence", percent=locale.percent(finding.confidence))
    for told in (period, sure):
        if told:
            sheet.line(told, indent=2)
    if row.criterion.note is not None:
        sheet.line(locale.t("explain.note", note=locale.pick(row.criterion.note)), indent=2)


def _period(finding: Finding, locale: Locale) -> str:
    due, found = finding.period_due, finding.period_found
    if due and found:
        return locale.t("explain.period", due=due, found=found)
    if due:
        return locale.t("explain.period_due", due=due)
    return locale.t("explain.period_found", found=found) if found else ""


def _evidence(sheet: Sheet, finding: Finding, locale: Locale) -> None:
    sheet.heading(locale.t("explain.evidence"))
    if not finding.evidence:
        sheet.line(locale.t("explain.no_evidence"), indent=2)
    for number, evidence in enumerate(finding.evidence, start=1):
        sheet.item(f"{number}.", (evidence.url, "cyan"))
        for told in _evidence_lines(evidence, locale):
            sheet.line(told, indent=5)


def _evidence_lines(evidence: Evidence, locale: Locale) -> Iterable[str]:
    def told(name: str, value: object) -> str:
        return locale.t(f"explain.{name}", **{name: value}) if value else ""

    where = locale.t(f"where.{evidence.where}")
    found_on = locale.t("explain.found_on", url=evidence.found_on) if evidence.found_on else ""
    day = locale.t("explain.dated", date=locale.date(evidence.date)) if evidence.date else ""
    bytes_ = locale.t("explain.size", bytes=locale.number(evidence.bytes)) if evidence.bytes else ""
    quote = shortened(evidence.quote, _QUOTE)
    place = [told("where", where), told("matched", evidence.matched), told("year", evidence.year), day]
    media, _, rendered = evidence.media_type.partition("; rendered=")
    drawn = locale.t("explain.rendered") if rendered else ""
    answer = [told("status", evidence.status), media, bytes_, drawn]
    archive = locale.t("explain.archive", warc=evidence.warc) if evidence.warc else ""
    lines = (found_on, _joined(place), told("quote", quote), _joined(answer), archive)
    return [line for line in lines if line]


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _rejected(sheet: Sheet, near_misses: Sequence[NearMiss], locale: Locale) -> None:
    if near_misses:
        sheet.heading(locale.t("explain.rejected"))
    for miss in near_misses:
        sheet.item("-", (miss.url, "cyan"), f" — {reason_word(miss.why, locale)}")
        found_on = locale.t("explain.found_on", url=miss.found_on) if miss.found_on else ""
        quote = locale.t("explain.quote", quote=shortened(miss.quote, _QUOTE)) if miss.quote else ""
        for told in (quote, found_on):
            if told:
                sheet.line(told, indent=4)


def _remedy(sheet: Sheet, row: FindingRow, locale: Locale) -> None:
    if not row.remedy:
        return
    sheet.heading(locale.t("explain.remedy"))
    sheet.line(row.remedy, indent=2)
    if row.gain > 0:
        sheet.line(locale.t("explain.gain", points=locale.number(row.gain, 1)), indent=2)


def _review(sheet: Sheet, told: Sequence[str], locale: Locale) -> None:
    if told:
        sheet.heading(locale.t("explain.review"))
    for line in told:
        sheet.line(line, indent=2)
