"""Pages of our own making, in pairs: one that is what it is called, one that only looks like it.

Templates (what stands around) times wordings (what is said): each page is small, and each has its true name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ppid_audit.model.site import Nature
from tests.web.wordings import (
    BRANDS,
    CHALLENGES,
    DOORWAYS,
    GONE,
    INJECTIONS,
    MAINTENANCE,
    NORMAL_HEADERS,
    NORMAL_SCRIPTS,
    OFFICES,
    ORDINARY,
    WAFS,
)

BASE = "https://dinas.contoh.go.id/"


@dataclass(frozen=True)
class Sample:
    """A page with what it truly is; ``injected`` says whether foreign links were put into it."""

    name: str
    html: str
    nature: Nature = Nature.ORDINARY
    injected: bool = False
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def bare(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='id'><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def site(title: str, body: str, head: str = "") -> str:
    """A page as an office's theme makes it."""
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in MENU)
    foot = "<footer><p>Jl. Pemuda No. 1, Contoh. Telepon (0296) 531000. Hak cipta Pemkab Contoh.</p></footer>"
    return bare(
        f"{title} - Pemkab Contoh", f"<nav><ul>{menu}</ul></nav><main><h1>{title}</h1>{body}</main>{foot}", head
    )


MENU = ["beranda", "profil", "berita", "ppid", "layanan", "regulasi", "galeri", "kontak", "login", "unduhan"]


def thin(title: str, body: str, head: str = "") -> str:
    """A page with hardly anything around it."""
    return bare(title, f'<h1>{title}</h1>{body}<p><a href="/">Beranda</a></p>', head)


def samples() -> Iterator[Sample]:
    yield from _stand_ins()
    yield from _doorways()
    yield from _ordinary()
    yield from _injected()


def _stand_ins() -> Iterator[Sample]:
    marked = [
        *((Nature.CHALLENGE, *words) for words in CHALLENGES),
        *((Nature.WAF_BLOCK, *words) for words in WAFS),
        *((Nature.MAINTENANCE, *words) for words in MAINTENANCE),
        *GONE,
    ]
    for nature, title, body in marked:
        for status in (200, 403, 503):
            yield Sample(f"{nature} {title} {status}", bare(title, body), nature, status=status)
    yield Sample("header", bare("", "x"), Nature.CHALLENGE, headers=(("CF-Mitigated", "challenge"),))


def _doorways() -> Iterator[Sample]:
    for brand, text, office in product(BRANDS, DOORWAYS, OFFICES[:3]):
        title, _, body = text.format(b=brand).partition("|")
        yield Sample(f"hijacked {brand} {office}", bare(f"{title} {office}", body), Nature.HIJACKED, injected=True)


def _ordinary() -> Iterator[Sample]:
    for (title, body), frame, headers, script in product(ORDINARY, (site, thin), NORMAL_HEADERS, NORMAL_SCRIPTS):
        yield Sample(f"ordinary {title} {frame.__name__}", frame(title, body + script), headers=headers)
    for (title, body), office in product(ORDINARY, OFFICES):
        yield Sample(f"ordinary {title} {office}", site(f"{title} {office}", body))


def _injected() -> Iterator[Sample]:
    for (name, place, fragment), (title, body) in product(INJECTIONS, ORDINARY):
        page = site(title, body + fragment if place == "{page}" else body)
        html = page + fragment if place == "{after}" else fragment + page if place == "{before}" else page
        yield Sample(f"injected {name} {title}", html, injected=True)
