"""A YAML file as nodes that know their line and column; nothing is ever constructed from it.

Only the core of YAML is let in: maps, lists, scalars. Aliases, anchors and tags are refused, size and depth
are bounded, and a scalar's kind follows YAML 1.2 (``no``, ``12:30`` and ``2026-12-31`` are texts).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from ppid_audit.config.messages import say
from ppid_audit.errors import InputError

MOST_BYTES = 1_000_000
MOST_LEVELS = 40

Kind = Literal["null", "flag", "number", "text", "list", "map", "refused"]

_REFUSED = "refused"
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMBER_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")


class Bad(Exception):  # noqa: N818 - it carries nothing: the complaint is already in the book
    """A value that has been complained about; whoever reads on skips it."""


class Book:
    """The problems found in one file so far. ``name`` is the file as the user called it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[tuple[int, int, str]] = []
        self._bad = 0

    def complain(self, node: Node, sentence: str, /, **values: object) -> None:
        """Note a problem at the beginning of ``node``."""
        self.complain_at(line_of(node), node.start_mark.column + 1, sentence, **values)

    def complain_at(self, line: int, column: int, sentence: str, /, **values: object) -> None:
        """Note a problem at a line and column, both counted from 1."""
        self.problems.append((line, column, say(sentence, **values)))
        self._bad += 1

    def refuse(self, node: Node, sentence: str, /, **values: object) -> Bad:
        """Complain of ``node``, unless that was done when the file was read, and give the exception to raise."""
        if kind_of(node) != "refused":
            self.complain(node, sentence, **values)
        self._bad += 1
        return Bad()

    def close(self) -> None:
        """Raise InputError with all problems in the order of the file, if there are any."""
        if self.problems:
            unique = dict.fromkeys(sorted(self.problems))
            raise InputError(*(f"{self.name}:{line}:{column}: {text}" for line, column, text in unique))

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A block that ends in Bad if anything in it was bad."""
        before = self._bad
        yield
        if self._bad > before:
            raise Bad


def line_of(node: Node) -> int:
    """The line that ``node`` begins on, counted from 1."""
    return int(node.start_mark.line) + 1


def kind_of(node: Node) -> Kind:
    """What a node is under the core schema; ``refused`` marks a place that was complained about."""
    if isinstance(node, MappingNode):
        return "map"
    if isinstance(node, SequenceNode):
        return "list"
    if node.tag == _REFUSED:
        return "refused"
    return _scalar_kind(node) if isinstance(node, ScalarNode) else "refused"


def _scalar_kind(node: ScalarNode) -> Kind:
    text = str(node.value)
    if node.style is not None:
        return "text"
    if text in ("", "~", "null", "Null", "NULL"):
        return "null"
    if text in ("true", "false"):
        return "flag"
    return "number" if _NUMBER.fullmatch(text) or _NUMBER_OTHER_BASE.fullmatch(text) else "text"


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most ``MOST_BYTES``; InputError with one sentence otherwise."""
    try:
        if not path.exists():
            _refuse(path, "missing_file")
        if not path.is_file():
            _refuse(path, "not_a_file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except PermissionError:
        _refuse(path, "no_permission")
    except (OSError, ValueError) as error:
        _refuse(path, "unreadable_file", detail=getattr(error, "strerror", None) or error)
    if len(data) > MOST_BYTES:
        _refuse(path, "too_large", limit=MOST_BYTES)
    return data


def _refuse(path: Path, key: str, **values: object) -> NoReturn:
    raise InputError(f"{path}: {say(key, **values)}")


def compose(data: bytes, book: Book) -> Node:
    """The root node of a YAML text in UTF-8. InputError when it cannot be read to its end."""
    text = _decode(data, book)
    root: Node | None = None
    composer: _Composer | None = None
    try:
        composer = _Composer(text, book)
        root = composer.get_single_node()
    except ReaderError as error:
        position = int(error.position)
        line_start = text.rfind("\n", 0, position) + 1
        code = f"U+{int(error.character):04X}"
        book.complain_at(text.count("\n", 0, position) + 1, position - line_start + 1, "bad_character", code=code)
    except yaml.MarkedYAMLError as error:
        _complain_of_yaml(error, book)
    except RecursionError:
        book.complain_at(1, 1, "too_deep", limit=MOST_LEVELS)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = composer.get_mark() if composer else None
        book.complain_at(mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, "bad_yaml", detail=error)
    if root is None or kind_of(root) == "null":
        if not book.problems:
            book.complain_at(1, 1, "empty_file")
        book.close()
    assert root is not None
    return root


def _decode(data: bytes, book: Book) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        book.complain_at(before.count(b"\n") + 1, column, "not_utf8")
        book.close()
        raise AssertionError from error


class _Composer(yaml.SafeLoader):
    """PyYAML's composer, minus aliases, anchors and tags, and no deeper than ``MOST_LEVELS``."""

    def __init__(self, text: str, book: Book) -> None:
        super().__init__(text)
        self.book = book
        self.level = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            refused = ScalarNode(_REFUSED, "", event.start_mark, event.end_mark)  # type: ignore[arg-type]
            self.book.complain(refused, "alias")
            return refused
        at = event.start_mark.line + 1, event.start_mark.column + 1
        if event.anchor is not None:
            self.book.complain_at(*at, "anchor")
            event.anchor = None
        if event.tag is not None:
            self.book.complain_at(*at, "tag", tag=event.tag)
        if self.level >= MOST_LEVELS:
            self.book.complain_at(*at, "too_deep", limit=MOST_LEVELS)
            self.book.close()
        self.level += 1
        node = super().compose_node(parent, index)
        self.level -= 1
        return node


_SYNTAX = (
    ("found character '\\t'", "tab"),
    ("cannot start any token", "reserved_character"),
    ("found unexpected end of stream", "open_quote"),
    ("found unexpected document separator", "open_quote"),
    ("mapping values are not allowed", "stray_colon"),
    ("could not find expected ':'", "no_colon"),
    ("expected ',' or", "open_bracket"),
    ("unknown escape character", "bad_escape"),
    ("escape sequence of", "bad_escape"),
    ("but found another document", "two_documents"),
    ("expected '<document start>'", "indentation"),
    ("expected <block end>", "indentation"),
    ("block sequence entries are not allowed", "indentation"),
)
"""What PyYAML says, and which of our sentences means the same."""


def _complain_of_yaml(error: yaml.MarkedYAMLError, book: Book) -> None:
    problem = error.problem or str(error)
    key = next((ours for theirs, ours in _SYNTAX if theirs in problem), "bad_yaml")
    # an open quote is found out at the end of the file; what helps is where it was opened
    mark = (error.context_mark if key == "open_quote" else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    character = re.search(r"found character (.+) that cannot", problem)
    book.complain_at(line, column, key, detail=problem, character=character.group(1) if character else "")
