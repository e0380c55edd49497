"""Lists and records: they read every part before they give up, so that all problems come at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode

from ppid_audit.config.fields import Schema, Spec
from ppid_audit.config.messages import KIND_WORDS, hint
from ppid_audit.config.nodes import Bad, Book, compose, kind_of, line_of

T = TypeVar("T")

REQUIRED: Any = object()
"""The default of a key that must be written."""

Parts = Mapping[str, Node]
"""The value nodes of a map by key."""


@dataclass(frozen=True)
class ListOf(Generic[T]):
    """A list of one kind of value, of at least ``least`` entries.

    ``unique`` are keys of its entries that may not say the same thing twice, each with what makes two values
    the same and the sentence about it. ``check`` is asked last, with the (all good) values and their nodes.
    """

    item: Spec[T]
    least: int = 0
    example: str = ""
    unique: Mapping[str, tuple[Callable[[str], str], str]] = field(default_factory=dict)
    check: Callable[[tuple[T, ...], list[Node], Book], None] | None = None

    def read(self, node: Node, book: Book) -> tuple[T, ...]:
        """The values in their order."""
        kind = kind_of(node)
        if kind != "list":
            wanted = "want_list" if self.example else "want_entries"
            raise book.refuse(
                node, "blank" if kind == "null" else wanted, got=KIND_WORDS.get(kind, ""), example=self.example
            )
        if len(node.value) < self.least:
            raise book.refuse(node, "too_few")
        with book.whole():
            values = tuple(value for part in node.value for value in _tried(self.item, part, book))
            for key, (same, sentence) in self.unique.items():
                _refuse_twins(node.value, key, same, sentence, book)
        if self.check:
            with book.whole():
                self.check(values, node.value, book)
        return values

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "items": self.item.schema()} | ({"minItems": self.least} if self.least else {})


def _tried(spec: Spec[T], node: Node, book: Book) -> tuple[T, ...]:
    try:
        return (spec.read(node, book),)
    except Bad:
        return ()


def _refuse_twins(entries: list[Node], key: str, same: Callable[[str], str], sentence: str, book: Book) -> None:
    first: dict[str, Node] = {}
    for entry in entries:
        node = parts_of(entry).get(key)
        if not isinstance(node, ScalarNode) or kind_of(node) != "text":
            continue
        value = same(str(node.value).strip())
        if value in first:
            book.complain(node, sentence, key=key, value=node.value, line=line_of(first[value]))
        first.setdefault(value, node)


def parts_of(node: Node) -> dict[str, Node]:
    """The value nodes of a map by key; empty when ``node`` is no map."""
    pairs = node.value if isinstance(node, MappingNode) else ()
    return {str(key.value): value for key, value in reversed(pairs) if isinstance(key, ScalarNode)}


@dataclass(frozen=True)
class Field(Generic[T]):
    """One key of a record: what its value may be, what it is for, and what it is when not written.

    ``empty`` allows the key to stand without a value, which then counts as not written.
    """

    spec: Spec[T]
    about: str
    default: T = REQUIRED
    empty: bool = False

    def schema(self) -> Schema:
        """The schema of the value with what it is for."""
        own = self.spec.schema()
        told = {"default": self.default} if isinstance(self.default, (bool, int, float)) else {}
        return {"description": self.about} | told | ({"anyOf": [own, {"type": "null"}]} if self.empty else own)


@dataclass(frozen=True)
class Record(Generic[T]):
    """A map of known keys. ``build`` makes the noun of all values, those not written at their default.

    ``refused`` are keys that are known but must not stand here, each with the sentence that says why and its
    values. ``check`` looks across the values, which are all good then.
    """

    fields: Mapping[str, Field[Any]]
    build: Callable[[dict[str, Any]], T]
    check: Callable[[dict[str, Any], Parts, Book], None] | None = None
    refused: Mapping[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def read(self, node: Node, book: Book) -> T:
        """The noun."""
        if kind_of(node) != "map":
            raise book.refuse(node, "want_map", got=KIND_WORDS.get(kind_of(node), ""))
        with book.whole():
            self._look_at_keys(node, book)
            parts = parts_of(node)
            values = {
                key: value for key, one in self.fields.items() for value in self._value(key, one, node, parts, book)
            }
        if self.check:
            with book.whole():
                self.check(values, parts, book)
        return self.build(values)

    def _look_at_keys(self, node: Node, book: Book) -> None:
        first: dict[str, Node] = {}
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                book.complain(key, "bad_key")
                continue
            name = str(key.value)
            if kind_of(key) == "refused":
                continue
            if name in first:
                book.complain(key, "duplicate_key", key=name, line=line_of(first[name]))
            elif name in self.refused:
                sentence, values = self.refused[name]
                book.complain(key, sentence, key=name, **values)
            elif name not in self.fields:
                book.complain(key, "unknown_key", key=name, hint=hint(name, self.fields))
            first.setdefault(name, key)

    def _value(self, key: str, one: Field[Any], node: Node, parts: Parts, book: Book) -> tuple[Any, ...]:
        if key in parts and not (one.empty and kind_of(parts[key]) == "null"):
            return _tried(one.spec, parts[key], book)
        if one.default is REQUIRED:
            book.complain(node, "missing_key", key=key)
        return (one.default,)

    def schema(self) -> Schema:
        """An object that allows no other key."""
        required = [key for key, one in self.fields.items() if one.default is REQUIRED]
        return {
            "type": "object",
            "properties": {key: one.schema() for key, one in self.fields.items()},
            "additionalProperties": False,
        } | ({"required": required} if required else {})


def read_whole(record: Record[T], data: bytes, name: str) -> T:
    """The noun in a file's bytes; InputError with all problems. ``name`` is what complaints call the file."""
    book = Book(name)
    root = compose(data, book)
    try:
        value = record.read(root, book)
    except Bad:
        book.close()
        raise
    book.close()
    return value
