"""Shapes that somebody has drawn elsewhere: read from a file, and which areas lie in them.

Figures are there for whole areas only. A shape therefore stands for the areas that lie in it by
more than half; how much is cut off by that is said before anybody relies on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from inteso_dash.boundaries.area_files import AREAL, parse_features
from inteso_dash.boundaries.coverage import only_polygons
from inteso_dash.boundaries.recipe import BoundaryError
from inteso_dash.boundaries.reference_systems import DEGREES, placed, system

MAX_BYTES, MOST_SHAPES = 10_000_000, 60
_SQLITE, _GPKG = b"SQLite format 3\x00", (b"GPKG", b"GP10", b"GP11")
_NAMES = ("name", "titel", "title", "bezeichnung", "gebiet", "label")
_LONGEST = 60
_SLIVER = 0.005

TEXTS = {
    "large": "{file}: gefunden {found} Bytes, erwartet höchstens {most}. Vereinfachen Sie die "
    "Formen.",
    "none": "{file}: gefunden keine Form, erwartet wenigstens eine Fläche.",
    "many": "{file}: gefunden {found} Formen, erwartet höchstens {most}.",
    "kind": "{file}: {name}: gefunden {found}, erwartet eine Fläche (Polygon oder MultiPolygon).",
    "crs": "{file}: gefunden kein Bezugssystem. Geben Sie beim Speichern eines an, etwa "
    "EPSG:25832.",
    "unknown_crs": "{file}: gefunden das Bezugssystem „{found}“, das es nicht gibt. Erwartet eines "
    "wie EPSG:25832, oder keine Angabe bei Länge und Breite in Grad.",
    "gpkg": "{file}: als GeoPackage nicht zu lesen. Prüfen Sie, ob die Datei vollständig ist, oder "
    "speichern Sie als GeoJSON.",
    "unnamed": "Form {at}",
}


@dataclass(frozen=True)
class DrawnShape:
    """A shape with its name; ``geometry`` is in the metres that the city is measured in."""

    name: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class WholeAreas:
    """The areas that stand for a shape.

    Attributes
    ----------
    taken : tuple of str
        Keys of the areas that lie in it by more than half.
    shares : mapping
        Key → share of the area that lies in the shape, 0 to 1, of those that it cuts.
    missed : float
        Share of the shape that lies in none of the areas taken, 0 to 1.
    added : float
        Share of the areas taken that lies outside of the shape, 0 to 1; 0 where none is taken.
    """

    taken: tuple[str, ...]
    shares: Mapping[str, float]
    missed: float
    added: float


def read_drawn(content: bytes, file: str, measuring_crs: str) -> tuple[DrawnShape, ...]:
    """Read shapes from GeoJSON or a GeoPackage.

    Parameters
    ----------
    content : bytes
    file : str
        Name for messages.
    measuring_crs : str
        The system in metres that the city is measured in.

    Returns
    -------
    tuple of DrawnShape
        In the order of the file, each name once.

    Raises
    ------
    BoundaryError
        With all problems: file, shape, found, expected.
    """
    if len(content) > MAX_BYTES:
        words = {"file": file, "found": len(content), "most": MAX_BYTES}
        raise BoundaryError([TEXTS["large"].format(**words)])
    # What a file is, its first bytes say: a text that calls itself GeoPackage could name others.
    found = _geopackage if content.startswith(_SQLITE) else _geojson
    crs, rows = found(content, file)
    if not rows:
        raise BoundaryError([TEXTS["none"].format(file=file)])
    if len(rows) > MOST_SHAPES:
        words = {"file": file, "found": len(rows), "most": MOST_SHAPES}
        raise BoundaryError([TEXTS["many"].format(**words)])
    names = list(_each_once(_name(held, at) for at, (held, _) in enumerate(rows, start=1)))
    geometries = [_whole(geometry) for _, geometry in rows]
    kinds = [_kind(geometry) for geometry in geometries]
    wrong = [
        TEXTS["kind"].format(file=file, name=name, found=kind)
        for name, kind in zip(names, kinds, strict=True)
        if kind not in AREAL
    ]
    if wrong:
        raise BoundaryError(wrong)
    turned, _, problems = placed(names, [each for each in geometries if each], crs, measuring_crs)
    if problems:
        raise BoundaryError([f"{file}: {each}" for each in problems])
    here = geopandas.GeoSeries(turned, crs=crs).to_crs(measuring_crs)
    return tuple(DrawnShape(name, each) for name, each in zip(names, here, strict=True))


_Row = tuple[Mapping[str, Any], BaseGeometry | None]


def _geojson(content: bytes, file: str) -> tuple[str, list[_Row]]:
    features, named = parse_features(content, file)
    try:
        crs = named or DEGREES
        system(crs)
    except ValueError:
        found = TEXTS["unknown_crs"].format(file=file, found=str(named)[:_LONGEST])
        raise BoundaryError([found]) from None
    rows: list[_Row] = []
    for feature in features:
        held = feature.get("properties") if isinstance(feature, dict) else None
        try:
            with np.errstate(invalid="ignore"):
                geometry = shape(feature["geometry"])
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, ShapelyError):
            geometry = None
        rows.append((held if isinstance(held, dict) else {}, geometry))
    return crs, rows


def _geopackage(content: bytes, file: str) -> tuple[str, list[_Row]]:
    if content[68:72] not in _GPKG:
        raise BoundaryError([TEXTS["gpkg"].format(file=file)])
    rows: list[_Row] = []
    crs = ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "formen.gpkg"
        path.write_bytes(content)
        try:
            for name, kind in pyogrio.list_layers(path):
                if kind is None:
                    continue
                frame = geopandas.read_file(path, layer=name, engine="pyogrio")
                if frame.crs is None:
                    raise BoundaryError([TEXTS["crs"].format(file=file)])
                crs = crs or frame.crs.to_string()
                held = frame.drop(columns=frame.geometry.name).to_dict("records")
                rows += zip(held, frame.geometry.to_crs(crs), strict=True)
        except (DataSourceError, DataLayerError, ShapelyError, UnicodeError):
            raise BoundaryError([TEXTS["gpkg"].format(file=file)]) from None
    return crs, rows


def _whole(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """Return a surface as a valid one, all else as it is."""
    if geometry is None or geometry.geom_type not in AREAL:
        return geometry
    if not np.isfinite(geometry.bounds).all():
        return geometry
    return only_polygons(shapely.force_2d(geometry))


def _kind(geometry: BaseGeometry | None) -> str:
    if geometry is None or geometry.is_empty:
        return "nichts"
    if not np.isfinite(geometry.bounds).all():
        return "Koordinaten, die keine endlichen Zahlen sind"
    return str(geometry.geom_type)


def _name(held: Mapping[str, Any], at: int) -> str:
    """Return what a file calls a shape."""
    lower = {str(key).casefold(): value for key, value in held.items()}
    for key in _NAMES:
        name = " ".join(str(lower.get(key) or "").split())
        if name and name.isprintable():
            return name[:_LONGEST]
    return TEXTS["unnamed"].format(at=at)


def _each_once(names: Iterator[str]) -> Iterator[str]:
    """Yield names, with a number those that come again.

    Examples
    --------
    >>> list(_each_once(iter(["Nord", "Süd", "Nord"])))
    ['Nord', 'Süd', 'Nord (2)']
    """
    seen = set[str]()
    for name in names:
        own, number = name, 2
        while own in seen:
            own, number = f"{name[: _LONGEST - 5]} ({number})", number + 1
        seen.add(own)
        yield own


def whole_areas(drawn: BaseGeometry, areas: geopandas.GeoSeries) -> WholeAreas:
    """Say which whole areas stand for a shape, and what is cut off by that.

    Parameters
    ----------
    drawn : shapely geometry
    areas : GeoSeries
        Index area_id, in the same system in metres.

    Examples
    --------
    >>> boxes = {"1": shapely.box(0, 0, 10, 10), "2": shapely.box(10, 0, 20, 10)}
    >>> areas = geopandas.GeoSeries(boxes)
    >>> found = whole_areas(shapely.box(0, 0, 12, 10), areas)
    >>> found.taken, found.shares, round(found.missed, 3), found.added
    (('1',), {'2': 0.2}, 0.167, 0.0)
    """
    common = areas.intersection(drawn).area
    shares = common / areas.area
    taken = tuple(str(each) for each in areas.index[shares > 0.5])
    covered, whole = float(common[list(taken)].sum()), float(areas[list(taken)].area.sum())
    cut = shares[(shares > _SLIVER) & (shares < 1 - _SLIVER)]
    return WholeAreas(
        taken,
        {str(key): float(share) for key, share in cut.items()},
        1 - covered / float(drawn.area),
        1 - covered / whole if whole else 0.0,
    )
