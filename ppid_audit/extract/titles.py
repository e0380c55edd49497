"""Links and pictures with the names that the page gives them."""

from itertools import islice

from ppid_audit.extract.privacy import mask
from ppid_audit.extract.structure import Outlined
from ppid_audit.model.site import Link, Picture, Region
from ppid_audit.web.html.anchors import Anchor
from ppid_audit.web.html.naming import Namer
from ppid_audit.web.html.outline import Outline, is_toggle, target_of
from ppid_audit.web.html.pictures import Shown, pictures
from ppid_audit.web.html.tree import Element, Tree

MAX_PICTURES = 500


def read_links(
    tree: Tree, painted: list[Region], outline: Outline, outlined: Outlined, references: list[Anchor], namer: Namer
) -> tuple[Link, ...]:
    """The references of a page as links, in document order."""
    return tuple(_link(tree, painted, outline, outlined, anchor, namer) for anchor in references)


def _link(
    tree: Tree, painted: list[Region], outline: Outline, outlined: Outlined, anchor: Anchor, namer: Namer
) -> Link:
    node = anchor.node
    region = painted[node.index]
    name = namer.name(anchor, region)
    heading = outline.before(node, region)
    target = target_of(tree, node) if anchor.href.startswith("#") and len(anchor.href) > 1 else None
    return Link(
        href=anchor.href,
        url=anchor.url,
        text=mask(name.text),
        title=mask(name.title),
        title_from=name.place,
        kind=anchor.kind,
        region=region,
        row=tuple(mask(cell) for cell in name.row),
        column=name.column,
        heading=mask(heading.text) if heading else "",
        trail=outline.trails[node.index],
        parent=anchor.url is None and _only_opens(node, outline, target),
        section=_section(painted, outlined, node, target),
    )


def _only_opens(node: Element, outline: Outline, target: Element | None) -> bool:
    """Whether a link that leads nowhere opens a sub-menu, an accordion or a tab: then it is no dead end."""
    if node.index in outline.openers:
        return True
    if node.get("data-bs-toggle") == "dropdown" or node.get("data-toggle") == "dropdown":
        return True
    if target is None or target.last - target.index < 2:
        return False
    return (
        is_toggle(node)
        or target.index in outline.toggled
        or any("tab" in word or "collapse" in word for word in target.words)
    )


def _section(painted: list[Region], outlined: Outlined, node: Element, target: Element | None) -> int:
    """The section that a link stands in; for a jump within the page, the section that it jumps to."""
    place = node if target is None or painted[target.index] is not Region.CONTENT else target
    if painted[place.index] is not Region.CONTENT:
        return -1
    return outlined.at(place.text_from)


def read_pictures(tree: Tree, painted: list[Region], outlined: Outlined, base: str) -> tuple[Picture, ...]:
    """The images that a visitor sees, in document order, at most 500."""
    return tuple(_picture(painted, outlined, shown) for shown in islice(pictures(tree, base), MAX_PICTURES))


def _picture(painted: list[Region], outlined: Outlined, shown: Shown) -> Picture:
    region = painted[shown.node.index]
    return Picture(
        url=shown.url,
        alt=mask(shown.alt),
        caption=mask(shown.caption),
        width=shown.width,
        height=shown.height,
        section=outlined.at(shown.node.text_from) if region is Region.CONTENT else -1,
        region=region,
    )
