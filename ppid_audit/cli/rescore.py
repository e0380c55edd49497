"""``rescore``: an archived crawl judged again, without any network."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.audit.calibrate import load_calibration
from ppid_audit.cli import output
from ppid_audit.cli.earlier import earlier
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import AsJson, Data, Db, Formats, Lang, Name, Out, Profile, check_lang, day
from ppid_audit.cli.running import exit_code
from ppid_audit.cli.words import t
from ppid_audit.config import load_reviews, load_rubric
from ppid_audit.model.agency import Registry


def rescore(
    scan: Name = "latest",
    data: Data = Path("ppid-data"),
    db: Db = None,
    rubric: Annotated[Path | None, typer.Option("--rubric", help=t("cli.rescore.rubric"))] = None,
    reviews: Annotated[Path | None, typer.Option("--reviews", help=t("cli.option.reviews"))] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.rescore.as_of"))] = None,
    out: Out = None,
    formats: Formats = "csv,json",
    profile: Profile = "excel",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Judges again under another rubric, reviews or date; what is not given is as it was."""
    check_lang(lang)
    names = chosen(formats, profile)
    ruler = load_rubric(rubric) if rubric else None
    amendments = None
    if reviews:
        old = audit.open_store(data, db).load(scan)
        registry = Registry(tuple(entry.agency for entry in old.agencies))
        amendments = load_reviews(reviews, registry, ruler or old.rubric)
    result = asyncio.run(audit.rescore(data, scan, ruler, amendments, day(as_of) if as_of else None, db=db))
    measured = load_calibration(data)
    output.show(result, as_json, measured)
    before = earlier(result, data, db, names) if out else None
    output.write(result, out, names, profile, measured, before=before)
    raise typer.Exit(exit_code(result))
