"""Links that leave the agency's own hosts: what they are worth, and when that cannot be known."""

import re

from ppid_audit.assess.content import plain
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.trace import Trace
from ppid_audit.model.capture import Capture
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.model.site import DocumentState
from ppid_audit.web import urls
from ppid_audit.web.hosts import OffSite, off_site_kind
from ppid_audit.web.scope import Relation, is_internal

_GATE = re.compile(r"request access|minta akses|anda memerlukan akses|you need access|sign in|masuk ke akun|login")
_LOGIN = re.compile(r"\b(auth|login|log in|signin|sign in|masuk)\b")
_HUB = re.compile(r"(informasi |informasi secara )?(ppid|publik|berkala|merta|setiap saat)( \d+)?")
_SPOILT = {DocumentState.EMPTY, DocumentState.CORRUPT}


def look_off_site(ground: Ground, probe: Probe, url: str, trace: Trace) -> Observation:
    """What an address outside the agency's own hosts shows of the item that ``trace`` names."""
    trusted = ground.scope.relation(url) is Relation.TRUSTED
    if not trusted and ("." not in urls.host(url) or is_internal(urls.host(url))):
        return trace.say(Reason.DEAD_LINK, 0.9, url)
    if not trusted and ground.identity.foreign(url, f"{trace.title} {trace.context}"):
        return trace.say(Reason.WRONG_BODY, 0.8, url)
    kind = off_site_kind(url)
    if kind is OffSite.FORM:
        return trace.say(Reason.GATED_OFF_SITE, 0.8, url)
    if kind in {OffSite.PORTAL_HOME, OffSite.SOCIAL, OffSite.MAP}:
        return trace.say(Reason.PORTAL_FRONT_PAGE, 0.85, url)
    capture = ground.capture(url)
    if capture is not None and capture.gone:
        return trace.say(Reason.DEAD_LINK, 0.9, url, capture)
    if capture is not None and capture.ok:
        return _opened(ground, url, capture, trace, kind)
    if is_front_page(url):
        return trace.say(Reason.PORTAL_FRONT_PAGE, 0.7, url)
    if _LOGIN.search(plain(urls.path(url))):
        return trace.say(Reason.GATED_OFF_SITE, 0.7, url)
    named = ground.lexicon.match(urls.path_words(url))
    if named and probe not in named:
        return trace.say(Reason.WRONG_DOCUMENT, 0.7, url)
    return trace.say(Reason.UNVERIFIED_OFF_SITE, 0.7, url, capture)


def _opened(ground: Ground, url: str, capture: Capture, trace: Trace, kind: OffSite) -> Observation:
    document = ground.document(url)
    if document is not None:
        reason = Reason.EMPTY_DOCUMENT if document.state in _SPOILT else Reason.FOUND_OFF_SITE
        return trace.say(reason, 0.85, url, capture)
    page = ground.page(url)
    if kind is OffSite.DRIVE_FOLDER or (page is not None and _GATE.search(plain(f"{page.title} {page.text[:2000]}"))):
        return trace.say(Reason.GATED_OFF_SITE, 0.75, url, capture)
    if kind is OffSite.DRIVE_FILE or (page is not None and not is_front_page(url)):
        return trace.say(Reason.FOUND_OFF_SITE, 0.75, url, capture)
    return trace.say(Reason.PORTAL_FRONT_PAGE, 0.7, url, capture)


def is_front_page(url: str) -> bool:
    """A home page, or the page of a whole class of information: nothing of this item in particular."""
    name = plain(urls.path_words(url))
    return "?" not in url and (name in {"", "home", "index", "beranda"} or bool(_HUB.fullmatch(name)))
