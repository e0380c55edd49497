import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.report.worksheet.cells import headings
from ppid_audit.report.worksheet.reading import Table, Unreadable, read
from ppid_audit.report.worksheet.review import COLUMNS
from tests.report.worksheet.sheets import grid, saved, table, text, unreadable

KNOWN = frozenset(headings(COLUMNS))


def zipped(name: str, size: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"PK\x03\x04rusak", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (zipped("xl/workbook.xml", 100), "damaged"),
        (zipped("xl/worksheets/sheet1.xml", 210_000_000), "too_large"),
        (b"x" * 20_000_001, "too_large"),
        (b"nama;umur\nBudi;7\n", "no_head"),
        (saved([["nama", "umur"], ["Budi", 7]]), "no_head"),
        (b"id;butir\n" * 50_001, "too_large"),
    ],
)
def test_what_is_no_worksheet_is_told_by_a_code(data, code):
    assert unreadable(data) == code


def test_a_page_that_was_moved_behind_another_is_found():
    rows = table(saved(grid())).rows
    assert len(rows) == len(grid()) - 1
    assert rows[0].line == 2


def test_lines_are_those_of_the_file_even_across_line_breaks():
    found = table(text([["id", "butir"], ["a", "satu\ndua"], ["b", "tiga"]]), "x.csv")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("a", "satu\ndua")), (4, ("b", "tiga"))]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_none(data):
    assert isinstance(read(data, "x", KNOWN), (Table, Unreadable))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 2_000), st.integers(0, 60))
def test_a_torn_workbook_is_a_table_or_none(patch, at, cut):
    whole = saved([["id", "butir"], ["a", "b"]])
    torn = whole[: at % len(whole)] + patch + whole[at % len(whole) + cut :]
    assert isinstance(read(torn, "x", KNOWN), (Table, Unreadable))
