from functools import cache
from pathlib import Path

import pytest
import yaml

from ppid_audit.demo.regency import AGENCIES, DEAD, PORTAL, registry, truth
from ppid_audit.model.agency import FUNCTIONS, KINDS
from ppid_audit.model.rubric import Verdict
from tests.demo.walking import URLS

RUBRIC = yaml.safe_load((Path(__file__).parents[2] / "rubric.yaml").read_text("utf-8"))


def applicable(agency) -> list[str]:
    names = {agency.kind, *agency.functions}
    return [
        item["id"]
        for item in RUBRIC["items"]
        if item.get("applies_to", "all") == "all" or names & set(item["applies_to"])
    ]


@cache
def true_score(name: str) -> float | None:
    """Points times weight over what can be decided, as a percentage."""
    weights = {item["id"]: item.get("weight", 2) for item in RUBRIC["items"]}
    decided = {
        item: told
        for item, told in truth()[name].items()
        if told.verdict in (Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING)
    }
    total = sum(weights[item] for item in decided)
    return (
        100 * sum(weights[item] * RUBRIC["points"][told.reason] for item, told in decided.items()) / total
        if total
        else None
    )


def test_agencies_use_the_words_of_the_glossary():
    assert len({agency.id for agency in AGENCIES}) == len(AGENCIES) >= 11
    assert {agency.kind for agency in AGENCIES} <= set(KINDS)
    assert {function for agency in AGENCIES for function in agency.functions} <= set(FUNCTIONS)


def test_the_registry_names_addresses_and_trusts_the_portal():
    made = registry(URLS)
    assert [agency.url for agency in made.agencies] == [URLS[agency.id] for agency in AGENCIES]
    assert {agency.trusted for agency in made.agencies if agency.id != PORTAL} == {(URLS[PORTAL],)}
    assert (made.region, made.contact, made.crawl.delay) == ("Kabupaten Contoh", "ppid@contoh.example", 0)
    assert made.sha256 == registry(dict.fromkeys(URLS, "http://127.0.0.1:1/")).sha256


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.id)
def test_the_truth_covers_exactly_the_items_that_apply(agency):
    assert list(truth()[agency.id]) == applicable(agency)


def test_the_truth_speaks_of_known_agencies_and_its_verdicts_fit_their_reasons():
    assert set(truth()) == {agency.id for agency in AGENCIES}
    for agency, items in truth().items():
        for item, told in items.items():
            assert told.verdict is told.reason.verdict, (agency, item)


def test_event_items_are_never_missing():
    events = {item["id"] for item in RUBRIC["items"] if item["renew"] == "event"}
    told = {truth()[agency][item].verdict for agency in truth() for item in events & set(truth()[agency])}
    assert Verdict.MISSING not in told
    assert told >= {Verdict.FULFILLED, Verdict.NOT_APPLICABLE}


def test_the_ranking_spreads():
    scores = {agency.id: true_score(agency.id) for agency in AGENCIES}
    unseen = {name for name, score in scores.items() if score is None}
    assert unseen == {*DEAD, "dinporapar-contoh"}
    seen = sorted(score for score in scores.values() if score is not None)
    assert seen[-1] >= 85
    assert seen[0] < 20
    assert sum(40 <= score <= 75 for score in seen) >= 4


def test_most_reasons_occur():
    reasons = {told.reason.value for items in truth().values() for told in items.values()}
    assert reasons >= {
        "found", "found_other_wording", "found_off_site", "owner_linked", "stale", "listed_in_dip", "dead_link",
        "named_without_content", "empty_list", "empty_document", "placeholder", "wrong_document", "wrong_body",
        "portal_front_page", "gated_off_site", "not_found", "unreachable", "script_only", "unverified_off_site",
        "no_event_known",
    }  # fmt: skip
