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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import Field

from inteso_dash.boundaries.recipe import RECIPE, BoundaryError, Origin, read_declared
from inteso_dash.boundaries.reference_systems import DEGREES, MetricSystem, System
from inteso_dash.catalogue.yaml_files import Declared
from inteso_dash.language.findings import Finding, Severity

if TYPE_CHECKING:
    import geopandas

DISPLAY_CRS = DEGREES
ID_COLUMN = "area_id"
FILE_RULE = "boundary-file"

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
    file: str = Field(max_length=200)
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
    sha256: str = Field(default="", max_length=64)
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

    def content(self) -> bytes:
        """Read the GeoJSON (`OSError` where that is not possible)."""
        return self.path.read_bytes()


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
    layers = layers_in(geodata, problems)
    if override is not None:
        layers.update(layers_in(override, problems))
    if problems:
        raise BoundaryError(problems)
    return layers


def usable_layers(
    root: Path, fetched: Path | None = None, faults: list[Finding] | None = None
) -> dict[tuple[str, str], Layer]:
    """Read the layers in use: those the user fetched, else those of the city folder.

    Layers that are not in order, or not as their YAML file describes them, are left aside.

    Parameters
    ----------
    root : Path
        City folder.
    fetched : Path, optional
        Folder of the user, which need not exist.
    faults : list of Finding, optional
        Findings on the layers that are left aside are added to it.
    """
    problems: list[str] = []
    usable: dict[tuple[str, str], Layer] = {}
    told: list[Finding] = []
    for folder in (root / "geodata", *([fetched] if fetched else [])):
        for key, layer in layers_in(folder, problems).items():
            wrong = list(_unlike(layer))
            told += wrong
            if not wrong:
                usable[key] = layer
    if faults is not None:
        faults += file_findings(problems)
        faults += told
    return usable


def undeclared(layer: Layer) -> Finding:
    """Return the finding on a layer whose level or division the catalogue does not declare."""
    return Finding(
        Severity.ERROR,
        "boundary-division",
        "Ebene und Gliederung der Grenzen sind in catalogue.yml nicht erklärt; die Anwendung "
        "zeigt sie nicht.",
        layer.path.with_suffix(".yml").name,
        column="level, division",
        found=f"{layer.level} {layer.division}"[:100],
        expected="eine erklärte Gliederung",
    )


def file_findings(problems: Sequence[str]) -> list[Finding]:
    """Return the problems of files, each beginning with the name of one, as findings."""
    return [Finding(Severity.ERROR, FILE_RULE, text, text.partition(":")[0]) for text in problems]


def in_metres(layer: Layer) -> geopandas.GeoSeries:
    """Return the polygons of a layer in its system for measuring, index ``area_id``."""
    return read_boundaries(layer).to_crs(layer.measuring_crs).set_index("area_id").geometry


def touching_areas(layer: Layer) -> dict[str, tuple[str, ...]]:
    """Return the areas of a layer that touch each, as `coverage.touching`."""
    from inteso_dash.boundaries.coverage import touching

    areas = read_boundaries(layer)
    return touching(areas.geometry.to_numpy(), areas["area_id"].tolist())


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
        content = layer.content()
    except OSError as error:
        problem = f"{layer.file}: im Ordner {layer.folder} nicht lesbar ({error.strerror})."
        raise BoundaryError([problem]) from None
    named = (layer.file, layer.id_column, layer.features, layer.crs, layer.measuring_crs)
    frame = _read(content, *named).copy()
    if repaired := frame.attrs["repaired"]:
        _log.warning("%s: ungültige Flächen repariert: %s", layer.file, ", ".join(repaired))
    return frame


@lru_cache(maxsize=8)
def _read(
    content: bytes, file: str, id_column: str, features: int, crs: str, measuring_crs: str
) -> geopandas.GeoDataFrame:
    """Read the areas of a file as `read_boundaries`; who has tried it will show it."""
    import numpy as np
    import shapely

    from inteso_dash.boundaries.area_files import read_areas
    from inteso_dash.boundaries.coverage import only_polygons

    frame = read_areas(
        content,
        file,
        id_property=id_column,
        expected=features,
        crs=crs,
        measuring_crs=measuring_crs,
        properties={"name": "name", "parent_id": "parent_id", "area_ha": "area_ha"},
    )
    repaired = frame.loc[~frame.geometry.is_valid, "area_id"].tolist()
    if repaired:
        whole = np.array([only_polygons(area) for area in frame.geometry])
        frame["geometry"] = shapely.coverage_clean(whole)
    if frame.geometry.is_empty.any():
        gone = ", ".join(frame.loc[frame.geometry.is_empty, "area_id"])
        raise BoundaryError([f"{file}: Fläche {gone}: gefunden keine Ausdehnung."])
    frame.attrs["repaired"] = repaired
    return frame.to_crs(DISPLAY_CRS)


def geojson(frame: geopandas.GeoDataFrame) -> bytes:
    """Write areas as RFC 7946, one a line.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns ``area_id``, ``name``, ``parent_id``, ``area_ha``, ``geometry``.
    """
    from shapely.geometry import mapping

    columns = ["area_id", "name", "parent_id", "area_ha"]
    rows = zip(frame[columns].to_dict("records"), frame.geometry, strict=True)
    lines = ",\n".join(
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": mapping(geometry),
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


def _unlike(layer: Layer) -> Iterator[Finding]:
    """Yield what keeps a layer from being used."""
    try:
        read_boundaries(layer)
    except BoundaryError as error:
        for text in error.problems:
            yield Finding(Severity.ERROR, FILE_RULE, text, layer.file)
    else:
        yield from changed(layer)


def changed(layer: Layer) -> Iterator[Finding]:
    """Yield a finding where the file is not the one that the YAML file describes."""
    found = hashlib.sha256(layer.content()).hexdigest()
    if layer.sha256 and found != layer.sha256:
        yield Finding(
            Severity.ERROR,
            "boundary-sha256",
            "Die Datei wurde nach ihrer Beschreibung geändert; die Anwendung zeigt sie nicht. "
            "Prüfen Sie die Änderung und passen Sie die YAML-Datei an.",
            layer.file,
            found=found,
            expected=layer.sha256,
        )


def layers_in(folder: Path, problems: list[str]) -> dict[tuple[str, str], Layer]:
    """Read the descriptions in one folder; what is wrong with them is added to `problems`."""
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
