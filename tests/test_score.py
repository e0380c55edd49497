from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import (
    Band,
    Category,
    Criterion,
    Duty,
    Probe,
    Reason,
    Renew,
    Rubric,
    Verdict,
    Words,
)
from ppid_audit.model.scorecard import Part, Scorecard, Status
from ppid_audit.score import rank, score

WORDS = Words("kata", "word")
BANDS = tuple(Band(name, floor, WORDS) for name, floor in (("a", 90), ("b", 80), ("c", 60), ("d", 40), ("e", 0)))
DECIDED = [r for r in Reason if r.verdict in (Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING)]
POINTS = {
    **{r: 1.0 if r.verdict is Verdict.FULFILLED else 0.0 for r in DECIDED},
    Reason.STALE: 0.5,
    Reason.LISTED_IN_DIP: 0.75,
}
NONE = Part(None, None, None, None)


def criterion(id_: str, weight: float = 2) -> Criterion:
    return Criterion(id_, WORDS, "Ps 1", Duty.ANNOUNCE, Renew.STANDING, Probe("published"), WORDS, weight)


def rubric(*criteria: Criterion, **changes) -> Rubric:
    return replace(Rubric("r", criteria, POINTS, BANDS), **changes)


def assessment(*pairs: tuple[str, Reason], agency: str = "dinkes") -> Assessment:
    return Assessment(agency, tuple(Finding(item, reason, 1.0) for item, reason in pairs))


def test_points_are_weighted_and_doubt_only_widens_the_bounds():
    asked = rubric(criterion("berkala.a", 2), criterion("berkala.b", 1), criterion("setiap-saat.c", 1))
    card = score(
        assessment(("berkala.a", Reason.FOUND), ("berkala.b", Reason.STALE), ("setiap-saat.c", Reason.UNREADABLE)),
        asked,
    )
    assert card.total == Part(score=83.3, low=62.5, high=87.5, coverage=0.75)
    assert card.categories == {
        Category.BERKALA: Part(83.3, 83.3, 83.3, 1.0),
        Category.SERTA_MERTA: NONE,
        Category.SETIAP_SAAT: NONE,
    }
    assert (card.status, card.status_reason, card.predikat, card.rank) == (Status.ASSESSED, None, "b", None)


def test_advisory_and_inapplicable_items_leave_score_and_coverage():
    asked = rubric(criterion("berkala.a"), criterion("berkala.b", 0), criterion("berkala.c"))
    card = score(
        assessment(("berkala.a", Reason.FOUND), ("berkala.b", Reason.UNREACHABLE), ("berkala.c", Reason.WAIVED)), asked
    )
    assert card.total == Part(100.0, 100.0, 100.0, 1.0)


def test_decimal_points_are_taken_as_written():
    asked = rubric(*(criterion(f"berkala.i{n}", 0.1) for n in range(3)), points={**POINTS, Reason.STALE: 0.1})
    card = score(assessment(*((f"berkala.i{n}", Reason.STALE) for n in range(3))), asked)
    assert card.total.score == 10.0


@pytest.mark.parametrize(
    ("fulfilled_of_2000", "printed", "predikat"), [(1799, 90.0, "a"), (1798, 89.9, "b"), (1, 0.1, "e"), (0, 0.0, "e")]
)
def test_rounds_half_up_and_reads_the_predikat_from_the_rounded_score(fulfilled_of_2000, printed, predikat):
    asked = rubric(criterion("berkala.a", fulfilled_of_2000 or 1), criterion("berkala.b", 2000 - fulfilled_of_2000))
    first = Reason.FOUND if fulfilled_of_2000 else Reason.NOT_FOUND
    card = score(assessment(("berkala.a", first), ("berkala.b", Reason.NOT_FOUND)), asked)
    assert (card.total.score, card.predikat) == (printed, predikat)


def test_below_the_coverage_floor_the_score_is_shown_without_predikat():
    asked = rubric(criterion("berkala.a", 7), criterion("berkala.b", 3))
    card = score(assessment(("berkala.a", Reason.FOUND), ("berkala.b", Reason.BLOCKED)), asked)
    assert (card.status, card.status_reason, card.predikat) == (Status.PARTLY, "coverage_below_floor", None)
    assert card.total == Part(100.0, 70.0, 100.0, 0.7)


def test_the_floor_is_held_against_the_printed_coverage():
    asked = rubric(criterion("berkala.a", 7496), criterion("berkala.b", 2504))
    assert (
        score(assessment(("berkala.a", Reason.FOUND), ("berkala.b", Reason.BLOCKED)), asked).status is Status.ASSESSED
    )


@pytest.mark.parametrize(
    ("reasons", "blocked_by", "why"),
    [
        ((Reason.FOUND,), "host_unconfirmed", "host_unconfirmed"),
        ((Reason.NOT_FOR_THIS_KIND,), None, "nothing_applicable"),
        ((Reason.UNREACHABLE,), None, "nothing_decided"),
        ((), None, "nothing_applicable"),
    ],
)
def test_a_site_that_cannot_be_seen_gets_no_number(reasons, blocked_by, why):
    judged = replace(assessment(*(("berkala.a", reason) for reason in reasons)), blocked_by=blocked_by)
    card = score(judged, rubric(criterion("berkala.a")))
    assert (card.status, card.status_reason, card.predikat) == (Status.NOT_ASSESSABLE, why, None)
    assert card.total == NONE
    assert card.categories == dict.fromkeys(Category, NONE)


def test_category_weights_are_renormalised_over_the_categories_that_have_a_score():
    asked = rubric(
        criterion("berkala.a", 1),
        criterion("setiap-saat.b", 9),
        criterion("serta-merta.c", 1),
        category_weights={Category.BERKALA: 50, Category.SERTA_MERTA: 10, Category.SETIAP_SAAT: 40},
    )
    pairs = [("berkala.a", Reason.FOUND), ("setiap-saat.b", Reason.NOT_FOUND)]
    absent = score(assessment(*pairs, ("serta-merta.c", Reason.NO_EVENT_KNOWN)), asked)
    assert absent.total == Part(55.6, 55.6, 55.6, 1.0)
    doubtful = score(assessment(*pairs, ("serta-merta.c", Reason.BLOCKED)), asked)
    assert doubtful.total == Part(55.6, 50.0, 60.0, 0.9)


def test_a_category_that_the_committee_gives_no_weight_counts_for_nothing():
    asked = rubric(criterion("berkala.a", 1), criterion("setiap-saat.b", 9), category_weights={Category.BERKALA: 1})
    judged = score(assessment(("berkala.a", Reason.FOUND), ("setiap-saat.b", Reason.NOT_FOUND)), asked)
    assert judged.total == Part(100.0, 100.0, 100.0, 1.0)


def card(score_: float | None, status: Status = Status.ASSESSED) -> Scorecard:
    return Scorecard("x", status, Part(score_, score_, score_, 1.0), {})


def test_equal_scores_share_a_rank_and_the_next_one_is_skipped():
    cards = [card(50.0), card(80.0), card(50.0), card(90.0), card(99.0, Status.PARTLY), card(10.0)]
    assert [c.rank for c in rank(cards)] == [3, 2, 3, 1, None, 5]
    assert rank([]) == ()


def test_an_unassessable_agency_loses_the_rank_it_had():
    assert rank([replace(card(None, Status.NOT_ASSESSABLE), rank=1)])[0].rank is None


IDS = [f"{category}.i{n}" for category in Category for n in range(4)]
weights = st.lists(st.sampled_from([0, 0.1, 1, 2, 2.5]), min_size=len(IDS), max_size=len(IDS))
category_weights = st.none() | st.fixed_dictionaries({c: st.sampled_from([0, 0.3, 10, 50]) for c in Category})
reasons = st.lists(st.sampled_from(list(Reason)), min_size=len(IDS), max_size=len(IDS))
worlds = st.tuples(weights, category_weights, reasons)


def made(world) -> tuple[Assessment, Rubric]:
    item_weights, of_categories, seen = world
    asked = rubric(*map(criterion, IDS, item_weights), category_weights=of_categories, coverage_floor=0)
    return assessment(*zip(IDS, seen, strict=True)), asked


def replaced(judged: Assessment, position: int, finding: Finding) -> Assessment:
    return replace(judged, findings=(*judged.findings[:position], finding, *judged.findings[position + 1 :]))


Numbers = tuple[float, float, float, float]


def numbers(part: Part) -> Numbers | None:
    """Score, low, high and coverage: all there or none."""
    values = (part.score, part.low, part.high, part.coverage)
    known = tuple(value for value in values if value is not None)
    assert len(known) in (0, 4)
    return cast(Numbers, known) if known else None


def parts(card: Scorecard) -> list[Numbers]:
    return [known for part in (card.total, *card.categories.values()) if (known := numbers(part))]


@given(worlds)
def test_law_the_score_lies_within_its_bounds_and_doubt_is_their_distance(world):
    for value, low, high, coverage in parts(score(*made(world))):
        assert 0 <= low <= value <= high <= 100
        assert 0 <= coverage <= 1
        assert high - low == pytest.approx(100 * (1 - coverage), abs=0.151)


@given(worlds, st.integers(0, len(IDS) - 1))
def test_law_losing_sight_of_an_item_never_narrows_the_interval(world, position):
    judged, asked = made(world)
    lost = judged.findings[position]
    if lost.verdict is Verdict.NOT_APPLICABLE:
        lost = replace(lost, reason=Reason.NOT_FOUND)
        judged = replaced(judged, position, lost)
    blind = replace(lost, reason=Reason.UNREACHABLE)
    before, after = (numbers(score(seen, asked).total) for seen in (judged, replaced(judged, position, blind)))
    if after is not None:
        assert before is not None
        assert after[1] <= before[1]
        assert after[2] >= before[2]


@given(worlds, st.integers(0, len(IDS) - 1), st.sampled_from(DECIDED), st.sampled_from(DECIDED))
def test_law_more_points_never_lower_anything(world, position, one, other):
    worse, better = sorted((one, other), key=POINTS.__getitem__)
    judged, asked = made(world)
    low, high = (
        score(replaced(judged, position, replace(judged.findings[position], reason=reason)), asked)
        for reason in (worse, better)
    )
    for before, after in zip(parts(low), parts(high), strict=True):
        assert all(new >= old for new, old in zip(after, before, strict=True))


@given(worlds, st.randoms(use_true_random=False))
def test_law_the_order_of_findings_does_not_matter(world, random):
    judged, asked = made(world)
    shuffled = list(judged.findings)
    random.shuffle(shuffled)
    assert score(replace(judged, findings=tuple(shuffled)), asked) == score(judged, asked)


@given(worlds, st.integers(0, len(IDS) - 1))
def test_law_what_does_not_apply_counts_as_if_it_were_not_asked(world, position):
    judged, asked = made(world)
    waived = replaced(judged, position, replace(judged.findings[position], reason=Reason.WAIVED))
    left_out = replace(judged, findings=(*judged.findings[:position], *judged.findings[position + 1 :]))
    assert score(waived, asked) == score(left_out, asked)


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 50.0, 50.1, 100.0]), st.sampled_from([Status.ASSESSED, Status.PARTLY])))
)
@settings(max_examples=50)
def test_law_a_rank_is_one_more_than_the_number_of_better_agencies(pairs):
    for ranked in rank(card(value, status) for value, status in pairs):
        if ranked.status is Status.ASSESSED:
            own = ranked.total.score
            assert own is not None
            assert ranked.rank == 1 + sum(s is Status.ASSESSED and v > own for v, s in pairs)
        else:
            assert ranked.rank is None
