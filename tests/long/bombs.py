"""How much memory each bomb costs, each in a process of its own: ``python -m tests.long.bombs``.

Serves the bomb in one process, fetches it in another, and prints by how many megabytes the peak of the second rose.
"""

import asyncio
import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

from ppid_audit.crawl.fetch import HttpFetch, Request
from ppid_audit.model.capture import Role
from ppid_audit.web import html, sitemap
from tests.crawl.servers import now, reply, serve

GIB = 1 << 30
MEGABYTES = 48


def _zeros(size: int) -> bytes:
    """``size`` zero bytes, gzipped, without ever holding them."""
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


BOMBS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "gzip 1 GiB": lambda: (_zeros(GIB), "gzip"),
    "gzip three times": lambda: (gzip.compress(gzip.compress(_zeros(GIB))), "gzip, gzip, gzip"),
    "brotli": lambda: (b"\xce\xb2\xcf\x81" * 200, "br"),
    "zstd": lambda: (b"\x28\xb5\x2f\xfd" + bytes(32_000), "zstd"),
    "gzip said by nobody": lambda: (_zeros(GIB), ""),
    "identity 200 MB": lambda: (b"<p>a</p>" * 25_000_000, ""),
}


async def _fetch(url: str) -> str:
    async with HttpFetch("t", frozenset({url.split("/")[2]}), now) as fetch:
        before = _forget()
        exchange = await fetch(Request(url, Role.PAGE, deadline=30.0))
    return f"{_peak() - before:6.1f} MB  {exchange.capture.problem or 'ok'}  {len(exchange.body):,} bytes"


def _peak() -> float:
    """The highest resident size, in megabytes, since ``_forget``; what a parent once used does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _forget() -> float:
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _alone(name: str) -> str:
    """A bomb that needs no server."""
    bomb = _zeros(GIB) if name == "sitemap" else b""
    before = _forget()
    if name == "sitemap":
        sitemap.parse(bomb)
    else:
        html.skim("<div>" * 2_000_000, "http://a.example/")
    return f"{_peak() - before:6.1f} MB"


async def _serve_each() -> bool:
    fine = True
    for name, make in BOMBS.items():
        body, coding = make()
        headers = {"content_encoding": coding} if coding else {}
        async with serve({"/": reply(body, **headers)}) as site:
            told = await asyncio.to_thread(_in_a_process, site.url())
        print(f"{name:22} {told}", flush=True)
        fine &= float(told.split()[0]) < MEGABYTES
    for name in ("sitemap", "html, deep"):
        print(f"{name:22} {_in_a_process(name)}", flush=True)
    return fine


def _in_a_process(what: str) -> str:
    done = subprocess.run([sys.executable, "-m", "tests.long.bombs", what], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main(what: str = "") -> int:
    if what:
        print(asyncio.run(_fetch(what)) if what.startswith("http") else _alone(what))
        return 0
    return 0 if asyncio.run(_serve_each()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
