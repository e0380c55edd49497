"""A filled-in file as a table of cells, whatever the spreadsheet made of it.

Runs in a worker: the file comes from many hands, and a spreadsheet of a few kilobytes may claim billions
of cells.
"""

import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook

MOST_BYTES = 20_000_000
_MOST_INFLATED = 200_000_000
_MOST_ROWS = 50_000
_MOST_COLUMNS = 200
_HEAD_WITHIN = 20
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What XLSX and ODS files (zip), and the older XLS, begin with."""

Value = str | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` counts from 1, as a spreadsheet or an editor shows it."""

    line: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in a file: the head as written, the rows below it, and which cells were merged (``A2:A5``)."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no table; ``code`` is put into words by the locales (``worksheet.unreadable.CODE``)."""

    name: str
    code: str


def read(data: bytes, name: str, headings: frozenset[str]) -> Table | Unreadable:
    """The table whose head holds most of ``headings`` (as ``plain`` gives them), near the top of a page."""
    if len(data) > MOST_BYTES:
        return Unreadable(name, "too_large")
    if not data.strip():
        return Unreadable(name, "empty")
    pages = _book(data, name) if data.startswith(_MAGIC) else _text(data, name)
    if isinstance(pages, Unreadable):
        return pages
    tables = [table for rows, merged in pages if (table := _table(name, rows, merged, headings)) is not None]
    if not tables:
        return Unreadable(name, "no_head")
    return max(tables, key=lambda table: _known(table.head, headings))


def plain(heading: str) -> str:
    """A heading without what spreadsheets and people change: case, blanks, underscores, quotes."""
    return " ".join(heading.replace("_", " ").strip("'\" \ufeff").split()).casefold()


Page = tuple[list[Row], tuple[str, ...]]


def _book(data: bytes, name: str) -> list[Page] | Unreadable:
    if data.startswith(_MAGIC[0]):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                inflated = sum(entry.file_size for entry in archive.infolist())
        # zipfile raises NotImplementedError for a version of the format that it does not know.
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return Unreadable(name, "damaged")
        if inflated > _MOST_INFLATED:
            return Unreadable(name, "too_large")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        pages: list[Page] = []
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            if sheet.total_height > _MOST_ROWS or sheet.total_width > _MOST_COLUMNS:
                return Unreadable(name, "too_large")
            cells = sheet.to_python(skip_empty_area=False)
            rows = [Row(number, tuple(map(_value, row))) for number, row in enumerate(cells, start=1)]
            pages.append((rows, tuple(_range(*corners) for corners in sheet.merged_cell_ranges or ())))
    except (CalamineError, ValueError, OSError):
        return Unreadable(name, "damaged")
    return pages


def _value(cell: object) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, (str, bool, int, float, date)) else str(cell)


def _range(start: tuple[int, int], end: tuple[int, int]) -> str:
    return f"{_cell_name(*start)}:{_cell_name(*end)}"


def _cell_name(row: int, column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return f"{letters}{row + 1}"


def _text(data: bytes, name: str) -> list[Page] | Unreadable:
    """The text parted in every usual way: which one is meant shows in its head."""
    text = _decoded(data)
    pages = [_parted(text, separator) for separator in ";,\t"]
    whole: list[Page] = [(rows, ()) for rows in pages if not isinstance(rows, str)]
    return whole or Unreadable(name, next(code for code in pages if isinstance(code, str)))


def _parted(text: str, separator: str) -> list[Row] | str:
    """The rows, or the code of what is wrong with them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            rows.append(Row(begins, tuple(cells[:_MOST_COLUMNS])))
            begins = reader.line_num + 1
            if len(rows) > _MOST_ROWS:
                return "too_large"
    except csv.Error:
        return "damaged"
    return rows


def _decoded(data: bytes) -> str:
    """UTF-8, the UTF-16 that Excel calls "Unicode text", or else what Windows writes in these parts."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _table(name: str, rows: list[Row], merged: tuple[str, ...], headings: frozenset[str]) -> Table | None:
    """The rows below the first that looks like a head: titles may stand above it."""
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        head = tuple(plain(str(cell or "")) for cell in row.cells)
        if _known(head, headings) >= 2:
            return Table(name, head, tuple(rows[place + 1 :]), merged)
    return None


def _known(head: tuple[str, ...], headings: frozenset[str]) -> int:
    return len(headings.intersection(head))
