"""All scans at a glance: the scores of every agency, and their course as a line of blocks."""

from collections.abc import Mapping, Sequence

from ppid_audit.model.comparison import Trend
from ppid_audit.model.scan import Scan
from ppid_audit.report.changes import signed
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet, Span
from ppid_audit.report.words import shortened, visible

_BLOCKS = "▁▂▃▄▅▆▇█"
_NONE = "·"
_NAME = 24
_COLUMN = 6
_WHOLE = 10
"""Columns of the screen: a name, a score, and what the last column and the gaps take."""
_COURSE = 12
"""Scans in a course; twice as many on a wide terminal."""
_WIDE = 104


def trend(told: Trend, names: Mapping[str, str], locale: Locale, width: int, color: bool) -> str:
    """The scores of the last scans that fit, the course of more of them, and the whole difference.

    ``names`` are agencies' names by id. A scan that another rubric or program judged than the one before
    it is marked: across such a mark a score may move without any change of the site.
    """
    sheet = Sheet(width, color)
    count = len(told.scans)
    drawn = min(count, _COURSE if sheet.width < _WIDE else 2 * _COURSE)
    shown = min(count, (sheet.width - _NAME - drawn - _WHOLE) // _COLUMN)
    sheet.line((locale.t("trend.title", count=count), "bold"))
    sheet.gap()
    marks = _marks(told.scans)
    days = [_day(scan) for scan in told.scans[count - shown :]]
    rows: list[list[Span]] = [
        [
            (head, "bold")
            for head in (locale.t("ranking.agency"), locale.t("trend.course"), *days, locale.t("trend.whole"))
        ]
    ]
    if any(marks):
        line = "".join(mark or "─" for mark in marks[count - drawn :])
        rows.append(["", *((mark, "cyan") for mark in (line, *marks[count - shown :]))])
    for row in told.rows:
        name = shortened(visible(names.get(row.agency, row.agency)), _NAME)
        course = "".join(_blocks(score) for score in row.scores[count - drawn :])
        rows.append(
            [name, course, *(_number(s, locale) for s in row.scores[count - shown :]), _whole(row.scores, locale)]
        )
    sheet.grid(rows, left=(0, 1))
    _foot(sheet, shown, drawn, count, any(marks), locale)
    return sheet.text()


def _foot(sheet: Sheet, columns: int, course: int, scans: int, marked: bool, locale: Locale) -> None:
    sheet.gap()
    if marked:
        sheet.line((locale.t("trend.mark"), "cyan"))
    if columns < scans:
        sheet.line((locale.t("trend.cut", columns=columns, course=course, count=scans), "dim"))
    sheet.line((locale.t("trend.legend"), "dim"))


def _marks(scans: Sequence[Scan]) -> list[str]:
    """``^`` at every scan whose ruler or program is not that of the one before."""
    rulers = [(scan.rubric_sha256, scan.tool) for scan in scans]
    return ["^" if place and rulers[place - 1] != ruler else "" for place, ruler in enumerate(rulers)]


def _day(scan: Scan) -> str:
    _, month, day = scan.as_of.split("-")
    return f"{day}/{month}"


def _blocks(score: float | None) -> str:
    return _NONE if score is None else _BLOCKS[min(int(score * len(_BLOCKS) / 100), len(_BLOCKS) - 1)]


def _number(score: float | None, locale: Locale) -> str:
    return "–" if score is None else locale.number(score, 1)


def _whole(scores: Sequence[float | None], locale: Locale) -> str:
    known = [score for score in scores if score is not None]
    return signed(known[-1] - known[0], locale) if len(known) > 1 else ""
