"""One page that fulfils an item, one that only names it, one that does not hold it: for every item of rubric.yaml."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ppid_audit.model.rubric import Criterion, Renew, Verdict
from tests.criteria.judging import HERE, KINDS_OF_PAGE, called, judged, rubric

CRITERIA = {criterion.id: criterion for criterion in rubric().criteria}
PAGES = sorted(HERE.glob("*/*.html"))
CASES = [(criterion, kind) for criterion in CRITERIA for kind in KINDS_OF_PAGE]
REAL_HOSTS = {
    "docs.google.com",
    "drive.google.com",
    "elhkpn.kpk.go.id",
    "infeksiemerging.kemkes.go.id",
    "sirup.lkpp.go.id",
    "www.bmkg.go.id",
    "www.google.com",
    "www.lapor.go.id",
}
"""Hosts of the world that the pages name; all others are invented."""


class Whole(HTMLParser):
    """The tags and addresses of a page, and how many words it has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words = 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src", "data"} and value]

    def handle_data(self, data):
        self.words += len(data.split())


def expected(criterion: Criterion, kind: str) -> set[Verdict]:
    absent = Verdict.NOT_APPLICABLE if criterion.renew is Renew.EVENT else Verdict.MISSING
    return {"fulfils": {Verdict.FULFILLED}, "names": {Verdict.PARTIAL}, "lacks": {absent}}[kind]


@pytest.mark.parametrize(("item", "kind"), CASES)
def test_the_page_is_judged_right(item, kind):
    criterion = CRITERIA[item]
    finding = judged(criterion, HERE / item / f"{kind}.html")
    assert finding.verdict in expected(criterion, kind), finding
    if kind != "lacks":
        assert rubric().points[finding.reason] == (kind == "fulfils"), finding
        assert finding.evidence


def test_every_item_has_its_three_pages_and_no_folder_is_without_an_item():
    assert {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(CRITERIA)
    there = {(path.parent.name, path.name) for path in HERE.glob("*/*") if path.parent.name in CRITERIA}
    assert there == {(item, f"{kind}.html") for item, kind in CASES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_the_page_is_whole_and_names_no_real_office(page: Path):
    text = page.read_text(encoding="utf-8")
    assert called(text)
    seen = Whole()
    seen.feed(text)
    assert {"html", "title", "body"} <= seen.tags
    assert seen.words >= 12
    hosts = {urlsplit(address).netloc for address in seen.addresses} - {""}
    assert {host for host in hosts - REAL_HOSTS if not host.endswith(("contohkab.go.id", "lainkab.go.id"))} == set()


def test_no_two_pages_are_the_same():
    texts = {page.read_text(encoding="utf-8") for page in PAGES}
    assert len(texts) == len(PAGES)
