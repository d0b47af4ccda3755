"""Where on a sheet a map leaves room for its legend, or for a part of it enlarged."""

from __future__ import annotations

from collections.abc import Iterable

import shapely

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
    corners: Iterable[str] = CORNERS,
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
    corners : iterable of str
        Which to look at; of equal ones the first is taken.

    Examples
    --------
    >>> ground = shapely.from_wkt("POLYGON ((0 0, 50 0, 50 50, 100 50, 100 100, 0 100, 0 0))")
    >>> free_corner(ground, (0, 0, 100, 100), (40, 40), 5)
    (60, 0, 100, 40)
    >>> free_corner(ground, (0, 0, 100, 100), (48, 48), 5)
    """
    if size[0] > pane[2] - pane[0] or size[1] > pane[3] - pane[1]:
        return None
    boxes = [in_corner(corner, pane, size) for corner in corners]
    distances = [shapely.distance(drawn, shapely.box(*box)) for box in boxes]
    farthest = max(distances)
    return boxes[distances.index(farthest)] if farthest >= apart else None
