"""``--db``: the same commands on a database elsewhere: a file, or a PostgreSQL server."""

import json

import pytest

from tests.cli.small_regency import Pages, Regency, page
from tests.history.postgres import serving


@pytest.fixture
def regency(tmp_path_factory):
    regency = Regency(
        tmp_path_factory.mktemp("kabupaten"),
        dinkes=Pages({"/lkjip": page("LKjIP 2025"), "/profil": page("Profil"), "/sop": page("SOP layanan")}),
    )
    yield regency
    regency.close()


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.full)])
def url(request, tmp_path):
    if request.param == "file":
        yield str(tmp_path / "kantor.db")
    else:
        with serving() as server:
            yield server.database()


def test_every_command_that_reads_or_writes_scans_takes_the_address(regency, url, monkeypatch):
    regency.scan("--db", url)
    regency.sites["dinkes"].pop("/sop")
    regency.scan("--db", url)
    told = json.loads(regency.run("diff", "--db", url, "--json"))
    assert [change["item"] for change in told["agencies"][0]["changes"]] == ["setiap-saat.sop"]
    report = regency.run("report", "--db", url, "--json")
    assert regency.run("rescore", "--db", url, "--json") == report
    assert "2025" in regency.run("explain", "dinkes", "berkala.lkjip", "--db", url)
    monkeypatch.setenv("PPID_AUDIT_DB", url)
    assert regency.run("report", "--json") == report
    assert len(json.loads(regency.run("diff", "--trend", "--json"))["scans"]) == 2
    assert not (regency.folder / "ppid-data" / "ppid-audit.db").exists()


def test_a_server_that_does_not_answer_is_one_sentence_without_the_password(regency):
    said = regency.run("report", "--db", "postgresql://sari:rahasia@127.0.0.1:1/ppid", code=6)
    assert said.count("\n") == 1
    assert "rahasia" not in said
