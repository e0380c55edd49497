"""reviews.yaml of the whole region, on a scan that ``--only`` made of a part of it."""

from ppid_audit.demo.server import DemoServer
from tests.cli.test_review import KEC, SETWAN, SITES, Office

_ENTRY = """  - {{agency: {agency}, item: berkala.lhkpn, verdict: not_applicable, reason: waived,
     justification: Diumumkan KPK, by: Sri, on: 2026-11-24}}
"""


def test_a_review_of_an_agency_that_the_scan_passed_over_is_told_and_the_others_hold(tmp_path):
    with DemoServer(sites=SITES, dead=()) as server:
        office = Office(tmp_path, server.urls)
        office("scan", "--only", SETWAN, "--as-of", "2026-11-24", "--quiet")
    entries = "".join(_ENTRY.format(agency=agency) for agency in (SETWAN, KEC))
    (tmp_path / "semua.yaml").write_text(f"reviews:\n{entries}", "utf-8")
    said = office("rescore", "--reviews", "semua.yaml")
    assert f"Tinjauan untuk {KEC} tidak dipakai" in said
    assert "Putusan yang diberikan oleh peninjau: 1." in said
