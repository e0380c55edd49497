"""``check``: are the input files right? Every problem at once."""

from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.cli.files import write_all
from ppid_audit.cli.inputs import load
from ppid_audit.cli.options import Agencies, Lang, Reviews, RubricFile, check_lang
from ppid_audit.cli.words import t
from ppid_audit.config import schema


def check(
    agencies: Agencies = Path("agencies.yaml"),
    rubric: RubricFile = Path("rubric.yaml"),
    reviews: Reviews = None,
    schemas: Annotated[bool, typer.Option("--schema", help=t("cli.check.schema"))] = False,
    lang: Lang = "id",
) -> None:
    """Loads the files and says what is wrong; with ``--schema`` writes the JSON Schemas beside them."""
    check_lang(lang)
    if schemas:
        texts = {name: schema.schema_text(make()).encode() for name, make in schema.SCHEMAS.items()}
        for path in write_all(agencies.parent, texts):
            typer.echo(path)
        return
    given = load(agencies, rubric, reviews)
    registry, ruler = given.registry, given.rubric
    guesses = sum(not agency.confirmed for agency in registry.agencies)
    typer.echo(t("cli.check.good", agencies=len(registry.agencies), items=len(ruler.criteria)))
    if guesses:
        typer.echo(t("cli.check.guesses", count=guesses), err=True)
    if not registry.contact:
        typer.echo(t("cli.check.no_contact", file=str(agencies)), err=True)
