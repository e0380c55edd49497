import ssl

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.crawl import tls
from tests.crawl.servers import CERTS
from tests.faults.zoo import sign


def certificate(name: str) -> bytes:
    text = (CERTS / f"{name}.pem").read_text(encoding="ascii")
    return ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN CERTIFICATE") :])


def test_the_names_of_a_certificate():
    assert tls.names(certificate("localhost")) == {b"localhost", b"\x7f\0\0\1"}
    assert tls.names(certificate("other")) == {b"kantor-lain.example", b"*.kantor-lain.example"}


@pytest.mark.parametrize(
    ("host", "name", "fits"),
    [
        ("localhost", "localhost", True),
        ("LOCALHOST", "localhost", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.2", "localhost", False),
        ("kantor-lain.example", "other", True),
        ("www.kantor-lain.example", "other", True),
        ("a.b.kantor-lain.example", "other", False),
        ("kantor.example", "other", False),
        ("localhost", "other", False),
    ],
)
def test_whose_certificate_it_is(host, name, fits):
    assert tls.is_for(host, certificate(name)) is fits


def test_the_day_on_which_a_certificate_ends():
    for days in (-1, 10, 20_000):  # the last one is told as GeneralizedTime
        made = sign("dinas.example", days=(-10, days)).certificate
        assert tls.ends_on(made.public_bytes(Encoding.DER)) == made.not_valid_after_utc.date().isoformat()


@given(st.binary(max_size=200))
def test_damaged_certificates_end_on_no_day_or_on_one(rest):
    assert len(tls.ends_on(rest)) in (0, 10)


@given(st.binary(max_size=80))
def test_damaged_certificates_name_nobody_by_accident(rest):
    assert isinstance(tls.names(b"\x06\x03\x55\x1d\x11" + rest), frozenset)
    assert not tls.is_for("dinas.example", rest)


def test_the_strict_context_asks_for_everything():
    context = tls.strict_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert not context.verify_flags & ssl.VERIFY_X509_STRICT
