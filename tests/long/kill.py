"""The kill harness: scans ended by SIGKILL at random instants, then resumed. ``make long`` runs it.

After each kill and resumption: nothing acknowledged is lost, nothing is stored or asked for twice except what was
in flight, the evidence is sound, and the judgement is that of a scan that nobody interrupted.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from ppid_audit.archive.reader import read
from ppid_audit.audit.database import DATABASE
from ppid_audit.audit.evidence import check
from ppid_audit.cli.init import bundled
from ppid_audit.history.store import Store
from ppid_audit.report.jsonfile import report_json
from ppid_audit.web.urls import path as path_of
from tests.cli.small_regency import rubric
from tests.long.sites import Served, serving
from tests.long.zygote import Zygote

SCAN = ("scan", "--as-of", "2026-11-24", "--delay", "0", "--quiet")


@dataclass
class Tally:
    """What was seen over all kills, and the faults: what was lost, done twice, damaged or judged otherwise.

    What is stored is held against a scan that nobody interrupted: an address too often or not often enough.
    ``in_time`` kills came before the end; ``torn`` of them left half a record; ``in_flight`` requests had been
    sent but not been stored and were sent again.
    """

    kills: int = 0
    in_time: int = 0
    acknowledged: int = 0
    torn: int = 0
    in_flight: int = 0
    lost: int = 0
    stored_twice: int = 0
    never_stored: int = 0
    asked_again: int = 0
    beyond_flight: int = 0
    damaged: int = 0
    other_judgement: int = 0
    failed: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """How often a promise was broken."""
        broken = (self.lost, self.stored_twice, self.never_stored, self.asked_again, self.beyond_flight)
        return sum(broken) + self.damaged + self.other_judgement + self.failed

    def text(self) -> str:
        told = {name: value for name, value in vars(self).items() if name != "seconds"}
        return " ".join(f"{name}={value}" for name, value in told.items())


class Harness:
    """Runs, kills and looks. Each site can have one request in flight at a kill."""

    def __init__(self, root: Path, served: Served, what: str, zygote: Zygote, random: Random) -> None:
        self._root, self._served, self._zygote, self._random = root, served, zygote, random
        self._files = _files(served.urls, what)
        self._site = {url.split("/")[2]: name for name, url in served.urls.items()}
        if what == "demo":
            self._site = {url.split("/")[2]: url.split("/")[2].partition(":")[2] for url in served.urls.values()}
        self.tally = Tally()
        self._codes = {0} if what == "small" else {3}
        self._whole = self._measure()

    def _measure(self) -> str:
        """The judgement of scans that nobody interrupts, and how long one takes."""
        judgements = set()
        for number in range(3):
            folder = self._new(f"whole-{number}")
            began = time.monotonic()
            self._zygote.start(folder, *SCAN)
            assert self._zygote.end() in self._codes, (folder / "log").read_text()
            self.tally.seconds.append(time.monotonic() - began)
            judgements.add(_judgement(folder))
            self._once = Counter((name, url) for name, url, _ in _kept(folder))
            shutil.rmtree(folder)
        (whole,) = judgements
        return whole

    def kill_once(self) -> None:
        """One scan: killed at a random instant (some twice), then resumed to its end."""
        folder = self._new(f"kill-{self.tally.kills}")
        self.tally.kills += 1
        before = len(self._served.asked())
        killed = self._killed(folder)
        twice = killed and self._random.random() < 0.2
        if twice:
            self._killed(folder, "--resume")
        acknowledged, then = _acks(folder), len(self._served.asked())
        finished = _finished(folder)
        self._zygote.start(folder, *SCAN, "--resume")
        if self._zygote.end() not in self._codes:
            self.tally.failed += 1
            print((folder / "log").read_text()[-2000:], file=sys.stderr)
            return
        self.tally.torn += "dipotong" in (folder / "log").read_text()
        if killed and not finished:
            self.tally.in_time += 1
            self._compare(folder, acknowledged, before, then, runs=1 + twice)
        self.tally.damaged += sum(len(found) for _, found in check(folder / "ppid-data", _store(folder)))
        self.tally.other_judgement += _judgement(folder) != self._whole
        shutil.rmtree(folder)

    def _killed(self, folder: Path, *more: str) -> bool:
        """Whether the kill came before the end."""
        self._zygote.start(folder, *SCAN, *more)
        time.sleep(self._random.uniform(0, median(self.tally.seconds)))
        return self._zygote.end(signal.SIGKILL) == -signal.SIGKILL

    def _compare(self, folder: Path, acknowledged: list[list[str]], before: int, then: int, runs: int) -> None:
        kept = Counter(_kept(folder))
        stored = Counter((name, url) for name, url, _ in kept.elements())
        acks = Counter((name, url, digest) for name, url, digest, _ in acknowledged)
        self.tally.acknowledged += acks.total()
        self.tally.lost += (acks - kept).total()
        self.tally.stored_twice += (stored - self._once).total()
        self.tally.never_stored += (self._once - stored).total()
        known = {(self._site.get(url.split("/")[2], ""), path_of(url)) for _, url, _, _ in acknowledged}
        again = [row for row in self._served.asked(then) if row[:2] in known]
        earlier = {row[:2] for row in self._served.asked(before)[: then - before]}
        self.tally.asked_again += len(again)
        flown = sum(row[:2] in earlier and row not in again for row in self._served.asked(then))
        self.tally.in_flight += flown
        self.tally.beyond_flight += max(0, flown - len(self._served.urls) * runs)

    def _new(self, name: str) -> Path:
        folder = self._root / name
        folder.mkdir()
        for file, content in self._files.items():
            (folder / file).write_bytes(content)
        return folder


def _files(urls: dict[str, str], what: str) -> dict[str, bytes]:
    entries = "".join(
        f"  - {{id: {name}, name: Dinas {name}, kind: dinas, url: '{url}'}}\n" for name, url in urls.items()
    )
    ruler = bundled("rubric.yaml") if what == "demo" else rubric().encode()
    return {"agencies.yaml": f"crawl: {{delay: 0}}\nagencies:\n{entries}".encode(), "rubric.yaml": ruler}


def _store(folder: Path) -> Store:
    return Store(folder / "ppid-data" / DATABASE)


def _kept(folder: Path) -> list[tuple[str, str, str]]:
    """(file, address, digest of the body) of all that the last scan stored."""
    archives = sorted((folder / "ppid-data" / "archive" / _store(folder).load().scan.id).glob("*.warc.gz"))
    captures = ((path.name, exchange.capture) for path in archives for exchange in read(path))
    return [(name, capture.url, capture.sha256) for name, capture in captures]


def _finished(folder: Path) -> bool:
    return bool(_store(folder).finished())


def _judgement(folder: Path) -> str:
    digest: str = json.loads(report_json(_store(folder).load()))["scan"]["judgement_sha256"]
    return digest


def _acks(folder: Path) -> list[list[str]]:
    path = folder / "acks"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@contextmanager
def harness(root: Path, what: str, seed: int) -> Iterator[Harness]:
    """A harness with its sites and its way to start scans."""
    with serving(root / "asked", what) as served:
        zygote = Zygote()
        try:
            yield Harness(root, served, what, zygote, Random(seed))
        finally:
            zygote.close()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--demo", type=int, default=30)
    options.add_argument("--seconds", type=float, default=3600, help="bound for each of the two parts")
    options.add_argument("--seed", type=int, default=int(time.time()))
    given = options.parse_args()
    faults = 0
    for what, kills in (("small", given.kills), ("demo", given.demo)):
        with tempfile.TemporaryDirectory() as root, harness(Path(root), what, given.seed) as running:
            until = time.monotonic() + given.seconds
            while running.tally.kills < kills and time.monotonic() < until:
                running.kill_once()
                if running.tally.kills % 50 == 0:
                    print(f"{what}: {running.tally.text()}", flush=True)
            print(f"{what} (seed {given.seed}): {running.tally.text()}", flush=True)
            faults += running.tally.faults
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
