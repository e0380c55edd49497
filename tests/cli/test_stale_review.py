"""A review holds while what the reviewer saw is there, and is told to have lapsed when it is not."""

import json
from typing import Any

import pytest

from tests.cli.desk import call
from tests.cli.small_regency import Pages, Regency, page

PROFIL, SOP = "berkala.profil", "setiap-saat.sop"
BEFORE_ANY_SCAN = "2020-01-02"


@pytest.fixture
def regency(tmp_path):
    pages = Pages({"/profil": page("Profil"), "/tata-kerja": page("Tata kerja")})
    made = Regency(tmp_path, dinkes=pages)
    try:
        scan(made)
        yield made
    finally:
        made.close()


def scan(regency: Regency, *more: str) -> None:
    assert call(regency.folder, "scan", "--as-of", "2026-11-24", "--quiet", *more)[0] == 0


def finding(regency: Regency, item: str) -> dict[str, Any]:
    agencies = json.loads(call(regency.folder, "report", "--json")[1])["agencies"]
    return dict(next(each for each in agencies[0]["items"] if each["id"] == item))


def attest(regency: Regency, address: str) -> str:
    code, out, err = call(
        regency.folder, "review", "add", "dinkes", SOP, "--verdict", "terpenuhi", "--reason", "dinyatakan ada",
        "--justification", "ada di tata kerja", "--by", "Sari", "--on", BEFORE_ANY_SCAN, "--evidence", address,
    )  # fmt: skip
    assert code == 0, err
    return out


def address(regency: Regency, path: str) -> str:
    return next(
        line.split("url: '")[1].partition("'")[0].rstrip("/") + path
        for line in (regency.folder / "agencies.yaml").read_text().splitlines()
        if "url:" in line
    )


def test_an_attestation_lives_as_long_as_the_words_that_it_saw(regency):
    assert "1 tinjauan diterima" in attest(regency, address(regency, "/tata-kerja"))
    assert finding(regency, SOP)["reason"] == "attested"
    pages = regency.sites["dinkes"]
    old = pages["/tata-kerja"]

    pages["/tata-kerja"] = old.replace(
        "<body>", "<body><!-- pengunjung ke-4711 --><input type=hidden name=csrf value=9>"
    )
    scan(regency, "--reviews", "reviews.yaml")
    assert finding(regency, SOP)["reason"] == "attested"

    pages["/tata-kerja"] = page("Tata kerja lain").replace("Tata kerja lain", "Tata kerja")
    scan(regency, "--reviews", "reviews.yaml")
    lapsed = finding(regency, SOP)
    assert (lapsed["reason"], lapsed["reviewed"]) == ("not_found", False)
    assert "sudah berubah" in call(regency.folder, "explain", "dinkes", SOP)[1]

    pages["/tata-kerja"] = old
    scan(regency, "--reviews", "reviews.yaml")
    assert finding(regency, SOP)["reason"] == "attested"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/tidak-ada", "tidak ada"),
        ("/kosong", "kosong"),
    ],
)
def test_a_claim_that_leads_to_nothing_is_refused_and_recorded(regency, path, says):
    regency.sites["dinkes"]["/kosong"] = " "
    out = attest(regency, address(regency, path))
    assert "0 tinjauan diterima, 1 ditolak" in out
    assert says in out
    assert not (regency.folder / "reviews.yaml").exists()
    log = json.loads((regency.folder / "ppid-data" / "tinjauan.json").read_text())
    assert log["imports"][0]["rows"][0]["accepted"] is False


def test_what_robots_txt_forbids_is_not_opened_and_refutes_nothing(regency):
    regency.sites["dinkes"]["/robots.txt"] = "User-agent: *\nDisallow: /rahasia\n"
    out = attest(regency, address(regency, "/rahasia"))
    assert "1 tinjauan diterima" in out
    assert "dilarang oleh robots.txt" in out


def test_a_site_that_is_down_refutes_nothing(regency):
    where = address(regency, "/tata-kerja")
    regency.close()
    out = attest(regency, where)
    assert "1 tinjauan diterima" in out
    assert "belum dapat diperiksa" in out
