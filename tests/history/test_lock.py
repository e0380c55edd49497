import subprocess
import sys
import textwrap
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
