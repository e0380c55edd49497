"""Which probes a rubric may use, what each of them takes, and how a check is read."""

import re
from collections.abc import Mapping
from typing import Any

from yaml.nodes import Node

from ppid_audit.config.addresses import HostPattern
from ppid_audit.config.fields import Schema, Text, members
from ppid_audit.config.groups import Field, ListOf, Parts, Record, parts_of
from ppid_audit.config.messages import KIND_WORDS, hint
from ppid_audit.config.nodes import Bad, Book, kind_of
from ppid_audit.model.rubric import AllOf, AnyOf, Check, Form, Probe

PROBE_PARAMS: Mapping[str, tuple[str, ...]] = {
    "published": ("terms", "not", "forms"),
    "contact": (),
    "channel": ("terms", "hosts", "not"),
    "statement": ("terms", "not"),
    "owner": ("terms", "hosts", "not"),
}
"""The parameters that each probe takes, as they are written in rubric.yaml."""

PROBE_NEEDS: Mapping[str, tuple[str, ...]] = {
    "published": ("terms",),
    "contact": (),
    "channel": ("terms", "hosts"),
    "statement": ("terms",),
    "owner": ("terms", "hosts"),
}
"""Of these parameters, at least one must say something."""

PROBE_ABOUT: Mapping[str, str] = {
    "published": "Sesuatu dengan nama ini yang benar-benar berisi.",
    "contact": "Alamat jalan beserta telepon atau surel.",
    "channel": "Tautan yang berfungsi ke sebuah kanal, atau halaman sendiri yang berisi.",
    "statement": "Kalimat di dalam isi halaman yang menyatakannya.",
    "owner": "Tautan ke lembaga pemilik informasi, atau pernyataan nihil.",
}

_PATTERN = re.compile(r"[\\*^$|{}\[\]]")
_COMBINE: Mapping[str, type[AnyOf] | type[AllOf]] = {"any": AnyOf, "all": AllOf}


class _Term:
    """A phrase to look for: words, never a pattern."""

    def read(self, node: Node, book: Book) -> str:
        """The phrase."""
        text = Text(longest=200).read(node, book)
        if found := _PATTERN.search(text):
            raise book.refuse(node, "pattern_in_term", value=text, character=found.group())
        return text

    def schema(self) -> Schema:
        """A string without the characters of patterns."""
        return {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\\*^$|{}\[\]]+$"}


_PARAMS: Mapping[str, Field[Any]] = {
    "terms": Field(ListOf(_Term(), least=1, example="renstra, rencana strategis"), "Kata atau frasa yang dicari.", ()),
    "not": Field(ListOf(_Term(), least=1, example="rpjmd"), "Kata yang menandakan hal lain.", ()),
    "forms": Field(
        ListOf(members("bentuk", Form), least=1, example="document, table"), "Bentuk isi yang diterima.", ()
    ),
    "hosts": Field(ListOf(HostPattern(), least=1, example="lapor.go.id"), "Host kanal atau pemilik informasi.", ()),
}
_NOUN_FIELD = {"not": "excludes"}


def _probe_of(probe: str) -> Record[Probe]:
    def build(values: dict[str, Any]) -> Probe:
        return Probe(probe, **{_NOUN_FIELD.get(key, key): value for key, value in values.items()})

    def look(values: dict[str, Any], parts: Parts, book: Book) -> None:
        both = set(values.get("terms", ())) & set(values.get("not", ()))
        for node in parts["not"].value if both else ():
            if str(node.value).strip() in both:
                book.complain(node, "term_and_not", value=node.value)

    return Record({param: _PARAMS[param] for param in PROBE_PARAMS[probe]}, build, look)


_PROBES = {probe: _probe_of(probe) for probe in PROBE_PARAMS}


class CheckSpec:
    """One probe with its parameters, or ``any``/``all`` over a list of checks."""

    def read(self, node: Node, book: Book) -> Check:
        """The check, with all that it is made of."""
        if kind_of(node) != "map":
            raise book.refuse(node, "want_map", got=KIND_WORDS.get(kind_of(node), ""))
        options = (*PROBE_PARAMS, *_COMBINE)
        if len(node.value) != 1:
            raise book.refuse(node, "one_check", options=", ".join(options), count=len(node.value))
        key_node = node.value[0][0]
        parts = parts_of(node)
        if not parts:
            raise book.refuse(key_node, "bad_key")
        name, body = next(iter(parts.items()))
        if name in _COMBINE:
            return _COMBINE[name](ListOf(self, least=1).read(body, book))
        if name not in PROBE_PARAMS:
            raise book.refuse(key_node, "unknown_word", what="pemeriksaan", word=name, hint=hint(name, options))
        return _read_probe(name, key_node, body, book)

    def schema(self) -> Schema:
        """A reference: the whole stands once, under ``$defs``."""
        return {"$ref": "#/$defs/check"}

    def definition(self) -> Schema:
        """What the reference means."""
        combined = {key: {"type": "array", "minItems": 1, "items": self.schema()} for key in _COMBINE}
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
            "properties": {probe: _probe_schema(probe) for probe in PROBE_PARAMS} | combined,
        }


def _read_probe(name: str, key_node: Node, body: Node, book: Book) -> Probe:
    needs = PROBE_NEEDS[name]
    if kind_of(body) == "null" and not needs:
        return Probe(name)
    with book.whole():
        if kind_of(body) == "map" and needs and not any(param in parts_of(body) for param in needs):
            book.complain(key_node, "probe_needs", probe=name, needs=" / ".join(needs))
        try:
            probe = _PROBES[name].read(body, book)
        except Bad:
            probe = Probe(name)
    return probe


def _probe_schema(probe: str) -> Schema:
    own = _PROBES[probe].schema() | {"description": PROBE_ABOUT[probe]}
    needs = PROBE_NEEDS[probe]
    if not needs:
        return own | {"type": ["object", "null"]}
    return own | {"anyOf": [{"required": [param]} for param in needs]}
