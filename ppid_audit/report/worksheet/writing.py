"""A sheet as a file. Texts of websites are cells of text and nothing else: no formula, no link, no markup."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from ppid_audit.report.locale import Locale
from ppid_audit.report.tables import worksheet as csv_sheet
from ppid_audit.report.words import shortened, visible
from ppid_audit.report.worksheet.sheet import Column, Sheet, heading

_LONGEST = 32_000
"""Excel cuts cells at 32,767 characters without a word."""
_HEAD, _FILL_HEAD, _FILL, _EDGE = "#DDE3EA", "#FFE08A", "#FFF8E1", "#D9D9D9"
_LINE = 15.0
"""Points of height; a row is never taller than so many of them:"""
_MOST_LINES = 8


def as_csv(sheet: Sheet, locale: Locale) -> bytes:
    """``;``, UTF-8 with BOM, decimal comma: opens with a double click under an Indonesian locale."""
    heads = [heading(column, locale) for column in sheet.columns]
    return csv_sheet(heads, ([_text(cell, locale) for cell in row] for row in sheet.rows))


def as_xlsx(sheet: Sheet, locale: Locale) -> bytes:
    """One page with a frozen head, a filter and lists to choose from; a second with what to do."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    made = datetime.combine(date.fromisoformat(sheet.day), time())
    book.set_properties({"title": locale.t("worksheet.page"), "author": "ppid-audit", "created": made})
    page = book.add_worksheet(locale.t("worksheet.page"))
    for place, column in enumerate(sheet.columns):
        form = book.add_format(_look(column))
        page.set_column(place, place, column.width, form)
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": _FILL_HEAD if column.filled_in else _HEAD})
        page.write_string(0, place, heading(column, locale), head)
        for number, row in enumerate(sheet.rows, start=1):
            _write(page, (number, place), row[place], form)
        if column.kind in sheet.choices and sheet.rows:
            page.data_validation(1, place, len(sheet.rows), place, _choice(sheet.choices[column.kind], locale))
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _LINE * _lines(sheet.columns, row))
    page.set_row(0, _LINE * 2)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    _write_help(book, sheet, locale)
    book.close()
    return out.getvalue()


def _look(column: Column) -> dict[str, object]:
    filled = {"bg_color": _FILL, "border": 1, "border_color": _EDGE} if column.filled_in else {}
    form = {"share": {"num_format": "0%"}, "date": {"num_format": "yyyy-mm-dd"}}.get(column.kind, {})
    return {"valign": "top", "text_wrap": True, **filled, **form}


def _write(page: Any, at: tuple[int, int], value: str | float, form: Any) -> None:
    if isinstance(value, float):
        page.write_number(*at, value, form)
    elif value:
        page.write_string(*at, shortened(visible(value), _LONGEST), form)
    else:
        page.write_blank(*at, None, form)


def _lines(columns: Sequence[Column], row: Sequence[str | float]) -> int:
    """How many lines the tallest cell takes: no spreadsheet reckons it for a file that it did not write."""
    lengths = (len(cell) / column.width for column, cell in zip(columns, row, strict=True) if isinstance(cell, str))
    return min(_MOST_LINES, max(1, *map(ceil, lengths)))


def _write_help(book: Any, sheet: Sheet, locale: Locale) -> None:
    page = book.add_worksheet(locale.t("worksheet.help_page"))
    page.set_column(0, 0, 110, book.add_format({"valign": "top", "text_wrap": True}))
    for number, line in enumerate(sheet.help):
        page.write_string(number, 0, line)
        page.set_row(number, _LINE * ceil(len(line) / 105))


FORMATS: Mapping[str, Callable[[Sheet, Locale], bytes]] = {".xlsx": as_xlsx, ".csv": as_csv}
"""How a sheet is written, by the ending of the file's name."""


def _choice(words: Sequence[str], locale: Locale) -> dict[str, object]:
    """A list to choose from; what is not in it is warned of, not refused: codes and the other language are good too."""
    return {
        "validate": "list",
        "source": list(words),
        "error_type": "warning",
        "error_title": locale.t("worksheet.page"),
        "error_message": locale.t("worksheet.choose"),
    }


def _text(cell: str | float, locale: Locale) -> str:
    return locale.number(cell, 2) if isinstance(cell, float) else cell
