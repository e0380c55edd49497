"""``archive``: the evidence: what there is, whether it is sound, and what may go."""

from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import open_store
from ppid_audit.audit.evidence import check, holdings
from ppid_audit.audit.evidence import prune as pruned
from ppid_audit.cli.groups import group
from ppid_audit.cli.options import Data, Db, Lang, check_lang, now
from ppid_audit.cli.words import language, t
from ppid_audit.errors import StorageError
from ppid_audit.report.locale import Locale

archive = group(t("cli.archive.help"))

_UNITS = ("byte", "KB", "MB", "GB", "TB")


@archive.command(help=t("cli.archive.verify"))
def verify(
    scan: Annotated[str | None, typer.Argument(metavar="SCAN", help=t("cli.archive.scan"))] = None,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Computes every digest again; what is damaged is named, and the exit code is then 6."""
    check_lang(lang)
    damaged = seen = 0
    for _, found in check(data, open_store(data, db), scan):
        seen += 1
        for damage in found:
            damaged += 1
            typer.echo(t(f"cli.archive.damage.{damage.code}", file=damage.file, detail=damage.detail))
    if damaged:
        raise StorageError(t("cli.archive.damaged", count=damaged, scans=seen))
    typer.echo(t("cli.archive.sound", scans=seen))


@archive.command("list", help=t("cli.archive.list"))
def list_(data: Data = Path("ppid-data"), db: Db = None, lang: Lang = "id") -> None:
    """One line a scan, the youngest first, and the whole size."""
    check_lang(lang)
    found = holdings(data, open_store(data, db))
    for each in found:
        state = t(f"cli.archive.state.{each.state}")
        line = t("cli.archive.line", id=each.id, state=state, count=each.archives, size=size(each.bytes))
        typer.echo(line)
    typer.echo(t("cli.archive.total", scans=len(found), size=size(sum(each.bytes for each in found))))


@archive.command(help=t("cli.archive.prune"))
def prune(
    keep: Annotated[int, typer.Option("--keep", min=1, help=t("cli.archive.keep"))] = 12,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("cli.archive.dry_run"))] = False,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Takes away old evidence, except what kept scans refer to; the results in the database stay."""
    check_lang(lang)
    removed = pruned(data, open_store(data, db), keep, now(), dry_run)
    for each in removed:
        kept = sum(name.endswith(".warc.gz") for name in each.needed)
        line = t("cli.archive.removal", id=each.folder.id, count=len(each.names), size=size(each.bytes))
        typer.echo(line + (f" {t('cli.archive.needed', count=kept)}" if kept else ""))
    total = size(sum(each.bytes for each in removed))
    typer.echo(t("cli.archive.would_free" if dry_run else "cli.archive.freed", size=total))


def size(count: int) -> str:
    """A size as people read it: ``532 KB``, ``1,4 GB`` (decimal units, as file managers show them)."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{Locale.load(language()).number(value, 1 if unit > 0 and value < 100 else 0)} {_UNITS[unit]}"
