"""Judging again is a function of evidence, rubric, reviews, day and program: nothing else may show in the result.

Run as a module it judges the demo again a hundred times. With a data folder, a number of workers and a seed it
prints the SHA-256 of report.json of one rescore, made with every socket closed and with the readings in an order
drawn from the seed.
"""

import asyncio
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
ZONES = ("UTC", "Asia/Jakarta", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
LANGUAGES = ("C", "C.UTF-8", "id_ID.UTF-8", "tr_TR.UTF-8", "POSIX")


def settings(count: int, seed: int = 0) -> Iterator[tuple[dict[str, str], int, int]]:
    """Environments, numbers of workers and seeds of the order."""
    draw = Random(seed)
    for number in range(count):
        language = draw.choice(LANGUAGES)
        yield (
            {
                "PYTHONHASHSEED": str(draw.randrange(2**32)),
                "TZ": ZONES[number % len(ZONES)],
                "LANG": language,
                "LC_ALL": language,
                "PPID_AUDIT_LANG": draw.choice(("id", "en")),
            },
            1 + number % 3,
            draw.randrange(2**32),
        )


def digest(data: Path, environment: dict[str, str], workers: int, seed: int) -> str:
    """The digest that a process of its own comes to."""
    command = [sys.executable, "-m", "tests.long.purity", str(data), str(workers), str(seed)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _rescored(data: Path, workers: int, seed: int) -> bytes:
    from ppid_audit.audit import judge, rescore
    from ppid_audit.report.jsonfile import report_json

    read_all = judge._read_all

    async def shuffled(*arguments: Any) -> list[Any]:
        readings = await read_all(*arguments)
        Random(seed).shuffle(readings)
        return readings

    def closed(*arguments: object) -> None:
        raise AssertionError("judging again needs no network")

    setattr(judge, "_read_all", shuffled)  # noqa: B010
    setattr(socket.socket, "connect", closed)  # noqa: B010
    setattr(socket, "getaddrinfo", closed)  # noqa: B010
    return report_json(asyncio.run(rescore(data, "latest", None, None, None, workers)))


def _of_the_demo(times: int) -> int:
    """How many digests there are when the demo is judged again many times, and once cut off from every network."""
    from ppid_audit.audit.database import DATABASE
    from ppid_audit.history.store import Store
    from ppid_audit.report.jsonfile import report_json

    with tempfile.TemporaryDirectory() as root:
        data = Path(root) / "data"
        scanned = [
            sys.executable,
            "-c",
            "from ppid_audit.cli import main; main()",
            "demo",
            "--data",
            str(data),
            "--quiet",
        ]
        subprocess.run(scanned, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        digests = {hashlib.sha256(report_json(Store(data / DATABASE).load())).hexdigest()}
        for number, setting in enumerate(settings(times, seed=int(time.time())), 1):
            digests.add(digest(data, *setting))
            if number % 20 == 0:
                print(f"rescored={number} digests={len(digests)}", flush=True)
        alone = ["unshare", "-rn", sys.executable, "-m", "tests.long.purity", str(data), "2", "0"]
        done = subprocess.run(alone, cwd=ROOT, capture_output=True, text=True, check=False)
        said = done.stdout.strip() in digests if done.returncode == 0 else "not possible on this system"
        print(f"without a network namespace's network: same={said}")
        print(f"rescored={times} digests={len(digests)} {digests}")
        return len(digests)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(hashlib.sha256(_rescored(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))).hexdigest())
    else:
        sys.exit(_of_the_demo(int(sys.argv[1]) if len(sys.argv) > 1 else 100) != 1)
