"""Many agencies visited and judged side by side here: all of a scan, or the share of one of many machines."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from ppid_audit.archive.folder import ScanFolder
from ppid_audit.audit.gather import Tell, gather
from ppid_audit.audit.job import Progress, ScanJob, user_agent
from ppid_audit.audit.judge import Judged, judge
from ppid_audit.audit.request_log import NAME, part_name
from ppid_audit.audit.together import together
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness, Shared
from ppid_audit.engines.local import Workers
from ppid_audit.errors import LockedError
from ppid_audit.history.lock import FolderLock
from ppid_audit.model.agency import Agency
from ppid_audit.web.urls import authority

_PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Call:
    """An agency to be visited; ``earlier`` are its archives of the scans before, the youngest first."""

    agency: Agency
    earlier: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a visit came to, and the archive files (``scan/name``) in which its payloads stand."""

    judged: Judged
    refers_to: frozenset[str]


async def visit_here(
    workers: Workers, job: ScanJob, folder: ScanFolder, calls: Sequence[Call], tell: Tell
) -> list[Brought]:
    """All of a scan on this machine."""
    async with job.browser or nullcontext():
        return await visit_all(job, folder, calls, named_by(calls), workers, tell)


def named_by(calls: Iterable[Call]) -> frozenset[str]:
    """The authorities that the agencies' own addresses name."""
    return frozenset(authority(url) for call in calls for url in (call.agency.url, *call.agency.also))


async def visit_all(
    job: ScanJob,
    folder: ScanFolder,
    calls: Sequence[Call],
    named: frozenset[str],
    workers: Workers,
    tell: Tell,
    shared: Shared | None = None,
) -> list[Brought]:
    """Visits and judges all at once, under one politeness; those that a stop came before are left out.

    ``named`` are the authorities of the whole scan. With ``shared``, other machines visit other agencies of the
    same scan: then each archive is locked, and each agency has a request log of its own.
    """
    async with HttpFetch(user_agent(job.registry.contact), named, job.now) as fetch:
        politeness = Politeness(job.registry.crawl.delay, fetch.address, shared)

        async def one(call: Call) -> Brought | None:
            agency, path = call.agency, folder.archive(call.agency.id)
            log = path.with_name(NAME if shared is None else part_name(agency.id))
            tell(Progress(agency.id, "waiting"))
            async with alone_at(folder, agency, job, always=shared is not None) as mine:
                brought = await gather(mine, agency, path, call.earlier, fetch, politeness, workers, tell, log)
                if mine.stopping():
                    return None
                tell(Progress(agency.id, "judging"))
                judged = await judge(agency, path, job.rubric, job.amendments, job.as_of, workers, job.ocr)
            tell(Progress(agency.id, "done", judged.result.crawl.pages, judged.result.crawl.documents))
            return Brought(judged, brought)

        return [each for each in await together(one(call) for call in calls) if each is not None]


@asynccontextmanager
async def alone_at(folder: ScanFolder, agency: Agency, job: ScanJob, *, always: bool) -> AsyncIterator[ScanJob]:
    """Holds an agency's archive against other machines, waiting for whoever is about to leave it.

    The job comes back; it stops, and LockedError follows, when another machine has taken the archive over. Unless
    ``always``, only an archive that was once visited so is locked.
    """
    name = lock_name(agency.id)
    if not (always or (folder.path / name).exists()):
        yield job
        return
    lock = await _locked(folder.path, name, job)
    try:
        yield replace(job, stopping=lambda: job.stopping() or lock.lost)
        if lock.lost:
            raise LockedError(
                f"arsip {agency.id} diambil alih komputer lain", en=f"another machine took the archive {agency.id} over"
            )
    finally:
        await asyncio.to_thread(lock.__exit__, None, None, None)


def lock_name(agency: str) -> str:
    """The file in a scan's folder by which the archive of an agency is locked."""
    return f".{agency}.lock"


async def _locked(folder: Path, name: str, job: ScanJob) -> FolderLock:
    while True:
        lock = FolderLock(folder, name=name)
        try:
            await asyncio.to_thread(lock.__enter__)
        except LockedError:
            if job.stopping():
                raise
            await asyncio.sleep(_PATIENCE)
        else:
            return lock
