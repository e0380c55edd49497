"""A whole scan, and a scan judged again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.audit.gather import gather
from ppid_audit.audit.job import Progress, ScanJob, current, new_head, user_agent
from ppid_audit.audit.judge import Judged, finish, judge, suspected
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.engines.local import Workers
from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result, Scan
from ppid_audit.web.urls import authority

DATABASE = "ppid-audit.db"


async def scan(job: ScanJob) -> AsyncIterator[Progress | Result]:
    """Visits, archives, judges and stores; yields progress and, last, the result (none when it was stopped).

    Raises LockedError when another scan holds the data folder, StorageError when the disk refuses.
    """
    agencies = current(job.registry.agencies, job.as_of)
    started = job.now()
    head = new_head(job, started)
    news: asyncio.Queue[Progress | None] = asyncio.Queue()
    with FolderLock(job.data):
        workers = Workers(job.workers, seconds=20, megabytes=1024)
        try:
            task = asyncio.create_task(_scan_all(job, head, agencies, workers, news.put_nowait))
            task.add_done_callback(lambda _: news.put_nowait(None))
            while (event := await news.get()) is not None:
                yield event
            results = await task
        finally:
            workers.close()
        if job.stopping():
            return
        result = finish(replace(head, finished_at=job.now()), job.rubric, results)
        Store(job.data / DATABASE).save(result, job.files)
    yield result


async def rescore(
    data: Path, name: str, rubric: Rubric | None, amendments: Amendments | None, as_of: date | None, workers: int = 2
) -> Result:
    """Judges an archived scan again without any network; what is not given is as it was.

    Raises NotFoundError for an unknown scan, StorageError for damaged evidence.
    """
    old = Store(data / DATABASE).load(name)
    ruler, day = rubric or old.rubric, as_of or date.fromisoformat(old.scan.as_of)
    folder = data / "archive" / old.scan.id
    reviews = amendments or Amendments()
    pool = Workers(workers, seconds=20, megabytes=1024)
    try:
        judged = await asyncio.gather(
            *(
                judge(entry.agency, folder / f"{entry.agency.id}.warc.gz", ruler, reviews, day, pool)
                for entry in old.agencies
            )
        )
    finally:
        pool.close()
    head = replace(
        old.scan,
        as_of=day.isoformat(),
        tool=__version__,
        rubric_name=ruler.name,
        rubric_sha256=ruler.sha256,
        reviews_sha256=reviews.sha256,
        suspect=None,
    )
    return finish(head, ruler, suspected(judged, ruler, reviews, day))


async def _scan_all(
    job: ScanJob, head: Scan, agencies: tuple[Agency, ...], workers: Workers, tell: Callable[[Progress], None]
) -> list[AgencyResult]:
    folder = job.data / "archive" / head.id
    folder.mkdir(parents=True, exist_ok=True)
    named = frozenset(authority(url) for agency in agencies for url in (agency.url, *agency.also))
    async with HttpFetch(user_agent(job.registry.contact), named, job.now) as fetch:
        politeness = Politeness(job.registry.crawl.delay, fetch.address)

        async def one(agency: Agency) -> Judged:
            tell(Progress(agency.id, "waiting"))
            path = folder / f"{agency.id}.warc.gz"
            await gather(job, agency, path, fetch, politeness, workers, tell)
            tell(Progress(agency.id, "judging"))
            judged = await judge(agency, path, job.rubric, job.amendments, job.as_of, workers)
            tell(Progress(agency.id, "done", judged.result.crawl.pages, judged.result.crawl.documents))
            return judged

        judged = await asyncio.gather(*(one(agency) for agency in agencies))
    return suspected(judged, job.rubric, job.amendments, job.as_of)
