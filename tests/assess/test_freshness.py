"""Which period is due on a day, and what is behind it."""

from dataclasses import replace
from datetime import date

import pytest

from ppid_audit.assess.freshness import aged
from ppid_audit.model.finding import Evidence, Observation
from ppid_audit.model.rubric import Criterion, Due, Duty, Probe, Reason, Renew, Words

WORDS = Words("Judul", "Title")
PLAIN = Criterion("berkala.x", WORDS, "Ps 1", Duty.ANNOUNCE, Renew.YEAR, Probe("published", ("x",)), WORDS)
LAST_YEAR = replace(PLAIN, due=Due("previous", 4, 1, "law"))
THIS_YEAR = replace(PLAIN, due=Due("current", 2, 1, "practice"))
SEMESTER = replace(PLAIN, renew=Renew.SEMESTER)
STANDING = replace(PLAIN, renew=Renew.STANDING)
EVENT = replace(PLAIN, renew=Renew.EVENT)


def seen(*years: int | None, quote: str = "Laporan", reason: Reason = Reason.FOUND) -> Observation:
    return Observation(reason, 0.9, tuple(Evidence("https://x/", quote=quote, year=year) for year in years))


@pytest.mark.parametrize(
    ("criterion", "day", "due"),
    [
        (LAST_YEAR, date(2026, 3, 31), 2024),
        (LAST_YEAR, date(2026, 4, 1), 2025),
        (LAST_YEAR, date(2026, 12, 31), 2025),
        (THIS_YEAR, date(2026, 1, 31), 2025),
        (THIS_YEAR, date(2026, 2, 1), 2026),
        (replace(PLAIN, due=Due("previous", 1, 1, "practice")), date(2026, 1, 1), 2025),
        (replace(PLAIN, due=Due("current", 2, 29, "practice")), date(2026, 2, 28), 2025),
        (replace(PLAIN, due=Due("current", 2, 29, "practice")), date(2026, 3, 1), 2026),
    ],
)
def test_the_year_that_may_be_asked_for(criterion, day, due):
    here, behind, ahead = (aged(seen(year), criterion, day) for year in (due, due - 1, due + 1))
    assert (here.reason, here.period_due, here.period_found) == (Reason.FOUND, str(due), str(due))
    assert (behind.reason, behind.period_due, behind.period_found) == (Reason.STALE, str(due), str(due - 1))
    assert ahead.reason is Reason.FOUND


def test_a_yearly_item_without_a_year_stands_and_says_what_is_due():
    found = aged(seen(None), LAST_YEAR, date(2026, 11, 24))
    assert (found.reason, found.period_due, found.period_found) == (Reason.FOUND, "2025", None)


def test_the_youngest_evidence_counts():
    assert aged(seen(2022, 2025, None), LAST_YEAR, date(2026, 11, 24)).period_found == "2025"


@pytest.mark.parametrize("reason", [r for r in Reason if r.verdict != Reason.FOUND.verdict])
def test_what_is_not_fulfilled_does_not_age_but_names_the_period(reason):
    old = seen(2019, reason=reason)
    assert aged(old, LAST_YEAR, date(2026, 11, 24)) == replace(old, period_due="2025")
    assert aged(old, STANDING, date(2026, 11, 24)) == old


@pytest.mark.parametrize(
    ("year", "reason"), [(2026, Reason.FOUND), (2025, Reason.FOUND), (2024, Reason.STALE), (None, Reason.FOUND)]
)
def test_a_semester_item_is_stale_when_surely_old(year, reason):
    assert aged(seen(year), SEMESTER, date(2026, 11, 24)).reason is reason


@pytest.mark.parametrize(
    ("quote", "reason", "found"),
    [
        ("Renstra 2025-2029", Reason.FOUND, "2025-2029"),
        ("Renstra 2021 s.d. 2026", Reason.FOUND, "2021-2026"),
        ("Renstra 2016-2021", Reason.STALE, "2016-2021"),
        ("Renstra 2016-2021 dan Renstra 2021-2026", Reason.FOUND, "2021-2026"),
        ("Renstra", Reason.FOUND, None),
        ("SK Nomor 12 Tahun 2019", Reason.FOUND, None),
    ],
)
def test_a_plan_must_cover_the_year_of_assessment(quote, reason, found):
    plan = aged(seen(2019, quote=quote), STANDING, date(2026, 11, 24))
    assert (plan.reason, plan.period_found) == (reason, found)


def test_yearly_items_without_a_deadline_and_events_do_not_age():
    for criterion in (PLAIN, EVENT):
        assert aged(seen(2015), criterion, date(2026, 11, 24)) == seen(2015)
