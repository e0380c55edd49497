"""New reviews written into the text of reviews.yaml; what stands there already stays as it is, comments and all."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ppid_audit.config.messages import say
from ppid_audit.config.reviews import reviews_from
from ppid_audit.errors import InputError
from ppid_audit.model.agency import Registry
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.rubric import Rubric

HEAD = """\
# Tinjauan: putusan orang di atas putusan alat. Setiap entri menyebut alasan, nama dan tanggal; yang terakhir berlaku.
# Ditulis oleh "ppid-audit review" dan boleh disunting dengan tangan; periksa dengan "ppid-audit check --reviews".
"""

_PLAIN = re.compile(r"[a-z][a-z0-9.-]*")
_STRANGE = re.compile(r"[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\uffef]")
"""What a reader of YAML may take for a line break, for nothing, or for an error."""


def with_reviews(
    data: bytes | None, entries: Sequence[Amendment], name: str, registry: Registry, rubric: Rubric
) -> tuple[bytes, Amendments]:
    """reviews.yaml with ``entries`` after those in ``data`` (None: no such file yet), and what it then says.

    InputError when ``data`` is not a good file, or when an entry cannot stand in it beside the others.
    """
    before = Amendments() if data is None else reviews_from(data, name, registry, rubric)
    text = HEAD + "reviews:\n" if data is None else data.decode("utf-8-sig")
    made = (_inserted(text, entries) if entries else text).encode()
    after = reviews_from(made, name, registry, rubric)
    if after.entries != (*before.entries, *map(_stripped, entries)):
        raise InputError(f"{name}: {say('not_written')}")
    return made, after


def _stripped(entry: Amendment) -> Amendment:
    return replace(entry, justification=entry.justification.strip(), by=entry.by.strip())


def _inserted(text: str, entries: Sequence[Amendment]) -> str:
    """``text`` with the entries at the end of its list; unchanged where that is laid out in a way unknown here."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, MappingNode) and not root.flow_style else ()
    listed = next((value for _, value in pairs), None)
    if isinstance(listed, SequenceNode) and listed.value:
        return _in_brackets(text, listed, entries) if listed.flow_style else _below(text, listed, entries)
    return text if listed is None else _after_key(text, listed, entries)


def _below(text: str, listed: SequenceNode, entries: Sequence[Amendment]) -> str:
    """Behind the line on which the last entry of a block ends, in its column."""
    last = _last(listed.value[-1]).end_mark.index
    end = last - 1 if text[last - 1] == "\n" else text.find("\n", last)
    at = len(text) if end < 0 else end + 1
    opening = "" if end >= 0 else "\n"
    return text[:at] + opening + _block(entries, listed.start_mark.column) + text[at:]


def _in_brackets(text: str, listed: SequenceNode, entries: Sequence[Amendment]) -> str:
    """Into a list in brackets, before its end: a comma at its end is allowed and may stand there."""
    last = listed.value[-1].end_mark.index
    rest = text[last : listed.end_mark.index]
    comma = "" if re.match(r"\s*,", re.sub(r"#[^\n]*", "", rest)) else ","
    at = listed.end_mark.index - 1
    lines = ",\n  ".join(_in_one_line(entry) for entry in entries)
    return f"{text[:last]}{comma}{text[last:at]}\n  {lines}\n{text[at:]}"


def _after_key(text: str, listed: Node, entries: Sequence[Amendment]) -> str:
    """``reviews:`` with nothing behind it, or with ``[]`` or ``null``."""
    start, end = listed.start_mark.index, listed.end_mark.index
    return f"{text[:start].rstrip(' ')}\n{_block(entries, 2)}{text[end:].removeprefix(chr(10))}"


def _last(node: Node) -> Node:
    """The scalar, or the collection in brackets, that stands last in ``node``: only its end mark is exact."""
    if isinstance(node, ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        return node
    child = node.value[-1]
    return _last(child[1] if isinstance(node, MappingNode) else child)


def _block(entries: Sequence[Amendment], column: int) -> str:
    pad = " " * column
    lines: list[str] = []
    for entry in entries:
        for place, (key, value) in enumerate(_fields(entry).items()):
            lines.append(f"{pad}{'  ' if place else '- '}{key}: {value}")
        if entry.evidence:
            lines.append(f"{pad}  evidence:")
        for seen in entry.evidence:
            lines.append(f"{pad}    - url: {_quoted(seen.url)}")
            if seen.sha256:
                lines.append(f"{pad}      sha256: {_quoted(seen.sha256)}")
    return "".join(f"{line}\n" for line in lines)


def _in_one_line(entry: Amendment) -> str:
    fields = _fields(entry)
    seen = ", ".join(
        f"{{url: {_quoted(one.url)}" + (f", sha256: {_quoted(one.sha256)}}}" if one.sha256 else "}")
        for one in entry.evidence
    )
    if seen:
        fields["evidence"] = f"[{seen}]"
    return "{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"


def _fields(entry: Amendment) -> dict[str, str]:
    """The keys in the order of the documentation; ids and dates bare, texts in quotes."""
    fields = {
        "agency": _bare(entry.agency),
        "item": _bare(entry.item),
        "verdict": entry.verdict.value,
        "reason": entry.reason,
        "justification": _quoted(entry.justification.strip()),
        "by": _quoted(entry.by.strip()),
        "on": _day(entry.on),
    }
    return fields if entry.expires is None else {**fields, "expires": _day(entry.expires)}


def _day(day: date) -> str:
    return day.isoformat()


def _bare(word: str) -> str:
    return word if _PLAIN.fullmatch(word) and word not in ("null", "true", "false") else _quoted(word)


def _quoted(text: str) -> str:
    """In double quotes; what a reader of YAML could misread is written as an escape."""
    return _STRANGE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
