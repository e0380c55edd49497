"""HTTP: the only place that knows httpx. Whatever a server does, an answer comes back, in time and in bounds.

The library's own time-outs do not bound a request (a byte a second resets them), its decoders inflate without limit,
and it follows redirects by its own rules: so deadline, caps, decoding and redirects are done here; addresses are
checked and bytes are counted by ``network`` below it.
"""

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

from ppid_audit.crawl import problems, tls
from ppid_audit.crawl.answer import LOCATION, Answer
from ppid_audit.crawl.guard import AddressRefusedError, Lookup, Resolver, is_public, system_lookup
from ppid_audit.crawl.network import CONNECT_SECONDS, METER, Meter, VettedNetwork
from ppid_audit.crawl.problems import REDIRECTS, EarlyAnswerError, WrongHostError
from ppid_audit.crawl.request import Fetch, Request
from ppid_audit.model.capture import Exchange, Problem
from ppid_audit.web import urls

__all__ = ["Fetch", "HttpFetch", "Request"]

_HEAD_ROOM = 262_144
_REDIRECT_BODY = 65_536


class _Transport(httpx.AsyncHTTPTransport):
    def __init__(self, context: Any, network: httpcore.AsyncNetworkBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context, http1=True, http2=False, keepalive_expiry=30.0, network_backend=network
        )


class HttpFetch:
    """Asks the web, one client per authority (a shared pool is quadratic in its hosts). Never raises.

    ``user_agent`` is sent as it stands. ``internal_hosts`` are the authorities (``host`` or ``host:port``)
    that agencies.yaml names: only these may be private addresses or ports other than 80 and 443.
    ``now`` gives the time of a capture (ISO 8601 UTC), ``lookup`` resolves names.
    """

    def __init__(
        self,
        user_agent: str,
        internal_hosts: frozenset[str],
        now: Callable[[], str],
        lookup: Lookup = system_lookup,
    ) -> None:
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "id",
            "Accept-Encoding": "gzip",
        }
        self._now = now
        self._resolver = Resolver(internal_hosts, lookup)
        self._network = VettedNetwork(self._resolver)
        self._strict, self._lax = tls.strict_context(), tls.lax_context()
        self._clients: dict[tuple[str, bool], httpx.AsyncClient] = {}
        self._broken_tls: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        clients, self._clients = list(self._clients.values()), {}
        await asyncio.gather(*(client.aclose() for client in clients), return_exceptions=True)

    async def address(self, url: str) -> str:
        """What shares one server with ``url``: its public IP address, or else its authority. Never raises."""
        authority = urls.authority(url)
        try:
            found = await self._resolver.vetted(urls.host(url), _port(url))
        except (OSError, AddressRefusedError):
            return authority
        public = sorted(address for address in found if is_public(address))
        return public[0] if public else authority

    async def __call__(self, request: Request) -> Exchange:
        """The answer to ``request``, or the problem that came instead, within its deadline and its cap."""
        answer = Answer(request.url, request.url)
        began = time.monotonic()
        try:
            async with asyncio.timeout(request.deadline):
                await self._follow(request, answer)
        except TimeoutError:
            answer.fail(Problem.DEADLINE, f"{request.deadline:g} s")
        except Exception as error:  # the edge: whatever a server provokes is data from here on
            answer.fail(*problems.explain(error, answered=answer.status is not None))
        return answer.exchange(request, self._now(), time.monotonic() - began)

    async def _follow(self, request: Request, answer: Answer) -> None:
        await self._hop(request, answer)
        while answer.status in REDIRECTS and (target := answer.next_hop(request.allow)):
            answer.go_to(target)
            await self._hop(request, answer)

    async def _hop(self, request: Request, answer: Answer) -> None:
        """One request; once more on a fresh connection if a kept one had died, or without trust in broken TLS."""
        for attempt in (1, 2, 3):
            meter = Meter(request.max_bytes + _HEAD_ROOM)
            METER.set(meter)
            try:
                await self._ask(request, answer)
            except Exception as error:
                stale = not meter.connected and not meter.received and problems.is_reset(error)
                if attempt == 3 or not (stale or self._is_broken_tls(answer.url, error)):
                    raise
            else:
                return

    def _is_broken_tls(self, url: str, error: Exception) -> bool:
        """Whether the certificate is at fault in a way that can be read over; remembers it for the host."""
        fault = problems.certificate_error(error)
        if fault is None or not tls.readable_in_spite_of(fault):
            return False
        self._broken_tls[urls.authority(url)] = fault.verify_message
        return True

    async def _ask(self, request: Request, answer: Answer) -> None:
        lax = self._broken_tls.get(urls.authority(answer.url), "") if answer.url.startswith("https:") else ""
        client = self._client(answer.url, bool(lax))
        asked = client.build_request(request.method, answer.url, headers=dict(request.conditions(answer.url)))
        if asked.url.raw_host.decode("ascii").strip("[]") != urls.host(answer.url):
            raise AddressRefusedError("host can be read in two ways")
        response = await client.send(asked, stream=True)
        try:
            if not METER.get().received:
                raise EarlyAnswerError
            if lax:
                _check_name(response, urls.host(answer.url))
                answer.tls = f"tls: {lax}"
            answer.ip, answer.certificate_until = _peer(response), tls.ends_on(_certificate(response))
            answer.start(response.status_code, response.headers.multi_items(), response.extensions[LOCATION])
            await self._receive(response, request, answer)
        finally:
            await response.aclose()

    async def _receive(self, response: httpx.Response, request: Request, answer: Answer) -> None:
        moved = answer.status in REDIRECTS
        limit = min(request.max_bytes, _REDIRECT_BODY) if moved else request.max_bytes
        async for chunk in response.aiter_raw():
            answer.raw += chunk[: limit - len(answer.raw) + 1]
            if len(answer.raw) > limit:
                del answer.raw[limit:]
                if not moved:
                    answer.fail(Problem.TOO_LARGE, f"more than {limit} bytes")
                return

    def _client(self, url: str, lax: bool) -> httpx.AsyncClient:
        place = (urls.authority(url), lax)
        if place not in self._clients:
            self._clients[place] = httpx.AsyncClient(
                transport=_Transport(self._lax if lax else self._strict, self._network),
                headers=self._headers,
                timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
                trust_env=False,
                follow_redirects=False,
                event_hooks={"response": [_take_location]},
            )
        return self._clients[place]


async def _take_location(response: httpx.Response) -> None:
    """Hide the redirect from the client: it would parse its target, and raise on what browsers can read."""
    response.extensions[LOCATION] = response.headers.pop(LOCATION, "")


def _check_name(response: httpx.Response, host: str) -> None:
    if not tls.is_for(host, _certificate(response)):
        raise WrongHostError("certificate of another host")


def _certificate(response: httpx.Response) -> bytes:
    """The server's certificate in DER; empty without TLS."""
    secured = response.extensions["network_stream"].get_extra_info("ssl_object")
    return secured.getpeercert(binary_form=True) or b"" if secured else b""


def _peer(response: httpx.Response) -> str:
    address = response.extensions["network_stream"].get_extra_info("server_addr")
    return str(address[0]) if address else ""


def _port(url: str) -> int:
    _, colon, port = urls.authority(url).rpartition(":")
    if colon and port.isdigit():
        return int(port)
    return 443 if url.startswith("https:") else 80
