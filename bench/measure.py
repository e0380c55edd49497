"""Time, processor time and memory of a program with all the processes that it starts (Linux)."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of the processors; peak memory in MB, the program's own and with its children's."""

    wall: float
    cpu: float
    own_mb: float
    all_mb: float
    code: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs a program to its end; what it prints goes to ``folder/output.txt``."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    peaks = [0.0, 0.0]
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - programs of this benchmark
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )
        ended = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - start
        ended.set()
        watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, *peaks, code)


def _watch(pid: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(_EVERY):
        sizes = [_proportional_mb(each) for each in _family(pid)]
        peaks[0] = max(peaks[0], sizes[0] if sizes else 0)
        peaks[1] = max(peaks[1], sum(sizes))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _proportional_mb(pid: int) -> float:
    """PSS: memory shared with other processes counts in parts."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
