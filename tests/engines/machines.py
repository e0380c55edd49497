"""A real cluster of dask.distributed on loopback: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

QUIET = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
ROOT = Path(__file__).parents[2]
_SECONDS = 30


class Machines:
    """A scheduler whose ``address`` is known on entering; ``hire`` starts workers. None is left at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def __enter__(self) -> "Machines":
        file = self._folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.address = self._written(file)["address"]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.kill()
        for process in self._running:
            process.wait()

    def hire(self, count: int, environment: Mapping[str, str] = {}) -> None:
        """Starts ``count`` workers and waits until they are at work."""
        places = [self._folder / f"worker-{len(self._running) + n}" for n in range(count)]
        for place in places:
            place.mkdir()
            options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(place), "--host", "127.0.0.1")
            self.workers.append(
                self._start("worker", self.address, *options, "--name", place.name, environment=environment)
            )
        for place in places:
            self._until(lambda place=place: b"Registered to" in (self._folder / f"{place.name}.log").read_bytes())

    def dismiss(self) -> None:
        """Kills all workers."""
        for process in self.workers:
            process.kill()
            process.wait()
        self.workers.clear()

    def stop_scheduler(self) -> None:
        self._running[0].kill()
        self._running[0].wait()

    def _start(self, what: str, *options: str, environment: Mapping[str, str] = {}) -> subprocess.Popen[bytes]:
        name = options[-1] if what == "worker" else what
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", what, *options, "--no-dashboard"],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), **QUIET, **environment},
                stdout=log,
                stderr=log,
            )
        self._running.append(process)
        return process

    def _written(self, file: Path) -> dict[str, str]:
        found: dict[str, str] = {}

        def read() -> bool:
            with suppress(OSError, ValueError):
                found.update(json.loads(file.read_text("utf-8")))
            return bool(found)

        self._until(read)
        return found

    def _until(self, true) -> None:
        end = time.monotonic() + _SECONDS
        while not true():
            assert time.monotonic() < end, [log.read_text("utf-8", "replace") for log in self._folder.glob("*.log")]
            time.sleep(0.05)
