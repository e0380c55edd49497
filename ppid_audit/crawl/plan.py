"""How far a visit goes, and how far it has come."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Plan:
    """The bounds of one visit. Seconds and bytes; ``max_depth`` in clicks from the front page.

    ``delay`` says how long to wait before a failed front page is tried again (the pauses themselves are
    kept by ``Politeness``). ``agent`` is the product token that robots.txt knows us by.
    """

    delay: float
    max_pages: int
    max_documents: int
    site_seconds: float
    max_depth: int
    page_deadline: float = 15.0
    document_deadline: float = 30.0
    page_bytes: int = 5_000_000
    document_bytes: int = 20_000_000
    agent: str = "ppid-audit"


class VisitState(StrEnum):
    """What a visit is doing."""

    OPENING = "opening"
    READING = "reading"
    RETRYING = "retrying"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Visit:
    """How far a visit has come, for the progress display. Counts of addresses; ``requests`` with redirects."""

    agency_id: str
    state: VisitState
    pages: int
    documents: int
    queued: int
    requests: int
