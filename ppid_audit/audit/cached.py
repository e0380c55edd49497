"""The one fetcher: it asks the archive first, then the network.

What this scan has stored already is answered from its own archive (a scan that goes on where it was
interrupted); what the last scan holds is asked for under the condition that it has changed (RFC 9110
section 13.1), and "not modified" is answered with what was stored then.

A page that was missing has no validator, so whether it is still missing is asked by HEAD (RFC 9110 section
9.3.2). A server may answer HEAD wrongly, and a failure to see is no absence; therefore the answer counts only
where it looks as the whole one did, where the same host finds a page by HEAD that is there, and not every time:
each address is asked in full on one day in thirteen. All else, and every doubt, is asked in full at once.
"""

import re
import zlib
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.crawl.request import Fetch, Request, nowhere
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Role
from ppid_audit.web import urls

_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,256}"')
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT", re.ASCII)
_CONDITIONS = (("etag", _ENTITY_TAG, "If-None-Match"), ("last-modified", _HTTP_DATE, "If-Modified-Since"))
_OF_THE_BODY = "content-"
_SUCCESS = range(200, 300)
_NOT_MODIFIED, _REFUSED = 304, 400
_ALIKE = ("content-type", "content-length", "server")
_IN_FULL_EVERY = 13
"""Days. A prime, so that the turn of an address comes round in weekly scans too."""


class CachedFetch:
    """A ``Fetch`` over the archive of one visit (``writer``), that of an earlier one (``before``), and ``network``.

    An address may have been asked more than once (a failure and its retry): its answers come back in the
    order in which they were stored, the next one as soon as ``keep`` has taken the last.
    """

    def __init__(self, network: Fetch, writer: Writer, before: Shelf) -> None:
        self._network, self._writer, self._before = network, writer, before
        self._answers_head: dict[str, bool] = {}
        self._waiting: dict[str, deque[Capture]] = defaultdict(deque)
        for kept in filter(lambda kept: not is_drawn(kept.capture), writer.shelf.kept):
            self._waiting[kept.capture.url].append(kept.capture)

    def stored(self, url: str) -> bool:
        """Whether an answer from ``url`` is in the archive of this visit and has not been used yet."""
        return bool(self._waiting.get(url))

    async def __call__(self, request: Request) -> Exchange:
        """The answer to ``request``: stored, unchanged since the last scan, or new."""
        if request.role is not Role.RESOURCE and self.stored(request.url):
            return self._writer.shelf.open(self._waiting[request.url][0])
        missing = await self._still_missing(request)
        if missing is not None:
            return missing
        exchange = await self._network(replace(request, conditions=self._conditions))
        if exchange.capture.status != _NOT_MODIFIED:
            return exchange
        return self._unchanged(exchange.capture) or await self._network(request)

    def keep(self, exchange: Exchange) -> Capture:
        """Stores what is new and tells the capture; what is stored already is not stored again."""
        if is_drawn(exchange.capture):
            return exchange.capture if exchange.capture.warc else self._writer.store(exchange)
        waiting = self._waiting.get(exchange.capture.url)
        return waiting.popleft() if waiting else self._writer.store(exchange)

    def _conditions(self, url: str) -> Mapping[str, str]:
        """The validators of the last answer from ``url``, where they are ones."""
        known = self._before.answer(url)
        if known is None:
            return {}
        values = ((name, form, known.header(header)) for header, form, name in _CONDITIONS)
        return {name: value for name, form, value in values if form.fullmatch(value)}

    async def _still_missing(self, request: Request) -> Exchange | None:
        """The earlier "not found" where the site says it again; None when it has to be asked in full."""
        known, host = self._before.gone(request.url), urls.authority(request.url)
        if known is None or _is_in_turn(known) or not self._answers_head.get(host, True):
            return None
        answer = await self._head(request)
        if answer.status is None or (answer.status >= _REFUSED and not answer.gone):
            self._answers_head[host] = False
        elif _alike(answer, known) and await self._finds_by_head(request, host):
            return self._as_before(known, replace(answer, headers=()))
        return None

    async def _finds_by_head(self, request: Request, host: str) -> bool:
        """Whether the host tells by HEAD that a page is there which was there; asked once a visit."""
        if host not in self._answers_head:
            url = self._before.present(host)
            found = await self._head(replace(request, url=url)) if url and request.allow(url) else None
            self._answers_head[host] = found is not None and found.status in _SUCCESS
        return self._answers_head[host]

    async def _head(self, request: Request) -> Capture:
        """What the site says of an address itself, without its body."""
        exchange = await self._network(replace(request, method="HEAD", allow=nowhere))
        return exchange.capture

    def _unchanged(self, answer: Capture) -> Exchange | None:
        """The earlier answer with what the 304 says anew (RFC 9111 section 4.3.4); None when it cannot be read."""
        known = self._before.answer(answer.final_url)
        return self._as_before(known, answer) if known else None

    def _as_before(self, known: Capture, answer: Capture) -> Exchange | None:
        """``answer`` with the status, type and body that are ``known``; None when these cannot be read any more."""
        try:
            earlier = self._before.open(known)
        except StorageError:
            return None
        fresh = {name.lower(): value for name, value in answer.headers if not name.lower().startswith(_OF_THE_BODY)}
        headers = {name.lower(): value for name, value in earlier.capture.headers} | fresh
        capture = replace(
            answer,
            status=earlier.capture.status,
            problem=None,
            headers=tuple(headers.items()),
            media_type=earlier.capture.media_type,
            bytes=earlier.capture.bytes,
            unchanged=True,
        )
        return Exchange(capture, earlier.raw, earlier.body)


def is_drawn(capture: Capture) -> bool:
    """Whether a capture came of drawing a page: the drawn page, or what its scripts asked for (``audit.stage``)."""
    return bool(capture.rendered) or capture.role is Role.RESOURCE


def _is_in_turn(known: Capture) -> bool:
    """Whether an address is to be asked in full, after a scan on the day of ``known``."""
    try:
        day = date.fromisoformat(known.fetched_at[:10]).toordinal()
    except ValueError:
        return True
    return (day + zlib.crc32(known.url.encode("utf-8", "replace"))) % _IN_FULL_EVERY == 0


def _alike(answer: Capture, known: Capture) -> bool:
    """Whether a head could be that of the whole answer: nothing in it differs that both of them tell."""
    if answer.status != known.status or answer.problem is not None:
        return False
    told = ((answer.header(name), known.header(name)) for name in _ALIKE)
    return all(now == then for now, then in told if now and then)
