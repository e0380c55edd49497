"""The country on virtual time: how long a scan of every agency would take, on how many machines, and what gives first.

    python -m bench.country                          the country on 1 to 64 machines
    python -m bench.country --province               one province
    python -m bench.country --set page_ms=6 --set shared=0.9

No request is sent and no clock is looked at: the same inputs and seed give the same table. What is real in it is
the grouping (``audit.batches``, the product's own); what the inputs are worth is said in docs/scale.md.
"""

import argparse
import asyncio
import heapq
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from statistics import median

from ppid_audit.audit.batches import batches
from ppid_audit.audit.cluster import BATCH
from ppid_audit.audit.visits import Call
from ppid_audit.model.agency import Agency
from ppid_audit.web import urls


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the model is fed with. Times are seconds unless the name says otherwise."""

    regencies: int = 508
    province_units: int = 45
    provinces: int = 38
    units: int = 27
    districts: float = 14.34
    shared: float = 0.7
    dead: float = 0.15
    slow: float = 0.05
    pages: float = 60
    pages_spread: float = 0.9
    most_pages: int = 200
    documents: float = 0.25
    delay: float = 1.0
    latency: float = 0.4
    latency_spread: float = 0.8
    slow_latency: float = 6.0
    dead_seconds: float = 60.0
    page_ms: float = 12.0
    document_ms: float = 120.0
    agency_ms: float = 600.0
    page_wire_kb: float = 11.3
    page_archive_kb: float = 13.2
    document_kb: float = 500.0
    machine_mb: float = 300.0
    visit_mb: float = 0.3
    result_kb: float = 75.0
    capture_kb: float = 2.2
    cores: int = 2
    threads: int = 32
    seed: int = 20261124


@dataclass(frozen=True, slots=True)
class Site:
    """One agency's site: what its server has to be asked for, and what the answers cost this side."""

    requests: int
    seconds: float
    cpu: float
    wire_kb: float
    archive_kb: float


@dataclass(slots=True)
class Server:
    """The visits that wait for one another, as they share a server."""

    seconds: float = 0.0
    cpu: float = 0.0


@dataclass(slots=True)
class Machine:
    """A worker: its clock of progress (``done``) falls behind real time when more is asked than its cores give."""

    cores: int
    done: float = 0.0
    demand: float = 0.0
    running: list[tuple[float, int, float]] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    sites: int = 0
    most_sites: int = 0

    @property
    def pace(self) -> float:
        """Seconds of progress in a second."""
        return min(1.0, self.cores / self.demand) if self.demand > 0 else 1.0

    def wait(self) -> float:
        """Real seconds until the next server is done."""
        return (self.running[0][0] - self.done) / self.pace if self.running else math.inf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a simulated scan took."""

    machines: int
    hours: float
    longest: float
    cpu_hours: float
    busy: float
    most_sites: int


def country(inputs: Inputs, province: bool = False) -> tuple[list[Call], dict[str, str], dict[str, Site]]:
    """The agencies, the server of each host, and their sites."""
    draw = random.Random(inputs.seed)  # noqa: S311 - a model, nothing secret
    regencies, provinces = (35, 1) if province else (inputs.regencies, inputs.provinces)
    calls, servers, sites = [], {}, {}
    for region in range(regencies + provinces):
        count = inputs.province_units if region >= regencies else inputs.units + _about(draw, inputs.districts)
        for number in range(count):
            host = f"u{number}.d{region}.go.id"
            calls.append(Call(Agency(f"u{number}-{region}", "", "dinas", f"https://{host}/")))
            servers[host] = f"server-{region}" if draw.random() < inputs.shared else host
            sites[host] = _site(inputs, draw)
    return calls, servers, sites


def _about(draw: random.Random, mean: float) -> int:
    return int(mean) + (draw.random() < mean % 1)


def _site(inputs: Inputs, draw: random.Random) -> Site:
    if draw.random() < inputs.dead:
        return Site(2, inputs.dead_seconds, inputs.agency_ms / 1000, 0.0, 1.0)
    pages = min(inputs.most_pages, max(1, round(draw.lognormvariate(math.log(inputs.pages), inputs.pages_spread))))
    documents = round(pages * inputs.documents)
    typical = inputs.slow_latency if draw.random() < inputs.slow else inputs.latency
    latency = draw.lognormvariate(math.log(typical), inputs.latency_spread)
    requests = pages + documents + 2
    return Site(
        requests,
        requests * (inputs.delay + min(latency, 15.0)),
        (pages * inputs.page_ms + documents * inputs.document_ms + inputs.agency_ms) / 1000,
        pages * inputs.page_wire_kb + documents * inputs.document_kb,
        pages * inputs.page_archive_kb + documents * inputs.document_kb,
    )


def planned(inputs: Inputs, calls: Sequence[Call], servers: dict[str, str]) -> list[list[str]]:
    """The hosts of each batch, as the product itself would group them."""

    async def address(url: str) -> str:
        return servers[urls.host(url)]

    made = asyncio.run(batches(calls, address, BATCH))
    return [[urls.host(call.agency.url) for call in batch.calls] for batch in made]


def simulated(
    inputs: Inputs, batched: Sequence[Sequence[str]], servers: dict[str, str], sites: dict[str, Site], machines: int
) -> Outcome:
    """The scan on so many machines."""
    plans = [_servers(hosts, servers, sites) for hosts in batched]
    longest = max(server.seconds for plan in plans for server in plan)
    crew = [Machine(inputs.cores) for _ in range(machines)]
    todo: Iterator[int] = iter(range(len(plans)))
    for _ in range(inputs.threads):
        for machine in crew:
            _begin(machine, todo, plans, batched)
    now = 0.0
    while (wait := min(machine.wait() for machine in crew)) < math.inf:
        now += wait
        for machine in crew:
            machine.done += wait * machine.pace
            while machine.running and machine.running[0][0] <= machine.done + 1e-9:
                _end(machine, todo, plans, batched)
    cpu = sum(server.cpu for plan in plans for server in plan)
    busy = cpu / (now * machines * inputs.cores)
    return Outcome(machines, now / 3600, longest / 3600, cpu / 3600, busy, max(m.most_sites for m in crew))


def _servers(hosts: Sequence[str], servers: dict[str, str], sites: dict[str, Site]) -> list[Server]:
    found: dict[str, Server] = {}
    for host in hosts:
        server = found.setdefault(servers[host], Server())
        server.seconds += sites[host].seconds
        server.cpu += sites[host].cpu
    return list(found.values())


def _begin(
    machine: Machine, todo: Iterator[int], plans: Sequence[Sequence[Server]], batched: Sequence[Sequence[str]]
) -> None:
    number = next(todo, None)
    if number is None:
        return
    for server in plans[number]:
        need = server.cpu / server.seconds
        heapq.heappush(machine.running, (machine.done + server.seconds, number, need))
        machine.demand += need
    machine.open[number] = len(plans[number])
    machine.sites += len(batched[number])
    machine.most_sites = max(machine.most_sites, machine.sites)


def _end(
    machine: Machine, todo: Iterator[int], plans: Sequence[Sequence[Server]], batched: Sequence[Sequence[str]]
) -> None:
    _, number, need = heapq.heappop(machine.running)
    machine.demand = max(0.0, machine.demand - need) if machine.running else 0.0
    machine.open[number] -= 1
    if not machine.open[number]:
        machine.sites -= len(batched[number])
        _begin(machine, todo, plans, batched)


def table(inputs: Inputs, province: bool, counts: Sequence[int]) -> str:
    """What was simulated, as text."""
    calls, servers, sites = country(inputs, province)
    batched = planned(inputs, calls, servers)
    total = len(calls)
    requests = sum(site.requests for site in sites.values())
    lines = [
        f"agencies {total}, servers {len(set(servers.values()))}, batches {len(batched)}, requests {requests}, "
        f"median {median(site.requests for site in sites.values()):.0f} a site",
        f"received {sum(s.wire_kb for s in sites.values()) / 1e6:.0f} GB, archive "
        f"{sum(s.archive_kb for s in sites.values()) / 1e6:.0f} GB, conductor's memory "
        f"{(total * inputs.result_kb + requests * inputs.capture_kb) / 1e6:.1f} GB",
        "machines  hours  longest server  CPU h  CPU busy  sites/vCPU-hour  requests/s  Mbit/s  sites in flight  MB",
    ]
    for count in counts:
        done = simulated(inputs, batched, servers, sites, count)
        speed = sum(s.wire_kb for s in sites.values()) * 8 / 1000 / (done.hours * 3600)
        lines.append(
            f"{count:8d} {done.hours:6.1f} {done.longest:15.1f} {done.cpu_hours:6.1f} {done.busy:9.0%} "
            f"{total / (done.hours * count * inputs.cores):16.0f} {requests / (done.hours * 3600):11.1f} {speed:7.1f} "
            f"{done.most_sites:16d} {inputs.machine_mb + done.most_sites * inputs.visit_mb:4.0f}"
        )
    return "\n".join(lines)


def tuned(inputs: Inputs, settings: Sequence[str]) -> Inputs:
    """``inputs`` with ``name=value`` put in; ValueError for another name or no number."""
    kinds = {each.name: type(getattr(inputs, each.name)) for each in fields(inputs)}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise ValueError(f"{name}: not one of {', '.join(kinds)}")
        inputs = replace(inputs, **{name: kinds[name](value)})
    return inputs


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description="Simulates a scan of the country.")
    options.add_argument("--province", action="store_true")
    options.add_argument("--machines", type=int, nargs="*", default=[1, 2, 4, 8, 16, 32, 64])
    options.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    given = options.parse_args()
    print(table(tuned(Inputs(), given.set), given.province, given.machines))


if __name__ == "__main__":
    main()
