"""TLS as this tool sees it: the same on every machine, and honest about broken certificates.

A site whose certificate is expired, self-signed or lacks its chain is read all the same, and flagged.
One whose certificate names another host is never read: it may be another agency's site.
"""

import ssl
from datetime import date
from ipaddress import ip_address

import certifi

_WRONG_HOST_CODES = frozenset({62, 63, 64})
"""X509_V_ERR_HOSTNAME_MISMATCH, _EMAIL_MISMATCH, _IP_ADDRESS_MISMATCH."""

_SUBJECT_ALT_NAME = bytes.fromhex("0603551d11")  # OID 2.5.29.17 in DER
_SEQUENCE, _OCTETS, _DNS_NAME, _IP_ADDRESS = 0x30, 0x04, 0x82, 0x87
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_VALIDITY = 2  # the third sequence of a TBSCertificate, after signature and issuer


def strict_context() -> ssl.SSLContext:
    """Verification against certifi's roots, independent of the system, its settings and the Python version."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    context.hostname_checks_common_name = False
    return context


def lax_context() -> ssl.SSLContext:
    """No verification; the caller compares the host with ``names`` of the certificate itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT@SECLEVEL=0")  # short keys count among the certificate's faults
    return context


def readable_in_spite_of(error: ssl.SSLCertVerificationError) -> bool:
    """Whether the fault leaves no doubt about which host this is."""
    return error.verify_code not in _WRONG_HOST_CODES


def is_for(host: str, certificate: bytes) -> bool:
    """Whether the DER ``certificate`` names ``host`` (RFC 6125: one wildcard, the whole first label)."""
    try:
        return ip_address(host).packed in names(certificate)
    except ValueError:
        pass
    wanted = host.lower().rstrip(".").encode("ascii", "replace")
    wildcard = b"*." + wanted.partition(b".")[2]
    found = {name.lower() for name in names(certificate)}
    return wanted in found or (wanted.count(b".") > 1 and wildcard in found)


def names(certificate: bytes) -> frozenset[bytes]:
    """The subject alternative names of a DER certificate: DNS names as text, IP addresses packed.

    Only this one extension is read (RFC 5280 section 4.2.1.6); without it, or when it is damaged, none.
    """
    _, found, rest = certificate.partition(_SUBJECT_ALT_NAME)
    if not found:
        return frozenset()
    if rest.startswith(b"\x01\x01"):  # the BOOLEAN "critical"
        rest = rest[3:]
    outer = _values(rest).get(_OCTETS, [b""])[0]
    inner = _values(outer).get(_SEQUENCE, [b""])[0]
    fields = _values(inner)
    return frozenset(fields.get(_DNS_NAME, []) + fields.get(_IP_ADDRESS, []))


def ends_on(certificate: bytes) -> str:
    """The day on which a DER certificate ends (RFC 5280 section 4.1.2.5), as an ISO date; empty when it is damaged."""
    try:
        whole = _values(certificate)[_SEQUENCE][0]
        validity = _values(_values(whole)[_SEQUENCE][0])[_SEQUENCE][_VALIDITY]
        times = _values(validity)
        if _GENERALIZED_TIME in times:
            text = times[_GENERALIZED_TIME][-1].decode("ascii")
        else:
            short = times[_UTC_TIME][-1].decode("ascii")
            text = ("19" if short >= "50" else "20") + short
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()
    except (KeyError, IndexError, ValueError):
        return ""


def _values(data: bytes) -> dict[int, list[bytes]]:
    """The DER values at the top of ``data`` by tag; stops where the encoding does not hold."""
    found: dict[int, list[bytes]] = {}
    while len(data) >= 2:
        tag, size, head = data[0], data[1], 2
        if size & 0x80:
            head = 2 + (size & 0x7F)
            size = int.from_bytes(data[2:head], "big")
        if head > 6 or head + size > len(data):
            break
        found.setdefault(tag, []).append(data[head : head + size])
        data = data[head + size :]
    return found
