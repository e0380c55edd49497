"""A person at a spreadsheet: takes a worksheet, fills in rows, and saves it in a way of their own."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

Grid = list[list[Any]]
Fill = Mapping[tuple[str, str], Mapping[str, Any]]
"""(agency id, item id) -> heading -> what is written there."""


def cells(path: Path) -> Grid:
    """The first page, as it is."""
    if path.suffix == ".csv":
        return list(csv.reader(StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def filled(path: Path, fill: Fill) -> Grid:
    """The grid with the rows filled in."""
    head, *rows = cells(path)
    agency, item = ((head.index(name) for name in pair) for pair in (("id",), ("butir",)))
    at = next(agency), next(item)
    left = dict(fill)
    for row in rows:
        for heading, value in left.pop((row[at[0]], row[at[1]]), {}).items():
            row[head.index(heading)] = value
    assert not left, f"not in the sheet: {sorted(left)}"
    return [head, *rows]


def save_xlsx(
    path: Path, grid: Grid, order: Sequence[int] | None = None, spoil: Callable[[Any], None] | None = None
) -> None:
    """Saves as a spreadsheet does, with the columns in another ``order``."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", "strings_to_urls": False})
    page = book.add_worksheet("Lembar1")
    for number, row in enumerate(grid):
        for place, column in enumerate(order or range(len(row))):
            page.write(number, place, row[column])
    if spoil:
        spoil(page)
    book.close()


def save_csv(path: Path, grid: Grid, separator: str = ";", encoding: str = "utf-8-sig") -> None:
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(grid)
    path.write_bytes(out.getvalue().encode(encoding))
