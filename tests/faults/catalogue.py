"""The catalogue of faults: what can go wrong with a hostile network, and what has to come of it."""

import re
from dataclasses import dataclass
from pathlib import Path

_TEXT = Path(__file__).with_name("catalogue.txt")
_ROW = re.compile(
    r"(?P<id>[A-Z]\d\d) (?P<severity>[CHML]) (?P<summary>[^!@]+?)(?: ! (?P<reason>.+)| @ (?P<proof>\S+))?"
)

FAMILIES = {
    "N": "Names and transport",
    "H": "HTTP framing and time",
    "D": "Decoding",
    "T": "TLS",
    "R": "Redirects, scope, addresses",
    "B": "robots.txt",
    "S": "Sitemaps",
    "U": "Addresses and links",
    "X": "Traps and volume",
    "Y": "Configuration",
    "F": "Files and state",
    "Z": "Process and clock",
    "E": "Our own surroundings",
}
SEVERITIES = {"C": "critical", "H": "high", "M": "medium", "L": "low"}


@dataclass(frozen=True, slots=True)
class Row:
    """One fault. ``reason`` says why it cannot happen in this design; ``proof`` is a test outside this folder."""

    id: str
    severity: str
    summary: str
    reason: str = ""
    proof: str = ""


def _row(line: str) -> Row:
    found = _ROW.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return Row(found["id"], found["severity"], found["summary"], found["reason"] or "", found["proof"] or "")


ROWS = tuple(_row(line) for line in _TEXT.read_text("utf-8").splitlines() if line and not line.startswith(("#", '"')))
"""All rows, by family."""
