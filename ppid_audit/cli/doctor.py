"""``doctor``: what this machine lacks, and how to get it."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from ppid_audit.audit import machine, outside
from ppid_audit.audit.machine import Check, State
from ppid_audit.cli import inputs, output
from ppid_audit.cli.options import Db, Lang, check_lang, now
from ppid_audit.cli.words import language, t
from ppid_audit.config import load_agencies
from ppid_audit.errors import InputError, StorageError

SCHEMA = "ppid-audit/doctor/1"

_STORAGE = frozenset({"folder", "disk", "database"})


def doctor(
    data: Annotated[Path, typer.Option("--data", help=t("cli.doctor.data"))] = Path("ppid-data"),
    db: Db = None,
    agencies: Annotated[Path, typer.Option("--agencies", help=t("cli.doctor.agencies"))] = Path("agencies.yaml"),
    online: Annotated[bool, typer.Option("--online", help=t("cli.doctor.online"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.doctor.json"))] = False,
    lang: Lang = "id",
) -> None:
    """Prints all checks; StorageError (6) or InputError (2) when one of them is bad."""
    check_lang(lang)
    here = datetime.now().astimezone()
    found = [*machine.checks(data, db, here, language()), *_outside(agencies, online, here)]
    typer.echo(_json(found) if as_json else _text(found))
    bad = [check for check in found if check.state is State.BAD]
    if bad:
        told = t("cli.doctor.not_ready", names=", ".join(t(f"cli.doctor.name.{check.name}") for check in bad))
        raise (StorageError if any(check.name in _STORAGE for check in bad) else InputError)(told)
    print(t("cli.doctor.all_good"), file=sys.stderr)


def _outside(agencies: Path, online: bool, here: datetime) -> Iterator[Check]:
    if not online:
        yield Check("network", State.UNKNOWN, "network_off")
        return
    registry = outside.chosen(load_agencies(agencies))
    if not registry.agencies:
        yield Check("network", State.UNKNOWN, "network_none", {"file": str(agencies)})
        return
    inputs.may_visit(registry, agencies, datetime.now())
    captures = asyncio.run(outside.ask(registry, now))
    yield outside.network(captures)
    if off := outside.clock(captures, here):
        yield off


def _told(check: Check) -> str:
    return t(f"cli.doctor.told.{check.code}", **check.values)


def _text(found: Sequence[Check]) -> str:
    """Three columns: state, name, what there is to say about it."""
    states = [t(f"cli.doctor.state.{check.state}") for check in found]
    names = [t(f"cli.doctor.name.{check.name}") for check in found]
    left, middle = max(map(len, states)), max(map(len, names))
    blank = " " * (left + middle + 4)
    return "\n".join(
        fill(
            f"{state:<{left}}  {name:<{middle}}  {_told(check)}",
            output.width(),
            subsequent_indent=blank,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for state, name, check in zip(states, names, found, strict=True)
    )


def _json(found: Sequence[Check]) -> str:
    """Codes for programs, with the sentence for people beside them."""
    rows = [
        {
            "name": check.name,
            "state": check.state,
            "code": check.code,
            "values": dict(check.values),
            "told": _told(check),
        }
        for check in found
    ]
    return json.dumps({"schema": SCHEMA, "checks": rows}, ensure_ascii=False, indent=1)
