"""What maps for paper say beside the figures: signs on some areas, other words and signs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes

from inteso_dash.drawing.paper.circles import Circles
from inteso_dash.drawing.paper.sheet import INK, QUIET, Sheet, line_height, text_width, wrapped
from inteso_dash.language import formats

_TYPE = 13.0


@dataclass(frozen=True)
class Marks:
    """A sign and the areas that bear it.

    Attributes
    ----------
    sign, meaning : str
    areas : tuple of str
        Keys; those without an outline are left out.
    """

    sign: str
    meaning: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Manner:
    """How a map is told that shows something else than an indicator at one Stichtag.

    Attributes
    ----------
    when : str
        Stands in place of the Stichtag where not empty.
    missing : str
        What the legend calls areas without a value; the name of their status where empty.
    signed : bool
        Whether values are changes, written with their sign.
    marks : Marks or None
    circles : Circles or None
        Amounts that lie over the areas.
    division : str
        Whose areas are drawn; the current one where empty.
    counted : bool
        Whether the legend counts areas.
    """

    when: str = ""
    missing: str = ""
    signed: bool = False
    marks: Marks | None = None
    circles: Circles | None = None
    division: str = ""
    counted: bool = True


def draw_marks(axes: Axes, outlines: pd.Series, marks: Marks) -> None:
    """Write the sign inside every marked area."""
    for area in marks.areas:
        if area not in outlines.index:
            continue
        place = shapely.point_on_surface(outlines[area])
        written = axes.annotate(
            marks.sign,
            (place.x, place.y),
            fontsize=_TYPE,
            fontweight="semibold",
            color=INK,
            ha="center",
            va="center_baseline",
            parse_math=False,
        )
        written.set_path_effects([patheffects.withStroke(linewidth=2.4, foreground="white")])


def legend_row(
    sheet: Sheet, columns: tuple[float, float, float], y: float, manner: Manner, points: float
) -> float:
    """Write sign, meaning and number of areas; return where the next row stands.

    ``columns`` are where samples, words and numbers stand.
    """
    marks, (left, text, right) = manner.marks, columns
    if marks is None:
        return y
    number = formats.number(len(marks.areas), 0) if manner.counted else ""
    sheet.write((left + text) / 2, y, marks.sign, points=_TYPE, weight="semibold", align="center")
    sheet.write(right, y, number, points=points, colour=QUIET, align="right")
    room = right - text - text_width(number, points) - 2
    for line in wrapped(marks.meaning, room, points):
        sheet.write(text, y, line, points=points)
        y -= line_height(points)
    return y
