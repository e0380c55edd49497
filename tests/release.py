"""Builds a release and tries it where nothing else is: ``make release``, after the tests have passed.

The wheel is made from the source archive, installed into an empty environment, run in an empty folder, and taken out
again. Nothing is published; what is to be published stands in dist/ with its digests.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from ppid_audit import __version__

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"


def main() -> None:
    """Ends with a sentence where the release is not sound."""
    if problem := unready((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__):
        sys.exit(problem)
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (source,) = SdistBuilder(str(ROOT)).build(directory=str(DIST), versions=["standard"])
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        (unpacked,) = folder.iterdir()
        (wheel,) = WheelBuilder(str(unpacked)).build(directory=str(DIST), versions=["standard"])
        tried(Path(wheel), folder)
    for path in sorted(DIST.iterdir()):
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT)}")


def unready(changelog: str, version: str) -> str:
    """Why this version cannot be released; empty when it can."""
    found = re.search(rf"^## \[{re.escape(version)}\] - (.*)$", changelog, re.MULTILINE)
    if found is None:
        return f"CHANGELOG.md says nothing of version {version}."
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", found[1]):
        return f"CHANGELOG.md: write the day of the release in place of {found[1]!r} behind [{version}]."
    return ""


def tried(wheel: Path, folder: Path) -> None:
    """Installs, runs and removes the wheel; CalledProcessError where a step fails."""
    place, empty = folder / "venv", folder / "kosong"
    empty.mkdir()
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "-q", "--disable-pip-version-check"]
    _run([*pip, "install", "-c", str(ROOT / "constraints.txt"), f"{wheel}[pdf]"], empty)
    program = str(scripts / "ppid-audit")
    for words in (
        ["--version"],
        ["doctor"],
        ["init"],
        ["check"],
        ["demo", "--quiet", "--format", "html,docx,pdf,xlsx"],
    ):
        print("ppid-audit", *words)
        _run([program, *words], empty)
    _run([*pip, "uninstall", "-y", "ppid-audit"], empty)
    if Path(program).exists():
        sys.exit("pip uninstall leaves the program behind.")


def _run(command: list[str], folder: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PPID_AUDIT_DB"}}
    subprocess.run(command, cwd=folder, env=plain, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
