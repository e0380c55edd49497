"""The only place that knows Playwright: an installed Chromium, Chrome or Edge that is given no network at all.

What a page asks for is caught before it leaves the browser and answered by ``ask``; everything else is refused.
Should something slip through, it meets a proxy that does not exist and a resolver that finds nothing.
"""

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ppid_audit.crawl.rendering import Ask, Drawn
from ppid_audit.crawl.sitting import Limits, Sitting
from ppid_audit.model.capture import Exchange

if TYPE_CHECKING:
    from playwright.async_api import Browser

PROGRAM = "PPID_AUDIT_BROWSER"
"""Environment variable: the browser's program, where it stands in no usual place."""

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_ON_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
_NOWHERE = "http://0.0.0.0:1"
_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pings",
    "--disable-gpu",
    "--disable-domain-reliability",
    "--dns-prefetch-disable",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_AT_ONCE = 2
_STARTS = 3
_START_SECONDS = 30.0
_CLOSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Missing:
    """What a machine lacks for drawing pages: ``extra`` (the library) or ``program`` (a browser)."""

    what: str


def find() -> Path | Missing:
    """The browser of this machine; nothing is ever downloaded."""
    if find_spec("playwright") is None:
        return Missing("extra")
    named = os.environ.get(PROGRAM, "").strip()
    if named:
        return Path(named) if Path(named).is_file() else Missing("program")
    roots = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
    places = [*_PLACES, *(str(Path(root) / end) for root in roots if root for end in _ON_WINDOWS)]
    found = next(filter(None, map(shutil.which, _NAMES)), None) or next(filter(os.path.isfile, places), None)
    return Path(found) if found else Missing("program")


class InstalledBrowser:
    """A ``rendering.Browser``: started when the first page is to be drawn, gone when the block ends.

    Each page is drawn in a context of its own: no cookie, cache or storage lives from one to the next.
    """

    def __init__(self, program: Path, limits: Limits | None = None) -> None:
        self._program, self._limits = program, limits or Limits()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._starting = asyncio.Lock()
        self._starts = 0
        self._playwright: Any = None
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        browser, self._browser, self._starts = self._browser, None, _STARTS
        if browser is not None:
            await _in_time(browser.close())
        if self._playwright is not None:
            await _in_time(self._playwright.stop())

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        """What a visitor would see of ``page``; None when the browser fails or the page holds it fast.

        Raises nothing but what ``ask`` raises.
        """
        loop = asyncio.get_running_loop()
        asked = loop.time()
        async with self._turn:
            queued = loop.time() - asked
            browser = await self._started()
            if browser is None or stopping():
                return None
            sitting = Sitting(page, ask, stopping, self._limits)
            try:
                async with asyncio.timeout(self._limits.seconds + 2 * _CLOSE_SECONDS):
                    html = await sitting.draw(browser)
            except Exception:  # whatever a page makes the browser or its driver raise
                await self._give_up(browser)
                html = ""
            if sitting.failure is not None:
                raise sitting.failure
            return Drawn(html, sitting.doubt, sitting.leads_to, queued) if html else None

    async def _started(self) -> "Browser | None":
        async with self._starting:
            if self._browser is not None and not self._browser.is_connected():
                self._browser = None
            if self._browser is None and self._starts < _STARTS:
                self._starts += 1
                with suppress(Exception):  # a browser that does not start leaves the pages as they were sent
                    async with asyncio.timeout(_START_SECONDS):
                        self._browser = await self._launch()
            return self._browser

    async def _launch(self) -> "Browser":
        from playwright.async_api import async_playwright

        if self._playwright is None:
            self._playwright = await async_playwright().start()
        launched: Browser = await self._playwright.chromium.launch(
            executable_path=self._program,
            args=list(_FLAGS),
            chromium_sandbox=not _is_root(),
            proxy={"server": _NOWHERE},
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        return launched

    async def _give_up(self, browser: "Browser") -> None:
        """Ends a browser that a page holds fast; the next page starts another."""
        if self._browser is browser:
            self._browser = None
        await _in_time(browser.close())


def _is_root() -> bool:
    """Chromium's sandbox refuses to run as root, as in most containers."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


async def _in_time(closing: Any) -> None:
    with suppress(Exception):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await closing
