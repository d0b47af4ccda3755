"""Water and landmarks on a map for paper, quiet, under the names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes

from inteso_dash.boundaries.orientation import LANDMARK, Landmark, cited, read_orientation
from inteso_dash.boundaries.payload import label_point
from inteso_dash.drawing.paper.sheet import INK, QUIET, Box, Sheet, line_height, text_width, wrapped

_WATER = "#6f93ad"
_SHORE = [patheffects.withStroke(linewidth=3.4, foreground="white")]
_MM_PER_POINT = 25.4 / 72
_CREDITS = 6.5

Things = list[tuple[Landmark, shapely.Geometry]]
"""What is shown, with its shape in the units of the map."""


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
        high = points * _MM_PER_POINT * 0.55 * per_millimetre
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
