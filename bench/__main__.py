"""``make bench``, or ``python -m bench PART... --sites N --pages N --kilobytes N --rounds N``.

Parts: contest (the same job by other programs), scan (the whole of it, again, and judged again), stages (processor
time per page), memory (by the number of agencies), startup. Times are medians over the rounds, each round running
everything once, one after the other.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import jobs, rivals
from bench.measure import Cost, run
from bench.regency import Size, address
from bench.server import serving
from bench.stages import stages

SLOW_SHARE = 11
"""linkchecker, many times slower than all others, gets one site of so many."""

COMMANDS = ("--help", "check --help", "scan --help", "report --help", "archive --help")


def main() -> None:
    """Runs the parts that were asked for and prints a table of each."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    for name, default in (("sites", 44), ("pages", 25), ("kilobytes", 35), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    for part in asked.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](asked, Path(folder))


def contest(asked: argparse.Namespace, folder: Path) -> None:
    """Fetch and skim by four programs."""
    size, few = Size(asked.pages, asked.kilobytes), max(1, asked.sites // SLOW_SHARE)
    with serving(asked.sites, size) as urls:
        runners = {
            "ppid-audit (fetch and skim)": (rivals.ours(urls, asked.pages), asked.sites),
            "wget -r": (rivals.wget(urls, folder), asked.sites),
            "Scrapy, usual style, 2 processes": (rivals.scrapy(urls, folder), asked.sites),
            f"linkchecker ({few} sites)": (rivals.linkchecker(urls[:few], folder), few),
        }
        costs: dict[str, list[Cost]] = {name: [] for name, (command, _) in runners.items() if command}
        for _ in range(asked.rounds):
            for name in costs:
                command = runners[name][0]
                assert command
                costs[name].append(run(command, folder, {"PYTHONPATH": str(Path.cwd())}))
    rates = {name: runners[name][1] * asked.pages / median(c.wall for c in some) for name, some in costs.items()}
    base = next(iter(rates.values()))
    _head(f"{asked.sites} sites x {asked.pages} pages of {asked.kilobytes} KB, {asked.rounds} rounds")
    _row("program", "pages/s", "ms CPU/page", "MB, all processes", "ours is x faster")
    for name, some in costs.items():
        pages = runners[name][1] * asked.pages
        cpu = median(c.cpu for c in some) * 1000 / pages
        _row(
            name, f"{rates[name]:.0f}", f"{cpu:.1f}", f"{max(c.all_mb for c in some):.0f}", f"{base / rates[name]:.2f}"
        )


def scan(asked: argparse.Namespace, folder: Path) -> None:
    """The whole of it: archive, full judgement, report; the second scan; judged again."""
    costs: dict[str, list[Cost]] = {"scan": [], "second scan": [], "rescore": []}
    agencies = folder / "agencies.yaml"
    with serving(asked.sites, Size(asked.pages, asked.kilobytes)) as urls:
        jobs.write_agencies(agencies, urls, asked.pages)
        for number in range(asked.rounds):
            data = folder / f"data-{number}"
            costs["scan"].append(run(jobs.scan(agencies, data), folder))
            costs["second scan"].append(run(jobs.scan(agencies, data, "--fresh"), folder))
            costs["rescore"].append(run(jobs.rescore(data), folder))
    pages = _pages(data)
    _head(f"Whole scan: {asked.sites} sites x {asked.pages} pages of {asked.kilobytes} KB, {pages} pages read")
    _row("job", "seconds", "pages/s", "ms CPU/page", "MB, parent", "MB, all processes")
    for name, some in costs.items():
        wall, cpu = median(c.wall for c in some), median(c.cpu for c in some)
        own, every = max(c.own_mb for c in some), max(c.all_mb for c in some)
        _row(name, f"{wall:.1f}", f"{pages / wall:.0f}", f"{cpu * 1000 / pages:.1f}", f"{own:.0f}", f"{every:.0f}")


def by_stage(asked: argparse.Namespace, folder: Path) -> None:
    """Processor time per page."""
    with serving(1, Size(asked.pages, asked.kilobytes)) as urls:
        found = stages(folder, urls[0], [address(at) for at in range(asked.pages)])
    _head(f"ms CPU/page, one process, first site of a fresh process, {asked.pages} pages of {asked.kilobytes} KB")
    for name, cost in found.items():
        _row(name, f"{cost:.2f}")


def memory(asked: argparse.Namespace, folder: Path) -> None:
    """Does the peak grow with the number of agencies?"""
    _head("Peak memory (PSS, MB): scan of tiny agencies (3 pages of 10 KB)")
    _row("agencies", "parent", "all processes", "seconds")
    for sites in (44, 200, 1000):
        with serving(sites, Size(3, 10, 1)) as urls:
            agencies = folder / f"agencies-{sites}.yaml"
            jobs.write_agencies(agencies, urls, 3)
            cost = run(jobs.scan(agencies, folder / f"data-{sites}"), folder)
        _row(str(sites), f"{cost.own_mb:.0f}", f"{cost.all_mb:.0f}", f"{cost.wall:.1f}")


def startup(asked: argparse.Namespace, folder: Path) -> None:
    """How long a command takes to begin."""
    _head("Start-up")
    _row("command", "ms", "ms CPU")
    for command in COMMANDS:
        costs = [run([*jobs.PROGRAM, *command.split()], folder) for _ in range(max(5, asked.rounds))]
        _row(command, *(f"{1000 * median(values):.0f}" for values in ([c.wall for c in costs], [c.cpu for c in costs])))


def _pages(data: Path) -> int:
    report = json.loads((data / "out" / "report.json").read_text())
    return sum(agency["crawl"]["pages"] for agency in report["agencies"])


def _head(text: str) -> None:
    print(f"\n{text}\n")


def _row(name: str, *values: str) -> None:
    print(f"{name:36}" + "".join(f"{value:>18}" for value in values), flush=True)


PARTS: dict[str, Callable[[argparse.Namespace, Path], None]] = {
    "startup": startup,
    "stages": by_stage,
    "scan": scan,
    "contest": contest,
    "memory": memory,
}

if __name__ == "__main__":
    main()
