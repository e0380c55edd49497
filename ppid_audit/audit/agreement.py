"""How far two reviewers agree where both judged: Cohen's kappa. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.review import Agreement, Dispute
from ppid_audit.model.rubric import Verdict

Cell = tuple[str, str]
"""Agency id, item id."""


def agreements(entries: Iterable[Amendment]) -> tuple[Agreement, ...]:
    """Every pair of reviewers with a cell in common; of one reviewer's several words on a cell the last counts."""
    said: dict[str, dict[Cell, Verdict]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        person = names.setdefault(entry.by.casefold(), entry.by)
        said.setdefault(person, {})[entry.agency, entry.item] = entry.verdict
    return agreements_of(said)


def agreements_of(said: Mapping[str, Mapping[Cell, Verdict]]) -> tuple[Agreement, ...]:
    """The same, of readings by name."""
    pairs = ((one, other, _shared(said[one], said[other])) for one, other in combinations(said, 2))
    return tuple(_agreement(one, other, shared) for one, other, shared in pairs if shared)


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Cohen's kappa of pairs of readings (J. Cohen, 1960: (observed - expected) / (1 - expected))."""
    count = len(pairs)
    if not count:
        return None
    observed = sum(one == other for one, other in pairs) / count
    left, right = (Counter(pair[place] for pair in pairs) for place in (0, 1))
    expected = sum(left[word] * right[word] for word in left) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _shared(one: Mapping[Cell, Verdict], other: Mapping[Cell, Verdict]) -> list[Dispute]:
    """The cells that both judged, agreed on or not."""
    return [Dispute(*cell, verdict, other[cell]) for cell, verdict in one.items() if cell in other]


def _agreement(first: str, second: str, shared: Sequence[Dispute]) -> Agreement:
    disputes = tuple(each for each in shared if each.first is not each.second)
    value = kappa([(each.first, each.second) for each in shared])
    return Agreement(first, second, len(shared), len(shared) - len(disputes), value, disputes)
