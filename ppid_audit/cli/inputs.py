"""The input files of a scan, and the rules that hold before anything is sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ppid_audit.audit import current
from ppid_audit.cli.options import day
from ppid_audit.cli.words import t
from ppid_audit.config import load_agencies, load_reviews, load_rubric
from ppid_audit.errors import InputError
from ppid_audit.model.agency import Agency, Registry
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric
from ppid_audit.web.scope import is_internal
from ppid_audit.web.urls import host


@dataclass(frozen=True, slots=True)
class Inputs:
    """The loaded files and their exact bytes by kind."""

    registry: Registry
    rubric: Rubric
    amendments: Amendments
    files: dict[str, bytes]


def load(agencies: Path, rubric: Path, reviews: Path | None) -> Inputs:
    """All input files; InputError with the problems of all of them at once."""
    problems: list[str] = []
    registry: Registry | None = None
    ruler: Rubric | None = None
    try:
        registry = load_agencies(agencies)
    except InputError as error:
        problems += error.problems
    try:
        ruler = load_rubric(rubric)
    except InputError as error:
        problems += error.problems
    amendments = Amendments()
    if registry and ruler and reviews:
        try:
            amendments = load_reviews(reviews, registry, ruler)
        except InputError as error:
            problems += error.problems
    if problems or registry is None or ruler is None:
        raise InputError(*problems)
    paths = {"agencies": agencies, "rubric": rubric} | ({"reviews": reviews} if reviews else {})
    return Inputs(registry, ruler, amendments, {kind: path.read_bytes() for kind, path in paths.items()})


def select(registry: Registry, only: list[str], as_of: str | None, source: Path) -> Registry:
    """The agencies named by ``--only`` that exist on the day; InputError for an unknown id."""
    known = {agency.id for agency in registry.agencies}
    unknown = [name for name in only if name not in known]
    if unknown:
        raise InputError(t("cli.unknown_agency", names=", ".join(unknown), file=str(source)))
    chosen = (agency for agency in registry.agencies if not only or agency.id in only)
    return replace(registry, agencies=current(chosen, day(as_of)))


def may_visit(registry: Registry, source: Path, at: datetime) -> None:
    """InputError when the rules of politeness are not met: contact, delay, hours."""
    public = [agency for agency in registry.agencies if _is_public(agency)]
    if not public:
        return
    if not registry.contact:
        raise InputError(t("cli.scan.no_contact", file=str(source), agency=public[0].id))
    if registry.crawl.delay == 0:
        raise InputError(t("cli.scan.no_delay", agency=public[0].id))
    if registry.crawl.hours and not _within(registry.crawl.hours, f"{at:%H:%M}"):
        raise InputError(t("cli.scan.hours", hours=registry.crawl.hours, now=f"{at:%H.%M}"))


def closing(registry: Registry, clock: Callable[[], datetime] = datetime.now) -> Callable[[], bool]:
    """Says whether the visiting hours are over by now; never for sites that are all internal, or without any hours."""
    hours = registry.crawl.hours
    if not hours or not any(map(_is_public, registry.agencies)):
        return lambda: False
    return lambda: not _within(hours, f"{clock():%H:%M}")


def _is_public(agency: Agency) -> bool:
    return any(not is_internal(host(url)) for url in (agency.url, *agency.also))


def _within(hours: str, time: str) -> bool:
    start, end = hours.split("-")
    return start <= time <= end if start <= end else time >= start or time <= end
