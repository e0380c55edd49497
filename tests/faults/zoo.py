"""Certificates, good and bad, made on the spot: a root that the tool is told to trust, and what goes wrong below it."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
HOST = "dinas.example"


@dataclass(frozen=True)
class Signed:
    """A certificate with its key and who signed it (None: itself)."""

    certificate: x509.Certificate
    key: Key
    signer: "Signed | None" = None

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def sign(
    name: str,
    signer: Signed | None = None,
    *,
    names: Sequence[str] = (),
    days: tuple[int, int] = (-10, 300),
    authority: bool = False,
    bits: int = 0,
) -> Signed:
    """A certificate for ``name`` that also names ``names`` (hosts or addresses), valid over these days from today."""
    key: Key = rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    today, subject = datetime.now(UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])  # noqa: TID251
    issuer = signer.certificate.subject if signer else subject
    made = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(today + timedelta(days=days[0]))
        .not_valid_after(today + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName([_general(each) for each in names]), critical=False)
    return Signed(made.sign(signer.key if signer else key, hashes.SHA256()), key, signer)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@cache
def root() -> Signed:
    return sign("Akar Uji", authority=True)


@cache
def middle() -> Signed:
    return sign("Perantara Uji", root(), authority=True)


@cache
def stranger() -> Signed:
    return sign("Akar Asing", authority=True)


def trusted(folder: Path) -> Path:
    """A list of roots with ours alone in it."""
    path = folder / "akar.pem"
    path.write_bytes(root().pem)
    return path


def served(folder: Path, leaf: Signed, chain: Sequence[Signed] = ()) -> ssl.SSLContext:
    """What a server with that certificate and further ones in its chain says."""
    path = folder / f"{leaf.certificate.serial_number}.pem"
    path.write_bytes(leaf.key_pem + leaf.pem + b"".join(each.pem for each in chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.load_cert_chain(path)
    return context
