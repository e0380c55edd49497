"""A workbook being written: formats by name, sheets with a head, cells that can be nothing but what they are.

A site's words are always written as strings (never as formula, number or link), and only http and https
addresses become links. The same input gives the same bytes: the creation date is handed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ppid_audit.report.locale import Locale
from ppid_audit.report.words import shortened, visible
from ppid_audit.web.urls import resolve

INK, QUIET, ACCENT, LINE, SOFT, MARK = "#17222B", "#52606B", "#0A5A63", "#D9D6CB", "#EFEDE4", "#8A1F14"

_LONGEST = 32_000
"""Excel cuts cells at 32,767 characters without a word."""
_LONGEST_LINK = 2_079
_LINKS_A_SHEET = 65_000
"""Excel repairs, that is damages, a sheet with more than 65,530 links; what comes after is plain text."""
_LANGUAGE = {"id": "[$-421]", "en": "[$-809]"}
_NUMBERS = frozenset({"score", "signed", "share", "whole", "points"})
_HEAD = 3
"""Rows above the head of a table: title, state and day, a blank one."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be opened, shown as ``label`` or else as itself."""

    url: str
    label: str = ""


Cell = str | int | float | date | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` is the format of its cells: text, wrap, score, share, whole, points, day or mark."""

    head: str
    width: float
    kind: str = "text"


class Book:
    """Collects sheets; ``content`` ends it and gives its bytes."""

    def __init__(self, title: str, marks: Sequence[str], day: str, created: datetime, locale: Locale) -> None:
        self._out = BytesIO()
        self.title, self.marks, self.day = title, " · ".join(marks), day
        self.language = _LANGUAGE[locale.lang]
        self.book = xlsxwriter.Workbook(
            self._out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.book.set_properties(
            {"title": harmless(title, 200), "author": "ppid-audit", "comments": self.marks, "created": created}
        )
        self._formats: dict[str, Format] = {}
        self._links: dict[str, int] = {}

    def format(self, kind: str) -> Format:
        """The format of that name, made once."""
        if kind not in self._formats:
            self._formats[kind] = self.book.add_format(self._look(kind))
        return self._formats[kind]

    def _look(self, kind: str) -> dict[str, Any]:
        base = {"valign": "top", "font_color": INK}
        looks: dict[str, dict[str, Any]] = {
            "text": {"align": "left", "indent": 1},
            "wrap": {"text_wrap": True, "align": "left", "indent": 1},
            "score": {"num_format": "0.0"},
            "signed": {"num_format": "+0.0;-0.0;0.0"},
            "share": {"num_format": "0.0%"},
            "whole": {"num_format": "#,##0"},
            "points": {},
            "day": {"num_format": f"{self.language}d mmmm yyyy", "align": "left"},
            "mark": {"align": "center", "bold": True},
            "bold": {"bold": True},
            "quiet": {"font_color": QUIET},
            "link": {"font_color": ACCENT, "underline": 1, "align": "left", "indent": 1},
            "title": {"bold": True, "font_size": 16},
            "state": {"bold": True, "font_color": MARK},
            "section": {"valign": "vcenter", "bold": True, "font_size": 13, "font_color": ACCENT},
            "big": {"bold": True, "font_size": 28, "font_color": ACCENT, "num_format": "0.0", "align": "left"},
            "head": {
                "bold": True,
                "bg_color": SOFT,
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "left",
                "indent": 1,
            },
            "number_head": {
                "bold": True,
                "bg_color": SOFT,
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "right",
            },
            "turned": {
                "bold": False,
                "bg_color": SOFT,
                "rotation": 90,
                "valign": "bottom",
                "align": "center",
                "font_size": 9,
            },
        }
        return base | looks[kind]

    def sheet(self, name: str, landscape: bool = True) -> Worksheet:
        """A new sheet with the report's title and state on top and on every printed page."""
        page = self.book.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_paper(9)
        if landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        title = harmless(self.title, 90).replace("&", "&&")
        page.set_header(f"&L{title}&R&B{self.marks} {self.day}"[:255])
        page.set_footer(f"&L{name}&R&P / &N")
        page.set_row(0, 24)
        self.put(page, 0, 0, f"{name} — {self.title}", "title")
        self.put(page, 1, 0, " · ".join(part for part in (self.marks, self.day) if part), "state")
        return page

    def table(
        self, page: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], printed: int = 0
    ) -> int:
        """A table with a filter, its head frozen and printed on every page; the row after its last.

        ``printed``: so many columns fit on paper, 0 for all; the others are for the screen.
        """
        top = _HEAD
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width)
            page.write_string(
                top, place, column.head, self.format("number_head" if column.kind in _NUMBERS else "head")
            )
        page.set_row(top, 32)
        end = self.rows(page, columns, rows, top + 1)
        page.autofilter(top, 0, max(end - 1, top + 1), len(columns) - 1)
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)
        page.print_area(0, 0, end, (printed or len(columns)) - 1)
        return end

    def block(self, page: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], top: int) -> int:
        """A small table among others on its sheet; the row after its last."""
        for place, column in enumerate(columns):
            page.write_string(
                top, place, column.head, self.format("number_head" if column.kind in _NUMBERS else "head")
            )
        page.set_row(top, 20)
        return self.rows(page, columns, rows, top + 1)

    def rows(self, page: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], top: int) -> int:
        """Rows of cells from ``top`` on; the row after the last."""
        for row in rows:
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.put(page, top, place, cell, column.kind)
            lines = max(
                (_lines(cell, c.width) for c, cell in zip(columns, row, strict=True) if c.kind == "wrap"), default=1
            )
            if lines > 1:
                page.set_row(top, 15 * lines)
            top += 1
        return top

    def put(self, page: Worksheet, row: int, column: int, cell: Cell, kind: str = "text") -> None:
        """One cell; nothing for None, a text where a link may not be one."""
        if isinstance(cell, Link):
            self._link(page, row, column, cell)
        elif isinstance(cell, str):
            if kind == "section":
                page.set_row(row, 24)
            if cell:
                page.write_string(row, column, harmless(cell, _LONGEST), self.format(kind))
        elif isinstance(cell, date):
            page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self.format("day"))
        elif cell is not None:
            page.write_number(row, column, cell, self.format(kind))

    def _link(self, page: Worksheet, row: int, column: int, link: Link) -> None:
        label = harmless(link.label or link.url, _LONGEST)
        target = resolve(link.url, link.url) or ""
        used = self._links.get(page.get_name(), 0)
        if not target or len(target) > _LONGEST_LINK or used >= _LINKS_A_SHEET or len(label) > _LONGEST_LINK:
            if label:
                page.write_string(row, column, label, self.format("text"))
            return
        self._links[page.get_name()] = used + 1
        page.write_url(row, column, target, self.format("link"), label)

    def content(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._out.getvalue()


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column of that width; not every program finds out by itself."""
    return min(-(-len(cell) // int(width)), 20) if isinstance(cell, str) and width else 1


@lru_cache(maxsize=16_384)
def harmless(text: str, length: int) -> str:
    """``text`` on one line, cut, with nothing in it that acts."""
    return shortened(visible(text), length)


def as_date(text: str) -> date | str:
    """The day that an ISO text names; the text itself where it names none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
