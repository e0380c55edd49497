"""A scan and its result: everything that reports, history and comparison need."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendment
from ppid_audit.model.capture import Note
from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Reason, Rubric
from ppid_audit.model.scorecard import Scorecard


class ScanState(StrEnum):
    """A result is a draft until the objection round has ended."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class CrawlStats:
    """What a visit cost: ``outcomes`` counts captures by problem code, ``ok`` or ``not_found``."""

    pages: int = 0
    documents: int = 0
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finality:
    """The end of the objection round: the officer, the day, and until when could be objected.

    ``sha256`` is the digest of all that was stored of the result then (``history.final``).
    """

    by: str
    on: date
    deadline: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A review that came after the result was final: it stands beside it and changes nothing in it.

    ``before`` and ``after`` are the item's reasons, the scores those of the agency, in points of 100.
    """

    entry: Amendment
    before: Reason
    after: Reason
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The head of a result. Times are ISO 8601 UTC ending in ``Z``; ``as_of`` is an ISO date.

    ``suspect`` is a code (``runner_offline``, ``runner_captive``, ``runner_certificates``) when the fault was at our
    own end. ``evidence_sha256`` is the
    digest of the manifest of the evidence that was judged; None when none was kept. ``corrections`` are told
    only of a final result.
    """

    id: str
    started_at: str
    finished_at: str
    as_of: str
    tool: str
    rubric_name: str
    rubric_sha256: str
    agencies_sha256: str
    reviews_sha256: str | None = None
    state: ScanState = ScanState.DRAFT
    suspect: str | None = None
    region: str = ""
    sample: bool = False
    evidence_sha256: str | None = None
    final: Finality | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyResult:
    """One agency with what was found and what it adds up to."""

    agency: Agency
    assessment: Assessment
    scorecard: Scorecard
    crawl: CrawlStats = CrawlStats()
    health: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result: agencies in the order of agencies.yaml, and the rubric that judged them."""

    scan: Scan
    rubric: Rubric
    agencies: tuple[AgencyResult, ...]
