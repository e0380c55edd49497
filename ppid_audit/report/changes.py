"""A comparison for a terminal: who rose and fell because of their site, and what only the evaluator moved.

An agency is said to have risen or fallen by its site's part of the difference alone. What the ruler, the
reviews or the program moved stands apart, under a heading of its own.
"""

from collections.abc import Iterable, Sequence

from ppid_audit.model.comparison import AgencyChange, Cause, Change, Comparison, Judged
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Scorecard
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet, Span
from ppid_audit.report.words import reason_word, status_reason, verdict_word

_STYLE = {Cause.SITE: "bold", Cause.RUBRIC: "cyan", Cause.REVIEW: "magenta", Cause.TOOL: "blue"}


def changes(comparison: Comparison, locale: Locale, width: int, color: bool) -> str:
    """The whole comparison; ``width`` in columns (60 at least), no escape sequence without ``color``."""
    sheet = Sheet(width, color)
    _head(sheet, comparison, locale)
    _ours(sheet, comparison, locale)
    told = [each for each in comparison.agencies if each.difference is not None and _moved(each)]
    parts = [(each, (each.points or {}).get(Cause.SITE, 0.0)) for each in told]
    groups = {
        "rose": [each for each, site in parts if site > 0],
        "fell": [each for each, site in parts if site < 0],
        "not_the_site": [each for each, site in parts if not site and each.difference],
        "same_score": [each for each, site in parts if not site and not each.difference],
    }
    for name, members in groups.items():
        _group(sheet, name, members, comparison, locale)
    _presence(sheet, comparison, locale)
    _foot(sheet, comparison, len(comparison.agencies) - len(told), locale)
    return sheet.text()


def _moved(change: AgencyChange) -> bool:
    assert change.before is not None
    assert change.after is not None
    return bool(change.changes or change.difference or change.before.predikat != change.after.predikat)


def _head(sheet: Sheet, comparison: Comparison, locale: Locale) -> None:
    region = comparison.after.scan.region
    sample = locale.t("sample") if comparison.after.scan.sample else ""
    sheet.line((" — ".join(part for part in (sample, locale.t("changes.title"), region) if part), "bold"))
    for key, result in (("from", comparison.before), ("to", comparison.after)):
        sheet.line(locale.t(f"changes.{key}", scan=_scan(result, locale)))
        if result.scan.suspect:
            sheet.line((locale.word("suspect", result.scan.suspect), "bold red"))


def _scan(result: Result, locale: Locale) -> str:
    scan = result.scan
    day, digest = locale.date(scan.as_of), scan.rubric_sha256[:8]
    return locale.t("changes.scan", id=scan.id, date=day, digest=digest, version=scan.tool)


def _ours(sheet: Sheet, comparison: Comparison, locale: Locale) -> None:
    """What the evaluator changed: said before any agency is named."""
    before, after, ruler = comparison.before.scan, comparison.after.scan, comparison.ruler
    lines: list[str] = []
    if before.rubric_sha256 != after.rubric_sha256:
        parts = [
            locale.t(f"changes.items_{name}", items=", ".join(items))
            for name, items in (("added", ruler.added), ("removed", ruler.removed), ("edited", ruler.edited))
            if items
        ]
        parts += [locale.t("changes.terms", terms=", ".join(locale.word("changes.term", t) for t in ruler.terms))] * (
            bool(ruler.terms)
        )
        lines.append(f"{locale.t('changes.rubric')} {'; '.join(parts) or locale.t('changes.wording')}.")
    if before.tool != after.tool:
        lines.append(locale.t("changes.tool", before=before.tool, after=after.tool))
    if before.reviews_sha256 != after.reviews_sha256:
        lines.append(locale.t("changes.reviews"))
    if lines:
        sheet.gap()
        sheet.line((locale.t("changes.ours"), "bold yellow"))
    for line in lines:
        sheet.item("-", line)


def _group(sheet: Sheet, name: str, members: Sequence[AgencyChange], comparison: Comparison, locale: Locale) -> None:
    if not members:
        return
    sheet.heading(locale.t(f"changes.{name}", count=len(members)))
    ordered = sorted(members, key=lambda each: -abs(each.difference or 0))
    for each in ordered:
        _agency(sheet, each, comparison, locale)


def _agency(sheet: Sheet, each: AgencyChange, comparison: Comparison, locale: Locale) -> None:
    assert each.before is not None
    assert each.after is not None
    scores = f"{_number(each.before, locale)} → {_number(each.after, locale)}"
    parts = " · ".join(f"{locale.t(f'cause.{c}')} {signed(p, locale)}" for c, p in (each.points or {}).items())
    spans: list[Span] = [(each.agency.name, "bold"), f" ({each.agency.id}): ", (parts or signed(0, locale), "")]
    if each.before.predikat != each.after.predikat:
        old, new = (
            _predikat(card, result.rubric, locale)
            for card, result in ((each.before, comparison.before), (each.after, comparison.after))
        )
        spans.append(f" · {old} → {new}")
    sheet.item(scores, *spans)
    _items(sheet, each.changes, comparison, locale)


def _items(sheet: Sheet, made: Iterable[Change], comparison: Comparison, locale: Locale) -> None:
    """Each change of a verdict; items of which only the worth changed are counted, not listed."""
    silent = 0
    titles = {c.id: locale.pick(c.title) for r in (comparison.before, comparison.after) for c in r.rubric.criteria}
    for change in made:
        if change.before and change.after and change.before.finding.reason is change.after.finding.reason:
            silent += 1
            continue
        doubt = "" if change.proved else "?"
        cause: Span = (f"{locale.t(f'cause.{change.cause}')}{doubt}", _STYLE[change.cause])
        late = change.cause is Cause.REVIEW
        old = _side(change.before, change.after, comparison.after if late else comparison.before, "not_yet", locale)
        rubric = comparison.after if late or change.cause is Cause.RUBRIC else comparison.before
        new = _side(change.after, change.before, rubric, "no_longer", locale)
        sheet.item("-", cause, f" · {titles[change.item]}: {old} → {new}", indent=4)
    if silent:
        sheet.item("-", (locale.t("cause.rubric"), _STYLE[Cause.RUBRIC]), f" · {_worth(silent, locale)}", indent=4)


def _worth(count: int, locale: Locale) -> str:
    return locale.t("changes.worth", count=count)


def _side(judged: Judged | None, other: Judged | None, result: Result, absent: str, locale: Locale) -> str:
    if judged is None:
        return locale.t(f"changes.{absent}")
    finding = judged.finding
    word = verdict_word(finding.reason, result.rubric, locale)
    if other is not None and verdict_word(other.finding.reason, result.rubric, locale) == word:
        word = f"{word} ({reason_word(finding.reason, locale)})"
    period = f" ({finding.period_found})" if finding.period_found else ""
    return f"{word}{period}"


def _presence(sheet: Sheet, comparison: Comparison, locale: Locale) -> None:
    half = [each for each in comparison.agencies if each.in_one_only]
    old, new = ({e.agency.id: e for e in result.agencies} for result in (comparison.before, comparison.after))
    if half:
        sheet.heading(locale.t("changes.in_one_only"))
    for each in half:
        told = (_standing(entries[each.agency.id], locale) for entries in (old, new))
        sheet.item("-", f"{each.agency.name}: {' → '.join(told)}")
    for key, entries, other in (("new", new, old), ("gone", old, new)):
        members = [entry for name, entry in entries.items() if name not in other]
        if members:
            sheet.heading(locale.t(f"changes.{key}"))
            names = (f"{entry.agency.name} ({_standing(entry, locale)})" for entry in members)
            sheet.line("; ".join(names), indent=2)


def _standing(entry: AgencyResult, locale: Locale) -> str:
    """Its score, or why it has none."""
    score = entry.scorecard.total.score
    return status_reason(entry, locale) if score is None else locale.number(score, 1)


def _foot(sheet: Sheet, comparison: Comparison, rest: int, locale: Locale) -> None:
    apart = sum(each.before is None or each.after is None or each.in_one_only for each in comparison.agencies)
    sheet.gap()
    sheet.line(locale.t("changes.unchanged", count=rest - apart))
    if any(not change.proved for each in comparison.agencies for change in each.changes):
        sheet.line((locale.t("changes.unproved"), "dim"))
    sheet.line((locale.t("changes.causes"), "dim"))


def signed(value: float, locale: Locale) -> str:
    """``+3,4``, ``−0,5`` or ``±0,0``: with its sign, one decimal."""
    sign = "−" if value < 0 else "+" if value > 0 else "±"
    return f"{sign}{locale.number(abs(value), 1)}"


def _number(card: Scorecard, locale: Locale) -> str:
    score = card.total.score
    return "–" if score is None else locale.number(score, 1)


def _predikat(card: Scorecard, rubric: Rubric, locale: Locale) -> str:
    return next((locale.pick(band.label) for band in rubric.bands if band.id == card.predikat), "–")
