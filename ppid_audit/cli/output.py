"""What a command shows of a result: the table or JSON on stdout, files where asked for."""

import os
import shutil
import sys
from pathlib import Path

from ppid_audit.cli.earlier import Earlier
from ppid_audit.cli.files import write_reports
from ppid_audit.cli.words import language, t
from ppid_audit.model.calibration import Calibration
from ppid_audit.model.scan import Result
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import ranking

_PIPE_WIDTH = 120


def width() -> int:
    """Columns of the terminal; 120 where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_WIDTH


def color() -> bool:
    """Whether stdout takes colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(result: Result, as_json: bool, measured: Calibration | None = None) -> None:
    """Prints the result to stdout, with how right the tool is where that was measured."""
    if as_json:
        sys.stdout.buffer.write(report_json(result))
        sys.stdout.buffer.flush()
    else:
        print(ranking(result, Locale.load(language()), width(), color(), measured))


def write(
    result: Result,
    out: Path | None,
    names: tuple[str, ...],
    profile: str,
    measured: Calibration | None = None,
    per_agency: bool = False,
    before: Earlier | None = None,
) -> None:
    """Writes the report files and names them on stderr; those that are in folders by their folder."""
    if out is None:
        return
    made = write_reports(result, out, names, profile, Locale.load(language()), measured, per_agency, before)
    for path in dict.fromkeys(path if path.parent == out else path.parent for path in made):
        print(t("cli.wrote", path=str(path)), file=sys.stderr)
