"""A whole scan, and a scan judged again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.archive.folder import ScanFolder
from ppid_audit.audit.begin import Start, begin
from ppid_audit.audit.compare import reviews_of
from ppid_audit.audit.database import open_store
from ppid_audit.audit.final import still_final
from ppid_audit.audit.gather import Tell, gather
from ppid_audit.audit.job import Notice, Progress, Resume, ScanJob, current, user_agent
from ppid_audit.audit.judge import Judged, finish, judge
from ppid_audit.audit.security import Threat
from ppid_audit.audit.security import write as write_threats
from ppid_audit.audit.suspect import suspected, suspicion
from ppid_audit.audit.together import cut_short, together, working
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.engines.local import Workers
from ppid_audit.errors import StorageError
from ppid_audit.history.lock import FolderLock
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.web.urls import authority


async def scan(job: ScanJob) -> AsyncIterator[Progress | Notice | Result]:
    """Visits, archives, judges and stores; yields progress and, last, the result (none when it was stopped).

    Raises LockedError when another scan holds the data folder, StorageError when the disk refuses. Whatever
    ends it early, what was fetched is kept, and the next scan of the same files goes on there.
    """
    news: asyncio.Queue[Progress | Notice | None] = asyncio.Queue()
    with FolderLock(job.data):
        store = open_store(job.data, job.db)
        start = begin(job, store)
        if start.resumed or job.resume is Resume.ALWAYS:
            yield Notice("resumed" if start.resumed else "nothing_to_resume", detail=start.head.id)
        job = replace(job, as_of=date.fromisoformat(start.head.as_of))
        async with working(job.workers) as workers:
            task = asyncio.create_task(_scan_all(job, start, workers, news.put_nowait))
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
        store.save(result, job.files, job.amendments)
        written = write_threats(job.data, head, done.threats, job.registry.agencies)
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
) -> Result:
    """Judges an archived scan again without any network; what is not given is as it was.

    Raises NotFoundError for an unknown scan, StorageError for damaged evidence.
    """
    store = open_store(data, db)
    old = store.load(name)
    ruler, day = rubric or old.rubric, as_of or date.fromisoformat(old.scan.as_of)
    folder = ScanFolder(data / "archive" / old.scan.id)
    if folder.path.exists() and folder.pruned():
        raise StorageError(f"arsip pemindaian {folder.id} sudah dipangkas; hasilnya tidak dapat dinilai ulang")
    reviews = reviews_of(store, old) if amendments is None else amendments
    async with working(workers) as pool:
        judged = await together(
            judge(entry.agency, folder.archive(entry.agency.id), ruler, reviews, day, pool) for entry in old.agencies
        )
    head = replace(
        old.scan,
        as_of=day.isoformat(),
        tool=__version__,
        rubric_name=ruler.name,
        rubric_sha256=ruler.sha256,
        reviews_sha256=reviews.sha256,
        suspect=None,
    )
    results = suspected(judged, ruler, reviews, day)
    return still_final(old, finish(head, ruler, results, suspicion(results)))


@dataclass(frozen=True, slots=True)
class _Done:
    results: list[AgencyResult]
    refers_to: frozenset[str]
    threats: dict[str, tuple[Threat, ...]]


async def _scan_all(job: ScanJob, start: Start, workers: Workers, tell: Tell) -> _Done:
    agencies = current(job.registry.agencies, job.as_of)
    named = frozenset(authority(url) for agency in agencies for url in (agency.url, *agency.also))
    refers_to: set[str] = set()
    async with HttpFetch(user_agent(job.registry.contact), named, job.now) as fetch:
        politeness = Politeness(job.registry.crawl.delay, fetch.address)

        async def one(agency: Agency) -> Judged | None:
            tell(Progress(agency.id, "waiting"))
            path = start.folder.archive(agency.id)
            refers_to.update(
                await gather(job, agency, path, start.earlier(agency.id), fetch, politeness, workers, tell)
            )
            if job.stopping():
                return None
            tell(Progress(agency.id, "judging"))
            judged = await judge(agency, path, job.rubric, job.amendments, job.as_of, workers)
            tell(Progress(agency.id, "done", judged.result.crawl.pages, judged.result.crawl.documents))
            return judged

        judged = [each for each in await together(one(agency) for agency in agencies) if each is not None]
    threats = {each.agency.id: each.threats for each in judged}
    return _Done(suspected(judged, job.rubric, job.amendments, job.as_of), frozenset(refers_to), threats)
