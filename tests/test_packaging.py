"""What a wheel holds, what the pinned versions cover, and how quickly the program starts."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from ppid_audit import __version__
from ppid_audit.cli.init import NAMES
from tests.program import run
from tests.renew_constraints import closure, normal

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names inside the wheel that hatchling makes of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with ZipFile(made) as archive:
        return set(archive.namelist())


def test_the_files_to_start_from_come_with_the_wheel(wheel):
    assert {f"ppid_audit/data/{name}" for name in NAMES} <= wheel


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    package = ROOT / "ppid_audit"
    there = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    expected = {path.relative_to(ROOT).as_posix() for path in there}
    assert {name for name in wheel if not re.match(r"ppid_audit/data/|ppid_audit-[^/]+/", name)} == expected


def test_everything_that_is_needed_is_pinned():
    assert closure(["ppid-audit[dev]"]) <= {normal(line.split("==")[0]) for line in pins()}


def test_pins_are_names_and_versions_and_nothing_else():
    assert pins()
    assert [line for line in pins() if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"ppid-audit {__version__}\n")


def test_usage_errors_end_with_2(tmp_path):
    for words in (["nope"], ["scan", "--nope"], ["scan", "--max-pages", "x"], ["explain"], ["scan", "--lang", "xx"]):
        done = run(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


def test_help_imports_nothing_heavy(tmp_path):
    probe = (
        "import sys, atexit; from ppid_audit.cli import main; sys.argv = ['ppid-audit', '--help'];"
        "atexit.register(lambda: sys.stderr.write(' '.join(sys.modules))); main()"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert "diff" in done.stdout
    assert not {"httpx", "sqlalchemy", "lxml", "bs4", "pypdfium2", "asyncio", "rich"} & set(done.stderr.split())


def test_init_then_check_work_in_an_empty_folder(tmp_path):
    assert run("init", cwd=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)
    done = run("check", cwd=tmp_path)
    assert (done.returncode, re.findall(r"\d+", done.stdout)) == (0, ["45", "60"]), done.stderr
    again = run("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "agencies.yaml" in again.stderr


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
