"""Do the rubric's words occur in a title? Whole words, Indonesian inflection, typing errors.

The matcher looks at *titles* (links, rows, headings, captions), which are short. It is compiled once
for a rubric and compares each distinct title in one pass over its tokens.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ppid_audit.assess.inflection import MIN_STEM, Vocabulary
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

_EXPLAINED = re.compile(r"(?<=\w)\s*[:(]")
_LEADING = 0.35
_REMEMBERED = 20_000
"""Titles whose meaning is kept: those of one site and more, however many sites a process judges."""


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


class _Letters(dict[int, str]):
    """Letters and digits as they are, a space for all else, nothing for marks of format; each looked up once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        seen = "" if unicodedata.category(char) == "Cf" else char if char.isalnum() else " "
        self[code] = seen
        return seen


_LETTERS = _Letters()
_SHORT = 1_000
"""Characters of a title or a sentence; whole pages are remembered too, but not as many."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of ``text``: NFKC, look-alikes folded, lower case, joiners left out."""
    return _tokens(text) if len(text) < _SHORT else _long_tokens(text)


def _tokenized(text: str) -> tuple[str, ...]:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES))
    clean = text.casefold().translate(_LETTERS)
    return tuple(word for word in clean.split() if word not in _JOINERS)


_tokens = lru_cache(maxsize=65_536)(_tokenized)
_long_tokens = lru_cache(maxsize=1_024)(_tokenized)


def significant(words: tuple[str, ...]) -> int:
    """The number of words that name something, at least 1."""
    return max(1, sum(map(_names, words)))


def naming(words: tuple[str, ...]) -> frozenset[str]:
    """The words that name something: numbers, single letters and fillers do not."""
    return frozenset(filter(_names, words))


def _names(word: str) -> bool:
    return not word.isdigit() and len(word) > 1 and word not in _FILLERS


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
        by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for probe in dict.fromkeys(probes):
            for excludes, terms in ((False, probe.terms), (True, probe.excludes)):
                for term in terms:
                    for phrase in _phrases(term, probe, excludes):
                        by_first[phrase.words[0]].append(phrase)
        self._phrases = tuple(phrase for phrases in by_first.values() for phrase in phrases)
        self._vocabulary = Vocabulary(word for phrase in self._phrases for word in phrase.words)
        self._probes = tuple(dict.fromkeys(phrase.probe for phrase in self._phrases))
        numbers = {probe: number for number, probe in enumerate(self._probes)}
        self._owners = tuple(numbers[phrase.probe] for phrase in self._phrases)
        self._by_start: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, phrase in enumerate(self._phrases):
            self._by_start[phrase.words[0]][phrase.words[1] if len(phrase.words) > 1 else ""].append(place)
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
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[title] = self._look(tokens(title), tokens(_head(title)))
        return self._seen[title]

    def _look(self, words: tuple[str, ...], head: tuple[str, ...]) -> "_Looked":
        found: dict[int, Match] = {}
        excluded: set[int] = set()
        meant = [self._vocabulary.meant(word) for word in words]
        for at, first in enumerate(meant):
            near = head if at < len(head) else words
            for place in self._at(meant, at) if first else ():
                phrase, probe = self._phrases[place], self._owners[place]
                if phrase.whole and len(near) > len(phrase.words):
                    continue
                if phrase.excludes:
                    excluded.add(probe)
                elif probe not in found or found[probe].length < phrase.size:
                    found[probe] = _matched(phrase, words, at, significant(near))
        named = {self._probes[probe]: match for probe, match in found.items() if probe not in excluded}
        return _Looked(named, *(frozenset(self._probes[probe] for probe in some) for some in (found, excluded)))

    def _at(self, meant: Sequence[frozenset[str]], at: int) -> list[int]:
        """The phrases that begin with word ``at``, in the order in which they were given."""
        after = ("", *(meant[at + 1] if at + 1 < len(meant) else ()))
        starts = [self._by_start[first] for first in meant[at] if first in self._by_start]
        places = [place for start in starts for second in after for place in start.get(second, ())]
        return sorted(place for place in places if self._goes_on(self._phrases[place].words, meant, at))

    @staticmethod
    def _goes_on(phrase: tuple[str, ...], meant: Sequence[frozenset[str]], at: int) -> bool:
        """Whether the words of a phrase from its third on stand there too."""
        if len(phrase) < 3:
            return True
        here = meant[at + 2 : at + len(phrase)]
        return len(here) == len(phrase) - 2 and all(map(_in, phrase[2:], here))


def _in(word: str, means: frozenset[str]) -> bool:
    return word in means


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
    if len(words) > 1 and all(len(word) >= MIN_STEM for word in words):
        yield _Phrase(("".join(words),), probe, term, excludes, len(words))


def _head(title: str) -> str:
    """The name in "Name: what it is about" and "Name (also called so)"."""
    return _EXPLAINED.split(title, maxsplit=1)[0]
