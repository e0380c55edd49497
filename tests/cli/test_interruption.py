"""Stopped by an operator, a crash or a disk: what was fetched is kept, and the next scan goes on there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ppid_audit.archive.reader import read
from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from tests.cli.nightly import Nightly, pages

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from ppid_audit.cli import main; main()")
SCAN = ("scan", "--as-of", "2026-11-24")


@pytest.fixture
def regency(tmp_path):
    made = Nightly(tmp_path, dinkes=pages(), bkd=pages())
    yield made
    made.close()


def started(regency, *more: str) -> subprocess.Popen[str]:
    command = [*PROGRAM, *SCAN, *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=regency.folder, env=environment, stderr=subprocess.PIPE, text=True)


def archived(regency) -> list[tuple[str, str]]:
    """(agency, address) of every exchange in the archive, in its order."""
    found = sorted((regency.folder / "ppid-data" / "archive").glob("*/*.warc.gz"))
    return [(path.name, each.capture.url) for path in found for each in read(path)]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_scan_ends_in_time_and_is_gone_on_with(regency, number, code):
    regency.held.add("/renstra")
    running = started(regency)
    regency.wait_for("/renstra")
    began = time.monotonic()
    running.send_signal(number)
    _, told = running.communicate(timeout=10)
    assert running.returncode == code
    assert time.monotonic() - began < 5
    assert told.count("Dihentikan. Yang sudah diunduh tersimpan di ppid-data/archive.") == 1
    assert "Traceback" not in told
    kept = archived(regency)
    assert {name for name, _ in kept} == {"bkd.warc.gz", "dinkes.warc.gz"}
    assert Store(regency.folder / "ppid-data" / "ppid-audit.db").list() == ()

    regency.held.clear()
    regency.released.set()
    regency.asked.clear()
    regency.run(*SCAN, "--quiet")
    everything = archived(regency)
    assert len(everything) == len(set(everything))
    assert set(kept) <= set(everything)
    paths = {url.rpartition("/")[2] for name, url in kept if name == "dinkes.warc.gz"}
    asked = [path for site, path, _ in regency.asked if site == "dinkes"]
    assert not [path for path in asked if path.lstrip("/") in paths]
    (scan,) = Store(regency.folder / "ppid-data" / "ppid-audit.db").finished()
    assert [folder.name for folder in (regency.folder / "ppid-data" / "archive").iterdir()] == [scan.id]


def test_a_second_ctrl_c_ends_at_once(regency):
    regency.held.add("/renstra")
    running = started(regency)
    regency.wait_for("/renstra")
    running.send_signal(signal.SIGINT)
    time.sleep(0.5)
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=10)
    assert running.returncode == 130
    assert time.monotonic() - began < 2
    assert "Traceback" not in told
    assert len(archived(regency)) > 4


def test_a_second_scan_is_turned_away_at_once(regency):
    with FolderLock(regency.folder / "ppid-data"):
        began = time.monotonic()
        told = regency.run(*SCAN, code=5)
        assert time.monotonic() - began < 3
    assert "sedang dipakai pemindaian lain" in told
    assert regency.asked == []
    regency.run(*SCAN, "--quiet")


def test_half_a_record_is_cut_back_and_said_so(regency):
    regency.held.add("/renstra")
    running = started(regency)
    regency.wait_for("/renstra")
    running.kill()
    running.communicate()
    regency.held.clear()
    regency.released.set()
    (archive,) = (regency.folder / "ppid-data" / "archive").glob("*/dinkes.warc.gz")
    whole = archived(regency)
    archive.write_bytes(archive.read_bytes()[:-25])
    told = regency.run(*SCAN, "--quiet")
    assert "Dinas Dinkes: rekaman terakhir arsip terputus" in told
    assert set(whole) <= set(archived(regency))
    codes = [note.code for note in Store(regency.folder / "ppid-data" / "ppid-audit.db").load().agencies[0].health]
    assert "archive_cut" in codes
    assert "utuh" in regency.run("archive", "verify")


def test_fresh_starts_anew_and_resume_says_when_there_is_nothing(regency):
    regency.held.add("/renstra")
    running = started(regency)
    regency.wait_for("/renstra")
    running.kill()
    running.communicate()
    regency.held.clear()
    regency.released.set()
    regency.run(*SCAN, "--fresh", "--quiet")
    folder = regency.folder / "ppid-data" / "archive"
    assert len(list(folder.iterdir())) == 2
    regency.asked.clear()
    regency.run(*SCAN, "--resume", "--quiet")
    assert regency.statuses() == {304, 404}
    assert len(list(folder.iterdir())) == 3
    listed = regency.run("archive", "list")
    assert (listed.count("selesai"), listed.count("terputus")) == (2, 1)
    regency.run("archive", "prune")
    assert regency.run("archive", "list").count("terputus") == 1


if os.name == "posix":

    def test_a_folder_that_belongs_to_someone_else_is_one_sentence(tmp_path):
        folder = tmp_path / "punya-orang"
        folder.mkdir(mode=0o755)
        program = (
            "import os, sys\nfrom pathlib import Path\nfrom ppid_audit.errors import StorageError\n"
            "from ppid_audit.history.lock import FolderLock\n"
            "if os.geteuid() == 0:\n    os.setuid(65534)\nelse:\n    os.chmod(sys.argv[1], 0o555)\n"
            "try:\n    FolderLock(Path(sys.argv[1])).__enter__()\n"
            "except StorageError as error:\n    print(error)\n    sys.exit(error.exit_code)\n"
        )
        for part in (tmp_path, *tmp_path.parents[:3]):
            part.chmod(part.stat().st_mode | 0o011)
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 6, done.stderr
        assert "tidak dapat dipakai" in done.stdout
        assert "Permission denied" in done.stdout
