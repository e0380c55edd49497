"""What the scripts of a page do to it, as far as their text tells: pieces inserted, lists filled, applications."""

import re
from dataclasses import dataclass

from ppid_audit.web import urls
from ppid_audit.web.html.tables import Grid
from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.urls import names

_MAX_SCRIPT = 200_000
_INSERTED = re.compile(
    r"(?:fetch|\.load|\.get|axios|\binclude\w{0,30}|\bload\w{0,30}|ajax|open)\s{0,9}\(\s{0,99}"
    r"(?:[\"'`]GET[\"'`]\s{0,9},\s{0,9})?(?:[\"'`][#.\w-]{0,99}[\"'`]\s{0,9},\s{0,99})?"
    r"[\"'`]([^\"'`\s$]{1,200}?\.(?:html?|php|inc)(?:\?[^\"'`\s]{0,200})?)[\"'`]",
    re.IGNORECASE,
)
_PIECE_NAME = re.compile(
    r"[\"'`]([^\"'`\s$<>]{0,150}?(?:header|footer|nav|navbar|menu|sidebar|topbar|breadcrumb)[\w-]{0,30}\.html?)[\"'`]",
    re.IGNORECASE,
)
_INCLUDING = (
    "w3-include-html",
    "data-include",
    "data-include-html",
    "include-html",
    "hx-get",
    "data-load",
    "data-src-html",
    "ic-src",
)
_LOADS = re.compile(
    r"fetch\(|axios|XMLHttpRequest|\$\.(?:get|post|ajax|getJSON)|\.ajax\(|getJSON|firebase|supabase", re.IGNORECASE
)
_FILLS = re.compile(
    r"innerHTML|insertAdjacentHTML|\.append\(|appendChild|\.html\(|\.prepend\(|\.rows\.add|textContent", re.IGNORECASE
)
_SERVER_TABLE = re.compile(r"serverSide|[\"']?ajax[\"']?\s*:|sAjaxSource|\.ajax\.", re.IGNORECASE)
_DATA_TABLE = re.compile(r"datatable", re.IGNORECASE)
_STARTS_TABLE = re.compile(r"\.dataTable\(", re.IGNORECASE)
_TEMPLATED = ("v-for", "x-for", "ng-repeat", "*ngfor", "data-ng-repeat", ":for")
_ROOTS = names("root app __next __nuxt app-root svelte q-app ember-app main-app")
_MAIN_BOX = re.compile(
    r"^(?:main|app|page)?-?_?(?:content|konten|isi|main)(?:-?(?:container|area|wrapper|placeholder))?$", re.IGNORECASE
)
_LIBRARY = re.compile(
    r"jquery|bootstrap|vendor|/lib/|^lib/|plugin|assets/js/(?:main|custom|theme)|\.min\.js", re.IGNORECASE
)
_BOXES = names("div ul ol tbody section table dl main")
_ON_DEMAND = re.compile(r"modal|dialog|popup|preview|lightbox|toast|tooltip|loading|spinner", re.IGNORECASE)
"""Boxes that open when somebody clicks: no list of the page waits in them."""


@dataclass(frozen=True, slots=True)
class Scripted:
    """``lists`` counts the boxes that scripts fill; ``tables`` are the indexes of tables among them."""

    fragments: tuple[str, ...]
    lists: int
    tables: frozenset[int]
    shell: bool


def fragments(tree: Tree, base: str) -> tuple[str, ...]:
    """Addresses of the pieces of HTML (navbar, footer) that scripts or attributes insert into the page."""
    wanted = [node.get(name) for node in tree.nodes if node.attrs for name in _INCLUDING if name in node.attrs]
    for _, script in tree.scripts:
        text = script[:_MAX_SCRIPT]
        wanted.extend(match[1] for match in _INSERTED.finditer(text))
        if _LOADS.search(text) or "load" in text:
            wanted.extend(match[1] for match in _PIECE_NAME.finditer(text))
    resolved = (urls.resolve(base, href) for href in wanted if href)
    return tuple(dict.fromkeys(url for url in resolved if url))[:20]


def scripted(tree: Tree, base: str, tables: list[Grid]) -> Scripted:
    """Everything that scripts do to the page."""
    filled = frozenset(grid.node.index for grid in tables if _is_filled(tree, grid))
    boxes = _empty_boxes(tree, filled)
    templated = sum(1 for node in tree.nodes if node.attrs and any(name in node.attrs for name in _TEMPLATED))
    count = len(filled) + boxes + min(templated, 50)
    return Scripted(fragments(tree, base), count or int(_waits_for_content(tree)), filled, _is_shell(tree))


def _is_filled(tree: Tree, grid: Grid) -> bool:
    if any(cell.text for row in grid.rows for cell in row.cells) and len(grid.rows) > 1:
        return False
    scripts = [script[:_MAX_SCRIPT] for _, script in tree.scripts]
    if _is_decorated(grid, scripts):
        return False
    text = "\n".join(scripts)
    if _SERVER_TABLE.search(text) and _DATA_TABLE.search(text):
        return True
    if any(cell.text for row in grid.rows for cell in row.cells):
        return False
    if _LOADS.search(text) and _FILLS.search(text):
        return True
    return not _STARTS_TABLE.search(text) and _has_data_tables(tree, grid)


def _is_decorated(grid: Grid, scripts: list[str]) -> bool:
    """A table that DataTables only sorts and pages: its set-up names no source, and no loading script names it.

    It was sent as it is: without rows it is empty.
    """
    name = grid.node.get("id")
    named = [script for script in scripts if name and re.search(rf"[\"'`#]{re.escape(name)}\b", script)]
    loads = any(_LOADS.search(script) or _SERVER_TABLE.search(script) or "rows.add" in script for script in named)
    return not loads and any(_STARTS_TABLE.search(script) for script in named)


def _has_data_tables(tree: Tree, grid: Grid) -> bool:
    """An empty table of a page that loads DataTables, set up in a script file that we do not read."""
    loaded = any(_DATA_TABLE.search(node.get("src")) for node, _ in tree.scripts if "src" in node.attrs)
    return loaded or any("datatable" in word for word in grid.node.words)


def _empty_boxes(tree: Tree, tables: frozenset[int]) -> int:
    """Empty boxes with an id that a loading script names."""
    names: set[str] = set()
    for _, script in tree.scripts:
        text = script[:_MAX_SCRIPT]
        if _LOADS.search(text) and _FILLS.search(text):
            names.update(re.findall(r"[\"'`][#.]?([\w-]{2,80})[\"'`]", text))
    if not names:
        return 0
    boxes = (node for node in tree.nodes if _is_empty_box(tree, node) and node.get("id") in names)
    return sum(1 for node in boxes if not _inside(node, tables) and not _ON_DEMAND.search(node.get("id")))


def _is_empty_box(tree: Tree, node: Element) -> bool:
    return "id" in node.attrs and node.tag in _BOXES and tree.size(node) < 30 and node.last - node.index < 8


def _waits_for_content(tree: Tree) -> bool:
    """An empty main box on a page that loads scripts of the site's own: they will put the content there."""
    if not any(_is_own(node.get("src")) for node, _ in tree.scripts):
        return False
    return any(
        _is_empty_box(tree, node) and node.last - node.index == 1 and _MAIN_BOX.search(node.get("id"))
        for node in tree.nodes
    )


def _is_own(source: str) -> bool:
    return bool(source) and not source.startswith(("http:", "https:", "//")) and not _LIBRARY.search(source)


def _inside(node: Element, tables: frozenset[int]) -> bool:
    return node.index in tables or any(box.index in tables for box in node.ancestors(3))


def _is_shell(tree: Tree) -> bool:
    """Nearly no words, and an application that would draw them."""
    if tree.chars[-1] >= 200:
        return False
    roots = any(node.attrs and _is_root(node) for node in tree.nodes)
    bundles = any("src" in node.attrs for node, _ in tree.scripts) or any(
        node.get("type") == "module" for node, _ in tree.scripts
    )
    return roots or (bundles and _has_empty_body(tree))


def _is_root(node: Element) -> bool:
    return (
        node.get("id").lower() in _ROOTS
        or "data-page" in node.attrs
        or any(name.startswith("data-sveltekit") for name in node.attrs)
    )


def _has_empty_body(tree: Tree) -> bool:
    """A body of a few empty boxes: no picture, no frame, hardly a word."""
    shown = [
        node
        for node in tree.nodes
        if not node.hidden and node.tag in ("img", "iframe", "embed", "object", "form", "table", "a")
    ]
    return len(shown) <= 3 and tree.chars[-1] < 80
