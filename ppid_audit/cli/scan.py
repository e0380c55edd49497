"""``scan``: the main job."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.audit import Resume, ScanJob, open_store
from ppid_audit.audit.calibrate import load_calibration
from ppid_audit.cli import inputs, output
from ppid_audit.cli.browsing import browsing
from ppid_audit.cli.earlier import earlier
from ppid_audit.cli.files import chosen
from ppid_audit.cli.news import beat, compared, fallen, news
from ppid_audit.cli.notify import notify, wanted
from ppid_audit.cli.options import (
    FORMATS,
    Agencies,
    AsJson,
    AsOf,
    Data,
    Db,
    Formats,
    Lang,
    Out,
    Profile,
    Reviews,
    RubricFile,
    check_lang,
    day,
    now,
)
from ppid_audit.cli.reading import WithOcr, reader_of_scans
from ppid_audit.cli.running import Stop, exit_code, run
from ppid_audit.cli.words import language, t
from ppid_audit.errors import GateError, InputError
from ppid_audit.model.agency import Registry
from ppid_audit.model.comparison import Comparison
from ppid_audit.model.scan import Result

_LOOK_BACK = 10


def scan(
    agencies: Agencies = Path("agencies.yaml"),
    rubric: RubricFile = Path("rubric.yaml"),
    reviews: Reviews = None,
    data: Data = Path("ppid-data"),
    db: Db = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="ID", help=t("cli.scan.only"))] = None,
    as_of: AsOf = None,
    resume: Annotated[bool | None, typer.Option("--resume/--fresh", help=t("cli.scan.resume"))] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, max=5000, help=t("cli.scan.max_pages"))] = None,
    delay: Annotated[float | None, typer.Option(min=0, max=3600, help=t("cli.scan.delay"))] = None,
    render: Annotated[str, typer.Option("--render", metavar="auto|never", help=t("cli.scan.render"))] = "auto",
    out: Out = None,
    formats: Formats = FORMATS,
    profile: Profile = "excel",
    lang: Lang = "id",
    quiet: Annotated[bool, typer.Option("--quiet", help=t("cli.scan.quiet"))] = False,
    as_json: AsJson = False,
    fail_under: Annotated[float | None, typer.Option(min=0, max=100, help=t("cli.scan.fail_under"))] = None,
    fail_on_drop: Annotated[bool, typer.Option("--fail-on-drop", help=t("cli.scan.fail_on_drop"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("cli.scan.dry_run"))] = False,
    ocr: WithOcr = False,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="URL", help=t("cli.scan.cluster"))] = None,
) -> None:
    """Crawl, archive, assess, score, print."""
    check_lang(lang)
    names = chosen(formats, profile)
    drawn_by = browsing(render)
    read_by = reader_of_scans(ocr, cluster)
    given = inputs.load(agencies, rubric, reviews)
    registry = _tuned(inputs.select(given.registry, only or [], as_of, agencies), max_pages, delay)
    if dry_run:
        _list(registry)
        _hint(registry, agencies)
        return
    inputs.may_visit(registry, agencies, datetime.now())
    before = _before(data, db, {agency.id for agency in registry.agencies}, bool(only))
    stop = Stop(inputs.closing(registry))
    job = ScanJob(
        registry=registry,
        rubric=given.rubric,
        data=data,
        as_of=day(as_of),
        now=now,
        amendments=given.amendments,
        files=given.files,
        stopping=stop,
        db=db,
        resume=Resume.AUTO if resume is None else Resume.ALWAYS if resume else Resume.NEVER,
        day_given=as_of is not None,
        cluster=cluster,
        browser=drawn_by.browser,
        ocr=read_by,
    )
    result = run(job, stop, quiet)
    measured = load_calibration(data)
    output.write(result, out, names, profile, measured, before=earlier(result, data, db, names) if out else None)
    if as_json or not quiet:
        output.show(result, as_json, measured)
    aloud = quiet and not as_json
    comparison = compared(data, db, before, result) if before and (aloud or fail_on_drop or wanted()) else None
    _tell(comparison, result, aloud)
    drawn_by.hint(result)
    code = exit_code(result)
    try:
        _gate(result, comparison if fail_on_drop else None, fail_under)
    except GateError as error:
        code = error.exit_code
        raise
    finally:
        beat(data, result, code)
    raise typer.Exit(code)


def _tell(comparison: Comparison | None, result: Result, aloud: bool) -> None:
    """The news since the last scan: printed where nothing else is, and sent where somebody waits for them."""
    if not aloud and not wanted():
        return
    text = news(comparison, result, output.width(), aloud and output.color())
    if text and aloud:
        typer.echo(text)
    if text:
        notify(t("cli.notify.subject", region=result.scan.region or "ppid-audit"), text, result.scan.id)


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


def _hint(registry: Registry, source: Path) -> None:
    """What a scan would be refused for, if for anything."""
    try:
        inputs.may_visit(registry, source, datetime.now())
    except InputError as error:
        typer.echo(error.told(language()), err=True)
    else:
        typer.echo(t("cli.scan.dry_nothing_sent"), err=True)


def _before(data: Path, db: str | None, ids: set[str], only: bool) -> Result | None:
    """The last finished scan that had all these agencies, else the last one; with ``only`` just these of it."""
    store = open_store(data, db)
    last: Result | None = None
    for scan in store.finished()[: -_LOOK_BACK - 1 : -1]:
        result = store.load(scan.id)
        last = last or result
        if ids <= {entry.agency.id for entry in result.agencies}:
            last = result
            break
    if last is None or not only:
        return last
    return replace(last, agencies=tuple(entry for entry in last.agencies if entry.agency.id in ids))


def _gate(result: Result, comparison: Comparison | None, fail_under: float | None) -> None:
    scores = {e.agency.id: e.scorecard.total.score for e in result.agencies if e.scorecard.rank is not None}
    if fail_under is not None:
        low = sorted(name for name, score in scores.items() if score is not None and score < fail_under)
        if low:
            raise GateError(t("cli.scan.under", floor=fail_under, names=", ".join(low)))
    if comparison is not None and (names := fallen(comparison)):
        raise GateError(t("cli.scan.dropped", names=", ".join(names), scan=comparison.before.scan.id))
