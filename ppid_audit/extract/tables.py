"""The tables of the content, as the judge reads them."""

from ppid_audit.extract.privacy import mask
from ppid_audit.extract.structure import Outlined
from ppid_audit.model.site import Region, Table
from ppid_audit.web.html.tables import Grid, Row
from ppid_audit.web.html.tree import Tree

_MAX_CELLS = 20_000
_LAYOUT_CHARS = 1_500


def read_tables(
    tree: Tree, painted: list[Region], grids: list[Grid], filled: frozenset[int], outlined: Outlined
) -> tuple[Table, ...]:
    """The data tables of the content in document order; tables that only lay out the page are left out."""
    tables: list[Table] = []
    room = _MAX_CELLS
    for grid in grids:
        if painted[grid.node.index] is not Region.CONTENT or _is_layout(tree, grid):
            continue
        rows = tuple(texts for row in grid.rows if any(texts := _texts(row)))[: max(room, 0)]
        room -= sum(map(len, rows))
        is_filled = grid.node.index in filled
        if rows or any(grid.head) or is_filled:
            head = tuple(mask(text) for text in grid.head)
            place = outlined.at(grid.node.text_from)
            tables.append(Table(head, rows, place, mask(grid.caption), is_filled))
    return tuple(tables)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(mask(cell.text) for cell in row.cells)


def _is_layout(tree: Tree, grid: Grid) -> bool:
    """One column or one row around a large part of the page, or around other tables."""
    if grid.head:
        return False
    holds_tables = any(node.tag == "table" for node in tree.within(grid.node)[:2_000])
    widest = max((len(row.cells) for row in grid.rows), default=0)
    return (
        (holds_tables or widest <= 1) and tree.size(grid.node) > (_LAYOUT_CHARS if widest > 1 else 400)
    ) or holds_tables
