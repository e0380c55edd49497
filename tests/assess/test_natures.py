from datetime import date
from pathlib import Path

import pytest

from ppid_audit.assess import assess
from ppid_audit.config import load_rubric
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Problem, Role, Snapshot
from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Reason, Verdict
from tests.extract.making import HOME, page
from tests.web.pairs import bare, site

RUBRIC = load_rubric(Path(__file__).parents[2] / "rubric.yaml")
AGENCY = Agency("dinas", "Dinas Kesehatan", "dinas", HOME)
GAMBLING = "<p>Daftar situs slot gacor terpercaya, rtp live, scatter hitam, slot88 dan slot maxwin.</p>"
FRONT = site("Dinas Kesehatan", "<p>Selamat datang</p><a href='/renstra'>Renstra Dinas Kesehatan 2025-2029</a>")


def judged(front: str, **pages: str) -> Assessment:
    read = [page(front, HOME, role=Role.HOME), *(page(html, f"{HOME}{name}") for name, html in pages.items())]
    captures = tuple(each.capture for each in read)
    return assess(assemble(AGENCY, Snapshot("dinas", "", "", captures), read), RUBRIC, AGENCY, date(2026, 11, 24))


def failed(detail: str, problem: Problem | None, status: int) -> str | None:
    home = Capture(HOME, HOME, Role.HOME, "", status, problem, detail)
    return assess(
        assemble(AGENCY, Snapshot("dinas", "", "", (home,)), ()), RUBRIC, AGENCY, date(2026, 11, 24)
    ).blocked_by


@pytest.mark.parametrize(
    ("front", "code"),
    [
        (bare("Maintenance", "Situs sedang dalam pemeliharaan"), "maintenance"),
        (bare("Account Suspended", "This account has been suspended"), "suspended"),
        (bare("x.com", "This domain is for sale"), "parked"),
        (bare("Hacked by X", "Hacked by X"), "defaced"),
        (bare("SLOT88 Slot Gacor Maxwin", GAMBLING), "hijacked"),
        (bare("Just a moment...", "<script>window._cf_chl_opt={}</script>"), "blocked"),
        (bare("Welcome to nginx!", "nginx"), "default_page"),
        (bare("Login", "<form><input type=password></form>"), "login"),
        (bare("500 Internal Server Error", "Internal Server Error"), "server_error"),
        (
            bare("Best Shoes Online", "<p>Cheap sneakers and boots for all the family, shipped free.</p>" * 6),
            "not_ours",
        ),
        (site("Dinas Perikanan Kabupaten Sebelah", "<p>Ikan dan nelayan di laut utara.</p>" * 5), "not_ours"),
    ],
)
def test_a_front_page_that_is_none_of_the_agencys_is_no_ground_for_a_judgement(front, code):
    seen = judged(front)
    assert seen.blocked_by == code
    assert {finding.verdict for finding in seen.findings} <= {Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE}


def test_a_front_page_of_the_agency_is_judged():
    assert judged(FRONT).blocked_by is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bare("Login", "<form><input type=password></form>"), Reason.NAMED_WITHOUT_CONTENT),
        (bare("Index of /renstra", "<h1>Index of /renstra</h1>"), Reason.PLACEHOLDER),
        (bare("Hacked by X", "Hacked by X"), Reason.UNREACHABLE),
        (bare("SLOT88 Slot Gacor Maxwin", GAMBLING), Reason.UNREACHABLE),
        (bare("Maintenance", "Situs sedang dalam pemeliharaan"), Reason.UNREACHABLE),
        (bare("", "Fatal error: Uncaught Error in /home/x.php on line 1"), Reason.UNREACHABLE),
    ],
)
def test_what_a_name_leads_to_does_not_score(body, reason):
    found = {finding.item: finding.reason for finding in judged(FRONT, renstra=body).findings}
    assert found["setiap-saat.renstra"] is reason


def test_planted_words_earn_nothing():
    hijacked = bare("SLOT88 Slot Gacor Maxwin", f"{GAMBLING}<h2>Renstra 2025-2029</h2><p>{'tujuan sasaran ' * 50}</p>")
    found = {finding.item: finding.verdict for finding in judged(FRONT, renstra=hijacked).findings}
    assert found["setiap-saat.renstra"] is not Verdict.FULFILLED


@pytest.mark.parametrize(
    ("detail", "problem", "status", "code"),
    [
        ("maintenance", Problem.SERVER_ERROR, 503, "maintenance"),
        ("tls: expired; suspended", Problem.BLOCKED, 403, "suspended"),
        ("challenge", Problem.BLOCKED, 200, "blocked"),
        ("parked", None, 404, "parked"),
        ("", Problem.SERVER_ERROR, 503, "server_error"),
        ("", None, 404, "unreachable"),
    ],
)
def test_a_front_page_that_failed_may_say_why(detail, problem, status, code):
    assert failed(detail, problem, status) == code
