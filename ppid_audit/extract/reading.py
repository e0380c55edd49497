"""Exchange -> Page, Document or nothing: which reader a body gets, told from its bytes."""

from ppid_audit.extract.document import read_document
from ppid_audit.extract.page import read_page
from ppid_audit.model.capture import Exchange, Role
from ppid_audit.model.site import Document, Page
from ppid_audit.web import sniff

_NOTHING_TO_READ = frozenset({Role.ROBOTS, Role.SITEMAP, Role.RESOURCE})


def read(exchange: Exchange) -> Page | Document | None:
    """What ``exchange`` brought, read; None when there is nothing to read (a problem, a 404, robots.txt)."""
    capture = exchange.capture
    if not capture.ok or capture.role in _NOTHING_TO_READ:
        return None
    media = capture.media_type or sniff.media_type(exchange.body[:4_096], capture.header("content-type"))
    if sniff.is_html(media):
        return read_page(capture, exchange.body)
    if capture.role in (Role.FRAGMENT, Role.HOME) and media.startswith("text/"):
        return read_page(capture, exchange.body)
    return read_document(capture, exchange.body)
