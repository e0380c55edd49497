"""One archive to one judged agency: read it back, assess, amend, score."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from ppid_audit.amend import Known, amend
from ppid_audit.archive import reader
from ppid_audit.assess import assess
from ppid_audit.audit.ocr import recognise
from ppid_audit.audit.opinion import Opinion, last_answers, opinion_at_once, opinion_of, readable
from ppid_audit.audit.security import Threat
from ppid_audit.audit.together import together
from ppid_audit.crawl.health import DROPPED
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.engines.ocr import Ocr
from ppid_audit.errors import StorageError
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Exchange, Role, Snapshot
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Reason, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result, Scan
from ppid_audit.model.site import Document, Page
from ppid_audit.score import rank, score

_SIDE_BY_SIDE = 8
"""Answers in memory at a time where each is read by itself."""

_NO_PAGES = frozenset({Role.PROBE, Role.RESOURCE})


@dataclass(frozen=True, slots=True)
class Judged:
    """An agency, what its visit brought, what it comes to, and what is for the incident team alone."""

    agency: Agency
    snapshot: Snapshot
    result: AgencyResult
    threats: tuple[Threat, ...] = ()


async def judge(
    agency: Agency,
    path: Path,
    rubric: Rubric,
    amendments: Amendments,
    as_of: date,
    workers: Workers,
    ocr: Ocr | None = None,
) -> Judged:
    """Reads the archive at ``path`` and judges it; StorageError when there is none.

    A visit that was not finished, or knew more addresses than could be kept, proves no absence: nobody knows what was
    left unread. With ``ocr`` the words of scans and pictures are read too.
    """
    found = await _at_once(agency, path, rubric, as_of, workers) if ocr is None else None
    if found is None:
        found = await _one_by_one(agency, path, rubric, as_of, workers, ocr)
    snapshot, assessment = found.snapshot, found.assessment or _undecided(agency, rubric)
    if any(note.code in {reader.TORN, reader.UNFINISHED, DROPPED} for note in snapshot.notes):
        assessment = replace(assessment, findings=tuple(map(_without_proof, assessment.findings)))
    noted = replace(snapshot, notes=(*snapshot.notes, *found.notes))
    result = result_of(agency, noted, assessment, rubric, amendments, as_of, found.known)
    return Judged(agency, snapshot, result, found.threats)


async def _at_once(agency: Agency, path: Path, rubric: Rubric, as_of: date, workers: Workers) -> Opinion | None:
    """The whole agency as one task; None when anything in it broke a limit: then what that is has to be found."""
    try:
        found: Opinion | None = await workers.run(opinion_at_once, agency, path, rubric, as_of)
    except (WorkerLimit, WorkerError):
        return None
    return found


async def _one_by_one(
    agency: Agency, path: Path, rubric: Rubric, as_of: date, workers: Workers, ocr: Ocr | None
) -> Opinion:
    """The same with each answer as a task of its own: only what breaks the limits itself is left out."""
    snapshot = reader.snapshot(path)
    if snapshot is None:
        raise StorageError(f"{path}: arsip tidak ada")
    readings = await _read_all(path, snapshot, workers)
    if ocr is not None:
        readings = await recognise(path, readings, ocr, workers)
    site = assemble(agency, snapshot, readings)
    assessment: Assessment | None = None
    with suppress(WorkerLimit, WorkerError):
        assessment = await workers.run(assess, site, rubric, agency, as_of)
    return opinion_of(agency, site, snapshot, readings, assessment)


async def _read_all(path: Path, snapshot: Snapshot, workers: Workers) -> list[Page | Document]:
    """Every usable answer, read in a worker; what breaks its limits is left out, which leaves a doubt, not a "no"."""
    wanted = last_answers(snapshot.captures)
    exchanges = readable(path, wanted)
    readings: dict[str, Page | Document | None] = {}

    async def one(exchange: Exchange) -> None:
        with suppress(WorkerLimit, WorkerError):
            readings[exchange.capture.url] = await workers.run(read, exchange)

    while some := list(islice(exchanges, _SIDE_BY_SIDE)):
        await together(map(one, some))
    return [reading for url in wanted if (reading := readings.get(url)) is not None]


def _without_proof(finding: Finding) -> Finding:
    """What more reading could have turned into something better is left open."""
    if finding.verdict not in {Verdict.MISSING, Verdict.PARTIAL}:
        return finding
    return replace(finding, reason=Reason.NOT_LOOKED_EVERYWHERE, confidence=1.0, period_found=None)


def _undecided(agency: Agency, rubric: Rubric) -> Assessment:
    findings = (
        Finding(
            item.id, Reason.PROBE_ERROR if item.applies(agency.kind, agency.functions) else Reason.NOT_FOR_THIS_KIND, 1
        )
        for item in rubric.criteria
    )
    return Assessment(agency.id, tuple(findings), "probe_error")


def result_of(
    agency: Agency,
    snapshot: Snapshot,
    assessment: Assessment,
    rubric: Rubric,
    amendments: Amendments,
    as_of: date,
    site: Known,
) -> AgencyResult:
    """What an assessment comes to, once reviewed and counted; ``site`` is what the reviews may refer to."""
    amended = amend(assessment, amendments, as_of, site)
    return AgencyResult(agency, amended, score(amended, rubric), _stats(snapshot), snapshot.notes)


def _stats(snapshot: Snapshot) -> CrawlStats:
    captures = [capture for capture in snapshot.captures if not capture.rendered]
    outcomes = Counter(_outcome(capture) for capture in captures)
    return CrawlStats(
        pages=sum(c.ok and c.media_type == "text/html" and c.role not in _NO_PAGES for c in captures),
        documents=sum(c.ok and c.role in {Role.DOCUMENT, Role.OFF_SITE} for c in captures),
        requests=sum(1 + len(c.redirects) for c in captures),
        bytes=sum(c.bytes for c in captures if not c.unchanged),
        seconds=_seconds(snapshot),
        outcomes=dict(sorted(outcomes.items())),
    )


def _seconds(snapshot: Snapshot) -> float:
    """How long the visit took; 0 where that is not known or the clock was put back meanwhile."""
    if not snapshot.started_at or not snapshot.finished_at:
        return 0.0
    begun, ended = (
        datetime.fromisoformat(t.replace("Z", "+00:00")) for t in (snapshot.started_at, snapshot.finished_at)
    )
    return max(0.0, (ended - begun).total_seconds())


def _outcome(capture: Capture) -> str:
    if capture.problem:
        return capture.problem.value
    return "not_found" if capture.gone else "ok"


def finish(head: Scan, rubric: Rubric, results: Iterable[AgencyResult], suspect: str | None = None) -> Result:
    """The whole result, ranked; ``suspect`` is the code of a fault of our own."""
    results = tuple(results)
    ranked = rank(tuple(entry.scorecard for entry in results))
    return Result(
        replace(head, suspect=suspect),
        rubric,
        tuple(replace(entry, scorecard=card) for entry, card in zip(results, ranked, strict=True)),
    )
