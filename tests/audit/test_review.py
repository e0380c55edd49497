"""Claims weighed, put over the tool's verdicts, and kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.audit import journal
from ppid_audit.audit.review import (
    Weighed,
    addresses_of,
    decide,
    keep,
    parted,
    registry_of,
    review_file,
    reviewed,
    weigh,
)
from ppid_audit.errors import StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.finding import Evidence, Finding
from ppid_audit.model.review import Checked, Claim, Outcome, Round
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Result
from tests.report.sample import RESULT

RENSTRA = "setiap-saat.renstra"
NONE = Amendments()
ENTRY = Amendment("dishub", RENSTRA, Verdict.MISSING, "corrected", "bukan miliknya", "Sri", date(2026, 11, 24))
URL = "https://dishub.contoh.example/renstra.pdf"
REFUSED = Checked(URL, Outcome.REFUSED, "gone", 404)
GOOD = Checked(URL, Outcome.ACCEPTED, "", 200, "ab" * 32)


def item(result: Result, agency: str = "dishub") -> Finding:
    entry = next(entry for entry in result.agencies if entry.agency.id == agency)
    return next(finding for finding in entry.assessment.findings if finding.item == RENSTRA)


def test_a_row_that_is_there_already_is_not_new_whatever_its_day():
    later = Claim("x:2", replace(ENTRY, on=date(2026, 12, 1), by="SRI"))
    other = Claim("x:3", replace(ENTRY, justification="lain"))
    assert parted([later, other], Amendments((ENTRY,))) == ([other], [later])
    assert addresses_of([replace(later, addresses=(URL,)), other]) == {"dishub": [URL]}


@pytest.mark.parametrize(
    ("verdict", "check", "accepted"),
    [
        (Verdict.FULFILLED, REFUSED, False),
        (Verdict.PARTIAL, REFUSED, False),
        (Verdict.MISSING, REFUSED, True),
        (Verdict.FULFILLED, GOOD, True),
        (Verdict.FULFILLED, Checked(URL, Outcome.UNCHECKED, "deadline"), True),
    ],
)
def test_only_a_claim_of_presence_is_refuted_by_what_is_gone(verdict, check, accepted):
    claim = Claim("x:2", replace(ENTRY, verdict=verdict), (URL,))
    [decision] = decide([claim], {("dishub", URL): check}, RESULT)
    assert decision.accepted is accepted
    assert decision.entry.evidence == (SeenEvidence(URL, check.sha256),)


def test_without_an_address_a_review_rests_on_the_document_that_the_tool_showed():
    def shown(**seen) -> tuple[SeenEvidence, ...]:
        evidence = (Evidence(URL, sha256="cd" * 32, **seen),)
        agencies = tuple(
            replace(
                a,
                assessment=replace(
                    a.assessment, findings=tuple(replace(f, evidence=evidence) for f in a.assessment.findings)
                ),
            )
            for a in RESULT.agencies
        )
        [decision] = decide([Claim("x:2", ENTRY)], {}, replace(RESULT, agencies=agencies))
        return decision.entry.evidence

    assert shown(media_type="application/pdf") == (SeenEvidence(URL, "cd" * 32),)
    assert shown(media_type="text/html") == ()


ENTRIES = st.lists(
    st.builds(
        replace,
        st.just(ENTRY),
        agency=st.sampled_from(["dishub", "bkpsdm", "jiken"]),
        verdict=st.sampled_from(list(Verdict)),
        by=st.sampled_from(["Sri", "Adi"]),
    ),
    max_size=4,
).map(lambda entries: Amendments(tuple(entries)))


@settings(deadline=None)
@given(ENTRIES, ENTRIES)
def test_reviews_that_come_and_go_leave_no_trace(one, other):
    plain = reviewed(RESULT, NONE, NONE)
    assert plain.agencies == RESULT.agencies
    with_one = reviewed(plain, NONE, one)
    assert reviewed(with_one, one, one) == with_one
    assert reviewed(with_one, one, other).agencies == reviewed(plain, NONE, other).agencies
    for entry in with_one.agencies:
        assert all(f.own == g.own for f, g in zip(
            entry.assessment.findings,
            next(e for e in RESULT.agencies if e.agency.id == entry.agency.id).assessment.findings,
            strict=True,
        ))  # fmt: skip


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ppid-audit.db")
    store.save(RESULT)
    return store


def take(store: Store, tmp_path: Path, content: bytes | None, *claims: Claim) -> Weighed:
    result = store.load()
    registry = registry_of(store, result)
    weighed = weigh(store, result, registry, review_file("reviews.yaml", content, registry, result), claims, {})
    keep(tmp_path, store, weighed)
    return weighed


def test_a_draft_is_replaced_and_bears_its_reviews(store, tmp_path):
    weighed = take(store, tmp_path, None, Claim("x:2", ENTRY))
    assert item(store.load()).reason is Reason.NOT_FOUND
    assert store.load() == weighed.result
    assert store.reviews(store.load().scan).entries == (ENTRY,)
    assert weighed.round.standings[0].agency == "dishub"
    assert store.file(weighed.result.scan.reviews_sha256) == weighed.file.content


def test_what_was_written_but_not_stored_is_stored_by_the_next_import(store, tmp_path):
    content = take(store, tmp_path, None, Claim("x:2", ENTRY)).file.content
    store.save(RESULT)
    again = take(store, tmp_path, content, Claim("x:2", ENTRY))
    assert again.round.decisions == ()
    assert again.round.already == 1
    assert again.file.content == content
    assert item(store.load()).reviewed


def test_a_final_result_keeps_its_verdicts_and_gets_a_correction_once(store, tmp_path):
    store.finalize("latest", "Hadi", date(2026, 12, 8), date(2026, 12, 7))
    final = store.load()
    content = take(store, tmp_path, None, Claim("x:2", ENTRY)).file.content
    assert store.load().agencies == final.agencies
    [correction] = store.load().scan.corrections
    assert correction.entry == ENTRY
    assert correction.after is Reason.NOT_FOUND
    assert correction.before is item(final).reason
    take(store, tmp_path, content, Claim("x:2", ENTRY))
    assert len(store.load().scan.corrections) == 1


def test_the_log_grows_and_knows_its_files():
    held = Round((), 0, (), ())
    first = journal.appended(None, journal.told("2026-11-24T08:00:00Z", "s", {"a.csv": "aa"}, held), "log")
    both = journal.appended(first, journal.told("2026-11-25T08:00:00Z", "s", {"b.csv": "bb"}, held), "log")
    assert [each["files"][0]["name"] for each in journal.rounds_of(both, "log")] == ["a.csv", "b.csv"]
    assert journal.imported_on(both, "aa", "log") == "2026-11-24T08:00:00Z"
    assert journal.imported_on(both, "cc", "log") is None
    assert journal.rounds_of(None, "log") == []


@pytest.mark.parametrize("log", [b"", b"{}", b"[]", b'{"schema": "lain", "imports": []}'])
def test_a_damaged_log_is_told(log):
    with pytest.raises(StorageError, match="rusak"):
        journal.rounds_of(log, "tinjauan.json")
