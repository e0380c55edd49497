"""What a site lists of itself: the sitemaps that robots.txt names, or else the one at the usual place."""

import asyncio
from collections.abc import Callable

from ppid_audit.crawl.asker import READABLE, Asker
from ppid_audit.crawl.frontier import Address
from ppid_audit.crawl.links import Links
from ppid_audit.model.capture import Capture, Exchange, Role
from ppid_audit.web import sitemap, urls

MAX_SITEMAPS = 10
_BATCH = 250

Keep = Callable[[Exchange], Capture]


async def read_sitemaps(home: str, asker: Asker, keep: Keep, links: Links) -> None:
    """Asks for the sitemaps of the site whose front page answered at ``home``, and queues what they list."""
    named = (asker.gate.sitemaps(home) if asker.gate.knows(home) else ()) or ("/sitemap.xml",)
    waiting = [url for place in named if (url := urls.resolve(home, place))]
    seen: set[str] = set()
    while waiting and len(seen) < MAX_SITEMAPS and asker.goes_on:
        url = waiting.pop(0)
        if urls.key(url) not in seen and asker.scope.owns(url):
            seen.add(urls.key(url))
            waiting += (await _read_sitemap(url, asker, keep, links))[:MAX_SITEMAPS]


async def _read_sitemap(url: str, asker: Asker, keep: Keep, links: Links) -> tuple[str, ...]:
    """Queues what one sitemap lists; the further sitemaps that it names."""
    address = Address(url, Role.SITEMAP)
    if await asker.prepare(address) or asker.gate.refusal(url):
        return ()
    exchange = await asker.ask(address)
    if exchange is None or keep(exchange).problem not in READABLE or exchange.capture.gone:
        return ()
    found = sitemap.parse(exchange.body)
    for number, page in enumerate(found.pages):
        links.add_address(page, urls.path_words(page), url, 1)
        if number % _BATCH == 0:
            await asyncio.sleep(0)  # weighing thousands of addresses must not hold up other visits
    return found.sitemaps
