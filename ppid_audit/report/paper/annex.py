"""What follows the results: what to do, who overrode what, the minutes to sign, and a page or two for each agency."""

from collections.abc import Iterator, Sequence

from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import AgencyResult, Result, ScanState
from ppid_audit.report import view
from ppid_audit.report.advice import Examples, next_steps
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
from ppid_audit.report.paper.frame import DASH, TONES, action, gain, mean, name, period, scope, score
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, reason_word, shortened, verdict_word

_TO_MEND = (Shown.MISSING, Shown.TITLE_ONLY, Shown.STALE, Shown.PARTIAL)
_COMMON = 10


def recommendations(result: Result, rows: Sequence[AgencyRow], examples: Examples, locale: Locale) -> Iterator[Block]:
    """What all should do, and the cheapest step for each."""
    yield Heading(1, locale.t("paper.recommend"))
    yield Heading(2, locale.t("paper.recommend_all"))
    yield Text(line(locale.t("paper.recommend_all_note")))
    remedies = {criterion.id: locale.pick(criterion.remedy) for criterion in result.rubric.criteria}
    gaps = view.most_missing(result, locale, limit=_COMMON)
    told = [
        (line(bold(locale.t("paper.gap", title=name(gap.title), count=gap.count, of=gap.of))), line(remedies[gap.item]))
        for gap in gaps
    ]
    yield Bullets(tuple(told), ordered=True) if told else Text(line(locale.t("paper.none")))
    if not rows:
        return
    yield Heading(2, locale.t("paper.recommend_each"))
    yield Text(line(locale.t("paper.recommend_each_note")))
    columns = (
        Column(locale.t("ranking.agency"), 34),
        Column(locale.t("paper.step"), 52),
        Column(locale.t("paper.points"), 14, right=True),
    )
    steps = tuple(_cheapest(entry.result, result, examples, locale) for entry in rows)
    yield Table(columns, steps, locale.t("paper.recommend_each_caption"))


def _cheapest(entry: AgencyResult, result: Result, examples: Examples, locale: Locale) -> tuple[Cell, ...]:
    for step in next_steps(view.finding_rows(entry, result.rubric, locale), examples, limit=1):
        first = cell(action(step.row, locale), step.row.criterion.basis)
        return row((name(entry.agency.name), first, gain(step.row.gain, locale)))
    return row((name(entry.agency.name), locale.t("rapor.no_steps"), DASH))


def reviewed(result: Result, locale: Locale) -> Iterator[Block]:
    """What people decided, beside what the tool had said; nothing when nobody did."""
    rows = [
        row(
            (
                name(entry.agency.name),
                name(found.title),
                found.verdict,
                "" if found.finding.superseded is None else _before(found, result, locale),
                shortened(found.finding.justification, 300),
            )
        )
        for entry in result.agencies
        if any(finding.reviewed for finding in entry.assessment.findings)
        for found in view.finding_rows(entry, result.rubric, locale)
        if found.finding.reviewed
    ]
    if not rows:
        return
    yield Heading(1, locale.t("paper.reviewed"))
    yield Text(line(locale.t("paper.reviewed_note")))
    heads = ("ranking.agency", "paper.item", "paper.reviewed_now", "paper.reviewed_before", "paper.reviewed_why")
    widths = (20, 24, 14, 18, 24)
    columns = tuple(Column(locale.t(head), width) for head, width in zip(heads, widths, strict=True))
    yield Table(columns, tuple(rows), locale.t("paper.reviewed_caption"))


def _before(found: FindingRow, result: Result, locale: Locale) -> str:
    before = found.finding.superseded
    assert before is not None
    return f"{verdict_word(before.reason, result.rubric, locale)} ({reason_word(before.reason, locale)})"


def minutes(result: Result, rows: Sequence[AgencyRow], locale: Locale) -> Iterator[Block]:
    """The page that a meeting signs."""
    scan, draft = result.scan, result.scan.state is ScanState.DRAFT
    yield Break()
    yield Heading(1, locale.t("paper.minutes"))
    yield Text(line(bold(locale.t("paper.minutes_title"))), "center")
    yield Text(line(locale.t("paper.minutes_number")), "center")
    yield Text(line(locale.t("paper.minutes_day", region=scan.region or "-", id=scan.id, date=locale.date(scan.as_of))))
    yield Text(line(locale.t("paper.minutes_what")))
    average = score(mean(entry.card.total.score for entry in rows), locale)
    counts = locale.t("paper.minutes_count", agencies=len(result.agencies), scored=len(rows), mean=average)
    state = locale.t("paper.minutes_draft" if draft else "paper.minutes_final")
    agreed = (counts, state, locale.t("paper.minutes_follow"))
    yield Bullets(tuple((line(text),) for text in agreed), ordered=True)
    yield Text(line(locale.t("paper.minutes_close")))
    roles = tuple(locale.t(f"paper.signer.{role}") for role in ("assessor", "agency", "officer", "chair"))
    yield Signatures(roles, locale.t("paper.signer_name"), locale.t("paper.signer_number"))


def annexes(result: Result, locale: Locale) -> Iterator[Block]:
    """One for each agency, in the order of agencies.yaml."""
    for entry in result.agencies:
        yield Break()
        yield Heading(1, name(entry.agency.name), "annex")
        yield from annex(entry, result, locale)


def annex(entry: AgencyResult, result: Result, locale: Locale) -> Iterator[Block]:
    """Where the agency stands, what it has to mend, what it has, what could not be seen."""
    shown = view.agency_row(entry, result.rubric, locale)
    yield Text(line(link(entry.agency.url), f" · {shown.kind}"), "note")
    yield Text(line(bold(standing(shown, locale))))
    rows = list(view.finding_rows(entry, result.rubric, locale))
    mend = [one for kind in _TO_MEND for one in rows if one.shown is kind]
    good = [one for one in rows if one.shown is Shown.FULFILLED]
    if mend:
        yield Heading(3, locale.t("paper.annex_mend"), "plain")
        yield to_mend(mend, locale)
    if good:
        yield Heading(3, locale.t("paper.annex_good"), "plain")
        yield _good(good, locale)
    if not mend and not good:
        yield Text(line(locale.t("paper.annex_nothing_seen")))
    for verdict, key in ((Verdict.CANNOT_TELL, "annex_doubt"), (Verdict.NOT_APPLICABLE, "annex_not_applicable")):
        items = [one.title for one in rows if one.finding.verdict is verdict]
        if items:
            yield Text(line(locale.t(f"paper.{key}", count=len(items), items="; ".join(items))), "note")


def standing(shown: AgencyRow, locale: Locale) -> str:
    """One line: score, range, coverage, predikat, rank; or why there is none."""
    total = shown.card.total
    if total.score is None or total.coverage is None:
        return locale.t("explain.no_score", reason=shown.status_reason or shown.status)
    parts = [f"{locale.t('rapor.score')} {score(total.score, locale)} ({scope(shown, locale)})"]
    parts += [shown.predikat] if shown.predikat else []
    parts += [locale.t("explain.rank", rank=shown.card.rank)] if shown.card.rank else []
    parts += [f"{locale.t('ranking.coverage').lower()} {locale.percent(total.coverage)}"]
    return " · ".join([*parts, *([shown.status_reason] if shown.status_reason else [])])


def to_mend(rows: Sequence[FindingRow], locale: Locale) -> Table:
    """Items that earn less than they could: the law, the verdict and its reason, the remedy, what it is worth."""
    columns = (
        Column(locale.t("paper.item_basis"), 30),
        Column(locale.t("paper.verdict_head"), 22),
        Column(locale.t("explain.remedy"), 38),
        Column(locale.t("paper.points"), 11, right=True),
    )
    return Table(columns, tuple(_mend(one, locale) for one in rows))


def _mend(one: FindingRow, locale: Locale) -> tuple[Cell, ...]:
    told = period(one, locale)
    why: list[Line | str] = [line(bold(one.verdict.capitalize())), one.reason]
    why += [told] if told else []
    why += [line(link(evidence.url, 48)) for evidence in one.finding.evidence[:1]]
    worth = gain(one.gain, locale) if one.gain > 0 else DASH
    return row((cell(name(one.title), one.criterion.basis), cell(*why, tone=TONES[one.shown]), one.remedy, worth))


def _good(rows: Sequence[FindingRow], locale: Locale) -> Table:
    columns = (Column(locale.t("paper.item"), 42), Column(locale.t("paper.annex_evidence"), 58))
    return Table(columns, tuple(row((name(one.title), _evidence(one, locale))) for one in rows))


def _evidence(one: FindingRow, locale: Locale) -> Cell:
    note = "" if one.finding.reason.value == "found" else one.reason
    seen = [line(link(evidence.url, 90)) for evidence in one.finding.evidence[:1]]
    return cell(*seen, note) if seen else cell(one.reason)
