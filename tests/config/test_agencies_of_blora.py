"""The list that ships: complete, honest about what is only a guess, and unset where a person must set it."""

from collections import Counter

from ppid_audit.config import load_agencies
from ppid_audit.web import urls
from tests.config.loading import ROOT

REGISTRY = load_agencies(ROOT / "agencies.yaml")


def test_its_first_line_lets_editors_complete_it():
    first = (ROOT / "agencies.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=agencies.schema.json"


def test_the_office_sets_the_contact():
    assert (REGISTRY.region, REGISTRY.contact) == ("Kabupaten Blora", "")


def test_who_is_in_it():
    kinds = Counter(agency.kind for agency in REGISTRY.agencies)
    assert kinds == {
        "ppid-utama": 1, "sekretariat-daerah": 1, "sekretariat-dprd": 1, "inspektorat": 1, "dinas": 16,
        "satpol-pp": 1, "badan": 5, "rsud": 3, "kecamatan": 16,
    }  # fmt: skip


def test_guessed_hosts_are_marked():
    assert sum(not agency.confirmed for agency in REGISTRY.agencies) == 32
    assert {agency.id for agency in REGISTRY.agencies if agency.kind == "kecamatan" and agency.confirmed} == {
        "kec-cepu"
    }


def test_every_function_of_a_regency_has_its_agency():
    functions = [function for agency in REGISTRY.agencies if agency.kind != "rsud" for function in agency.functions]
    assert {"kesehatan", "bencana", "kepegawaian", "perizinan", "hukum", "pengadaan", "pangan"} <= set(functions)


def test_no_host_is_claimed_twice():
    hosts = [urls.host(url) for agency in REGISTRY.agencies for url in (agency.url, *agency.also)]
    assert len(hosts) == len(set(hosts))
    assert all(host.endswith("blorakab.go.id") for host in hosts)
    assert all("ppid.blorakab.go.id" in agency.trusted for agency in REGISTRY.agencies if agency.kind != "ppid-utama")
