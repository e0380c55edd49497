"""``scan``: the main job."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import DATABASE, ScanJob
from ppid_audit.cli import inputs, output
from ppid_audit.cli.files import chosen
from ppid_audit.cli.options import (
    Agencies,
    AsJson,
    AsOf,
    Data,
    Formats,
    Lang,
    Out,
    Profile,
    Quiet,
    Reviews,
    RubricFile,
    check_lang,
    day,
    now,
)
from ppid_audit.cli.running import Stop, exit_code, run
from ppid_audit.cli.words import t
from ppid_audit.errors import GateError, NotFoundError
from ppid_audit.history.store import Store
from ppid_audit.model.agency import Registry
from ppid_audit.model.scan import Result


def scan(
    agencies: Agencies = Path("agencies.yaml"),
    rubric: RubricFile = Path("rubric.yaml"),
    reviews: Reviews = None,
    data: Data = Path("ppid-data"),
    only: Annotated[list[str] | None, typer.Option("--only", metavar="ID", help=t("cli.scan.only"))] = None,
    as_of: AsOf = None,
    max_pages: Annotated[int | None, typer.Option(min=1, max=5000, help=t("cli.scan.max_pages"))] = None,
    delay: Annotated[float | None, typer.Option(min=0, max=3600, help=t("cli.scan.delay"))] = None,
    out: Out = None,
    formats: Formats = "csv,json",
    profile: Profile = "excel",
    lang: Lang = "id",
    quiet: Quiet = False,
    as_json: AsJson = False,
    fail_under: Annotated[float | None, typer.Option(min=0, max=100, help=t("cli.scan.fail_under"))] = None,
    fail_on_drop: Annotated[bool, typer.Option("--fail-on-drop", help=t("cli.scan.fail_on_drop"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("cli.scan.dry_run"))] = False,
) -> None:
    """Crawl, archive, assess, score, print."""
    check_lang(lang)
    names = chosen(formats, profile)
    given = inputs.load(agencies, rubric, reviews)
    registry = _tuned(inputs.select(given.registry, only or [], as_of, agencies), max_pages, delay)
    inputs.may_visit(registry, agencies, datetime.now())
    if dry_run:
        _list(registry)
        return
    before = _latest(data) if fail_on_drop else None
    stop = Stop()
    job = ScanJob(
        registry=registry,
        rubric=given.rubric,
        data=data,
        as_of=day(as_of),
        now=now,
        amendments=given.amendments,
        files=given.files,
        stopping=stop,
    )
    result = run(job, stop, quiet)
    output.show(result, as_json)
    output.write(result, out, names, profile)
    _gate(result, before, fail_under)
    raise typer.Exit(exit_code(result))


def _tuned(registry: Registry, max_pages: int | None, delay: float | None) -> Registry:
    crawl = registry.crawl
    return replace(
        registry,
        crawl=replace(
            crawl,
            max_pages=crawl.max_pages if max_pages is None else max_pages,
            delay=crawl.delay if delay is None else delay,
        ),
    )


def _list(registry: Registry) -> None:
    for agency in registry.agencies:
        if agency.opt_out:
            what = t("cli.scan.dry_opted_out")
        elif agency.confirmed:
            what = t("cli.scan.dry_visit", pages=registry.crawl.max_pages, delay=registry.crawl.delay)
        else:
            what = t("cli.scan.dry_home_only")
        typer.echo(f"{agency.id}\t{agency.url}\t{what}")
    typer.echo(t("cli.scan.dry_nothing_sent"), err=True)


def _latest(data: Path) -> Result | None:
    if not (data / DATABASE).exists():
        return None
    try:
        return Store(data / DATABASE).load("latest")
    except NotFoundError:
        return None


def _gate(result: Result, before: Result | None, fail_under: float | None) -> None:
    scores = {e.agency.id: e.scorecard.total.score for e in result.agencies if e.scorecard.rank is not None}
    if fail_under is not None:
        low = sorted(name for name, score in scores.items() if score is not None and score < fail_under)
        if low:
            raise GateError(t("cli.scan.under", floor=fail_under, names=", ".join(low)))
    if before is not None:
        old = {e.agency.id: e.scorecard.total.score for e in before.agencies if e.scorecard.rank is not None}
        fell = sorted(n for n, s in scores.items() if s is not None and (o := old.get(n)) is not None and s < o)
        if fell:
            raise GateError(t("cli.scan.dropped", names=", ".join(fell), scan=before.scan.id))
