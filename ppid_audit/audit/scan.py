"""A whole scan, and a scan judged again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ppid_audit.archive.folder import ScanFolder
from ppid_audit.audit.begin import Start, begin
from ppid_audit.audit.cluster import visit_elsewhere
from ppid_audit.audit.compare import reviews_of
from ppid_audit.audit.database import open_store
from ppid_audit.audit.final import still_final
from ppid_audit.audit.gather import Tell
from ppid_audit.audit.job import Notice, Progress, Resume, ScanJob, current
from ppid_audit.audit.judge import finish, judge
from ppid_audit.audit.ocr import tool
from ppid_audit.audit.security import Threat
from ppid_audit.audit.security import write as write_threats
from ppid_audit.audit.space import LITTLE, free_space
from ppid_audit.audit.suspect import suspected, suspicion
from ppid_audit.audit.together import cut_short, together, working
from ppid_audit.audit.visits import Brought, Call, visit_here
from ppid_audit.engines import ClusterError, cluster
from ppid_audit.engines.ocr import Ocr
from ppid_audit.errors import StorageError
from ppid_audit.history.lock import FolderLock
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result


async def scan(job: ScanJob) -> AsyncIterator[Progress | Notice | Result]:
    """Visits, archives, judges and stores; yields progress and, last, the result (none when it was stopped).

    Raises LockedError when another scan holds the data folder, StorageError when the disk refuses. Whatever
    ends it early, what was fetched is kept, and the next scan of the same files goes on there.
    """
    news: asyncio.Queue[Progress | Notice | None] = asyncio.Queue()
    with FolderLock(job.data):
        free = free_space(job.data)
        if free is not None and free < LITTLE:
            yield Notice("little_space", detail=str(free // 1_000_000))
        store = open_store(job.data, job.db)
        async with _hands(job) as visits:
            start = begin(job, store)
            if start.resumed or job.resume is Resume.ALWAYS:
                yield Notice("resumed" if start.resumed else "nothing_to_resume", detail=start.head.id)
            job = replace(job, as_of=date.fromisoformat(start.head.as_of))
            task = asyncio.create_task(_scan_all(job, start, visits, news.put_nowait))
            task.add_done_callback(lambda _: news.put_nowait(None))
            async with cut_short(task, job.stopping):
                while (event := await news.get()) is not None:
                    yield event
                done = await task
        if job.stopping():
            return
        seal = await asyncio.to_thread(start.folder.seal, done.refers_to)
        head = replace(start.head, finished_at=job.now(), evidence_sha256=seal)
        result = finish(head, job.rubric, done.results, suspicion(done.results))
        # The result comes last: until it is stored the scan is unfinished, and whoever goes on makes all of this anew.
        written = write_threats(job.data, head, done.threats, job.registry.agencies)
        store.save(result, job.files, job.amendments)
    if written is not None:
        yield Notice("security", detail=str(written))
    yield result


async def rescore(
    data: Path,
    name: str,
    rubric: Rubric | None,
    amendments: Amendments | None,
    as_of: date | None,
    workers: int = 2,
    db: str | None = None,
    ocr: Ocr | None = None,
) -> Result:
    """Judges an archived scan again without any network; what is not given is as it was.

    The findings for the incident team are told anew when it is the last finished scan: theirs are the last ones.
    Raises NotFoundError for an unknown scan, StorageError for damaged evidence.
    """
    store = open_store(data, db)
    old = store.load(name)
    ruler, day = rubric or old.rubric, as_of or date.fromisoformat(old.scan.as_of)
    folder = ScanFolder(data / "archive" / old.scan.id)
    if folder.path.exists() and folder.pruned():
        raise StorageError(
            f"arsip pemindaian {folder.id} sudah dipangkas; hasilnya tidak dapat dinilai ulang",
            en=f"the evidence of the scan {folder.id} was pruned; it cannot be judged again",
        )
    reviews = reviews_of(store, old) if amendments is None else amendments
    async with working(workers) as pool:
        judged = await together(
            judge(entry.agency, folder.archive(entry.agency.id), ruler, reviews, day, pool, ocr)
            for entry in old.agencies
        )
    head = replace(
        old.scan,
        as_of=day.isoformat(),
        tool=tool(ocr),
        rubric_name=ruler.name,
        rubric_sha256=ruler.sha256,
        reviews_sha256=reviews.sha256,
        suspect=None,
    )
    results = suspected(judged, ruler, reviews, day)
    if old.scan.id == store.finished()[-1].id:
        threats = {each.agency.id: each.threats for each in judged}
        await asyncio.to_thread(write_threats, data, head, threats, [entry.agency for entry in old.agencies])
    return still_final(old, finish(head, ruler, results, suspicion(results)))


@dataclass(frozen=True, slots=True)
class _Done:
    results: list[AgencyResult]
    refers_to: frozenset[str]
    threats: dict[str, tuple[Threat, ...]]


_Visits = Callable[[ScanJob, ScanFolder, Sequence[Call], Tell], Awaitable[list[Brought]]]


@asynccontextmanager
async def _hands(job: ScanJob) -> AsyncIterator[_Visits]:
    """Who does the visits of a scan: this machine, or the workers of a cluster."""
    if job.cluster is None:
        async with working(job.workers) as workers:
            yield partial(visit_here, workers)
    elif job.ocr is not None:
        raise ClusterError("here_only", "--ocr")
    else:
        async with cluster(job.cluster) as many:
            yield partial(visit_elsewhere, many)


async def _scan_all(job: ScanJob, start: Start, visits: _Visits, tell: Tell) -> _Done:
    agencies = current(job.registry.agencies, job.as_of)
    brought = await visits(job, start.folder, [Call(agency, start.earlier(agency.id)) for agency in agencies], tell)
    judged = [each.judged for each in brought]
    refers_to = frozenset[str]().union(*(each.refers_to for each in brought))
    threats = {each.agency.id: each.threats for each in judged}
    return _Done(suspected(judged, job.rubric, job.amendments, job.as_of), refers_to, threats)
