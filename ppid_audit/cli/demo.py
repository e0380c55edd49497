"""``demo``: the real job on the sample regency, served on loopback."""

import os
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import ScanJob
from ppid_audit.cli import output
from ppid_audit.cli.earlier import earlier
from ppid_audit.cli.files import chosen
from ppid_audit.cli.init import bundled
from ppid_audit.cli.options import FORMATS, Formats, Lang, Profile, Quiet, check_lang, day, now
from ppid_audit.cli.running import Stop, run
from ppid_audit.cli.words import program, t
from ppid_audit.config.rubric import rubric_from
from ppid_audit.demo.regency import AS_OF, registry
from ppid_audit.demo.server import DemoServer


def demo(
    data: Annotated[Path, typer.Option("--data", help=t("cli.option.data"))] = Path("ppid-contoh"),
    out: Annotated[Path | None, typer.Option("--out", help=t("cli.demo.out"))] = None,
    formats: Formats = FORMATS,
    profile: Profile = "excel",
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.option.as_of"))] = None,
    lang: Lang = "id",
    quiet: Quiet = False,
) -> None:
    """Serves Kabupaten Contoh, scans it, prints the table and writes the report files."""
    check_lang(lang)
    names = chosen(formats, profile)
    ruler = bundled("rubric.yaml")
    stop = Stop()
    with DemoServer() as server:
        job = ScanJob(
            registry=registry(server.urls),
            rubric=rubric_from(ruler, "rubric.yaml"),
            data=data,
            as_of=day(as_of) if as_of else AS_OF,
            now=now,
            files={"rubric": ruler},
            stopping=stop,
            sample=True,
            workers=os.cpu_count() or 2,
        )
        result = run(job, stop, quiet)
    output.write(result, out or data / "laporan", names, profile, before=earlier(result, data, None, names))
    output.show(result, as_json=False)
    typer.echo(t("cli.demo.next", program=program(), data=str(data)), err=True)
