"""The chapters that stand before the results: on what law, by what method, within what limits."""

from collections.abc import Iterator

from ppid_audit.model.rubric import Reason, Rubric
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.blocks import Block, Bullets, Column, Heading, Table, Text, cell, line, row
from ppid_audit.report.paper.frame import DASH, TONES, Facts
from ppid_audit.report.words import Shown, points, shown

_BEST_FIRST = (
    Shown.FULFILLED,
    Shown.PARTIAL,
    Shown.STALE,
    Shown.TITLE_ONLY,
    Shown.MISSING,
    Shown.CANNOT_TELL,
    Shown.NOT_APPLICABLE,
)


def legal_basis(locale: Locale) -> Iterator[Block]:
    """The laws that the rubric rests on."""
    yield Heading(1, locale.t("paper.basis"))
    yield Bullets(tuple((line(locale.t(f"paper.law.{law}")),) for law in ("kip", "perki", "bands")), ordered=True)
    yield Text(line(locale.t("paper.law_note")))


def method(facts: Facts) -> Iterator[Block]:
    """How a verdict and a score come about, and what they do not say."""
    result, locale = facts.result, facts.locale
    yield Heading(1, locale.t("paper.method"))
    yield Heading(2, locale.t("paper.how"))
    yield from (Text(line(locale.t(f"paper.how_{part}"))) for part in ("visit", "judge", "absent"))
    yield Heading(2, locale.t("paper.verdicts"))
    yield _verdicts(result.rubric, locale)
    yield Heading(2, locale.t("paper.scoring"))
    yield Text(line(locale.t("paper.scoring_score")))
    yield Text(line(locale.t("paper.scoring_range")))
    yield Text(line(locale.t("paper.scoring_floor", floor=locale.percent(result.rubric.coverage_floor))))
    yield _bands(result.rubric, locale)
    yield Heading(2, locale.t("paper.limits"))
    yield Bullets(tuple((line(text),) for text in _limits(facts)))


def _verdicts(rubric: Rubric, locale: Locale) -> Table:
    columns = (
        Column(locale.t("paper.verdict_head"), 22),
        Column(locale.t("paper.meaning"), 62),
        Column(locale.t("paper.points"), 16, right=True),
    )
    rows = (
        row(
            (
                cell(locale.t(f"shown.{kind}").capitalize(), tone=TONES[kind]),
                locale.t(f"shown_sentence.{kind}"),
                _worth(kind, rubric, locale),
            )
        )
        for kind in _BEST_FIRST
    )
    return Table(columns, tuple(rows), caption=locale.t("paper.verdicts"))


def _worth(kind: Shown, rubric: Rubric, locale: Locale) -> str:
    """What a verdict earns; a dash where nothing is decided."""
    known = {points(reason, rubric) for reason in Reason if shown(reason, rubric) is kind}
    worth = sorted({value for value in known if value is not None})
    if not worth:
        return DASH
    told = [locale.number(value, 0 if value == int(value) else 2) for value in worth]
    return told[0] if len(told) == 1 else locale.t("paper.points_between", low=told[0], high=told[-1])


def _bands(rubric: Rubric, locale: Locale) -> Table:
    columns = (Column(locale.t("ranking.predikat"), 60), Column(locale.t("paper.floor_head"), 40, right=True))
    rows = (
        row((locale.pick(band.label), locale.number(band.floor, 0 if band.floor == int(band.floor) else 1)))
        for band in rubric.bands
    )
    return Table(columns, tuple(rows), caption=locale.t("ranking.predikat"))


def _limits(facts: Facts) -> tuple[str, ...]:
    scan, locale = facts.result.scan, facts.locale
    known = locale.t(
        "paper.limit_known",
        name=scan.rubric_name,
        digest=scan.rubric_sha256[:12],
        version=scan.tool,
        started=locale.date(scan.started_at),
        finished=locale.date(scan.finished_at),
    )
    precision = (
        locale.t("html.method.unmeasured") if facts.measured is None else calibration_line(facts.measured, locale)
    )
    return (*(locale.t(f"paper.limit_{name}") for name in ("channel", "quality", "tool")), precision, known)
