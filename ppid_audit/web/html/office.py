"""The words of an XML part of an office document."""

import re
from typing import Any, cast

from lxml import etree

_MAX_CHARS = 100_000
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""How a text begins in which no declaration could be found; office programs write UTF-8."""
_BLOCKS = frozenset({"p", "h", "tr", "br", "si", "tab", "row"})


class _Words:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag.rpartition("}")[2] == "tab":
            self.parts.append(" ")

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2] in _BLOCKS:
            self.parts.append("\n")

    def data(self, text: str) -> None:
        if self.size < _MAX_CHARS:
            self.parts.append(text[: _MAX_CHARS - self.size])
            self.size += len(text)

    def close(self) -> str:
        return "".join(self.parts)


def xml_text(data: bytes) -> str:
    """The character data of an XML part, one line per paragraph, at most 100,000 characters.

    A part that declares entities gives nothing, nothing is loaded, and a damaged part gives what was readable.
    """
    if _DECLARES.search(data) or data.startswith(_UTF16):
        return ""
    words = _Words()
    parser = etree.XMLParser(
        target=cast(Any, words), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        parser.feed(data)
        parser.close()
    except etree.LxmlError:
        pass
    lines = (" ".join(line.split()) for line in words.close().split("\n"))
    return "\n".join(line for line in lines if line)
