"""What a visitor can see: which elements a page hides for good, and which it only folds away.

Accordions, tabs, drop-downs and modal boxes are hidden until somebody opens them: their content counts.
What nothing on the page can open does not.
"""

import re

from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.urls import names

_NEVER = names("script style template noscript")
_HIDING = re.compile(
    r"display:none|font-size:0(?:px|pt|em|%)?(?:;|$)|text-indent:-\d{3,}|(?:left|top|right|margin-left|margin-top):-\d{4,}"
    r"|(?:^|;)(?:max-)?height:[01](?:px)?;(?:.*;)?overflow:hidden|overflow:hidden;(?:.*;)?(?:max-)?height:[01](?:px)?(?:;|$)"
)
_HIDDEN_WORDS = names("d-none hidden invisible visually-hidden-always hide")
_FOLDED = re.compile(
    r"tab|collaps|accord|modal|dropdown|drop-down|sub-?menu|panel|toggle|popup|offcanvas|mobile|menu|nav|answer|faq|spoiler"
    r"|lightbox|slide|carousel|swiper|owl|isi|konten"
)
_OPENING = re.compile(
    r"\.show\(|toggle|fadeIn|slideDown|display\s*=\s*[\"'`](?!none)|classList|addClass|removeClass|\.css\("
)
_NAMES = re.compile(r"[\w-]+")
_OPENERS = (
    "href",
    "data-target",
    "data-bs-target",
    "aria-controls",
    "data-tab",
    "data-toggle-target",
    "for",
    "onclick",
)


def hide(tree: Tree) -> None:
    """Set ``hidden`` on every element that cannot be seen, and take its text out of the tree."""
    openable: frozenset[str] | None = None
    hidden = False
    for node in tree.nodes:
        if (node.parent is not None and node.parent.hidden) or node.tag in _NEVER:
            node.hidden = True
        elif _is_hidden(node) and not _is_folded(node):
            openable = _openable(tree) if openable is None else openable
            node.hidden = not any(word in openable for word in node.words)
        hidden = hidden or node.hidden
    if hidden:
        for place, owner in enumerate(tree.owners):
            if tree.nodes[owner].hidden:
                tree.pieces[place] = ""


def _is_hidden(node: Element) -> bool:
    if "hidden" in node.attrs:
        return True
    style = node.attrs.get("style")
    if style and _HIDING.search(re.sub(r"\s+", "", style[:500]).lower()):
        return True
    return any(word in _HIDDEN_WORDS for word in node.words) and not _shown_on_some_screen(node)


def _shown_on_some_screen(node: Element) -> bool:
    """Responsive classes (``d-none d-md-block``, ``hidden lg:flex``) hide on some screens only."""
    return any(word.startswith("d-") and word != "d-none" for word in node.words) or any(":" in w for w in node.words)


def _is_folded(node: Element) -> bool:
    """Hidden until a visitor opens it, told by the words that themes use for such boxes."""
    if any(_FOLDED.search(word) for word in node.words):
        return True
    return node.get("role") in ("tabpanel", "dialog", "menu") or any(
        name.startswith(("x-show", "v-show")) for name in node.attrs
    )


def _openable(tree: Tree) -> frozenset[str]:
    """Ids and classes that some control or script of the page shows."""
    names: set[str] = set()
    for node in tree.nodes:
        for opener in _OPENERS:
            value = node.attrs.get(opener)
            if value and (opener != "href" or value.startswith("#")):
                names.update(word.lower() for word in _NAMES.findall(value[:500]))
    for _, script in tree.scripts:
        if _OPENING.search(script):
            names.update(word.lower() for word in re.findall(r"[\"'`][#.]?([\w-]{2,60})[\"'`]", script[:200_000]))
    return frozenset(names)
