"""The map of a view as a picture: areas, classes, statuses with their hatching, legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from inteso_dash.boundaries.layers import Layer, read_boundaries
from inteso_dash.city import City
from inteso_dash.drawing.paper.circles import draw_circles
from inteso_dash.drawing.paper.legend import EDGE, FLAT, HATCHES, HIDDEN, LINE, draw_legend, hatched
from inteso_dash.drawing.paper.marks import Marker, draw_marks
from inteso_dash.drawing.paper.sheet import (
    A5,
    FAINT,
    INK,
    MARGIN,
    QUIET,
    Sheet,
    Size,
    line_height,
    text_width,
)
from inteso_dash.drawing.paper.words import CHART, MAP
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.views.colours import edge
from inteso_dash.views.map_view import NotDrawableError, Scale, Snapshot
from inteso_dash.views.maps import Map
from inteso_dash.views.statement import Statement

Bounds = tuple[float, float, float, float]

_SILENT = {*HIDDEN, Status.MERGED}
_LEGEND_WIDTH, _SMALL_LEGEND = 58.0, 48.0
_ACROSS = 3
_AROUND = 45.0
_NARROWEST = 140.0
_BROADEST = 1.6
_AROUND_PART = 0.3
"""How much is seen of areas that a map is not about."""
_NAME_TYPE = 9.0
_SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
_STEPS = 8
_NAME_HEIGHT, _PAD = 7.0, 1.0
"""Room that the name of a selected area takes, and that it leaves on both sides, in millimetres."""


def draw(
    city: City,
    figure: Map,
    *,
    told: Statement | None = None,
    legend: bool = True,
    size: Size | None = None,
) -> Figure:
    """Draw a map.

    Parameters
    ----------
    city : City
    figure : Map
    told : Statement, optional
        With it the picture has a title and a footer, without it only map and legend, as on a
        slide that has its own title.
    legend : bool
    size : Size, optional
        As high as A5 across and as wide as the city needs, by default.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level.
    """
    outlines = outlines_of(city, figure.level, figure.division)
    if figure.several:
        return _small_maps(city, figure, outlines, told, size or (CHART if told is None else A5))
    (layer,) = figure.shown
    level = city.catalogue.level(figure.level)
    around, areas = outlines[:0], f"{len(layer.values)} {level.plural}"
    if figure.part is not None:
        inside = outlines.index.isin(figure.part.areas)
        around, outlines, areas = outlines[~inside], outlines[inside], figure.part.words
    left, bottom, right, top = shapely.total_bounds(np.array(outlines))
    shape = (right - left) / (top - bottom)
    beside = _LEGEND_WIDTH + MARGIN if legend else 0
    title = f"{figure.scale.title}, {figure.when or formats.date(layer.date)}"
    where = f"{areas}, {city.catalogue.city.name}"
    sheet = Sheet(
        size or (_on_slide(shape, beside, figure) if told is None else _fitting(shape, beside)),
        title if told is not None else "",
        where if told is not None else "",
        told,
    )
    sheet.figure.set_label(f"{title}, {areas}")
    width = min(sheet.width - beside, sheet.height * shape)
    axes = sheet.axes(sheet.left, sheet.bottom, width, sheet.height)
    looks = statuses(layer.values)
    draw_areas(axes, around, layer.values["value"], looks, figure.scale, alpha=_AROUND_PART)
    draw_areas(axes, outlines, layer.values["value"], looks, figure.scale)
    scale = max((right - left) / width, (top - bottom) / sheet.height)
    markers: list[Marker] = []
    if figure.circles is not None:
        crs = city.layers[level.id, figure.division or level.current.id].measuring_crs
        markers += draw_circles(axes, figure.circles, outlines, scale, crs)
    if figure.marks is not None:
        markers += draw_marks(axes, outlines, figure.marks, scale)
    bar = _round_length((right - left) / 4) / 2
    markers.append((left + bar, bottom, bar))
    if figure.selected is not None and figure.selected in outlines.index:
        name = city.name(figure.level, figure.selected)
        wide = text_width(name, _NAME_TYPE, "semibold") / 2 + _PAD
        half = (wide * scale, _NAME_HEIGHT / 2 * scale)
        outline = outlines[figure.selected]
        at = place_of_name(outline.bounds, half, (left, bottom, right, top), markers)
        _mark(axes, outline, name, at)
    _frame(axes, outlines)
    if legend:
        place = (sheet.left + width + MARGIN, _LEGEND_WIDTH)
        if figure.part is not None:
            listed = list(figure.part.areas)
            layer, looks = replace(layer, values=layer.values.loc[listed]), looks[listed]
        draw_legend(sheet, place, city, layer, looks, figure)
    return sheet.figure


def _small_maps(
    city: City, figure: Map, outlines: pd.Series, told: Statement | None, size: Size
) -> Figure:
    """Draw the same map at some Stichtage, with one legend."""
    level = city.catalogue.level(figure.level)
    title = figure.when if told is not None else ""
    where = f"{level.plural}, {city.catalogue.city.name}" if told is not None else ""
    sheet = Sheet(size, title, where, told)
    sheet.figure.set_label(f"{figure.when}, {level.plural}")
    left, bottom, right, top = shapely.total_bounds(outlines.to_numpy())
    across = min(len(figure.shown), _ACROSS)
    rows = -(-len(figure.shown) // across)
    gap, label = 3.0, line_height(_NAME_TYPE) + 1
    width = (sheet.width - _SMALL_LEGEND - MARGIN - (across - 1) * gap) / across
    height = sheet.height / rows - label
    for place, layer in enumerate(figure.shown):
        row, column = divmod(place, across)
        x = sheet.left + column * (width + gap)
        y = sheet.bottom + sheet.height - (row + 1) * (height + label)
        known = f"{int(layer.values['value'].notna().sum())} von {len(layer.values)}"
        date = formats.date(layer.date)
        beside = text_width(date, _NAME_TYPE, "semibold") + 2
        sheet.write(x, y + height + 1, date, points=_NAME_TYPE, weight="semibold")
        sheet.write(x + beside, y + height + 1, known, points=_NAME_TYPE - 1, colour=QUIET)
        axes = sheet.axes(x, y, width, height)
        draw_areas(axes, outlines, layer.values["value"], statuses(layer.values), figure.scale)
        if figure.marks is not None:
            draw_marks(axes, outlines, figure.marks, 0)
        axes.set_xlim(left, right)
        axes.set_ylim(bottom, top)
        axes.set_aspect("equal", anchor="NW")
        axes.set_axis_off()
    together = pd.concat([layer.values for layer in figure.shown], ignore_index=True)
    whole = Snapshot(figure.shown[-1].date, together, pd.Series(dtype=float), None)
    place_of = (sheet.left + sheet.width - _SMALL_LEGEND, _SMALL_LEGEND)
    draw_legend(sheet, place_of, city, whole, statuses(together), figure)
    return sheet.figure


def _on_slide(shape: float, beside: float, figure: Map) -> Size:
    """Return a sheet without title and source; a part of a city may be broader than the city."""
    wide = figure.part is not None and shape * MAP.height + beside > MAP.width
    return Size(min(shape, _BROADEST) * MAP.height + beside, MAP.height) if wide else MAP


def _fitting(shape: float, beside: float) -> Size:
    """Return a sheet for a city of a shape (width by height) and what stands beside it."""
    width = (A5.height - _AROUND) * shape + beside + 2 * MARGIN
    return Size(min(max(width, _NARROWEST), A5.width), A5.height)


def statuses(values: pd.DataFrame) -> pd.Series:
    """Return the status that the map shows for each area.

    Parameters
    ----------
    values : DataFrame
        Index area_id; columns value, status.

    Returns
    -------
    Series
        `Status` by area_id; an area without value and without a reason has no figure delivered.
    """
    return pd.Series(
        [
            status if not math.isnan(value) or status in _SILENT else Status.NOT_DELIVERED
            for value, status in zip(values["value"], map(Status, values["status"]), strict=True)
        ],
        index=values.index,
        dtype=object,
    )


def outlines_of(city: City, level_id: str, division: str = "") -> pd.Series:
    """Return outlines in metres by area_id (`NotDrawableError` where there are none)."""
    level = city.catalogue.level(level_id)
    layer = city.layers.get((level.id, division or level.current.id))
    if layer is None:
        raise NotDrawableError(f"{level.plural}: Für diese Ebene liegen keine Grenzen vor.")
    return _read(layer)


@lru_cache(maxsize=8)
def _read(layer: Layer) -> pd.Series:
    """Outlines in metres by area_id, outer rings one way round and holes the other."""
    areas = read_boundaries(layer).to_crs(layer.measuring_crs)
    polygons = shapely.orient_polygons(areas.geometry.to_numpy())
    return pd.Series(list(polygons), index=areas["area_id"].to_numpy())


def _path(polygons: Sequence[shapely.Geometry]) -> Outline:
    """Join polygons into one path."""
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(np.array(polygons))
        for ring in shapely.get_rings(polygon)
    ]
    codes = [
        np.array([Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY])
        for ring in rings
    ]
    return Outline(np.concatenate(rings), np.concatenate(codes))


def draw_areas(
    axes: Axes,
    outlines: pd.Series,
    values: pd.Series,
    looks: pd.Series,
    scale: Scale,
    *,
    alpha: float = 1.0,
) -> None:
    """Fill areas of the same look as one path each, then draw what lies over the colour."""
    fills: dict[tuple[str, str], list[shapely.Geometry]] = {}
    over: dict[Status, list[shapely.Geometry]] = {}
    for area_id, outline in outlines.items():
        status = looks.get(area_id, Status.NOT_DELIVERED)
        value = values.get(area_id, math.nan)
        if math.isnan(value) or status in HIDDEN:
            look = (FLAT if status is Status.UNINHABITED else "#ffffff", EDGE)
            over.setdefault(status, []).append(outline)
        else:
            colour = scale.colours[scale.classes.index_of(value)]
            look = (colour, edge(colour))
            if status in {Status.ESTIMATED, Status.MERGED}:
                over.setdefault(status, []).append(outline)
        fills.setdefault(look, []).append(outline)
    for (fill, line), areas in sorted(fills.items()):
        patch = PathPatch(_path(areas), facecolor=fill, edgecolor=line, alpha=alpha, **LINE)
        axes.add_patch(patch)
    for status, areas in sorted(over.items()):
        if status in HATCHES:
            axes.add_patch(hatched(_path(areas), status)).set_alpha(alpha)


def place_of_name(
    area: Bounds, half: tuple[float, float], frame: Bounds, markers: Sequence[Marker]
) -> tuple[float, float]:
    """Return where the name of an area stands: above it, or elsewhere if a marker lies there.

    Parameters
    ----------
    area, frame : (left, bottom, right, top)
        The area, and what the name must not leave.
    half : (float, float)
        Half the width and half the height of the name.
    markers : sequence of (x, y, radius)
        What it must not cover.

    Examples
    --------
    >>> place_of_name((0.0, 0.0, 10.0, 10.0), (4.0, 1.0), (0.0, 0.0, 20.0, 20.0), [])
    (5.0, 11.0)
    >>> place_of_name((0.0, 0.0, 10.0, 10.0), (4.0, 1.0), (0.0, 0.0, 20.0, 20.0), [(5, 12, 1)])
    (5.0, 9.0)
    """
    left, bottom, right, top = area
    wide, high = half
    middle, level = (left + right) / 2, (bottom + top) / 2
    places = [(middle, top + high), (middle, top - high)]
    for step in range(_STEPS):
        aside, above = (right - left) / 2 + wide, (top - bottom) / 2 + high
        away = 2 * high * step
        places += [(middle + x * (aside + away), level + y * (above + away)) for x, y in _SIDES]
    inside = [
        (min(max(x, frame[0] + wide), max(frame[2] - wide, frame[0] + wide)), y)
        for x, y in places
        if frame[1] <= y - high and y + high <= frame[3]
    ]

    def covered(place: tuple[float, float]) -> float:
        return sum(
            max(0.0, radius + wide - abs(x - place[0]))
            * max(0.0, radius + high - abs(y - place[1]))
            for x, y, radius in markers
        )

    return min(inside or places, key=covered)


def _mark(axes: Axes, outline: shapely.Geometry, name: str, at: tuple[float, float]) -> None:
    """Outline an area and write its name, with a line to it where it stands away."""
    path = _path([outline])
    for colour, width in (("#ffffff", 3.6), (INK, 1.8)):
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, lw=width))
    nearest = shapely.get_coordinates(shapely.shortest_line(outline, shapely.Point(at)))[0]
    axes.annotate(
        name,
        nearest,
        at,
        fontsize=_NAME_TYPE,
        fontweight="semibold",
        color=INK,
        ha="center",
        va="center",
        bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": FAINT, "lw": 0.5},
        arrowprops={"arrowstyle": "-", "color": INK, "lw": 0.9, "shrinkA": 0, "shrinkB": 0},
        parse_math=False,
    )


def _frame(axes: Axes, outlines: pd.Series) -> None:
    left, bottom, right, top = shapely.total_bounds(np.array(outlines))
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal", anchor="W")
    axes.margins(0.01)
    axes.set_axis_off()
    length = _round_length((right - left) / 4)
    axes.plot([left, left + length], [bottom, bottom], color=INK, linewidth=1, clip_on=False)
    label = (
        f"{formats.number(length / 1000, 0)} km"
        if length >= 1000
        else f"{formats.number(length, 0)} m"
    )
    axes.annotate(
        label,
        (left + length / 2, bottom),
        xytext=(0, 2),
        textcoords="offset points",
        fontsize=7.5,
        color=INK,
        ha="center",
        va="bottom",
    )


def _round_length(length: float) -> float:
    """Longest of 1, 2, 5 times a power of ten that is not longer than the given length.

    Examples
    --------
    >>> _round_length(5900.0)
    5000.0
    """
    power = 10.0 ** math.floor(math.log10(length))
    return next(step * power for step in (5, 2, 1) if step * power <= length)
