"""Do the rubric's words occur in a title? Whole words, Indonesian inflection, typing errors.

The matcher looks at *titles* (links, rows, headings, captions), which are short. It is compiled once
for a rubric and compares each distinct title in one pass over its tokens.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

_FILLERS = frozenset(
    {"informasi", "ringkasan", "tentang", "mengenai", "terkait", "publik", "badan", "tahun", "dalam", "pada", "untuk"}
    | {"di", "ke", "dari", "oleh", "secara", "akan", "telah", "sedang", "dilakukan", "dijalankan"}
)
"""Words that the wording of the law puts around every name."""

_SUFFIXES = ("nya", "lah", "kah")
_EXPLAINED = re.compile(r"(?<=\w)\s*[:(]")
_PREFIX = re.compile(r"[mp]e(ng|ny|m|n|)")
_SWALLOWED = {"ng": "k", "ny": "s", "m": "p", "n": "t"}
_LEADING = 0.35
_MIN_STEM = 4
_MIN_TYPO = 6
_MIN_SWAP = 5


@dataclass(frozen=True, slots=True)
class Match:
    """``term`` of the rubric occurs in a title of ``size`` significant words, of which it covers ``length``.

    ``exact`` is false where the site inflects or mistypes the words, ``leads`` true where the title begins
    with them.
    """

    term: str
    length: int
    size: int
    exact: bool = True
    leads: bool = False

    @property
    def focus(self) -> float:
        """How much of the title the words make up, 0..1: a name scores high, a sentence low.

        A title that begins with them is a name however long it is ("Sambutan Kepala Dinas pada ...").
        """
        return max(self.length / self.size, _LEADING if self.leads else 0)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of ``text``: NFKC, look-alikes folded, lower case, joiners left out."""
    plain = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES)).casefold()
    clean = "".join(c if c.isalnum() else " " for c in plain if unicodedata.category(c) != "Cf")
    return tuple(word for word in clean.split() if word not in _JOINERS)


def significant(words: tuple[str, ...]) -> int:
    """The number of words that name something, at least 1."""
    return max(1, sum(map(_names, words)))


def naming(words: tuple[str, ...]) -> frozenset[str]:
    """The words that name something: numbers, single letters and fillers do not."""
    return frozenset(filter(_names, words))


def _names(word: str) -> bool:
    return not word.isdigit() and len(word) > 1 and word not in _FILLERS


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
    return len(term) > _MIN_STEM and (word in {"di" + term, term + "an"} or term in _stems(word))


def _stems(word: str) -> frozenset[str]:
    """What is left of a word without me-/pe- and -an/-kan; a first letter that the prefix swallows is put back."""
    prefix = _PREFIX.match(word)
    if prefix is None:
        return frozenset()
    rest = word[prefix.end() :]
    bare = {rest, rest.removesuffix("kan"), rest.removesuffix("an")}
    return frozenset(first + stem for stem in bare for first in ("", *_SWALLOWED.get(prefix[1], "")))


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
    """``size`` is the number of words that it names with; ``whole`` phrases must be the whole title."""

    words: tuple[str, ...]
    probe: Probe
    term: str
    excludes: bool
    size: int
    whole: bool = False


class Lexicon:
    """All phrases of a set of probes, looked up together.

    A term that begins with ``=`` counts only where it is the whole title ("=program").
    """

    def __init__(self, probes: Iterable[Probe]) -> None:
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for probe in dict.fromkeys(probes):
            for excludes, terms in ((False, probe.terms), (True, probe.excludes)):
                for term in terms:
                    for phrase in _phrases(term, probe, excludes):
                        self._by_first[phrase.words[0]].append(phrase)
        self._firsts = tuple(self._by_first)
        self._words = frozenset(word for some in self._by_first.values() for phrase in some for word in phrase.words)
        """A word of the rubric is never a slip of another: pengadaan, pengaduan, pengajuan."""
        self._starts: dict[str, tuple[_Phrase, ...]] = {}
        self._seen: dict[str, _Looked] = {}

    def match(self, title: str) -> Mapping[Probe, Match]:
        """Every probe that ``title`` names, with the longest of its terms that occurs there."""
        return self._look_up(title).named

    def rejects(self, title: str, probe: Probe) -> bool:
        """Whether ``title`` holds a word that makes it something else than the probe looks for."""
        return probe in self._look_up(title).excluded

    def is_foreign(self, title: str, probe: Probe) -> bool:
        """Whether ``title`` names something else, and none of the probe's own words."""
        looked = self._look_up(title)
        return probe in looked.excluded and probe not in looked.borne

    def _look_up(self, title: str) -> "_Looked":
        if title not in self._seen:
            self._seen[title] = self._look(tokens(title), tokens(_head(title)))
        return self._seen[title]

    def _look(self, words: tuple[str, ...], head: tuple[str, ...]) -> "_Looked":
        found: dict[Probe, Match] = {}
        excluded: set[Probe] = set()
        for at, word in enumerate(words):
            near = head if at < len(head) else words
            for phrase in self._starting_with(word):
                if not self._occurs(words, at, phrase.words) or (phrase.whole and len(near) > len(phrase.words)):
                    continue
                if phrase.excludes:
                    excluded.add(phrase.probe)
                elif phrase.probe not in found or found[phrase.probe].length < phrase.size:
                    found[phrase.probe] = _matched(phrase, words, at, significant(near))
        named = {probe: match for probe, match in found.items() if probe not in excluded}
        return _Looked(named, frozenset(found), frozenset(excluded))

    def _starting_with(self, word: str) -> tuple[_Phrase, ...]:
        if word not in self._starts:
            known = word in self._words
            firsts = (first for first in self._firsts if word == first or (not known and same_word(word, first)))
            self._starts[word] = tuple(phrase for first in firsts for phrase in self._by_first[first])
        return self._starts[word]

    def _occurs(self, words: tuple[str, ...], at: int, phrase: tuple[str, ...]) -> bool:
        here = words[at : at + len(phrase)]
        return len(here) == len(phrase) and all(
            word == term or (word not in self._words and same_word(word, term))
            for word, term in zip(here, phrase, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a title names, what words it bears at all, and what it is kept from being."""

    named: Mapping[Probe, Match]
    borne: frozenset[Probe]
    excluded: frozenset[Probe]


def _matched(phrase: _Phrase, words: tuple[str, ...], at: int, size: int) -> Match:
    whole = size + phrase.size - len(phrase.words)
    exact = words[at : at + len(phrase.words)] == phrase.words
    return Match(phrase.term, phrase.size, max(whole, phrase.size), exact, at == 0)


def _phrases(term: str, probe: Probe, excludes: bool) -> Iterator[_Phrase]:
    words = tokens(term)
    if not words:
        return
    yield _Phrase(words, probe, term, excludes, len(words), term.startswith("="))
    if len(words) > 1 and all(len(word) >= _MIN_STEM for word in words):
        yield _Phrase(("".join(words),), probe, term, excludes, len(words))


def _head(title: str) -> str:
    """The name in "Name: what it is about" and "Name (also called so)"."""
    return _EXPLAINED.split(title, maxsplit=1)[0]
