"""``report``: the report files of an earlier scan."""

from pathlib import Path

import typer

from ppid_audit.audit import DATABASE
from ppid_audit.cli import output
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import AsJson, Data, Formats, Lang, Name, Out, Profile, check_lang
from ppid_audit.cli.running import exit_code
from ppid_audit.history.store import Store


def report(
    scan: Name = "latest",
    data: Data = Path("ppid-data"),
    out: Out = None,
    formats: Formats = "csv,json",
    profile: Profile = "excel",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Shows a scan and, with ``--out``, writes its files."""
    check_lang(lang)
    names = chosen(formats, profile)
    result = Store(data / DATABASE).load(scan)
    output.show(result, as_json)
    output.write(result, out, names, profile)
    raise typer.Exit(exit_code(result))
