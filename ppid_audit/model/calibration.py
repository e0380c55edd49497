"""How right the tool is, measured against people's readings of a sample."""

from dataclasses import dataclass

from ppid_audit.model.rubric import Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0..1 with its 95 % interval, from ``n`` readings; None where there were none."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item: of what the tool called fulfilled, what is; of what is fulfilled, what the tool called so."""

    item: str
    precision: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts with a confidence in ``low`` <= c < ``high`` (the last one with its end): stated, and really right."""

    low: float
    high: float
    stated: float | None
    right: Share


@dataclass(frozen=True, slots=True)
class Total:
    """How often a verdict is given in the whole result: as the tool told it, and as the readings correct it."""

    verdict: Verdict
    told: int
    corrected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The tool's measured figures: on which scan, with which tool and rubric, read by whom and when (ISO date).

    ``cells`` were read, of which ``disputed`` are left out, since two readers differ on them. ``precision``
    and ``recall`` are of the verdict "fulfilled", ``exact`` of all verdicts.
    """

    scan: str
    tool: str
    rubric_sha256: str
    on: str
    readers: tuple[str, ...]
    cells: int
    disputed: int
    precision: Share
    recall: Share
    exact: Share
    items: tuple[ItemFigures, ...] = ()
    reliability: tuple[Bin, ...] = ()
    totals: tuple[Total, ...] = ()
