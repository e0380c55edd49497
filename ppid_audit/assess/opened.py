"""What a fetched file or picture is worth: a document of the right kind, a poster, or something else."""

from dataclasses import replace
from urllib.parse import unquote

from ppid_audit.assess.content import plain
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import DECORATION
from ppid_audit.assess.trace import Trace, covered, newest_year, year_of
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Form, Probe, Reason, Verdict
from ppid_audit.model.site import Document, DocumentState, Picture
from ppid_audit.web import urls

_MIN_PICTURE = 200
"""Pixels below which a picture is an icon."""
_MIN_BYTES = 100
_TITLE_WORDS = 12
_HEAD_WORDS = 60
_BORNE_OUT, _MISREAD = 0.05, 0.1
_QUOTE = 200


class Opened:
    """Judges opened files for one probe."""

    def __init__(self, ground: Ground, probe: Probe) -> None:
        self.ground = ground
        self.probe = probe

    def document(self, document: Document, trace: Trace) -> Observation | None:
        """What a fetched file is worth."""
        capture = document.capture
        if document.state is DocumentState.IMAGE:
            return self._shown(document, trace)
        if Form.DOCUMENT not in self.probe.forms:
            return None
        if document.state is DocumentState.EMPTY or capture.bytes < _MIN_BYTES:
            return trace.say(Reason.EMPTY_DOCUMENT, 0.9, document.url, capture)
        if document.state in {DocumentState.CORRUPT, DocumentState.ENCRYPTED}:
            return trace.say(Reason.UNREADABLE, 0.7, document.url, capture)
        head = " ".join(document.text.split()[:_HEAD_WORDS])
        if self.ground.identity.names_another(f"{trace.title} {document.title} {head}"):
            return self._read_off(trace.say(Reason.WRONG_BODY, 0.75, document.url, capture), document, trace)
        if self._is_other(document, head):
            return self._read_off(trace.say(Reason.WRONG_DOCUMENT, 0.7, document.url, capture), document, trace)
        said = (trace.title, trace.context, document.title, head, urls.path_words(document.url))
        year = newest_year(*said) or year_of(document.modified)
        sure = 0.92 if document.state is DocumentState.TEXT else 0.82
        found = self._read_off(trace.say(Reason.FOUND, sure, document.url, capture, year), document, trace)
        texts = (*said, unquote(document.url))
        return replace(found, period_found=next((span for text in texts if (span := covered(text))), None))

    def _is_other(self, document: Document, head: str) -> bool:
        """Whether the file names itself something else, or is offered under the names of several items."""
        opening = " ".join(head.split()[:_TITLE_WORDS])
        lexicon, said_itself = self.ground.lexicon, (document.title, opening)
        if any(self.probe in lexicon.match(words) for words in (*said_itself, head)):
            return False
        if any(lexicon.match(words) or lexicon.is_foreign(words, self.probe) for words in said_itself):
            return True
        named = lexicon.match(urls.path_words(document.url))
        if self.probe in named:
            return False
        called = [lexicon.match(name) for name in self.ground.titles_of.get(urls.key(document.url), frozenset())]
        return bool(named) or any(found and self.probe not in found for found in called)

    def picture(self, picture: Picture, trace: Trace) -> Observation | None:
        """What a picture in the content is worth; None for icons and decoration."""
        if not picture.url or self._decorates(picture.url):
            return None
        if self.ground.identity.foreign(picture.url, f"{picture.alt} {picture.caption}"):
            return trace.say(Reason.WRONG_BODY, 0.75, picture.url)
        document, capture = self.ground.document(picture.url), self.ground.capture(picture.url)
        if document is not None:
            return self._shown(document, trace)
        if capture is not None and capture.gone:
            return trace.say(Reason.DEAD_LINK, 0.85, picture.url, capture)
        if capture is not None and capture.fault:
            return trace.say(Reason.UNREACHABLE, 0.6, picture.url, capture)
        if 0 < picture.width < _MIN_PICTURE or 0 < picture.height < _MIN_PICTURE / 2:
            return None
        own = self.ground.scope.owns(picture.url)
        return trace.say(
            Reason.NOT_LOOKED_EVERYWHERE if own else Reason.UNVERIFIED_OFF_SITE, 0.6, picture.url, where=Where.IMAGE
        )

    def _decorates(self, url: str) -> bool:
        return urls.key(url) in self.ground.decoration or bool(DECORATION.search(plain(urls.path_words(url))))

    def _shown(self, document: Document, trace: Trace) -> Observation | None:
        if not {Form.IMAGE, Form.DOCUMENT} & set(self.probe.forms):
            return None
        if document.width and document.width < _MIN_PICTURE:
            return None
        year = newest_year(trace.title, trace.context, " ".join(document.text.split()[:_HEAD_WORDS]))
        found = trace.say(Reason.FOUND, 0.8, document.url, document.capture, year, where=Where.IMAGE)
        return self._read_off(found, document, trace)

    def _read_off(self, seen: Observation, document: Document, trace: Trace) -> Observation:
        """The same where a machine read the words off a picture: then they are shown, as what they are.

        A "no" that rests on them is less sure; a "yes" that rested on the title is surer where they bear it out,
        and never as sure as by real text.
        """
        if not document.recognised:
            return seen
        lines = document.text.splitlines()
        bearing = next((line for line in lines if self.probe in self.ground.lexicon.match(line)), "")
        sure = seen.confidence + (_BORNE_OUT if bearing else 0)
        sure = sure if seen.verdict is Verdict.FULFILLED else seen.confidence - _MISREAD
        shown = trace.evidence(document.url, document.capture, seen.evidence[0].year, Where.OCR)
        shown = replace(shown, quote=(bearing or " ".join(lines))[:_QUOTE])
        return replace(seen, confidence=round(sure, 3), evidence=(*seen.evidence, shown))
