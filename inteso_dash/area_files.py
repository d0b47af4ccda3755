"""Read areas out of GeoJSON files, and find out which official file is which."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
from shapely.errors import ShapelyError
from shapely.geometry import shape

from inteso_dash.recipe import RECIPE, BoundaryError, OfficialSource, Recipe

AREAL = ("Polygon", "MultiPolygon")


def parse_features(content: bytes, file: str) -> list[Any]:
    """Return the features of a GeoJSON text.

    Raises
    ------
    BoundaryError
        The text is not complete JSON in UTF-8, or no FeatureCollection.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        start = content[:60].decode("utf-8", "replace").strip().replace("\n", " ")
        problem = (
            f"{file}: kein vollständiges JSON ({len(content)} Byte, Anfang: {start!r}). "
            "Erwartet: eine GeoJSON-Datei in UTF-8."
        )
        raise BoundaryError([problem]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BoundaryError([f"{file}: JSON ohne Liste „features“. Erwartet: FeatureCollection."])
    return features


def read_areas(
    content: bytes,
    file: str,
    *,
    id_property: str,
    expected: int,
    crs: str,
    properties: Mapping[str, str],
) -> geopandas.GeoDataFrame:
    """Read polygons with unique text keys out of a GeoJSON text.

    Parameters
    ----------
    content : bytes
    file : str
        Name for messages.
    id_property : str
        Property with the key.
    expected : int
        Number of areas.
    crs : str
    properties : mapping
        Column of the result → property it comes from; absent ones are None.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``area_id``, those of `properties`, ``geometry``; sorted by ``area_id``. Geometries
        are as delivered, valid or not.

    Raises
    ------
    BoundaryError
        With all problems: file, feature, found, expected.
    """
    features = parse_features(content, file)
    problems: list[str] = []
    if len(features) != expected:
        problems.append(f"{file}: gefunden {len(features)} Flächen, erwartet {expected}.")
    rows: list[dict[str, Any]] = []
    for number, feature in enumerate(features, start=1):
        held = feature.get("properties") if isinstance(feature, dict) else None
        held = held if isinstance(held, dict) else {}
        key = held.get(id_property)
        if not isinstance(key, str) or not key:
            problems.append(
                f"{file}: Fläche {number}, Merkmal {id_property}: gefunden {key!r}, "
                "erwartet ein Schlüssel als Text."
            )
            continue
        try:
            geometry = shape(feature["geometry"])
            found = "leere Geometrie" if geometry.is_empty else geometry.geom_type
        except (LookupError, TypeError, ValueError, AttributeError, ShapelyError):
            found = "keine lesbare Geometrie"
        if found not in AREAL:
            problems.append(
                f"{file}: Fläche {key}: gefunden {found}, erwartet Polygon oder MultiPolygon."
            )
            continue
        rows.append(
            {
                "area_id": key,
                **{column: held.get(name) for column, name in properties.items()},
                "geometry": geometry,
            }
        )
    counts = Counter(row["area_id"] for row in rows)
    problems.extend(
        f"{file}: Fläche {key}: {count} mal gefunden, erwartet einmal."
        for key, count in counts.items()
        if count > 1
    )
    problems.extend(_implausible(rows, file, crs))
    if problems:
        raise BoundaryError(problems)
    frame = geopandas.GeoDataFrame(
        rows, columns=["area_id", *properties, "geometry"], geometry="geometry", crs=crs
    )
    return frame.sort_values("area_id", ignore_index=True)


def read_official(source: OfficialSource, content: bytes, file: str) -> geopandas.GeoDataFrame:
    """Read an official file: columns ``area_id``, ``name``, ``geometry`` (see `read_areas`)."""
    return read_areas(
        content,
        file,
        id_property=source.id_property,
        expected=source.features,
        crs=source.origin.source_crs,
        properties={"name": source.name_property or ""},
    )


def match_sources(
    recipe: Recipe, paths: Sequence[Path], assigned: Mapping[str, Path]
) -> dict[str, Path]:
    """Find out which official file is which: by the key property, then by the number of areas.

    Parameters
    ----------
    recipe : Recipe
    paths : sequence of Path
        Files whose source is to be found out.
    assigned : mapping
        Source id → file, where the user said so.

    Returns
    -------
    dict
        Source id → file, for every source of the recipe.

    Raises
    ------
    BoundaryError
        A file fits no source or the same as another one, or a source has no file.
    """
    known = {source.id for source in recipe.sources}
    problems = [
        f"Quelle {found!r} ist in {RECIPE} nicht erklärt; bekannt: {', '.join(sorted(known))}."
        for found in assigned
        if found not in known
    ]
    matched = dict(assigned)
    for path in paths:
        try:
            features = parse_features(path.read_bytes(), path.name)
        except OSError as error:
            problems.append(f"{path}: nicht lesbar ({error.strerror}).")
            continue
        except BoundaryError as error:
            problems.extend(error.problems)
            continue
        first = features[0] if features and isinstance(features[0], dict) else {}
        held = first.get("properties") or {}
        fitting = [source for source in recipe.sources if source.id_property in held]
        if len(fitting) > 1:
            fitting = [source for source in fitting if source.features == len(features)]
        if len(fitting) != 1:
            expected = "; ".join(f"{s.id}: {s.id_property}, {s.features}" for s in recipe.sources)
            problems.append(
                f"{path.name}: passt zu keiner Quelle eindeutig; gefunden die Merkmale "
                f"{', '.join(held) or '–'} und {len(features)} Flächen, erwartet {expected}."
            )
        elif fitting[0].id in matched:
            other = matched[fitting[0].id].name
            problems.append(f"{path.name}: {other} ist schon die Quelle {fitting[0].id!r}.")
        else:
            matched[fitting[0].id] = path
    problems.extend(
        f"Quelle {source.id!r} fehlt. Geben Sie die Datei {source.file} an ({source.origin.url})."
        for source in recipe.sources
        if source.id not in matched and not problems
    )
    if problems:
        raise BoundaryError(problems)
    return matched


def _implausible(rows: list[dict[str, Any]], file: str, crs: str) -> list[str]:
    if crs != "EPSG:4326":
        return []
    problems: list[str] = []
    for row in rows:
        west, south, east, north = row["geometry"].bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            problems.append(
                f"{file}: Fläche {row['area_id']}: Koordinaten um {west:.0f}, {south:.0f}; "
                "erwartet Länge und Breite in Grad (EPSG:4326)."
            )
    return problems
