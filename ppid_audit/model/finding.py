"""What the judge says of one criterion at one agency, and what it rests on."""

from dataclasses import dataclass
from datetime import date as day
from enum import StrEnum

from ppid_audit.model.rubric import Reason, Verdict


class Where(StrEnum):
    """Where on the page the matched words stand."""

    LINK = "link"
    HEADING = "heading"
    TABLE = "table"
    TITLE = "title"
    TEXT = "text"
    DOCUMENT = "document"
    IMAGE = "image"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that a person can open and find again.

    ``url`` is the thing itself, ``found_on`` the page that names it. ``matched`` are the rubric's words,
    ``quote`` the site's (personal data masked). ``sha256`` and ``warc`` lead to the archived bytes; where these are
    what a browser made of the page, ``media_type`` says so (``text/html; rendered=whole`` or ``part``).
    """

    url: str
    found_on: str = ""
    where: Where = Where.LINK
    matched: str = ""
    quote: str = ""
    year: int | None = None
    date: day | None = None
    status: int | None = None
    media_type: str = ""
    bytes: int = 0
    sha256: str = ""
    warc: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A place that was looked at and rejected, with the reason."""

    url: str
    why: Reason
    quote: str = ""
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one probe saw. ``confidence`` is the chance, 0..1, that a careful reader agrees."""

    reason: Reason
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    period_due: str | None = None
    period_found: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that its reason belongs to."""
        return self.reason.verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one criterion. ``superseded`` is what a reviewer overrode: it never disappears.

    Where several reviewers spoke, each word supersedes the one before it, down to the tool's own (``own``).
    """

    item: str
    reason: Reason
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    period_due: str | None = None
    period_found: str | None = None
    reviewed: bool = False
    justification: str = ""
    superseded: "Finding | None" = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that its reason belongs to."""
        return self.reason.verdict

    @property
    def own(self) -> "Finding":
        """What the tool itself said, before any reviewer."""
        return self if self.superseded is None else self.superseded.own


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings on one agency, in rubric order. ``blocked_by`` says why it could not be assessed at all."""

    agency: str
    findings: tuple[Finding, ...]
    blocked_by: str | None = None
