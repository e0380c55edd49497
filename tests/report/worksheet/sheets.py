"""Worksheets of the sample result, filled in and saved in many ways."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.cells import headings
from ppid_audit.report.worksheet.reading import Table, Unreadable, read
from ppid_audit.report.worksheet.review import COLUMNS, review_sheet
from ppid_audit.report.worksheet.writing import as_xlsx
from tests.report.sample import RESULT

ID = Locale.load("id")
RENSTRA = "setiap-saat.renstra"
Grid = list[list[Any]]


def grid(agency: str | None = "dishub", locale: Locale = ID) -> Grid:
    data = as_xlsx(review_sheet(RESULT, locale, agency, None), locale)
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def answered(rows: Grid, which: str, /, **said: Any) -> Grid:
    """One row filled in; the keywords are column codes."""
    head = rows[0]
    codes = {column.code: place for place, column in enumerate(COLUMNS)}
    assert len(head) == len(codes)
    row = next(row for row in rows[1:] if row[codes["item"]] == which)
    for code, value in said.items():
        row[codes[code]] = value
    return rows


GOOD = {"new_verdict": "terpenuhi", "reason": "dikoreksi", "justification": "ada di menu", "by": "Sri"}


def saved(rows: Grid, spoil: Callable[[Any], None] | None = None) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_urls": False})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value != "":
                page.write(number, place, value)
    if spoil:
        spoil(page)
    book.close()
    return out.getvalue()


def text(rows: Grid, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    def cell(value: Any) -> str:
        return '"' + str(value).replace('"', '""') + '"'

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows).encode(encoding)


def table(data: bytes, name: str = "lembar.xlsx") -> Table:
    found = read(data, name, frozenset(headings(COLUMNS)))
    assert isinstance(found, Table), found
    return found


def unreadable(data: bytes) -> str:
    found = read(data, "lembar", frozenset(headings(COLUMNS)))
    assert isinstance(found, Unreadable)
    return found.code
