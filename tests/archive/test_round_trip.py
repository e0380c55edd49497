import gzip
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import WARCIterator
from warcio.cli import main as warcio_cli

from ppid_audit.archive.reader import UNFINISHED, locate, read, snapshot
from ppid_audit.archive.writer import Writer
from ppid_audit.model.capture import Exchange, Note, Problem, Rendered, Snapshot, Unread, UnreadWhy
from tests.archive.samples import exchange, exchanges, failure

PAGE = b"<html><body>Daftar Informasi Publik</body></html>" * 40


def zipped(number: int = 0):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    return exchange(number, PAGE, raw=gzip.compress(PAGE, mtime=0), headers=headers)


def passes_warcio_check(path) -> bool:
    with pytest.raises(SystemExit) as end:
        warcio_cli(["check", str(path)])
    return end.value.code == 0


@settings(max_examples=60, deadline=None)
@given(given_exchanges=st.lists(exchanges(), min_size=1, max_size=3))
def test_what_was_stored_is_read_back(tmp_path_factory, given_exchanges):
    path = tmp_path_factory.mktemp("arsip") / "dinkes.warc.gz"
    with Writer(path, "dinkes", "1.0") as writer:
        captures = [writer.store(one) for one in given_exchanges]
    got = list(read(path))
    assert [one.capture for one in got] == captures
    assert [one.body for one in got] == [one.body for one in given_exchanges]
    for before, after in zip(given_exchanges, got, strict=True):
        assert after.raw in (before.raw, before.body)
        assert replace(after.capture, warc="", sha256="", bytes=0) == before.capture
    assert [locate(path.parent, capture.warc) for capture in captures] == got
    assert passes_warcio_check(path)


def test_the_capture_says_where_it_is_and_what_its_body_was(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    with Writer(path, "dinkes", "1.0") as writer:
        first, second = writer.store(zipped(1)), writer.store(failure(2))
    assert (first.sha256, first.bytes) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))
    assert (second.sha256, second.bytes) == ("", 0)
    name, _, offset = first.warc.partition("#")
    assert name == "dinkes.warc.gz"
    assert path.read_bytes()[int(offset) :].startswith(b"\x1f\x8b")


def test_other_tools_find_the_response_as_served(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    one = zipped()
    with Writer(path, "dinkes", "1.0") as writer:
        writer.store(one)
        writer.store(failure())
    with path.open("rb") as file:
        records = [(r.rec_type, r.rec_headers, r.http_headers, r.raw_stream.read()) for r in WARCIterator(file)]
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "metadata", "metadata"]
    _, about, http, payload = records[1]
    assert about.protocol == "WARC/1.1"
    assert about.get_header("WARC-Target-URI") == one.capture.final_url
    assert about.get_header("WARC-Date") == one.capture.fetched_at
    assert (http.protocol, http.statusline) == ("HTTP/1.1", "200 OK")
    assert http.get_header("Content-Encoding") == "gzip"
    assert http.get_header("Transfer-Encoding") is None
    assert http.get_header("Content-Length") == str(len(one.raw))
    assert payload == one.raw
    assert records[2][1].get_header("WARC-Concurrent-To") == about.get_header("WARC-Record-ID")
    assert [r[1].get_header("WARC-Target-URI") for r in records[2:]] == [
        f"urn:ppid-audit:capture:{one.capture.url}" for one in (one, failure())
    ]


@pytest.mark.parametrize(
    ("problem", "word"), [(Problem.TOO_LARGE, "length"), (Problem.DEADLINE, "time"), (Problem.RESET, "disconnect")]
)
def test_a_response_that_was_cut_off_is_marked_as_such(tmp_path, problem, word):
    path = tmp_path / "a.warc.gz"
    with Writer(path, "a", "1.0") as writer:
        writer.store(exchange(problem=problem))
    with path.open("rb") as file:
        assert [r.rec_headers.get_header("WARC-Truncated") for r in WARCIterator(file)] == [None, word, None]


def test_a_bomb_that_the_visitor_cut_is_cut_again_on_reading(tmp_path):
    path = tmp_path / "a.warc.gz"
    raw = gzip.compress(b"\0" * 50_000_000)
    one = exchange(body=b"\0" * 1000, raw=raw, headers=(("Content-Encoding", "gzip"),), problem=Problem.TOO_LARGE)
    with Writer(path, "a", "1.0") as writer:
        writer.store(one)
    (got,) = read(path)
    assert (got.raw, got.body) == (raw, b"\0" * 1000)


def test_header_injection_stays_inside_its_value(tmp_path):
    path = tmp_path / "a.warc.gz"
    evil = (("X-A", "1\r\nContent-Encoding: br\r\n\r\n<b>"), ("X-B: c\r\nY", "2"))
    with Writer(path, "a", "1.0") as writer:
        writer.store(exchange(body=b"isi", headers=evil, final_url="http://a.example/x\r\nWARC-Type: warcinfo"))
    with path.open("rb") as file:
        response = [r for r in WARCIterator(file) if r.rec_type == "response"]
        assert [name for name, _ in response[0].http_headers.headers] == ["X-A", "Content-Length"]
    (got,) = read(path)
    assert (got.body, got.capture.headers) == (b"isi", evil)


def test_the_snapshot_has_the_head_and_all_captures(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    unread = (Unread("http://dinkes.example/berita/9", UnreadWhy.SAMPLED, "Berita"),)
    with Writer(path, "dinkes", "1.0") as writer:
        captures = (writer.store(exchange(1)), writer.store(failure(2)))
        head = Snapshot("dinkes", "2026-11-24T10:00:00Z", "2026-11-24T10:05:00Z", captures, unread, (Note("tls", "x"),))
        writer.finish(head)
    assert snapshot(path) == head
    assert passes_warcio_check(path)


def test_a_visit_without_an_end_says_so(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    with Writer(path, "dinkes", "1.0") as writer:
        captures = (writer.store(exchange(1)), writer.store(exchange(2)))
    assert snapshot(path) == Snapshot(
        "dinkes", captures[0].fetched_at, captures[1].fetched_at, captures, notes=(Note(UNFINISHED, path.name),)
    )


def test_a_visit_that_went_on_after_its_end_is_unfinished_until_ended_again(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    with Writer(path, "dinkes", "1.0") as writer:
        first = writer.store(exchange(1))
        writer.finish(Snapshot("dinkes", "a", "b", (first,)))
    with Writer(path, "dinkes", "1.1") as writer:
        assert writer.cut == 0
        second = writer.store(exchange(2))
        assert snapshot(path) == Snapshot("dinkes", "a", "b", (first, second), notes=(Note(UNFINISHED, path.name),))
        writer.finish(Snapshot("dinkes", "a", "c", ()))
    assert snapshot(path) == Snapshot("dinkes", "a", "c", (first, second))
    assert passes_warcio_check(path)


def test_no_archive_no_snapshot(tmp_path):
    assert snapshot(tmp_path / "tidak-ada.warc.gz") is None
    (tmp_path / "kosong.warc.gz").touch()
    assert snapshot(tmp_path / "kosong.warc.gz") is None
    assert list(read(tmp_path / "kosong.warc.gz")) == []


def test_a_drawn_page_is_a_conversion_of_the_one_that_was_sent(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    drawn = exchange(0, b"<p>Isi</p>", rendered=Rendered.WHOLE)
    with Writer(path, "dinkes", "1.0") as writer:
        writer.store(exchange(0, PAGE))
        stored = writer.store(drawn)
    with path.open("rb") as file:
        records = {r.rec_type: (r.rec_headers, r.content_stream().read()) for r in WARCIterator(file)}
    sent, (headers, body) = records["response"][0], records["conversion"]
    assert body == drawn.body
    assert headers.get_header("WARC-Refers-To") == sent.get_header("WARC-Record-ID")
    assert headers.get_header("Content-Type") == "text/html"
    assert locate(tmp_path, stored.warc) == Exchange(stored, drawn.body, drawn.body)
    assert passes_warcio_check(path)
