"""Pages and files as a visit would bring them, for the tests of extraction."""

from dataclasses import replace

from ppid_audit.extract.page import read_page
from ppid_audit.model.capture import Capture, Exchange, Role
from ppid_audit.model.site import Link, Page

HOME = "https://dinas.contoh.go.id/"


def capture(url: str = f"{HOME}ppid/halaman", **changes: object) -> Capture:
    """A usable answer of ``url``."""
    plain = Capture(url, url, Role.PAGE, "2026-11-24T01:00:00Z", status=200, media_type="text/html")
    return replace(plain, **changes)  # type: ignore[arg-type]


def page(html: str, url: str = f"{HOME}ppid/halaman", **changes: object) -> Page:
    """``html`` as it is read at ``url``."""
    return read_page(capture(url, **changes), html.encode())


def exchange(body: bytes, url: str = f"{HOME}berkas", **changes: object) -> Exchange:
    """An answer with its body."""
    return Exchange(capture(url, media_type="", **changes), body, body)


def link(page: Page, address: str) -> Link:
    """The only link of ``page`` whose address as written ends in ``address``."""
    (found,) = [link for link in page.links if link.href.endswith(address)]
    return found
