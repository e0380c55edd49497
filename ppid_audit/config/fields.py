"""What a value in a file may be. Each spec both reads a node and describes itself as JSON Schema.

``read`` returns the value or, after a complaint in the book, raises Bad. Lists and records read all of
their parts before they do, so that one run shows every problem.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from yaml.nodes import Node

from ppid_audit.config.messages import KIND_WORDS, hint
from ppid_audit.config.nodes import Book, kind_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

Schema = dict[str, Any]

_LONGEST_NUMBER = 40


class Spec(Protocol[T_co]):
    """What a value may be."""

    def read(self, node: Node, book: Book) -> T_co:
        """The value of ``node``; Bad when it is none (the book then says why)."""
        ...

    def schema(self) -> Schema:
        """The same rule as JSON Schema 2020-12, as far as that can say it."""
        ...


@dataclass(frozen=True)
class Text:
    """A text without control characters; spaces at both ends are dropped."""

    longest: int = 1000
    blank: bool = False
    lines: bool = False

    def read(self, node: Node, book: Book) -> str:
        """The text; a plain ``32.10`` or ``true`` is refused, because YAML does not read it as text."""
        kind = kind_of(node)
        if kind in ("number", "flag"):
            raise book.refuse(node, "quote_it", got=KIND_WORDS[kind], value=node.value)
        if kind == "null":
            raise book.refuse(node, "blank")
        if kind != "text":
            raise book.refuse(node, "want_text", got=KIND_WORDS.get(kind, ""))
        text = str(node.value).strip()
        self._look_at(text, node, book)
        return text

    def _look_at(self, text: str, node: Node, book: Book) -> None:
        if not text and not self.blank:
            raise book.refuse(node, "blank")
        if len(text) > self.longest:
            raise book.refuse(node, "too_long", limit=self.longest)
        if strange := next((c for c in text if _is_control(c)), None):
            raise book.refuse(node, "control_character", code=f"U+{ord(strange):04X}")
        if not self.lines and len(text.splitlines()) > 1:
            raise book.refuse(node, "one_line")

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", "maxLength": self.longest} | ({} if self.blank else {"minLength": 1})


def _is_control(character: str) -> bool:
    """Control characters but for line breaks, halves of characters, and marks that turn the reading direction."""
    return (unicodedata.category(character) in ("Cc", "Cs") and character != "\n") or (
        unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    )


@dataclass(frozen=True)
class Shaped:
    """A text of one shape; ``key`` is the sentence that says which."""

    shape: str
    key: str
    blank: bool = False

    def read(self, node: Node, book: Book) -> str:
        """The text, when the whole of it has the shape."""
        text = Text(blank=self.blank).read(node, book)
        if not re.fullmatch(self.shape, text, re.ASCII):
            raise book.refuse(node, self.key, value=text)
        return text

    def schema(self) -> Schema:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{self.shape}$"}


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One of some words, each standing for a value; ``what`` names the kind of word in complaints."""

    what: str
    words: Mapping[str, T]

    def read(self, node: Node, book: Book) -> T:
        """The value that the word stands for."""
        word = Text().read(node, book)
        if word not in self.words:
            raise book.refuse(node, "unknown_word", what=self.what, word=word, hint=hint(word, self.words))
        return self.words[word]

    def schema(self) -> Schema:
        """An enum."""
        return {"enum": list(self.words)}


def words(what: str, *options: str) -> Choice[str]:
    """A choice among words that stand for themselves."""
    return Choice(what, {option: option for option in options})


def members(what: str, kind: type[E]) -> Choice[E]:
    """A choice among the members of an enum."""
    return Choice(what, {member.value: member for member in kind})


@dataclass(frozen=True)
class Number:
    """A finite number within bounds; ``whole`` allows no fraction."""

    least: float
    most: float
    whole: bool = False

    def read(self, node: Node, book: Book) -> float:
        """The number, an int when ``whole``."""
        number = _number(node, book)
        if self.whole and number != int(number):
            raise book.refuse(node, "whole_number", value=node.value)
        if not self.least <= number <= self.most:
            raise book.refuse(node, "out_of_range", value=node.value, least=self.least, most=self.most)
        return int(number) if self.whole else number

    def schema(self) -> Schema:
        """A number or an integer with its bounds."""
        return {"type": "integer" if self.whole else "number", "minimum": self.least, "maximum": self.most}


def _number(node: Node, book: Book) -> float:
    kind, text = kind_of(node), str(node.value)
    if kind == "text" and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text.strip()):
        raise book.refuse(node, "decimal_comma", value=text.strip().replace(",", "."))
    if kind == "text" and re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text.strip()):
        raise book.refuse(node, "unquote_number", value=text.strip())
    if kind == "null":
        raise book.refuse(node, "blank")
    if kind != "number":
        raise book.refuse(node, "want_number", got=KIND_WORDS.get(kind, ""))
    if len(text) > _LONGEST_NUMBER:
        raise book.refuse(node, "not_finite", value=text)
    number = float(int(text, 0)) if text[:2] in ("0o", "0x") else float(re.sub(r"\.(?=[inIN])", "", text))
    if not math.isfinite(number):
        raise book.refuse(node, "not_finite", value=text)
    return number


_MEANT = {"yes": "true", "ya": "true", "on": "true", "no": "false", "tidak": "false", "off": "false"}


class Flag:
    """``true`` or ``false`` and nothing else: ``no`` and ``yes`` are texts."""

    def read(self, node: Node, book: Book) -> bool:
        """The truth value."""
        if kind_of(node) == "flag":
            return bool(node.value == "true")
        if kind_of(node) in ("list", "map"):
            raise book.refuse(node, "want_flag", value=KIND_WORDS[kind_of(node)], hint="")
        if kind_of(node) == "null":
            raise book.refuse(node, "blank")
        if node.value in ("true", "false"):
            raise book.refuse(node, "unquote_flag", value=node.value)
        word = str(node.value).strip().casefold()
        meant = _MEANT.get(word, word)
        raise book.refuse(node, "want_flag", value=f'"{node.value}"', hint=hint(meant, ("true", "false")))

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


class Day:
    """A calendar day, ``YYYY-MM-DD`` (ISO 8601)."""

    def read(self, node: Node, book: Book) -> date:
        """The day; one that no calendar has is refused."""
        if kind_of(node) == "number":
            raise book.refuse(node, "want_day", value=node.value)
        text = Text().read(node, book)
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise book.refuse(node, "want_day", value=text)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise book.refuse(node, "no_such_day", value=text) from None

    def schema(self) -> Schema:
        """A string in the form of a date."""
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
