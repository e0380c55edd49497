"""Drawings as inline SVG: no inline style (the content policy forbids it), colours by class, numbers beside them.

Every drawing repeats what stands in a table or a list next to it, so it is hidden from screen readers.
"""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from ppid_audit.model.comparison import Trend
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import BANDS, ORDER
from ppid_audit.report.summary import BandCount, Summary, mean
from ppid_audit.report.words import Shown, visible

_STRIP = 1000
_DOT = 9


def band_class(place: int | None) -> str:
    """The colour class of the band at ``place`` (0 is the best); ``bx`` without one."""
    return "bx" if place is None else f"b{min(place, len(BANDS) - 1)}"


def interval(low: float | None, score: float | None, high: float | None, floors: Iterable[float] = ()) -> Markup:
    """Bounds on 0..100: a line from low to high, and a mark at the score where there is one."""
    if low is None or high is None:
        return Markup("")
    ticks = "".join(f'<path class="k" d="M{_n(2 * floor)} 1v12"/>' for floor in floors if floor)
    mark = "" if score is None else f'<circle class="p" cx="{_n(min(max(2 * score, 4), 196))}" cy="7" r="4"/>'
    line = f'<path class="a" d="M0 7h200"/>{ticks}<path class="l" d="M{_n(2 * low)} 7H{_n(2 * high)}"/>'
    return _svg("range", "0 0 200 14", line + mark)


def bar(share: float, kind: str = "acc") -> Markup:
    """A share 0..1 as a bar on its full length."""
    width = _n(100 * min(max(share, 0), 1))
    return _svg("bar", "0 0 100 6", f'<path class="a" d="M0 3h100"/><path class="{kind}" d="M0 3h{width}"/>', fit=False)


def shares(counts: Mapping[Shown, int]) -> Markup:
    """How often each verdict was given, as parts of one bar."""
    whole = sum(counts[kind] for kind in ORDER)
    if not whole:
        return Markup("")
    parts, left = [], 0.0
    for kind in ORDER:
        width = 100 * counts[kind] / whole
        if width:
            parts.append(f'<rect class="{SHORT[kind]}" x="{_n(left)}" width="{_n(width)}" height="6"/>')
        left += width
    return _svg("bar", "0 0 100 6", "".join(parts), fit=False)


SHORT = dict(zip(ORDER, ("vf", "vp", "vs", "vt", "vm", "vc", "vn"), strict=True))
"""The colour class of each verdict as it is shown."""


def strip(found: Summary, locale: Locale) -> Markup:
    """All ranked agencies as dots on 0..100, over the bands; those of nearly equal score are stacked."""
    rows = found.ranked
    stacks: dict[int, int] = {}
    dots = []
    for row in sorted(rows, key=lambda row: row.card.total.score or 0):
        score = row.card.total.score or 0.0
        place = round(score * _STRIP / 100 / (2 * _DOT))
        height = stacks[place] = stacks.get(place, 0) + 1
        dots.append((place * 2 * _DOT, height, row, score))
    tallest = max(stacks.values(), default=1)
    step = min(2 * _DOT + 2, 260 / tallest)
    floor = round(tallest * step + 2 * _DOT)
    marks = "".join(
        f'<circle class="{band_class(row.band)}" cx="{min(max(x, _DOT), _STRIP - _DOT)}" '
        f'cy="{_n(floor - height * step + step / 2 - 2)}" r="{_DOT}">'
        f"<title>{escape(visible(row.name))}: {locale.number(score, 1)}</title></circle>"
        for x, height, row, score in dots
    )
    return _svg("strip", f"0 0 {_STRIP} {floor + 66}", f"{_zones(found.bands, floor)}{marks}")


def _zones(bands: Sequence[BandCount], floor: int) -> str:
    """The axis: a line in each band's colour, its name under it, its floor at its left end."""
    parts, right = [], 100.0
    for place, each in enumerate(bands):
        left, width = each.band.floor, right - each.band.floor
        parts.append(
            f'<path class="z {band_class(place)}" d="M{_n(left * 10 + 1)} {floor + 4}h{_n(max(width * 10 - 2, 1))}"/>'
            f'<text x="{_n(left * 10)}" y="{floor + 24}">{_n(left)}</text>{_label(each.label, left, right, floor)}'
        )
        right = left
    return f'{"".join(parts)}<text class="e" x="{_STRIP}" y="{floor + 24}">100</text>'


def _label(words: str, left: float, right: float, floor: int) -> str:
    """A band's name in the middle of its zone, a word on a line; left out where there is no room."""
    lines = visible(words).split()
    if right - left < 8 or len(lines) > 2 or max(map(len, lines), default=0) > 12:
        return ""
    return "".join(
        f'<text class="m" x="{_n((left + right) * 5)}" y="{floor + 42 + 18 * place}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )


def course(trend: Trend, locale: Locale) -> Markup:
    """The scores of all agencies over the scans, faint, and their average over them."""
    count = len(trend.scans)
    columns = [48 + place * 880 / max(count - 1, 1) for place in range(count)]
    average = [mean(row.scores[place] for row in trend.rows) for place in range(count)]
    grid = "".join(
        f'<path class="k" d="M48 {_y(value)}H928"/><text class="e" x="38" y="{_n(_height(value) + 6)}">{value}</text>'
        for value in (0, 20, 40, 60, 80, 100)
    )
    lines = "".join(f'<path class="f" d="{_line(columns, row.scores)}"/>' for row in trend.rows)
    points = "".join(
        f'<circle class="p" cx="{_n(x)}" cy="{_y(value)}" r="6"/>'
        f'<text class="m n" x="{_n(x)}" y="{_n(_height(value) - 14)}">{locale.number(value, 1)}</text>'
        for x, value in zip(columns, average, strict=True)
        if value is not None
    )
    every = max(1, -(-count // 8))
    days = "".join(
        f'<text class="m" x="{_n(x)}" y="352">{escape(day(scan.as_of, locale))}</text>'
        for place, (x, scan) in enumerate(zip(columns, trend.scans, strict=True))
        if (count - 1 - place) % every == 0
    )
    changed = "".join(f'<path class="c" d="M{_n(columns[place])} 20V330"/>' for place in ruler_changes(trend))
    return _svg(
        "course", "0 0 976 364", f'{grid}{changed}{lines}<path class="l" d="{_line(columns, average)}"/>{points}{days}'
    )


def ruler_changes(trend: Trend) -> tuple[int, ...]:
    """Places of the scans that another rubric or program judged than the one before."""
    rulers = [(scan.rubric_sha256, scan.tool) for scan in trend.scans]
    return tuple(place for place in range(1, len(rulers)) if rulers[place] != rulers[place - 1])


def day(as_of: str, locale: Locale) -> str:
    """``24 Nov 2026``: a date where there is little room."""
    whole = locale.date(as_of).split(" ")
    return visible(" ".join((whole[0], whole[1][:3], whole[2])) if len(whole) == 3 else as_of)


def spark(scores: Sequence[float | None]) -> Markup:
    """One agency's scores as a small line; gaps where there was no score."""
    columns = [3 + place * 114 / max(len(scores) - 1, 1) for place in range(len(scores))]
    last = scores[-1]
    dot = f'<circle class="p" cx="{_n(columns[-1])}" cy="{_n(27 - last * 0.24)}" r="3"/>' if last is not None else ""
    path = _path((x, None if s is None else 27 - s * 0.24) for x, s in zip(columns, scores, strict=True))
    return _svg("spark", "0 0 120 30", f'<path class="a" d="M3 27h114"/><path class="l" d="{path}"/>{dot}')


def _line(columns: Sequence[float], scores: Sequence[float | None]) -> str:
    return _path((x, None if s is None else _height(s)) for x, s in zip(columns, scores, strict=True))


def _path(points: Iterable[tuple[float, float | None]]) -> str:
    told, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
        else:
            told.append(f"{pen}{_n(x)} {_n(y)}")
            pen = "L"
    return "".join(told)


def _height(score: float) -> float:
    return 330 - score * 3.1


def _y(score: float) -> str:
    return _n(_height(score))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _svg(name: str, box: str, inner: str, fit: bool = True) -> Markup:
    stretch = "" if fit else ' preserveAspectRatio="none"'
    return Markup(f'<svg class="{name}" viewBox="{box}"{stretch} aria-hidden="true">{inner}</svg>')  # noqa: S704
