"""``statement``: a sentence in the content that says it ("layanan informasi tidak dipungut biaya")."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.matching import Match, tokens
from ppid_audit.assess.mentions import exempt
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.model.site import Page

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def statement(bench: Bench, probe: Probe) -> Iterator[Observation]:
    """The first sentence of each page that holds one of the terms and none of the excluded words."""
    for page in bench.ground.pages:
        if not exempt(page) and not bench.ground.is_news(page.url):
            said = _said(page, probe)
            if said is not None:
                yield said


def _said(page: Page, probe: Probe) -> Observation | None:
    for sentence, words in _sentences(page.text):
        term = next((term for term in probe.terms if _holds(words, term)), None)
        if term and not any(_holds(words, other) for other in probe.excludes):
            trace = Trace(sentence.strip(), Match(term, 1, 1), page.url, Where.TEXT)
            return trace.say(Reason.FOUND, 0.8, page.url, page.capture)
    return None


@lru_cache(maxsize=1_024)
def _sentences(text: str) -> tuple[tuple[str, str], ...]:
    """The sentences, each with its words between spaces; kept, for many probes look at the same pages."""
    return tuple((sentence, _words(sentence)) for sentence in _SENTENCE.split(text))


@lru_cache(maxsize=1_024)
def _words(text: str) -> str:
    return " ".join(("", *tokens(text), ""))


def _holds(words: str, phrase: str) -> bool:
    return _words(phrase) in words
