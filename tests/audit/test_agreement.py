from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.audit.agreement import agreements, kappa
from ppid_audit.model.amendment import Amendment
from ppid_audit.model.rubric import Verdict

WORDS = st.sampled_from(["ya", "tidak", "entah"])


def test_known_values():
    proposals = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(proposals) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 45 + [("y", "n")] * 15 + [("n", "y")] * 25 + [("n", "n")] * 15) == pytest.approx(
        0.1304, abs=1e-4
    )
    assert kappa([("y", "y")] * 25 + [("y", "n")] * 35 + [("n", "y")] * 5 + [("n", "n")] * 35) == pytest.approx(
        0.2593, abs=1e-4
    )


def test_without_chance_there_is_no_kappa():
    assert kappa([]) is None
    assert kappa([("y", "y")] * 7) is None


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1))
def test_kappa_is_symmetric_and_at_most_one(pairs):
    value = kappa(pairs)
    turned = kappa([(other, one) for one, other in pairs])
    if value is None or turned is None:
        assert value is turned
        assert len(set(pairs)) == 1
        return
    assert value == pytest.approx(turned)
    assert -1 <= value <= 1
    assert (value == pytest.approx(1)) == all(one == other for one, other in pairs)


def entry(by: str, item: str, verdict: Verdict, day: int = 1) -> Amendment:
    return Amendment("dinkes", item, verdict, "corrected", "-", by, date(2026, 11, day))


def test_pairs_of_reviewers_are_told_with_where_they_differ():
    entries = [
        entry("Sari", "a", Verdict.MISSING),
        entry("Budi", "a", Verdict.MISSING),
        entry("Budi", "b", Verdict.PARTIAL),
        entry("SARI", "b", Verdict.PARTIAL),
        entry("Sari", "b", Verdict.FULFILLED, 2),
        entry("Ani", "c", Verdict.MISSING),
    ]
    [only] = agreements(entries)
    assert (only.first, only.second, only.both, only.agreed) == ("Sari", "Budi", 2, 1)
    [cell] = only.disputes
    assert (cell.item, cell.first, cell.second) == ("b", Verdict.FULFILLED, Verdict.PARTIAL)
