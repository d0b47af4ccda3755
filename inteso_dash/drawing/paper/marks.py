"""What maps for paper say beside the figures: signs on some areas, other words and signs."""

from __future__ import annotations

import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes

from inteso_dash.drawing.paper.sheet import INK, QUIET, Box, Sheet, line_height, text_width, wrapped
from inteso_dash.language import formats
from inteso_dash.views.maps import Map, Marks

_TYPE = 13.0
_RADIUS = 2.6


def draw_marks(axes: Axes, outlines: pd.Series, marks: Marks, per_millimetre: float) -> list[Box]:
    """Write the sign inside every marked area; return what the signs take."""
    drawn = []
    for area in marks.areas:
        if area not in outlines.index:
            continue
        place = shapely.point_on_surface(outlines[area])
        half = _RADIUS * per_millimetre
        drawn.append(Box(place.x, place.y, half, half))
        written = axes.annotate(
            marks.sign,
            (place.x, place.y),
            fontsize=_TYPE,
            fontweight="semibold",
            color=INK,
            ha="center",
            va="center_baseline",
        )
        written.set_path_effects([patheffects.withStroke(linewidth=2.4, foreground="white")])
    return drawn


def legend_row(
    sheet: Sheet, columns: tuple[float, float, float], y: float, figure: Map, points: float
) -> float:
    """Write sign, meaning and number of areas; return where the next row stands.

    ``columns`` are where samples, words and numbers stand.
    """
    marks, (left, text, right) = figure.marks, columns
    if marks is None:
        return y
    number = formats.number(len(marks.areas), 0) if not figure.several else ""
    sheet.write((left + text) / 2, y, marks.sign, points=_TYPE, weight="semibold", align="center")
    sheet.write(right, y, number, points=points, colour=QUIET, align="right")
    room = right - text - text_width(number, points) - 2
    for line in wrapped(marks.meaning, room, points):
        sheet.write(text, y, line, points=points)
        y -= line_height(points)
    return y
