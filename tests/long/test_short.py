"""The long harnesses, a few rounds of each: ``make long`` runs them in full."""

import errno
import hashlib
from pathlib import Path

import pytest

from ppid_audit.history.store import Store
from ppid_audit.report.jsonfile import report_json
from tests.cli.nightly import Nightly, pages
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
