"""A reviewer's word on a finding."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ppid_audit.model.rubric import Verdict


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """What the reviewer saw; the amendment goes stale when that changes.

    ``sha256`` is the digest of the bytes there or, of a page, of its own words (``audit.seen``); empty while
    nobody could look at the address again: then nothing can tell that it changed.
    """

    url: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One entry of ``reviews.yaml``. ``reason`` is ``waived``, ``attested`` or ``corrected``."""

    agency: str
    item: str
    verdict: Verdict
    reason: Literal["waived", "attested", "corrected"]
    justification: str
    by: str
    on: date
    expires: date | None = None
    evidence: tuple[SeenEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendments:
    """The whole of ``reviews.yaml``; ``sha256`` is None when there is no such file."""

    entries: tuple[Amendment, ...] = ()
    sha256: str | None = None
