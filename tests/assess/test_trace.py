"""Which observation stands when several places were looked at."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.assess.matching import Match
from ppid_audit.assess.trace import best, newest_year, spans, weight
from ppid_audit.model.capture import Capture, Role
from ppid_audit.model.finding import Evidence, Observation, Where
from ppid_audit.model.rubric import Reason, Verdict
from tests.assess.small import trace

SEEN = [reason for reason in Reason if reason.verdict in {Verdict.FULFILLED, Verdict.PARTIAL, Verdict.CANNOT_TELL}]


def observed(reason: Reason, url: str = "https://x/", year: int | None = None, sure: float = 0.8) -> Observation:
    return Observation(reason, sure, (Evidence(url, year=year),))


OBSERVATIONS = st.builds(
    observed,
    st.sampled_from(SEEN),
    st.sampled_from(["https://x/a", "https://x/b", "https://x/c"]),
    st.sampled_from([None, 2024, 2025]),
    st.sampled_from([0.6, 0.8]),
)


def test_nothing_seen_is_nothing():
    assert best([]) is None


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (Reason.FOUND, Reason.UNREACHABLE),
        (Reason.UNREACHABLE, Reason.STALE),
        (Reason.NOT_LOOKED_EVERYWHERE, Reason.NAMED_WITHOUT_CONTENT),
        (Reason.STALE, Reason.LISTED_IN_DIP),
        (Reason.LISTED_IN_DIP, Reason.GATED_OFF_SITE),
        (Reason.EMPTY_LIST, Reason.DEAD_LINK),
        (Reason.DEAD_LINK, Reason.NAMED_WITHOUT_CONTENT),
        (Reason.NAMED_WITHOUT_CONTENT, Reason.NOT_FOUND),
    ],
)
def test_a_sighting_beats_a_doubt_and_a_doubt_beats_a_name(stronger, weaker):
    pair = [observed(weaker, "https://x/w", 2026, 0.99), observed(stronger, "https://x/s", None, 0.6)]
    top = best(pair)
    assert top is not None
    assert top.reason is stronger
    assert [(miss.url, miss.why) for miss in top.near_misses] == [("https://x/w", weaker)]


def test_every_partial_reason_has_its_place():
    partial = [reason for reason in Reason if reason.verdict is Verdict.PARTIAL]
    assert len({weight(observed(reason)) for reason in partial}) == len(partial)


def test_the_youngest_of_equals_stands():
    top = best([observed(Reason.FOUND, "https://x/old", 2024, 0.9), observed(Reason.FOUND, "https://x/new", 2025, 0.6)])
    assert top is not None
    assert top.evidence[0].url == "https://x/new"
    assert top.near_misses == (), "another sighting is no near miss"


def test_near_misses_are_distinct_and_few():
    many = [observed(Reason.DEAD_LINK, f"https://x/{n % 9}", sure=0.5 + n / 100) for n in range(30)]
    top = best([observed(Reason.FOUND), *many])
    assert top is not None
    assert len(top.near_misses) == 5
    assert len(set(top.near_misses)) == 5


@given(st.lists(OBSERVATIONS, min_size=1, max_size=4))
def test_the_order_of_looking_does_not_matter(observations):
    first = best(observations)
    assert first is not None
    assert weight(first) == max(map(weight, observations))
    for other in permutations(observations):
        again = best(other)
        assert again is not None
        assert (again.reason, again.evidence) == (first.reason, first.evidence)


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("LKjIP 2025",), 2025),
        (("LKjIP 2024 dan 2025",), 2025),
        (("LKjIP", "tahun 2023"), 2023),
        (("LKjIP 2022", "diunggah 2026"), 2022),
        (("Renstra 2025-2029",), 2029),
        (("pagu 2.025.000", "nomor 20251"), None),
        (("",), None),
        ((), None),
    ],
)
def test_the_year_is_taken_from_the_first_text_that_names_one(texts, year):
    assert newest_year(*texts) == year


def test_spans_of_years():
    text = "Renstra 2021-2026, 2025 s.d. 2029, 2016–2021, 2030-2025"
    assert spans(text) == ((2021, 2026), (2025, 2029), (2016, 2021))


def test_evidence_can_be_found_again():
    capture = Capture("https://x/a", "https://x/a", Role.DOCUMENT, "", 200, None, media_type="application/pdf")
    said = trace("Renstra 2025-2029").say(Reason.FOUND, 0.91239, "https://x/a", capture, where=Where.DOCUMENT)
    (evidence,) = said.evidence
    assert (evidence.url, evidence.year, evidence.status, evidence.where) == ("https://x/a", 2029, 200, Where.DOCUMENT)
    assert said.confidence == 0.912


def test_a_slip_is_another_wording_only_where_it_was_found():
    slip = trace()
    slip = type(slip)(slip.title, Match("renstra", 1, 1, exact=False), slip.found_on, slip.where)
    assert slip.say(Reason.FOUND, 0.9, "https://x/").reason is Reason.FOUND_OTHER_WORDING
    assert slip.say(Reason.DEAD_LINK, 0.9, "https://x/").reason is Reason.DEAD_LINK
