"""``finalize``: ends the objection round; from then on the result stands."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.audit.final import finalize as seal
from ppid_audit.cli.options import Data, Db, Lang, check_lang
from ppid_audit.cli.words import language, t
from ppid_audit.errors import InputError
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import visible


def finalize(
    scan: Annotated[str, typer.Argument(metavar="SCAN", help=t("cli.option.scan"))],
    by: Annotated[str, typer.Option("--by", help=t("cli.finalize.by"))],
    deadline: Annotated[str, typer.Option("--deadline", metavar="YYYY-MM-DD", help=t("cli.finalize.deadline"))],
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help=t("cli.finalize.on"))] = None,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Makes the result of a scan final under its officer."""
    check_lang(lang)
    officer = " ".join(by.split())
    last, today = _day("--deadline", deadline), _day("--on", on) if on else date.today()
    store = audit.open_store(data, db)
    result = store.load(scan)
    problem = _problem(result, officer, today, last)
    if problem:
        raise InputError(problem)
    sealed = seal(data, store, result.scan.id, officer, today, last)
    assert sealed.final is not None
    date_ = Locale.load(language()).date
    told = {"scan": sealed.id, "by": visible(officer), "date": date_(today), "deadline": date_(last)}
    typer.echo(t("cli.finalize.done", **told, digest=sealed.final.sha256))


def _problem(result: Result, officer: str, today: date, last: date) -> str:
    """Why the round cannot end yet; empty when it can."""
    scan, locale = result.scan, Locale.load(language())
    if not officer:
        return t("cli.finalize.no_name")
    if not scan.finished_at:
        return t("cli.finalize.unfinished", scan=scan.id)
    if scan.suspect:
        return t("cli.finalize.suspect", scan=scan.id)
    if last.isoformat() < scan.finished_at[:10]:
        return t("cli.finalize.before_scan", date=locale.date(last), scan=scan.id)
    return t("cli.finalize.too_early", date=locale.date(last)) if today < last else ""


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(t("cli.finalize.bad_day", option=option, value=text)) from None
