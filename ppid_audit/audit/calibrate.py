"""How right the tool is: a sample to be read, and the figures that the readings give."""

import json
from collections.abc import Mapping
from pathlib import Path

from ppid_audit import calibration
from ppid_audit.calibration import Cell, Reading
from ppid_audit.codec import decode, encode
from ppid_audit.errors import StorageError
from ppid_audit.model.calibration import Calibration
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Status

NAME = "kalibrasi.json"
"""The file in the data folder."""

_SCHEMA = "ppid-audit/calibration/1"

Said = Mapping[str, Mapping[tuple[str, str], Verdict]]
"""Reader -> (agency id, item id) -> verdict."""


def cells_of(result: Result) -> tuple[Cell, ...]:
    """What the tool itself said of every item that applies, at every agency with a score."""
    return tuple(
        Cell(entry.agency.id, finding.item, finding.own.verdict, finding.own.confidence)
        for entry in result.agencies
        if entry.scorecard.status is not Status.NOT_ASSESSABLE
        for finding in entry.assessment.findings
        if finding.own.verdict is not Verdict.NOT_APPLICABLE
    )


def sample(result: Result, size: int) -> tuple[Cell, ...]:
    """``size`` cells to be read: always the same of the same result."""
    return calibration.draw(cells_of(result), size, result.scan.evidence_sha256 or result.scan.id)


def measure(result: Result, said: Said, on: str) -> Calibration:
    """The figures; cells on which two readers differ are left out. ``on`` is an ISO date."""
    cells = cells_of(result)
    read: dict[tuple[str, str], set[Verdict]] = {}
    for own in said.values():
        for cell, verdict in own.items():
            read.setdefault(cell, set()).add(verdict)
    known = {(cell.agency, cell.item): cell for cell in cells}
    found = [Reading(known[cell], *truths) for cell, truths in read.items() if len(truths) == 1 and cell in known]
    weights = calibration.weights_of(cells, found)
    return Calibration(
        scan=result.scan.id,
        tool=result.scan.tool,
        rubric_sha256=result.scan.rubric_sha256,
        on=on,
        readers=tuple(said),
        cells=sum(cell in known for cell in read),
        disputed=sum(len(truths) > 1 for cell, truths in read.items() if cell in known),
        precision=calibration.precision(found, weights),
        recall=calibration.recall(found, weights),
        exact=calibration.exact(found, weights),
        items=calibration.by_item(cells, found),
        reliability=calibration.reliability(found),
        totals=calibration.totals(cells, found),
    )


def to_json(measured: Calibration) -> bytes:
    """The file's bytes: ``ppid-audit/calibration/1``, UTF-8."""
    text = json.dumps({"schema": _SCHEMA, **encode(measured)}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def load_calibration(data: Path) -> Calibration | None:
    """The figures in a data folder; None when there are none, StorageError when they are damaged."""
    path = data / NAME
    try:
        told = json.loads(path.read_bytes())
        if told.get("schema") != _SCHEMA:
            raise ValueError(told.get("schema"))
        return decode(Calibration, told)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError) as error:
        raise StorageError(f"{path}: angka kalibrasi tidak terbaca ({error})") from error
