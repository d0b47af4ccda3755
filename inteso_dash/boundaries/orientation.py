"""What helps to find one's way on a map: a river, a few landmarks, from open data.

`geodata/orientation.geojson` of a city folder is optional. What is in it is drawn quietly under the
names of a map and is no area: it has no figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from inteso_dash.language.findings import Finding, Severity

FILE = "orientation.geojson"
RULE = "orientation-file"
WATER, LANDMARK = "water", "landmark"
_SHAPES = {
    WATER: ("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    LANDMARK: ("Point",),
}
_LONGEST = 40


@dataclass(frozen=True)
class Landmark:
    """A thing that many know.

    Attributes
    ----------
    name : str
    kind : str
        water or landmark.
    geometry : Geometry
        In degrees (EPSG:4326): lines or surfaces of water, the point of a landmark.
    source, licence : str
        Where it comes from and what may be done with it.
    """

    name: str
    kind: str
    geometry: shapely.Geometry
    source: str
    licence: str


def read_orientation(root: Path, faults: list[Finding] | None = None) -> tuple[Landmark, ...]:
    """Read what a city folder has for orientation.

    Parameters
    ----------
    root : Path
        City folder.
    faults : list of Finding, optional
        Takes what is wrong. A feature that is not in order is left out.

    Returns
    -------
    tuple of Landmark
        Empty where there is no file.
    """
    told = faults if faults is not None else []
    path = root / "geodata" / FILE
    if not path.is_file():
        return ()
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        entries = [dict(feature) for feature in features]
    except (OSError, ValueError, KeyError, TypeError):
        told.append(_finding("Die Datei ist keine FeatureCollection (GeoJSON, UTF-8)."))
        return ()
    found = []
    for place, entry in enumerate(entries, 1):
        landmark, problem = _read(entry)
        if landmark is None:
            told.append(_finding(f"Eintrag {place}: {problem}"))
        else:
            found.append(landmark)
    return tuple(found)


def cited(landmarks: Sequence[Landmark]) -> str:
    """Write where the orientation comes from, each source once; empty where there is none."""
    sources = dict.fromkeys(f"{each.source} ({each.licence})" for each in landmarks)
    return f"Orientierung: {'; '.join(sources)}" if sources else ""


def _finding(text: str) -> Finding:
    return Finding(Severity.WARNING, RULE, text, FILE)


def _read(entry: dict[str, Any]) -> tuple[Landmark | None, str]:
    """Return what an entry says, or what is wrong with it."""
    fields = entry.get("properties")
    fields = fields if isinstance(fields, dict) else {}
    given = {name: fields.get(name) for name in ("name", "kind", "source", "licence")}
    words = {name: text for name, text in given.items() if isinstance(text, str) and text}
    missing = [name for name in given if name not in words]
    if missing:
        return None, f"{', '.join(missing)} fehlt."
    if len(words["name"]) > _LONGEST:
        return None, f"name ist länger als {_LONGEST} Zeichen."
    if words["kind"] not in _SHAPES:
        return None, f"kind: gefunden {words['kind'][:40]!r}; erwartet: {' oder '.join(_SHAPES)}."
    try:
        geometry = shape(entry["geometry"])
        degrees = shapely.box(-180, -90, 180, 90).contains(geometry)
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None, "geometry ist nicht lesbar."
    expected = _SHAPES[words["kind"]]
    if geometry.geom_type not in expected or geometry.is_empty or not degrees:
        return None, (
            f"geometry: gefunden {geometry.geom_type}; erwartet: {' oder '.join(expected)} "
            "in Grad (EPSG:4326)."
        )
    return Landmark(**words, geometry=geometry), ""
