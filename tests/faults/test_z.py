"""F and Z: files and the process, as far as no other test plays them already: the program as cron would run it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ppid_audit.cli.files import write_all
from ppid_audit.errors import StorageError
from tests.cli.small_regency import Pages, Regency, page
from tests.faults.cases import Cases
from tests.faults.lab import Lab

fault = Cases()

PROGRAM = (sys.executable, "-c", "from ppid_audit.cli import main; main()")
SCAN = ("scan", "--as-of", "2026-11-24", "--fresh")


@dataclass
class Cron:
    """The program in a process of its own, in a bare environment, beside a small regency."""

    folder: Path

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        assert b"Warning" not in done.stderr
        return done


@pytest.fixture(scope="module")
def cron(tmp_path_factory) -> Iterator[Cron]:
    regency = Regency(tmp_path_factory.mktemp("cron"), dinkes=Pages({"/profil": page("Profil ✓ [/b] \u202e")}))
    yield Cron(regency.folder)
    regency.close()


@fault("Z04", "Z07", "Z08", "Z16")
async def no_home_no_path_no_terminal_ascii(lab: Lab, cron: Cron) -> None:
    done = cron.run(*SCAN, LANG="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"dinkes" in done.stdout.lower()
    narrow = cron.run("report", TERM="dumb", COLUMNS="0", PYTHONUTF8="0", LC_ALL="C")
    assert narrow.returncode == 0, narrow.stderr


@fault("Z03")
async def a_reader_that_has_gone(lab: Lab, cron: Cron) -> None:
    cron.run(*SCAN, "--quiet")
    ends: list[int] = []
    for stream in ("stdout", "stderr"):
        read, write = os.pipe()
        os.close(read)
        out, err = (write, subprocess.PIPE) if stream == "stdout" else (subprocess.DEVNULL, write)
        with subprocess.Popen([*PROGRAM, "report"], cwd=cron.folder, env={}, stdout=out, stderr=err) as run:
            os.close(write)
            _, said = run.communicate(timeout=60)
        assert b"Traceback" not in (said or b"")
        ends.append(run.returncode)
    assert ends[1] == 0


@fault("Z15", "Z06")
async def the_same_evidence_gives_the_same_bytes(lab: Lab, cron: Cron) -> None:
    cron.run(*SCAN, "--quiet")
    seen = set()
    for seed, zone in (("1", "Asia/Jakarta"), ("2", "America/Anchorage")):
        done = cron.run("rescore", f"--out={cron.folder / seed}", "--format=json", PYTHONHASHSEED=seed, TZ=zone)
        assert done.returncode == 0, done.stderr
        seen.add((cron.folder / seed / "report.json").read_bytes())
    assert len(seen) == 1
    assert json.loads(seen.pop())["scan"]["as_of"] == "2026-11-24"


@fault("Z13")
async def a_sign_of_life_after_every_scan(lab: Lab, cron: Cron) -> None:
    cron.run(*SCAN, "--quiet")
    signs = [
        path.read_text() for path in (cron.folder / "ppid-data").iterdir() if path.is_file() and path.suffix != ".db"
    ]
    assert any(re.search(r"\d{4}-\d\d-\d\dT\S+Z \S+ exit=0 assessed=\d/\d", sign) for sign in signs)


@fault("F05", "F24")
async def files_appear_whole_and_their_list_last(lab: Lab, cron: Cron) -> None:
    order: list[str] = []
    renamed = Path.replace

    def rename(path: Path, to: Path) -> Path:
        order.append(to.name)
        return renamed(path, to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", rename)
        write_all(lab.folder / "out", {"a.csv": b"1", "b.json": b"2", "manifest.json": b"{}"})
    assert order == ["a.csv", "b.json", "manifest.json"]
    assert sorted(path.name for path in (lab.folder / "out").iterdir()) == ["a.csv", "b.json", "manifest.json"]


@fault("F06")
async def what_stands_in_the_way_is_not_overwritten(lab: Lab, cron: Cron) -> None:
    (lab.folder / "berkas").write_text("milik orang")
    with pytest.raises(StorageError):
        write_all(lab.folder / "berkas", {"a.csv": b"1"})
    (lab.folder / "out" / "a.csv").mkdir(parents=True)
    with pytest.raises(StorageError):
        write_all(lab.folder / "out", {"a.csv": b"1"})
    (lab.folder / "out" / "b.csv").symlink_to(lab.folder / "berkas")
    write_all(lab.folder / "out", {"b.csv": b"1"})
    assert (lab.folder / "berkas").read_text() == "milik orang"


@pytest.mark.anyio
@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_z(play, lab, cron):
    await play(lab, cron)
