"""What changed and why, on made-up agencies: one item each for the four causes, and laws over any of them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.history.compare import Again, compare, ruler_change, under_old_terms
from ppid_audit.model.agency import Agency
from ppid_audit.model.comparison import ORDER, Cause, Change
from ppid_audit.model.finding import Assessment, Evidence, Finding
from ppid_audit.model.rubric import Band, Criterion, Duty, Probe, Reason, Renew, Rubric, Verdict, Words
from ppid_audit.model.scan import AgencyResult, Result, Scan
from ppid_audit.model.scorecard import Part
from ppid_audit.score import score

DINKES = Agency("dinkes", "Dinas Kesehatan", "dinas", "https://dinkes.example/")
ITEMS = ("berkala.a", "berkala.b", "setiap-saat.c", "setiap-saat.d")
POINTS = {
    reason: float(reason.verdict is Verdict.FULFILLED) or 0.5 * (reason is Reason.STALE)
    for reason in Reason
    if reason.verdict not in (Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)
}
F, S, M, C = Reason.FOUND, Reason.STALE, Reason.NOT_FOUND, Reason.UNREACHABLE


def criterion(name: str, weight: float = 2, sha256: str = "1") -> Criterion:
    nothing = Words("", "")
    return Criterion(name, nothing, "", Duty.ANNOUNCE, Renew.YEAR, Probe("published"), nothing, weight, sha256=sha256)


RUBRIC = Rubric(
    "R", tuple(map(criterion, ITEMS)), POINTS, (Band("baik", 50, Words("Baik", "Good")),), 0, sha256="rubrik-1"
)
STRICT = replace(
    RUBRIC, criteria=(*RUBRIC.criteria[:3], criterion(ITEMS[3], sha256="2"), criterion("berkala.e")), sha256="rubrik-2"
)


def assessment(*reasons: Reason, items=ITEMS, **more) -> Assessment:
    return Assessment("dinkes", tuple(Finding(i, r, 1, **more) for i, r in zip(items, reasons, strict=False)))


def result(
    said: Assessment, rubric: Rubric = RUBRIC, tool: str = "1", reviews: str | None = None, agency: Agency = DINKES
) -> Result:
    scan = Scan(f"{tool}-{rubric.sha256}", "", "x", "2026-11-24", tool, "R", rubric.sha256, "", reviews)
    return Result(scan, rubric, (AgencyResult(agency, said, score(said, rubric)),))


def changes(before: Result, after: Result, **again: Assessment) -> list[tuple[str, Cause, bool]]:
    (found,) = compare(before, after, {"dinkes": Again(**again)} if again else {}, score).agencies
    return [(change.item, change.cause, change.proved) for change in found.changes]


def test_when_nothing_of_ours_changed_it_is_the_site_and_that_is_proof():
    before, after = result(assessment(F, M, S, C)), result(assessment(F, F, M, C))
    assert changes(before, after) == [(ITEMS[1], Cause.SITE, True), (ITEMS[2], Cause.SITE, True)]
    (found,) = compare(before, after, {}, score).agencies
    assert found.points == {Cause.SITE: found.difference}
    assert found.difference == pytest.approx(16.7)


def test_another_rubric_is_told_from_another_site_by_judging_again():
    before = result(assessment(F, M, F, F))
    after = result(assessment(F, F, F, M, M, items=(*ITEMS, "berkala.e")), STRICT)
    again = {"old_ruler": assessment(F, F, F, F)}
    assert changes(before, after, **again) == [
        (ITEMS[1], Cause.SITE, True),
        (ITEMS[3], Cause.RUBRIC, True),
        ("berkala.e", Cause.RUBRIC, True),
    ]
    (found,) = compare(before, after, {"dinkes": Again(**again)}, score).agencies
    assert found.points == {Cause.SITE: 25.0, Cause.RUBRIC: -40.0}
    assert found.difference == -15.0
    new = found.changes[-1]
    assert new.before is None
    assert new.after is not None
    assert new.after.points == 0


def test_without_the_evidence_the_ruler_is_suspected_before_the_agency():
    before, after = result(assessment(F, M, F, F)), result(assessment(F, F, F, M, M, items=(*ITEMS, "x")), STRICT)
    assert changes(before, after) == [(ITEMS[1], Cause.SITE, False), (ITEMS[3], Cause.RUBRIC, False)]


def test_other_bytes_at_the_same_address_show_that_the_site_changed():
    old, new = (assessment(F, M, F, r, evidence=(Evidence("u", sha256=s),)) for r, s in ((F, "1"), (M, "2")))
    assert changes(result(old), result(new, STRICT)) == [(ITEMS[3], Cause.SITE, False)]
    assert changes(result(old), result(new, tool="2")) == [(ITEMS[3], Cause.SITE, False)]


def test_another_program_is_told_from_another_site_by_judging_the_old_evidence():
    before, after = result(assessment(F, M, F, F)), result(assessment(F, F, M, F), tool="2")
    assert changes(before, after, before_today=assessment(F, F, F, F)) == [
        (ITEMS[1], Cause.TOOL, True),
        (ITEMS[2], Cause.SITE, True),
    ]
    assert changes(before, after) == [(ITEMS[1], Cause.TOOL, False), (ITEMS[2], Cause.TOOL, False)]


def test_a_third_program_counts_only_where_it_agrees_with_the_second():
    before, after = result(assessment(F, F, F, F)), result(assessment(M, M, F, F), tool="2")
    again = {"before_today": assessment(F, M, F, F), "after_today": assessment(M, F, F, F)}
    assert changes(before, after, **again) == [(ITEMS[0], Cause.SITE, True), (ITEMS[1], Cause.TOOL, False)]


def test_a_review_is_told_by_what_it_overrides():
    attested = replace(assessment(M).findings[0], reason=Reason.ATTESTED, superseded=assessment(M).findings[0])
    after = Assessment("dinkes", (attested, *assessment(M, M, F, S).findings[1:]))
    before = result(assessment(M, M, F, F))
    assert changes(before, result(after, reviews="r"), old_reviews=assessment(M, M, F, S)) == [
        (ITEMS[0], Cause.REVIEW, True),
        (ITEMS[3], Cause.SITE, True),
    ]


def test_what_an_item_is_worth_is_the_ruler_even_when_its_verdict_stands():
    cheap = replace(RUBRIC, points={**POINTS, S: 0.25}, sha256="rubrik-3")
    before, after = result(assessment(S, F, F, F)), result(assessment(S, F, F, F), cheap)
    assert changes(before, after, old_ruler=assessment(S, F, F, F)) == [(ITEMS[0], Cause.RUBRIC, True)]
    (found,) = compare(before, after, {"dinkes": Again(old_ruler=assessment(S, F, F, F))}, score).agencies
    assert found.points == {Cause.RUBRIC: found.difference}


def test_another_kind_of_agency_is_another_ruler():
    before, after = result(assessment(F, F, F, F)), result(assessment(F, F, F, Reason.NOT_FOR_THIS_KIND))
    moved = replace(after.agencies[0], agency=replace(DINKES, kind="badan"))
    assert changes(before, replace(after, agencies=(moved,))) == [(ITEMS[3], Cause.RUBRIC, False)]


def test_a_neighbour_that_moved_is_still_trusted():
    old = replace(DINKES, trusted=("http://127.0.0.1:4000/", "https://x.example/"))
    new = replace(DINKES, url="https://baru.example/", trusted=("http://127.0.0.1:5000/", "https://x.example/"))
    assert under_old_terms(old, new, {"http://127.0.0.1:4000/": "http://127.0.0.1:5000/"}) == new
    assert under_old_terms(replace(old, kind="badan"), new, {}).kind == "badan"


def test_an_agency_that_is_new_gone_or_dark_neither_rose_nor_fell():
    dark = result(Assessment("dinkes", assessment(C, C, C, C).findings, "unreachable"))
    seen = result(assessment(F, F, F, F))
    (found,) = compare(dark, seen, {}, score).agencies
    assert found.in_one_only
    assert found.difference is None
    assert found.changes == ()
    other = result(assessment(F, F, F, F), agency=replace(DINKES, id="bkd"))
    new, gone = compare(seen, other, {}, score).agencies
    assert (new.agency.id, new.before, gone.agency.id, gone.after) == ("bkd", None, "dinkes", None)
    assert not new.in_one_only


def test_what_a_committee_changed_is_named():
    found = ruler_change(RUBRIC, replace(STRICT, criteria=STRICT.criteria[1:], coverage_floor=0.5, bands=()))
    assert found.added == ("berkala.e",)
    assert found.removed == (ITEMS[0],)
    assert found.edited == (ITEMS[3],)
    assert found.terms == ("bands", "coverage_floor")


reasons = st.lists(st.sampled_from([F, S, M, C, Reason.WAIVED, Reason.DEAD_LINK]), min_size=4, max_size=4)
said = reasons.map(lambda drawn: assessment(*drawn))
rubrics = st.builds(
    lambda weights, stale, name: replace(
        RUBRIC,
        criteria=tuple(criterion(i, w, f"{i}{w}") for i, w in zip(ITEMS, weights, strict=True)),
        points={**POINTS, S: stale},
        sha256=name,
    ),
    st.lists(st.sampled_from([0, 1, 2, 5]), min_size=4, max_size=4),
    st.sampled_from([0.25, 0.5]),
    st.sampled_from(["r1", "r2"]),
)
results = st.builds(result, said, rubrics, st.sampled_from(["1", "2"]))
agains = st.builds(Again, st.none() | said, st.none() | said, st.none() | said, st.none() | said)


@given(results)
def test_a_result_compared_with_itself_is_empty(one):
    (found,) = compare(one, one, {}, score).agencies
    assert found.changes == ()
    assert not found.points
    assert found.difference in (0, None)


@given(results, results, agains)
def test_the_causes_partition_the_change(before, after, again):
    if before.scan.rubric_sha256 == after.scan.rubric_sha256:
        after = result(after.agencies[0].assessment, before.rubric, after.scan.tool)
    (found,) = compare(before, after, {"dinkes": again}, score).agencies
    if found.difference is not None:
        assert round(sum((found.points or {}).values()), 1) == found.difference
    for item in ITEMS:
        _is_a_path([change for change in found.changes if change.item == item], item, before, after, found.difference)


def _is_a_path(steps: list[Change], item: str, before: Result, after: Result, difference: float | None) -> None:
    """One step for a cause at most, in their order, each from where the one before led to."""
    causes = [ORDER.index(step.cause) for step in steps]
    assert causes == sorted(set(causes))
    for one, following in pairwise(steps):
        assert one.after is not None
        assert following.before is not None
        assert one.after.finding.reason is following.before.finding.reason
    old, new = (
        next(f.reason for f in each.agencies[0].assessment.findings if f.item == item) for each in (before, after)
    )
    if steps:
        assert steps[0].before is not None
        assert steps[-1].after is not None
        assert (steps[0].before.finding.reason, steps[-1].after.finding.reason) == (old, new)
    elif difference is not None:
        assert old is new


@given(said, rubrics, rubrics, st.sampled_from(["1", "2"]))
def test_the_same_evidence_under_another_ruler_is_never_the_site(seen, old, new, tool):
    before, after = result(seen, old), result(seen, replace(new, sha256="r3"), tool)
    (found,) = compare(before, after, {"dinkes": Again(old_ruler=seen, before_today=seen)}, score).agencies
    assert all(change.cause is Cause.RUBRIC for change in found.changes)
    assert set(found.points or {}) <= {Cause.RUBRIC}


def test_a_result_without_a_number_has_no_difference_to_share_out():
    before, after = result(assessment(F, M, S, M)), result(assessment(F, F, S, M))
    (entry,) = after.agencies
    bare = replace(entry.scorecard, total=Part(None, None, None, None))
    (found,) = compare(before, replace(after, agencies=(replace(entry, scorecard=bare),)), {}, score).agencies
    assert [change.item for change in found.changes] == [ITEMS[1]]
    assert found.points == {}
