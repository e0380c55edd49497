"""How much memory each bomb costs, each in a process of its own: ``python -m tests.long.bombs`` (Linux).

Serves the bomb in one process, fetches or reads it in another, and prints by how many megabytes the peak of the second
rose. Ends with 1 above the limit. What it finds goes into tests/faults/bombs.tsv, from which docs/faults.md is made.
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
from ppid_audit.web.robots import Rules
from tests.crawl.servers import Route, now, reply, serve
from tests.faults.lab import HEAD, flood
from tests.faults.table import BOMBS as FOUND

GIB = 1 << 30
MEGABYTES, MEGABYTES_OF_A_WORKER = 48, 160
"""Limits: in the process that fetches, and in one that reads pages and may be killed."""


def _zeros(size: int, wbits: int = 31) -> bytes:
    """``size`` zero bytes, gzipped (``wbits`` 31) or deflated (15), without ever holding them."""
    packer = zlib.compressobj(9, wbits=wbits)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def _packed(body: bytes, coding: str, kind: str = "text/html") -> bytes:
    return reply(body, kind=kind, content_encoding=coding) if coding else reply(body, kind=kind)


SERVED: dict[str, Callable[[], Route]] = {
    "gzip, 1 GiB": lambda: _packed(_zeros(GIB), "gzip"),
    "gzip, three layers": lambda: _packed(gzip.compress(gzip.compress(_zeros(GIB))), "gzip, gzip, gzip"),
    "gzip, nobody says so": lambda: _packed(_zeros(GIB), ""),
    "gzip, a thousand members": lambda: _packed(gzip.compress(bytes(1 << 20)) * 1_000, "gzip"),
    "deflate, 1 GiB": lambda: _packed(_zeros(GIB, 15), "deflate"),
    "brotli": lambda: _packed(b"\xce\xb2\xcf\x81" * 200, "br"),
    "zstd": lambda: _packed(b"\x28\xb5\x2f\xfd" + bytes(32_000), "zstd"),
    "plain, 200 MB": lambda: _packed(b"<p>a</p>" * 25_000_000, ""),
    "plain, without end": lambda: flood(HEAD + b"\r\n", b"<p>a</p>" * 4_096),
    "headers without end": lambda: flood(HEAD, b"X-A: " + b"a" * 4_000 + b"\r\n"),
    "early hints without end": lambda: flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100),
}
"""What a server answers."""


def _skim(body: bytes) -> object:
    return html.skim(body.decode(), "http://a.example/")


_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
READ: dict[str, tuple[Callable[[], bytes], Callable[[bytes], object], int]] = {
    "sitemap, packed 1 GiB": (lambda: _zeros(GIB), sitemap.parse, MEGABYTES),
    "sitemap, entities that multiply": (
        lambda: f'<!DOCTYPE u [<!ENTITY a0 "lol">{_ENTITIES}]><urlset><url><loc>&a11;</loc></url></urlset>'.encode(),
        sitemap.parse,
        MEGABYTES,
    ),
    "sitemap, 200,000 deep": (lambda: b"<a>" * 200_000, sitemap.parse, MEGABYTES),
    "robots.txt, half a megabyte of rules": (
        lambda: b"Disallow: /*a*b*c$\n" * 26_000,
        lambda body: Rules.parse("User-agent: *\n" + body.decode()),
        MEGABYTES,
    ),
    "page, 2,000,000 deep": (lambda: b"<div>" * 2_000_000, _skim, MEGABYTES_OF_A_WORKER),
    "page, 100,000 links": (
        lambda: b"".join(b"<a href=/%d>a</a>" % n for n in range(100_000)),
        _skim,
        MEGABYTES_OF_A_WORKER,
    ),
    "page, tags that never close": (lambda: b"<a <a " * 800_000, _skim, MEGABYTES_OF_A_WORKER),
}
"""What is read once it has come: how it is made, who reads it, the limit."""


async def _fetch(url: str) -> str:
    async with HttpFetch("t", frozenset({url.split("/")[2]}), now) as fetch:
        before = _forget()
        exchange = await fetch(Request(url, Role.PAGE, deadline=30.0))
    return f"{_peak() - before:.1f}\t{exchange.capture.problem or 'ok'}, {len(exchange.body):,} bytes kept"


def _read(name: str) -> str:
    make, reader, _ = READ[name]
    body = make()
    before = _forget()
    reader(body)
    return f"{_peak() - before:.1f}\tread within bounds"


def _peak() -> float:
    """The highest resident size, in megabytes, since ``_forget``; what a parent once used does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _forget() -> float:
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


async def _measured() -> dict[str, tuple[str, int]]:
    """For each bomb ``megabytes<tab>outcome`` and its limit."""
    found = {}
    for name, make in SERVED.items():
        async with serve({"/": make()}) as site:
            found[name] = await asyncio.to_thread(_in_a_process, site.url()), MEGABYTES
    for name, (_, _, limit) in READ.items():
        found[name] = await asyncio.to_thread(_in_a_process, name), limit
    return found


def _in_a_process(what: str) -> str:
    done = subprocess.run([sys.executable, "-m", "tests.long.bombs", what], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main(what: str = "") -> int:
    if what:
        print(asyncio.run(_fetch(what)) if what.startswith("http") else _read(what))
        return 0
    found = asyncio.run(_measured())
    lines = [f"{name}\t{told}" for name, (told, _) in found.items()]
    FOUND.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0 if all(float(told.split("\t")[0]) < limit for told, limit in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
