"""Reference systems of coordinates: what a declaration may name, and whether a file keeps to it.

A file says little about its coordinates: the order of its axes, degrees or metres, the zone are
told by where its areas come to lie. The system that a city is measured in names the part of the
world that it is made for; there its areas have to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, ValidationInfo

from inteso_dash.language import formats

if TYPE_CHECKING:
    from pyproj import CRS, Transformer
    from shapely.geometry.base import BaseGeometry

DEGREES = "EPSG:4326"
TURNED = "Die Datei nennt die Breite vor der Länge; die Achsen wurden getauscht."

_MARGIN_DEGREES = 3.0
_SAME_DEGREES = 1e-4
_MAX_DISTORTION = 0.02
_LISTED = 3


@lru_cache(maxsize=64)
def system(name: str) -> CRS:
    """Return the reference system of this name (`ValueError`, in German, where there is none).

    Examples
    --------
    >>> system("EPSG:25832").is_projected
    True
    >>> system("EPSG:1")
    Traceback (most recent call last):
    ...
    ValueError: ein Bezugssystem wie EPSG:25832
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(name)
    except CRSError:
        raise ValueError("ein Bezugssystem wie EPSG:25832") from None


KEPT = "kept"
"""Context of validation in which the names of systems have been tried before."""


def _known(name: str, told: ValidationInfo) -> str:
    if told.context != KEPT:
        system(name)
    return name


def _metric(name: str, told: ValidationInfo) -> str:
    if told.context == KEPT:
        return name
    found = system(name)
    units = {axis.unit_name for axis in found.axis_info}
    if not found.is_projected or not units <= {"metre", "meter"}:
        raise ValueError("ein Bezugssystem in Metern wie EPSG:25832")
    return name


System = Annotated[str, AfterValidator(_known)]
"""Name of a reference system, in declarations."""

MetricSystem = Annotated[str, AfterValidator(_metric)]
"""Name of a reference system in metres, in declarations."""


def stated(document: Any) -> str | None:
    """Return the reference system that a GeoJSON document names, None where it names none.

    Examples
    --------
    >>> stated({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}})
    'urn:ogc:def:crs:EPSG::25832'
    """
    member = document.get("crs") if isinstance(document, dict) else None
    held = member.get("properties") if isinstance(member, dict) else None
    if not isinstance(held, dict):
        return None
    if isinstance(held.get("name"), str):
        return str(held["name"])
    code = held.get("code")
    return f"EPSG:{code}" if isinstance(code, int | str) else None


def contradiction(
    name: str | None, declared: str, geometries: Sequence[BaseGeometry]
) -> str | None:
    """Say in German that a file names another reference system than its declaration, if it does.

    Two names mean the same where they put the middle of the areas into the same place.

    Examples
    --------
    >>> import shapely
    >>> areas = [shapely.box(7, 51, 7.1, 51.1)]
    >>> contradiction("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", areas) is None
    True
    >>> print(contradiction("EPSG:31466", "EPSG:4326", areas))
    Die Datei nennt das Bezugssystem EPSG:31466, erklärt ist EPSG:4326. Tragen Sie das richtige ein.
    """
    if name is None or not geometries:
        return None
    import shapely

    try:
        own = system(name)
    except ValueError:
        return (
            f"Die Datei nennt das Bezugssystem {name[:60]!r}, das es nicht gibt. Erwartet: "
            f"{declared}, oder kein Schlüssel crs."
        )
    west, south, east, north = shapely.total_bounds(np.array(geometries))
    middle = np.array([[(west + east) / 2, (south + north) / 2]])
    here, there = _in_degrees(middle, own), _in_degrees(middle, system(declared))
    if own == system(declared) or np.abs(here - there).max() < _SAME_DEGREES:
        return None
    return (
        f"Die Datei nennt das Bezugssystem {name}, erklärt ist {declared}. Tragen Sie das "
        "richtige ein."
    )


def placed(
    labels: Sequence[str], geometries: Sequence[BaseGeometry], declared: str, measuring: str
) -> tuple[list[BaseGeometry], bool, list[str]]:
    """Test whether areas lie where a city can be measured; turn their axes where that is it.

    Parameters
    ----------
    labels : sequence of str
        Key of each area, for messages.
    geometries : sequence of BaseGeometry
        Not empty; as the file holds them.
    declared, measuring : str
        The system that the coordinates should be in, and the one that areas are measured in.

    Returns
    -------
    tuple
        The areas, whether their axes were turned, and German sentences on what is wrong.

    Examples
    --------
    >>> import shapely
    >>> areas, turned, problems = placed(
    ...     ["01"], [shapely.box(51, 7, 51.1, 7.1)], "EPSG:4326", "EPSG:25832"
    ... )
    >>> areas[0].bounds, turned, problems
    ((7.0, 51.0, 7.1, 51.1), True, [])
    >>> wrong = placed(["01"], [shapely.box(7, 51, 7.1, 51.1)], "EPSG:25832", "EPSG:25832")[2]
    >>> print(wrong[0].partition(". ")[0])
    Fläche 01: Koordinaten von 7, 51 bis 7, 51; erwartet Meter (EPSG:25832)
    """
    if not geometries:
        return [], False, []
    import shapely

    crs, target = system(declared), system(measuring)
    bounds = shapely.bounds(np.array(geometries))
    inside = _inside(bounds, crs, target)
    if inside.all():
        distorted = _distortion(bounds, crs, measuring)
        return list(geometries), False, [distorted] if distorted else []
    if _inside(bounds[:, [1, 0, 3, 2]], crs, target).all():
        return [shapely.transform(each, lambda xy: xy[:, ::-1]) for each in geometries], True, []
    return list(geometries), False, [_misplaced(labels, bounds, inside, declared, measuring)]


def _misplaced(
    labels: Sequence[str],
    bounds: NDArray[np.float64],
    inside: NDArray[np.bool_],
    declared: str,
    measuring: str,
) -> str:
    crs = system(declared)
    where = np.flatnonzero(~inside)
    listed = formats.listed((labels[k] for k in where.tolist()), most=_LISTED)
    west, south, east, north = (formats.number(float(each), 0) for each in bounds[where[0]])
    at = f"Fläche {listed}: Koordinaten von {west}, {south} bis {east}, {north}"
    degrees = bool(np.all(np.abs(bounds) <= [180, 90, 180, 90]))
    if crs.is_geographic and not degrees:
        return f"{at}; erwartet Länge und Breite in Grad ({declared})."
    if crs.is_projected and degrees:
        return (
            f"{at}; erwartet Meter ({declared}). Sind es Länge und Breite in Grad, "
            f"so heißt das Bezugssystem {DEGREES}."
        )
    area = system(measuring).area_of_use
    meant = (
        f" (Länge {area.west:g} bis {area.east:g}, Breite {area.south:g} bis {area.north:g})"
        if area is not None
        else ""
    ).replace(".", ",")
    return (
        f"{at} ({declared}) liegen nicht dort, wo "
        f"{measuring} gilt{meant}. Prüfen Sie die Bezugssysteme und die Reihenfolge der Achsen."
    )


@lru_cache(maxsize=64)
def _between(start: CRS, end: CRS) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(start, end, always_xy=True)


def _in_degrees(points: NDArray[np.float64], crs: CRS) -> NDArray[np.float64]:
    from pyproj.exceptions import ProjError

    try:
        turned = _between(crs, system(DEGREES)).transform(*points.T)
    except ProjError:
        return np.full_like(points, np.nan)
    return np.column_stack(turned)


def _inside(bounds: NDArray[np.float64], crs: CRS, measuring: CRS) -> NDArray[np.bool_]:
    """Say of every box whether it lies in the part of the world that a system is made for."""
    area = measuring.area_of_use
    west, south, east, north = (
        (-180.0, -90.0, 180.0, 90.0)
        if area is None or area.west > area.east
        else (
            area.west - _MARGIN_DEGREES,
            area.south - _MARGIN_DEGREES,
            area.east + _MARGIN_DEGREES,
            area.north + _MARGIN_DEGREES,
        )
    )
    if crs.is_geographic:
        possible = np.all(np.abs(bounds) <= [180, 90, 180, 90], axis=1)
    else:
        possible = np.all(np.isfinite(bounds), axis=1)
    corners = [_in_degrees(bounds[:, at], crs) for at in ([0, 1], [2, 1], [2, 3], [0, 3])]
    within = [
        np.isfinite(corner).all(axis=1)
        & (corner[:, 0] >= west)
        & (corner[:, 0] <= east)
        & (corner[:, 1] >= south)
        & (corner[:, 1] <= north)
        for corner in corners
    ]
    return np.asarray(possible & np.logical_and.reduce(within))


def _distortion(bounds: NDArray[np.float64], crs: CRS, measuring: str) -> str | None:
    """Compare the area of the whole on the ellipsoid with the one measured; None where alike."""
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    if west == east or south == north:
        return None
    import shapely
    from pyproj import Geod

    outline = shapely.get_coordinates(
        shapely.segmentize(
            shapely.box(west, south, east, north), max(east - west, north - south) / 16
        )
    )
    degrees = _in_degrees(outline, crs)
    metres = _between(system(DEGREES), system(measuring)).transform(*degrees.T)
    true = abs(Geod(ellps="GRS80").polygon_area_perimeter(*degrees.T)[0])
    measured = float(shapely.Polygon(np.column_stack(metres)).area)
    off = measured / true - 1 if true else 0.0
    if abs(off) <= _MAX_DISTORTION:
        return None
    return (
        f"{measuring} misst die Flächen hier um {formats.number(100 * off, 0)} % falsch. Erwartet: "
        "ein Bezugssystem, das für diese Gegend gemacht ist, wie EPSG:25832."
    )
