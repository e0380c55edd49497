"""What the judge makes of one archive, in one piece: it runs in a worker, so that no body crosses a pipe.

Only as many bodies as one are held at a time. Nothing here knows of workers or the database: what a worker loads is
what it needs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ppid_audit.amend import Known
from ppid_audit.archive import reader
from ppid_audit.assess import assess
from ppid_audit.audit.security import Threat, threats_of
from ppid_audit.audit.seen import known
from ppid_audit.extract.health import examine
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Note, Role, Snapshot
from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.site import Document, Page, Site
from ppid_audit.web.scope import Scope

AT_ONCE = 600
"""Answers of a site that are read as one task; of a larger site each is a task of its own."""

_UNREAD = frozenset({Role.ROBOTS, Role.SITEMAP, Role.RESOURCE})


@dataclass(frozen=True, slots=True)
class Opinion:
    """``assessment`` is None where the judge itself failed; ``notes`` are those on the health of what was read."""

    snapshot: Snapshot
    assessment: Assessment | None
    notes: tuple[Note, ...]
    known: Known
    threats: tuple[Threat, ...]


def opinion_at_once(agency: Agency, path: Path, rubric: Rubric, as_of: date) -> Opinion | None:
    """Reads the archive at ``path`` and judges it; None when there is none or it is too large for one task."""
    snapshot = reader.snapshot(path)
    if snapshot is None or len(snapshot.captures) > AT_ONCE:
        return None
    wanted = last_answers(snapshot.captures)
    readings = {exchange.capture.url: _reading(exchange) for exchange in readable(path, wanted)}
    told = [reading for url in wanted if (reading := readings.get(url)) is not None]
    site = assemble(agency, snapshot, told)
    return opinion_of(agency, site, snapshot, told, _assessed(site, rubric, agency, as_of))


def opinion_of(
    agency: Agency,
    site: Site,
    snapshot: Snapshot,
    readings: Sequence[Page | Document],
    assessment: Assessment | None,
) -> Opinion:
    """An assessment with all else that is told of the site."""
    notes = examine(site, Scope.of(agency))
    return Opinion(snapshot, assessment, notes, known(snapshot, readings), threats_of(site, agency))


def last_answers(captures: Iterable[Capture]) -> dict[str, Capture]:
    """The usable answers by the address asked for, the last one of each."""
    return {capture.url: capture for capture in captures if capture.ok and capture.role not in _UNREAD}


def readable(path: Path, wanted: dict[str, Capture]) -> Iterator[Exchange]:
    """The exchanges of these captures, one after the other."""
    return (exchange for exchange in reader.read(path) if wanted.get(exchange.capture.url) == exchange.capture)


def _reading(exchange: Exchange) -> Page | Document | None:
    """What cannot be read is left out, which leaves a doubt, not a "no"; short memory is for the caller to mend."""
    try:
        return read(exchange)
    except MemoryError:
        raise
    except Exception:
        return None


def _assessed(site: Site, rubric: Rubric, agency: Agency, as_of: date) -> Assessment | None:
    try:
        return assess(site, rubric, agency, as_of)
    except MemoryError:
        raise
    except Exception:
        return None
