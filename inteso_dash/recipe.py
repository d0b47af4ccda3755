"""What a city declares about its boundary files: origins, official sources, layers to make.

`geodata/recipe.yml` names the files as the city delivers them and the layers that follow from
them. This module reads it, and reads the official files against it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import geopandas
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from shapely.errors import ShapelyError
from shapely.geometry import shape

RECIPE = "recipe.yml"
AREAL = ("Polygon", "MultiPolygon")


class BoundaryError(ValueError):
    """A boundary file, its sidecar or the recipe does not hold what it should.

    Parameters
    ----------
    problems : sequence of str
        One sentence each: file, place, what was found, what was expected.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class Declared(BaseModel):
    """Base of everything read from YAML: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Declared):
    """Where a boundary file comes from and what may be done with it."""

    producer: str
    title: str
    url: str
    licence: str
    licence_url: str = ""
    accessed: dt.date | None = None
    source_crs: str


class OfficialSource(Declared):
    """A boundary file as the city delivers it: its properties and its number of areas."""

    id: str
    file: str
    id_property: str
    name_property: str | None = None
    features: int = Field(gt=0)
    origin: Origin


class RecipeLayer(Declared):
    """A layer to make: either of one `source`, or by joining the areas of the level `dissolve`.

    Joined areas share the first `prefix` characters of their keys, or all have the constant
    `area_id`. Names come from the source `names_from`, or from `name`, in which ``{number}``
    stands for the key as a number. The parent is the first `parent_prefix` characters of the key,
    or the constant `parent_id`.
    """

    level: str
    division: str
    file: str
    source: str | None = None
    dissolve: str | None = None
    prefix: int | None = Field(default=None, gt=0)
    area_id: str | None = None
    names_from: str | None = None
    name: str | None = None
    parent_level: str | None = None
    parent_prefix: int | None = Field(default=None, gt=0)
    parent_id: str | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def key_of(self, area_id: str) -> str:
        """Return the key of this layer's area that an area of the level below belongs to."""
        return self.area_id if self.area_id is not None else area_id[: self.prefix]

    def parent_of(self, area_id: str) -> str | None:
        """Return the key of the area of the parent level, None at the top."""
        return area_id[: self.parent_prefix] if self.parent_prefix is not None else self.parent_id

    def name_of(self, area_id: str, names: Mapping[str, str]) -> str | None:
        """Return an area's name, None where neither the recipe nor a source gives one."""
        if self.name is None:
            return names.get(area_id)
        return self.name.format(number=int(area_id)) if "{" in self.name else self.name


class Recipe(Declared):
    """How the layers of a city are made of its official files."""

    measuring_crs: str
    display_crs: str
    decimals: int = Field(ge=4, le=9)
    full_decimals: int = Field(ge=4, le=9)
    gap_width_m: float = Field(ge=0)
    tolerance_m: float = Field(gt=0)
    max_area_change_percent: float = Field(gt=0)
    needle_angle_degrees: float = Field(ge=0)
    needle_length_m: float = Field(gt=0)
    sources: tuple[OfficialSource, ...] = Field(min_length=1)
    layers: tuple[RecipeLayer, ...] = Field(min_length=1)

    def source(self, source_id: str) -> OfficialSource:
        """Return the source with this id (`KeyError` where there is none)."""
        return {source.id: source for source in self.sources}[source_id]

    def layer(self, level: str) -> RecipeLayer:
        """Return the layer of this level (`KeyError` where there is none)."""
        return {layer.level: layer for layer in self.layers}[level]


Model = TypeVar("Model", bound=BaseModel)


def read_declared(path: Path, model: type[Model], **more: object) -> Model:
    """Read a YAML file into a model; `more` are fields that the file must not set.

    Raises
    ------
    BoundaryError
        With all problems of the file: missing, not UTF-8, no YAML, unknown or missing keys,
        wrong types.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = f"{path.name}: Datei fehlt im Ordner {path.parent}. Aufbau: docs/data-format.md."
        raise BoundaryError([problem]) from None
    except UnicodeDecodeError as error:
        problem = f"{path.name}: kein UTF-8 (Byte {error.start}). Speichern Sie sie als UTF-8."
        raise BoundaryError([problem]) from None
    except yaml.YAMLError as error:
        raise BoundaryError([f"{path.name}: kein gültiges YAML: {error}."]) from None
    if not isinstance(content, dict):
        found = type(content).__name__
        raise BoundaryError([f"{path.name}: gefunden {found}, erwartet Schlüssel mit Werten."])
    taken = [f"{path.name}: unbekannter Schlüssel {key}." for key in more if key in content]
    try:
        result = model(**{**content, **more})
    except ValidationError as error:
        raise BoundaryError(
            [*taken, *(_problem(path, issue) for issue in error.errors())]
        ) from None
    if taken:
        raise BoundaryError(taken)
    return result


def read_recipe(root: Path) -> Recipe:
    """Read `geodata/recipe.yml` of a city folder.

    Raises
    ------
    BoundaryError
        With all problems, references to sources and levels that are not declared among them.
    """
    recipe = read_declared(root / "geodata" / RECIPE, Recipe)
    sources = {source.id for source in recipe.sources}
    levels = {layer.level for layer in recipe.layers}
    problems: list[str] = []
    for layer in recipe.layers:
        place = f"{RECIPE}: {layer.level}"
        if (layer.source is None) == (layer.dissolve is None):
            problems.append(f"{place}: erwartet genau eines von source und dissolve.")
        if layer.dissolve is not None and (layer.prefix is None) == (layer.area_id is None):
            problems.append(f"{place}: dissolve erwartet genau eines von prefix und area_id.")
        problems.extend(
            f"{place}: Quelle {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(sources))}."
            for found in (layer.source, layer.names_from)
            if found is not None and found not in sources
        )
        problems.extend(
            f"{place}: Ebene {found!r} ist nicht erklärt; bekannt: {', '.join(sorted(levels))}."
            for found in (layer.dissolve, layer.parent_level)
            if found is not None and found not in levels
        )
        base = [other for other in recipe.layers if other.level == layer.dissolve]
        if base and base[0].source is None:
            problems.append(f"{place}: dissolve erwartet eine Ebene mit source.")
    if problems:
        raise BoundaryError(problems)
    return recipe


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


def _problem(path: Path, issue: Any) -> str:
    where = ".".join(str(part) for part in issue["loc"])
    if issue["type"] == "missing":
        return f"{path.name}: {where} fehlt."
    if issue["type"] == "extra_forbidden":
        return f"{path.name}: unbekannter Schlüssel {where}. Erlaubt: docs/data-format.md."
    return f"{path.name}: {where}: gefunden {issue['input']!r}; erwartet: {issue['msg']}."
