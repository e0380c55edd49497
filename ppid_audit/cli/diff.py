"""``diff``: what changed between two scans and why, the course of all scans, and what goes stale next."""

import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.cli import output
from ppid_audit.cli.options import Data, Db, Lang, check_lang
from ppid_audit.cli.words import language, t
from ppid_audit.errors import InputError, NotFoundError
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Result
from ppid_audit.report.changes import changes
from ppid_audit.report.changesjson import diff_json, forecast_json, trend_json
from ppid_audit.report.forecast import forecast as forecast_text
from ppid_audit.report.locale import Locale
from ppid_audit.report.trend import trend as trend_text


def diff(
    before: Annotated[str | None, typer.Argument(metavar="A", help=t("cli.diff.before"))] = None,
    after: Annotated[str | None, typer.Argument(metavar="B", help=t("cli.diff.after"))] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help=t("cli.diff.until"))] = None,
    trend: Annotated[bool, typer.Option("--trend", help=t("cli.diff.trend"))] = False,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.diff.json"))] = False,
) -> None:
    """Compares two scans (the two latest), or shows the trend of all, or what goes stale by a day."""
    check_lang(lang)
    store = audit.open_store(data, db)
    if trend:
        if before or until:
            raise InputError(t("cli.diff.trend_alone"))
        _trend(store, as_json)
    elif until:
        if after:
            raise InputError(t("cli.diff.one_scan"))
        _forecast(store, before or "latest", until, as_json)
    else:
        _changes(data, store, before, after, as_json)


def _changes(data: Path, store: Store, before: str | None, after: str | None, as_json: bool) -> None:
    old, new = _pair(store, before, after)
    comparison = asyncio.run(audit.compare_scans(data, store, old, new))
    if as_json:
        _write(diff_json(comparison))
    else:
        typer.echo(changes(comparison, Locale.load(language()), output.width(), output.color()))


def _pair(store: Store, before: str | None, after: str | None) -> tuple[Result, Result]:
    """The two results named; by default those that finished last."""
    if before:
        return store.load(before), store.load(after or "latest")
    finished = store.finished()
    if len(finished) < 2:
        raise NotFoundError(t("cli.diff.too_few", count=len(finished)))
    return store.load(finished[-2].id), store.load(finished[-1].id)


def _trend(store: Store, as_json: bool) -> None:
    latest = store.load()
    names = {entry.agency.id: entry.agency.name for entry in latest.agencies}
    told = store.trend()
    if as_json:
        _write(trend_json(told, names))
    else:
        typer.echo(trend_text(told, names, Locale.load(language()), output.width(), output.color()))


def _forecast(store: Store, name: str, until: str, as_json: bool) -> None:
    result = store.load(name)
    try:
        end = date.fromisoformat(until)
    except ValueError:
        raise InputError(t("cli.diff.bad_until", value=until)) from None
    if end.isoformat() <= result.scan.as_of:
        raise InputError(t("cli.diff.past", value=until, as_of=result.scan.as_of))
    told = audit.forecast(store, result, end)
    if as_json:
        _write(forecast_json(told))
    else:
        typer.echo(forecast_text(told, Locale.load(language()), output.width(), output.color()))


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
