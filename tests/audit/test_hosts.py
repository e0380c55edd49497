import asyncio

from ppid_audit.audit.hosts import HostSeen, look_up
from ppid_audit.model.agency import Agency, CrawlSettings, Registry
from tests.crawl import servers


def test_a_guessed_address_that_answers_is_named_by_its_front_page_alone():
    async def asked() -> tuple[list[HostSeen], list[str]]:
        front = servers.page(servers.link("/ppid", "PPID"), title="Dinas Kesehatan Kabupaten Contoh")
        async with servers.serve({"/": front}) as site:
            guess = Agency("dinkes", "Dinas Kesehatan", "dinas", url=f"http://127.0.0.1:{site.port}/", confirmed=False)
            registry = Registry((guess,), contact="ppid@example.go.id", crawl=CrawlSettings(delay=0.0))
            return [found async for found in look_up(registry, servers.now)], [path for _, path in site.seen]

    (found,), paths = asyncio.run(asked())
    assert found.title == "Dinas Kesehatan Kabupaten Contoh"
    assert found.capture is not None
    assert (found.capture.status, found.capture.problem) == (200, None)
    assert paths == ["/robots.txt", "/"]
