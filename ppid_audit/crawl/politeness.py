"""Manners, shared by all agencies of a scan: who may ask which server, and when.

One request at a time and a pause after it, per authority and per resolved address: many offices share
one server, and 44 polite visitors at once are not polite. A redirect counts as one more request.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

from ppid_audit.crawl.problems import HOST_IN_TROUBLE
from ppid_audit.model.capture import Capture, Exchange
from ppid_audit.web import urls

PATIENCE = 5
"""Failures in a row after which a host is left alone."""

_LONGEST_DELAY = 60.0
_TOO_LONG_DELAY = 300.0
_SHORTEST_RETRY, _LONGEST_RETRY = 5.0, 900.0
_BACK_OFF = 10.0
_SLICE = 0.25


async def by_authority(url: str) -> str:
    """Each authority a server of its own: for tests and fetchers that do not resolve names."""
    return urls.authority(url)


def never() -> bool:
    """Nobody wants the visit to end early."""
    return False


Gate = Callable[[str, float, Callable[[], bool]], AbstractAsyncContextManager[None]]
"""(name, pause, hurry): holds the turn at a server, and the pause after it, against visitors on other machines."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Servers (authorities, addresses) that other machines ask too: all but ``alone``; ``gate`` is the turn there."""

    alone: frozenset[str]
    gate: Gate


@dataclass(slots=True)
class _Slot:
    """The turn at one server: an authority, or an address that several share."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready: float = 0.0


@dataclass(slots=True)
class _Host:
    """What is known of one authority."""

    delay: float
    failures: int = 0
    stopped: str = ""


class Politeness:
    """Turns at servers. ``delay`` is in seconds (0 only for internal hosts); ``address`` tells which server a URL
    is on (``HttpFetch.address``). ``shared`` tells which servers other machines may be asking at the same time.
    """

    def __init__(
        self, delay: float, address: Callable[[str], Awaitable[str]] = by_authority, shared: Shared | None = None
    ) -> None:
        self._delay = delay
        self._address = address
        self._shared = shared
        self._servers: dict[str, str] = {}
        self._slots: dict[str, _Slot] = {}
        self._hosts: dict[str, _Host] = {}
        self._left: dict[str, str] = {}

    @asynccontextmanager
    async def turn(self, url: str, hurry: Callable[[], bool] = never) -> AsyncIterator[float]:
        """Wait for the turn to ask ``url`` and hold it; gives the seconds spent waiting for others.

        ``hurry`` ends the waiting early (the visit is being stopped; the caller then sends nothing).
        """
        slots = await self._slots_of(url)
        queued = 0.0
        async with AsyncExitStack() as held:
            for slot in slots:
                asked = time.monotonic()
                await held.enter_async_context(slot.lock)
                queued += time.monotonic() - asked
                await _sleep_until(slot.ready, hurry)
            queued += await self._pass_gates(url, held, hurry)
            try:
                yield queued
            finally:
                pause = self.delay(url)
                for slot in slots:
                    slot.ready = max(slot.ready, time.monotonic()) + pause

    def report(self, exchange: Exchange, patience: int = PATIENCE) -> None:
        """Tell what came of a turn (while it is held): counts failures, heeds Retry-After, pays for redirects."""
        capture = exchange.capture
        host = self._host(capture.url)
        host.failures = host.failures + 1 if capture.problem in HOST_IN_TROUBLE else 0
        if host.failures >= patience:
            host.stopped = host.stopped or f"{host.failures} failures in a row"
        authority = urls.authority(capture.url)
        now = time.monotonic()
        for name in {authority, self._servers.get(authority, authority)}:
            self._slot(name).ready = now + len(capture.redirects) * host.delay
        if capture.status in (429, 503):
            self._hold_off(capture, host, now)

    def _hold_off(self, capture: Capture, host: _Host, now: float) -> None:
        asked = _retry_after(capture)
        if asked is not None and asked > _LONGEST_RETRY:
            host.stopped = host.stopped or f"asked to come back in {asked:.0f} s"
        wait = host.delay * _BACK_OFF if asked is None else min(max(asked, _SHORTEST_RETRY), _LONGEST_RETRY)
        self._slot(urls.authority(capture.url)).ready = now + wait

    def slow(self, url: str, seconds: float | None) -> None:
        """Heed a Crawl-delay: never shorter than our own, at most 60 s; a host that asks for over 300 s is left."""
        if seconds is None or not seconds > 0:
            return
        host = self._host(url)
        if seconds > _TOO_LONG_DELAY:
            host.stopped = host.stopped or f"crawl-delay {seconds:.0f} s"
        host.delay = max(host.delay, min(seconds, _LONGEST_DELAY))

    def leave(self, url: str, why: str, whole_server: bool = False) -> None:
        """Leave the host of ``url`` alone from now on, or all hosts on its server where that one turned us away."""
        self._host(url).stopped = self._host(url).stopped or why
        authority = urls.authority(url)
        if whole_server and authority in self._servers:
            self._left.setdefault(self._servers[authority], why)

    def stopped(self, url: str) -> str:
        """Why the host of ``url`` is left alone from now on; empty when it is not."""
        server = self._servers.get(urls.authority(url), "")
        return self._host(url).stopped or self._left.get(server, "")

    def delay(self, url: str) -> float:
        """Seconds between two requests to the host of ``url``."""
        return self._host(url).delay

    def wait(self, url: str) -> float:
        """Seconds until the host of ``url`` may be asked again, others' turns not counted."""
        return max(0.0, self._slot(urls.authority(url)).ready - time.monotonic())

    async def _pass_gates(self, url: str, held: AsyncExitStack, hurry: Callable[[], bool]) -> float:
        """Takes the turn at what other machines ask too, in the order of ``_slots_of``; the seconds it took."""
        if self._shared is None:
            return 0.0
        asked, authority = time.monotonic(), urls.authority(url)
        for name in dict.fromkeys((authority, self._servers[authority])):
            if name not in self._shared.alone:
                await held.enter_async_context(self._shared.gate(name, self.delay(url), hurry))
        return time.monotonic() - asked

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(urls.authority(url), _Host(self._delay))

    def _slot(self, name: str) -> _Slot:
        return self._slots.setdefault(name, _Slot())

    async def _slots_of(self, url: str) -> list[_Slot]:
        """Authority first, then server: one order for all, so that nobody waits in a circle."""
        authority = urls.authority(url)
        if authority not in self._servers:
            self._servers[authority] = await self._address(url)
        server = self._servers[authority]
        return [self._slot(authority)] + ([] if server == authority else [self._slot(server)])


async def _sleep_until(moment: float, hurry: Callable[[], bool]) -> None:
    while (left := moment - time.monotonic()) > 0 and not hurry():
        await asyncio.sleep(min(left, _SLICE))


def _retry_after(capture: Capture) -> float | None:
    """Seconds of a Retry-After header: a number, or a date reckoned from the answer's own Date (RFC 9110 10.2.3)."""
    value = capture.header("retry-after").strip()
    if not value:
        return None
    try:
        return float(int(value[:12]))
    except ValueError:
        pass
    try:
        until, since = (parsedate_to_datetime(text) for text in (value, capture.header("date")))
        return (until.replace(tzinfo=UTC) - since.replace(tzinfo=UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
