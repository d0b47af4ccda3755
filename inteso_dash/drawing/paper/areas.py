"""Areas of a level as shapes on a map for paper: outlines, fills, hatching, boundaries."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from inteso_dash.boundaries.layers import Layer, read_boundaries
from inteso_dash.city import City
from inteso_dash.drawing.paper.legend import EDGE, FLAT, HATCHES, HIDDEN, LINE, hatch
from inteso_dash.drawing.paper.sheet import INK, QUIET
from inteso_dash.language.statuses import Status
from inteso_dash.views.colours import edge
from inteso_dash.views.map_view import NotDrawableError, Scale
from inteso_dash.views.maps import Part

AROUND_PART = 0.3
"""How much is seen of areas that a map is not about."""
_SILENT = {*HIDDEN, Status.MERGED}


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
    return read_outlines(layer)


@lru_cache(maxsize=8)
def read_outlines(layer: Layer) -> pd.Series:
    """Outlines in metres by area_id, outer rings one way round and holes the other."""
    areas = read_boundaries(layer).to_crs(layer.measuring_crs)
    polygons = shapely.orient_polygons(areas.geometry.to_numpy())
    return pd.Series(list(polygons), index=areas["area_id"].to_numpy())


def ground(outlines: pd.Series, part: Part | None) -> shapely.Geometry:
    """Return what a map covers; around a part of a city, neighbours are seen in all of its box."""
    if part is not None:
        return shapely.box(*shapely.total_bounds(outlines.to_numpy()))
    return shapely.union_all(outlines.to_numpy())


def shape_of(polygons: Sequence[shapely.Geometry]) -> Outline:
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
            if status in {Status.ESTIMATED, Status.MERGED, Status.SCENARIO}:
                over.setdefault(status, []).append(outline)
        fills.setdefault(look, []).append(outline)
    for (fill, line), areas in sorted(fills.items()):
        patch = PathPatch(shape_of(areas), facecolor=fill, edgecolor=line, alpha=alpha, **LINE)
        axes.add_patch(patch)
    for status, areas in sorted(over.items()):
        if status in HATCHES:
            hatch(axes, shape_of(areas), status, alpha)


def draw_boundaries(axes: Axes, outlines: pd.Series, weight: float = 1.0) -> None:
    """Draw the boundaries of a higher level: a dark line in a light one, seen on every fill."""
    path = shape_of(list(outlines))
    for colour, width, alpha in (("#ffffff", 1.5, 0.7), (QUIET, 0.7, 1.0)):
        axes.add_patch(
            PathPatch(path, facecolor="none", edgecolor=colour, lw=width * weight, alpha=alpha)
        )


def outline_area(axes: Axes, outline: shapely.Geometry) -> None:
    """Outline the area selected."""
    path = shape_of([outline])
    for colour, width in (("#ffffff", 3.6), (INK, 1.8)):
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, lw=width))
