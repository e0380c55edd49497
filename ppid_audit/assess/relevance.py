"""Which links a visit should follow first: the rubric's words and the words of public information."""

from collections.abc import Callable

from ppid_audit.assess.assess import lexicon_of
from ppid_audit.assess.content import plain
from ppid_audit.assess.lexicon import HUBS, PPID_TERMS
from ppid_audit.assess.matching import significant, tokens
from ppid_audit.model.rubric import Rubric
from ppid_audit.web import urls

_HUB_WORDS = tuple(plain(phrase) for phrases in HUBS.values() for phrase in phrases)


def relevance(rubric: Rubric) -> Callable[[str, str], float]:
    """A function (title of a link, its address) -> 0..1; from 0.5 on it leads to public information,
    from 0.75 on it names an item of the rubric."""
    lexicon = lexicon_of(rubric)

    def worth(title: str, url: str) -> float:
        words = urls.path_words(url)
        named = max((match.focus for name in (title, words) for match in lexicon.match(name).values()), default=0.0)
        if named:
            return 0.75 + 0.25 * named
        text = " ".join(("", *tokens(f"{title} / {words}"), ""))
        if any(f" {hub} " in text for hub in _HUB_WORDS):
            return 0.7
        general = any(f" {term} " in text for term in PPID_TERMS)
        return (0.65 if significant(tokens(title)) <= 4 else 0.5) if general else 0.1

    return worth
