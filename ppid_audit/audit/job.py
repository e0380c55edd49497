"""What a scan needs, and how it introduces itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.crawl.rendering import ManagedBrowser
from ppid_audit.engines.ocr import Ocr
from ppid_audit.model.agency import Agency, Registry
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one agency stands. ``state`` is ``waiting``, ``crawling``, ``judging`` or ``done``."""

    agency: str
    state: str
    pages: int = 0
    documents: int = 0
    queued: int = 0
    requests: int = 0


class Resume(StrEnum):
    """Whether a scan goes on where one was interrupted: ``auto`` does if that was less than a day ago."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know while the scan goes on. ``code`` is put into words by the locale files.

    ``resumed`` and ``nothing_to_resume`` (of the scan; ``detail`` is its id), ``torn`` (of an agency; bytes
    cut off), ``earlier_damaged`` (of an agency; what is wrong with the archive of the scan before), ``security``
    (of the scan; where the findings for the incident team were written), ``little_space`` (of the scan; megabytes
    that are free).
    """

    code: str
    agency: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ScanJob:
    """Everything that a scan needs. ``now`` tells the time (ISO 8601 UTC); ``stopping`` turns true on Ctrl-C.

    ``files`` are the exact input files by kind (``agencies``, ``rubric``, ``reviews``), kept with the result.
    ``db`` is the address of the database when it is not that of the data folder. A resumed scan keeps its
    own day of assessment unless ``day_given``. ``cluster`` is the address of a scheduler of dask.distributed
    whose workers are to do the visits. ``browser`` draws pages that only scripts fill, in the visits made here.
    ``ocr`` reads the words of scans and pictures, here only.
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
    db: str | None = None
    resume: Resume = Resume.AUTO
    day_given: bool = False
    cluster: str | None = None
    browser: ManagedBrowser | None = None
    ocr: Ocr | None = None

    @property
    def archive(self) -> Path:
        """Where the evidence of all scans stands."""
        return self.data / "archive"


def user_agent(contact: str) -> str:
    """How the tool introduces itself to every server, with the office's contact."""
    return f"ppid-audit/{__version__} (evaluasi keterbukaan informasi publik; {contact or 'loopback'})"


def current(agencies: Iterable[Agency], as_of: date) -> tuple[Agency, ...]:
    """The agencies that exist on that day (``until`` not yet passed)."""
    return tuple(agency for agency in agencies if agency.until is None or agency.until >= as_of)
