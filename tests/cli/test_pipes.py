"""A reader that goes away (``ppid-audit report | head -1``): files, exit code and stderr are as with a patient one."""

import os
import subprocess

import pytest

from tests.cli.nightly import Nightly, pages
from tests.cli.test_interruption import PROGRAM, ROOT


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    made = Nightly(tmp_path_factory.mktemp("pipa"), dinkes=pages(), bkd=pages())
    made.run("scan", "--as-of", "2026-11-24", "--quiet")
    yield made
    made.close()


def unread(folder, *words: str, stderr_too: bool = False) -> tuple[int, str]:
    """Exit code and stderr of a command whose output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=writing,
        stderr=writing if stderr_too else subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--json"),
        ("archive", "list"),
        ("diff", "--trend", "--json"),
        ("explain", "dinkes"),
        ("report", "--help"),
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_a_quiet_end(regency, words):
    assert unread(regency.folder, *words) == (0, "")


@pytest.mark.parametrize("command", ["report", "rescore"])
def test_the_files_are_there_all_the_same(regency, command):
    code, said = unread(regency.folder, command, "--out", f"dari-{command}", "--format", "csv,json")
    names = {"skor.csv", "temuan.csv", "report.json", "manifest.json"}
    assert {path.name for path in (regency.folder / f"dari-{command}").iterdir()} == names
    assert (code, said.count("\n"), "Traceback" in said) == (0, len(names), False)
    assert unread(regency.folder, command, "--out", f"lagi-{command}", "--format", "json", stderr_too=True) == (0, "")


def test_a_scan_ends_with_the_code_that_it_earned(regency):
    code, said = unread(
        regency.folder,
        "scan",
        "--as-of",
        "2026-11-24",
        "--fail-under",
        "99",
        "--out",
        "laporan",
        "--format",
        "json",
        "--fresh",
    )
    assert code == 4
    assert "Di bawah 99" in said
    assert "Traceback" not in said
    assert (regency.folder / "laporan" / "manifest.json").exists()
    assert " exit=4 " in (regency.folder / "ppid-data" / "heartbeat").read_text()
