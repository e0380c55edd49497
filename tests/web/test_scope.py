import pytest
from hypothesis import given

from ppid_audit.model.agency import Agency
from ppid_audit.web import urls
from ppid_audit.web.scope import Relation, Scope, is_internal
from tests.web import addresses


def scope(url: str, also: tuple[str, ...] = (), trusted: tuple[str, ...] = ()) -> Scope:
    return Scope.of(Agency("dinkes", "Dinas Kesehatan", "dinas", url, also=also, trusted=trusted))


PUBLIC = scope(
    "https://www.dinkes.go.id/",
    also=("dinkes-lama.go.id", "https://puskesmas.go.id/x"),
    trusted=("ppid.blorakab.go.id", "https://blorakab.go.id/dinkes/"),
)


@pytest.mark.parametrize(
    ("url", "relation"),
    [
        ("http://dinkes.go.id/a", Relation.OWN),
        ("https://WWW.DINKES.go.id:8443/a", Relation.OWN),
        ("https://www.dinkes-lama.go.id/", Relation.OWN),
        ("https://puskesmas.go.id/y", Relation.OWN),
        ("https://ppid.blorakab.go.id/dinkes", Relation.TRUSTED),
        ("https://www.blorakab.go.id/dinkes", Relation.TRUSTED),
        ("https://blorakab.go.id/dinkes/lakip.pdf", Relation.TRUSTED),
        ("https://blorakab.go.id/dinkesos", Relation.ELSEWHERE),
        ("https://sub.dinkes.go.id/", Relation.ELSEWHERE),
        ("https://dinkes.go.id.penipu.com/", Relation.ELSEWHERE),
        ("https://dinkes.go.id@penipu.com/", Relation.ELSEWHERE),
        ("https://аdinkes.go.id/", Relation.ELSEWHERE),
        ("https://drive.google.com/file/d/1/view", Relation.DOCUMENT_HOST),
        ("https://s.id/ab", Relation.DOCUMENT_HOST),
        ("https://awan.blorakab.go.id/s/AbCdEf123456", Relation.DOCUMENT_HOST),
        ("https://sirup.lkpp.go.id/", Relation.PORTAL),
        ("https://ppid.jatengprov.go.id/", Relation.PORTAL),
        ("https://instagram.com/dinkes", Relation.SOCIAL),
        ("https://youtu.be/ab", Relation.SOCIAL),
        ("http://127.0.0.1/", Relation.ELSEWHERE),
        ("mailto:a@dinkes.go.id", Relation.ELSEWHERE),
        ("", Relation.ELSEWHERE),
    ],
)
def test_relation(url, relation):
    assert PUBLIC.relation(url) is relation
    assert PUBLIC.owns(url) is (relation is Relation.OWN)


def test_on_an_internal_host_the_port_is_part_of_the_identity():
    local = scope("http://127.0.0.1:8001/", trusted=("127.0.0.1:8002",))
    assert local.relation("http://127.0.0.1:8001/a") is Relation.OWN
    assert local.relation("http://127.0.0.1:8002/a") is Relation.TRUSTED
    assert local.relation("http://127.0.0.1:8003/a") is Relation.ELSEWHERE
    assert local.relation("http://127.0.0.1/a") is Relation.ELSEWHERE


def test_an_agency_without_a_usable_address_owns_nothing():
    assert not scope("bukan alamat").owns("")
    assert not scope("").owns("mailto:x")


INTERNAL = """
    127.0.0.1 127.1 2130706433 0x7f.0.0.1 0177.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1
    0.0.0.0 255.255.255.255 224.0.0.1 ::1 [::1] :: fe80::1 fe80::1%eth0 fd00::1 ::ffff:10.0.0.1 ::ffff:7f00:1
    64:ff9b::7f00:1 2002:7f00:1:: localhost LOCALHOST localhost. dinkes.localhost
"""
PUBLIC_HOSTS = ("dinkes.go.id", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "localhost.go.id", "10.go.id", "x", "")


@pytest.mark.parametrize("host", INTERNAL.split())
def test_internal_hosts(host):
    assert is_internal(host)


@pytest.mark.parametrize("host", PUBLIC_HOSTS)
def test_public_hosts(host):
    assert not is_internal(host)


@given(addresses.urls)
def test_nothing_raises(url):
    assert PUBLIC.relation(url) in Relation
    assert is_internal(url) in (True, False)
    assert scope(url, also=(url,), trusted=(url,)).relation(url) in Relation


@given(addresses.http)
def test_every_address_of_the_front_pages_host_is_own(url):
    assert scope(url).owns(url) is (urls.host(url) != "")
