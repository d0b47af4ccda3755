"""Boundary layers of a city: their descriptions, their areas, and whether they fit together.

A layer is a GeoJSON file (RFC 7946) with a YAML file of the same stem beside it. The layers of the
city folder are generalised; a user folder may hold the full-resolution ones, which then take their
place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import numpy as np
import shapely
from pydantic import Field

from inteso_dash.area_files import read_areas
from inteso_dash.coverage import only_polygons
from inteso_dash.declarations import Declared
from inteso_dash.findings import Finding, Severity
from inteso_dash.recipe import RECIPE, BoundaryError, Origin, read_declared
from inteso_dash.reference_systems import DEGREES, TURNED, MetricSystem, System

DISPLAY_CRS = DEGREES
ID_COLUMN = "area_id"
_MAX_OUTSIDE = 0.005

_log = logging.getLogger(__name__)


class Deviation(Declared):
    """Largest deviations from other polygons of the same areas, and where they are."""

    max_area_change_percent: float
    max_area_change_area: str
    max_hausdorff_m: float
    max_hausdorff_area: str
    min_iou: float
    min_iou_area: str


class Measures(Declared):
    """What making a layer did: `cleaned` compares with the cleaned, `official` with the file."""

    vertices: int
    cleaned: Deviation
    official: Deviation | None = None


class Layer(Declared):
    """A boundary layer as its YAML file describes it.

    ``origin`` is the file the geometry comes from, ``names_origin`` the one the names come from.
    ``repairs`` lists what was repaired in it. ``folder`` is where the layer lies.
    """

    level: str
    division: str
    file: str
    features: int = Field(gt=0)
    id_column: str = ID_COLUMN
    crs: System = DISPLAY_CRS
    measuring_crs: MetricSystem
    generalised: bool
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    parent_level: str | None = None
    origin: Origin
    names_origin: Origin | None = None
    method: str = ""
    note: str = ""
    repairs: tuple[str, ...] = ()
    measures: Measures | None = None
    sha256: str = ""
    folder: Path = Field(exclude=True)

    @property
    def key(self) -> tuple[str, str]:
        """Level and division: what a layer is asked for by."""
        return self.level, self.division

    @property
    def citation(self) -> str:
        """Where the outlines come from, with their licence."""
        return f"{self.origin.producer}, {self.origin.title} ({self.origin.licence})"

    @property
    def path(self) -> Path:
        """Full path of the GeoJSON file."""
        return self.folder / self.file


def read_layers(root: Path, override: Path | None = None) -> dict[tuple[str, str], Layer]:
    """Read the descriptions of all layers of a city folder, not their geometry.

    Parameters
    ----------
    root : Path
        City folder, with ``geodata/``.
    override : Path, optional
        Folder whose layers take the place of those with the same level and division.

    Returns
    -------
    dict
        (level, division) → layer.

    Raises
    ------
    BoundaryError
        With all problems of all YAML files.
    """
    geodata = root / "geodata"
    problems: list[str] = []
    if not geodata.is_dir():
        problems.append(f"{root}: der Ordner geodata fehlt. Aufbau: docs/data-format.md.")
    layers = _layers_in(geodata, problems)
    if override is not None:
        layers.update(_layers_in(override, problems))
    if problems:
        raise BoundaryError(problems)
    return layers


def usable_layers(root: Path, fetched: Path) -> dict[tuple[str, str], Layer]:
    """Read the layers in use: those the user fetched, else those of the city folder.

    Layers that are not in order are left aside; `check_boundaries` says what is wrong.

    Parameters
    ----------
    root : Path
        City folder.
    fetched : Path
        Folder of the user, which need not exist.
    """
    for override in (fetched, None) if fetched.is_dir() else (None,):
        try:
            return read_layers(root, override)
        except BoundaryError:
            continue
    return {}


def read_boundaries(layer: Layer) -> geopandas.GeoDataFrame:
    """Read the areas of a layer.

    Parameters
    ----------
    layer : Layer

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``area_id``, ``name``, ``parent_id``, ``area_ha`` (None where the file has none),
        ``geometry``, in EPSG:4326, sorted by ``area_id``. ``area_ha`` is the area of the cleaned
        official polygon, before it was generalised. ``attrs["repaired"]`` lists the areas that had
        to be repaired, which is logged as well; ``attrs["turned"]`` says whether the file names
        latitude first.

    Raises
    ------
    BoundaryError
        With all problems: file, feature, found, expected.
    """
    try:
        content = layer.path.read_bytes()
    except OSError as error:
        problem = f"{layer.file}: im Ordner {layer.folder} nicht lesbar ({error.strerror})."
        raise BoundaryError([problem]) from None
    frame = read_areas(
        content,
        layer.file,
        id_property=layer.id_column,
        expected=layer.features,
        crs=layer.crs,
        measuring_crs=layer.measuring_crs,
        properties={"name": "name", "parent_id": "parent_id", "area_ha": "area_ha"},
    )
    invalid = ~frame.geometry.is_valid
    repaired = frame.loc[invalid, "area_id"].tolist()
    if repaired:
        _log.warning("%s: ungültige Flächen repariert: %s", layer.file, ", ".join(repaired))
        whole = np.array([only_polygons(area) for area in frame.geometry])
        frame["geometry"] = shapely.coverage_clean(whole)
    frame.attrs["repaired"] = repaired
    return frame.to_crs(DISPLAY_CRS)


def check_boundaries(root: Path, override: Path | None = None) -> list[Finding]:
    """Check all layers of a city folder, each by itself and against the level above.

    Parameters
    ----------
    root, override : Path
        As in `read_layers`.

    Returns
    -------
    list of Finding
        Unreadable or changed files, repaired areas, gaps and overlaps, parents that are unknown or
        do not contain their areas. Empty where all is well.
    """
    try:
        layers = read_layers(root, override)
    except BoundaryError as error:
        return [Finding(Severity.ERROR, "boundary-file", text) for text in error.problems]
    findings: list[Finding] = []
    frames: dict[tuple[str, str], geopandas.GeoDataFrame] = {}
    for key, layer in layers.items():
        try:
            frames[key] = read_boundaries(layer)
        except BoundaryError as error:
            findings.extend(
                Finding(Severity.ERROR, "boundary-file", text, layer.file)
                for text in error.problems
            )
            continue
        findings.extend(_check_layer(layer, frames[key]))
    for key, frame in frames.items():
        layer = layers[key]
        above = sorted(other for other in frames if other[0] == layer.parent_level)
        if layer.parent_level is not None and not above:
            findings.append(
                Finding(
                    Severity.ERROR,
                    "boundary-parent",
                    f"Die Ebene {layer.parent_level} über {layer.level} hat keine Grenzen.",
                    layer.file,
                )
            )
        elif above:
            same = (str(layer.parent_level), layer.division)
            parent = same if same in frames else above[-1]
            findings.extend(_check_parents(layer, frame, layers[parent], frames[parent]))
    return findings


def geojson(frame: geopandas.GeoDataFrame) -> bytes:
    """Write areas as RFC 7946, one a line.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns ``area_id``, ``name``, ``parent_id``, ``area_ha``, ``geometry``.
    """
    columns = ["area_id", "name", "parent_id", "area_ha"]
    rows = zip(frame[columns].to_dict("records"), frame.geometry, strict=True)
    lines = ",\n".join(
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": shapely.geometry.mapping(geometry),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in rows
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield a copy of a folder to change; it takes the folder's place if nothing goes wrong.

    Raises
    ------
    BoundaryError
        The folder cannot be written; it is as it was.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
            staged, old = Path(name) / "new", Path(name) / "old"
            if folder.exists():
                shutil.copytree(folder, staged)
            else:
                staged.mkdir()
            yield staged
            if folder.exists():
                folder.rename(old)
            try:
                staged.rename(folder)
            except OSError:
                if old.exists():
                    old.rename(folder)
                raise
    except OSError as error:
        problem = f"{folder}: nicht beschreibbar ({error.strerror}). Der Ordner blieb, wie er war."
        raise BoundaryError([problem]) from error


def _check_layer(layer: Layer, frame: geopandas.GeoDataFrame) -> Iterator[Finding]:
    found = hashlib.sha256(layer.path.read_bytes()).hexdigest()
    if layer.sha256 and found != layer.sha256:
        yield Finding(
            Severity.WARNING,
            "boundary-sha256",
            "Die Datei wurde nach ihrer Beschreibung geändert; passen Sie die YAML-Datei an.",
            layer.file,
            found=found,
            expected=layer.sha256,
        )
    if frame.attrs["turned"]:
        yield Finding(Severity.WARNING, "boundary-axes", TURNED, layer.file)
    for area_id in frame.attrs["repaired"]:
        yield Finding(
            Severity.WARNING,
            "boundary-invalid",
            "Die Fläche überschneidet sich selbst; sie wurde beim Lesen repariert.",
            layer.file,
            row=area_id,
        )
    torn = ~shapely.is_empty(shapely.coverage_invalid_edges(frame.geometry.to_numpy()))
    for area_id in frame.loc[torn, "area_id"]:
        yield Finding(
            Severity.ERROR,
            "boundary-coverage",
            "Die Fläche überlappt ihre Nachbarn oder teilt nicht alle Stützpunkte mit ihnen; "
            "bereinigen Sie die Ebene mit inteso-dash build-geodata.",
            layer.file,
            row=area_id,
        )


def _check_parents(
    layer: Layer,
    frame: geopandas.GeoDataFrame,
    parent_layer: Layer,
    parents: geopandas.GeoDataFrame,
) -> Iterator[Finding]:
    areas = frame.to_crs(layer.measuring_crs)
    above = parents.to_crs(layer.measuring_crs).set_index("area_id").geometry
    for area_id, parent_id, area in zip(
        areas["area_id"], areas["parent_id"], areas.geometry, strict=True
    ):
        if parent_id not in above.index:
            yield Finding(
                Severity.ERROR,
                "boundary-parent",
                f"Das übergeordnete Gebiet steht nicht in {parent_layer.file}.",
                layer.file,
                row=area_id,
                column="parent_id",
                found=str(parent_id),
                expected=f"ein Schlüssel der Ebene {parent_layer.level}",
            )
            continue
        outside = 1 - shapely.area(shapely.intersection(area, above[parent_id])) / area.area
        if outside > _MAX_OUTSIDE:
            yield Finding(
                Severity.ERROR,
                "boundary-containment",
                f"Die Fläche liegt nicht ganz in {parent_layer.level} {parent_id}.",
                layer.file,
                row=area_id,
                found=f"{outside:.1%} außerhalb",
                expected=f"höchstens {_MAX_OUTSIDE:.1%}",
            )


def _layers_in(folder: Path, problems: list[str]) -> dict[tuple[str, str], Layer]:
    found: dict[tuple[str, str], Layer] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == RECIPE:
            continue
        try:
            layer = read_declared(path, Layer, folder=path.parent)
        except BoundaryError as error:
            problems.extend(error.problems)
            continue
        if layer.key in found:
            problems.append(
                f"{path.name}: {layer.level} {layer.division} ist schon in "
                f"{found[layer.key].file} beschrieben."
            )
        found[layer.key] = layer
    return found
