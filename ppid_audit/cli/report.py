"""``report``: the report files of an earlier scan."""

from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import open_store
from ppid_audit.audit.calibrate import load_calibration
from ppid_audit.cli import output
from ppid_audit.cli.earlier import earlier
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import FORMATS, AsJson, Data, Db, Formats, Lang, Name, Out, Profile, check_lang
from ppid_audit.cli.running import exit_code
from ppid_audit.cli.words import t
from ppid_audit.errors import InputError


def report(
    scan: Name = "latest",
    data: Data = Path("ppid-data"),
    db: Db = None,
    out: Out = None,
    formats: Formats = FORMATS,
    profile: Profile = "excel",
    lang: Lang = "id",
    as_json: AsJson = False,
    per_agency: Annotated[bool, typer.Option("--per-agency", help=t("cli.report.per_agency"))] = False,
) -> None:
    """Shows a scan and, with ``--out``, writes its files."""
    check_lang(lang)
    names = chosen(formats, profile)
    if per_agency and out is None:
        raise InputError(t("cli.report.no_out"))
    result = open_store(data, db).load(scan)
    measured = load_calibration(data)
    before = earlier(result, data, db, names, per_agency) if out else None
    output.write(result, out, names, profile, measured, per_agency, before)
    output.show(result, as_json, measured)
    raise typer.Exit(exit_code(result))
