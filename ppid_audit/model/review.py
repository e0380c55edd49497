"""The objection round: what reviewers handed in, what became of it, and what it moved."""

from dataclasses import dataclass
from enum import StrEnum

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scorecard import Scorecard


class Outcome(StrEnum):
    """What became of a claimed address; ``unchecked`` proves nothing either way."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """One claimed address. ``why`` is a code that the locales know, empty when accepted.

    ``sha256`` is what a later scan is compared with: of a page its words, else the bytes.
    """

    url: str
    outcome: Outcome
    why: str = ""
    status: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One row that a person filled in; ``where`` is ``file:line``, ``addresses`` have not been looked at yet."""

    where: str
    entry: Amendment
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A claim taken up as ``entry``, or refused because of what its addresses turned out to be."""

    where: str
    entry: Amendment
    accepted: bool
    checks: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency before and after the reviews were taken up."""

    agency: str
    name: str
    before: Scorecard
    after: Scorecard


@dataclass(frozen=True, slots=True)
class Dispute:
    """A cell on which two reviewers differ."""

    agency: str
    item: str
    first: Verdict
    second: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two names, how many cells both judged, on how many they agree, and Cohen's kappa.

    ``kappa`` is None where chance alone would agree on everything (one verdict throughout).
    """

    first: str
    second: str
    both: int
    agreed: int
    kappa: float | None
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One import: its rows, how many were there already, the agencies that it moved, and who agrees with whom."""

    decisions: tuple[Decision, ...]
    already: int
    standings: tuple[Standing, ...]
    agreements: tuple[Agreement, ...]
