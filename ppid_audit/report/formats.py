"""The report formats by name: a new one is one file and one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.scan import Result
from ppid_audit.report import terminal
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.tables import Profile, finding_csv, score_csv


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose: the CSV profile; width in columns and colour of the terminal summary.

    And what it may know beside the result: the ``previous`` one, the ``comparison`` with it (which tells the
    causes apart), and the ``trend`` of all scans. Without them a report says that there is none.
    """

    profile: Profile = "excel"
    width: int = 120
    color: bool = False
    previous: Result | None = None
    comparison: Comparison | None = None
    trend: Trend | None = None


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
    summary = terminal.ranking(result, locale, options.width, options.color)
    return {"ringkasan.txt": f"{summary}\n".encode()}


FORMATS: Mapping[str, Format] = {"terminal": _terminal, "csv": _csv, "json": _json}
