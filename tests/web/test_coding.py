import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.web.coding import decode

LIMIT = 1_000_000
PAGE = b"<html><p>Rencana strategis Dinas Kesehatan</p></html>" * 50


def bare_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(body) + engine.flush()


@pytest.mark.parametrize(
    ("raw", "coding"),
    [
        (PAGE, ""),
        (PAGE, "identity"),
        (PAGE, "utf-8"),
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE), " X-GZIP "),
        (zlib.compress(PAGE), "deflate"),
        (bare_deflate(PAGE), "deflate"),
        (gzip.compress(zlib.compress(PAGE)), "deflate, gzip"),
        (gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), "gzip"),
        (gzip.compress(PAGE) + b"\0" * 512, "gzip"),
        (PAGE, "gzip"),
        (PAGE, "deflate"),
    ],
    ids=range(12),
)
def test_every_way_of_serving_the_page_gives_the_page(raw, coding):
    assert decode(raw, coding, LIMIT) == (PAGE, None)


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_an_empty_body_is_empty_under_any_coding(coding):
    assert decode(b"", coding, LIMIT) == (b"", None)


@pytest.mark.parametrize("coding", ["br", "gzip, br", "zstd", "gzip, gzip, gzip, gzip"])
def test_unsupported_codings_give_no_body(coding):
    assert decode(b"\x8b\x00binary", coding, LIMIT) == (b"", "unsupported")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_stops_at_the_limit_in_bounded_memory(coding):
    raw = zlib.compress(b"\0" * 200_000_000) if coding == "deflate" else gzip.compress(b"\0" * 100_000_000)
    for _ in range(coding.count(",")):
        raw = gzip.compress(raw)
    tracemalloc.start()
    body, fault = decode(raw, coding, LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(body), fault) == (LIMIT, "too_large")
    assert peak < 10 * LIMIT


def test_exactly_the_limit_is_not_too_large():
    assert decode(gzip.compress(b"a" * 1000), "gzip", 1000) == (b"a" * 1000, None)
    assert decode(gzip.compress(b"a" * 1000), "gzip", 999) == (b"a" * 999, "too_large")
    assert decode(b"a" * 1000, "", 999) == (b"a" * 999, "too_large")
    two = gzip.compress(b"a" * 1000) + gzip.compress(b"b")
    assert decode(two, "gzip", 1000) == (b"a" * 1000, "too_large")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_every_truncation_is_seen_and_gives_a_prefix(coding):
    raw = (gzip.compress if coding == "gzip" else zlib.compress)(PAGE)
    for cut in range(2, len(raw)):
        body, fault = decode(raw[:cut], coding, LIMIT)
        assert fault == "truncated"
        assert PAGE.startswith(body)


def test_a_damaged_checksum_is_corrupt():
    raw = bytearray(gzip.compress(PAGE))
    raw[-5] ^= 0xFF
    assert decode(bytes(raw), "gzip", LIMIT)[1] == "corrupt"
    assert decode(b"\x1f\x8b\x00\x00not gzip at all", "gzip", LIMIT) == (b"", "corrupt")
    assert decode(b"\xff\xfe\xff\xfe", "deflate", LIMIT) == (b"", "corrupt")


@given(body=st.binary(max_size=2000), coding=st.sampled_from(["gzip", "deflate", "deflate, gzip"]))
def test_encoding_then_decoding_is_the_identity(body, coding):
    raw = body
    for name in coding.split(", "):
        raw = gzip.compress(raw) if name == "gzip" else zlib.compress(raw)
    assert decode(raw, coding, LIMIT) == (body, None)


@given(raw=st.binary(max_size=300), coding=st.text(max_size=20) | st.sampled_from(["gzip", "deflate"]))
def test_whatever_comes_it_never_raises_and_keeps_the_limit(raw, coding):
    body, fault = decode(raw, coding, 100)
    assert len(body) <= 100
    assert fault in {None, "truncated", "corrupt", "too_large", "unsupported"}
