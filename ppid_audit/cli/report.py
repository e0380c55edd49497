"""``report``: the report files of an earlier scan."""

from pathlib import Path

import typer

from ppid_audit.audit import open_store
from ppid_audit.cli import output
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import AsJson, Data, Db, Formats, Lang, Name, Out, Profile, check_lang
from ppid_audit.cli.running import exit_code


def report(
    scan: Name = "latest",
    data: Data = Path("ppid-data"),
    db: Db = None,
    out: Out = None,
    formats: Formats = "csv,json",
    profile: Profile = "excel",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Shows a scan and, with ``--out``, writes its files."""
    check_lang(lang)
    names = chosen(formats, profile)
    result = open_store(data, db).load(scan)
    output.show(result, as_json)
    output.write(result, out, names, profile)
    raise typer.Exit(exit_code(result))
