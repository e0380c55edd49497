"""Content codings (RFC 9110 section 8.4.1): bytes as served to bytes as meant, bounded, never raising."""

import zlib

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15
_WINDOW = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
_UNSUPPORTED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
_PLAIN_STARTS = (b"<", b"{", b"[", b"%", b"\xef\xbb\xbf")
_CHUNK = 65_536
_MAX_LAYERS = 3


def decode(raw: bytes, coding: str, limit: int) -> tuple[bytes, str | None]:
    """The body that ``raw`` stands for under a Content-Encoding value, and what went wrong.

    At most ``limit`` bytes come back. The fault is None or a code: ``truncated`` (the stream ends early),
    ``corrupt``, ``too_large`` (more than ``limit``) or ``unsupported``; the body is then what could be
    decoded before. Made-up codings ("utf-8", "none") count as none, as in browsers, and so does a coding
    that is declared over a plain body.
    """
    names = [name.strip(" \t").lower() for name in coding.split(",")]
    layers = [name for name in names if name in _WINDOW or name in _UNSUPPORTED]
    if len(layers) > _MAX_LAYERS or any(name in _UNSUPPORTED for name in layers):
        return b"", "unsupported"
    body, fault = raw, None
    for name in reversed(layers):
        body, why = _layer(body, name, limit)
        fault = fault or why
    if len(body) > limit:
        return body[:limit], fault or "too_large"
    return body, fault


def _layer(raw: bytes, name: str, limit: int) -> tuple[bytes, str | None]:
    """One coding taken off; up to ``limit + 1`` bytes, so that the caller sees when there are more."""
    if not raw:
        return b"", None
    if _WINDOW[name] == _GZIP:
        return _members(raw, limit + 1) if _GZIP_MAGIC.startswith(raw[:2]) else (raw, None)
    body, _, fault = _stream(raw, 0, _ZLIB if _has_zlib_head(raw) else _RAW_DEFLATE, limit + 1)
    if fault and not body and raw.lstrip().startswith(_PLAIN_STARTS):
        return raw, None
    return body, fault


def _has_zlib_head(raw: bytes) -> bool:
    """RFC 1950 section 2.2: servers say "deflate" for both the wrapped and the bare form."""
    return len(raw) >= 2 and raw[0] & 0x0F == 8 and (raw[0] << 8 | raw[1]) % 31 == 0


def _members(raw: bytes, room: int) -> tuple[bytes, str | None]:
    """RFC 1952 section 2.2: gzip members one after the other; bytes that are no member are padding."""
    body, at, fault = _stream(raw, 0, _GZIP, room)
    while fault is None and len(body) < room and raw.startswith(_GZIP_MAGIC, at):
        more, at, fault = _stream(raw, at, _GZIP, room - len(body))
        body += more
    return body, fault


def _stream(raw: bytes, at: int, window: int, room: int) -> tuple[bytes, int, str | None]:
    """One compressed stream from offset ``at``: its bytes (at most ``room``), where it ended, the fault."""
    engine = zlib.decompressobj(window)
    body = bytearray()
    try:
        while at < len(raw) and not engine.eof and len(body) < room:
            piece = raw[at : at + _CHUNK]
            body += engine.decompress(piece, room - len(body))
            at += len(piece) - len(engine.unconsumed_tail) - len(engine.unused_data)
    except zlib.error:
        return bytes(body), at, "corrupt"
    return bytes(body), at, None if engine.eof or len(body) >= room else "truncated"
