"""``review``: reviewers' words over the tool's, by worksheet (the objection round) or one at a time."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit import audit
from ppid_audit.audit import journal
from ppid_audit.audit.recheck import recheck, unchecked
from ppid_audit.audit.review import addresses_of, keep, parted, registry_of, review_file, weigh
from ppid_audit.audit.worksheets import read_files
from ppid_audit.cli import output
from ppid_audit.cli.files import write_all
from ppid_audit.cli.groups import group
from ppid_audit.cli.options import Data, Db, Lang, check_lang, now
from ppid_audit.cli.words import language, t
from ppid_audit.config.nodes import read_bytes
from ppid_audit.errors import InputError
from ppid_audit.history.store import Store
from ppid_audit.model.agency import Registry
from ppid_audit.model.review import Checked, Claim
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.reviewing import round_text
from ppid_audit.report.worksheet.answers import claim_of, claims
from ppid_audit.report.worksheet.cells import Cell, Complaints, readable, scan_of
from ppid_audit.report.worksheet.review import COLUMNS, review_sheet
from ppid_audit.report.worksheet.writing import FORMATS

_LIMIT = 300

ReviewsFile = Annotated[Path, typer.Option("--reviews", help=t("cli.review.reviews"))]
Offline = Annotated[bool, typer.Option("--offline", help=t("cli.review.offline"))]

review = group(t("cli.review.help"))


@review.command("export", help=t("cli.review.export.help"))
def export(
    scan: Annotated[str, typer.Argument(metavar="[SCAN]", help=t("cli.option.scan"))] = "latest",
    agency: Annotated[str | None, typer.Option("--agency", metavar="ID", help=t("cli.review.export.agency"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=t("cli.review.export.out"))] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help=t("cli.review.export.limit"))] = _LIMIT,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Writes a worksheet: one agency's items to object to, or the cells that are most in doubt."""
    check_lang(lang)
    result = audit.open_store(data, db).load(scan)
    if agency is not None:
        _known_agency(result, agency)
    path = out or Path(f"{'sanggahan-' + agency if agency else 'tinjauan'}-{result.scan.id}.xlsx")
    if path.suffix.lower() not in FORMATS:
        raise InputError(t("cli.review.export.bad_out", path=str(path), known=", ".join(FORMATS)))
    locale = Locale.load(language())
    sheet = review_sheet(result, locale, agency, None if agency else limit)
    write_all(path.parent, {path.name: FORMATS[path.suffix.lower()](sheet, locale)})
    typer.echo(t("cli.review.export.written", path=str(path), count=len(sheet.rows)), err=True)


@review.command("import", help=t("cli.review.import.help"))
def take_back(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=t("cli.review.import.files"))],
    reviews: ReviewsFile = Path("reviews.yaml"),
    offline: Offline = False,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Reads filled-in worksheets back: every row is checked, every claimed address opened."""
    check_lang(lang)
    locale = Locale.load(language())
    found, digests = asyncio.run(read_files(files, COLUMNS, locale))
    tables = readable(found, locale)
    store = audit.open_store(data, db)
    result = store.load(scan_of(tables, COLUMNS, locale))
    given = claims(tables, COLUMNS, result, date.today(), locale)
    if not given:
        typer.echo(t("cli.review.import.untouched"), err=True)
        return
    _Desk(data, store, result, reviews, offline).take(given, digests)


@review.command("add", help=t("cli.review.add.help"))
def add(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help=t("cli.explain.agency"))],
    item: Annotated[str, typer.Argument(metavar="ITEM", help=t("cli.review.add.item"))],
    verdict: Annotated[str, typer.Option("--verdict", help=t("cli.review.add.verdict"))],
    reason: Annotated[str, typer.Option("--reason", help=t("cli.review.add.reason"))],
    justification: Annotated[str, typer.Option("--justification", help=t("cli.review.add.justification"))],
    by: Annotated[str, typer.Option("--by", help=t("cli.review.add.by"))],
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help=t("cli.review.add.on"))] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="YYYY-MM-DD", help=t("cli.review.add.expires"))
    ] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="URL", help=t("cli.review.add.evidence"))
    ] = None,
    scan: Annotated[str, typer.Option("--scan", help=t("cli.option.scan"))] = "latest",
    reviews: ReviewsFile = Path("reviews.yaml"),
    offline: Offline = False,
    data: Data = Path("ppid-data"),
    db: Db = None,
    lang: Lang = "id",
) -> None:
    """Takes one review up, as a worksheet with one row would."""
    check_lang(lang)
    store = audit.open_store(data, db)
    result = store.load(scan)
    _known_agency(result, agency)
    if item not in {criterion.id for criterion in result.rubric.criteria}:
        raise InputError(t("not_found.item", name=item))
    values = {
        "agency": agency,
        "item": item,
        "new_verdict": verdict,
        "reason": reason,
        "justification": justification,
        "by": by,
        "on": on,
        "expires": expires,
        "address": "\n".join(evidence or ()),
    }
    complain = Complaints(Locale.load(language()))
    claim = claim_of(Cell("review add", dict(values)), date.today(), complain)
    complain.close()
    assert claim is not None
    _Desk(data, store, result, reviews, offline).take((claim,), {})


def _known_agency(result: Result, agency: str) -> None:
    if agency not in {entry.agency.id for entry in result.agencies}:
        raise InputError(t("not_found.agency", name=agency))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where claims are taken in: one scan, one reviews.yaml."""

    data: Path
    store: Store
    result: Result
    reviews: Path
    offline: bool

    def take(self, claims: Sequence[Claim], digests: Mapping[str, str]) -> None:
        """Weighs the claims, writes reviews.yaml, the result and the log, and says what came of it."""
        registry = registry_of(self.store, self.result)
        file = review_file(str(self.reviews), _bytes(self.reviews), registry, self.result)
        fresh, old = parted(claims, file.amendments)
        weighed = weigh(self.store, self.result, registry, file, claims, self._checks(fresh, registry))
        if weighed.file.content is not None and weighed.file != file:
            write_all(self.reviews.parent, {self.reviews.name: weighed.file.content})
        if weighed.result != self.result or weighed.beside:
            keep(self.data, self.store, weighed)
        if not fresh:
            typer.echo(self._nothing_new(len(old), digests), err=True)
            return
        log = self.data / journal.NAME
        entry = journal.told(now(), self.result.scan.id, digests, weighed.round)
        write_all(self.data, {log.name: journal.appended(_bytes(log), entry, str(log))})
        locale = Locale.load(language())
        typer.echo(round_text(self.result, weighed.round, str(self.reviews), locale, output.width(), output.color()))

    def _checks(self, fresh: Sequence[Claim], registry: Registry) -> dict[tuple[str, str], Checked]:
        """What became of every claimed address; ``--offline`` opens none."""
        claimed = addresses_of(fresh)
        if self.offline:
            return {(name, url): unchecked(url, "offline") for name, urls in claimed.items() for url in urls}
        if not claimed:
            return {}
        print(t("cli.review.checking", count=sum(map(len, claimed.values()))), file=sys.stderr)
        return asyncio.run(recheck(registry, claimed, now))

    def _nothing_new(self, count: int, digests: Mapping[str, str]) -> str:
        log = self.data / journal.NAME
        times = (journal.imported_on(_bytes(log), digest, str(log)) for digest in digests.values())
        when = next((time for time in times if time), None)
        told = t("cli.review.import.nothing_new", count=count, path=str(self.reviews))
        day = Locale.load(language()).date(when) if when else ""
        return f"{told} {t('cli.review.import.before', date=day)}" if when else told


def _bytes(path: Path) -> bytes | None:
    """None when there is no such file; InputError when it cannot be read."""
    if not path.exists():
        return None
    return read_bytes(path)
