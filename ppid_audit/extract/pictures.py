"""Width and height of a picture from its first bytes (PNG, GIF, JPEG, WebP)."""

import struct

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(body: bytes) -> tuple[int, int]:
    """(width, height) in pixels; (0, 0) when the header is damaged or the format unknown."""
    try:
        if body.startswith(b"\x89PNG"):
            width, height = struct.unpack(">II", body[16:24])
        elif body.startswith(b"GIF8"):
            width, height = struct.unpack("<HH", body[6:10])
        elif body.startswith(b"\xff\xd8"):
            width, height = _jpeg(body)
        elif body[:4] == b"RIFF" and body[8:12] == b"WEBP":
            width, height = _webp(body)
        else:
            return 0, 0
    except (struct.error, IndexError):
        return 0, 0
    return width, height


def _jpeg(body: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(1_000):
        if body[at] != 0xFF:
            return 0, 0
        mark = body[at + 1]
        if mark in _JPEG_SIZES:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        if mark == 0xFF:
            at += 1
            continue
        at += 2 + struct.unpack(">H", body[at + 2 : at + 4])[0]
    return 0, 0


def _webp(body: bytes) -> tuple[int, int]:
    kind = body[12:16]
    if kind == b"VP8X":
        return int.from_bytes(body[24:27], "little") + 1, int.from_bytes(body[27:30], "little") + 1
    if kind == b"VP8L":
        bits = struct.unpack("<I", body[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", body[26:30])
    return width & 0x3FFF, height & 0x3FFF
