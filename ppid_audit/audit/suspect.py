"""Is the fault at our own end? What unrelated hosts can hardly have in common by themselves is taken to be ours.

A dead line, the log-in page of a hotel, a provider's block page, a clock or a list of certificates gone wrong:
each looks like the fault of every site at once. Then the scan is suspect and nobody is blamed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from ppid_audit.assess import assess
from ppid_audit.audit.judge import Judged, result_of
from ppid_audit.audit.seen import known
from ppid_audit.extract.site import assemble
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Problem
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult
from ppid_audit.web import urls
from ppid_audit.web.scope import Relation, Scope, is_internal

ALIKE = 3
"""So many unrelated hosts with one cause are no accident."""

_FLAGGED = "tls: "
_SITE_LABELS = 3


def suspected(judged: Iterable[Judged], rubric: Rubric, amendments: Amendments, as_of: date) -> list[AgencyResult]:
    """The results, those of agencies that our own fault hid undecided: ``status_reason`` is then its code."""
    judged = list(judged)
    tried = [entry for entry in judged if entry.snapshot.captures and not is_internal(_host(entry))]
    ours: dict[str, str] = {}
    for code, hidden in _CAUSES.items():
        for agency in hidden(tried):
            ours.setdefault(agency, code)
    return [
        _undecided(entry, ours[entry.agency.id], rubric, amendments, as_of) if entry.agency.id in ours else entry.result
        for entry in judged
    ]


def suspicion(results: Iterable[AgencyResult]) -> str | None:
    """The code of the gravest fault of our own among the results; None when there is none."""
    told = {entry.scorecard.status_reason for entry in results}
    return next((code for code in _CAUSES if code in told), None)


def _offline(tried: Sequence[Judged]) -> Iterable[str]:
    """Not one host answered anything at all."""
    silent = [entry for entry in tried if all(c.status is None for c in entry.snapshot.captures)]
    return _ids(silent) if len(silent) == len(tried) and _are_many(silent) else ()


def _captive(tried: Sequence[Judged]) -> Iterable[str]:
    """Several hosts lead to one foreign host, or all of them show one and the same front page."""
    own = {urls.host(url) for entry in tried for url in (entry.agency.url, *entry.agency.also)}
    led = defaultdict(list)
    for entry in tried:
        home = entry.snapshot.home
        if home is not None and home.problem is Problem.REDIRECT_OUT_OF_SCOPE and _is_foreign(entry, home.final_url):
            led[urls.host(home.final_url)].append(entry)
    found = [
        name for place, entries in led.items() if place not in own and _are_many(entries) for name in _ids(entries)
    ]
    fronts = {home.sha256 if (home := entry.snapshot.home) and home.ok else "" for entry in tried}
    alike = len(fronts) == 1 and fronts != {""} and _are_many(tried)
    return _ids(tried) if alike else found


def _is_foreign(entry: Judged, url: str) -> bool:
    """Whether an address is neither a well-known place nor of the same body (``x.pemda.go.id``, ``pemda.go.id``)."""
    ours, theirs = _host(entry), urls.host(url)
    kin = _site(ours) == _site(theirs) or ours.endswith(f".{theirs}") or theirs.endswith(f".{ours}")
    return not kin and Scope.of(entry.agency).relation(url) is Relation.ELSEWHERE


def _site(host: str) -> str:
    return ".".join(host.split(".")[-_SITE_LABELS:])


def _certificates(tried: Sequence[Judged]) -> Iterable[str]:
    """Certificates of several servers are refused for one reason, and none is accepted.

    Many offices share a server and its one fault: so it is servers that count here, not names.
    """
    secure = [
        (entry, c) for entry in tried for c in entry.snapshot.captures if c.final_url.startswith("https:") and c.ip
    ]
    servers, hidden = defaultdict(set), defaultdict(set)
    for entry, capture in secure:
        servers[_refusal(capture)].add(capture.ip)
        hidden[_refusal(capture)].add(entry.agency.id)
    if "" in servers:
        return ()
    return [name for cause, alike in servers.items() if len(alike) >= ALIKE for name in sorted(hidden[cause])]


def _refusal(capture: Capture) -> str:
    """Why a certificate was refused, though the answer was read; empty when it was accepted."""
    told = capture.detail.partition(";")[0]
    return told.removeprefix(_FLAGGED) if told.startswith(_FLAGGED) else ""


_CAUSES: dict[str, Callable[[Sequence[Judged]], Iterable[str]]] = {
    "runner_offline": _offline,
    "runner_captive": _captive,
    "runner_certificates": _certificates,
}
"""Code -> the agencies that such a fault of our own hid, the gravest first."""


def _are_many(entries: Iterable[Judged]) -> bool:
    return len({urls.without_www(_host(entry)) for entry in entries}) >= ALIKE


def _ids(entries: Iterable[Judged]) -> list[str]:
    return [entry.agency.id for entry in entries]


def _host(entry: Judged) -> str:
    return urls.host(entry.agency.url)


def _undecided(entry: Judged, code: str, rubric: Rubric, amendments: Amendments, as_of: date) -> AgencyResult:
    ours = tuple(replace(c, problem=Problem.RUNNER_OFFLINE) for c in entry.snapshot.captures)
    snapshot = replace(entry.snapshot, captures=ours, notes=())
    agency = replace(entry.agency, confirmed=True, known_down=None)
    assessment = assess(assemble(agency, snapshot, ()), rubric, agency, as_of)
    told = replace(assessment, blocked_by=code)
    return result_of(entry.agency, snapshot, told, rubric, amendments, as_of, known(snapshot, ()))
