"""Starts the program many times without loading it many times: loaded once, then forked for each run.

Run as a module it reads one JSON line a run (``argv``, ``cwd``, ``log``, ``acks``), then one with the ``signal``
to send it (0: none); it answers with how the run ended (negative: the signal that ended it). Signals are sent
from here because a process that nobody has waited for keeps its number. ``acks`` is a file that gets one line
for each exchange whose storing was acknowledged to the program. ``fault`` has the disk fail (``tests.long.disk``).
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    while line := sys.stdin.readline():
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(told)
        number = json.loads(sys.stdin.readline())["signal"]
        if number:
            os.kill(child, number)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(told: dict[str, Any]) -> None:
    """The program, in the child: never returns."""
    code: Any = 70
    try:
        log = os.open(told["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(told["cwd"])
        _note_what_is_stored(told["acks"])
        if told["fault"]:
            disk.fail(**told["fault"])
        sys.argv = ["ppid-audit", *told["argv"]]
        program()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 70)


def _note_what_is_stored(path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store = Writer.store

    def noting(self: Writer, exchange: Exchange) -> Capture:
        capture = store(self, exchange)
        row = [self.path.name, capture.url, capture.sha256, capture.warc]
        os.write(file, f"{json.dumps(row)}\n".encode())
        return capture

    Writer.store = noting  # type: ignore[method-assign]


class Zygote:
    """The other end: starts runs, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.long.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def start(self, folder: Path, *argv: str, fault: dict[str, Any] | None = None) -> None:
        """Starts a run in ``folder``; it must be ended before the next."""
        told = {"argv": argv, "cwd": str(folder), "log": str(folder / "log"), "acks": str(folder / "acks")}
        self._tell({**told, "fault": fault})

    def end(self, signal: int = 0) -> int:
        """How the run ended, after ``signal`` was sent to it (by itself without one)."""
        self._tell({"signal": signal})
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def _tell(self, told: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait()


if __name__ == "__main__":
    import ppid_audit.cli.scan
    import ppid_audit.extract.reading  # noqa: F401
    from ppid_audit.archive.writer import Writer
    from ppid_audit.cli import main as program
    from ppid_audit.model.capture import Capture, Exchange
    from tests.long import disk

    main()
