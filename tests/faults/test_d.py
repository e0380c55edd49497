"""D: what a body was packed into."""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from ppid_audit.model.capture import Capture, Problem
from tests.faults.cases import Cases
from tests.faults.lab import HTML, Lab, full

pytestmark = pytest.mark.anyio
fault = Cases()

CAP = 1_000_000
MEMORY = 16_000_000


async def coded(lab: Lab, body: bytes, coding: str, **more: Any) -> Capture:
    lines = (b"Content-Encoding: " + coding.encode(),) if coding else ()
    return await lab.get(await lab.serve({"/": full(body, *lines)}), **more)


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@fault("D01", "D14")
async def a_gzip_bomb_is_stopped_within_memory_and_time(lab: Lab) -> None:
    bomb = gzip.compress(bytes(300_000_000), 9)
    began = time.monotonic()
    with little_memory():
        capture = await coded(lab, bomb, "gzip", max_bytes=CAP)
    assert capture.problem is Problem.TOO_LARGE
    assert len(lab.kept[-1].body) == CAP
    assert time.monotonic() - began < 3


@fault("D02", "D03", "D04")
async def what_was_not_offered_is_not_unpacked(lab: Lab) -> None:
    bomb = gzip.compress(gzip.compress(gzip.compress(bytes(50_000_000), 9), 9), 9)
    with little_memory():
        for body, coding in ((HTML, "br"), (b"\x28\xb5\x2f\xfd" + HTML, "zstd"), (bomb, "gzip, gzip, gzip")):
            assert (await coded(lab, body, coding)).problem is Problem.BAD_ENCODING


@fault("D05")
async def a_truncated_gzip_is_no_whole_page(lab: Lab) -> None:
    capture = await coded(lab, gzip.compress(HTML * 100)[:-20], "gzip")
    assert capture.problem is Problem.TRUNCATED
    assert capture.fault


@fault("D06")
async def a_damaged_stream(lab: Lab) -> None:
    packed = bytearray(gzip.compress(HTML * 50))
    packed[-6] ^= 0xFF
    assert (await coded(lab, bytes(packed), "gzip")).problem is Problem.BAD_ENCODING
    assert (await coded(lab, b"\x78\x9c" + b"\xff" * 60, "deflate")).problem is Problem.BAD_ENCODING


READABLE = {
    "D07": (HTML, "gzip"),
    "D08": (gzip.compress(HTML), ""),
    "D09": (gzip.compress(HTML[:20]) + gzip.compress(HTML[20:]), "gzip"),
    "D10": (gzip.compress(HTML) + b"sisa", "gzip"),
    "D11": (zlib.compress(HTML), "deflate"),
    "D11 raw": (zlib.compress(HTML)[2:-4], "deflate"),
    "D12": (HTML, "utf-8"),
    "D12 none": (HTML, "none"),
    "D12 identity": (HTML, "identity"),
}


@fault("D07", "D08", "D09", "D10", "D11", "D12")
async def slips_that_browsers_forgive(lab: Lab) -> None:
    for body, coding in READABLE.values():
        assert (await coded(lab, body, coding)).ok
        assert lab.kept[-1].body == HTML


@fault("D12")
async def a_made_up_coding_over_noise_is_no_page(lab: Lab) -> None:
    capture = await coded(lab, Random(1).randbytes(2000), "foo")
    assert capture.media_type != "text/html"


@fault("D13")
async def a_page_beyond_the_cap_is_a_part(lab: Lab) -> None:
    capture = await coded(lab, HTML + b" " * 3_000_000, "", max_bytes=CAP)
    assert capture.problem is Problem.TOO_LARGE
    assert capture.fault
    assert lab.kept[-1].body.startswith(HTML)


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_d(play, lab):
    await play(lab)
