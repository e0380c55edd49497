from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.web.robots import ALLOW_ALL, DISALLOW_ALL, MAX_CHARACTERS, Rules
from tests.web import addresses
from tests.web.vectors import robots_cases

SITE = "https://dinkes.go.id"

DECIDED_OTHERWISE = {
    # RFC 9309, 2.2.2 decodes %62%61%7A before comparing; the case's source compares octets as written.
    ("ID_Encoding", "http://foo.bar/foo/bar/baz"),
    # The address is compared after percent-encoding, as it would be sent.
    ("ID_Encoding", "http://foo.bar/foo/bar/ツ"),
    # An agent's name has no space; "Foo" of "Foo Bar" is its product token.
    ("GoogleOnly_AcceptUserAgentUpToFirstSpace", "http://foo.bar/x/y"),
}


def _is_ours(case: dict[str, Any]) -> bool:
    return (case["test"], case["url"]) in DECIDED_OTHERWISE and not case["allowed"]


@pytest.mark.parametrize("case", [case for case in robots_cases() if not _is_ours(case)], ids=lambda case: case["test"])
def test_published_cases(case):
    assert Rules.parse(case["robots"]).allowed(case["url"], case["agent"]) is case["allowed"]


def test_all_but_a_few_of_the_published_cases_are_kept():
    cases = [case for case in robots_cases() if case["scope"] == "rfc9309"]
    agreed = [c for c in cases if Rules.parse(c["robots"]).allowed(c["url"], c["agent"]) is c["allowed"]]
    assert (len(agreed), len(cases)) == (69, 72)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /admin", "/admin/x", False),
        ("User-agent: *\nDisallow: /admin", "/ppid", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/ppid", False),
        ("User-agent: *\rDisallow: /\r", "/ppid", False),
        ("User-agent: *\x00\nDisallow: /\x00", "/ppid", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: ppid-audit\nDisallow:", "/ppid", True),
        ("User-agent: PPID-Audit/1.0 (audit)\nDisallow: /\n\nUser-agent: *\nAllow: /", "/ppid", False),
        (
            "User-agent: ppid-audit\nDisallow: /a\nUser-agent: x\nAllow: /\nUser-agent: ppid-audit\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: *\nNoindex: /x\nUser-agent: lain\nDisallow: /", "/ppid", False),
        ("User-agent: *\nDisallow: /\nAllow: /ppid$", "/ppid", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /", "/ppid", True),
        ("", "/ppid", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_rules(robots, path, allowed):
    assert Rules.parse(robots).allowed(SITE + path, "ppid-audit") is allowed


def test_a_web_page_in_place_of_the_file_holds_no_rules():
    page = "\n<!DOCTYPE html><html><body><pre>\nUser-agent: *\nDisallow: /\n</pre></body></html>"
    assert Rules.parse(page).allowed(f"{SITE}/ppid", "ppid-audit")


def test_constants():
    assert ALLOW_ALL.allowed(f"{SITE}/x", "ppid-audit")
    assert not DISALLOW_ALL.allowed(f"{SITE}/x", "ppid-audit")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("1", 1.0),
        ("0.5", 0.5),
        ("86400", 86400.0),
        ("-1", None),
        ("abc", None),
        ("inf", None),
        ("nan", None),
        ("1e999", None),
    ],
)
def test_delay(value, seconds):
    assert Rules.parse(f"User-agent: *\nCrawl-delay: {value}").delay("ppid-audit") == seconds


def test_no_delay():
    assert ALLOW_ALL.delay("ppid-audit") is None


def test_sitemaps_stand_outside_the_groups():
    rules = Rules.parse(
        f"Sitemap: {SITE}/a.xml\nUser-agent: *\nSitemap: {SITE}/b.xml\nDisallow: /\nSitemap: {SITE}/a.xml"
    )
    assert rules.sitemaps == (f"{SITE}/a.xml", f"{SITE}/b.xml")
    assert not rules.allowed(f"{SITE}/x", "ppid-audit")


def test_only_the_first_500_kib_count():
    filler = "# x\n" * (MAX_CHARACTERS // 4)
    assert Rules.parse(f"User-agent: *\nDisallow: /a\n{filler}Disallow: /b").allowed(f"{SITE}/b", "ppid-audit")
    assert not Rules.parse(f"User-agent: *\nDisallow: /a\n{filler}Disallow: /b").allowed(f"{SITE}/a", "ppid-audit")


def test_many_wildcards_do_not_stall():
    rules = Rules.parse("User-agent: *\nDisallow: /" + "*a" * 30 + "$")
    began = perf_counter()
    assert rules.allowed(SITE + "/" + "a" * 2000 + "b", "ppid-audit")
    assert perf_counter() - began < 1


@given(
    st.lists(
        st.sampled_from(
            [
                "User-agent: ",
                "Disallow: ",
                "Allow: ",
                "Crawl-delay: ",
                "Sitemap: ",
                "\n",
                "*",
                "/",
                "$",
                "\x00",
                "9",
                "é",
            ]
        )
    ).map("".join),
    addresses.urls,
)
def test_nothing_raises(robots, url):
    rules = Rules.parse(robots)
    assert rules.allowed(url, "ppid-audit") in (True, False)
    assert rules.delay("ppid-audit") is None or (rules.delay("ppid-audit") or 0) >= 0


@given(st.text(), st.text())
def test_nothing_raises_on_any_text(robots, agent):
    assert Rules.parse(robots).allowed(f"{SITE}/x", agent) in (True, False)
