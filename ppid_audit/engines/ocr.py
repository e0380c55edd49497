"""Words of scanned pages, by the ``tesseract`` program of the operating system (extra work, off by default).

What it reads depends on its version, so its words only help to tell what a scan is: they never make a
verdict by themselves, and without them a scan counts by its title.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable

LANGUAGE = "ind"
_SECONDS = 30


def available() -> bool:
    """Whether tesseract with the Indonesian language is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603 - fixed arguments
    return LANGUAGE in listed.stdout.split()


def words_of(pictures: Iterable[bytes]) -> str:
    """The text of pictures (any format that tesseract reads) one after another; what cannot be read gives none."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    return "\n".join(filter(None, (_words(program, picture) for picture in pictures)))


def _words(program: str, picture: bytes) -> str:
    command = [program, "stdin", "stdout", "-l", LANGUAGE]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, the picture goes through standard input
            command, input=picture, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
