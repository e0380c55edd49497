"""What follows the results: what to do, who overrode what, the minutes to sign, and a page or two for each agency."""

from collections.abc import Iterator, Sequence

from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import ScanState
from ppid_audit.report import view
from ppid_audit.report.advice import next_steps
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.blocks import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Signatures,
    Table,
    Text,
    bold,
    cell,
    line,
    link,
    row,
)
from ppid_audit.report.paper.frame import DASH, TONES, Facts, action, full_name, gain, name, period, scope, score
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, shortened, visible

_TO_MEND = (Shown.MISSING, Shown.TITLE_ONLY, Shown.STALE, Shown.PARTIAL)
MOST_ANNEXES = 120
"""Agencies; with more, nobody would print the report: each agency then has its sheet (rapor) alone."""
_COMMON = 10
_JUSTIFICATION = 300


def recommendations(facts: Facts) -> Iterator[Block]:
    """What all should do, and the cheapest step for each."""
    locale = facts.locale
    yield Heading(1, locale.t("paper.recommend"))
    yield Heading(2, locale.t("paper.recommend_all"))
    yield Text(line(locale.t("paper.recommend_all_note")))
    remedies = {criterion.id: locale.pick(criterion.remedy) for criterion in facts.result.rubric.criteria}
    gaps = view.most_missing(facts.result, locale, limit=_COMMON)
    told = [
        (line(bold(locale.t("paper.gap", title=name(gap.title), count=gap.count, of=gap.of))), line(remedies[gap.item]))
        for gap in gaps
    ]
    yield Bullets(tuple(told), ordered=True) if told else Text(line(locale.t("paper.none")))
    if not facts.scored:
        return
    yield Heading(2, locale.t("paper.recommend_each"))
    yield Text(line(locale.t("paper.recommend_each_note")))
    columns = (
        Column(locale.t("ranking.agency"), 34),
        Column(locale.t("paper.step"), 52),
        Column(locale.t("paper.points"), 14, right=True),
    )
    steps = tuple(_cheapest(entry, facts) for entry in facts.scored)
    yield Table(columns, steps, locale.t("paper.recommend_each_caption"))


def _cheapest(entry: AgencyRow, facts: Facts) -> tuple[Cell, ...]:
    for step in next_steps(facts.found[entry.card.agency], facts.examples, limit=1):
        first = cell(action(step.row, facts.locale), step.row.criterion.basis)
        return row((name(entry.name), first, gain(step.row.gain, facts.locale)))
    return row((name(entry.name), facts.locale.t("rapor.no_steps"), DASH))


def reviewed(facts: Facts) -> Iterator[Block]:
    """What people decided, beside what the tool had said; nothing when nobody did."""
    locale = facts.locale
    rows = tuple(_reviewed(found) for rows in facts.found.values() for found in rows if found.review)
    if not rows:
        return
    yield Heading(1, locale.t("paper.reviewed"))
    yield Text(line(locale.t("paper.reviewed_note")))
    heads = ("ranking.agency", "paper.item", "paper.reviewed_now", "paper.reviewed_before", "paper.reviewed_why")
    widths = (20, 24, 14, 18, 24)
    columns = tuple(Column(locale.t(head), width) for head, width in zip(heads, widths, strict=True))
    yield Table(columns, rows, locale.t("paper.reviewed_caption"))


def _reviewed(found: FindingRow) -> tuple[Cell, ...]:
    why, *before = (shortened(visible(text), _JUSTIFICATION) for text in found.review)
    now = found.verdict if found.finding.reviewed else DASH
    return row((name(found.result.agency.name), name(found.title), now, cell(*before) if before else DASH, why))


def minutes(facts: Facts) -> Iterator[Block]:
    """The page that a meeting signs."""
    scan, locale, figures = facts.result.scan, facts.locale, facts.figures
    yield Break()
    yield Heading(1, locale.t("paper.minutes"))
    yield Text(line(bold(locale.t("paper.minutes_title"))), "center")
    yield Text(line(locale.t("paper.minutes_number")), "center")
    region, day = scan.region or DASH, locale.date(scan.as_of)
    yield Text(line(locale.t("paper.minutes_day", region=region, id=scan.id, date=day)))
    yield Text(line(locale.t("paper.minutes_what")))
    average = score(figures.average.score, locale)
    counts = locale.t("paper.minutes_count", agencies=figures.count, ranked=len(figures.ranked), mean=average)
    state = locale.t("paper.minutes_draft" if scan.state is ScanState.DRAFT else "paper.minutes_final")
    agreed = (counts, state, locale.t("paper.minutes_follow"))
    yield Bullets(tuple((line(text),) for text in agreed), ordered=True)
    yield Text(line(locale.t("paper.minutes_close")))
    roles = tuple(locale.t(f"paper.signer.{role}") for role in ("assessor", "agency", "officer", "chair"))
    yield Signatures(roles, locale.t("paper.signer_name"), locale.t("paper.signer_number"))


def annexes(facts: Facts) -> Iterator[Block]:
    """One for each agency, in the order of agencies.yaml; of too many agencies none, and a word on where they are."""
    if len(facts.result.agencies) > MOST_ANNEXES:
        yield Break()
        yield Heading(1, facts.locale.t("paper.annex"), "plain")
        yield Text(line(facts.locale.t("paper.annexes_elsewhere")))
        return
    for entry in facts.result.agencies:
        yield Break()
        yield Heading(1, full_name(entry.agency.name), "annex")
        yield from _annex(view.agency_row(entry, facts.result.rubric, facts.locale), facts)


def _annex(shown: AgencyRow, facts: Facts) -> Iterator[Block]:
    """Where the agency stands, what it has to mend, what it has, what could not be seen."""
    locale, rows = facts.locale, facts.found[shown.card.agency]
    yield Text(line(link(shown.result.agency.url), f" · {shown.kind}"), "note")
    yield Text(line(bold(standing(shown, locale))))
    mend = [one for kind in _TO_MEND for one in rows if one.shown is kind]
    good = [one for one in rows if one.shown is Shown.FULFILLED]
    if mend:
        yield Heading(2, locale.t("paper.annex_mend"), "plain")
        yield _to_mend(mend, locale)
    if good:
        yield Heading(2, locale.t("paper.annex_good"), "plain")
        yield _good(good, locale)
    if not mend and not good:
        yield Text(line(locale.t("paper.annex_nothing_seen")))
    for verdict, key in ((Verdict.CANNOT_TELL, "annex_doubt"), (Verdict.NOT_APPLICABLE, "annex_not_applicable")):
        items = [name(one.title) for one in rows if one.finding.verdict is verdict]
        if items:
            yield Text(line(locale.t(f"paper.{key}", count=len(items), items="; ".join(items))), "note")


def standing(shown: AgencyRow, locale: Locale) -> str:
    """One line: score, range, coverage, predikat, rank; or why there is none."""
    total = shown.card.total
    if total.score is None or total.coverage is None:
        return locale.t("explain.no_score", reason=shown.status_reason or shown.status)
    parts = [f"{locale.t('rapor.score')} {score(shown.score(), locale)} ({scope(total, locale)})"]
    parts += [shown.predikat] if shown.predikat else []
    parts += [locale.t("explain.rank", rank=shown.card.rank)] if shown.card.rank else []
    parts += [f"{locale.t('ranking.coverage').lower()} {locale.percent(total.coverage)}"]
    return " · ".join([*parts, *([shown.status_reason] if shown.status_reason else [])])


def _to_mend(rows: Sequence[FindingRow], locale: Locale) -> Table:
    """Items that earn less than they could: the law, the verdict and its reason, the remedy, what it is worth."""
    columns = (
        Column(locale.t("paper.item_basis"), 30),
        Column(locale.t("paper.verdict_head"), 19),
        Column(locale.t("paper.remedy"), 40),
        Column(locale.t("paper.points"), 11, right=True),
    )
    return Table(columns, tuple(_mend(one, locale) for one in rows))


def _mend(one: FindingRow, locale: Locale) -> tuple[Cell, ...]:
    told = period(one, locale)
    why: list[Line | str] = [line(bold(one.verdict.capitalize()))]
    why += [] if one.shown is Shown.MISSING else [one.reason, told]
    there = [line(locale.t("paper.there"), " ", link(evidence.url, 64)) for evidence in one.finding.evidence[:1]]
    worth = gain(one.gain, locale) if one.gain > 0 else DASH
    return row(
        (
            cell(name(one.title), one.criterion.basis),
            cell(*why, tone=TONES[one.shown]),
            cell(one.remedy, *there),
            worth,
        )
    )


def _good(rows: Sequence[FindingRow], locale: Locale) -> Table:
    columns = (Column(locale.t("paper.item"), 42), Column(locale.t("paper.annex_evidence"), 58))
    return Table(columns, tuple(row((name(one.title), _evidence(one, locale))) for one in rows))


def _evidence(one: FindingRow, locale: Locale) -> Cell:
    note = "" if one.finding.reason is Reason.FOUND else one.reason
    seen = [line(link(evidence.url, 90)) for evidence in one.finding.evidence[:1]]
    return cell(*seen, note) if seen else cell(one.reason)
