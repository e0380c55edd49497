"""The same job by others: every page of every site fetched, its links and its words looked at."""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

CACHE = Path(os.environ.get("PPID_AUDIT_BENCH", ".venv/bench")).resolve()
"""An environment of their own, made by ``make bench``: Scrapy and linkchecker are no libraries of this program."""


def wget(urls: Sequence[str], folder: Path) -> list[str] | None:
    """The command of ``wget -r`` over all sites, which reads links only and keeps the files; None without wget."""
    program = shutil.which("wget")
    kept = folder / "wget"
    return program and [program, "-q", "-r", "-l", "inf", "-e", "robots=off", "-P", str(kept), *urls]


def scrapy(urls: Sequence[str], folder: Path) -> list[str] | None:
    """The command of a spider in Scrapy's usual style on two processes; None where Scrapy is not installed."""
    python = CACHE / "bin" / "python"
    if not (CACHE / "bin" / "scrapy").exists():
        return None
    job = folder / "scrapy.json"
    job.write_text(json.dumps({"urls": list(urls)}))
    return [str(python), str(Path(__file__).with_name("scrapy_usual.py")), str(job)]


def linkchecker(urls: Sequence[str], folder: Path) -> list[str] | None:
    """The command of linkchecker with its waiting between requests reduced; None where it is not installed."""
    program = CACHE / "bin" / "linkchecker"
    if not program.exists():
        return None
    settings = folder / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=10000\n[filtering]\ncheckextern=0\n")
    return [str(program), "-q", "-f", str(settings), "--no-robots", "-t", "20", *urls]


def ours(urls: Sequence[str], pages: int) -> list[str]:
    """The command of this program's crawler and skimmer alone: neither archive nor judgement."""
    return [sys.executable, "-m", "bench.skimming", str(pages), *urls]
