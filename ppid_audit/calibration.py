"""Which cells a person should read, and what the readings say of the tool: (cells, readings) -> figures.

The sample is stratified by verdict and confidence and spread over the items. There is no chance in it: the
order within a stratum is that of a hash, so that the same result and the same size give the same cells.
Every estimate weighs a reading by how many cells it stands for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from ppid_audit.model.calibration import Bin, ItemFigures, Share, Total
from ppid_audit.model.rubric import Verdict

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Where one stratum of confidence ends and the next begins."""

_Z = 1.959963984540054
"""Of the normal distribution, for 95 %."""
_SURE = 0.1
"""Nobody is so sure that a stratum needs no reading: the least spread, sqrt(c (1 - c)), that it is taken to have."""
_UNDECIDED = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict of the tool on one item of one agency."""

    agency: str
    item: str
    verdict: Verdict
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell and what a person says of it."""

    cell: Cell
    truth: Verdict


T = TypeVar("T")
Stratum = tuple[Verdict, int]


def draw(cells: Iterable[Cell], size: int, seed: str) -> tuple[Cell, ...]:
    """``size`` cells (or all, where there are fewer): one of every stratum, then where the tool is least sure.

    By Neyman's rule a stratum gets readings in proportion to its cells and to the spread that its confidence
    admits to; divided as seats are, by the method of equal proportions.
    """
    strata: dict[Stratum, list[Cell]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: (cell.agency, cell.item)):
        strata[_stratum(cell)].append(cell)
    taken = _allocation({name: _need(members) for name, members in strata.items()}, size)
    queues = {name: _spread(strata[name], seed)[:count] for name, count in taken.items()}
    chosen = [cell for queue in queues.values() for cell in queue]
    return tuple(sorted(chosen, key=lambda cell: (cell.item, _hash(seed, cell.agency, cell.item))))


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share seen in ``n`` readings (E. B. Wilson, 1927); 0..1 without any."""
    if n <= 0:
        return 0.0, 1.0
    middle = share + _Z**2 / (2 * n)
    reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def precision(readings: Sequence[Reading], weights: Mapping[Stratum, float]) -> Share:
    """Of what the tool calls fulfilled, the share that is."""
    said = [each for each in readings if each.cell.verdict is Verdict.FULFILLED]
    return _share(said, weights, lambda each: each.truth is Verdict.FULFILLED)


def recall(readings: Sequence[Reading], weights: Mapping[Stratum, float]) -> Share:
    """Of what is fulfilled, the share that the tool calls so."""
    true = [each for each in readings if each.truth is Verdict.FULFILLED]
    return _share(true, weights, lambda each: each.cell.verdict is Verdict.FULFILLED)


def exact(readings: Sequence[Reading], weights: Mapping[Stratum, float]) -> Share:
    """The share of verdicts that a reader gives too."""
    return _share(readings, weights, _is_right)


def by_item(cells: Sequence[Cell], readings: Sequence[Reading]) -> tuple[ItemFigures, ...]:
    """Precision and recall of every item that was read, in the order of its id."""
    items = sorted({each.cell.item for each in readings})
    figures = []
    for item in items:
        own = [each for each in readings if each.cell.item == item]
        weights = weights_of([cell for cell in cells if cell.item == item], own)
        figures.append(ItemFigures(item, precision(own, weights), recall(own, weights)))
    return tuple(figures)


def reliability(readings: Sequence[Reading]) -> tuple[Bin, ...]:
    """Is a confidence of 0.9 right nine times in ten? Only verdicts that decide something are asked."""
    decided = [each for each in readings if each.cell.verdict is not Verdict.CANNOT_TELL]
    table = []
    for place, (low, high) in enumerate(pairwise(BINS)):
        own = [each for each in decided if _bin(each.cell.confidence) == place]
        stated = sum(each.cell.confidence for each in own) / len(own) if own else None
        table.append(Bin(low, high, stated, _share(own, {}, _is_right)))
    return tuple(table)


def totals(cells: Sequence[Cell], readings: Sequence[Reading]) -> tuple[Total, ...]:
    """Every verdict's number of cells, corrected for what the readings say of each stratum.

    A stratum that nobody read is taken as the tool told it. The interval is that of a stratified sample
    (Cochran, Sampling Techniques, section 5A), with the shares of Agresti and Coull in its variance.
    """
    population, read = _grouped(cells, lambda cell: cell), _grouped(readings, lambda each: each.cell)
    return tuple(_total(verdict, population, read) for verdict in Verdict)


def weights_of(cells: Sequence[Cell], readings: Sequence[Reading]) -> dict[Stratum, float]:
    """How many cells one reading of a stratum stands for."""
    population, read = _grouped(cells, lambda cell: cell), _grouped(readings, lambda each: each.cell)
    return {name: max(1.0, len(population.get(name, ())) / len(members)) for name, members in read.items()}


def _total(
    verdict: Verdict, population: Mapping[Stratum, Sequence[Cell]], read: Mapping[Stratum, Sequence[Reading]]
) -> Total:
    told, corrected, variance = 0, 0.0, 0.0
    for name, members in population.items():
        size, own = len(members), read.get(name, ())
        told += size * (name[0] is verdict)
        if not own:
            corrected += size * (name[0] is verdict)
            continue
        n, hits = len(own), sum(each.truth is verdict for each in own)
        corrected += size * hits / n
        unread = max(0.0, 1 - n / size)
        likely = (hits + 2) / (n + 4)
        variance += unread * size**2 * likely * (1 - likely) / n
    reach = _Z * sqrt(variance)
    most = sum(map(len, population.values()))
    return Total(verdict, told, corrected, max(0.0, corrected - reach), min(float(most), corrected + reach))


def _share(readings: Sequence[Reading], weights: Mapping[Stratum, float], counts: Callable[[Reading], bool]) -> Share:
    """A weighted share; its interval is that of as many equal readings as the weights leave (Kish, 1965)."""
    weighed = [(weights.get(_stratum(each.cell), 1.0), counts(each)) for each in readings]
    whole = sum(weight for weight, _ in weighed)
    if not whole:
        return Share(None, None, None, 0)
    value = sum(weight for weight, hit in weighed if hit) / whole
    low, high = wilson(value, whole**2 / sum(weight**2 for weight, _ in weighed))
    return Share(value, low, high, len(weighed))


def _is_right(reading: Reading) -> bool:
    return reading.truth is reading.cell.verdict


def _allocation(need: Mapping[Stratum, tuple[int, float]], size: int) -> dict[Stratum, int]:
    """How many of each stratum; ``need`` is how many it has, and how much each more is worth."""
    taken = dict.fromkeys(need, 0)

    def worth(name: Stratum) -> tuple[bool, float, Stratum]:
        count, most = taken[name], need[name][1]
        return count == 0, most / sqrt(count * (count + 1)) if count else most, name

    for _ in range(min(size, sum(count for count, _ in need.values()))):
        taken[max((name for name in need if taken[name] < need[name][0]), key=worth)] += 1
    return taken


def _need(members: Sequence[Cell]) -> tuple[int, float]:
    sure = sum(_UNDECIDED if c.verdict is Verdict.CANNOT_TELL else c.confidence for c in members) / len(members)
    return len(members), len(members) * max(_SURE, sqrt(max(0.0, sure * (1 - sure))))


def _spread(members: Sequence[Cell], seed: str) -> list[Cell]:
    """In the order of the hash, one of every item before a second of any."""
    turns: dict[str, list[Cell]] = defaultdict(list)
    for cell in sorted(members, key=lambda cell: _hash(seed, cell.agency, cell.item)):
        turns[cell.item].append(cell)
    rounds = [(turn, _hash(seed, cell.item), cell) for queue in turns.values() for turn, cell in enumerate(queue)]
    return [cell for _, _, cell in sorted(rounds, key=lambda each: each[:2])]


def _grouped(things: Iterable[T], cell_of: Callable[[T], Cell]) -> dict[Stratum, list[T]]:
    groups: dict[Stratum, list[T]] = defaultdict(list)
    for thing in things:
        groups[_stratum(cell_of(thing))].append(thing)
    return groups


def _stratum(cell: Cell) -> Stratum:
    return cell.verdict, 0 if cell.verdict is Verdict.CANNOT_TELL else _bin(cell.confidence)


def _bin(confidence: float) -> int:
    return sum(confidence >= edge for edge in BINS[1:-1])


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
