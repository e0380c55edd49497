"""Hostile content, row by row: ``python -m tests.faults.content_catalogue`` plays them and writes the table."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.faults.catalogue import SEVERITIES, Row, _row
from tests.faults.table import FAILED, NOT_APPLICABLE, NOT_PLAYED, PASSED, TESTS, Listener, _line, _state

TABLE = TESTS.parent / "docs" / "faults-content.md"
FAMILIES = {
    "C": "Content, charset, markup",
    "W": "Blocks and overload",
    "G": "Is it still the agency's site?",
    "P": "Documents and other hosts",
    "O": "What comes out",
}
_LINES = Path(__file__).with_name("content_catalogue.txt").read_text("utf-8").splitlines()
ROWS = tuple(_row(line) for line in _LINES if line and not line.startswith("#"))

_HEAD = """\
# Hostile content: every fault and what comes of it

Written by `python -m tests.faults.content_catalogue`, which plays every row; do not edit it by hand. What is not the
agency's own word earns nothing and proves nothing.
"""


def render(ended: Mapping[str, str]) -> str:
    """The whole document."""
    parts = [_HEAD, _totals(ended)]
    for letter, title in FAMILIES.items():
        lines = [_line(row, ended[row.id]) for row in ROWS if row.id.startswith(letter)]
        head = (f"## {letter}: {title}\n", "| id | severity | fault → outcome | result |", "|---|---|---|---|")
        parts.append("\n".join((*head, *lines)))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _totals(ended: Mapping[str, str]) -> str:
    lines = ["| severity | rows | passed | not applicable | failed or not played |", "|---|---|---|---|---|"]
    for letter, name in SEVERITIES.items():
        found = [ended[row.id] for row in ROWS if row.severity == letter]
        passed, none = found.count(PASSED), found.count(NOT_APPLICABLE)
        lines.append(f"| {name} | {len(found)} | {passed} | {none} | {len(found) - passed - none} |")
    return "\n".join(lines)


def proofs(rows: tuple[Row, ...]) -> list[str]:
    """The tests that play the rows."""
    return sorted({f"tests/{row.proof}" for row in rows if row.proof})


def main() -> int:
    """Plays, writes, and says what failed; 1 when anything did."""
    listener = Listener()
    pytest.main(["-q", "-p", "no:cacheprovider", *proofs(ROWS)], plugins=[listener])
    ended = {row.id: _state(row, listener.seen.get(row.proof, set())) for row in ROWS}
    TABLE.write_text(render(ended), encoding="utf-8")
    failed = [f"{name}: {state}" for name, state in ended.items() if state in (FAILED, NOT_PLAYED)]
    sys.stdout.write("\n".join(failed) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
