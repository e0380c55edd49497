"""Agencies that could not be assessed: every item says why, none is "missing"."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ppid_audit.assess import assess
from ppid_audit.model.agency import Agency, KnownDown, OptOut
from ppid_audit.model.capture import Problem
from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Reason, Verdict
from tests.assess.small import AGENCY, Answer, fault, menu, site, whole
from tests.criteria.judging import AS_OF, rubric

DOWN = replace(AGENCY, known_down=KnownDown(AS_OF, "pindah server"))
SHELL = '<html><body><div id="root"></div><script src="/assets/index-5d1.js"></script></body></html>'


def judged(front: Answer | None, agency: Agency = AGENCY, as_of: date = AS_OF, **pages: Answer) -> Assessment:
    answers: dict[str, Answer] = ({} if front is None else {"": front}) | pages
    return assess(site(answers, agency=agency), rubric(), agency, as_of)


@pytest.mark.parametrize(
    ("problem", "code", "reason"),
    [
        (Problem.BLOCKED, "blocked", Reason.BLOCKED),
        (Problem.RATE_LIMITED, "blocked", Reason.BLOCKED),
        (Problem.ROBOTS_DISALLOWED, "robots_disallowed", Reason.BLOCKED),
        (Problem.ROBOTS_UNREACHABLE, "robots_unreachable", Reason.UNREACHABLE),
        (Problem.REDIRECT_OUT_OF_SCOPE, "moved_elsewhere", Reason.UNREACHABLE),
        (Problem.RUNNER_OFFLINE, "runner_offline", Reason.RUNNER_OFFLINE),
        (Problem.SERVER_ERROR, "server_error", Reason.UNREACHABLE),
        (Problem.TLS_FAILED, "tls_failed", Reason.UNREACHABLE),
        (Problem.DNS_NOT_FOUND, "dns_not_found", Reason.UNREACHABLE),
        (Problem.DEADLINE, "unreachable", Reason.UNREACHABLE),
        (Problem.TRUNCATED, "unreachable", Reason.UNREACHABLE),
    ],
)
def test_a_front_page_that_was_not_seen(problem, code, reason):
    seen = judged(fault(problem=problem))
    assert seen.blocked_by == code
    assert {finding.reason for finding in seen.findings} == {reason, Reason.NOT_FOR_THIS_KIND}


@pytest.mark.parametrize("problem", Problem)
def test_no_problem_makes_anything_missing(problem):
    for agency in (AGENCY, DOWN):
        seen = judged(fault(problem=problem), agency)
        assert {finding.verdict for finding in seen.findings} == {Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE}


@pytest.mark.parametrize("front", [None, fault(status=404), fault(status=410)])
def test_a_front_page_that_is_not_there(front):
    assert judged(front).blocked_by == "unreachable"


@pytest.mark.parametrize(
    ("agency", "code", "reason"),
    [
        (replace(AGENCY, confirmed=False), "host_unconfirmed", Reason.NOT_LOOKED_EVERYWHERE),
        (replace(AGENCY, opt_out=OptOut(AS_OF, "diminta")), "opted_out", Reason.BLOCKED),
        (replace(DOWN, opt_out=OptOut(AS_OF, "diminta"), confirmed=False), "opted_out", Reason.BLOCKED),
    ],
)
def test_agencies_that_are_not_to_be_judged(agency, code, reason):
    seen = judged(menu(), agency)
    assert seen.blocked_by == code
    assert {finding.reason for finding in seen.findings} == {reason, Reason.NOT_FOR_THIS_KIND}


def test_a_known_outage_excuses_until_its_day_and_only_while_the_site_is_down():
    broken = fault(problem=Problem.CONNECT_TIMEOUT)
    assert judged(broken, DOWN).blocked_by == "known_down"
    assert judged(broken, DOWN, AS_OF + timedelta(days=1)).blocked_by == "unreachable"
    assert judged(menu(), DOWN).blocked_by is None


def test_a_site_that_only_scripts_can_show():
    assert judged(SHELL).blocked_by == "script_only"
    assert judged(SHELL, ppid=SHELL.replace("root", "app")).blocked_by == "script_only"
    assert judged(SHELL, ppid=whole("PPID", "<p>Halaman ini terbaca.</p>")).blocked_by is None


def test_every_item_is_told_in_the_order_of_the_rubric():
    ids = [criterion.id for criterion in rubric().criteria]
    for seen in (judged(fault(problem=Problem.RESET)), judged(menu())):
        assert [finding.item for finding in seen.findings] == ids
