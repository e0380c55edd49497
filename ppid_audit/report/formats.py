"""The report formats by name: a new one is one file and one line here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.scan import Result
from ppid_audit.report import terminal
from ppid_audit.report.badge import badges
from ppid_audit.report.html import report_html
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.movement import movement
from ppid_audit.report.openmetrics import openmetrics
from ppid_audit.report.paper.frame import Facts
from ppid_audit.report.printed import official_file, sheet_files
from ppid_audit.report.sqlitefile import sqlite_file
from ppid_audit.report.tables import Profile, finding_csv, score_csv
from ppid_audit.report.xlsx import report_xlsx


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose: the CSV profile; width in columns and colour of the terminal summary.

    And what it may know beside the result: the ``previous`` one, the ``comparison`` with it (which tells the
    causes apart), the ``trend`` of all scans, and how right the tool is by its ``calibration``. Without them a
    report says that there is none.
    """

    profile: Profile = "excel"
    width: int = 120
    color: bool = False
    previous: Result | None = None
    comparison: Comparison | None = None
    trend: Trend | None = None
    calibration: Calibration | None = None


Format = Callable[[Result, Locale, Options], dict[str, bytes]]
"""(result, words, options) -> file name -> content; a file name never holds text from outside."""


def _csv(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    ending = "-baku.csv" if options.profile == "baku" else ".csv"
    return {
        f"skor{ending}": score_csv(result, locale, options.profile),
        f"temuan{ending}": finding_csv(result, locale, options.profile),
    }


def _json(result: Result, _locale: Locale, _options: Options) -> dict[str, bytes]:
    return {"report.json": report_json(result)}


def _terminal(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    summary = terminal.ranking(result, locale, options.width, options.color, options.calibration)
    return {"ringkasan.txt": f"{summary}\n".encode()}


def _html(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    known = (options.comparison, options.previous, options.trend, options.calibration)
    return {"laporan.html": report_html(result, locale, *known)}


def _xlsx(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    known = (options.comparison, options.previous, options.trend, options.calibration)
    return {"laporan.xlsx": report_xlsx(result, locale, *known)}


def _docx(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    return official_file(_facts(result, locale, options), "docx")


def _pdf(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    return official_file(_facts(result, locale, options), "pdf")


def _md(result: Result, locale: Locale, options: Options) -> dict[str, bytes]:
    return official_file(_facts(result, locale, options), "md")


def _sqlite(result: Result, _locale: Locale, _options: Options) -> dict[str, bytes]:
    return {"ppid-audit-laporan.sqlite": sqlite_file(result)}


def _openmetrics(result: Result, locale: Locale, _options: Options) -> dict[str, bytes]:
    return {"ppid-audit.prom": openmetrics(result, locale)}


def _badge(result: Result, locale: Locale, _options: Options) -> dict[str, bytes]:
    return badges(result, locale)


def agency_sheets(result: Result, locale: Locale, options: Options, formats: Iterable[str]) -> dict[str, bytes]:
    """A sheet for every agency (``rapor/<id>.docx`` ...) in those of ``formats`` that print, else in DOCX."""
    return sheet_files(_facts(result, locale, options), formats)


def _facts(result: Result, locale: Locale, options: Options) -> Facts:
    moved = movement(result, locale, options.comparison, options.previous)
    return Facts.of(result, locale, moved, options.calibration)


FORMATS: Mapping[str, Format] = {
    "terminal": _terminal,
    "csv": _csv,
    "json": _json,
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
    "md": _md,
    "sqlite": _sqlite,
    "openmetrics": _openmetrics,
    "badge": _badge,
}
