"""The timers that docs/operations.md offers: each is well formed and calls the program as it is."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ppid_audit.cli.app import command

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
CALENDAR = re.compile(r"(\*|\d{1,2}) (\*|\d{1,2}) (\*|\d{1,2}) (\*|\d{1,2}) (\*|[0-7]|[A-Z]{3}) +(.*)")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def units() -> list[ConfigParser]:
    found = []
    for block in blocks("ini"):
        parsed = ConfigParser(interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]
        parsed.read_string(block)
        found.append(parsed)
    return found


def calls() -> list[list[str]]:
    """Every call of the program in the timers, as words after its name."""
    service, _ = units()
    lines = [service["Service"]["ExecStart"]]
    lines += [part for block in blocks("cron") for part in re.split(r"&&|\n", block) if "ppid-audit " in part]
    task = ElementTree.fromstring(blocks("xml")[0])
    lines += [f"ppid-audit {task.findtext('.//{*}Arguments')}"]
    return [shlex.split(line.partition(">")[0].partition("ppid-audit ")[2]) for line in lines]


@pytest.mark.parametrize("words", calls(), ids=" ".join)
def test_the_program_takes_what_a_timer_gives_it(words):
    made = command(words[0])
    rest = words[1:]
    if hasattr(made, "commands"):
        made, rest = made.commands[rest[0]], rest[1:]
    made.make_context("ppid-audit", rest)


def test_a_crontab_has_five_fields_and_a_command():
    for block in blocks("cron"):
        for line in block.strip().splitlines():
            setting = re.fullmatch(r"[A-Z]+=\S+", line)
            assert setting or CALENDAR.fullmatch(line), line


def test_the_units_are_ones():
    service, timer = units()
    assert service["Service"]["Type"] == "oneshot"
    assert timer["Timer"]["OnCalendar"] == "*-*-* 22:15:00"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert int(service["Service"]["TimeoutStopSec"]) > 5


def test_systemd_itself_finds_no_fault_with_them(tmp_path):
    for name, block in zip(("ppid-audit.service", "ppid-audit.timer"), blocks("ini"), strict=True):
        (tmp_path / name).write_text(block)
    program = shutil.which("systemd-analyze")
    said = (
        subprocess.run(
            [program, "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
        ).stderr
        if program
        else ""
    )
    assert not [line for line in said.splitlines() if str(tmp_path) in line or "Unknown" in line], said


def test_the_windows_task_starts_every_day_and_never_twice_at_once():
    task = ElementTree.fromstring(blocks("xml")[0])
    assert task.tag == "{http://schemas.microsoft.com/windows/2004/02/mit/task}Task"
    assert task.findtext(".//{*}DaysInterval") == "1"
    assert task.findtext(".//{*}MultipleInstancesPolicy") == "IgnoreNew"
    assert task.findtext(".//{*}Command", "").endswith("ppid-audit.exe")
