"""Does the outside answer? robots.txt of a few confirmed sites, asked for as a scan asks: once, and under its name."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from ppid_audit.audit.job import user_agent
from ppid_audit.audit.machine import Check, State
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.request import Request
from ppid_audit.model.agency import Registry
from ppid_audit.model.capture import Capture, Role
from ppid_audit.web import urls

MOST = 3
"""So many sites are asked: several, because one that is silent says nothing about our own line."""

_SECONDS = 15.0
_BYTES = 500_000
_MINUTES = 5
_TLS = "tls: "


def chosen(registry: Registry) -> Registry:
    """The sites that may be asked: confirmed, not opted out, not known to be down, each host once, at most three."""
    usable = (a for a in registry.agencies if a.confirmed and not a.opt_out and not a.known_down)
    hosts = {urls.authority(agency.url): agency for agency in usable}
    return replace(registry, agencies=tuple(hosts.values())[:MOST])


async def ask(registry: Registry, now: Callable[[], str]) -> list[Capture]:
    """What each site of ``registry`` answers to a request for its robots.txt; never raises."""
    addresses = [urls.resolve(agency.url, "/robots.txt") or agency.url for agency in registry.agencies]
    named = frozenset(urls.authority(url) for url in addresses)
    async with HttpFetch(user_agent(registry.contact), named, now) as fetch:
        requests = (Request(url, Role.ROBOTS, deadline=_SECONDS, max_bytes=_BYTES) for url in addresses)
        return [exchange.capture for exchange in await asyncio.gather(*map(fetch, requests))]


def network(captures: Sequence[Capture]) -> Check:
    """What the answers say about our own line."""
    heard = [capture for capture in captures if capture.status is not None]
    if not heard:
        silent = captures[0].problem.value if captures and captures[0].problem else ""
        return Check("network", State.BAD, "network_bad", {"asked": len(captures), "detail": silent})
    flagged = [capture.detail.removeprefix(_TLS) for capture in heard if capture.detail.startswith(_TLS)]
    if len(flagged) == len(captures) == MOST:
        return Check("network", State.BAD, "network_certificates", {"asked": len(captures), "detail": flagged[0]})
    return Check("network", State.GOOD, "network", {"answered": len(heard), "asked": len(captures)})


def clock(captures: Sequence[Capture], now: datetime) -> Check | None:
    """Our clock against the clocks of the sites (the Date header); None when none tells, or one agrees."""
    apart = sorted((abs(told), host) for capture in captures for told, host in _apart(capture, now))
    if not apart or apart[0][0] <= _MINUTES:
        return None
    return Check("clock", State.BAD, "clock_off", {"minutes": apart[0][0], "host": apart[0][1]})


def _apart(capture: Capture, now: datetime) -> list[tuple[int, str]]:
    try:
        told = parsedate_to_datetime(capture.header("date"))
        minutes = round((now - told).total_seconds() / 60)
    except (TypeError, ValueError):
        return []
    return [(minutes, urls.host(capture.url))]
