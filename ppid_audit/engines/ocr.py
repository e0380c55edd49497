"""Words of scanned pages, by the ``tesseract`` program of the operating system (extra work, off by default).

What it reads depends on its version and on its knowledge of the language: ``Ocr.name`` tells both. Without it a
scan counts by its title.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

LANGUAGE = "ind"
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Ocr:
    """A reader of pictures: ``words`` gives the text of some, ``name`` is what its text depends on.

    ``words`` is a function of a module, so that a worker process can be given it.
    """

    name: str
    words: Callable[[tuple[bytes, ...]], str]


def tesseract() -> Ocr | None:
    """The program of this machine, named as ``tesseract 5.3.0 (ind 4d2a1b3c)``; None without it or Indonesian."""
    told, knowledge = _told("--version"), _knowledge()
    if knowledge is None:
        return None
    version = told.split("\n", 1)[0].strip() or "tesseract"
    return Ocr(f"{version} ({LANGUAGE} {knowledge})".replace(" )", ")"), words_of)


def available() -> bool:
    """Whether tesseract with the Indonesian language is installed."""
    return _knowledge() is not None


def _told(question: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        done = subprocess.run([program, question], capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603 - fixed arguments
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout or done.stderr  # old versions answer on the second


def _knowledge() -> str | None:
    """The first digits of the digest of the Indonesian language data, empty where its place is not told."""
    listed = _told("--list-langs")
    if LANGUAGE not in listed.split():
        return None
    folder = re.search(r'"(.+)"', listed)
    try:
        return hashlib.sha256(Path(folder[1], f"{LANGUAGE}.traineddata").read_bytes()).hexdigest()[:8] if folder else ""
    except OSError:
        return ""


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
        running = subprocess.Popen(  # noqa: S603 - fixed arguments, the picture goes through standard input
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError:
        return ""
    with running:
        _limit(running.pid)
        try:
            said, _ = running.communicate(picture, timeout=_SECONDS)
        except (subprocess.TimeoutExpired, OSError):
            running.kill()
            return ""
    return said.decode("utf-8", "replace").strip() if running.returncode == 0 else ""


def _limit(process: int) -> None:
    """Has the kernel end it (Linux) even if whoever waits for it is killed."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
