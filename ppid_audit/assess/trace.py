"""How the judge came to a target, and the observations and evidence that it makes of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ppid_audit.assess.matching import Match
from ppid_audit.model.capture import Capture
from ppid_audit.model.finding import Evidence, NearMiss, Observation, Where
from ppid_audit.model.rubric import Reason, Verdict

_YEAR = re.compile(r"(?<![\d.,])(20[0-4]\d)(?![\d.,]\d|\d)")
_SPAN = re.compile(r"(?<!\d)(20[0-4]\d)\s*(?:-|–|—|/|s\.?\s?d\.?|sampai|hingga)\s*(20[0-4]\d)(?!\d)")
_QUOTE = 200

_BY_WEIGHT = (
    Reason.NAMED_WITHOUT_CONTENT,
    Reason.DEAD_LINK,
    Reason.WRONG_DOCUMENT,
    Reason.EMPTY_DOCUMENT,
    Reason.PLACEHOLDER,
    Reason.EMPTY_LIST,
    Reason.PORTAL_FRONT_PAGE,
    Reason.GATED_OFF_SITE,
    Reason.WRONG_BODY,
    Reason.LISTED_IN_DIP,
    Reason.STALE,
)
"""Partial reasons, the more telling the later."""

_VERDICTS = (Verdict.NOT_APPLICABLE, Verdict.MISSING, Verdict.PARTIAL, Verdict.CANNOT_TELL, Verdict.FULFILLED)
"""What stands when several places were looked at: a sighting beats a doubt, a doubt beats a bare name."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The name that led here: ``title`` on page ``found_on``, and the words of the rubric in it."""

    title: str
    match: Match
    found_on: str
    where: Where
    context: str = ""

    def evidence(
        self, url: str, capture: Capture | None = None, year: int | None = None, where: Where | None = None
    ) -> Evidence:
        """Evidence at ``url``; what is known of its bytes comes from ``capture``."""
        return Evidence(
            url=url,
            found_on=self.found_on,
            where=where or self.where,
            matched=self.match.term,
            quote=self.title[:_QUOTE],
            year=year if year is not None else newest_year(self.title, self.context),
            status=capture.status if capture else None,
            media_type=capture.told_type if capture else "",
            bytes=capture.bytes if capture else 0,
            sha256=capture.sha256 if capture else "",
            warc=capture.warc if capture else "",
        )

    def say(
        self,
        reason: Reason,
        confidence: float,
        url: str,
        capture: Capture | None = None,
        year: int | None = None,
        where: Where | None = None,
    ) -> Observation:
        """One observation resting on one piece of evidence."""
        if reason is Reason.FOUND and not self.match.exact:
            reason = Reason.FOUND_OTHER_WORDING
        return Observation(reason, round(confidence, 3), (self.evidence(url, capture, year, where),))


def newest_year(*texts: str) -> int | None:
    """The youngest year that the first text which names any names; spans count with their end."""
    for text in texts:
        years = [int(year) for year in _YEAR.findall(text)]
        if years:
            return max(years)
    return None


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of years such as 2021-2026."""
    return tuple((int(a), int(b)) for a, b in _SPAN.findall(text) if int(a) < int(b))


def covered(text: str) -> str | None:
    """The last span of years in ``text`` as ``2025-2029``; None when there is none."""
    last = max(spans(text), key=lambda span: span[1], default=None)
    return f"{last[0]}-{last[1]}" if last else None


def weight(observation: Observation) -> tuple[int, int, int, float]:
    """Order in which observations of one item stand over each other."""
    reason = observation.reason
    partial = _BY_WEIGHT.index(reason) if reason in _BY_WEIGHT else 0
    year = max((e.year or 0 for e in observation.evidence), default=0)
    return _VERDICTS.index(observation.verdict), partial, year, observation.confidence


def best(observations: Iterable[Observation]) -> Observation | None:
    """The observation that stands, with the others as near misses; None when there are none."""
    ranked = sorted(observations, key=lambda o: (weight(o), _address(o), o.reason), reverse=True)
    if not ranked:
        return None
    top = ranked[0]
    seen = {(e.url, top.reason) for e in top.evidence}
    misses: dict[tuple[str, Reason], NearMiss] = {}
    for other in ranked[1:]:
        if other.verdict is top.verdict is Verdict.FULFILLED:
            continue
        for item in other.evidence:
            if (item.url, other.reason) not in seen:
                misses.setdefault((item.url, other.reason), NearMiss(item.url, other.reason, item.quote, item.found_on))
    more = tuple(misses.values())[:5]
    return replace(top, near_misses=(*top.near_misses, *more)[:5])


def _address(observation: Observation) -> str:
    return observation.evidence[0].url if observation.evidence else ""


def year_of(when: date | None) -> int | None:
    """The year of a date that may not be known."""
    return when.year if when else None
