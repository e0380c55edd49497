import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from ppid_audit.errors import LockedError, StorageError
from ppid_audit.history.lock import FolderLock

ROOT = Path(__file__).parents[2]


def test_the_second_holder_is_turned_away_until_the_first_lets_go(tmp_path):
    folder = tmp_path / "ppid-data"
    with FolderLock(folder):
        with pytest.raises(LockedError, match="sedang dipakai pemindaian lain") as error, FolderLock(folder):
            pass
        assert error.value.exit_code == 5
    with FolderLock(folder):
        assert (folder / "lock").exists()


def test_a_killed_holder_leaves_no_lock(tmp_path):
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from ppid_audit.history.lock import FolderLock
        with FolderLock(Path(sys.argv[1])):
            print("terkunci", flush=True)
            time.sleep(60)
    """)
    holder = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(LockedError), FolderLock(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with FolderLock(tmp_path):
        assert (tmp_path / "lock").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(StorageError, match="tidak dapat dipakai"), FolderLock(tmp_path / "berkas" / "data"):
        pass


def test_what_goes_wrong_inside_still_frees_the_lock(tmp_path):
    with pytest.raises(RuntimeError), FolderLock(tmp_path):
        raise RuntimeError
    with FolderLock(tmp_path):
        assert True


def test_the_sentence_names_the_machine_and_the_process(tmp_path):
    with FolderLock(tmp_path, host="dinkominfo-1"), pytest.raises(LockedError, match=r"dinkominfo-1 \(proses \d+\)"):
        FolderLock(tmp_path, host="dinkominfo-2").__enter__()


def test_a_living_holder_on_a_machine_whose_lock_does_not_reach_us_is_respected(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    with FolderLock(elsewhere, host="dinkominfo-1"):
        shared = tmp_path / "data"
        shared.mkdir()
        os.link(elsewhere / "lock.host", shared / "lock.host")  # the sign is seen, the lock is not
        with pytest.raises(LockedError, match="dinkominfo-1") as error:
            FolderLock(shared, host="dinkominfo-2").__enter__()
        assert error.value.exit_code == 5
        assert (shared / "lock.host").read_text().startswith("dinkominfo-1 ")


def test_what_a_dead_machine_left_is_taken_over(tmp_path):
    (tmp_path / "lock.host").write_text("dinkominfo-1 4711\n")
    began = time.monotonic()
    with FolderLock(tmp_path, host="dinkominfo-2"):
        assert time.monotonic() - began > 4
        assert (tmp_path / "lock.host").read_text().startswith("dinkominfo-2 ")
    assert not (tmp_path / "lock.host").exists()


def test_what_a_dead_process_of_this_machine_left_is_taken_over_at_once(tmp_path):
    (tmp_path / "lock.host").write_text("dinkominfo-1 4711\n")
    began = time.monotonic()
    with FolderLock(tmp_path, host="dinkominfo-1"):
        assert time.monotonic() - began < 1


def test_locks_of_several_names_in_one_folder_are_apart(tmp_path):
    with FolderLock(tmp_path, name=".dinkes.lock"), FolderLock(tmp_path, name=".bkd.lock"):
        with pytest.raises(LockedError), FolderLock(tmp_path, name=".dinkes.lock"):
            pass
        assert (tmp_path / ".bkd.lock.host").exists()


def test_whoever_slept_while_the_lock_was_taken_over_learns_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr("ppid_audit.history.lock._BEAT", 0.05)
    with FolderLock(tmp_path, host="tidur") as lock:
        (tmp_path / "lock.host").write_text("lain 7\n", encoding="utf-8")
        until = time.monotonic() + 10
        while not lock.lost and time.monotonic() < until:
            time.sleep(0.02)
        assert lock.lost
    assert (tmp_path / "lock.host").read_text(encoding="utf-8") == "lain 7\n"
