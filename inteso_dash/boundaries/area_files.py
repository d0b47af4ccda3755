"""Read areas out of GeoJSON files, and find out which official file is which."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
from numpy import errstate, isfinite
from shapely import force_2d
from shapely.errors import ShapelyError
from shapely.geometry import shape

from inteso_dash.boundaries.recipe import RECIPE, BoundaryError, OfficialSource, Recipe
from inteso_dash.boundaries.reference_systems import contradiction, placed, stated

AREAL = ("Polygon", "MultiPolygon")


def parse_features(content: bytes, file: str) -> tuple[list[Any], str | None]:
    """Return the features of a GeoJSON text, and the reference system that it names.

    Raises
    ------
    BoundaryError
        The text is not complete JSON in UTF-8, or no FeatureCollection.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        start = content[:60].decode("utf-8", "replace").strip().replace("\n", " ")
        problem = (
            f"{file}: kein vollständiges JSON ({len(content)} Byte, Anfang: {start!r}). "
            "Erwartet: eine GeoJSON-Datei in UTF-8."
        )
        raise BoundaryError([problem]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BoundaryError([f"{file}: JSON ohne Liste „features“. Erwartet: FeatureCollection."])
    return features, stated(document)


def read_areas(
    content: bytes,
    file: str,
    *,
    id_property: str,
    expected: int,
    crs: str,
    measuring_crs: str,
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
    crs, measuring_crs : str
        What the coordinates are declared to be in, and what they will be measured in.
    properties : mapping
        Column of the result → property it comes from; absent ones are None.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``area_id``, those of `properties`, ``geometry``; sorted by ``area_id``. Geometries
        are as delivered, valid or not, in two dimensions. ``attrs["turned"]`` says whether the
        file named latitude first.

    Raises
    ------
    BoundaryError
        With all problems: file, feature, found, expected.
    """
    features, own_crs = parse_features(content, file)
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
            with errstate(invalid="ignore"):
                geometry = force_2d(shape(feature["geometry"]))
            found = "leere Geometrie" if geometry.is_empty else geometry.geom_type
            if not isfinite(geometry.bounds).all():
                found = "Koordinaten, die keine endlichen Zahlen sind"
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, ShapelyError):
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
    shapes = [row["geometry"] for row in rows]
    turned = False
    if (other := contradiction(own_crs, crs, shapes)) is not None:
        problems.append(f"{file}: {other}")
    else:
        shapes, turned, wrong = placed([row["area_id"] for row in rows], shapes, crs, measuring_crs)
        problems.extend(f"{file}: {each}" for each in wrong)
    if problems:
        raise BoundaryError(problems)
    held = [{**row, "geometry": each} for row, each in zip(rows, shapes, strict=True)]
    frame = geopandas.GeoDataFrame(
        held, columns=["area_id", *properties, "geometry"], geometry="geometry", crs=crs
    )
    frame = frame.sort_values("area_id", ignore_index=True)
    frame.attrs["turned"] = turned
    return frame


def read_official(
    source: OfficialSource, content: bytes, file: str, measuring_crs: str
) -> geopandas.GeoDataFrame:
    """Read an official file: columns ``area_id``, ``name``, ``geometry`` (see `read_areas`)."""
    return read_areas(
        content,
        file,
        id_property=source.id_property,
        expected=source.features,
        crs=source.origin.source_crs,
        measuring_crs=measuring_crs,
        properties={"name": source.name_property or ""},
    )


def match_sources(
    recipe: Recipe, paths: Sequence[Path], assigned: Mapping[str, Path]
) -> dict[str, Path]:
    """Find out which official file is which: by the key property, the number of areas, the name.

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
            features, _ = parse_features(path.read_bytes(), path.name)
        except OSError as error:
            problems.append(f"{path}: nicht lesbar ({error.strerror}).")
            continue
        except BoundaryError as error:
            problems.extend(error.problems)
            continue
        first = features[0] if features and isinstance(features[0], dict) else {}
        held = first.get("properties")
        held = held if isinstance(held, dict) else {}
        fitting = [source for source in recipe.sources if source.id_property in held]
        if len(fitting) > 1:
            fitting = [source for source in fitting if source.features == len(features)]
        if len(fitting) > 1:
            fitting = [source for source in fitting if source.file == path.name]
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
