from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit import calibration
from ppid_audit.calibration import Cell, Reading, draw, wilson
from ppid_audit.model.calibration import Share
from ppid_audit.model.rubric import Verdict

DECIDED = (Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING, Verdict.CANNOT_TELL)
CELLS = st.lists(
    st.builds(
        Cell,
        agency=st.sampled_from("abcdef"),
        item=st.sampled_from(["x", "y", "z"]),
        verdict=st.sampled_from(DECIDED),
        confidence=st.floats(0, 1),
    ),
    unique_by=lambda cell: (cell.agency, cell.item),
    max_size=18,
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson_against_known_values(hits, n, low, high):
    assert wilson(hits / n, n) == pytest.approx((low, high), abs=1e-4)


def test_no_readings_say_nothing():
    assert wilson(0.5, 0) == (0.0, 1.0)
    assert calibration.precision([], {}) == Share(None, None, None, 0)


@settings(deadline=None)
@given(st.floats(0, 1), st.integers(1, 10_000))
def test_the_interval_holds_the_share_and_narrows(share, n):
    low, high = wilson(share, n)
    wide = wilson(share, n / 2)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert high - low <= wide[1] - wide[0] + 1e-12


@settings(deadline=None)
@given(CELLS, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_same_cells_are_drawn_whatever_their_order(cells, size, chance):
    shuffled = list(cells)
    chance.shuffle(shuffled)
    drawn = draw(cells, size, "benih")
    assert drawn == draw(shuffled, size, "benih")
    assert len(set(drawn)) == len(drawn) == min(size, len(cells))
    assert set(drawn) <= set(cells)


@settings(deadline=None)
@given(CELLS)
def test_every_stratum_is_read_before_any_is_read_twice(cells):
    strata = {calibration._stratum(cell) for cell in cells}
    drawn = draw(cells, len(strata), "benih")
    assert {calibration._stratum(cell) for cell in drawn} == strata


def test_another_seed_draws_others_and_items_take_turns():
    cells = [Cell(f"a{number}", f"i{number % 10}", Verdict.FULFILLED, 0.85) for number in range(200)]
    first, second = (draw(cells, 20, seed) for seed in ("satu", "dua"))
    assert first != second
    assert set(Counter(cell.item for cell in first).values()) == {2}


def test_more_is_read_where_the_tool_is_less_sure():
    sure = [Cell(f"a{number}", "x", Verdict.FULFILLED, 0.99) for number in range(100)]
    unsure = [Cell(f"b{number}", "x", Verdict.FULFILLED, 0.6) for number in range(100)]
    drawn = Counter(cell.confidence for cell in draw([*sure, *unsure], 30, "benih"))
    assert drawn[0.6] > 2 * drawn[0.99]


@settings(deadline=None)
@given(CELLS.filter(bool))
def test_a_reader_who_always_agrees_changes_nothing(cells):
    readings = [Reading(cell, cell.verdict) for cell in cells]
    weights = calibration.weights_of(cells, readings)
    assert calibration.exact(readings, weights).value == pytest.approx(1)
    for total in calibration.totals(cells, readings):
        assert total.corrected == pytest.approx(total.told)
        assert total.low == total.high == pytest.approx(total.told)


@settings(deadline=None)
@given(CELLS.filter(bool), st.data())
def test_corrected_totals_add_up_to_all_cells(cells, data):
    read = data.draw(st.lists(st.sampled_from(cells), unique=True))
    readings = [Reading(cell, data.draw(st.sampled_from(DECIDED))) for cell in read]
    totals = calibration.totals(cells, readings)
    assert sum(total.told for total in totals) == len(cells)
    assert sum(total.corrected for total in totals) == pytest.approx(len(cells))
    assert all(total.low <= total.corrected + 1e-9 and total.corrected <= total.high + 1e-9 for total in totals)


def test_a_reading_weighs_as_many_cells_as_it_stands_for():
    often = [Cell(f"a{number}", "x", Verdict.FULFILLED, 0.99) for number in range(90)]
    rarely = [Cell(f"b{number}", "x", Verdict.FULFILLED, 0.6) for number in range(10)]
    readings = [Reading(often[0], Verdict.FULFILLED), Reading(rarely[0], Verdict.MISSING)]
    weights = calibration.weights_of([*often, *rarely], readings)
    assert calibration.precision(readings, weights).value == pytest.approx(0.9)
    found = {total.verdict: total.corrected for total in calibration.totals([*often, *rarely], readings)}
    assert (found[Verdict.FULFILLED], found[Verdict.MISSING]) == (90, 10)


def test_recall_counts_what_the_tool_did_not_call_fulfilled():
    cells = [Cell("a", "x", Verdict.FULFILLED, 0.9), Cell("b", "x", Verdict.MISSING, 0.9)]
    readings = [Reading(cell, Verdict.FULFILLED) for cell in cells]
    [item] = calibration.by_item(cells, readings)
    assert (item.item, item.precision.value, item.recall.value) == ("x", 1.0, 0.5)


def test_the_reliability_table_has_every_bin_and_leaves_doubt_out():
    cells = [Cell("a", "x", Verdict.FULFILLED, 0.92), Cell("b", "x", Verdict.MISSING, 1.0)]
    doubt = Cell("c", "x", Verdict.CANNOT_TELL, 1.0)
    readings = [Reading(cells[0], Verdict.MISSING), Reading(cells[1], Verdict.MISSING), Reading(doubt, Verdict.MISSING)]
    table = calibration.reliability(readings)
    assert [each.low for each in table] == list(calibration.BINS[:-1])
    assert all(one.high == other.low for one, other in pairwise(table))
    assert [(each.stated, each.right.value, each.right.n) for each in table[-2:]] == [(0.92, 0.0, 1), (1.0, 1.0, 1)]
