"""Names and boundaries on a map for paper, placed as on the screen.

Areas are named where they can hold their names. Where that is few of them, the boundaries of the
next higher level are named instead, so that a reader knows where he is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes

from inteso_dash.drawing.paper.areas import outline_area
from inteso_dash.drawing.paper.sheet import FAINT, INK, MM_PER_POINT, Box, text_width
from inteso_dash.language.statuses import Status
from inteso_dash.views.colours import ink_on_map
from inteso_dash.views.maps import Map

Bounds = tuple[float, float, float, float]
ENOUGH = 1 / 3
"""With fewer of its areas named than this share, a level is too fine for names of its own."""
_WITHIN, _OVERHANGING = 0.9, 0.45
SELECTED = 9.0
"""Size of type of the name of the area selected."""
_HEIGHT, _PAD = 7.0, 1.0
"""Room that this name takes, and that it leaves on both sides, in millimetres."""
_SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
_STEPS = 8
_NUDGES = sorted(
    ((right, down) for right in range(-10, 11, 2) for down in range(-10, 11, 2)),
    key=lambda nudge: (nudge[0] ** 2 + nudge[1] ** 2, nudge),
)
_CORNERS = np.array([(x, y) for x in (-1.0, 0.0, 1.0) for y in (-0.5, 0.5)])


@dataclass(frozen=True)
class Placed:
    """A name where it stands, on one line or two."""

    key: str
    lines: tuple[str, ...]
    box: Box


def in_two(name: str) -> tuple[str, ...]:
    """Break a name where the longer line is shortest.

    Examples
    --------
    >>> in_two("Alt-Urdenbach und Kämpe"), in_two("Rath")
    (('Alt-Urdenbach', 'und Kämpe'), ('Rath',))
    """
    breaks = [found.end() for found in re.finditer(r"[ \-/](?=.)", name)]
    halves = [(name[:at].strip(), name[at:]) for at in breaks]
    return min(halves, key=lambda lines: max(map(len, lines)), default=(name,))


def place_names(
    areas: pd.Series,
    names: pd.Series,
    per_millimetre: float,
    points: float,
    taken: Sequence[Box] = (),
    *,
    overhanging: bool = False,
) -> list[Placed]:
    """Find places for the names of areas, the largest first.

    Parameters
    ----------
    areas : Series
        Polygons by area_id.
    names : Series
        By area_id.
    per_millimetre : float
        How many units of the polygons are a millimetre on paper.
    points : float
        Size of type.
    taken : sequence of Box
        What no name may cover.
    overhanging : bool
        Whether the ends of a name may lie outside its area.
    """
    full, placed = list(taken), []
    share = _OVERHANGING if overhanging else _WITHIN
    order = sorted(areas.index, key=lambda key: (-areas[key].area, key))
    for key in order:
        found = _place(areas[key], str(names.get(key, key)), per_millimetre, points, full, share)
        if found is not None:
            full.append(found[1])
            placed.append(Placed(str(key), *found))
    return placed


def _place(
    area: shapely.Geometry,
    name: str,
    per_millimetre: float,
    points: float,
    full: Sequence[Box],
    share: float,
) -> tuple[tuple[str, ...], Box] | None:
    left, bottom, right, top = area.bounds
    middle = None
    for lines in dict.fromkeys(((name,), in_two(name))):
        wide = max(text_width(line, points) for line in lines) / 2 + 0.3
        high = len(lines) * points * MM_PER_POINT * 0.55
        half = np.array((wide, high)) * per_millimetre
        if right - left < 2 * share * half[0] or top - bottom < half[1]:
            continue
        if middle is None:
            shapely.prepare(area)
            inner = shapely.maximum_inscribed_circle(area, tolerance=per_millimetre / 2)
            middle = np.array(inner.coords[0])
        places = middle + np.array(_NUDGES) * per_millimetre * points * MM_PER_POINT / 4
        corners = places[:, None, :] + _CORNERS * half * (share, 1.0)
        inside = shapely.contains_xy(area, corners[..., 0], corners[..., 1]).all(axis=1)
        for x, y in places[inside].tolist():
            box = Box(x, y, float(half[0]), float(half[1]))
            if not any(box.meets(other) for other in full):
                return lines, box
    return None


def name_areas(
    axes: Axes,
    figure: Map,
    own: tuple[pd.Series, pd.Series],
    above: tuple[pd.Series, pd.Series] | None,
    per_millimetre: float,
    points: float,
    taken: Sequence[Box] = (),
) -> None:
    """Name the areas of a map, or those of the next higher level where few can hold their names.

    Parameters
    ----------
    axes : Axes
    figure : Map
        The area selected is left out: it has a name of its own.
    own, above : tuple of Series
        Polygons and names by area_id.
    per_millimetre : float
        How many units of the axes are a millimetre on paper.
    points : float
        Size of type.
    taken : sequence of Box
        What no name may cover.
    """
    areas = own[0][own[0].index != figure.selected]
    placed = place_names(areas, own[1], per_millimetre, points, taken)
    if above is None or len(placed) >= len(areas) * ENOUGH:
        write_names(axes, figure, placed, points)
        return
    placed = place_names(*above, per_millimetre, points, taken, overhanging=True)
    write_names(axes, None, placed, points)


def place_of_name(
    area: Bounds, half: tuple[float, float], frame: Bounds, taken: Sequence[Box]
) -> Box:
    """Return where the name of an area stands: above it, or elsewhere if something lies there.

    Parameters
    ----------
    area, frame : (left, bottom, right, top)
        The area, and what the name must not leave.
    half : (float, float)
        Half the width and half the height of the name.
    taken : sequence of Box
        What it must not cover.

    Examples
    --------
    >>> place_of_name((0.0, 0.0, 10.0, 10.0), (4.0, 1.0), (0.0, 0.0, 20.0, 20.0), [])
    Box(x=5.0, y=11.0, wide=4.0, high=1.0)
    >>> sign = Box(5, 12, 1, 1)
    >>> place_of_name((0.0, 0.0, 10.0, 10.0), (4.0, 1.0), (0.0, 0.0, 20.0, 20.0), [sign])
    Box(x=5.0, y=9.0, wide=4.0, high=1.0)
    """
    left, bottom, right, top = area
    wide, high = half
    middle, level = (left + right) / 2, (bottom + top) / 2
    places = [(middle, top + high), (middle, top - high)]
    for step in range(_STEPS):
        aside, above = (right - left) / 2 + wide, (top - bottom) / 2 + high
        away = 2 * high * step
        places += [(middle + x * (aside + away), level + y * (above + away)) for x, y in _SIDES]
    boxes = [
        Box(min(max(x, frame[0] + wide), max(frame[2] - wide, frame[0] + wide)), y, wide, high)
        for x, y in places
        if frame[1] <= y - high and y + high <= frame[3]
    ]
    anywhere = [Box(x, y, wide, high) for x, y in places]
    return min(boxes or anywhere, key=lambda box: sum(map(box.overlap, taken)))


def name_selected(
    axes: Axes,
    outline: shapely.Geometry,
    name: str,
    per_millimetre: float,
    frame: Bounds,
    taken: Sequence[Box],
) -> Box:
    """Outline an area and write its name, with a line to it where it stands away.

    Parameters
    ----------
    axes : Axes
    outline : Polygon
    name : str
    per_millimetre : float
        How many units of the axes are a millimetre on paper.
    frame : (left, bottom, right, top)
        What the name must not leave.
    taken : sequence of Box
        What it must not cover.

    Returns
    -------
    Box
        What the name takes.
    """
    outline_area(axes, outline)
    wide = text_width(name, SELECTED, "semibold") / 2 + _PAD
    half = (wide * per_millimetre, _HEIGHT / 2 * per_millimetre)
    box = place_of_name(outline.bounds, half, frame, taken)
    line = shapely.shortest_line(outline, shapely.Point(box.x, box.y))
    axes.annotate(
        name,
        line.coords[0],
        (box.x, box.y),
        fontsize=SELECTED,
        fontweight="semibold",
        color=INK,
        ha="center",
        va="center",
        bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": FAINT, "lw": 0.5},
        arrowprops={"arrowstyle": "-", "color": INK, "lw": 0.9, "shrinkA": 0, "shrinkB": 0},
    )
    return box


def _looks(figure: Map) -> dict[str, tuple[str, str]]:
    """Return ink and halo of the names of areas that have the colour of a class."""
    scale, values = figure.scale, figure.shown[0].values
    hidden = {Status.SUPPRESSED, Status.NOT_DELIVERED, Status.UNINHABITED}
    looks = {}
    for key, value, status in zip(values.index, values["value"], values["status"], strict=True):
        if not np.isnan(value) and Status(status) not in hidden:
            colour = scale.colours[scale.classes.index_of(value)]
            looks[str(key)] = (ink_on_map(colour), colour)
    return looks


def write_names(axes: Axes, figure: Map | None, placed: Sequence[Placed], points: float) -> None:
    """Write names with a halo: in colours that fit the areas of ``figure``, or dark on white."""
    looks = {} if figure is None else _looks(figure)
    for each in placed:
        letters, halo = looks.get(each.key, (INK, "#ffffff"))
        text = "\n".join(each.lines)
        # the halo apart, so that a PDF holds the letters as text
        for colour in (halo, letters):
            written = axes.text(
                each.box.x,
                each.box.y,
                text,
                fontsize=points,
                color=colour,
                ha="center",
                va="center",
                linespacing=1.0,
            )
            if colour is halo:
                written.set_path_effects(
                    [patheffects.Stroke(linewidth=points / 4.5, foreground=halo)]
                )
