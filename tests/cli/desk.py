"""The program called in this process: many short commands, without a new interpreter for each."""

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from ppid_audit.cli import main
from ppid_audit.cli.words import language


def call(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``ppid-audit ARGUMENTS`` in ``folder``."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code = 0
    language.cache_clear()
    with (
        chdir(folder),
        patch.object(sys, "argv", ["ppid-audit", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    language.cache_clear()
    return code, _written(out), _written(err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
