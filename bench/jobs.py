"""What is measured of this program: a whole scan, judging it again, and the fetch-and-skim part alone."""

import sys
from collections.abc import Sequence
from pathlib import Path

PROGRAM = [sys.executable, "-c", "import sys; from ppid_audit.cli import main; sys.argv[0] = 'ppid-audit'; main()"]
AS_OF = "2026-11-24"


def write_agencies(path: Path, urls: Sequence[str], pages: int) -> None:
    """An agencies.yaml of the regency's sites, with a budget of exactly their pages."""
    lines = [f"crawl: {{delay: 0, max_pages: {pages}}}", "agencies:"]
    lines += [f'  - {{id: situs-{n}, name: Dinas {n}, kind: dinas, url: "{url}"}}' for n, url in enumerate(urls)]
    path.write_text("\n".join(lines) + "\n")


def scan(agencies: Path, data: Path, *more: str) -> list[str]:
    """The command of a whole scan: archive, judgement, reports."""
    files = ["--agencies", str(agencies), "--data", str(data), "--rubric", str(RUBRIC), "--out", str(data / "out")]
    return [*PROGRAM, "scan", *files, "--delay", "0", "--as-of", AS_OF, "--quiet", "--format", "json", *more]


def rescore(data: Path) -> list[str]:
    """The command that judges the scan again, without a network."""
    return [*PROGRAM, "rescore", "--data", str(data), "--out", str(data / "again"), "--format", "json"]


RUBRIC = Path(__file__).parent.parent / "rubric.yaml"
