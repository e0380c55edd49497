import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.demo.site import address, load
from tests.demo.walking import open_site

SECRET = "isi yang tidak boleh keluar"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "situs"
    (root / "profil").mkdir(parents=True)
    (tmp_path / "rahasia.txt").write_text(SECRET)
    (root / "index.html").write_text('<a href="https://lain.example/x">lain</a>')
    (root / "profil" / "index.html").write_text("profil")
    (root / "kontak.html").write_text("kontak")
    (root / "_dua.html").write_text("halaman dua")
    (root / "_404.html").write_text("tidak ada")
    settings = {
        "routes": {"/daftar?hal=2&urut=a": "_dua.html", "/daftar": "kontak.html"},
        "redirects": {"/lama": "/profil/"},
        "status": {"/rusak": 500},
        "documents": {"/berkas/a b.pdf": {"kind": "pdf", "title": "A"}},
    }
    for name, value in settings.items():
        (root / f"_{name}.json").write_text(json.dumps(value))
    return root


@pytest.mark.parametrize(
    ("target", "status", "body"),
    [
        ("/profil/", 200, b"profil"),
        ("/kontak.html", 200, b"kontak"),
        ("/kontak", 200, b"kontak"),
        ("/kontak?utm_source=x", 200, b"kontak"),
        ("/daftar?urut=a&hal=2", 200, b"halaman dua"),
        ("/daftar?hal=9", 200, b"kontak"),
        ("/rusak", 500, b"tidak ada"),
        ("/_dua.html", 404, b"tidak ada"),
        ("/_routes.json", 404, b"tidak ada"),
        ("/%5Fdua.html", 404, b"tidak ada"),
        ("/../rahasia.txt", 404, b"tidak ada"),
        ("/profil/%2e%2e/%2e%2e/rahasia.txt", 404, b"tidak ada"),
        ("http://[", 404, b"tidak ada"),
    ],
)
def test_each_address_has_its_answer(folder, target, status, body):
    answer = load(folder, {}).answer(target)
    assert (answer.status, answer.body) == (status, body)


def test_redirects_lead_on(folder):
    site = load(folder, {})
    assert (site.answer("/lama").status, site.answer("/lama").location) == (301, "/profil/")
    assert (site.answer("/profil").status, site.answer("/profil").location) == (301, "/profil/")


def test_documents_are_made_and_their_address_may_hold_spaces(folder):
    answer = load(folder, {}).answer("/berkas/a%20b.pdf")
    assert answer.media_type == "application/pdf"
    assert answer.body.startswith(b"%PDF-")


def test_example_hosts_become_live_addresses(folder):
    assert b'"http://127.0.0.1:99/x"' in load(folder, {"lain": "http://127.0.0.1:99/"}).answer("/").body


@given(st.text(st.sampled_from("./%2eEfF_\\routescljnahimdpw?=&"), max_size=60))
def test_nothing_outside_the_table_is_ever_served(path):
    site = open_site("dlh-contoh")
    answer = site.answer("/" + path)
    assert answer is site.not_found or answer in site.answers.values()
    assert b'"kind"' not in answer.body


@given(st.text(max_size=40))
def test_an_address_is_its_own_address(target):
    assert isinstance(address(target), str)
    assert address("/x?b=2&a=1") == address("/x?a=1&b=2") == "/x?a=1&b=2"
