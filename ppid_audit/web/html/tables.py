"""Tables as grids: spans filled in, so that every cell knows its row and the head of its column."""

import re
from dataclasses import dataclass, field

from ppid_audit.web.html.tree import Element, Tree

MAX_TABLES = 200
MAX_ROWS = 2_000
_MAX_COLUMNS = 40
_MAX_CELL = 500
_HEAD_WORDS = re.compile(
    r"^(?:no\.?|nomor|nama.*|judul.*|uraian.*|keterangan|tahun.*|aksi|opsi|unduh.*|download.*|dokumen.*|jenis.*|link.*|tautan"
    r"|file|berkas|kategori|tanggal.*|ringkasan.*|informasi.*|penanggung.*|bentuk.*|waktu.*|tempat.*|jumlah.*|format|ukuran"
    r"|lihat|action|detail|perihal|tentang|jabatan|nip|unit.*|kegiatan.*|program.*|pagu.*|nilai.*|satuan|target.*|realisasi.*)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Cell:
    """One cell as read. The same cell stands in several places of the grid when it spans them."""

    node: Element
    text: str
    is_head: bool


@dataclass(slots=True)
class Row:
    """One row of a grid, in columns."""

    node: Element
    cells: list[Cell]
    in_head: bool


@dataclass(slots=True)
class Grid:
    """A table with its rows in columns; ``head`` are the texts of its head row, empty when it has none."""

    node: Element
    rows: list[Row] = field(default_factory=list)
    head: tuple[str, ...] = ()
    caption: str = ""


def grids(tree: Tree) -> list[Grid]:
    """The tables of a page in document order, each with its own rows only (not those of inner tables)."""
    found: dict[int, Grid] = {}
    innermost: list[int] = []
    carried: dict[int, dict[int, tuple[int, Cell]]] = {}
    for node in tree.nodes:
        above = innermost[node.parent.index] if node.parent else -1
        if node.tag == "table" and not node.hidden and len(found) < MAX_TABLES:
            found[node.index] = Grid(node)
            above = node.index
        innermost.append(above)
        grid = found.get(above)
        if grid is None or node.hidden:
            continue
        if node.tag == "tr" and len(grid.rows) < MAX_ROWS:
            grid.rows.append(_row(tree, node, carried.setdefault(above, {})))
        elif node.tag == "caption":
            grid.caption = tree.words_of(node, 300)
    for grid in found.values():
        _find_head(grid)
    return list(found.values())


def _row(tree: Tree, node: Element, carried: dict[int, tuple[int, Cell]]) -> Row:
    cells: list[Cell] = []
    for child in tree.children(node):
        if child.tag not in ("td", "th") or child.hidden:
            continue
        _fill(cells, carried)
        cell = Cell(child, tree.words_of(child, _MAX_CELL), child.tag == "th")
        depth = _span(child, "rowspan")
        for _ in range(_span(child, "colspan")):
            if len(cells) >= _MAX_COLUMNS:
                break
            if depth > 1:
                carried[len(cells)] = (depth - 1, cell)
            cells.append(cell)
    _fill(cells, carried)
    return Row(node, cells, node.parent is not None and node.parent.tag == "thead")


def _fill(cells: list[Cell], carried: dict[int, tuple[int, Cell]]) -> None:
    """Put the cells that reach down from rows above where they belong."""
    while len(cells) in carried:
        left, cell = carried.pop(len(cells))
        if left > 1:
            carried[len(cells)] = (left - 1, cell)
        cells.append(cell)


def _span(node: Element, name: str) -> int:
    value = node.get(name)
    return min(max(int(value), 1), 50) if value.isdecimal() and len(value) < 6 else 1


def _find_head(grid: Grid) -> None:
    """The last head row at the top: in thead, all th, or a first row of words that name columns."""
    count = 0
    for row in grid.rows[:6]:
        if not (row.in_head or (row.cells and all(cell.is_head for cell in row.cells))):
            break
        count += 1
    if not count and len(grid.rows) > 1 and _names_columns(grid.rows[0]):
        count = 1
    if count:
        tops = grid.rows[:count]
        width = max(len(row.cells) for row in tops)
        grid.head = tuple(_top(tops, column) for column in range(width))
        grid.rows = grid.rows[count:]


def _top(rows: list[Row], column: int) -> str:
    texts = [row.cells[column].text for row in rows if column < len(row.cells)]
    return next((text for text in reversed(texts) if text), "")


def _names_columns(row: Row) -> bool:
    texts = [cell.text for cell in row.cells]
    if len(texts) < 2 or any(len(text) > 60 for text in texts):
        return False
    named = sum(1 for text in texts if _HEAD_WORDS.match(text.strip()))
    return named >= 2 and named * 2 >= len(texts)
