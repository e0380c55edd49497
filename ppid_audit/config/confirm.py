"""Answers about guessed addresses, written into the text of agencies.yaml without touching anything else.

Comments, order and layout stay: only the scalars of ``url`` and ``confirmed`` are replaced where they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's word on one agency: this ``url`` is its own."""

    agency: str
    url: str


def confirm(text: str, answers: Mapping[str, Answer]) -> str:
    """``text`` of a valid agencies.yaml with each answered agency ``confirmed: true`` at its address."""
    changes: list[tuple[int, int, str]] = []
    for entry in _entries(yaml.compose(text, Loader=yaml.SafeLoader)):
        keys = {key.value: value for key, value in entry.value if isinstance(key, ScalarNode)}
        answer = answers.get(keys["id"].value)
        if answer is None:
            continue
        url, confirmed = keys["url"], keys.get("confirmed")
        inserted = "" if confirmed is not None else _insertion(entry, url)
        changes.append((url.start_mark.index, url.end_mark.index, f'"{answer.url}"{inserted}'))
        if confirmed is not None:
            changes.append((confirmed.start_mark.index, confirmed.end_mark.index, "true"))
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _insertion(entry: MappingNode, url: Node) -> str:
    if entry.flow_style:
        return ", confirmed: true"
    column: int = next(key.start_mark.column for key, value in entry.value if value is url)
    return "\n" + " " * column + "confirmed: true"


def _entries(root: Node | None) -> list[MappingNode]:
    assert isinstance(root, MappingNode)
    agencies = next(value for key, value in root.value if key.value == "agencies")
    assert isinstance(agencies, SequenceNode)
    return [entry for entry in agencies.value if isinstance(entry, MappingNode)]
