"""The long harnesses, a few rounds of each: ``make long`` runs them in full."""

import errno
import hashlib
import socket
from pathlib import Path

import pytest

from ppid_audit.history.store import Store
from ppid_audit.report.jsonfile import report_json
from tests.cli.nightly import Nightly, pages
from tests.faults.table import BOMBS
from tests.long.bombs import MEGABYTES, READ, SERVED
from tests.long.contained import asked_for, opens
from tests.long.disk import Bench
from tests.long.kill import harness
from tests.long.purity import digest, settings
from tests.long.sites import serving
from tests.long.zygote import Zygote


def test_killed_at_any_instant_nothing_acknowledged_is_lost_or_asked_for_again(tmp_path):
    with harness(tmp_path, "small", seed=4) as running:
        for _ in range(8):
            running.kill_once()
        assert running.tally.kills == 8
        assert running.tally.in_time > 0
        assert running.tally.faults == 0, running.tally.text()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    root = tmp_path_factory.mktemp("disk")
    with serving(root / "asked") as served:
        zygote = Zygote()
        try:
            yield Bench(root, served, zygote)
        finally:
            zygote.close()


def test_a_disk_that_fails_leaves_no_half_file_and_the_old_report(bench):
    last = bench.operations()
    assert last > 40
    for share, code, torn in ((0.02, errno.EIO, False), (0.3, errno.ENOSPC, True), (0.97, errno.ENOSPC, True)):
        assert bench.problems(at=max(1, int(last * share)), code=code, torn=torn) == []


def test_every_bomb_was_measured_and_keeps_its_limit():
    found = [line.split("\t") for line in BOMBS.read_text("utf-8").splitlines()]
    limits = dict.fromkeys(SERVED, MEGABYTES) | {name: limit for name, (_, _, limit) in READ.items()}
    assert [name for name, _, _ in found] == list(limits)
    assert [name for name, peak, _ in found if float(peak) > limits[name]] == []


def test_the_watch_over_contacts_knows_a_contact():
    head = (
        bytes([0x45]) + bytes(8) + bytes([6]) + bytes(2) + socket.inet_aton("127.0.0.1") + socket.inet_aton("8.8.8.8")
    )
    ports, rest = (5_000).to_bytes(2, "big") + (443).to_bytes(2, "big"), bytes(8)
    assert opens(head + ports + rest + b"\x50\x02", 0x0800) == "8.8.8.8 443"
    assert opens(head + ports + rest + b"\x50\x12", 0x0800) is None
    assert asked_for(bytes(12) + b"\3www\7example\0" + b"\0\1\0\1") == ("www.example", 25)


def test_a_disk_that_is_full_is_no_end_to_the_database(bench):
    biggest = bench.sizes()[-1]
    assert bench.problems(size=biggest - 1) == []


def test_judging_again_gives_the_same_bytes_in_any_surroundings(tmp_path):
    regency = Nightly(tmp_path, dinkes=pages(), bkd=pages())
    try:
        regency.run("scan", "--as-of", "2026-11-24", "--quiet")
    finally:
        regency.close()
    data = Path(tmp_path, "ppid-data")
    as_scanned = hashlib.sha256(report_json(Store(data / "ppid-audit.db").load())).hexdigest()
    assert {digest(data, *setting) for setting in settings(4)} == {as_scanned}
