"""The folder of a scan: found again, sealed, verified to the last bit, pruned with care."""

from random import Random

import pytest

from ppid_audit.archive.folder import HEAD, MANIFEST, Begun, ScanFolder, folders, stamp_of
from ppid_audit.archive.prune import refers_to, removals
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.verify import verify
from ppid_audit.archive.writer import Writer
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Snapshot
from ppid_audit.model.scan import Scan
from tests.archive.samples import exchange, failure

PAGE = Random(1).randbytes(2_000)


def begun(name: str) -> Begun:
    return Begun(Scan(name, "2026-11-24T10:00:00Z", "", "2026-11-24", "1.0", "Rubrik", "r" * 64, "a" * 64), "s" * 64)


def made(root, name: str, before: ScanFolder | None = None, agencies=("bkd", "dinkes")) -> tuple[ScanFolder, str]:
    """A finished scan with two archives; its folder and seal."""
    folder, needs = ScanFolder(root / name), set()
    folder.begin(begun(name))
    for agency in agencies:
        shelf = Shelf(before.archive(agency)) if before else None
        with Writer(folder.archive(agency), agency, "1.0", shelf) as writer:
            for one in (exchange(1, PAGE), failure(2), exchange(3, b"<p>Renstra</p>" * 9)):
                writer.store(one)
            writer.finish(Snapshot(agency, "a", "b", ()))
            needs |= writer.refers_to
    return folder, folder.seal(needs)


def damages(folder: ScanFolder, seal: str | None) -> list[tuple[str, str]]:
    return [(damage.file, damage.code) for damage in verify(folder, seal)]


def test_a_head_comes_back_and_a_folder_without_one_has_none(tmp_path):
    folder = ScanFolder(tmp_path / "20261124-100000-abcdef")
    folder.begin(begun(folder.id))
    assert folder.begun() == begun(folder.id)
    assert [path.name for path in folder.path.iterdir()] == [HEAD]
    other = tmp_path / "lain"
    other.mkdir()
    assert ScanFolder(other).begun() is None
    (other / HEAD).write_bytes(b"\xff")
    with pytest.raises(StorageError, match="rusak"):
        ScanFolder(other).begun()
    assert [each.id for each in folders(tmp_path)] == ["lain", folder.id]
    assert folders(tmp_path / "tidak-ada") == ()
    assert (stamp_of(folder.id), stamp_of("lain")) == ("20261124-100000", "")


def test_the_seal_covers_every_file(tmp_path):
    folder, seal = made(tmp_path, "s1")
    assert damages(folder, seal) == []
    assert damages(folder, None) == []
    manifest = folder.manifest()
    assert manifest
    assert sorted(manifest.files) == ["bkd.warc.gz", "dinkes.warc.gz", HEAD]
    assert manifest.refers_to == frozenset()


def test_every_flipped_bit_is_found(tmp_path):
    folder, seal = made(tmp_path, "s1")
    draw = Random(4)
    files = {path: path.read_bytes() for path in folder.files()}
    for _ in range(150):
        path = draw.choice(list(files))
        bit = draw.randrange(len(files[path]) * 8)
        data = bytearray(files[path])
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
        found = damages(folder, seal)
        assert (f"s1/{path.name}", "changed") in found or (f"s1/{path.name}", "unreadable") in found, (path, bit)
        path.write_bytes(files[path])
    assert damages(folder, seal) == []


def test_what_is_missing_added_or_cut_is_named(tmp_path):
    folder, seal = made(tmp_path, "s1")
    archive = folder.archive("bkd")
    whole = archive.read_bytes()
    last = Shelf(archive).end
    archive.write_bytes(whole[: last - 400])
    assert ("s1/bkd.warc.gz", "changed") in damages(folder, seal)
    archive.unlink()
    assert damages(folder, seal) == [("s1/bkd.warc.gz", "missing")]
    archive.write_bytes(whole)
    (folder.path / "baru.warc.gz").write_bytes(whole)
    assert damages(folder, seal) == [("s1/baru.warc.gz", "unlisted")]
    (folder.path / "baru.warc.gz").unlink()
    (folder.path / MANIFEST).unlink()
    assert damages(folder, seal) == [("s1/manifest.json", "missing")]
    folder.seal([])
    assert damages(folder, seal) == []


def test_a_scan_without_a_seal_is_read_through(tmp_path):
    folder, _ = made(tmp_path, "s1")
    (folder.path / MANIFEST).unlink()
    data = bytearray(folder.archive("bkd").read_bytes())
    data[700] ^= 1
    folder.archive("bkd").write_bytes(data)
    assert damages(folder, None) == [("s1/bkd.warc.gz", "unreadable")]


def test_pruning_keeps_what_kept_scans_refer_to(tmp_path):
    first, seal_1 = made(tmp_path, "s1", agencies=("bkd", "dinkes", "setda"))
    second, seal_2 = made(tmp_path, "s2", first)
    third, seal_3 = made(tmp_path, "s3", second)
    assert refers_to(third) == {"s1/bkd.warc.gz", "s1/dinkes.warc.gz"}
    found = removals((third, second, first), {"s3"})
    assert [(removal.folder.id, removal.names, removal.needed) for removal in found] == [
        ("s2", ("bkd.warc.gz", "dinkes.warc.gz", MANIFEST, HEAD), ()),
        ("s1", (HEAD, "setda.warc.gz"), ("bkd.warc.gz", "dinkes.warc.gz", MANIFEST)),
    ]
    assert found[0].bytes == sum(path.stat().st_size for path in second.files())
    for removal in found:
        removal.folder.prune(removal.names)
    for folder, seal in ((first, seal_1), (second, seal_2), (third, seal_3)):
        assert damages(folder, seal) == []
    assert Shelf(third.archive("bkd")).open(Shelf(third.archive("bkd")).kept[0].capture).body == PAGE
    assert removals((third, second, first), {"s3"}) == ()
    first.archive("bkd").unlink()
    assert ("s1/bkd.warc.gz", "missing") in damages(first, seal_1)
    assert ("s3/bkd.warc.gz", "unreadable") in damages(third, seal_3)


def test_an_interrupted_scan_says_by_its_records_what_it_needs(tmp_path):
    first, _ = made(tmp_path, "s1")
    second, _ = made(tmp_path, "s2", first)
    (second.path / MANIFEST).unlink()
    assert refers_to(second) == {"s1/bkd.warc.gz", "s1/dinkes.warc.gz"}


def test_nothing_is_pruned_while_a_kept_scan_cannot_be_read(tmp_path):
    first, _ = made(tmp_path, "s1")
    second, _ = made(tmp_path, "s2", first)
    (second.path / MANIFEST).write_text("{}")
    with pytest.raises(StorageError):
        removals((second, first), {"s2"})
