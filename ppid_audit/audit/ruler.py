"""The rubric tested on itself: its examples, and terms that can never match, stand twice or serve several items."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ppid_audit.assess.assess import lexicon_of
from ppid_audit.assess.evaluate import leaves
from ppid_audit.assess.matching import Lexicon, tokens
from ppid_audit.model.rubric import Criterion, Probe, Rubric

_OF_SENTENCES = "statement"
"""The probe whose terms are looked for in sentences, not in titles."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a rubric: the text ``ruler.CODE`` of the locales with ``values`` filled in."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def ruler_problems(rubric: Rubric) -> tuple[list[Remark], list[Remark]]:
    """Problems (an example is not judged as it says) and warnings (terms that do nothing, or more than they seem)."""
    lexicon = lexicon_of(rubric)
    problems = [remark for item in rubric.criteria for remark in _examples(item, lexicon)]
    warnings = [remark for item in rubric.criteria for remark in _terms(item, lexicon)]
    return problems, [*warnings, *_shared(rubric, lexicon)]


def _examples(item: Criterion, lexicon: Lexicon) -> Iterator[Remark]:
    own = frozenset(leaves(item.check))
    for example in item.examples.match:
        if own.isdisjoint(lexicon.match(example)):
            yield Remark("match_missed", {"item": item.id, "example": example})
    for example in item.examples.near:
        terms = [match.term for probe, match in lexicon.match(example).items() if probe in own]
        if terms:
            yield Remark("near_matched", {"item": item.id, "example": example, "term": terms[0]})


def _terms(item: Criterion, lexicon: Lexicon) -> Iterator[Remark]:
    if not item.examples.match or not item.examples.near:
        yield Remark("no_examples", {"item": item.id})
    for probe in leaves(item.check):
        yield from _without_effect(item.id, probe.terms)
        yield from _without_effect(item.id, probe.excludes)
        for term in probe.terms:
            if lexicon.rejects(term, probe):
                yield Remark("never", {"item": item.id, "term": term, "word": _rejecting(probe, term)})


def _without_effect(item: str, terms: tuple[str, ...]) -> Iterator[Remark]:
    """Terms of one list that have no words, or the same words as one before them."""
    known: dict[tuple[bool, tuple[str, ...]], str] = {}
    for term in terms:
        words = (term.startswith("="), tokens(term))
        if not words[1]:
            yield Remark("no_words", {"item": item, "term": term})
        elif words in known:
            yield Remark("twice", {"item": item, "term": term, "other": known[words]})
        known.setdefault(words, term)


def _rejecting(probe: Probe, term: str) -> str:
    """The excluded phrase that stands in the term itself."""
    alone = (replace(probe, excludes=(phrase,)) for phrase in probe.excludes)
    return next((one.excludes[0] for one in alone if Lexicon((one,)).rejects(term, one)), "")


def _shared(rubric: Rubric, lexicon: Lexicon) -> Iterator[Remark]:
    """Terms that name more than one item where a site uses them as a title, grouped by these items."""
    items: dict[Probe, dict[str, None]] = defaultdict(dict)
    for criterion in rubric.criteria:
        for probe in leaves(criterion.check):
            if probe.probe != _OF_SENTENCES:
                items[probe][criterion.id] = None
    groups: dict[tuple[str, ...], dict[tuple[str, ...], str]] = defaultdict(dict)
    for term in (term for probe in items for term in probe.terms):
        named = frozenset(item for probe in lexicon.match(term) for item in items.get(probe, ()))
        if len(named) > 1:
            groups[tuple(sorted(named))].setdefault(tokens(term), term)
    for pair, terms in groups.items():
        words = {"items": ", ".join(pair), "terms": ", ".join(terms.values()), "count": str(len(terms))}
        yield Remark("shared", words)
