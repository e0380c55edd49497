"""Results for a terminal: the only place where text becomes coloured lines.

Every text goes through ``words.visible`` and into ``rich.text.Text``, never through markup: what a
website says can neither move the cursor nor style or link anything.
"""

from collections.abc import Container, Iterable, Sequence
from io import StringIO
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.rubric import Category, Rubric
from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import AgencyRow, Gap
from ppid_audit.report.words import visible

Span = str | tuple[str, str]
"""A piece of a line: text, or text with a style."""

_BANDS = ("bold green", "green", "yellow", "dark_orange", "red")
_DASH = "–"
_NARROWEST = 60
_NAME = 1
"""The column that takes the room that the others leave."""
_WIDE = 104
"""From this width on the headers need no abbreviations."""
_NARROW = 76
"""Below this width the categories are left out."""


class Sheet:
    """Collects lines and gives them back as one text, ``width`` columns wide, with or without colour."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = max(width, _NARROWEST)
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=self.width,
            height=100,
            force_terminal=color,
            color_system="256" if color else None,
            no_color=not color,
            force_jupyter=False,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def line(self, *spans: Span, indent: int = 0) -> None:
        """A paragraph: folded at the width, its further lines under its first."""
        self.show(Padding(styled(*spans), (0, 0, 0, indent)))

    def item(self, mark: str, *spans: Span, indent: int = 2) -> None:
        """A list entry: ``mark``, then the text with its further lines beside the mark."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(styled(mark), styled(*spans))
        self.show(Padding(grid, (0, 0, 0, indent)))

    def grid(self, rows: Iterable[Sequence[Span]], left: Container[int]) -> None:
        """Rows of cells in columns as wide as their widest cell; those numbered in ``left`` stand flush left."""
        rows = list(rows)
        grid = Table.grid(padding=(0, 1, 0, 0))
        for place in range(max(map(len, rows), default=0)):
            grid.add_column(justify="left" if place in left else "right", no_wrap=True)
        for row in rows:
            grid.add_row(*(styled(cell) for cell in row))
        self.show(grid)

    def heading(self, text: str) -> None:
        """A line that opens a block, with room above it."""
        self.gap()
        self.line((text, "bold"))

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def show(self, renderable: RenderableType) -> None:
        """Anything made of ``styled`` text."""
        self._console.print(renderable, overflow="fold", soft_wrap=False)

    def text(self) -> str:
        """All that was collected, without a line feed at the end; no blanks at the ends of lines."""
        lines = self._out.getvalue().splitlines()
        return "\n".join(line.rstrip() for line in lines)


def styled(*spans: Span) -> Text:
    """Harmless text with styles of our own."""
    text = Text(overflow="fold")
    for span in spans:
        words, style = (span, "") if isinstance(span, str) else span
        text.append(_harmless(words), style)
    return text


def _harmless(words: str) -> str:
    """``visible``, but the blanks that join spans stay."""
    inner = visible(words)
    return f"{' ' * words.startswith(' ')}{inner}{' ' * (words.endswith(' ') and bool(inner))}"


def ranking(result: Result, locale: Locale, width: int, color: bool, measured: Calibration | None = None) -> str:
    """The whole summary of a scan: ranking, what is most often missing, who could not be assessed, what it rests on.

    ``width`` is in columns (60 at least); without ``color`` the text holds no escape sequence at all.
    ``measured`` are the tool's own precision and recall, where they were measured.
    """
    sheet = Sheet(width, color)
    warning = view.warning(result, locale)
    if warning:
        sheet.line((warning, "bold red"))
        sheet.gap()
    sheet.line((view.title(result, locale), "bold"))
    rows = view.ranking_rows(result, locale)
    if rows:
        _ranking_table(sheet, rows, result, locale)
    else:
        sheet.line(locale.t("ranking.nobody"))
    _gaps(sheet, view.most_missing(result, locale), locale)
    _unassessed(sheet, result, locale)
    sheet.gap()
    reviewed = sum(finding.reviewed for entry in result.agencies for finding in entry.assessment.findings)
    if reviewed:
        sheet.line(locale.t("ranking.reviewed", count=reviewed))
    for line in (*view.head_lines(result, locale), *([calibration_line(measured, locale)] if measured else [])):
        sheet.line((line, "dim"))
    return sheet.text()


def _ranking_table(sheet: Sheet, rows: Sequence[AgencyRow], result: Result, locale: Locale) -> None:
    wide = sheet.width >= _WIDE
    unsure = view.overlapping(rows)
    columns = _columns(rows, unsure, locale, wide)
    if sheet.width < _NARROW:
        del columns[4:7]
    between = 2 if wide else 1
    widths = [max(len(line) for cell in column for line in cell.split("\n")) + between for column in columns]
    room = sheet.width - sum(widths) + widths[_NAME]
    columns[_NAME] = [_folded(cell, room - between) for cell in columns[_NAME]]
    table = Table(box=SIMPLE_HEAD, padding=(0, between - 1, 0, 0), show_edge=False, pad_edge=False, header_style="bold")
    for place, (head, *_) in enumerate(columns):
        left = place in (_NAME, len(columns) - 1)
        table.add_column(styled(head), justify="left" if left else "right", no_wrap=place != _NAME)
    for place, row in enumerate(rows, start=1):
        cells = (column[place] for column in columns)
        table.add_row(*(_cell(cell, _style(index, row, len(columns))) for index, cell in enumerate(cells)))
    sheet.show(table)
    _footnotes(sheet, rows, unsure, result.rubric, locale)


def _columns(rows: Sequence[AgencyRow], unsure: frozenset[str], locale: Locale, wide: bool) -> list[list[str]]:
    """Each column's head and cells; lines of a cell are parted by a line feed."""
    short = "" if wide else "_short"
    coverages = ((row, row.card.total.coverage) for row in rows)
    return [
        [locale.t("ranking.rank"), *(_rank(row, unsure) for row in rows)],
        [locale.t("ranking.agency"), *(visible(row.name) for row in rows)],
        [locale.t("ranking.score"), *(_number(row.score(), locale) for row in rows)],
        [locale.t(f"ranking.range{short}"), *(_range(row, locale) for row in rows)],
        *(
            [
                locale.t(f"ranking.{category}{short}"),
                *(_number(row.score(category), locale) for row in rows),
            ]
            for category in Category
        ),
        [locale.t(f"ranking.coverage{short}"), *(_DASH if c is None else locale.percent(c) for _, c in coverages)],
        [locale.t("ranking.predikat"), *(_predikat(row, wide) for row in rows)],
    ]


def _rank(row: AgencyRow, unsure: frozenset[str]) -> str:
    star = "*" if row.card.agency in unsure else ""
    return _DASH if row.card.rank is None else f"{row.card.rank}{star}"


def _number(value: float | None, locale: Locale) -> str:
    return _DASH if value is None else locale.number(value, 1)


def _range(row: AgencyRow, locale: Locale) -> str:
    total = row.card.total
    return f"{_number(total.low, locale)}–{_number(total.high, locale)}"


def _predikat(row: AgencyRow, wide: bool) -> str:
    label = visible(row.predikat) or _DASH
    return label if wide else _folded(label, 12)


def _folded(text: str, width: int) -> str:
    """``text`` on two lines at most."""
    return "\n".join(wrap(text, max(width, 12), max_lines=2, placeholder=" …"))


def _cell(text: str, style: str) -> Text:
    return Text("\n", overflow="fold").join(styled((line, style)) for line in text.split("\n"))


def _style(column: int, row: AgencyRow, columns: int) -> str:
    if column == columns - 1 and row.band is not None:
        return _BANDS[min(row.band, len(_BANDS) - 1)]
    return "bold" if column == 2 else ""


def _footnotes(sheet: Sheet, rows: Sequence[AgencyRow], unsure: frozenset[str], rubric: Rubric, locale: Locale) -> None:
    sheet.gap()
    if unsure:
        sheet.line(locale.t("ranking.overlap"))
    if any(row.card.rank is None for row in rows):
        sheet.line(locale.t("ranking.partly", floor=locale.percent(rubric.coverage_floor)))
    abbreviated = _NARROW <= sheet.width < _WIDE
    sheet.line((locale.t("ranking.legend" if abbreviated else "ranking.legend_wide"), "dim"))


def _gaps(sheet: Sheet, gaps: Iterable[Gap], locale: Locale) -> None:
    entries = list(gaps)
    if not entries:
        return
    sheet.heading(locale.t("gaps.title"))
    counts = [locale.t("gaps.line", count=gap.count, of=gap.of) for gap in entries]
    longest = max(map(len, counts))
    for gap, count in zip(entries, counts, strict=True):
        titled = f", {locale.t('gaps.title_only', count=gap.title_only)}" if gap.title_only else ""
        sheet.item(count.rjust(longest), (f" {gap.title}", ""), (titled, "dim"))


def _unassessed(sheet: Sheet, result: Result, locale: Locale) -> None:
    groups = view.unassessed(result, locale)
    if not groups:
        return
    sheet.heading(locale.t("unassessed.title"))
    for reason, rows in groups:
        sheet.line((locale.t("unassessed.group", reason=reason, count=len(rows)), "yellow"), indent=2)
        if not result.scan.suspect:
            sheet.line("; ".join(row.name for row in rows), indent=4)
