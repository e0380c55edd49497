"""``explain``: why this verdict, and the cheapest way to a better one."""

from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import open_store
from ppid_audit.cli import output
from ppid_audit.cli.options import Data, Db, Lang, check_lang
from ppid_audit.cli.words import language, t
from ppid_audit.report.explanation import explain as explained
from ppid_audit.report.locale import Locale


def explain(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help=t("cli.explain.agency"))],
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help=t("cli.explain.item"))] = None,
    scan: Annotated[str, typer.Option("--scan", help=t("cli.option.scan"))] = "latest",
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Explains one verdict, or lists all of an agency."""
    check_lang(lang)
    result = open_store(data, db).load(scan)
    typer.echo(explained(result, agency, item, Locale.load(language()), output.width(), output.color()))
