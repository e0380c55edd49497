"""What a scan needs, and how it introduces itself."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.model.agency import Agency, Registry
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import Scan


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one agency stands. ``state`` is ``waiting``, ``crawling``, ``judging`` or ``done``."""

    agency: str
    state: str
    pages: int = 0
    documents: int = 0
    queued: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class ScanJob:
    """Everything that a scan needs. ``now`` tells the time (ISO 8601 UTC); ``stopping`` turns true on Ctrl-C.

    ``files`` are the exact input files by kind (``agencies``, ``rubric``, ``reviews``), kept with the result.
    """

    registry: Registry
    rubric: Rubric
    data: Path
    as_of: date
    now: Callable[[], str]
    amendments: Amendments = Amendments()
    files: Mapping[str, bytes] = field(default_factory=dict)
    stopping: Callable[[], bool] = lambda: False
    sample: bool = False
    workers: int = 2


def user_agent(contact: str) -> str:
    """How the tool introduces itself to every server, with the office's contact."""
    return f"ppid-audit/{__version__} (evaluasi keterbukaan informasi publik; {contact or 'loopback'})"


def current(agencies: Iterable[Agency], as_of: date) -> tuple[Agency, ...]:
    """The agencies that exist on that day (``until`` not yet passed)."""
    return tuple(agency for agency in agencies if agency.until is None or agency.until >= as_of)


def new_head(job: ScanJob, started: str) -> Scan:
    """The head of a new result, its id made of the time and the files."""
    when = datetime.fromisoformat(started.replace("Z", "+00:00"))
    seal = hashlib.sha256(f"{started}{job.registry.sha256}{job.rubric.sha256}".encode()).hexdigest()[:6]
    return Scan(
        id=f"{when:%Y%m%d-%H%M%S}-{seal}",
        started_at=started,
        finished_at="",
        as_of=job.as_of.isoformat(),
        tool=__version__,
        rubric_name=job.rubric.name,
        rubric_sha256=job.rubric.sha256,
        agencies_sha256=job.registry.sha256,
        reviews_sha256=job.amendments.sha256,
        region=job.registry.region,
        sample=job.sample,
    )
