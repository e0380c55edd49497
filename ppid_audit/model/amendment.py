"""A reviewer's word on a finding."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ppid_audit.model.rubric import Verdict


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """What the reviewer saw; the amendment goes stale when the bytes there change."""

    url: str
    sha256: str


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
