"""The outline of a page: its headings, and the boxes that a label opens (accordions, tabs, sub-menus)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ppid_audit.model.site import Region
from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.html.words import is_generic, is_noise, trim
from ppid_audit.web.urls import names

MAX_HEADINGS = 800
_LONGEST = 300
_SHORT = 80
_NEAR = 6
_LABEL_WORDS = names(
    "card-header panel-heading panel-title card-title accordion-header accordion-button accordion-title"
    " section-title page-title entry-title post-title judul title box-title widget-title elementor-accordion-title"
    " elementor-tab-title elementor-toggle-title tab-title fusion-toggle-heading vc_tta-panel-title page-heading"
    " heading"
)
_LABEL_BOXES = names("div p span button a dt li td th center header")
_NO_LINE = names("a div table li button input")
_TOGGLES = names("collapse tab pill accordion")
_OPENS = ("data-bs-target", "data-target", "href", "aria-controls", "data-tab")
_SUB_WORDS = names(
    "dropdown-menu dropdown-content sub-menu submenu dropdown sub_menu megamenu mega-menu mega-content"
    " nav-dropdown treeview-menu sub-nav subnav children"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at ``pieces[start:end]``; levels 1-6 as in HTML, 6 for labels of boxes, 7 for bold lines."""

    level: int
    text: str
    start: int
    end: int
    node: Element
    region: Region


class Outline:
    """Headings in document order, the labels above each element, and which elements only open a box."""

    def __init__(self, tree: Tree, regions: list[Region]) -> None:
        self.tree = tree
        self.toggled = _toggled(tree)
        self.trails, self.openers = _trails(tree, self.toggled)
        self.headings = _headings(tree, regions, self.toggled)
        self._starts = [heading.start for heading in self.headings]

    def before(self, node: Element, region: Region) -> Heading | None:
        """The nearest heading of the same region that ends before ``node`` starts."""
        at = bisect_right(self._starts, node.text_from) - 1
        for steps in range(at, max(-1, at - 60), -1):
            heading = self.headings[steps]
            if heading.region is region and not _holds(heading.node, node) and heading.end <= node.text_from:
                return heading
        return None

    def telling(self, node: Element, region: Region) -> str:
        """The nearest heading before ``node`` that names something: a year alone sends us one level up."""
        heading = self.before(node, region)
        while heading is not None and is_generic(heading.text):
            heading = self._above(heading)
        return heading.text if heading else ""

    def headings_in(self, box: Element) -> list[Heading]:
        """The headings inside an element, in document order."""
        inside = self.headings[bisect_left(self._starts, box.text_from) : bisect_right(self._starts, box.text_to)]
        return [heading for heading in inside if _holds(box, heading.node)]

    def _above(self, lower: Heading) -> Heading | None:
        at = bisect_right(self._starts, lower.start) - 1
        for steps in range(at, max(-1, at - 60), -1):
            heading = self.headings[steps]
            if heading.region is lower.region and heading.level < lower.level and heading.start < lower.start:
                return heading
        return None


def _holds(box: Element, node: Element) -> bool:
    return box.index <= node.index < box.last


def _toggled(tree: Tree) -> dict[int, str]:
    """Boxes that a control of the page opens, by index, with the words of that control."""
    labels: dict[int, str] = {}
    for node in tree.nodes:
        if node.tag in ("a", "button", "li", "div", "h5", "h4", "h3", "h2", "label", "span") and is_toggle(node):
            target = target_of(tree, node)
            label = tree.words_of(node, _LONGEST) if target is not None else ""
            if target is not None and not is_noise(label) and not _holds(target, node):
                labels.setdefault(target.index, label)
    return labels


def is_toggle(node: Element) -> bool:
    """Whether a control says of itself that it opens a box of the page."""
    kind = node.attrs.get("data-bs-toggle") or node.attrs.get("data-toggle")
    if kind:
        return kind.strip().lower() in _TOGGLES
    return node.attrs.get("role") == "tab" or "aria-controls" in node.attrs or "data-tab" in node.attrs


def target_of(tree: Tree, node: Element) -> Element | None:
    """The element of the page that a control opens or an address ``#id`` jumps to."""
    for name in _OPENS:
        value = node.attrs.get(name, "").strip()
        if value.startswith("#") or (value and name in ("aria-controls", "data-tab")):
            target = tree.ids.get(value.lstrip("#"))
            if target is not None:
                return target
    return None


def _trails(tree: Tree, toggled: dict[int, str]) -> tuple[list[tuple[str, ...]], frozenset[int]]:
    """The labels above each element, and the elements that only open a sub-list."""
    trails: list[tuple[str, ...]] = []
    openers: set[int] = set()
    latest: dict[int, Element] = {}
    for node in tree.nodes:
        above = node.parent.index if node.parent else -1
        trail = trails[above] if above >= 0 else ()
        label = toggled.get(node.index, "")
        if not label and _is_sublist(node):
            label = _label_before(tree, node, latest.get(above), openers)
        trails.append((*trail[-5:], label) if label and not is_noise(label) and label not in trail else trail)
        if tree.size(node):
            latest[above] = node
    return trails, frozenset(openers)


def _is_sublist(node: Element) -> bool:
    if node.parent is None:
        return False
    if node.tag in ("ul", "ol"):
        return node.parent.tag in ("li", "dd") or any(word in _SUB_WORDS for word in node.words)
    return node.tag in ("div", "nav", "section") and (
        "x-show" in node.attrs or any(word in _SUB_WORDS and word != "dropdown" for word in node.words)
    )


def _label_before(tree: Tree, box: Element, beside: Element | None, openers: set[int]) -> str:
    """The words of the control just before a sub-list (``beside``, else bare text); its links become openers."""
    parent = box.parent
    assert parent is not None
    start = beside.text_from if beside is not None else parent.text_from
    if beside is not None:
        openers.update(
            node.index
            for node in tree.nodes[beside.index : min(beside.last, beside.index + 20)]
            if node.tag in ("a", "button")
        )
    return trim(tree.text(start, box.text_from, 100))


def _headings(tree: Tree, regions: list[Region], toggled: dict[int, str]) -> list[Heading]:
    found: list[Heading] = []
    inside = -1
    for node in tree.nodes:
        if len(found) >= MAX_HEADINGS:
            break
        if node.hidden:
            continue
        if node.index in toggled and not _repeats(found, toggled[node.index], node):
            label = toggled[node.index]
            found.append(Heading(6, label, node.text_from, node.text_from, node, regions[node.index]))
        if node.index < inside:
            continue
        level = _level(tree, node)
        if level:
            text = tree.words_of(node, _LONGEST)
            if text:
                found.append(Heading(level, text, node.text_from, node.text_to, node, regions[node.index]))
                inside = node.last
    return found


def _repeats(found: list[Heading], label: str, box: Element) -> bool:
    """Whether the box's label already stands right above it as a heading (an accordion's button)."""
    return bool(found) and found[-1].text.startswith(label[:_LONGEST]) and found[-1].end <= box.text_from


def _level(tree: Tree, node: Element) -> int:
    tag = node.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if tag in ("summary", "legend"):
        return 6
    if tag in ("p", "div", "dt", "td", "center") and _is_bold_line(tree, node):
        return 7
    if tag in ("b", "strong") and _is_line(tree, node):
        return 7
    if node.words and tag in _LABEL_BOXES and any(word in _LABEL_WORDS for word in node.words):
        return 6 if _is_label(tree, node) else 0
    if tag in ("button", "a") and is_toggle(node) and not _in_tab_list(node):
        return 6
    return 7 if tag == "dt" and 0 < tree.size(node) <= 120 else 0


def _in_tab_list(node: Element) -> bool:
    """Tabs stand all in one row: the heading is at the box that each opens, not there."""
    return node.get("role") == "tab" or any(
        box.get("role") == "tablist" or "nav-tabs" in box.words or "nav-pills" in box.words for box in node.ancestors(3)
    )


def _is_label(tree: Tree, node: Element) -> bool:
    """Short, and no box around a real heading."""
    if not 0 < tree.size(node) <= 150 or node.last - node.index > 12:
        return False
    inner = tree.within(node)
    return sum(1 for n in inner if n.tag == "a") <= 1 and not any(n.tag in _REAL or n.tag == "table" for n in inner)


_REAL = names("h1 h2 h3 h4 h5 h6")


def _is_bold_line(tree: Tree, node: Element) -> bool:
    """A paragraph that is bold as a whole and short: a heading that nobody marked up."""
    if node.last - node.index > 8 or not 3 <= tree.size(node) <= 150:
        return False
    inner = tree.within(node)
    bold = sum(tree.size(inside) for inside in inner if inside.tag in ("b", "strong") and not _in_bold(inside))
    return bold >= tree.size(node) and not any(inside.tag in _NO_LINE for inside in inner)


def _is_line(tree: Tree, node: Element) -> bool:
    """Bold words that fill a line of their own between others: a heading typed into running text."""
    if node.in_link or not 3 <= tree.size(node) <= _SHORT or "\n" in tree.pieces[node.text_from : node.text_to]:
        return False
    before = tree.pieces[max(0, node.text_from - _NEAR) : node.text_from]
    after = tree.pieces[node.text_to : node.text_to + _NEAR]
    return _breaks(reversed(before)) and _breaks(after)


def _breaks(pieces: Iterable[str]) -> bool:
    """Whether the line ends before anything else is said."""
    return next((piece for piece in pieces if piece.strip() or piece == "\n"), "\n") == "\n"


def _in_bold(node: Element) -> bool:
    return node.parent is not None and node.parent.tag in ("b", "strong")
