"""``rescore``: an archived crawl judged again, without any network."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.audit.calibrate import load_calibration
from ppid_audit.audit.review import registry_of
from ppid_audit.cli import output
from ppid_audit.cli.earlier import earlier
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import FORMATS, AsJson, Data, Db, Formats, Lang, Name, Out, Profile, check_lang, day
from ppid_audit.cli.reading import WithOcr, reader_of_scans
from ppid_audit.cli.running import exit_code
from ppid_audit.cli.words import t
from ppid_audit.config import load_reviews, load_rubric
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.scan import Result


def rescore(
    scan: Name = "latest",
    data: Data = Path("ppid-data"),
    db: Db = None,
    rubric: Annotated[Path | None, typer.Option("--rubric", help=t("cli.rescore.rubric"))] = None,
    reviews: Annotated[Path | None, typer.Option("--reviews", help=t("cli.option.reviews"))] = None,
    ocr: WithOcr = False,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.rescore.as_of"))] = None,
    out: Out = None,
    formats: Formats = FORMATS,
    profile: Profile = "excel",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Judges again under another rubric, reviews or date; what is not given is as it was."""
    check_lang(lang)
    names = chosen(formats, profile)
    read_by = reader_of_scans(ocr)
    ruler = load_rubric(rubric) if rubric else None
    amendments = None
    if reviews:
        store = audit.open_store(data, db)
        old = store.load(scan)
        amendments = load_reviews(reviews, registry_of(store, old), ruler or old.rubric)
        _say_unused(amendments, old)
    when = day(as_of) if as_of else None
    result = asyncio.run(audit.rescore(data, scan, ruler, amendments, when, db=db, ocr=read_by))
    measured = load_calibration(data)
    before = earlier(result, data, db, names) if out else None
    output.write(result, out, names, profile, measured, before=before)
    output.show(result, as_json, measured)
    raise typer.Exit(exit_code(result))


def _say_unused(amendments: Amendments, old: Result) -> None:
    """Reviews of agencies that a scan with ``--only`` passed over are none of its business."""
    held = {entry.agency.id for entry in old.agencies}
    others = sorted({entry.agency for entry in amendments.entries} - held)
    if others:
        typer.echo(t("cli.rescore.unused", names=", ".join(others)), err=True)
