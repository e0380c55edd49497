"""``check``: are the input files right? Every problem at once."""

from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit.ruler import Remark, ruler_problems
from ppid_audit.cli.files import write_all
from ppid_audit.cli.inputs import load
from ppid_audit.cli.options import Agencies, Lang, Reviews, RubricFile, check_lang
from ppid_audit.cli.words import t
from ppid_audit.config import schema
from ppid_audit.errors import InputError
from ppid_audit.model.rubric import Rubric


def check(
    agencies: Agencies = Path("agencies.yaml"),
    rubric: RubricFile = Path("rubric.yaml"),
    reviews: Reviews = None,
    schemas: Annotated[bool, typer.Option("--schema", help=t("cli.check.schema"))] = False,
    warnings: Annotated[bool, typer.Option("--warnings", help=t("ruler.option"))] = False,
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
    doubts = _tested(ruler, rubric)
    guesses = sum(not agency.confirmed for agency in registry.agencies)
    typer.echo(t("cli.check.good", agencies=len(registry.agencies), items=len(ruler.criteria)))
    if guesses:
        typer.echo(t("cli.check.guesses", count=guesses), err=True)
    if not registry.contact:
        typer.echo(t("cli.check.no_contact", file=str(agencies)), err=True)
    _warn(doubts, whole=warnings)


def _tested(ruler: Rubric, file: Path) -> list[Remark]:
    """The warnings about the rubric; InputError when one of its examples is not judged as it says."""
    problems, doubts = ruler_problems(ruler)
    if problems:
        raise InputError(*(f"{file}: {_sentence(problem)}" for problem in problems))
    return doubts


def _warn(doubts: list[Remark], whole: bool) -> None:
    if whole:
        for doubt in doubts:
            typer.echo(_sentence(doubt), err=True)
    elif doubts:
        shared = sum(int(doubt.values["count"]) for doubt in doubts if doubt.code == "shared")
        others = sum(doubt.code != "shared" for doubt in doubts)
        typer.echo(t("ruler.summary", shared=shared, others=others), err=True)


def _sentence(remark: Remark) -> str:
    return t(f"ruler.{remark.code}", **remark.values)
