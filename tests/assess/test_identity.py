"""Whose text and whose address it is."""

import pytest

from ppid_audit.assess.identity import Identity, base_domain, districts_in, provinces_in
from ppid_audit.model.agency import Agency
from tests.assess.small import AGENCY, menu, site, whole

OF_JATENG = Agency("a", "Dinas Contoh Provinsi Jawa Tengah", "dinas", "https://dinas.jatengprov.go.id/")


def identity(agency: Agency = AGENCY, **pages: str) -> Identity:
    return Identity(agency, site({"": menu(), **pages}, agency=agency))


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("dinas.contohkab.go.id", "contohkab.go.id"),
        ("contohkab.go.id", "contohkab.go.id"),
        ("x.y.contohkab.go.id", "contohkab.go.id"),
        ("WWW.Contoh.Desa.ID.", "contoh.desa.id"),
        ("www.contoh.com", "contoh.com"),
        ("contoh.id", "contoh.id"),
        ("", ""),
    ],
)
def test_the_registrable_part_of_a_host(host, base):
    assert base_domain(host) == base


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("Pemerintah Provinsi Jawa Barat", {"jabar"}),
        ("Dinas Kesehatan DKI Jakarta", {"dki"}),
        ("Dokumen JATIM dan Bali", {"jatim", "bali"}),
        ("Sebalik dan Balikpapan", set()),
        ("", set()),
    ],
)
def test_provinces_named_as_whole_words(text, provinces):
    assert provinces_in(text) == provinces


def test_districts_are_names_with_a_capital():
    text = "Kabupaten Lain, Kota Baru, Kab. Contoh; kabupaten ini dan kota kami"
    assert districts_in(text) == {"lain", "baru", "contoh"}


@pytest.mark.parametrize(
    ("url", "words", "is_foreign"),
    [
        ("https://ppid.contohkab.go.id/renstra.pdf", "", False),
        ("https://ppid.contohkab.go.id/renstra.pdf", "Jawa Barat", False),
        ("https://dinas.lainkab.go.id/renstra.pdf", "", True),
        ("https://ppid.lainkota.go.id/", "", True),
        ("https://jdih.jabarprov.go.id/", "", True),
        ("https://www.lapor.go.id/", "", False),
        ("https://sirup.lkpp.go.id/x?id=1", "", False),
        ("https://drive.google.com/file/d/1/view", "Renstra", False),
    ],
)
def test_addresses_of_other_governments(url, words, is_foreign):
    assert identity().foreign(url, words) is is_foreign


def test_words_that_name_another_province_are_foreign_to_a_province():
    own = identity(OF_JATENG)
    assert own.foreign("https://drive.google.com/file/d/1/view", "Pergub Jawa Barat")
    assert not own.foreign("https://drive.google.com/file/d/1/view", "Pergub Jawa Tengah")
    assert not own.foreign("https://drive.google.com/file/d/1/view", "Perbandingan Jawa Tengah dan Jawa Barat")
    assert own.names_another("Maklumat Dinas DKI Jakarta")
    assert not identity().names_another("Maklumat Dinas DKI Jakarta"), "a district does not know its province"


def test_sisters_share_the_registrable_domain():
    assert identity().sister("https://bpbd.contohkab.go.id/")
    assert not identity().sister("https://bpbd.lainkab.go.id/")


@pytest.mark.parametrize(
    ("text", "is_copied"),
    [
        ("Bupati Lain memimpin Kabupaten Lain. Warga Kabupaten Lain rukun.", True),
        ("Kunjungan tamu dari Kabupaten Lain", False),
        ("Kabupaten Contoh belajar dari Kabupaten Lain. Kabupaten Lain maju.", False),
        ("Kantor ini melayani warga", False),
    ],
)
def test_text_copied_from_another_district_names_it_again_and_again(text, is_copied):
    assert identity().copied(text) is is_copied


def test_an_agency_on_a_bare_address_is_known_by_its_mail():
    local = Agency("a", "Dinas", "dinas", "http://127.0.0.1:8000/")
    html = whole("Kontak", "<p>surat: dinas@contohkab.go.id, kepala@contohkab.go.id</p>")
    seen = Identity(local, site({"http://127.0.0.1:8000/": html}, agency=local))
    assert not seen.foreign("https://ppid.contohkab.go.id/")
    assert seen.foreign("https://ppid.lainkab.go.id/")
    nobody = Identity(local, site({"http://127.0.0.1:8000/": whole("Kontak", "<p>-</p>")}, agency=local))
    assert not nobody.foreign("https://ppid.lainkab.go.id/"), "who does not know himself accuses nobody"
