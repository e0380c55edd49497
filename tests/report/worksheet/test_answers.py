"""Every way in which a filled-in worksheet comes back: good rows become reviews, all else becomes sentences."""

from datetime import date, datetime
from typing import Any

import pytest

from ppid_audit.errors import InputError
from ppid_audit.model.review import Claim
from ppid_audit.model.rubric import Verdict
from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.answers import claims
from ppid_audit.report.worksheet.cells import scan_of
from ppid_audit.report.worksheet.review import COLUMNS
from tests.report.sample import RESULT
from tests.report.worksheet.sheets import GOOD, ID, RENSTRA, Grid, answered, grid, saved, table, text

EN = Locale.load("en")
TODAY = date(2026, 11, 30)
AT = {column.code: place for place, column in enumerate(COLUMNS)}


def read(data: bytes, locale: Locale = ID, today: date = TODAY) -> tuple[Claim, ...]:
    return claims([table(data)], COLUMNS, RESULT, today, locale)


def refused(data: bytes, locale: Locale = ID) -> list[str]:
    with pytest.raises(InputError) as error:
        read(data, locale)
    return list(error.value.problems)


def one(**said: Any) -> Claim:
    [claim] = read(saved(answered(grid(), RENSTRA, **{**GOOD, **said})))
    return claim


def test_untouched_rows_are_passed_over():
    assert read(saved(grid())) == ()
    assert read(saved(answered(grid(), RENSTRA, by="Sri", on=TODAY))) == ()


def test_a_filled_in_row_is_a_review():
    claim = one(on=datetime(2026, 11, 25), expires=date(2027, 1, 31), address="https://a.go.id/x\nhttps://a.go.id/y")
    entry = claim.entry
    assert (entry.agency, entry.item, entry.verdict, entry.reason) == (
        "dishub", RENSTRA, Verdict.FULFILLED, "corrected",
    )  # fmt: skip
    assert (entry.justification, entry.by, entry.on, entry.expires) == (
        "ada di menu", "Sri", date(2026, 11, 25), date(2027, 1, 31),
    )  # fmt: skip
    assert claim.addresses == ("https://a.go.id/x", "https://a.go.id/y")
    row = next(number for number, row in enumerate(grid(), 1) if row[AT["item"]] == RENSTRA)
    assert claim.where == f"lembar.xlsx:{row}"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_csv_however_a_spreadsheet_saves_it(separator, encoding):
    data = text(
        answered(safe(grid()), RENSTRA, **{**GOOD, "justification": 'café; ada, "di" menu\nbaris dua'}),
        separator,
        encoding,
    )
    [claim] = read(data)
    assert claim.entry.justification == 'café; ada, "di" menu\nbaris dua'


def safe(rows: Grid) -> Grid:
    """Without the characters that cp1252 does not have."""
    return [[str(cell).encode("cp1252", "ignore").decode("cp1252") for cell in row] for row in rows]


def test_unicode_text_of_excel_and_a_title_above_the_head():
    rows = [["Sanggahan Dinas Perhubungan"], [], *answered(grid(), RENSTRA, **GOOD)]
    [claim] = read(text(rows, "\t", "utf-16"))
    assert claim.entry.by == "Sri"


def test_columns_in_any_order_and_headings_in_the_other_language():
    rows = answered(grid(locale=EN), RENSTRA, **{**GOOD, "new_verdict": "Fulfilled", "reason": "corrected"})
    turned = [list(reversed(row)) for row in rows]
    turned[0] = [heading.upper().replace(" ", "_") for heading in turned[0]]
    [claim] = read(saved(turned))
    assert claim.entry.verdict is Verdict.FULFILLED


@pytest.mark.parametrize("column", ["because", "confidence", "quote", "evidence", "verdict", "title", "name"])
def test_columns_that_only_inform_may_go(column):
    rows = [
        [cell for place, cell in enumerate(row) if place != AT[column]] for row in answered(grid(), RENSTRA, **GOOD)
    ]
    assert len(read(saved(rows))) == 1


@pytest.mark.parametrize("column", ["agency", "item", "scan", "key", "new_verdict", "reason", "by", "address"])
def test_a_deleted_column_is_named(column):
    rows = [
        [cell for place, cell in enumerate(row) if place != AT[column]] for row in answered(grid(), RENSTRA, **GOOD)
    ]
    assert refused(saved(rows)) == [
        f"lembar.xlsx: kolom {ID.t(f'worksheet.column.{column}')} tidak ada lagi; kembalikan kolom itu, "
        "atau ekspor lembar kerja yang baru."
    ]


def test_a_column_that_is_there_twice_is_named():
    rows = [[*row, row[AT["by"]]] for row in answered(grid(), RENSTRA, **GOOD)]
    assert "dua kali" in refused(saved(rows))[0]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("agency", "dinas-lain", 'perangkat daerah "dinas-lain" tidak ada'),
        ("agency", "", 'perangkat daerah "" tidak ada'),
        ("agency", "dinkes", "tidak dibuat untuk dinkes"),
        ("item", "berkala.karangan", 'butir "berkala.karangan" tidak ada'),
        ("item", "berkala.visi-misi", "tidak dibuat untuk"),
        ("key", "k000000000", "tidak dibuat untuk"),
        ("key", "", "tidak dibuat untuk"),
        ("scan", "20200101-0000", "tidak dibuat untuk"),
    ],
)
def test_a_row_that_no_longer_names_its_cell_is_refused(column, value, says):
    [problem] = refused(saved(answered(grid(), RENSTRA, **GOOD, **{column: value})))
    assert says in problem
    assert problem.startswith("lembar.xlsx:")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"by": ""}, "nama peninjau (oleh) belum diisi"),
        ({"by": "  "}, "nama peninjau (oleh) belum diisi"),
        ({"by": "Sri\nAdi"}, "satu baris"),
        ({"reason": ""}, "alasan belum diisi"),
        ({"reason": "karena"}, 'alasan "karena" tidak dikenal; pilihannya: '),
        ({"justification": ""}, "uraian belum diisi"),
        ({"justification": "x" * 1001}, "terlalu panjang"),
        ({"justification": "a\x0bb\x7f"}, "karakter kendali"),
        ({"justification": "\u202eterbalik"}, "karakter kendali"),
        ({"new_verdict": ""}, "putusan peninjau belum diisi"),
        ({"new_verdict": "terpenuhii"}, "pilihannya: terpenuhi."),
        ({"new_verdict": "0,85"}, 'putusan "0,85" tidak dikenal'),
        ({"new_verdict": 0.85}, 'putusan "0.85" tidak dikenal'),
        ({"reason": "dikecualikan"}, 'menuntut putusan "tidak berlaku", di sini tertulis "terpenuhi"'),
        ({"reason": "attested", "new_verdict": "sebagian"}, 'menuntut putusan "terpenuhi"'),
        ({"on": "kemarin"}, '"kemarin" bukan tanggal'),
        ({"on": "31/02/2026"}, "bukan tanggal"),
        ({"on": "11/24/2026"}, "bukan tanggal"),
        ({"on": date(2026, 12, 1)}, "belum tiba"),
        ({"expires": "1/1/2026"}, "sebelum tanggal peninjauan"),
        ({"address": "dinas.go.id/berkas.pdf"}, "bukan alamat yang utuh"),
        ({"address": "javascript:alert(1)"}, "bukan alamat yang utuh"),
        ({"address": "file:///etc/passwd"}, "bukan alamat yang utuh"),
    ],
)
def test_what_is_wrong_in_a_row_is_one_sentence(said, says):
    [problem] = refused(text(answered(grid(), RENSTRA, **{**GOOD, **said})))
    assert says in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    "written",
    ["2026-11-24", "24/11/2026", "24-11-2026", "24.11.2026", "24 November 2026", "24 nov 2026", date(2026, 11, 24)],
)
def test_a_day_however_it_is_written(written):
    assert one(on=written).entry.on == date(2026, 11, 24)


def test_a_day_of_the_import_where_none_is_written():
    assert one(on="").entry.on == TODAY


def test_everything_wrong_is_said_at_once():
    rows = answered(grid(), RENSTRA, **{**GOOD, "by": "", "reason": "x"})
    other = next(row[AT["item"]] for row in rows[1:] if row[AT["item"]] != RENSTRA)
    answered(rows, other, new_verdict="entah")
    problems = refused(saved(rows))
    assert len(problems) == 6
    assert {problem.split(": ")[0] for problem in problems} == {
        f"lembar.xlsx:{number}" for number, row in enumerate(rows, 1) if row[AT["item"]] in (RENSTRA, other)
    }
    assert "missing" in " ".join(refused(saved(rows), EN))


def test_merged_cells_are_named():
    rows = answered(grid(), RENSTRA, **GOOD)
    [problem] = refused(saved(rows, lambda page: page.merge_range(3, AT["by"], 5, AT["by"], "Sri")))
    assert "digabung" in problem
    assert "M4:M6" in problem


def test_one_person_says_one_thing_of_a_cell_and_two_may_say_two():
    rows = answered(grid(), RENSTRA, **GOOD)
    row = next(row for row in rows if row[AT["item"]] == RENSTRA)
    again = [value if place != AT["by"] else "SRI" for place, value in enumerate(row)]
    assert "satu orang satu putusan" in refused(saved([*rows, again]))[0]
    other = [value if place != AT["by"] else "Budi" for place, value in enumerate(row)]
    assert [claim.entry.by for claim in read(saved([*rows, other]))] == ["Sri", "Budi"]


def test_the_scan_stands_in_the_sheet():
    assert scan_of([table(saved(grid()))], COLUMNS, ID) == RESULT.scan.id
    rows = grid()
    rows[3][AT["scan"]] = "lain"
    with pytest.raises(InputError, match="impor terpisah"):
        scan_of([table(saved(rows))], COLUMNS, ID)
    for row in rows[1:]:
        row[AT["scan"]] = ""
    with pytest.raises(InputError, match="kolom pemindaian kosong"):
        scan_of([table(saved(rows))], COLUMNS, ID)
