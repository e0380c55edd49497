"""Options that several commands share, and the checks that go with them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.cli.words import t
from ppid_audit.errors import InputError

Agencies = Annotated[Path, typer.Option("--agencies", help=t("cli.option.agencies"))]
RubricFile = Annotated[Path, typer.Option("--rubric", help=t("cli.option.rubric"))]
Reviews = Annotated[Path | None, typer.Option("--reviews", help=t("cli.option.reviews"))]
Data = Annotated[Path, typer.Option("--data", help=t("cli.option.data"))]
Db = Annotated[
    str | None, typer.Option("--db", metavar="URL", envvar="PPID_AUDIT_DB", show_envvar=True, help=t("cli.option.db"))
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.option.as_of"))]
Out = Annotated[Path | None, typer.Option("--out", help=t("cli.option.out"))]
FORMATS = "csv,json,html,xlsx"
"""What is written where nothing else was asked for: what a meeting opens, and what programs read."""
Formats = Annotated[str, typer.Option("--format", help=t("cli.option.format"))]
Profile = Annotated[str, typer.Option("--profile", help=t("cli.option.profile"))]
Lang = Annotated[str, typer.Option("--lang", help=t("cli.option.lang"))]
Name = Annotated[str, typer.Argument(metavar="SCAN", help=t("cli.option.scan"))]
Quiet = Annotated[bool, typer.Option("--quiet", help=t("cli.option.quiet"))]
AsJson = Annotated[bool, typer.Option("--json", help=t("cli.option.json"))]


def now() -> str:
    """The time as ISO 8601 UTC with seconds, ending in ``Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(text: str | None) -> date:
    """The day that ``--as-of`` names, today without it; InputError when it is no day."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(t("cli.bad_date", value=text)) from None


def check_lang(lang: str) -> None:
    """InputError unless the language is one that we have."""
    if lang not in {"id", "en"}:
        raise InputError(t("cli.bad_lang", value=lang))
