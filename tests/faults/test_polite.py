"""Politeness, proved on what servers saw and on the log that an operator can read."""

import asyncio
import csv
import itertools
from datetime import datetime
from pathlib import Path

import pytest

from ppid_audit.audit.request_log import COLUMNS, NAME, RequestLog
from ppid_audit.cli import inputs
from ppid_audit.cli.running import Stop
from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.politeness import PATIENCE, Politeness
from ppid_audit.crawl.request import Request
from ppid_audit.errors import InputError
from ppid_audit.model.agency import Agency, CrawlSettings, Registry
from ppid_audit.model.capture import Capture, Exchange, Problem, Role
from tests.cli.small_regency import Pages, Regency, page
from tests.crawl.servers import link, now, reply
from tests.crawl.servers import page as served
from tests.faults.lab import Lab, _relevance, _skim

DELAY = 0.08
BESIDES = ("robots.txt", "sitemap.xml", "a place that cannot exist")
"""What each visit asks for beside its pages."""


async def shared(url: str) -> str:
    return "203.0.113.1"


@pytest.mark.anyio
async def test_offices_on_one_server_are_asked_one_at_a_time_robots_first_within_budget(lab: Lab):
    links = [link(f"/ppid/{n}", f"PPID {n}") for n in range(9)]
    sites = [await lab.serve({"/": served(*links)} | {f"/ppid/{n}": served() for n in range(9)}) for _ in range(3)]
    busy: list[str] = []

    async with lab.fetch() as fetch:
        manners = Politeness(DELAY, shared)

        async def alone(request: Request) -> Exchange:
            assert busy == []
            busy.append(request.url)
            try:
                return await fetch(request)
            finally:
                busy.clear()

        async def one(number: int) -> None:
            plan = Plan(delay=DELAY, max_pages=4, max_documents=2, site_seconds=20, max_depth=3)
            who = Agency(f"a{number}", "A", "dinas", sites[number].url())
            await visit(who, plan, alone, _skim, _relevance, lambda e: e.capture, manners, now, lambda _: None)

        await asyncio.gather(*map(one, range(3)))
    moments = sorted(moment for site in sites for moment, _ in site.seen)
    assert len(moments) == 3 * (4 + len(BESIDES))
    assert all(later - earlier >= DELAY for earlier, later in itertools.pairwise(moments))
    for site in sites:
        assert site.paths[0] == "/robots.txt"
        assert len([path for path in site.paths if path == "/" or path.startswith("/ppid")]) == 4


@pytest.mark.anyio
async def test_a_host_that_keeps_failing_is_left_alone(lab: Lab):
    site = await lab.serve({"/": served(*(link(f"/ppid/{n}", "PPID") for n in range(30)))})
    site.routes |= {f"/ppid/{n}": reply("x", "500 Oops") for n in range(30)}
    await lab.visit(site.url())
    assert len([path for path in site.paths if path.startswith("/ppid")]) == PATIENCE


@pytest.mark.anyio
async def test_who_asks_for_patience_gets_it(lab: Lab):
    wish = reply("x", "503 Busy", retry_after="901")
    site = await lab.serve({"/": served(link("/ppid", "PPID"), link("/dip", "DIP")), "/ppid": wish, "/dip": served()})
    snapshot = await lab.visit(site.url())
    assert "/dip" not in site.paths
    assert [item.why.value for item in snapshot.unread] == ["host_stopped"]


@pytest.fixture
def regency(tmp_path):
    made = Regency(tmp_path, dinkes=Pages({"/profil": page("Profil"), "/renstra": page("Renstra")}), bkd=Pages())
    yield made
    made.close()


def log_of(folder: Path) -> list[dict[str, str]]:
    (path,) = folder.glob(f"ppid-data/archive/*/{NAME}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_request_of_a_scan_is_in_the_log(regency):
    asked: list[str] = []
    for name, server in regency._servers.items():
        handler = server.RequestHandlerClass
        do_get = handler.do_GET

        def seen(self, do_get=do_get, name=name):
            asked.append(f"{name} {self.path}")
            do_get(self)

        handler.do_GET = seen
    regency.scan()
    rows = log_of(regency.folder)
    assert sorted(f"{row['perangkat_daerah']} {'/' + row['url'].split('/', 3)[3]}" for row in rows) == sorted(asked)
    assert all(row["ip"] == "127.0.0.1" and row["waktu"].endswith("Z") and row["status"].isdigit() for row in rows)
    assert {
        agency: next(r["url"] for r in rows if r["perangkat_daerah"] == agency) for agency in ("dinkes", "bkd")
    } == {name: f"http://127.0.0.1:{server.server_port}/robots.txt" for name, server in regency._servers.items()}


def test_a_dry_run_lists_and_sends_nothing(regency):
    for server in regency._servers.values():
        server.RequestHandlerClass.do_GET = lambda self: pytest.fail("asked")
    told = regency.run("scan", "--dry-run")
    assert all(name in told for name in ("dinkes", "bkd", "http://127.0.0.1"))
    assert not (regency.folder / "ppid-data").exists()


def test_who_opted_out_is_sent_nothing(regency):
    text = (regency.folder / "agencies.yaml").read_text()
    out = text.replace("kind: dinas, url", "kind: dinas, opt_out: {on: 2026-11-01, reason: minta}, url", 1)
    regency.write("agencies.yaml", out)
    regency.run("scan", "--as-of", "2026-11-24", "--quiet", code=3)
    assert {row["perangkat_daerah"] for row in log_of(regency.folder)} == {"bkd"}
    assert "dinkes" in regency.run("scan", "--dry-run")


@pytest.mark.parametrize(
    ("hours", "at", "may"),
    [
        ("20:00-05:00", "23:10", True),
        ("20:00-05:00", "04:59", True),
        ("20:00-05:00", "12:00", False),
        ("08:00-16:00", "12:00", True),
        ("08:00-16:00", "16:01", False),
    ],
)
def test_hours(hours, at, may):
    agency = Agency("a", "A", "dinas", "https://a.example/")
    registry = Registry((agency,), contact="a@b.example", crawl=CrawlSettings(hours=hours))
    moment = datetime.fromisoformat(f"2026-11-24T{at}")
    if may:
        inputs.may_visit(registry, Path("agencies.yaml"), moment)
    else:
        with pytest.raises(InputError):
            inputs.may_visit(registry, Path("agencies.yaml"), moment)


def test_hours_that_end_end_the_visits():
    agency = Agency("a", "A", "dinas", "https://a.example/")
    registry = Registry((agency,), contact="a@b.example", crawl=CrawlSettings(hours="20:00-05:00"))
    times = iter(["2026-11-24T04:59", "2026-11-24T05:01"])
    stop = Stop(inputs.closing(registry, lambda: datetime.fromisoformat(next(times))))
    assert [stop(), stop()] == [False, True]
    inside = Registry((Agency("a", "A", "dinas", "http://127.0.0.1:8000/"),), crawl=registry.crawl)
    assert not inputs.closing(inside, lambda: datetime.fromisoformat("2026-11-24T12:00"))()


def test_what_the_hours_cut_off_is_gone_on_with(regency):
    calls = iter(range(10**6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "closing", lambda registry: lambda: next(calls) > 3)
        told = regency.run("scan", "--as-of", "2026-11-24", code=130)
    assert "scan --resume" in told
    before = len(log_of(regency.folder))
    regency.run("scan", "--as-of", "2026-11-24", "--resume", "--quiet")
    urls = [row["url"] for row in log_of(regency.folder)]
    assert 0 < before < len(urls) == len(set(urls))


@pytest.mark.anyio
async def test_nothing_in_the_log_is_obeyed_by_anything(lab: Lab):
    url, hop = "http://a.example/\tx\x1b[31m\n=1+1", "http://a.example/\u202ey?token=rahasia"
    capture = Capture(url, hop, Role.PAGE, now(), None, Problem.RESET, redirects=(hop,), ip="203.0.113.1", seconds=0.25)

    async def answer(request: Request) -> Exchange:
        return Exchange(capture)

    for _ in range(2):
        await RequestLog(lab.folder / NAME, "dinkes", answer)(Request(url, Role.PAGE))
    lines = (lab.folder / NAME).read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert len(lines) == 5
    assert all(len(line.split("\t")) == len(COLUMNS) and line.replace("\t", "").isprintable() for line in lines)
    assert lines[2].split("\t")[2:] == ["http://a.example/?y?token=***", "203.0.113.1", "", "reset", "0", "0.250"]
