"""What a visit works with, beside the web: who reads links, who keeps answers, the clock, who wants to know."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ppid_audit.crawl.plan import Visit
from ppid_audit.crawl.rendering import Stage
from ppid_audit.model.capture import Capture, Exchange
from ppid_audit.web.html import Skim

SkimPage = Callable[[bytes, str, str], Awaitable[Skim | None]]
"""(body, Content-Type, address) -> links of a page, or None when reading it broke a limit."""


@dataclass(frozen=True, slots=True)
class Hands:
    """The conductor's part of one visit; ``crawler.visit`` says what each of them is for."""

    skim: SkimPage
    keep: Callable[[Exchange], Capture]
    now: Callable[[], str]
    progress: Callable[[Visit], None]
    stopping: Callable[[], bool]
    stored: Callable[[str], bool]
    stage: Stage | None = None
