from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.extract.dates import date_in_address, dates_in, iso_date, span_in, years_in

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


def days(text: str) -> list[tuple[date, str]]:
    return [(seen.day, seen.precision) for seen in dates_in(text, "text")]


@pytest.mark.parametrize(
    "text",
    [
        "24 November 2026",
        "24 Nopember 2026",
        "24 Nov 2026",
        "24 Nop. 2026",
        "24-Nov-2026",
        "24/11/2026",
        "24-11-2026",
        "24.11.2026",
        "2026-11-24",
        "2026/11/24",
        "Selasa, 24 November 2026 10.00 WIB",
        "November 24, 2026",
        "tanggal 24  november  2026.",
    ],
)
def test_days(text):
    assert days(text) == [(date(2026, 11, 24), "day")]


@pytest.mark.parametrize(
    ("short", "month"),
    [
        ("Jan", 1),
        ("Peb", 2),
        ("Feb", 2),
        ("Mrt", 3),
        ("Agt", 8),
        ("Agust", 8),
        ("Sept", 9),
        ("Okt", 10),
        ("Nop", 11),
        ("Des", 12),
    ],
)
def test_short_months(short, month):
    assert days(f"5 {short} 2025") == [(date(2025, month, 5), "day")]


def test_months_and_years():
    assert days("Rekap November 2026") == [(date(2026, 11, 1), "month")]
    for text in (
        "Tahun 2025",
        "TA 2025",
        "Tahun Anggaran 2025",
        "T.A. 2025",
        "LKjIP 2025.",
        "(2025)",
        "Renja_2025.pdf",
    ):
        assert days(text) == [(date(2025, 1, 1), "year")], text


def test_what_is_no_date():
    for text in (
        "Telp. (0296) 2024",
        "WA 0812-2025-2026",
        "© 2025 Dinas",
        "Copyright 2019 by Dinas",
        "Hak Cipta 2020",
        "Rp 2.024.000",
        "12025",
        "31/02/2025 ".replace("2025", "20250"),
        "Nomor 2024",
        "2024.5",
        "08122024999",
        "Rp2.025,50",
    ):
        assert days(text) == [], text


def test_a_day_that_no_calendar_has_is_none():
    assert days("31 Februari 2025") == []
    assert days("99/99/2025") == []


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)))
def test_every_day_in_every_spelling(day):
    for text in (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y-%m-%d}",
    ):
        assert days(f"Semarang, {text}") == [(day, "day")]


@given(st.text(max_size=80))
def test_any_text(text):
    assert all(1990 <= seen.day.year <= 2059 for seen in dates_in(text, "text"))
    assert all(1990 <= year <= 2059 for year in years_in(text))
    span_in(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Renstra 2021-2026", (2021, 2026)),
        ("Renstra 2021 – 2026", (2021, 2026)),
        ("Renstra 2021 s.d. 2026", (2021, 2026)),
        ("Renstra 2021 s/d 2026", (2021, 2026)),
        ("Tahun 2021 sampai dengan tahun 2026", (2021, 2026)),
        ("Tahun 2021/2022", (2021, 2022)),
        ("Renstra 2021-26", (2021, 2026)),
        ("2026-2021", None),
        ("2024-11-24", None),
        ("Renja 2024", None),
        ("08122021-2026", None),
    ],
)
def test_spans(text, span):
    assert span_in(text) == span


def test_years_of_titles_spans_and_stamps():
    assert years_in("Renstra 2021-2026 (perubahan 2023)") == (2021, 2026, 2023)
    assert years_in("file_20241014080751.pdf") == (2024,)
    assert years_in("12 Maret 2022") == (2022,)
    assert years_in("Telepon 0296-2024") == ()


def test_days_in_addresses():
    assert date_in_address("/upload/file/file_20241014080751.pdf") == date(2024, 10, 14)
    assert date_in_address("/wp-content/uploads/2023/05/renja.pdf") == date(2023, 5, 1)
    assert date_in_address("/uploads/x_1728864471.pdf") is None
    assert date_in_address("/berita/20241399.html") is None


def test_stamps():
    assert iso_date("2024-05-06T10:00:00+07:00") == date(2024, 5, 6)
    assert iso_date("D:20240506100000+07'00'") == date(2024, 5, 6)
    assert iso_date("kemarin") is None


def test_quotes_and_places():
    (seen,) = dates_in("Ditetapkan di Semarang pada tanggal 3 Maret 2024 oleh Kepala Dinas", "title")
    assert seen.where == "title"
    assert "3 Maret 2024" in seen.quote
