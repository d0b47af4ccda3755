"""Names beside the lines of a chart, where no line runs through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_WIDE, _HIGH = 0.54, 1.1
"""A letter's width and a line's height, in sizes of the type."""
_AT_LAST = (
    ("left", 0.5, 0.0),
    ("left", 0.5, -0.75),
    ("left", 0.5, 0.75),
    ("center", 0.0, -1.0),
    ("center", 0.0, 1.0),
)
_AT_FIRST = (
    ("left", 0.5, 0.75),
    ("left", 0.5, -0.75),
    ("right", -0.5, 0.0),
    ("center", 0.0, 1.0),
)
_BETWEEN = (("right", -0.5, 0.75), ("left", 0.5, -0.75))
"""Anchor, shifts to the right and up in sizes of the type; the best first."""
_ON_NAME, _ON_LINE, _ON_MARK, _OUTSIDE = 4.0, 2.0, 0.5, 8.0


@dataclass(frozen=True)
class Name:
    """A name and where it stands: at a point, so many pixels to the right and up."""

    name: str
    point: Point
    anchor: str
    right: float
    up: float


def beside_lines(
    lines: Mapping[str, Sequence[Point]],
    marks: Iterable[float],
    letters: float,
    size: tuple[float, float],
) -> list[Name]:
    """Find a place for the name of every line: at its last point, its first, or one between.

    Lines that have the fewest free places choose first.

    Parameters
    ----------
    lines : mapping of str to sequence of (x, y)
        Pixels from the lower left corner of the axes, from left to right.
    marks : iterable of float
        Where upright lines stand.
    letters : float
        Size of the type in pixels.
    size : (float, float)
        Width and height of the axes in pixels.

    Returns
    -------
    list of Name
        One per line, in their order. Where every place is taken, the one that covers least.

    Examples
    --------
    >>> one = {"Plätze": [(0.0, 50.0), (100.0, 60.0)]}
    >>> (found,) = beside_lines(one, [], 10, (400, 100))
    >>> found.anchor, found.point, found.right, found.up
    ('left', (100.0, 60.0), 5.0, 0.0)
    """
    upright = list(marks)
    tried: dict[str, list[tuple[float, Name, Box]]] = {name: [] for name in lines}
    for name, points in lines.items():
        for at in _places(name, points, letters):
            box = _box(at, letters)
            cost = _OUTSIDE * (box[0] < 0 or box[1] > size[0] or box[2] < 0 or box[3] > size[1])
            cost += _ON_LINE * sum(_runs_through(line, box) for line in lines.values())
            cost += _ON_MARK * sum(box[0] < x < box[1] for x in upright)
            tried[name].append((cost, at, box))
    order = sorted(tried, key=lambda name: sum(not cost for cost, _, _ in tried[name]))
    found: dict[str, tuple[Name, Box]] = {}
    for name in order:
        taken = [box for _, box in found.values()]
        _, best, box = min(
            tried[name],
            key=lambda each: each[0] + _ON_NAME * sum(_meet(each[2], other) for other in taken),
        )
        found[name] = (best, box)
    return [found[name][0] for name in lines]


def _places(name: str, points: Sequence[Point], letters: float) -> Iterator[Name]:
    """Go through the places of a name, the best first."""
    between = [(point, _BETWEEN) for point in points[-2:0:-1]]
    for point, places in [(points[-1], _AT_LAST), (points[0], _AT_FIRST), *between]:
        for anchor, right, up in places:
            yield Name(name, point, anchor, right * letters, up * letters)


def _box(at: Name, letters: float) -> Box:
    """Return left, right, lower and upper edge of a name."""
    wide, half = len(at.name) * letters * _WIDE, letters * _HIGH / 2
    x, y = at.point[0] + at.right, at.point[1] + at.up
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[at.anchor]
    return left, left + wide, y - half, y + half


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _runs_through(line: Sequence[Point], box: Box) -> bool:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    start, end = max(box[0], xs[0]), min(box[1], xs[-1])
    if start > end:
        return False
    heights = np.interp(np.linspace(start, end, 60), xs, ys)
    return bool(((heights >= box[2]) & (heights <= box[3])).any())
