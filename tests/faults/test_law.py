"""The law on faults: a verdict stays what it was or becomes "cannot tell", never anything else."""

from random import Random

import pytest

from ppid_audit.model.capture import Problem
from ppid_audit.model.rubric import Verdict
from tests.faults.law import Flip, Seen, flips, gather, judged_without, rubric, verdicts_without_home

PAIRS = 300
SITES = ("dinkes-contoh", "kec-sukacontoh", "setwan-contoh", "rsud-contoh", "satpolpp-contoh")
RUBRIC = rubric()


@pytest.fixture(scope="module")
def sites() -> tuple[Seen, ...]:
    return gather(RUBRIC, SITES)


def test_random_losses_flip_nothing(sites):
    draw = Random(6)
    found: list[Flip] = []
    for number in range(PAIRS):
        found += flips(sites[number % len(sites)], RUBRIC, draw)
    assert found == []


def test_the_law_can_be_broken(sites):
    """A page that is gone (404) is no fault: then verdicts do change, and the machine above sees it."""
    seen = sites[0]
    places = {capture.url: None for capture in seen.snapshot.captures if capture.url != seen.agency.url}
    assert judged_without(seen, RUBRIC, places) != []


@pytest.mark.parametrize("problem", [problem for problem in Problem if problem is not Problem.RUNNER_OFFLINE])
def test_a_front_page_that_fails_leaves_everything_open(problem, sites):
    assert verdicts_without_home(sites[0], RUBRIC, problem) <= {Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE}
