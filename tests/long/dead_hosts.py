"""Do forty dead hosts hold up the four that live? ``python -m tests.long.dead_hosts``.

Visits four healthy sites alone, then among forty that are dead in every way (names that hang or do not exist, closed
ports, silence, slow drips), and prints how much longer the four took. Ends with 1 above a tenth.
"""

import asyncio
import contextlib
import socket
import sys
import time
from statistics import median

from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.agency import Agency
from ppid_audit.web import urls
from tests.crawl.servers import dead_port, link, now, page, serve
from tests.faults.lab import _relevance, _skim, drip, raw

ALIVE, DEAD, DELAY, PAGES = 4, 40, 0.2, 20
ALLOWED = 1.1


async def _lookup(host: str) -> tuple[str, ...]:
    if host.startswith("hang"):
        await asyncio.sleep(60)
    if host == "127.0.0.1":
        return (host,)
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


async def _visits(alive: list[str], dead: list[str]) -> float:
    """Seconds until the last of ``alive`` was read."""
    named = frozenset(map(urls.authority, (*alive, *dead)))
    plan = Plan(delay=DELAY, max_pages=PAGES, max_documents=5, site_seconds=60, max_depth=3, page_deadline=5.0)
    async with HttpFetch("ppid-audit/test", named, now, _lookup) as fetch:
        manners = Politeness(DELAY, fetch.address)

        async def one(url: str) -> None:
            who = Agency("a", "A", "dinas", url)
            await visit(who, plan, fetch, _skim, _relevance, lambda e: e.capture, manners, now, lambda _: None)

        lost = [asyncio.create_task(one(url)) for url in dead]
        began = time.monotonic()
        await asyncio.gather(*map(one, alive))
        took = time.monotonic() - began
        for task in lost:
            task.cancel()
        await asyncio.gather(*lost, return_exceptions=True)
    return took


async def _measure() -> float:
    async with contextlib.AsyncExitStack() as stack:
        routes = {"/": page(*(link(f"/ppid/{n}", f"PPID {n}") for n in range(PAGES)))}
        routes |= {f"/ppid/{n}": page() for n in range(PAGES)}
        alive = [(await stack.enter_async_context(serve(routes))).url() for _ in range(ALIVE)]
        mute = [raw(b"", "hang"), drip(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"), raw(b""), drip(b"", b"H")]
        dead = [f"http://{kind}{n}.example/" for n in range(10) for kind in ("hang", "none")]
        dead += [f"http://127.0.0.1:{await dead_port()}/" for _ in range(8)]
        for number in range(DEAD - len(dead)):
            site = await stack.enter_async_context(serve({"/robots.txt": mute[number % len(mute)]}))
            dead.append(site.url())
        alone, among = [], []
        for _ in range(3):
            alone.append(await _visits(alive, []))
            among.append(await _visits(alive, dead))
    ratio = median(among) / median(alone)
    print(f"{ALIVE} alone {median(alone):.2f} s, among {len(dead)} dead {median(among):.2f} s: {ratio:.3f} times")
    return ratio


if __name__ == "__main__":
    sys.exit(asyncio.run(_measure()) > ALLOWED)
