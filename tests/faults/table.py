"""Plays the whole catalogue and writes docs/faults.md: ``python -m tests.faults.table``."""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.faults.catalogue import FAMILIES, ROWS, SEVERITIES, Row

TESTS = Path(__file__).parents[1]
TABLE = TESTS.parent / "docs" / "faults.md"
BOMBS = Path(__file__).with_name("bombs.tsv")
"""What ``python -m tests.long.bombs`` has measured: name, megabytes, outcome."""
PASSED, FAILED, NOT_PLAYED, NOT_APPLICABLE = "passed", "**failed**", "**not played**", "not applicable"

_HEAD = """\
# A hostile network: every fault and what comes of it

Written by `python -m tests.faults.table`, which plays every row (`tests/faults`); do not edit it by hand. A fault
ends in its typed outcome, within its deadline and its memory, and never turns into "missing": what could not be seen
leaves the score and widens its range.
"""

_MEMORY = """\
## Bombs: what each costs in memory

By how much the peak of a process rises that fetches (a served bomb) or reads it (a page, in a worker that may be
killed), measured each in a process of its own by `python -m tests.long.bombs`.
"""


class Listener:
    """Takes down which row each test played and how it ended."""

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for the set-up, the call and the end of each test."""
        if report.when == "call" or report.failed:
            for name in _names(report.nodeid):
                self.seen[name].add(report.outcome)


def _names(node: str) -> list[str]:
    """The rows that a test's id begins with, and the place of the test without its parameters."""
    place = node.partition("[")[0].removeprefix("tests/")
    rows = re.search(r"\[([A-Z]\d\d(?:\+[A-Z]\d\d)*)", node)
    return [place, *(rows[1].split("+") if rows else ())]


def states(seen: Mapping[str, set[str]]) -> dict[str, str]:
    """What became of each row."""
    return {row.id: _state(row, seen.get(row.proof, set()) | seen.get(row.id, set())) for row in ROWS}


def _state(row: Row, outcomes: set[str]) -> str:
    if row.reason:
        return NOT_APPLICABLE
    if not outcomes:
        return NOT_PLAYED
    return PASSED if outcomes == {"passed"} else FAILED


def render(ended: Mapping[str, str]) -> str:
    """The whole document."""
    parts = [_HEAD, _totals(ended)]
    for letter, title in FAMILIES.items():
        lines = [_line(row, ended[row.id]) for row in ROWS if row.id.startswith(letter)]
        parts.append(
            "\n".join(
                (f"## {letter}: {title}\n", "| id | severity | fault → outcome | result |", "|---|---|---|---|", *lines)
            )
        )
    parts.append(_bombs())
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _bombs() -> str:
    rows = ["| {} | {} MB | {} |".format(*line.split("\t")) for line in BOMBS.read_text("utf-8").splitlines()]
    return "\n".join((_MEMORY, "| bomb | peak memory | outcome |", "|---|---|---|", *rows))


def _totals(ended: Mapping[str, str]) -> str:
    lines = ["| severity | rows | passed | not applicable | failed or not played |", "|---|---|---|---|---|"]
    for letter, name in SEVERITIES.items():
        found = [ended[row.id] for row in ROWS if row.severity == letter]
        passed, none = found.count(PASSED), found.count(NOT_APPLICABLE)
        lines.append(f"| {name} | {len(found)} | {passed} | {none} | {len(found) - passed - none} |")
    return "\n".join(lines)


def _line(row: Row, state: str) -> str:
    fault, _, outcome = row.summary.partition(" -> ")
    told = f"{fault} → {outcome}" if outcome else fault
    return f"| {row.id} | {SEVERITIES[row.severity]} | {told} | {state + ': ' + row.reason if row.reason else state} |"


def places() -> list[str]:
    """Where the rows are played: this folder, and tests elsewhere that prove one."""
    return [str(TESTS / "faults"), *sorted({str(TESTS / row.proof) for row in ROWS if row.proof})]


def main() -> int:
    """Plays, writes, and says what failed; 1 when anything did."""
    listener = Listener()
    pytest.main(["-q", "-p", "no:cacheprovider", *places()], plugins=[listener])
    ended = states(listener.seen)
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(render(ended), encoding="utf-8")
    failed = [f"{name}: {state}" for name, state in ended.items() if state in (FAILED, NOT_PLAYED)]
    sys.stdout.write("\n".join(failed) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
