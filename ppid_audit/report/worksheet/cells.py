"""The rows of a filled-in table by what they are about, and the complaints about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ppid_audit.errors import InputError
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import shortened, visible
from ppid_audit.report.worksheet.reading import Table, Unreadable, Value, plain
from ppid_audit.report.worksheet.sheet import Column, key

LOCALES = (Locale.load("id"), Locale.load("en"))
"""A sheet may be filled in under another language than the one that it was written in."""

_IDENTITY = ("agency", "item", "scan", "key")


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled-in row of a table, by column code."""

    where: str
    values: dict[str, Value]

    def text(self, code: str) -> str:
        """The cell as a text on trimmed lines; a number without a fraction loses its ``.0``."""
        value = self.values.get(code)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        lines = str("" if value is None else value).strip().splitlines()
        return "\n".join(" ".join(line.split()) for line in lines)


class Complaints:
    """Whole sentences, each with its place, in the order in which they were found."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.sentences: list[str] = []

    def __call__(self, where: str, code: str, **values: str) -> None:
        """Notes ``worksheet.problem.CODE`` with ``values``, made short and safe to print."""
        told = {name: shortened(visible(value), 80) for name, value in values.items()}
        self.sentences.append(f"{where}: {self.locale.t(f'worksheet.problem.{code}', **told)}")

    def close(self) -> None:
        """InputError with all of them, if there are any."""
        if self.sentences:
            raise InputError(*self.sentences)


def headings(columns: Iterable[Column]) -> dict[str, str]:
    """Every heading that a column may have, in any language or as its code, to its code."""
    known = {plain(column.code): column.code for column in columns}
    return known | {
        plain(locale.t(f"worksheet.column.{column.code}")): column.code for locale in LOCALES for column in columns
    }


def scan_of(tables: Sequence[Table], columns: Sequence[Column], locale: Locale) -> str:
    """The one scan that all rows of all tables are about; InputError when there is none, or more than one."""
    complain = Complaints(locale)
    known = headings(columns)
    scans: dict[str, str] = {}
    for table in tables:
        for cell in _cells(table, known):
            if cell.text("scan"):
                scans.setdefault(cell.text("scan"), cell.where)
    for scan, where in list(scans.items())[1:]:
        complain(where, "other_scan", scan=scan, first=next(iter(scans)))
    if not scans:
        complain(tables[0].name, "no_scan")
    complain.close()
    return next(iter(scans))


def filled_rows(
    tables: Sequence[Table], columns: Sequence[Column], touched: Sequence[str], result: Result, complain: Complaints
) -> Iterator[Cell]:
    """The rows that somebody wrote into and that are still about the cell that they were made for."""
    known = headings(columns)
    for table in tables:
        if not _complete(table, columns, known, complain):
            continue
        for cell in _cells(table, known):
            if any(cell.text(code) for code in touched) and _is_of(cell, result, complain):
                yield cell


def readable(found: Sequence[Table | Unreadable], locale: Locale) -> list[Table]:
    """All files as tables; InputError with a sentence for each that is none."""
    bad = [
        f"{each.name}: {locale.t(f'worksheet.unreadable.{each.code}')}"
        for each in found
        if isinstance(each, Unreadable)
    ]
    if bad:
        raise InputError(*bad)
    return [each for each in found if isinstance(each, Table)]


def _complete(table: Table, columns: Sequence[Column], known: dict[str, str], complain: Complaints) -> bool:
    """Whether all columns that carry something are there, once, and no cells were merged."""
    there = [known[name] for name in table.head if name in known]
    needed = [column.code for column in columns if column.filled_in or column.code in _IDENTITY]
    lost = [code for code in needed if code not in there]
    twice = sorted({code for code in there if there.count(code) > 1})
    for problem, codes in (("lost_columns", lost), ("twice_columns", twice)):
        if codes:
            names = ", ".join(complain.locale.t(f"worksheet.column.{code}") for code in codes)
            complain.sentences.append(f"{table.name}: {complain.locale.t(f'worksheet.problem.{problem}', names=names)}")
    if table.merged:
        complain(table.name, "merged", cells=", ".join(table.merged))
    return not (lost or twice or table.merged)


def _cells(table: Table, known: dict[str, str]) -> Iterator[Cell]:
    codes = [known.get(name, "") for name in table.head]
    for row in table.rows:
        yield Cell(f"{table.name}:{row.line}", dict(zip(codes, row.cells, strict=False)))


def _is_of(cell: Cell, result: Result, complain: Complaints) -> bool:
    """Whether the row still names the cell that it was made for."""
    scan, agency, item = cell.text("scan"), cell.text("agency"), cell.text("item")
    if agency not in {entry.agency.id for entry in result.agencies}:
        complain(cell.where, "bad_agency", value=agency)
    elif item not in {criterion.id for criterion in result.rubric.criteria}:
        complain(cell.where, "bad_item", value=item)
    elif scan != result.scan.id or cell.text("key") != key(scan, agency, item):
        complain(cell.where, "changed", agency=agency, item=item)
    else:
        return True
    return False
