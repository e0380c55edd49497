"""Which part of a page is content, and which is menu, footer or side column.

Told by tags and roles first, then by the words that themes use in class and id. No rule may swallow the
page: a wrapper that holds most of what there is to read is never a menu, whatever it is called, and when
hardly any content would be left, weaker rules are tried.
"""

import re
from collections.abc import Callable

from ppid_audit.model.site import Region
from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.urls import names

_BOXES = names("div ul ol section nav header aside footer table td dl center form main article menu body p span")
_CLASS_BOXES = _BOXES - {"main", "article", "p", "span", "body", "td"}
_MENU_WORD = re.compile(
    r"(?:^|[-_])(?:menu|menus|menubar|mainmenu|topmenu|navmenu|megamenu|nav|navs|navbar|navigation|navigasi|mainnav|sidenav"
    r"|topnav|topbar|top-bar|offcanvas|off-canvas|breadcrumbs?|masthead|hamburger|drawer|sitenav)(?:$|[-_])|^(?:nav|menu)\d+$"
)
_NO_MENU_WORD = re.compile(
    r"tab|pill|content|page|item|link|title|card|body|wrapper|main-menu-|menu-info|list-menu|layanan|row|grid|col-|section"
    r"|accordion|with-|has-|no-|under|fixed|open|expand|service|box|icon-menu|menu-icon|quick"
)
_HEADER_WORD = re.compile(
    r"^(?:site-|main-|top-|global-)?header(?:-(?:area|top|main|wrap|wrapper|section|inner|\d))?$|^kop$"
)
_FOOTER_WORD = re.compile(r"(?:^|[-_])(?:footer\d?|foot|copyright|colophon|kaki)(?:$|[-_])")
_NO_FOOTER_WORD = re.compile(r"modal|card|panel|entry|box|post|article|table|sticky-|has-|with-|content")
_ASIDE_WORD = re.compile(
    r"(?:^|[-_])(?:sidebar|side-bar|widget|widgets|widget-area|secondary|rightbar|leftbar)(?:$|[-_])"
)
_NO_ASIDE_WORD = re.compile(r"elementor|has-|no-|with-|without|layout|wrapper|container|main|content")
_PAGER = re.compile(r"^(?:pagination|pager|page-numbers|nav-links|paging|dataTables_paginate)$", re.IGNORECASE)
_TAB_WORDS = names("nav-tabs nav-pills tabs tab-nav tablist")
_ROLES = {
    "navigation": Region.MENU,
    "menubar": Region.MENU,
    "menu": Region.MENU,
    "banner": Region.MENU,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "main": Region.CONTENT,
}
_NEARLY_NOTHING = 80
_WORTH_READING = 200
_MOST = 0.6
_FEW_LINKS = 3


def regions(tree: Tree) -> list[Region]:
    """The region of each element of ``tree``, by index."""
    best = _paint(tree, _all_rules)
    for rules in (_without_menu_classes, _nav_and_footer_only):
        if _prose(tree, best) >= _NEARLY_NOTHING:
            break
        weaker = _paint(tree, rules)
        if _prose(tree, weaker) >= _WORTH_READING:
            best = weaker
    return best


Rules = Callable[[Tree, Element], Region | None]


def _paint(tree: Tree, rules: Rules) -> list[Region]:
    painted: list[Region] = []
    in_main: list[bool] = []
    for node in tree.nodes:
        above = painted[node.parent.index] if node.parent else Region.CONTENT
        inside = in_main[node.parent.index] if node.parent else False
        own = rules(tree, node)
        if own is Region.CONTENT:
            region, inside = (Region.CONTENT, True) if above is not Region.FOOTER else (above, inside)
        elif own is None or above in (Region.FOOTER, Region.MENU):
            region = _lifted(tree, node, above)
        elif own is Region.MENU and inside and _is_header(node):
            region = above
        else:
            region = own
        painted.append(region)
        in_main.append(inside)
    return painted


def _lifted(tree: Tree, node: Element, above: Region) -> Region:
    """What stands inside a menu without being one: the page's title in the breadcrumb bar, and sections
    that a <nav> which is never closed has swallowed.
    """
    if above is not Region.MENU:
        return above
    if node.tag in ("h1", "h2", "h3") and _in_breadcrumb(node):
        return Region.CONTENT
    return Region.CONTENT if node.tag == "section" and tree.link_count(node) < _FEW_LINKS else above


def _in_breadcrumb(node: Element) -> bool:
    return any("breadcrumb" in word for box in node.ancestors(4) for word in box.words)


def _all_rules(tree: Tree, node: Element) -> Region | None:
    return _semantic(tree, node) or _by_words(tree, node)


def _without_menu_classes(tree: Tree, node: Element) -> Region | None:
    region = _semantic(tree, node)
    if region is None and _by_words(tree, node) is Region.FOOTER:
        return Region.FOOTER
    return region


def _nav_and_footer_only(tree: Tree, node: Element) -> Region | None:
    region = _without_menu_classes(tree, node)
    return None if node.tag in ("header", "aside") else region


def _semantic(tree: Tree, node: Element) -> Region | None:
    tag = node.tag
    if tag == "main" or (tag == "article" and not _is_small(tree, node)):
        return Region.CONTENT
    if tag == "nav":
        return _menu_or_tabs(tree, node)
    if tag == "header":
        return _header(tree, node)
    if tag == "footer":
        return Region.FOOTER if not _parted_footer(node) else None
    if tag == "aside":
        return Region.ASIDE if not _holds_most(tree, node) else None
    role = node.attrs.get("role")
    if role and tag in _BOXES and tag != "body":
        region = _ROLES.get(role.strip().lower())
        if region is Region.MENU:
            return None if _holds_most(tree, node) else region
        return region
    return None


def _is_small(tree: Tree, node: Element) -> bool:
    return tree.prose_size(node) < _WORTH_READING


def _parted_footer(node: Element) -> bool:
    """A footer of an article, a card or a table, not of the page."""
    return any(box.tag in ("article", "blockquote", "figure") for box in node.ancestors(4))


def _menu_or_tabs(tree: Tree, node: Element) -> Region | None:
    if any(_PAGER.match(word) for word in node.words):
        return Region.ASIDE
    if _is_tab_list(node) or any(_is_tab_list(child) for child in tree.children(node)):
        return None
    return None if _holds_most(tree, node) else Region.MENU


def _is_tab_list(node: Element) -> bool:
    return node.get("role") == "tablist" or any(word in _TAB_WORDS for word in node.words)


def _header(tree: Tree, node: Element) -> Region | None:
    """A header is a menu when it is mostly links; a banner with the page's title is content."""
    if _holds_most(tree, node) or any(box.tag in ("article", "section", "main") for box in node.ancestors(6)):
        return None
    return Region.MENU if tree.link_count(node) >= 3 else None


def _is_header(node: Element) -> bool:
    return node.tag == "header" or any(_HEADER_WORD.match(word) for word in node.words)


def _by_words(tree: Tree, node: Element) -> Region | None:
    if not node.words or node.tag not in _CLASS_BOXES or _is_tab_list(node):
        return None
    region = _word_region(node.words)
    if region is None:
        return None
    if region is Region.FOOTER:
        return None if _swallows(tree, node) else region
    if any(_HEADER_WORD.match(word) for word in node.words):
        return _header(tree, node)
    return None if _holds_most(tree, node) else region


def _word_region(words: tuple[str, ...]) -> Region | None:
    for word in words[:20]:
        if _PAGER.match(word):
            return Region.ASIDE
        if _FOOTER_WORD.search(word) and not _NO_FOOTER_WORD.search(word):
            return Region.FOOTER
        if _HEADER_WORD.match(word):
            return Region.MENU
        if _MENU_WORD.search(word) and not _NO_MENU_WORD.search(word):
            return Region.MENU
        if _ASIDE_WORD.search(word) and not _NO_ASIDE_WORD.search(word):
            return Region.ASIDE
    return None


def _holds_most(tree: Tree, node: Element) -> bool:
    """Whether an element holds most of what there is to read besides links."""
    return tree.prose_size(node) > max(_WORTH_READING, _MOST * tree.prose[-1])


def _swallows(tree: Tree, node: Element) -> bool:
    return tree.size(node) > max(_WORTH_READING, 0.85 * tree.chars[-1])


def _prose(tree: Tree, painted: list[Region]) -> int:
    """Characters of content that are no link."""
    nodes, content = tree.nodes, Region.CONTENT
    return sum(
        len(piece)
        for piece, owner in zip(tree.pieces, tree.owners, strict=True)
        if not piece.isspace() and painted[owner] is content and not nodes[owner].in_link
    )
