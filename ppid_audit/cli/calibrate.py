"""``calibrate``: how right is the tool? A sample to be read by people, and the figures that it gives."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.audit.agreement import agreements_of
from ppid_audit.audit.calibrate import NAME, measure, sample, to_json
from ppid_audit.audit.worksheets import read_files
from ppid_audit.cli import output
from ppid_audit.cli.files import write_all
from ppid_audit.cli.options import Data, Db, Lang, check_lang
from ppid_audit.cli.words import language, t
from ppid_audit.errors import InputError
from ppid_audit.report.locale import Locale
from ppid_audit.report.measured import calibration_text
from ppid_audit.report.reviewing import agreement_text
from ppid_audit.report.worksheet.cells import readable, scan_of
from ppid_audit.report.worksheet.sample import COLUMNS, readings, sample_sheet
from ppid_audit.report.worksheet.writing import FORMATS

_SIZE = 120


def calibrate(
    scan: Annotated[str, typer.Argument(metavar="[SCAN]", help=t("cli.option.scan"))] = "latest",
    size: Annotated[int, typer.Option("--size", min=1, max=5000, help=t("cli.calibrate.size"))] = _SIZE,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=t("cli.calibrate.out"))] = None,
    files: Annotated[
        list[Path] | None, typer.Option("--import", metavar="FILE", help=t("cli.calibrate.import"))
    ] = None,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Writes the worksheet of a sample; ``--import`` reads the answers back and prints what they say."""
    check_lang(lang)
    if files:
        _read_back(files, data, db)
        return
    result = audit.open_store(data, db).load(scan)
    path = out or Path(f"kalibrasi-{result.scan.id}.xlsx")
    if path.suffix.lower() not in FORMATS:
        raise InputError(t("cli.review.export.bad_out", path=str(path), known=", ".join(FORMATS)))
    locale = Locale.load(language())
    cells = [(cell.agency, cell.item) for cell in sample(result, size)]
    sheet = sample_sheet(result, cells, locale)
    write_all(path.parent, {path.name: FORMATS[path.suffix.lower()](sheet, locale)})
    typer.echo(t("cli.calibrate.written", path=str(path), count=len(cells)), err=True)


def _read_back(files: list[Path], data: Path, db: str | None) -> None:
    locale = Locale.load(language())
    found, _ = asyncio.run(read_files(files, COLUMNS, locale))
    tables = readable(found, locale)
    result = audit.open_store(data, db).load(scan_of(tables, COLUMNS, locale))
    said = readings(tables, result, locale)
    if not any(said.values()):
        raise InputError(t("cli.calibrate.untouched"))
    measured = measure(result, said, date.today().isoformat())
    write_all(data, {NAME: to_json(measured)})
    width, color = output.width(), output.color()
    typer.echo(calibration_text(measured, result.rubric, locale, width, color))
    both = agreement_text(agreements_of(said), locale, width, color)
    if both:
        typer.echo(both)
    typer.echo(t("cli.calibrate.kept", path=str(data / NAME)), err=True)
