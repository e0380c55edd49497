"""``hosts``: confirming guessed addresses: a worksheet out, the answers back in."""

import asyncio
import csv
import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import HostSeen, look_up
from ppid_audit.cli import inputs
from ppid_audit.cli.files import write_all
from ppid_audit.cli.options import Agencies, Lang, check_lang, now
from ppid_audit.cli.words import language, t
from ppid_audit.config import load_agencies
from ppid_audit.config.confirm import Answer, confirm
from ppid_audit.errors import InputError
from ppid_audit.model.agency import Registry
from ppid_audit.report.locale import Locale
from ppid_audit.report.tables import worksheet as sheet
from ppid_audit.web.urls import resolve

COLUMNS = ("id", "nama", "alamat", "status", "judul", "benar", "alamat_benar")
"""Columns of the worksheet. A person fills in ``benar`` (ya/tidak) and, where needed, ``alamat_benar``."""


def hosts(
    agencies: Agencies = Path("agencies.yaml"),
    worksheet: Annotated[Path, typer.Option("--worksheet", help=t("cli.hosts.worksheet"))] = Path(
        "konfirmasi-host.csv"
    ),
    answers: Annotated[Path | None, typer.Option("--import", help=t("cli.hosts.import"))] = None,
    lang: Lang = "id",
) -> None:
    """Opens each unconfirmed address once and writes a worksheet; ``--import`` takes the answers back."""
    check_lang(lang)
    registry = load_agencies(agencies)
    if answers is not None:
        _take_back(agencies, registry, answers)
        return
    guesses = tuple(agency for agency in registry.agencies if not agency.confirmed and not agency.opt_out)
    if not guesses:
        typer.echo(t("cli.hosts.none"))
        return
    asked = replace(registry, agencies=guesses)
    inputs.may_visit(asked, agencies, datetime.now())
    rows = asyncio.run(_rows(asked))
    write_all(worksheet.parent, {worksheet.name: sheet(COLUMNS, rows)})
    typer.echo(t("cli.hosts.written", path=str(worksheet), count=len(rows)), err=True)


async def _rows(registry: Registry) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    async for seen in look_up(registry, now):
        row = (seen.agency.id, seen.agency.name, seen.url, _status(seen), seen.title, "", "")
        typer.echo("\t".join(row[:5]))
        rows.append(row)
    return rows


def _status(seen: HostSeen) -> str:
    capture = seen.capture
    if capture is None:
        return ""
    if capture.problem is not None:
        return Locale.load(language()).word("problem", capture.problem.value)
    return str(capture.status)


def _take_back(path: Path, registry: Registry, answers: Path) -> None:
    found = _answers(answers, {agency.id for agency in registry.agencies})
    new = confirm(path.read_text(encoding="utf-8"), found)
    write_all(path.parent, {path.name: new.encode()})
    load_agencies(path)
    typer.echo(t("cli.hosts.imported", count=len(found), path=str(path)))


def _answers(path: Path, known: set[str]) -> dict[str, Answer]:
    """The confirmed rows of a worksheet; InputError with all rows that cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(t("cli.hosts.unreadable", path=str(path), error=str(error))) from None
    dialect = ";" if text.split("\n", 1)[0].count(";") >= text.split("\n", 1)[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=dialect)
    lost = [name for name in ("id", "alamat", "benar") if name not in (reader.fieldnames or ())]
    if lost:
        raise InputError(t("cli.hosts.no_column", path=str(path), names=", ".join(lost)))
    problems: list[str] = []
    found: dict[str, Answer] = {}
    for number, row in enumerate(reader, 2):
        said = (row["benar"] or "").strip().lower()
        url = (row.get("alamat_benar") or "").strip() or (row["alamat"] or "").strip()
        where = f"{path}:{number}"
        if said in {"", "tidak", "no", "n", "t"}:
            continue
        if said not in {"ya", "y", "yes"}:
            problems.append(t("cli.hosts.bad_answer", where=where, value=said))
        elif row["id"] not in known:
            problems.append(t("cli.hosts.bad_id", where=where, value=row["id"]))
        elif resolve(url, url) is None or '"' in url:
            problems.append(t("cli.hosts.bad_url", where=where, value=url))
        elif row["id"] in found:
            problems.append(t("cli.hosts.twice", where=where, value=row["id"]))
        else:
            found[row["id"]] = Answer(row["id"], url)
    if problems:
        raise InputError(*problems)
    return found
