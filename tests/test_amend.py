from dataclasses import replace
from datetime import date, timedelta

import pytest

from ppid_audit.amend import Known, amend
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.finding import Assessment, Evidence, Finding
from ppid_audit.model.rubric import Reason, Verdict

TODAY = date(2026, 11, 24)
SEEN = Evidence("https://dinkes.example/renstra.pdf", quote="Renstra", sha256="aa")
FINDING = Finding("setiap-saat.renstra", Reason.FOUND, 0.8, evidence=(SEEN,))
OTHER = Finding("setiap-saat.dip", Reason.NOT_FOUND, 0.9)
ASSESSMENT = Assessment("dinkes", (FINDING, OTHER))
ENTRY = Amendment(
    "dinkes", "setiap-saat.renstra", Verdict.PARTIAL, "corrected", "hanya sampul", "Sri", date(2026, 11, 20)
)


def amended(*entries: Amendment, **options) -> Finding:
    result = amend(ASSESSMENT, Amendments(entries), TODAY, **options)
    assert result.findings[1] == OTHER
    return result.findings[0]


@pytest.mark.parametrize(
    ("reason", "verdict", "expected"),
    [
        ("waived", Verdict.NOT_APPLICABLE, Reason.WAIVED),
        ("attested", Verdict.FULFILLED, Reason.ATTESTED),
        ("corrected", Verdict.FULFILLED, Reason.FOUND),
        ("corrected", Verdict.PARTIAL, Reason.NAMED_WITHOUT_CONTENT),
        ("corrected", Verdict.MISSING, Reason.NOT_FOUND),
        ("corrected", Verdict.CANNOT_TELL, Reason.UNREADABLE),
        ("corrected", Verdict.NOT_APPLICABLE, Reason.NOT_FOR_THIS_KIND),
    ],
)
def test_the_entry_decides_and_the_tools_finding_stays_inside(reason, verdict, expected):
    finding = amended(replace(ENTRY, reason=reason, verdict=verdict))
    assert (finding.reason, finding.verdict) == (expected, verdict)
    assert finding.reviewed
    assert finding.confidence == 1.0
    assert finding.justification == "hanya sampul — Sri, 2026-11-20"
    assert finding.superseded == FINDING


def test_a_verdict_of_absence_does_not_show_evidence_of_presence():
    assert amended(replace(ENTRY, verdict=Verdict.MISSING)).evidence == ()
    assert amended(ENTRY).evidence == (SEEN,)


def test_evidence_that_the_reviewer_names_replaces_the_tools():
    named = (SeenEvidence(SEEN.url, "aa"), SeenEvidence("https://dinkes.example/lain", "bb"))
    assert amended(replace(ENTRY, evidence=named)).evidence == (SEEN, Evidence(named[1].url, sha256="bb"))


@pytest.mark.parametrize(("expires", "holds"), [(date(2026, 11, 23), False), (TODAY, True), (None, True)])
def test_an_expired_entry_changes_no_verdict_but_is_told(expires, holds):
    finding = amended(replace(ENTRY, expires=expires))
    if holds:
        assert finding.reviewed
    else:
        assert finding == replace(FINDING, justification="review_lapsed:expired")


def test_an_entry_goes_stale_when_the_bytes_that_were_seen_have_changed():
    entry = replace(ENTRY, evidence=(SeenEvidence(SEEN.url, "old"),))
    assert amended(entry) == replace(FINDING, justification="review_lapsed:evidence_changed")


def test_digests_of_the_whole_site_are_compared_too_and_an_unread_address_proves_nothing():
    page = SeenEvidence("https://dinkes.example/dip", "dd")
    entry = replace(ENTRY, evidence=(page,))
    assert amended(entry).reviewed
    assert amended(entry, known=Known({page.url: ""})).reviewed
    assert amended(entry, known=Known({page.url: "dd"})).reviewed
    assert not amended(entry, known=Known({page.url: "other"})).reviewed


def test_a_page_whose_words_are_the_same_has_not_changed():
    page = SeenEvidence("https://dinkes.example/dip", "dd")
    entry = replace(ENTRY, evidence=(page,))
    assert amended(entry, known=Known({page.url: "other"}, {page.url: "dd"})).reviewed
    assert not amended(entry, known=Known({page.url: "other"}, {page.url: "others"})).reviewed


@pytest.mark.parametrize(("captured", "holds"), [(-1, True), (0, True), (1, False)])
def test_what_was_captured_before_the_review_proves_nothing_against_it(captured, holds):
    entry = replace(ENTRY, evidence=(SeenEvidence(SEEN.url, "mended"),))
    assert amended(entry, known=Known(on=entry.on + timedelta(days=captured))).reviewed is holds


def test_an_address_that_nobody_could_look_at_never_goes_stale():
    assert amended(replace(ENTRY, evidence=(SeenEvidence(SEEN.url),))).reviewed


def test_the_last_entry_that_holds_wins():
    attested = replace(ENTRY, reason="attested", verdict=Verdict.FULFILLED)
    expired = replace(ENTRY, reason="waived", expires=date(2026, 1, 1))
    assert amended(ENTRY, attested).reason is Reason.ATTESTED
    assert amended(attested, ENTRY, expired).reason is Reason.NAMED_WITHOUT_CONTENT


def test_what_a_second_reviewer_overrides_does_not_disappear_either():
    first = replace(ENTRY, verdict=Verdict.MISSING, by="Budi")
    finding = amended(first, ENTRY)
    assert finding.superseded is not None
    assert (finding.superseded.reason, finding.superseded.justification) == (
        Reason.NOT_FOUND,
        "hanya sampul — Budi, 2026-11-20",
    )
    assert finding.superseded.superseded == finding.own == FINDING
    assert finding.evidence == FINDING.evidence


def test_entries_on_other_agencies_and_items_change_nothing():
    entries = (replace(ENTRY, agency="dishub"), replace(ENTRY, item="berkala.agenda"))
    assert amend(replace(ASSESSMENT, blocked_by="blocked"), Amendments(entries), TODAY) == replace(
        ASSESSMENT, blocked_by="blocked"
    )
