import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.crawl.decode import decode
from ppid_audit.model.capture import Problem

BODY = b"<html>" + b"Daftar Informasi Publik " * 200
BARE = zlib.compressobj(wbits=-15)
BARE_DEFLATE = BARE.compress(BODY) + BARE.flush()


READABLE = {
    "plain": (BODY, "", "text/html"),
    "plain that says gzip": (BODY, "gzip", "text/html"),
    "gzip": (gzip.compress(BODY), "GZIP", ""),
    "gzip of two members": (gzip.compress(BODY[:50]) + gzip.compress(BODY[50:]), "gzip", ""),
    "gzip and garbage": (gzip.compress(BODY) + b"garbage", "x-gzip", ""),
    "deflate": (zlib.compress(BODY), "deflate", ""),
    "deflate without its wrapper": (BARE_DEFLATE, "deflate", ""),
    "gzip that says nothing": (gzip.compress(BODY), "", "text/html; charset=utf-8"),
}


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_is_read(name):
    raw, named, declared = READABLE[name]
    assert decode(raw, named, 100_000, declared).body == BODY
    assert decode(raw, named, 100_000, declared).problem is None


def test_a_gzip_file_stays_a_file():
    raw = gzip.compress(BODY)
    assert decode(raw, "", 100_000, "application/gzip").body == raw


SPOILT = {
    "truncated": (gzip.compress(BODY)[:-9], "gzip", Problem.TRUNCATED),
    "corrupt": (gzip.compress(BODY)[:10] + b"\xff" * 30, "gzip", Problem.BAD_ENCODING),
    "brotli": (BODY, "br", Problem.BAD_ENCODING),
    "zstd": (BODY, "zstd", Problem.BAD_ENCODING),
    "stacked": (gzip.compress(gzip.compress(BODY)), "gzip, gzip", Problem.BAD_ENCODING),
    "bomb": (gzip.compress(bytes(10_000_000)), "gzip", Problem.TOO_LARGE),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_is_a_problem(name):
    raw, named, problem = SPOILT[name]
    assert decode(raw, named, 100_000).problem is problem


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "gzip", "deflate", "br", "gzip, deflate", "aneh"]),
    st.integers(0, 500),
)
def test_anything_ends_within_bounds(raw, named, limit):
    assert len(decode(raw, named, limit, "text/html").body) <= limit
