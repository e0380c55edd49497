"""Judging is a function of what was read, the rubric and the day, and of nothing else."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from ppid_audit.assess import assess
from ppid_audit.codec import encode
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import FUNCTIONS
from ppid_audit.model.finding import Assessment
from tests.assess.small import AGENCY
from tests.criteria.judging import AS_OF, HERE, Visited, judge, rubric, visited

ROOT = Path(__file__).parents[2]
ITEMS = ("berkala.anggaran", "berkala.lhkpn", "berkala.profil-pejabat", "setiap-saat.dip", "setiap-saat.kebijakan")


def seen() -> Visited:
    return visited(replace(AGENCY, functions=FUNCTIONS), [HERE / item / "fulfils.html" for item in ITEMS])


def digest(assessment: Assessment) -> str:
    return sha256(repr(encode(assessment)).encode()).hexdigest()


def test_the_order_in_which_answers_came_does_not_matter():
    first = seen()
    expected = judge(first)
    for seed in range(5):
        draw = Random(seed)
        readings, captures = list(first.readings), list(first.snapshot.captures)
        draw.shuffle(readings)
        draw.shuffle(captures)
        snapshot = replace(first.snapshot, captures=tuple(captures))
        assert judge(Visited(first.agency, snapshot, tuple(readings))) == expected


def test_nothing_is_remembered_from_one_judgement_to_the_next():
    first = seen()
    expected = judge(first)
    judge(visited(AGENCY, [HERE / "setiap-saat.renstra" / "names.html"]))
    later = assess(first.site(), rubric(), first.agency, AS_OF + timedelta(days=365))
    assert later != expected, "the day counts"
    assert judge(first) == expected


def test_nothing_that_was_given_is_changed():
    first = seen()
    before = repr(first)
    site = assemble(first.agency, first.snapshot, first.readings)
    kept = repr(site)
    assess(site, rubric(), first.agency, AS_OF)
    assert (repr(first), repr(site)) == (before, kept)


@pytest.mark.parametrize("seed", ["1", "4294967295"])
def test_another_hash_seed_gives_the_same_findings(seed):
    command = "from tests.assess.test_purity import digest, judge, seen; print(digest(judge(seen())))"
    done = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
    )
    assert done.stdout.strip() == digest(judge(seen()))
