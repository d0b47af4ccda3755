"""Corners that a map leaves free on a sheet: for its legend, or a small area shown enlarged."""

from __future__ import annotations

import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from inteso_dash.drawing.paper.areas import (
    AROUND_PART,
    draw_areas,
    draw_boundaries,
    ground,
    outline_area,
)
from inteso_dash.drawing.paper.names import place_names, write_names
from inteso_dash.drawing.paper.sheet import INK, Sheet
from inteso_dash.views.maps import Map

SMALL = 7.0
"""An area that is nowhere longer than this, in millimetres, is shown enlarged."""
_SIZES = (30.0, 27.0, 24.0, 21.0, 18.0, 15.0)
_APART = 1.0
_SHARE = 0.45
"""Of the height of the picture, what the area takes."""
_WIDEST = 1.7
_NAMES = 5.0

Place = tuple[float, float, float, float]
"""Left, bottom, right, top."""
CORNERS = ("top right", "bottom left", "top left", "bottom right")


def in_corner(
    corner: str, pane: tuple[float, float, float, float], size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a box in a corner of a pane.

    Examples
    --------
    >>> in_corner("top right", (0, 0, 100, 80), (30, 20))
    (70, 60, 100, 80)
    """
    left, bottom, right, top = pane
    wide, high = size
    x = left if corner.endswith("left") else right - wide
    y = bottom if corner.startswith("bottom") else top - high
    return x, y, x + wide, y + high


def free_corner(
    drawn: shapely.Geometry,
    pane: tuple[float, float, float, float],
    size: tuple[float, float],
    apart: float,
) -> tuple[float, float, float, float] | None:
    """Return the box in that corner of a pane which is farthest from what is drawn.

    Parameters
    ----------
    drawn : Geometry
    pane : tuple of float
        Left, bottom, right, top, in the units of ``drawn``.
    size : tuple of float
        Width and height of the box.
    apart : float
        Least distance; where no corner has it, None is returned.

    Examples
    --------
    >>> ground = shapely.from_wkt("POLYGON ((0 0, 50 0, 50 50, 100 50, 100 100, 0 100, 0 0))")
    >>> free_corner(ground, (0, 0, 100, 100), (40, 40), 5)
    (60, 0, 100, 40)
    >>> free_corner(ground, (0, 0, 100, 100), (48, 48), 5)
    """
    if size[0] > pane[2] - pane[0] or size[1] > pane[3] - pane[1]:
        return None
    boxes = [in_corner(corner, pane, size) for corner in CORNERS]
    distances = [shapely.distance(drawn, shapely.box(*box)) for box in boxes]
    farthest = max(distances)
    return boxes[distances.index(farthest)] if farthest >= apart else None


def draw_inset(
    sheet: Sheet,
    axes: Axes,
    pane: Place,
    below: Place,
    own: tuple[pd.Series, pd.Series],
    around: pd.Series,
    above: pd.Series | None,
    looks: pd.Series,
    figure: Map,
) -> None:
    """Enlarge the area selected where it is small and there is room; mark what is enlarged.

    Parameters
    ----------
    sheet : Sheet
    axes : Axes
        The map.
    pane : tuple of float
        Left, bottom, width, height of the map on the sheet, in millimetres.
    below : tuple of float
        Left, bottom, right, top of what the legend leaves free, in millimetres.
    own : tuple of Series
        Outlines and names by area_id.
    around : Series
        Outlines of areas that the map is not about.
    above : Series, optional
        Outlines of the next higher level.
    looks : Series
        Status shown, by area_id.
    figure : Map
    """
    outlines, names = own
    if figure.selected is None or figure.selected not in outlines.index:
        return
    area = outlines[figure.selected]
    left, bottom, right, top = shapely.total_bounds(outlines.to_numpy())
    per_millimetre = max((right - left) / pane[2], (top - bottom) / pane[3])
    wide, high = (area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1])
    place = _place(ground(outlines, figure.part), pane, below, per_millimetre)
    if max(wide, high) > SMALL * per_millimetre or place is None:
        return
    width, height = place[2] - place[0], place[3] - place[1]
    scale = max(wide / width, high / height) / _SHARE
    x, y = (area.bounds[0] + area.bounds[2]) / 2, (area.bounds[1] + area.bounds[3]) / 2
    window = (
        x - width * scale / 2,
        y - height * scale / 2,
        x + width * scale / 2,
        y + height * scale / 2,
    )
    enlarged = sheet.axes(place[0], place[1], width, height)
    enlarged.set_gid("lupe")
    seen = outlines[shapely.intersects(outlines.to_numpy(), shapely.box(*window))]
    values = figure.shown[0].values["value"]
    draw_areas(enlarged, around, values, looks, figure.scale, alpha=AROUND_PART)
    draw_areas(enlarged, seen, values, looks, figure.scale)
    if above is not None:
        draw_boundaries(enlarged, above)
    outline_area(enlarged, area)
    parts = pd.Series(shapely.clip_by_rect(seen.to_numpy(), *window), index=seen.index)
    beside = parts[(parts.index != figure.selected) & ~shapely.is_empty(parts.to_numpy())]
    write_names(enlarged, figure, place_names(beside, names, scale, _NAMES), _NAMES)
    enlarged.set_xlim(window[0], window[2])
    enlarged.set_ylim(window[1], window[3])
    enlarged.set_xticks([])
    enlarged.set_yticks([])
    for spine in enlarged.spines.values():
        spine.set(edgecolor=INK, linewidth=0.7)
    axes.add_patch(
        Rectangle(
            window[:2], width * scale, height * scale, facecolor="none", edgecolor=INK, lw=0.7
        )
    )


def _place(
    drawn: shapely.Geometry, pane: Place, below: Place, per_millimetre: float
) -> Place | None:
    """Return the larger of two places: a free corner of the map, or below the legend."""
    left, bottom, _, _ = drawn.bounds
    city = shapely.transform(
        drawn,
        lambda at: (at - (left, bottom)) / per_millimetre + pane[:2],
    )
    whole = (pane[0], pane[1], pane[0] + pane[2], pane[1] + pane[3])
    corners = (free_corner(city, whole, (size, size), _APART) for size in _SIZES)
    corner = next((each for each in corners if each is not None), None)
    high = below[3] - below[1]
    if high < _SIZES[-1] or (corner is not None and corner[2] - corner[0] >= high):
        return corner
    wide = min(below[2] - below[0], high * _WIDEST)
    return below[0], below[1], below[0] + wide, below[3]
