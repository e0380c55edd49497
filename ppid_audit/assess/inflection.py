"""Is a word of a site one of the rubric's: inflected as Indonesian does it, or mistyped?"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

MIN_STEM = 4
"""Letters of a word that is told in its inflected forms."""

_SUFFIXES = ("nya", "lah", "kah")
_PREFIX = re.compile(r"[mp]e(ng|ny|m|n|)")
_SWALLOWED = {"ng": "k", "ny": "s", "m": "p", "n": "t"}
_MIN_TYPO = 6
_MIN_SWAP = 5


@lru_cache(maxsize=65_536)
def same_word(word: str, term: str) -> bool:
    """Whether ``word`` of a site is ``term`` of the rubric, inflected or mistyped."""
    if word == term:
        return True
    if len(term) >= MIN_STEM and _inflected(word, term):
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
    return len(term) > MIN_STEM and (word in {"di" + term, term + "an"} or term in _stems(word))


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


class Vocabulary:
    """The words of a rubric, and which of them a word of a site may be.

    A word of the rubric is never a slip of another: pengadaan, pengaduan, pengajuan.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            self._alike[word[:1], len(word)].append(word)
            if len(word) == _MIN_SWAP:
                self._alike["", _MIN_SWAP].append(word)
        self._meant: dict[str, frozenset[str]] = {}

    def meant(self, word: str) -> frozenset[str]:
        """The words of the rubric that ``word`` is: itself, or those that it is a form or a slip of."""
        if word not in self._meant:
            known = word in self._words
            self._meant[word] = frozenset({word} if known else (t for t in self._near(word) if same_word(word, t)))
        return self._meant[word]

    def _near(self, word: str) -> frozenset[str]:
        """At least all that ``same_word`` could find: without affixes, or as long as a slip leaves it."""
        bare = {word.removesuffix(suffix) for suffix in (*_SUFFIXES, "an")} | {word.removeprefix("di")} | _stems(word)
        alike = {term for size in (-1, 0, 1) for term in self._alike.get((word[:1], len(word) + size), ())}
        swapped = self._alike.get(("", _MIN_SWAP), ()) if len(word) == _MIN_SWAP else ()
        return frozenset((bare & self._words) | alike | set(swapped))
