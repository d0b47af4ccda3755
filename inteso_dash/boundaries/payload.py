"""Boundaries as compact SVG paths: the form in which the map component receives them.

All layers of one city are written into the same frame (origin and scale), so that
they lie exactly on top of one another. Coordinates are rounded before they are turned
into differences: two areas that share a vertex share it in the paths as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from inteso_dash.boundaries.encoded import Geometry, Key, ViewFrame, asset_of
from inteso_dash.boundaries.orientation import Landmark, cited

COLUMNS = ("area_id", "name", "parent_id", "geometry")
DEFAULT_METRES_PER_UNIT = 4.0
_AREAL = ("Polygon", "MultiPolygon")


def view_frame(
    areas: geopandas.GeoDataFrame, metres_per_unit: float = DEFAULT_METRES_PER_UNIT
) -> ViewFrame:
    """Frame that holds the whole city; use it for every layer of that city.

    Raises
    ------
    ValueError
        If the CRS is missing or geographic, or the layer is empty.
    """
    _require_metric(areas)
    if areas.empty:
        raise ValueError("the layer has no areas; a view frame needs at least one.")
    minx, miny, maxx, maxy = (float(bound) for bound in areas.total_bounds)
    return ViewFrame(minx, miny, maxx, maxy, metres_per_unit)


def encode_layer(
    areas: geopandas.GeoDataFrame, frame: ViewFrame, landmarks: Sequence[Landmark] = ()
) -> bytes:
    """Write a boundary layer as compact JSON with one SVG path per area.

    Parameters
    ----------
    areas
        Columns `area_id`, `name`, `parent_id` (may be missing per row) and `geometry`
        (Polygon or MultiPolygon) in a projected CRS in metres. Their order is kept:
        values are later sent to the map as bare arrays in this order.
    frame
        Frame of the whole city, from `view_frame`.
    landmarks
        What is drawn under the names; what lies outside the frame is cut off.

    Returns
    -------
    bytes
        UTF-8 JSON with `viewBox`, `metresPerUnit` and `areas` (id, name, parent, path
        of integer relative commands, label point); where there are landmarks also
        `orientation` (name, kind, path, label point) and `credits`.

    Raises
    ------
    ValueError
        If the CRS is missing or geographic, columns are missing, keys repeat, or
        geometries are of another type or empty. An area smaller than one map unit becomes one.
    """
    _require_metric(areas)
    missing = [column for column in COLUMNS if column not in areas.columns]
    if missing:
        raise ValueError(f"columns {missing} are missing; found {list(areas.columns)}.")
    repeated = sorted(set(areas["area_id"][areas["area_id"].duplicated()]))
    if repeated:
        raise ValueError(f"area_id {repeated} occurs more than once; expected unique keys.")
    shapes = areas["geometry"].to_numpy()
    problems = []
    for area_id, geometry in zip(areas["area_id"], shapes, strict=True):
        if geometry is None or geometry.is_empty or geometry.geom_type not in _AREAL:
            found = "no geometry" if geometry is None or geometry.is_empty else geometry.geom_type
            problems.append(f"{area_id}: found {found}, expected Polygon or MultiPolygon")
    if problems:
        raise ValueError("the layer cannot be drawn: " + "; ".join(problems))
    points = frame.to_units(shapely.get_coordinates(shapely.point_on_surface(shapes))).tolist()
    named = (areas[column] for column in ("area_id", "name", "parent_id"))
    encoded = [
        {
            "id": str(area_id),
            "name": str(name),
            "parent": parent if isinstance(parent, str) else None,
            "path": path or f"m{x} {y}l1 0 0 1-1 0z",
            "label": [x, y],
        }
        for area_id, name, parent, path, (x, y) in zip(
            *named, _svg_paths(shapes, frame), points, strict=True
        )
    ]
    layer = {
        "viewBox": [0, 0, *frame.size],
        "metresPerUnit": frame.metres_per_unit,
        "areas": encoded,
    }
    known = [entry for each in landmarks if (entry := _landmark(each, areas, frame))]
    if known:
        layer |= {"orientation": known, "credits": cited(landmarks)}
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()


def _landmark(
    landmark: Landmark, areas: geopandas.GeoDataFrame, frame: ViewFrame
) -> dict[str, Any] | None:
    """Encode what helps to find one's way; None where it lies outside the city's frame."""
    placed = geopandas.GeoSeries([landmark.geometry], crs="EPSG:4326").to_crs(areas.crs).iloc[0]
    seen = shapely.clip_by_rect(placed, frame.minx, frame.miny, frame.maxx, frame.maxy)
    if seen.is_empty:
        return None
    (x, y) = frame.to_units(shapely.get_coordinates(label_point(seen)))[0].tolist()
    return {
        "name": landmark.name,
        "kind": landmark.kind,
        "path": _svg_paths(np.array([seen]), frame)[0]
        if seen.geom_type.endswith("Polygon")
        else _line(seen, frame),
        "filled": seen.geom_type.endswith("Polygon"),
        "label": [x, y],
    }


def label_point(geometry: BaseGeometry) -> shapely.Point:
    """Return where the name of a thing stands: on the middle of a line, inside a surface."""
    if geometry.geom_type.endswith("LineString"):
        longest = max(shapely.get_parts(geometry), key=shapely.length)
        return shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return geometry.representative_point()


def _line(geometry: BaseGeometry, frame: ViewFrame) -> str:
    """Path of lines; empty for a point."""
    if geometry.geom_type == "Point":
        return ""
    parts = (frame.to_units(shapely.get_coordinates(part)) for part in shapely.get_parts(geometry))
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in part.tolist())}" for part in parts)


def geometries(
    layers: Mapping[Key, geopandas.GeoDataFrame], landmarks: Sequence[Landmark] = ()
) -> dict[Key, Geometry]:
    """Encode the layers of a city by (level, division), all in one frame.

    Parameters
    ----------
    layers
        Areas as for `encode_layer`, by (level, division). Those of another system than the first
        are turned into its one.
    landmarks
        What is drawn under the names of every layer.
    """
    if not layers:
        return {}
    crs = next(iter(layers.values())).crs
    placed = {key: areas.to_crs(crs) for key, areas in layers.items()}
    frame = view_frame(pd.concat(placed.values(), ignore_index=True))
    return {key: _encoded(key, areas, frame, landmarks) for key, areas in placed.items()}


def beside(
    known: Mapping[Key, Geometry],
    layers: Mapping[Key, geopandas.GeoDataFrame],
    landmarks: Sequence[Landmark] = (),
) -> dict[Key, Geometry]:
    """Encode more layers in the frame of those that are encoded already.

    Parameters
    ----------
    known
        As `geometries` returns them; some, where there are layers.
    layers, landmarks
        As for `geometries`.

    Returns
    -------
    dict
        Both, by (level, division).
    """
    encoded = dict(known)
    for key, areas in layers.items():
        first = next(iter(known.values()))
        encoded[key] = _encoded(key, areas.to_crs(first.crs), first.frame, landmarks)
    return encoded


def _encoded(
    key: Key, areas: geopandas.GeoDataFrame, frame: ViewFrame, landmarks: Sequence[Landmark]
) -> Geometry:
    body = encode_layer(areas, frame, landmarks)
    return Geometry(asset_of(key, body), tuple(areas["area_id"]), frame, areas.crs.to_wkt())


def map_units(
    lon: Sequence[float], lat: Sequence[float], frame: ViewFrame, crs: str
) -> list[tuple[int, int]]:
    """Turn positions into the map units of the layers of a frame.

    Parameters
    ----------
    lon, lat
        Degrees.
    frame
        Frame of the whole city.
    crs
        The projected CRS in metres that the frame was made in, as `Geometry.crs`.
    """
    points = geopandas.GeoSeries.from_xy(lon, lat, crs="EPSG:4326").to_crs(crs)
    return [(int(x), int(y)) for x, y in frame.to_units(shapely.get_coordinates(points))]


def position(x: float, y: float, frame: ViewFrame, crs: str) -> tuple[float, float]:
    """Turn map units into longitude and latitude in degrees; as `map_units`, the other way."""
    point = geopandas.GeoSeries.from_xy(*([each] for each in frame.from_units(x, y)), crs=crs)
    (found,) = shapely.get_coordinates(point.to_crs("EPSG:4326")).tolist()
    return found[0], found[1]


def _require_metric(areas: geopandas.GeoDataFrame) -> None:
    if areas.crs is None:
        raise ValueError("the layer has no CRS; expected a projected one in metres.")
    units = {axis.unit_name for axis in areas.crs.axis_info}
    if areas.crs.is_geographic or not units <= {"metre", "meter"}:
        raise ValueError(
            f"the layer's CRS is {areas.crs.to_string()} ({', '.join(sorted(units))}); "
            "expected a projected one in metres. Call to_crs first."
        )


def _svg_paths(shapes: NDArray[np.object_], frame: ViewFrame) -> list[str]:
    """Relative paths; each ring starts with `m` relative to the start of the one before.

    Rings of fewer than three different points are left out: of corners that each differ from the
    one before, those have none that differs from the one before that.
    """
    parts, shape_of = shapely.get_parts(shapes, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    coordinates, of = shapely.get_coordinates(rings, return_index=True)
    points = frame.to_units(coordinates)
    moved = np.flatnonzero((of[1:] == of[:-1]) & np.any(points[1:] != points[:-1], axis=1))
    corners, of = points[moved], of[moved]
    wide = (of[2:] == of[:-2]) & np.any(corners[2:] != corners[:-2], axis=1)
    drawn = np.isin(of, of[2:][wide])
    corners, of = corners[drawn], of[drawn]
    steps = np.diff(corners, axis=0, prepend=0)
    _, starts = np.unique(of, return_index=True)
    shape = shape_of[part_of[of[starts]]]
    first = starts[np.unique(shape, return_index=True)[1]]
    steps[starts] = np.diff(corners[starts], axis=0, prepend=0)
    steps[first] = corners[first]
    paths = [""] * len(shapes)
    spans = pairwise([*starts.tolist(), len(of)])
    for at, (start, stop) in zip(shape.tolist(), spans, strict=True):
        paths[at] += f"m{_pairs(steps[start : start + 1])}l{_pairs(steps[start + 1 : stop])}z"
    return paths


def _pairs(values: NDArray[np.int64]) -> str:
    """Numbers with a space only where no minus sign separates them.

    Examples
    --------
    >>> _pairs(np.array([[12, 34], [-5, 3]]))
    '12 34-5 3'
    """
    return " ".join(map(str, values.ravel().tolist())).replace(" -", "-")
