"""One page before one browser: every request caught, until nothing moves any more or a limit is reached.

A visitor's browser would show more only where ``doubt`` says so: a request that we refuse or that failed, an error in
a script, a limit, further pages of a list behind a button, places of the page behind a ``#``.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ppid_audit.crawl.rendering import HTML, Ask
from ppid_audit.model.capture import Exchange
from ppid_audit.web import urls

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Route

_DATA = frozenset({"xhr", "fetch", "eventsource"})
_WANTED = _DATA | {"script"}
_LIMITS = frozenset({"time", "requests"})
_SLICE = 0.1
_LOOK = """
() => {
  const seen = document.documentElement.outerHTML.length;
  const tables = (window.jQuery && jQuery.fn && jQuery.fn.dataTable && jQuery.fn.dataTable.tables)
    ? jQuery.fn.dataTable.tables({api: true}) : null;
  let paged = false;
  if (tables) tables.iterator('table', (settings) => {
    const api = new jQuery.fn.dataTable.Api(settings);
    if (settings.oFeatures.bServerSide) paged = paged || api.page.info().pages > 1;
    else api.page.len(-1).draw(false);
  });
  const steps = document.querySelectorAll('.pagination a, .pagination button, [class*=paginat] button');
  const dead = [...steps].filter(s => !/^(?!#|javascript:)./.test(s.getAttribute('href') || ''));
  if (!tables && dead.length > 2) paged = true;
  const hashed = document.querySelectorAll('a[href^="#/"], a[href^="#!"], a[href^="/#/"]').length > 0;
  return [seen, paged, hashed];
}
"""
"""Shows all rows of the tables that DataTables pages by itself; says how long the page is and what stays behind."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one page: ``seconds`` in all, ``requests``, ``quiet`` seconds after which it is done, ``size`` of its text."""

    seconds: float = 60.0
    requests: int = 40
    quiet: float = 1.0
    size: int = 5_000_000


class Sitting:
    """Draws ``page`` once. ``doubt`` and ``leads_to`` are as in ``rendering.Drawn``, known afterwards.

    ``failure`` is what ``ask`` raised: a fault of our own, which the caller must not take for one of the page.
    """

    def __init__(self, page: Exchange, ask: Ask, stopping: Callable[[], bool], limits: Limits) -> None:
        self.doubt = self.leads_to = ""
        self.failure: Exception | None = None
        self._sent, self._ask, self._stopping, self._limits = page, ask, stopping, limits
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._ends = self._loop.time() + limits.seconds
        self._moved = self._loop.time()
        self._asked = 0
        self._opened = False
        self._page: Page | None = None

    async def draw(self, browser: "Browser") -> str:
        """The page's HTML at the end; empty when it is too long. Raises what the browser raises."""
        context = await browser.new_context(
            service_workers="block",
            accept_downloads=False,
            locale="id-ID",
            viewport={"width": 1280, "height": 6_000},  # what is loaded on scrolling is loaded at once
        )
        try:
            async with asyncio.timeout_at(self._ends + 2):
                return await self._drawn(context)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await context.close()

    async def _drawn(self, context: "BrowserContext") -> str:
        await context.route("**/*", self._caught)
        await context.route_web_socket("**/*", lambda _: self._doubt("web_socket"))
        page = self._page = await context.new_page()
        context.on("page", lambda other: self._start(other.close()))
        page.on("dialog", lambda dialog: self._start(dialog.dismiss()))
        page.on("pageerror", lambda _: self._doubt("script_error"))
        await page.goto(self._sent.capture.final_url, wait_until="commit", timeout=self._left() * 1_000)
        await self._rest()
        size, paged, hashed = await page.evaluate(_LOOK)
        if self.leads_to:
            self._doubt("left_by_script")
        if paged:
            self._doubt("more_behind_buttons")
        if hashed:
            self._doubt("more_behind_hash")
        html = await page.content() if isinstance(size, int) and size <= self._limits.size else ""
        return html if len(html) <= 2 * self._limits.size else ""

    def _left(self) -> float:
        return max(0.1, self._ends - self._loop.time())

    async def _rest(self) -> None:
        """Until no request has been under way for a while."""
        while self._tasks or self._loop.time() - self._moved < self._limits.quiet:
            if self._loop.time() >= self._ends or self._stopping():
                self._doubt("time")
            if self.doubt in _LIMITS:
                return
            await asyncio.sleep(_SLICE)

    def _doubt(self, code: str) -> None:
        self.doubt = code if code in _LIMITS else self.doubt or code

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._moved = self._loop.time()

    async def _caught(self, route: "Route") -> None:
        self._start(self._answer(route))

    async def _answer(self, route: "Route") -> None:
        """Answers or refuses; what is cut off is refused too, for the browser's driver waits for every answer."""
        try:
            await self._decide(route)
        except BaseException:
            with suppress(Exception):
                await route.abort()
            raise

    async def _decide(self, route: "Route") -> None:
        request = route.request
        if request.is_navigation_request():
            await self._navigate(route)
        elif request.resource_type not in _WANTED:
            await route.abort()
        elif request.method != "GET" or self._asked >= self._limits.requests:
            self._doubt("requests" if request.method == "GET" else "not_a_get")
            await route.abort()
        else:
            self._asked += 1
            await self._fulfil(route, await self._asked_for(request.url))

    async def _asked_for(self, url: str) -> Exchange | None:
        try:
            return await self._ask(url)
        except Exception as error:
            self.failure = error
            raise

    async def _navigate(self, route: "Route") -> None:
        """The page itself, once; a frame is a page of its own to us, and where a script wants to go is only noted."""
        request = route.request
        ours = request.frame == self._page.main_frame if self._page else False
        if ours and not self._opened:
            self._opened = True
            capture = self._sent.capture
            headers = {"content-type": capture.header("content-type") or HTML}
            await route.fulfill(status=capture.status or 200, headers=headers, body=self._sent.body)
            return
        if ours and request.method == "GET":
            self.leads_to = self.leads_to or request.url
        await route.fulfill(status=204)  # "no content": the page stays; an error page would take its place

    async def _fulfil(self, route: "Route", exchange: Exchange | None) -> None:
        """Gives a script what came; it doubts the page where that is less than a visitor's browser would get."""
        request = route.request
        if exchange is None or exchange.capture.fault or exchange.capture.status is None:
            own = urls.authority(request.url) == urls.authority(self._sent.capture.final_url)
            if own or request.resource_type in _DATA:
                self._doubt("refused" if exchange is None else "failed")
            await route.abort()
            return
        capture = exchange.capture
        headers = {"content-type": capture.header("content-type") or "application/octet-stream"}
        origin = request.headers.get("origin")
        if origin:
            headers |= {"access-control-allow-origin": origin, "access-control-allow-credentials": "true"}
        await route.fulfill(status=capture.status, headers=headers, body=exchange.body)


async def _quietly(work: Any) -> None:
    """A page that is closed meanwhile needs no answer."""
    with suppress(Exception):
        await work
