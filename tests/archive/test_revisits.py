"""Payloads that an earlier scan stored are only referred to, and read as if they stood here."""

import gzip
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import WARCIterator

from ppid_audit.archive.reader import locate, read, snapshot
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange, Snapshot
from tests.archive.samples import exchange, exchanges, failure
from tests.archive.test_round_trip import passes_warcio_check, zipped

PROFILES = "http://netpreserve.org/warc/1.1/revisit/"


def big(number: int):
    """A page that does not compress."""
    return exchange(number, Random(number).randbytes(3_000))


def coded(number: int):
    body = Random(number).randbytes(3_000)
    return exchange(number, body, raw=gzip.compress(body, mtime=0), headers=(("Content-Encoding", "gzip"),))


def archive(tmp_path, scan: str):
    return tmp_path / scan / "dinkes.warc.gz"


def store(path: Path, *given: Exchange, before: Shelf | None = None) -> tuple[list[Capture], set[str]]:
    with Writer(path, "dinkes", "1.0", before) as writer:
        captures = [writer.store(one) for one in given]
        writer.finish(Snapshot("dinkes", "a", "b", ()))
        return captures, writer.refers_to


def records(path: Path) -> list[tuple[str, Any, Any, bytes]]:
    with path.open("rb") as file:
        return [(r.rec_type, r.rec_headers, r.http_headers, r.raw_stream.read()) for r in WARCIterator(file)]


def test_the_same_payload_is_stored_once_and_read_twice(tmp_path):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    given = (big(1), failure(2), exchange(3), exchange(4, b""), big(5))
    store(first, *given)
    captures, refers_to = store(second, *given, before=Shelf(first))
    assert second.stat().st_size < first.stat().st_size
    assert refers_to == {"s1/dinkes.warc.gz"}
    got = list(read(second))
    assert [one.capture for one in got] == captures
    assert [(one.raw, one.body) for one in got] == [(one.raw, one.body) for one in given]
    assert [locate(second.parent, capture.warc) for capture in captures] == got
    assert snapshot(second) == Snapshot("dinkes", "a", "b", tuple(captures))
    assert passes_warcio_check(second)


def test_the_records_say_what_other_tools_need(tmp_path):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    store(first, coded(1), zipped(2))
    same = coded(1)
    unchanged = replace(zipped(2), capture=replace(zipped(2).capture, unchanged=True))
    store(second, same, unchanged, before=Shelf(first))
    origin = {about.get_header("WARC-Target-URI"): about for kind, about, _, _ in records(first) if kind == "response"}
    revisits = [(about, http, payload) for kind, about, http, payload in records(second) if kind == "revisit"]
    profiles = [about.get_header("WARC-Profile") for about, _, _ in revisits]
    assert profiles == [f"{PROFILES}identical-payload-digest", f"{PROFILES}server-not-modified"]
    for about, _, payload in revisits:
        whole = origin[about.get_header("WARC-Target-URI")]
        assert payload == b""
        assert about.get_header("WARC-Refers-To") == whole.get_header("WARC-Record-ID")
        assert about.get_header("WARC-Refers-To-Date") == whole.get_header("WARC-Date")
        assert about.get_header("WARC-Refers-To-Target-URI") == whole.get_header("WARC-Target-URI")
        assert about.get_header("WARC-Payload-Digest") == whole.get_header("WARC-Payload-Digest")
        assert about.get_header("WARC-Refers-To-Filename") == "s1/dinkes.warc.gz"
    (_, answered, _), (_, not_modified, _) = revisits
    assert (answered.get_statuscode(), answered.get_header("Content-Encoding")) == ("200", "gzip")
    assert not_modified is None  # replay programs take status and headers from the record referred to


def test_a_third_scan_refers_to_the_first(tmp_path):
    paths = [archive(tmp_path, name) for name in ("s1", "s2", "s3")]
    before = None
    for path in paths:
        _, refers_to = store(path, big(1), before=before)
        before = Shelf(path)
    assert refers_to == {"s1/dinkes.warc.gz"}
    paths[1].unlink()
    assert next(read(paths[2])).body == big(1).body


def test_only_what_is_the_same_as_served_counts_as_the_same(tmp_path):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    store(first, coded(1))
    other = replace(coded(1), raw=gzip.compress(coded(1).body, 1, mtime=0))
    store(second, other, exchange(1, coded(1).body + b"!"), before=Shelf(first))
    assert [kind for kind, *_ in records(second)].count("response") == 2
    assert [one.raw for one in read(second)] == [other.raw, coded(1).body + b"!"]


def test_what_is_shorter_than_a_reference_is_stored_again(tmp_path):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    store(first, exchange(1))
    _, refers_to = store(second, exchange(1), before=Shelf(first))
    assert refers_to == set()
    assert "revisit" not in {kind for kind, *_ in records(second)}


@settings(max_examples=40, deadline=None)
@given(given_exchanges=st.lists(exchanges(), min_size=1, max_size=3))
def test_whatever_was_stored_is_read_back_through_a_reference(tmp_path_factory, given_exchanges):
    root = tmp_path_factory.mktemp("arsip")
    store(archive(root, "s1"), *given_exchanges)
    captures, _ = store(archive(root, "s2"), *given_exchanges, before=Shelf(archive(root, "s1")))
    got = list(read(archive(root, "s2")))
    assert [one.capture for one in got] == captures
    assert [one.body for one in got] == [one.body for one in given_exchanges]
    assert passes_warcio_check(archive(root, "s2"))


def test_a_reference_to_what_is_gone_or_damaged_is_named(tmp_path):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    captures, _ = store(first, big(1))
    store(second, big(1), before=Shelf(first))
    whole = first.read_bytes()
    offset = int(captures[0].warc.split("#")[1])
    for damage in (
        b"",
        whole[: offset + 20],
        whole[:offset] + b"x" + whole[offset + 1 :],
        whole[: offset + 90] + whole,
    ):
        first.write_bytes(damage)
        with pytest.raises(StorageError, match=rf"s2/dinkes\.warc\.gz rusak.*s1/dinkes\.warc\.gz#{offset}"):
            list(read(second))
    first.unlink()
    with pytest.raises(StorageError, match=r"s1/dinkes\.warc\.gz"):
        list(read(second))


@pytest.mark.parametrize("name", ["../rahasia", "/etc/passwd", "s1/../x", "s1", "", "s1/a/b", "s1/.lock"])
def test_a_reference_never_leads_out_of_the_archive(tmp_path, monkeypatch, name):
    first, second = archive(tmp_path, "s1"), archive(tmp_path, "s2")
    store(first, big(1))
    before = Shelf(first)
    origin = before.kept[0].origin
    assert origin
    monkeypatch.setattr(before, "payload", lambda *asked: replace(origin, file=name))
    store(second, big(1), before=before)
    with pytest.raises(StorageError, match="refers to no record"):
        list(read(second))
