"""The map of a view as a picture: areas, water and landmarks, classes, statuses, legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from inteso_dash.boundaries.orientation import LANDMARK, Landmark, cited, read_orientation
from inteso_dash.boundaries.payload import label_point
from inteso_dash.city import City
from inteso_dash.drawing.paper.areas import (
    AROUND_PART,
    draw_areas,
    draw_boundaries,
    ground,
    outlines_of,
    read_outlines,
    statuses,
)
from inteso_dash.drawing.paper.circles import draw_circles
from inteso_dash.drawing.paper.inset import draw_inset, free_corner
from inteso_dash.drawing.paper.legend import draw_legend, draw_marks
from inteso_dash.drawing.paper.names import name_areas, name_selected
from inteso_dash.drawing.paper.sheet import (
    A5,
    CHART,
    INK,
    MAP,
    MARGIN,
    MM_PER_POINT,
    PAGES,
    QUIET,
    Box,
    Sheet,
    Size,
    line_height,
    text_width,
    wrapped,
)
from inteso_dash.language import formats
from inteso_dash.views.map_view import Snapshot
from inteso_dash.views.maps import Map
from inteso_dash.views.statement import Statement

_LEGEND_WIDTH, _SMALL_LEGEND = 58.0, 48.0
_ACROSS = 3
_AROUND = 45.0
_NARROWEST = 140.0
_SCALE_BAR = 8.0
_APART = 3.0
_NAMES, _SMALL_NAMES = 6.5, 5.0
_BROADEST = 1.6
_DAY = 9.0
_WATER = "#6f93ad"
_SHORE = [patheffects.withStroke(linewidth=3.4, foreground="white")]
_CREDITS = 6.5

Things = list[tuple[Landmark, shapely.Geometry]]
"""What is shown, with its shape in the units of the map."""


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
        As high as A5 across and as wide as the city needs, by default. One of `PAGES` is turned
        as the city needs, and the legend lies in the corner that the city leaves free.

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
    page = size in PAGES.values()
    if size is None:
        size = _on_slide(shape, beside, figure) if told is None else _fitting(shape, beside)
    sheet = Sheet(
        _turned(size, shape) if page else size,
        title if told is not None else "",
        where if told is not None else "",
        told,
    )
    sheet.figure.set_label(f"{title}, {areas}")
    looks = statuses(layer.values)
    listed, listed_looks = layer, looks
    if figure.part is not None:
        own_keys = list(figure.part.areas)
        listed, listed_looks = replace(layer, values=layer.values.loc[own_keys]), looks[own_keys]
    corner = None
    if legend and page:
        scratch = Sheet(sheet.size)
        low = draw_legend(scratch, (0, 0, _LEGEND_WIDTH), city, listed, listed_looks, figure)
        corner = _beside_city(sheet, ground(outlines, figure.part), (_LEGEND_WIDTH, -low))
    if corner is not None:
        (x, y, width, height), place = corner
    else:
        width, height = min(sheet.width - beside, sheet.height * shape), sheet.height
        x, y = sheet.left, sheet.bottom
        place = (x + width + MARGIN, y + height)
    axes = sheet.axes(x, y, width, height)
    draw_areas(axes, around, layer.values["value"], looks, figure.scale, alpha=AROUND_PART)
    draw_areas(axes, outlines, layer.values["value"], looks, figure.scale)
    scale = max((right - left) / width, (top - bottom) / height)
    crs = city.layers[level.id, figure.division or level.current.id].measuring_crs
    things = draw_orientation(axes, city.root, crs, (left, bottom, right, top))
    above = _higher(city, figure)
    if above is not None:
        draw_boundaries(axes, above, 0.6 if told is None else 1.0)
    signs: list[Box] = []
    if figure.circles is not None:
        signs += draw_circles(axes, figure.circles, outlines, scale, crs)
    for each in figure.all_marks:
        signs += draw_marks(axes, outlines, each, scale)
    bar = _round_length((right - left) / 4) / 2
    signs.append(Box(left + bar, bottom, bar, bar))
    own = (outlines, city.areas(figure.level, figure.division or level.current.id)["name"])
    higher = None
    if above is not None:
        whole = shapely.union_all(outlines.to_numpy())
        about = [whole.contains(area.representative_point()) for area in above]
        higher = (above[about], city.areas(_parent(city, figure))["name"])
    points = (
        _SMALL_NAMES
        if told is None
        else _NAMES * math.sqrt(min(sheet.size.width, sheet.size.height) / A5.height)
    )
    taken = [*signs, *name_things(axes, things, scale, points)]
    if figure.selected is not None and figure.selected in outlines.index:
        name = city.name(figure.level, figure.selected, figure.division or None)
        outline = outlines[figure.selected]
        frame = (left, bottom, right, top)
        taken.append(name_selected(axes, outline, name, scale, frame, signs))
    name_areas(axes, figure, own, higher, scale, points, taken)
    _frame(axes, outlines)
    end = sheet.bottom + sheet.height
    if legend:
        end = draw_legend(sheet, (*place, _LEGEND_WIDTH), city, listed, listed_looks, figure)
        end = write_credits(sheet, (place[0], end, _LEGEND_WIDTH), things)
    if told is None:
        below = (place[0], sheet.bottom, place[0] + _LEGEND_WIDTH, end - _APART)
        draw_inset(sheet, axes, (x, y, width, height), below, own, around, above, looks, figure)
    return sheet.figure


def _parent(city: City, figure: Map) -> str:
    """Return the next higher level of a map, empty where that is the whole city."""
    higher = city.catalogue.ancestors(figure.level)
    current = city.catalogue.level(figure.level).current.id
    known = len(higher) > 1 and figure.division in {"", current}
    return higher[0] if known else ""


def _higher(city: City, figure: Map) -> pd.Series | None:
    """Return the outlines of the next higher level, which the screen shows as well."""
    level = _parent(city, figure)
    layer = city.layers.get((level, city.catalogue.level(level).current.id)) if level else None
    return None if layer is None else read_outlines(layer)


def _turned(size: Size, shape: float) -> Size:
    """Turn a sheet so that a city of a shape becomes larger on it."""
    across = Size(size.height, size.width)
    return max((size, across), key=lambda own: min(own.width, (own.height - _AROUND) * shape))


def _beside_city(
    sheet: Sheet, whole: shapely.Geometry, legend: tuple[float, float]
) -> tuple[tuple[float, float, float, float], tuple[float, float]] | None:
    """Place a city, or a part of it, on all of a sheet, and a legend in a corner left free.

    Returns
    -------
    tuple of (left, bottom, width, height), (left, top) or None
        Of the city and of the legend; None where no corner is free.
    """
    left, bottom, right, top = whole.bounds
    scale = max((right - left) / sheet.width, (top - bottom) / sheet.height)
    width, height = (right - left) / scale, (top - bottom) / scale
    room = (
        sheet.left,
        sheet.bottom + _SCALE_BAR,
        sheet.left + sheet.width,
        sheet.bottom + sheet.height,
    )
    for share in (0.5, 0.0, 1.0):
        x = sheet.left + (sheet.width - width) * share
        y = sheet.bottom + (sheet.height - height) / 2
        on_sheet = shapely.transform(
            whole, lambda at, x=x, y=y: (at - (left, bottom)) / scale + (x, y)
        )
        free = free_corner(on_sheet, room, legend, _APART)
        if free is not None:
            return (x, y, width, height), (free[0], free[3])
    return None


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
    gap, label = 3.0, line_height(_DAY) + 1
    width = (sheet.width - _SMALL_LEGEND - MARGIN - (across - 1) * gap) / across
    height = sheet.height / rows - label
    for place, layer in enumerate(figure.shown):
        row, column = divmod(place, across)
        x = sheet.left + column * (width + gap)
        y = sheet.bottom + sheet.height - (row + 1) * (height + label)
        known = f"{int(layer.values['value'].notna().sum())} von {len(layer.values)}"
        date = formats.date(layer.date)
        beside = text_width(date, _DAY, "semibold") + 2
        sheet.write(x, y + height + 1, date, points=_DAY, weight="semibold")
        sheet.write(x + beside, y + height + 1, known, points=_DAY - 1, colour=QUIET)
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
    place_of = sheet.left + sheet.width - _SMALL_LEGEND, sheet.bottom + sheet.height
    draw_legend(sheet, (*place_of, _SMALL_LEGEND), city, whole, statuses(together), figure)
    return sheet.figure


def _on_slide(shape: float, beside: float, figure: Map) -> Size:
    """Return a sheet without title and source; a part of a city may be broader than the city."""
    wide = figure.part is not None and shape * MAP.height + beside > MAP.width
    return Size(min(shape, _BROADEST) * MAP.height + beside, MAP.height) if wide else MAP


def _fitting(shape: float, beside: float) -> Size:
    """Return a sheet for a city of a shape (width by height) and what stands beside it."""
    width = (A5.height - _AROUND) * shape + beside + 2 * MARGIN
    return Size(min(max(width, _NARROWEST), A5.width), A5.height)


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


def draw_orientation(
    axes: Axes, root: Path, crs: str, window: tuple[float, float, float, float]
) -> Things:
    """Draw what the city folder ``root`` has for orientation, as far as ``window`` shows it."""
    things: Things = []
    for landmark in read_orientation(root):
        placed = geopandas.GeoSeries([landmark.geometry], crs="EPSG:4326").to_crs(crs).iloc[0]
        seen = shapely.clip_by_rect(placed, *window)
        if seen.is_empty:
            continue
        things.append((landmark, seen))
        if landmark.kind == LANDMARK:
            axes.plot(seen.x, seen.y, "o", color=INK, ms=2.6, mec="white", mew=0.6)
            continue
        for part in shapely.get_parts(seen):
            filled = part.geom_type == "Polygon"
            across, up = shapely.get_coordinates(part.exterior if filled else part).T
            if filled:
                axes.fill(across, up, color=_WATER, lw=0)
            else:
                axes.plot(across, up, color=_WATER, lw=1.8, path_effects=_SHORE)
    return things


def name_things(axes: Axes, things: Things, per_millimetre: float, points: float) -> list[Box]:
    """Name what is shown beside its point, and return what the names take."""
    taken: list[Box] = []
    for landmark, seen in things:
        point = label_point(seen)
        half = text_width(landmark.name, points) / 2 * per_millimetre
        high = points * MM_PER_POINT * 0.55 * per_millimetre
        right = (1.6 if landmark.kind == LANDMARK else 2.4) * per_millimetre
        box = Box(point.x + right + half, point.y, half, high)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        for colour in ("#ffffff", QUIET):
            written = axes.text(
                point.x + right,
                point.y,
                landmark.name,
                fontsize=points,
                color=colour,
                va="center",
            )
            if colour == "#ffffff":
                around = patheffects.Stroke(linewidth=points / 4.5, foreground=colour)
                written.set_path_effects([around])
    return taken


def write_credits(sheet: Sheet, place: tuple[float, float, float], things: Things) -> float:
    """Write under a legend where the orientation comes from; return where the words end.

    ``place`` is left edge, upper edge and width.
    """
    left, y, width = place
    shown: Sequence[Landmark] = [landmark for landmark, _ in things]
    for line in wrapped(cited(shown), width, _CREDITS):
        y -= line_height(_CREDITS)
        sheet.write(left, y, line, points=_CREDITS, colour=QUIET)
    return y
