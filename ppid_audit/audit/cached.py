"""The one fetcher: it asks the archive first, then the network.

What this scan has stored already is answered from its own archive (a scan that goes on where it was
interrupted); what the last scan holds is asked for under the condition that it has changed (RFC 9110
section 13.1), and "not modified" is answered with what was stored then.
"""

import re
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import replace

from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.crawl.request import Fetch, Request
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange

_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,256}"')
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT", re.ASCII)
_CONDITIONS = (("etag", _ENTITY_TAG, "If-None-Match"), ("last-modified", _HTTP_DATE, "If-Modified-Since"))
_OF_THE_BODY = "content-"
_NOT_MODIFIED = 304


class CachedFetch:
    """A ``Fetch`` over the archive of one visit (``writer``), that of an earlier one (``before``), and ``network``.

    An address may have been asked more than once (a failure and its retry): its answers come back in the
    order in which they were stored, the next one as soon as ``keep`` has taken the last.
    """

    def __init__(self, network: Fetch, writer: Writer, before: Shelf) -> None:
        self._network, self._writer, self._before = network, writer, before
        self._waiting: dict[str, deque[Capture]] = defaultdict(deque)
        for kept in writer.shelf.kept:
            self._waiting[kept.capture.url].append(kept.capture)

    def stored(self, url: str) -> bool:
        """Whether an answer from ``url`` is in the archive of this visit and has not been used yet."""
        return bool(self._waiting.get(url))

    async def __call__(self, request: Request) -> Exchange:
        """The answer to ``request``: stored, unchanged since the last scan, or new."""
        if self.stored(request.url):
            return self._writer.shelf.open(self._waiting[request.url][0])
        exchange = await self._network(replace(request, conditions=self._conditions))
        if exchange.capture.status != _NOT_MODIFIED:
            return exchange
        return self._unchanged(exchange.capture) or await self._network(request)

    def keep(self, exchange: Exchange) -> Capture:
        """Stores what is new and tells the capture; what is stored already is not stored again."""
        waiting = self._waiting.get(exchange.capture.url)
        return waiting.popleft() if waiting else self._writer.store(exchange)

    def _conditions(self, url: str) -> Mapping[str, str]:
        """The validators of the last answer from ``url``, where they are ones."""
        known = self._before.answer(url)
        if known is None:
            return {}
        values = ((name, form, known.header(header)) for header, form, name in _CONDITIONS)
        return {name: value for name, form, value in values if form.fullmatch(value)}

    def _unchanged(self, answer: Capture) -> Exchange | None:
        """The earlier answer with what the 304 says anew (RFC 9111 section 4.3.4); None when it cannot be read."""
        known = self._before.answer(answer.final_url)
        try:
            earlier = self._before.open(known) if known else None
        except StorageError:
            return None
        if earlier is None:
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
