"""Do the rubric's words occur in a title? Whole words, Indonesian inflection, typing errors.

The matcher looks at *titles* (links, rows, headings, captions), which are short. It is compiled once
for a rubric and compares each distinct title in one pass over its tokens.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ppid_audit.model.rubric import Probe

_LOOK_ALIKES = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχАВЕКМНОРСТУХІЈЅаеорсухіјѕ",
    "ABEZHIKMNOPTYXaeiknoptuxABEKMHOPCTYXIJSaeopcyxijs",
)
"""Greek and Cyrillic letters that look Latin, as pasted into titles by some editors."""

_JOINERS = frozenset({"dan", "atau", "serta", "and", "or", "of", "the", "dengan", "yang"})
"""Words that join a phrase without changing what it names: "tugas dan fungsi" is "tugas, fungsi"."""

_SUFFIXES = ("nya", "lah", "kah")
_MIN_STEM = 4
_MIN_TYPO = 6
_MIN_SWAP = 5


@dataclass(frozen=True, slots=True)
class Match:
    """``term`` of the rubric occurs in a title of ``size`` significant words, of which it covers ``length``."""

    term: str
    length: int
    size: int

    @property
    def focus(self) -> float:
        """How much of the title the words make up, 0..1: a name scores high, a sentence low."""
        return self.length / self.size


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of ``text``: NFKC, look-alikes folded, lower case, joiners left out."""
    plain = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES)).casefold()
    clean = "".join(c if c.isalnum() else " " for c in plain if unicodedata.category(c) != "Cf")
    return tuple(word for word in clean.split() if word not in _JOINERS)


def significant(words: tuple[str, ...]) -> int:
    """The number of words that name something: years, numbers and single letters do not. At least 1."""
    return max(1, sum(not word.isdigit() and len(word) > 1 for word in words))


@lru_cache(maxsize=65_536)
def same_word(word: str, term: str) -> bool:
    """Whether ``word`` of a site is ``term`` of the rubric, inflected or mistyped."""
    if word == term:
        return True
    if len(term) >= _MIN_STEM and _inflected(word, term):
        return True
    if term.isdigit() or word.isdigit():
        return False
    if len(term) >= _MIN_TYPO:
        return abs(len(word) - len(term)) <= 1 and _one_slip(word, term)
    return len(term) == _MIN_SWAP == len(word) and _swapped(word, term)


def _inflected(word: str, term: str) -> bool:
    for suffix in _SUFFIXES:
        if word == term + suffix:
            return True
    return word in {"di" + term, "ke" + term + "an"} and len(term) > _MIN_STEM


def _one_slip(word: str, term: str) -> bool:
    """One letter added, dropped, replaced or swapped with its neighbour; never the first letter."""
    if word[:1] != term[:1]:
        return False
    if len(word) == len(term):
        differ = [i for i, (a, b) in enumerate(zip(word, term, strict=True)) if a != b]
        return len(differ) == 1 or _swapped(word, term)
    longer, shorter = (word, term) if len(word) > len(term) else (term, word)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))


def _swapped(word: str, term: str) -> bool:
    differ = [i for i, (a, b) in enumerate(zip(word, term, strict=True)) if a != b]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and word[differ[0]] == term[differ[1]]
        and word[differ[1]] == term[differ[0]]
    )


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    probe: Probe
    term: str
    excludes: bool


class Lexicon:
    """All phrases of a set of probes, looked up together."""

    def __init__(self, probes: Iterable[Probe]) -> None:
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for probe in dict.fromkeys(probes):
            for excludes, terms in ((False, probe.terms), (True, probe.excludes)):
                for term in terms:
                    words = tokens(term)
                    if words:
                        self._by_first[words[0]].append(_Phrase(words, probe, term, excludes))
        self._firsts = tuple(self._by_first)
        self._starts: dict[str, tuple[_Phrase, ...]] = {}
        self._seen: dict[str, Mapping[Probe, Match]] = {}

    def match(self, title: str) -> Mapping[Probe, Match]:
        """Every probe that ``title`` names, with the longest of its terms that occurs there."""
        if title not in self._seen:
            self._seen[title] = self._match(tokens(title))
        return self._seen[title]

    def _match(self, words: tuple[str, ...]) -> Mapping[Probe, Match]:
        found: dict[Probe, Match] = {}
        excluded: set[Probe] = set()
        size = significant(words)
        for at, word in enumerate(words):
            for phrase in self._starting_with(word):
                if not _occurs(words, at, phrase.words):
                    continue
                if phrase.excludes:
                    excluded.add(phrase.probe)
                elif phrase.probe not in found or found[phrase.probe].length < len(phrase.words):
                    found[phrase.probe] = Match(phrase.term, len(phrase.words), max(size, len(phrase.words)))
        return {probe: match for probe, match in found.items() if probe not in excluded}

    def _starting_with(self, word: str) -> tuple[_Phrase, ...]:
        if word not in self._starts:
            firsts = (first for first in self._firsts if same_word(word, first))
            self._starts[word] = tuple(phrase for first in firsts for phrase in self._by_first[first])
        return self._starts[word]


def _occurs(words: tuple[str, ...], at: int, phrase: tuple[str, ...]) -> bool:
    here = words[at : at + len(phrase)]
    return len(here) == len(phrase) and all(map(same_word, here, phrase))
