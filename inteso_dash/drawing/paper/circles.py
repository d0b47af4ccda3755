"""Circles over a map: their surface in proportion to an amount, divided into parts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle, Wedge

from inteso_dash.drawing.paper.sheet import INK, QUIET, Box, Sheet, line_height, wrapped
from inteso_dash.language import formats
from inteso_dash.views.maps import Circles

_ROUND = "#ffffff"
_TYPE = 9.0
_ROW = 5.2


def round_amounts(most: float) -> list[float]:
    """Return two amounts for the key of sizes: round, the larger at most ``most``.

    Examples
    --------
    >>> round_amounts(1820.0), round_amounts(3.0)
    ([1000.0, 200.0], [2.0])
    """
    power = 10.0 ** math.floor(math.log10(most))
    large = next(step * power for step in (5, 2, 1) if step * power <= most)
    small = large / 5
    return [large, small] if small >= 1 else [large]


def draw_circles(
    axes: Axes,
    circles: Circles,
    outlines: pd.Series[shapely.Geometry],
    per_millimetre: float,
    crs: str,
) -> list[Box]:
    """Draw circles on a map; return what they take.

    Parameters
    ----------
    axes : Axes
        In the units of ``outlines``.
    circles : Circles
    outlines : Series
        Polygons by area_id.
    per_millimetre : float
        How many of these units are a millimetre on paper.
    crs : str
        Of the axes.
    """
    amounts = circles.amounts.to_dict("index")
    points = {} if circles.points is None else dict(circles.points.to_crs(crs).items())
    inside = {str(key): each.representative_point() for key, each in outlines.items()}
    drawn = []
    for key, total in circles.totals.items():
        where = inside.get(str(key)) if circles.points is None else points[key]
        if where is None:
            continue
        radius = circles.radius(float(total)) * per_millimetre
        parts = [(circles.parts[str(part)], float(own)) for part, own in amounts[key].items()]
        _circle(axes, (where.x, where.y), radius, parts)
        drawn.append(Box(where.x, where.y, radius, radius))
    return drawn


def _circle(
    axes: Axes, at: tuple[float, float], radius: float, parts: Sequence[tuple[str, float]]
) -> None:
    """Draw one circle, its parts (colour and amount) clockwise from the top."""
    line: dict[str, Any] = {"edgecolor": _ROUND, "linewidth": 0.8, "zorder": 2}
    drawn = [(colour, own) for colour, own in parts if own > 0]
    if len(drawn) < 2:
        colour = (drawn or list(parts))[0][0]
        axes.add_patch(Circle(at, radius, facecolor=colour, **line))
        return
    turn = 360 / sum(own for _, own in drawn)
    start = 90.0
    for colour, own in drawn:
        end = start - own * turn
        axes.add_patch(Wedge(at, radius, end, start, facecolor=colour, **line))
        start = end


def circle_legend(sheet: Sheet, left: float, top: float, width: float, circles: Circles) -> float:
    """Explain circles: what they show, their parts, and how large an amount is.

    Parameters
    ----------
    sheet : Sheet
    left, top, width : float
        Where there is room, in millimetres.
    circles : Circles

    Returns
    -------
    float
        Where the words end.
    """
    y = top
    head = circles.title if circles.title == circles.unit else f"{circles.title} in {circles.unit}"
    for line in wrapped(head, width, _TYPE, "semibold"):
        y -= line_height(_TYPE)
        sheet.write(left, y, line, points=_TYPE, weight="semibold")
    named = [(part, colour) for part, colour in circles.parts.items() if part]
    for part, colour in named:
        y -= _ROW
        axes = _canvas(sheet, left, y, 4.0, 4.0)
        axes.add_patch(Rectangle((0, 0), 4, 4, facecolor=colour))
        sheet.write(left + 9.5, y, part, points=_TYPE)
    most = float(circles.totals.iloc[0])
    if most < 1:
        return y
    sizes = round_amounts(most)
    radii = [circles.radius(size) for size in sizes]
    high, wide = 2 * radii[0] + 0.6, 2 * radii[0] + 14
    y -= high + 2
    axes = _canvas(sheet, left, y, wide, high)
    middle = radii[0] + 0.3
    for place, (size, radius) in enumerate(zip(sizes, radii, strict=True)):
        edge = 0.3 + 2 * radius
        axes.add_patch(
            Circle((middle, 0.3 + radius), radius, facecolor="none", edgecolor=INK, linewidth=0.7)
        )
        level = edge if place == 0 else min(edge, high - line_height(_TYPE))
        axes.plot([middle, wide - 4, wide - 1], [edge, level, level], color=QUIET, linewidth=0.5)
        sheet.write(left + wide, y + level - 2, formats.number(size, 0), points=_TYPE)
    return y


def _canvas(sheet: Sheet, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes whose units are millimetres of the sheet."""
    axes = sheet.axes(left, bottom, width, height)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return axes
