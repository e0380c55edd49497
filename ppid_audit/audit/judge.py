"""One archive to one judged agency: read it back, assess, amend, score."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from ppid_audit.amend import Known, amend
from ppid_audit.archive import reader
from ppid_audit.assess import assess
from ppid_audit.audit.security import Threat, threats_of
from ppid_audit.audit.seen import known
from ppid_audit.audit.together import together
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.errors import StorageError
from ppid_audit.extract.health import examine
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
from ppid_audit.web.scope import Scope


@dataclass(frozen=True, slots=True)
class Judged:
    """An agency, what its visit brought, what it comes to, and what is for the incident team alone."""

    agency: Agency
    snapshot: Snapshot
    result: AgencyResult
    threats: tuple[Threat, ...] = ()


async def judge(
    agency: Agency, path: Path, rubric: Rubric, amendments: Amendments, as_of: date, workers: Workers
) -> Judged:
    """Reads the archive at ``path`` and judges it; StorageError when there is none.

    A visit that was not finished proves no absence: nobody knows what was left unread.
    """
    snapshot = reader.snapshot(path)
    if snapshot is None:
        raise StorageError(f"{path}: arsip tidak ada")
    readings = [reading for reading in await _read_all(path, workers) if reading is not None]
    site = assemble(agency, snapshot, readings)
    try:
        assessment: Assessment = await workers.run(assess, site, rubric, agency, as_of)
    except (WorkerLimit, WorkerError):
        assessment = _undecided(agency, rubric)
    if any(note.code in {reader.TORN, reader.UNFINISHED} for note in snapshot.notes):
        assessment = replace(assessment, findings=tuple(map(_without_proof, assessment.findings)))
    noted = replace(snapshot, notes=(*snapshot.notes, *examine(site, Scope.of(agency))))
    result = result_of(agency, noted, assessment, rubric, amendments, as_of, known(snapshot, readings))
    return Judged(agency, snapshot, result, threats_of(site, agency))


async def _read_all(path: Path, workers: Workers) -> list[Page | Document | None]:
    """Every usable answer, read in a worker; what breaks its limits is left out, which leaves a doubt, not a "no"."""
    skipped = {Role.ROBOTS, Role.SITEMAP}
    readable = {e.capture.url: e for e in reader.read(path) if e.capture.ok and e.capture.role not in skipped}

    async def one(exchange: Exchange) -> Page | Document | None:
        try:
            reading: Page | Document | None = await workers.run(read, exchange)
        except (WorkerLimit, WorkerError):
            return None
        return reading

    return await together(map(one, readable.values()))


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
    captures = snapshot.captures
    outcomes = Counter(_outcome(capture) for capture in captures)
    return CrawlStats(
        pages=sum(c.ok and c.media_type == "text/html" and c.role is not Role.PROBE for c in captures),
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
