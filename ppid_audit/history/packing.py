"""Texts as a database takes them, and back."""

import zlib

from ppid_audit.errors import StorageError


def utf8(json_text: str) -> str:
    """JSON that every database takes: a lone surrogate becomes the escape that JSON has for it."""
    return json_text.encode("utf-8", "backslashreplace").decode()


def packed(json_text: str) -> bytes:
    """The same, compressed."""
    return zlib.compress(utf8(json_text).encode())


def unpacked(content: bytes) -> str:
    """The inverse of ``packed``; StorageError when it is damaged."""
    try:
        return zlib.decompress(content).decode()
    except (zlib.error, UnicodeDecodeError, TypeError) as error:  # a damaged database may even hold another type
        raise StorageError(f"hasil yang tersimpan rusak: {error}", en=f"a stored result is damaged: {error}") from error
