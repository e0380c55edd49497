"""laporan.xlsx, sheet by sheet."""

from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import SYMBOLS, TINTS, marks
from ppid_audit.report.movement import Movement, movement
from ppid_audit.report.summary import Summary, course, summary
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import shortened
from ppid_audit.report.xlsx.book import Book, Column, Link
from ppid_audit.report.xlsx.changes import changes
from ppid_audit.report.xlsx.findings import advice, findings
from ppid_audit.report.xlsx.method import method
from ppid_audit.report.xlsx.overview import overview

_LATEST = "1980-01-01T00:00:00Z"
"""The day a file bears when its scan never finished: the first that a ZIP archive can name."""


def report_xlsx(
    result: Result,
    locale: Locale,
    comparison: Comparison | None = None,
    previous: Result | None = None,
    trend: Trend | None = None,
    calibration: Calibration | None = None,
) -> bytes:
    """The workbook's bytes; the same input gives the same bytes."""
    book = Book(
        view.title(result, locale),
        marks(result, locale),
        locale.t("head.as_of", date=locale.date(result.scan.as_of)),
        _created(result),
        locale,
    )
    figures = summary(result, locale)
    moves = movement(result, locale, comparison, previous)
    found = [tuple(view.finding_rows(row.result, result.rubric, locale)) for row in _ordered(figures)]
    overview(book, result, figures, course(result, trend), locale)
    _ranking(book, figures, moves, locale)
    _matrix(book, figures, found, locale)
    findings(book, found, locale)
    advice(book, result, found, locale)
    changes(book, moves, locale)
    method(book, result, calibration, locale)
    return book.content()


def _created(result: Result) -> datetime:
    try:
        return datetime.fromisoformat(result.scan.finished_at or _LATEST).replace(tzinfo=None)
    except ValueError:
        return datetime.fromisoformat(_LATEST).replace(tzinfo=None)


def _ordered(figures: Summary) -> tuple[AgencyRow, ...]:
    return (*figures.ranked, *figures.partly, *figures.unassessed)


def _ranking(book: Book, figures: Summary, moves: Movement | None, locale: Locale) -> None:
    t = locale.t
    moved = {row.agency: row.moved for row in moves.rows} if moves else {}
    columns = [
        Column(t("ranking.rank"), 6, "whole"),
        Column(t("ranking.agency"), 56, "wrap"),
        Column(t("html.filter.kind"), 18),
        Column(t("xlsx.status"), 34, "wrap"),
        *(Column(t(f"xlsx.{name}"), 9, "score") for name in ("score", "low", "high")),
        *(Column(t(f"category.{category}"), 10, "score") for category in Category),
        Column(t("ranking.coverage"), 10, "share"),
        Column(t("ranking.predikat"), 20),
        Column(t("html.change"), 11, "signed"),
        *(Column(t(f"shown.{kind}").capitalize(), 11, "whole") for kind in SYMBOLS),
        Column(t("xlsx.site"), 40),
    ]
    page = book.sheet(t("html.nav.peringkat"))
    rows = (
        [
            row.card.rank,
            row.name,
            row.kind,
            f"{row.status}: {row.status_reason}" if row.status_reason else row.status,
            row.score(),
            row.card.total.low,
            row.card.total.high,
            *(row.score(category) for category in Category),
            row.card.total.coverage,
            row.predikat,
            moved.get(row.card.agency),
            *(row.counts[kind] for kind in SYMBOLS),
            Link(row.result.agency.url),
        ]
        for row in _ordered(figures)
    )
    end = book.table(page, columns, rows, printed=13)
    page.freeze_panes(4, 2)
    if end > 4:
        bar = {"type": "data_bar", "bar_color": "#9CC9CD", "min_type": "num", "max_type": "num", "min_value": 0}
        page.conditional_format(4, 4, end - 1, 4, {**bar, "max_value": 100, "bar_solid": True})
    for line in (t("html.tied_note"), t("ranking.overlap"), t("html.range_note"), t("ranking.legend_wide")):
        end += 1
        book.put(page, end, 1, line.removeprefix("* "), "quiet")


def _matrix(book: Book, figures: Summary, found: list[tuple[FindingRow, ...]], locale: Locale) -> None:
    page = book.sheet(locale.t("html.nav.matriks"))
    legend = " · ".join(f"{sign} {locale.t(f'shown.{kind}')}" for kind, sign in SYMBOLS.items())
    book.put(page, 2, 0, legend, "quiet")
    page.set_column(0, 0, 52)
    page.write_string(3, 0, locale.t("ranking.agency"), book.format("head"))
    items = found[0] if found else ()
    if items:
        page.set_row(3, 215)
        page.set_column(1, len(items), 3.3)
    for place, row in enumerate(items, start=1):
        book.put(page, 3, place, shortened(row.title, 42), "turned")
    for line, (agency, rows) in enumerate(zip(_ordered(figures), found, strict=True), start=4):
        book.put(page, line, 0, agency.name)
        for place, row in enumerate(rows, start=1):
            book.put(page, line, place, SYMBOLS[row.shown], "mark")
    page.freeze_panes(4, 1)
    page.repeat_rows(3)
    if items:
        _tints(book, page, 3 + len(found), len(items))


def _tints(book: Book, page: Worksheet, last: int, width: int) -> None:
    for kind, (back, front) in TINTS.items():
        look = book.book.add_format({"bg_color": back, "font_color": front})
        rule = {"type": "cell", "criteria": "==", "value": f'"{SYMBOLS[kind]}"', "format": look}
        page.conditional_format(4, 1, last, width, rule)
