"""One archive to one judged agency: read it back, assess, amend, score."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from ppid_audit.amend import amend
from ppid_audit.archive import reader
from ppid_audit.assess import assess
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.errors import StorageError
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Reason, Rubric
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result, Scan
from ppid_audit.model.site import Document, Page
from ppid_audit.score import rank, score
from ppid_audit.web.scope import is_internal
from ppid_audit.web.urls import host

_ALIKE = 3
"""So many unrelated hosts with no answer at all, and none with one: the fault is at our own end."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An agency, what its visit brought, and what it comes to."""

    agency: Agency
    snapshot: Snapshot
    result: AgencyResult


async def judge(
    agency: Agency, path: Path, rubric: Rubric, amendments: Amendments, as_of: date, workers: Workers
) -> Judged:
    """Reads the archive at ``path`` and judges it; StorageError when the visit was never finished."""
    snapshot = reader.snapshot(path)
    if snapshot is None:
        raise StorageError(f"{path}: arsip tidak lengkap, tidak ada catatan penutup kunjungan")
    readings = [reading for reading in await _read_all(path, workers) if reading is not None]
    try:
        site = assemble(agency, snapshot, readings)
        assessment: Assessment = await workers.run(assess, site, rubric, agency, as_of)
    except (WorkerLimit, WorkerError):
        assessment = _undecided(agency, rubric)
    return Judged(agency, snapshot, _result(agency, snapshot, assessment, rubric, amendments, as_of))


async def _read_all(path: Path, workers: Workers) -> list[Page | Document | None]:
    """Every usable answer, read in a worker; what breaks its limits is left out, which leaves a doubt, not a "no"."""
    seen: dict[str, Awaitable[Page | Document | None]] = {}
    readable = (e for e in reader.read(path) if e.capture.ok and e.capture.role not in {Role.ROBOTS, Role.SITEMAP})

    async def one(exchange: Exchange) -> Page | Document | None:
        try:
            reading: Page | Document | None = await workers.run(read, exchange)
        except (WorkerLimit, WorkerError):
            return None
        return reading

    for exchange in readable:
        seen[exchange.capture.url] = one(exchange)
    return list(await asyncio.gather(*seen.values()))


def _undecided(agency: Agency, rubric: Rubric) -> Assessment:
    findings = (
        Finding(
            item.id, Reason.PROBE_ERROR if item.applies(agency.kind, agency.functions) else Reason.NOT_FOR_THIS_KIND, 1
        )
        for item in rubric.criteria
    )
    return Assessment(agency.id, tuple(findings), "probe_error")


def _result(
    agency: Agency, snapshot: Snapshot, assessment: Assessment, rubric: Rubric, amendments: Amendments, as_of: date
) -> AgencyResult:
    amended = amend(assessment, amendments, as_of)
    return AgencyResult(agency, amended, score(amended, rubric), _stats(snapshot), snapshot.notes)


def _stats(snapshot: Snapshot) -> CrawlStats:
    captures = snapshot.captures
    outcomes = Counter(_outcome(capture) for capture in captures)
    begun, ended = (
        datetime.fromisoformat(t.replace("Z", "+00:00")) for t in (snapshot.started_at, snapshot.finished_at)
    )
    return CrawlStats(
        pages=sum(c.ok and c.media_type == "text/html" for c in captures),
        documents=sum(c.ok and c.role in {Role.DOCUMENT, Role.OFF_SITE} for c in captures),
        requests=sum(1 + len(c.redirects) for c in captures),
        bytes=sum(c.bytes for c in captures),
        seconds=(ended - begun).total_seconds(),
        outcomes=dict(sorted(outcomes.items())),
    )


def _outcome(capture: Capture) -> str:
    if capture.problem:
        return capture.problem.value
    return "not_found" if capture.gone else "ok"


def suspected(judged: Iterable[Judged], rubric: Rubric, amendments: Amendments, as_of: date) -> list[AgencyResult]:
    """Where no host answered at all, the fault is taken to be ours: nobody is blamed."""
    judged = list(judged)
    tried = [entry for entry in judged if entry.snapshot.captures and not is_internal(host(entry.agency.url))]
    silent = {host(entry.agency.url) for entry in tried if all(c.status is None for c in entry.snapshot.captures)}
    if len(silent) < _ALIKE or len(silent) < len({host(entry.agency.url) for entry in tried}):
        return [entry.result for entry in judged]
    return [_offline(entry, rubric, amendments, as_of) if entry in tried else entry.result for entry in judged]


def _offline(entry: Judged, rubric: Rubric, amendments: Amendments, as_of: date) -> AgencyResult:
    ours = tuple(replace(c, problem=Problem.RUNNER_OFFLINE) for c in entry.snapshot.captures)
    snapshot = replace(entry.snapshot, captures=ours)
    assessment = assess(assemble(entry.agency, snapshot, ()), rubric, replace(entry.agency, confirmed=True), as_of)
    return _result(entry.agency, snapshot, assessment, rubric, amendments, as_of)


def finish(head: Scan, rubric: Rubric, results: Iterable[AgencyResult]) -> Result:
    """The whole result, ranked."""
    results = tuple(results)
    ranked = rank(tuple(entry.scorecard for entry in results))
    offline = any(entry.scorecard.status_reason == "runner_offline" for entry in results)
    return Result(
        replace(head, suspect="runner_offline" if offline else None),
        rubric,
        tuple(replace(entry, scorecard=card) for entry, card in zip(results, ranked, strict=True)),
    )
