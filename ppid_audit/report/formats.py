"""The report formats by name: a new one is one file and one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ppid_audit.model.scan import Result
from ppid_audit.report import terminal
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.tables import Profile, finding_csv, score_csv


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose: the CSV profile; width in columns and colour of the terminal summary."""

    profile: Profile = "excel"
    width: int = 120
    color: bool = False


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
    return {"ringkasan.txt": terminal.ranking(result, locale, options.width, options.color).encode()}


FORMATS: Mapping[str, Format] = {"terminal": _terminal, "csv": _csv, "json": _json}
