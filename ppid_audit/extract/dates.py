"""Indonesian dates, months and years in texts and addresses."""

import re
from collections.abc import Iterator
from datetime import date

from ppid_audit.model.site import DateSeen

FIRST_YEAR, LAST_YEAR = 1990, 2059
_MAX_TEXT = 100_000
_MAX_DATES = 200
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt agust ags aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nopember nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19[9]\d|20[0-5]\d)"
_DATE = re.compile(
    rf"(?<![\w])(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s.,/-]{{1,3}}(?P<m1>{_MONTH})\.?[\s,./-]{{1,3}}(?P<y1>{_YEAR})(?!\d)"
    rf"|(?<![\w])(?P<m4>{_MONTH})\.?\s(?P<d4>\d{{1,2}}),?\s(?P<y4>{_YEAR})(?!\d)"
    rf"|(?<![\d./-])(?P<d2>\d{{1,2}})(?P<s2>[/.-])(?P<m2>\d{{1,2}})(?P=s2)(?P<y2>{_YEAR})(?![\d/-])"
    rf"|(?<![\d./-])(?P<y3>{_YEAR})(?P<s3>[/.-])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?![\d/-])"
    rf"|(?<![\w])(?P<m5>{_MONTH})\.?[\s,./-]{{1,3}}(?P<y5>{_YEAR})(?!\d)"
    rf"|(?<![\d.,/-])(?P<y6>{_YEAR})(?![\d]|[.,]\d|[/-]\d{{3}})",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?<!\d)(?P<a>{_YEAR})\s*(?:-|–|—|/|s\.?\s*/?\s*d\.?|sd\.?|sampai(?:\s+dengan)?|hingga|ke)\s*(?:tahun\s+)?(?P<b>{_YEAR}|\d\d(?!\d))(?!\d)",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"(?<!\d)({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[ _T-]?[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)
_FOLDERS = re.compile(rf"/({_YEAR})/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?/")
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}")
_BEFORE, _BEHIND = 24, 44
"""Characters: no form of ``_DATE`` begins as far before its year, or looks as far behind it from there."""
_ISO = re.compile(rf"({_YEAR})-(\d\d)-(\d\d)")
_NOT_A_YEAR = re.compile(
    r"(?:©|\(c\)|copyright|hak cipta)[^\n]{0,40}$|(?:nomor|no\.?)\s*:?\s*$"
    r"|\b(?:telp|telepon|phone|fax|faks|hp|wa|rp|kode pos)\W{0,4}[\d\s().+-]*$",
    re.IGNORECASE,
)
_PHONE_AFTER = re.compile(r"^[ -]\d{4,}")


def dates_in(text: str, where: str) -> tuple[DateSeen, ...]:
    """The dates in ``text`` (its first 100,000 characters) in order, at most 200, each marked with ``where``.

    A month without day counts as its first day (precision ``month``), a year as its 1 January (``year``).
    Day comes before month, as Indonesians write. Telephone numbers and copyright years are no dates.
    """
    found: dict[tuple[date, str], DateSeen] = {}
    for seen in _dates(text[:_MAX_TEXT], where):
        found.setdefault((seen.day, seen.precision), seen)
        if len(found) >= _MAX_DATES:
            break
    return tuple(found.values())


def _dates(text: str, where: str) -> Iterator[DateSeen]:
    for match in _dated(text):
        day, precision = _day_of(match)
        if day is None or (precision == "year" and _is_no_year(text, match)):
            continue
        quote = " ".join(text[max(0, match.start() - 30) : match.end() + 10].split())
        yield DateSeen(day, precision, where, quote)


def _dated(text: str) -> Iterator[re.Match[str]]:
    """What ``_DATE.finditer`` gives: every form holds a year, so that only the places around years are searched."""
    at = 0
    for year in _ANY_YEAR.finditer(text):
        start = max(at, year.start() - _BEFORE)
        while start <= year.start():
            match = _DATE.search(text, start, year.end() + _BEHIND)
            if match is None or match.start() > year.start():
                break
            yield match
            at = start = match.end()


def _day_of(match: re.Match[str]) -> tuple[date | None, str]:
    part = match.groupdict()
    for kind in "1423":
        if part[f"y{kind}"]:
            return _real(part[f"y{kind}"], part[f"m{kind}"], part[f"d{kind}"]), "day"
    if part["y5"]:
        return _real(part["y5"], part["m5"], "1"), "month"
    return _real(part["y6"], "1", "1"), "year"


def _real(year: str, month: str, day: str) -> date | None:
    """The date of these words, or None when the calendar has no such day."""
    try:
        return date(int(year), _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None


def _is_no_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    return bool(_NOT_A_YEAR.search(before) or _PHONE_AFTER.match(text[match.end() : match.end() + 8]))


def years_in(text: str) -> tuple[int, ...]:
    """The years that ``text`` names, in order, each once; both ends of a span ("2021-2026"), stamps too."""
    part = text[:_MAX_TEXT]
    places: list[tuple[int, int]] = []
    for match in _SPAN.finditer(part):
        start, end = _ends(match)
        if end is not None:
            places += [(match.start(), start), (match.start("b"), end)]
    places += [(match.start(), int(match[1])) for match in _STAMP.finditer(part)]
    for match in _dated(part):
        day, precision = _day_of(match)
        if day is not None and not (precision == "year" and _is_no_year(part, match)):
            places.append((match.start(), day.year))
    return tuple(dict.fromkeys(year for _, year in sorted(places)))


def span_in(text: str) -> tuple[int, int] | None:
    """The first span of years in ``text`` ("2021-2026", "2021 s.d. 2026", "2021/2022"), or None."""
    for match in _SPAN.finditer(text[:_MAX_TEXT]):
        start, end = _ends(match)
        if end is not None:
            return start, end
    return None


def _ends(match: re.Match[str]) -> tuple[int, int | None]:
    start, last = int(match["a"]), match["b"]
    end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
    return start, end if start < end <= start + 30 else None


def date_in_address(url: str) -> date | None:
    """The day (or first day of the month) that an address carries: ``..._20241014080751.pdf``, ``/2024/10/``."""
    match = _STAMP.search(url) or _FOLDERS.search(url)
    return _real(match[1], match[2], match[3] or "1") if match else None


def iso_date(text: str) -> date | None:
    """The day of an ISO 8601 stamp or of a PDF date (``D:20241014...``), None when there is none."""
    match = _ISO.search(text[:60]) or _STAMP.search(text[:60].replace("D:", " "))
    return _real(match[1], match[2], match[3]) if match else None
