"""Connections under the HTTP library: to vetted addresses only, and with every byte counted.

The library resolves a name a second time on connecting and bounds no answer in bytes: both are done here, below it.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore

from ppid_audit.crawl import problems
from ppid_audit.crawl.guard import AddressRefusedError, Resolver
from ppid_audit.crawl.problems import WireLimitError

CONNECT_SECONDS = 8.0
_SHORTAGE_SECONDS = 0.1


@dataclass(slots=True)
class Meter:
    """What one hop cost on the wire so far, in bytes; above ``limit`` it raises WireLimitError."""

    limit: int
    received: int = 0
    connected: bool = False

    def add(self, count: int) -> None:
        """Count bytes that came in."""
        self.received += count
        if self.received > self.limit:
            raise WireLimitError(f"more than {self.limit} bytes")


METER: ContextVar[Meter] = ContextVar("meter")
"""The meter of the hop that this task is at: connections outlive hops."""


class VettedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to what ``resolver`` lets pass; TLS and the Host header keep the name."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address of ``host`` that answers; each has its share of the time."""
        METER.get().connected = True
        addresses = await self._resolver.vetted(host, port)
        if not addresses:
            raise AddressRefusedError(f"{host} has no address")
        seconds = (timeout or CONNECT_SECONDS) / len(addresses)
        for address in addresses[:-1]:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._connect(address, port, seconds)
        return await self._connect(addresses[-1], port, seconds)

    async def _connect(self, address: str, port: int, seconds: float) -> "_Stream":
        """A connection, in the end even when this machine has no descriptor left for it just now."""
        while True:
            try:
                return _Stream(await self._plain.connect_tcp(address, port, seconds))
            except httpcore.ConnectError as error:
                if not problems.is_our_shortage(error):
                    raise
            await asyncio.sleep(_SHORTAGE_SECONDS)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection whose bytes are counted, heads and framing too."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        METER.get().add(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
