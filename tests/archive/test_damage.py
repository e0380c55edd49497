import gzip
import os

import pytest

from ppid_audit.archive.members import members
from ppid_audit.archive.reader import TORN, UNFINISHED, locate, read, snapshot
from ppid_audit.archive.writer import Writer
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Snapshot
from tests.archive.samples import exchange, failure


@pytest.fixture
def whole(tmp_path):
    """A small archive with its captures and the offsets at which each store ended."""
    path = tmp_path / "dinkes.warc.gz"
    captures, ends = [], []
    with Writer(path, "dinkes", "1.0") as writer:
        for one in (exchange(1), failure(2), exchange(3, os.urandom(300)), exchange(4, b"")):
            captures.append(writer.store(one))
            ends.append(path.stat().st_size)
        writer.finish(Snapshot("dinkes", "a", "b", ()))
    return path, captures, ends


def test_cut_anywhere_it_reads_what_was_stored_before(whole, tmp_path):
    path, captures, ends = whole
    data = path.read_bytes()
    cut_file = tmp_path / "potong" / path.name
    cut_file.parent.mkdir()
    with path.open("rb") as file:
        record_starts = [member.offset for member in members(file)]
    for size in {*range(0, len(data), 11), *record_starts}:
        cut_file.write_bytes(data[:size])
        stored = sum(end <= size for end in ends)
        assert [one.capture for one in read(cut_file)] == captures[:stored]
        got = snapshot(cut_file)
        if got is not None:
            assert got.captures == tuple(captures[:stored])
            codes = {note.code for note in got.notes}
            assert UNFINISHED in codes
            assert (TORN in codes) == (size not in ends and size > int(captures[0].warc.split("#")[1]))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.5, 0.77, 0.99])
def test_writing_goes_on_after_a_cut(whole, share):
    path, captures, ends = whole
    size = int(path.stat().st_size * share)
    os.truncate(path, size)
    kept = [end for end in ends if end <= size]
    with Writer(path, "dinkes", "1.0") as writer:
        if kept:
            assert writer.cut == size - kept[-1]
        added = writer.store(exchange(9))
        writer.finish(Snapshot("dinkes", "a", "b", ()))
    got = snapshot(path)
    assert got == Snapshot("dinkes", "a", "b", (*captures[: len(kept)], added))


def test_blocks_that_were_never_written_count_as_torn(whole):
    path, captures, ends = whole
    data = path.read_bytes()
    path.write_bytes(data[: ends[1] + 40] + bytes(500))
    assert [one.capture for one in read(path)] == captures[:2]
    path.write_bytes(data[: ends[1]] + bytes(4096))
    with Writer(path, "dinkes", "1.0") as writer:
        assert writer.cut == 4096


@pytest.mark.parametrize("index", [0, 1, 2])
def test_damage_in_the_middle_is_named_with_its_place(whole, index):
    path, captures, _ = whole
    offset = int(captures[index].warc.split("#")[1])
    data = bytearray(path.read_bytes())
    data[offset + 60] ^= 0x55
    path.write_bytes(data)
    with pytest.raises(StorageError, match=rf"dinkes\.warc\.gz rusak pada byte {offset}"):
        list(read(path))
    with pytest.raises(StorageError, match="rusak"):
        Writer(path, "dinkes", "1.0")
    assert path.read_bytes() == bytes(data)


def test_a_flipped_bit_never_passes_for_what_was_stored(whole):
    path, captures, _ = whole
    data = path.read_bytes()
    for at in range(0, len(data), 37):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        try:
            got = [one.capture for one in read(path)]
        except StorageError:
            continue
        assert got == captures[: len(got)]


def test_a_changed_body_does_not_match_its_digest(whole):
    path, captures, _ = whole
    start, end = (int(captures[i].warc.split("#")[1]) for i in (0, 1))
    data = path.read_bytes()
    forged = gzip.compress(
        gzip.decompress(data[start:end]).split(b"WARC/1.1\r\nWARC-Date", 1)[0].replace(b"Dinas", b"Dines")
    )
    metadata_at = data.index(b"\x1f\x8b\x08", start + 1)
    path.write_bytes(data[:start] + forged + data[metadata_at:])
    with pytest.raises(StorageError, match="rusak"):
        list(read(path))


def test_a_file_that_is_no_archive_is_refused_and_kept(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    for content in (b"bukan arsip sama sekali", gzip.compress(b"bukan WARC"), gzip.compress(b"")):
        path.write_bytes(content)
        with pytest.raises(StorageError, match="rusak pada byte 0"):
            list(read(path))
        with pytest.raises(StorageError):
            Writer(path, "dinkes", "1.0")
        assert path.read_bytes() == content


def test_a_reference_that_leads_nowhere_is_one_sentence(whole, tmp_path):
    _, captures, _ = whole
    assert locate(tmp_path, captures[1].warc).capture == captures[1]
    wrong = ["", "dinkes.warc.gz", "../dinkes.warc.gz#0", "dinkes.warc.gz#-1", "dinkes.warc.gz#0", "dinkes.warc.gz#7"]
    wrong += [f"dinkes.warc.gz#{10**17}", f"dinkes.warc.gz#{'9' * 5000}", "lain.warc.gz#0", "..#0", "a\\b#0"]
    for reference in wrong:
        with pytest.raises(StorageError):
            locate(tmp_path, reference)


def test_a_disk_that_refuses_is_one_sentence(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(StorageError, match="tidak dapat ditulis"):
        Writer(tmp_path / "berkas" / "dinkes.warc.gz", "dinkes", "1.0")
    (tmp_path / "folder.warc.gz").mkdir()
    with pytest.raises(StorageError, match="tidak dapat"):
        Writer(tmp_path / "folder.warc.gz", "dinkes", "1.0")


if os.name == "posix":

    def test_a_full_disk_loses_only_the_store_that_did_not_fit(tmp_path):
        import resource

        path = tmp_path / "dinkes.warc.gz"
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        with Writer(path, "dinkes", "1.0") as writer:
            first = writer.store(exchange(1))
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 500, limits[1]))
            try:
                with pytest.raises(StorageError, match="tidak dapat ditulis"):
                    writer.store(exchange(2, os.urandom(5000)))
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            third = writer.store(exchange(3))
        assert [one.capture for one in read(path)] == [first, third]


def test_after_closing_nothing_can_be_stored(tmp_path):
    writer = Writer(tmp_path / "a.warc.gz", "a", "1.0")
    writer.close()
    writer.close()
    with pytest.raises(StorageError):
        writer.store(exchange(1))
