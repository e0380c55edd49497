"""A browser for one visit, which asks the archive first: what was drawn or fetched for a script is not asked again."""

from collections.abc import Callable

from ppid_audit.archive.writer import Writer
from ppid_audit.crawl.rendering import Ask, Browser, Drawn
from ppid_audit.model.capture import Capture, Exchange, Role


class ArchiveStage:
    """A ``crawl.rendering.Stage`` over the archive of one visit and a browser."""

    def __init__(self, browser: Browser, writer: Writer) -> None:
        self._browser, self._writer = browser, writer
        self._drawn: dict[str, Capture] = {}
        self._parts: dict[str, Capture] = {}
        for kept in writer.shelf.kept:
            self.remember(kept.capture)

    def remember(self, capture: Capture) -> Capture:
        """Takes note of what was stored; the capture comes back."""
        if capture.rendered:
            self._drawn[capture.url] = capture
        elif capture.role is Role.RESOURCE:
            self._parts[capture.url] = capture
        return capture

    def drawn(self, page: Capture) -> Exchange | None:
        """The drawn page as it stands in the archive."""
        return self._opened(self._drawn.get(page.url))

    def part(self, url: str) -> Exchange | None:
        """What was fetched from ``url`` for a script of this visit."""
        return self._opened(self._parts.get(url))

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        """Draws the page anew."""
        return await self._browser.draw(page, ask, stopping)

    def _opened(self, capture: Capture | None) -> Exchange | None:
        return self._writer.shelf.open(capture) if capture else None
