"""The program as a user calls it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

_RUN = "from ppid_audit.cli import main; main()"


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What ``ppid-audit ARGUMENTS`` prints and how it ends, without a terminal."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PPID_AUDIT_")}
    return subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        cwd=cwd,
        env=plain,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
