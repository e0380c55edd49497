"""E, and N16 and N17: our own end. What is our fault is never told as a site's."""

import json
import sys
from dataclasses import replace

import pytest

from ppid_audit.audit.judge import Judged
from ppid_audit.audit.suspect import ALIKE, suspected, suspicion
from ppid_audit.cli.running import exit_code
from ppid_audit.crawl import fetch as fetching
from ppid_audit.crawl import tls
from ppid_audit.demo.regency import AS_OF
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Note, Problem, Role, Snapshot
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Result, Scan
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import ranking
from tests.faults.cases import Cases
from tests.faults.lab import Lab
from tests.faults.law import NOW, result, rubric

fault = Cases()
RUBRIC = rubric()
ROOTS = ("ISRG Root X1", "ISRG Root X2", "GTS Root R1", "GTS Root R4", "DigiCert Global Root G2")


def judged(number: int, *captures: Capture, **more) -> Judged:
    """An agency whose visit brought these answers (all it was asked for), judged as such."""
    agency = Agency(f"a{number}", f"Dinas {number}", "dinas", f"https://a{number}.kab.example/", **more)
    snapshot = Snapshot(agency.id, NOW, NOW, captures, notes=(Note("tls_invalid", "x", agency.url),))
    return Judged(agency, snapshot, result(agency, snapshot, RUBRIC))


def home(number: int, to: str = "", **more) -> Capture:
    url = f"https://a{number}.kab.example/"
    return Capture(url, to or url, Role.HOME, NOW, **more)


def ours(*entries: Judged) -> list[str | None]:
    """Which code of our own each agency gets; whoever gets one is blamed for nothing."""
    results = suspected(entries, RUBRIC, Amendments(), AS_OF)
    codes = [each.scorecard.status_reason for each in results]
    for each, code in zip(results, codes, strict=True):
        if code is None or not code.startswith("runner_"):
            continue
        applicable = [f for f in each.assessment.findings if f.verdict is not Verdict.NOT_APPLICABLE]
        assert {finding.reason for finding in applicable} == {Reason.RUNNER_OFFLINE}
        assert each.scorecard.total.score is None
        assert each.health == ()
    whole = Result(
        Scan("s", NOW, NOW, "2026-11-24", "1", "r", "", "", suspect=suspicion(results)), RUBRIC, tuple(results)
    )
    if suspicion(results):
        assert exit_code(whole) == 3
        assert json.loads(report_json(whole))["scan"]["suspect"] == suspicion(results)
        for locale, word in ((Locale.load("id"), "PERINGATAN"), (Locale.load("en"), "WARNING")):
            assert word in ranking(whole, locale, 100, False)
    return [code if code and code.startswith("runner_") else None for code in codes]


def dead(number: int, problem: Problem = Problem.DNS_FAILED, **more) -> Judged:
    return judged(number, home(number, problem=problem), **more)


@fault("N16")
async def a_dead_line_is_nobodys_fault(lab: Lab) -> None:
    assert ours(*(dead(n) for n in range(ALIKE))) == ["runner_offline"] * ALIKE
    assert ours(*(dead(n) for n in range(ALIKE - 1))) == [None] * (ALIKE - 1)
    alive = judged(9, home(9, status=503, problem=Problem.SERVER_ERROR))
    assert ours(*(dead(n) for n in range(5)), alive) == [None] * 6
    assert ours(*(dead(n) for n in range(4)), judged(8)) == ["runner_offline"] * 4 + [None]


def moved(number: int, to: str, **more) -> Judged:
    return judged(number, home(number, to, status=302, problem=Problem.REDIRECT_OUT_OF_SCOPE), **more)


@fault("N17")
async def a_log_in_page_or_a_block_page_in_the_way(lab: Lab) -> None:
    fine = judged(9, home(9, status=200, media_type="text/html", sha256="9", bytes=9))
    blocked = [moved(n, "http://blokir.isp.example/?d=1") for n in range(ALIKE)]
    assert ours(*blocked, fine) == ["runner_captive"] * ALIKE + [None]
    assert ours(*blocked[1:], fine) == [None] * ALIKE
    for place in ("https://kab.example/", "https://ppid.kab.example/", "https://www.facebook.com/x"):
        assert ours(*(moved(n, place) for n in range(5))) == [None] * 5, place
    different = [moved(n, f"https://lain{n}.example/") for n in range(5)]
    assert ours(*different) == [None] * 5
    front = [judged(n, home(n, status=200, media_type="text/html", sha256="sama", bytes=9)) for n in range(ALIKE)]
    assert ours(*front) == ["runner_captive"] * ALIKE
    assert ours(*front, fine) == [None] * (ALIKE + 1)


def flagged(number: int, cause: str, ip: str) -> Judged:
    told = f"tls: {cause}" if cause else ""
    return judged(number, home(number, status=200, media_type="text/html", detail=told, sha256=str(number), ip=ip))


CAUSE = "unable to get local issuer certificate"


@fault("E03", "T02")
async def a_list_of_certificates_or_a_clock_gone_wrong(lab: Lab) -> None:
    for cause in (CAUSE, "certificate is not yet valid", "self-signed certificate in certificate chain"):
        wrong = [flagged(n, cause, f"203.0.113.{n}") for n in range(ALIKE)]
        assert ours(*wrong) == ["runner_certificates"] * ALIKE
        assert ours(*wrong, flagged(9, "", "203.0.113.9")) == [None] * (ALIKE + 1)
        assert ours(*wrong[1:]) == [None] * (ALIKE - 1)
    shared = [flagged(n, CAUSE, "203.0.113.1") for n in range(9)]
    assert ours(*shared) == [None] * 9
    mixed = [flagged(n, f"sebab {n}", f"203.0.113.{n}") for n in range(4)]
    assert ours(*mixed) == [None] * 4


@fault("E03")
async def our_list_of_roots_is_not_stale(lab: Lab) -> None:
    told = repr(tls.strict_context().get_ca_certs())
    assert [name for name in ROOTS if f"'{name}'" not in told] == []


@fault("E01", "E06")
async def proxies_and_passwords_of_the_account_are_not_used(lab: Lab) -> None:
    trap = await lab.trap()
    site = await lab.serve()
    netrc = lab.folder / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password rahasia\n")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.setenv(name, trap.url())
        patch.setenv("NO_PROXY", "")
        patch.setenv("NETRC", str(netrc))
        assert (await lab.get(site)).ok
    assert trap.connections == 0
    assert "authorization" not in site.heads[0].lower()


@fault("E02")
async def the_list_of_roots_is_our_own(lab: Lab) -> None:
    site = await lab.serve()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", "/tidak/ada.pem")
        patch.setenv("SSL_CERT_DIR", "/tidak/ada")
        assert (await lab.get(site)).ok
        assert tls.strict_context().get_ca_certs()


@fault("E04", "E05")
async def neither_the_slow_parser_nor_other_decoders_are_used(lab: Lab) -> None:
    assert "gzip" in fetching.HttpFetch("t", frozenset(), lambda: "")._headers["Accept-Encoding"]
    site = await lab.serve()
    await lab.get(site)
    assert "accept-encoding: gzip\r\n" in site.heads[0].lower()
    used = {
        name for name, module in sys.modules.items() if name.startswith("ppid_audit.") and hasattr(module, "HTMLParser")
    }
    assert used == set()


@fault("N16")
async def who_opted_out_or_was_never_asked_stays_as_it_is(lab: Lab) -> None:
    known = replace(dead(7), agency=replace(dead(7).agency, url="http://127.0.0.1:9/"))
    assert ours(*(dead(n) for n in range(4)), known) == ["runner_offline"] * 4 + [None]


@pytest.mark.anyio
@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_e(play, lab):
    await play(lab)
