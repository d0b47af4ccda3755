"""Whether the boundary layers of a city are in order, each by itself and one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import shapely

from inteso_dash.boundaries.layers import (
    FILE_RULE,
    Layer,
    changed,
    file_findings,
    layers_in,
    read_boundaries,
)
from inteso_dash.boundaries.orientation import read_orientation
from inteso_dash.boundaries.payload import DEFAULT_METRES_PER_UNIT
from inteso_dash.boundaries.recipe import BoundaryError
from inteso_dash.boundaries.reference_systems import TURNED
from inteso_dash.language.findings import Finding, Severity

_MAX_OUTSIDE = 0.005


def check_boundaries(root: Path) -> list[Finding]:
    """Check all layers of a city folder, each by itself and against the level above.

    Parameters
    ----------
    root : Path

    Returns
    -------
    list of Finding
        Unreadable or changed files, repaired areas, gaps and overlaps, parents that are unknown or
        do not contain their areas. Empty where all is well.
    """
    problems: list[str] = []
    if not (root / "geodata").is_dir():
        problems.append(f"{root}: der Ordner geodata fehlt. Aufbau: docs/data-format.md.")
    layers = layers_in(root / "geodata", problems)
    findings = file_findings(problems)
    read_orientation(root, findings)
    frames: dict[tuple[str, str], geopandas.GeoDataFrame] = {}
    for key, layer in layers.items():
        try:
            frames[key] = read_boundaries(layer)
        except BoundaryError as error:
            findings.extend(
                Finding(Severity.ERROR, FILE_RULE, text, layer.file) for text in error.problems
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


def _check_layer(layer: Layer, frame: geopandas.GeoDataFrame) -> Iterator[Finding]:
    yield from changed(layer)
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
    width, height = (
        frame.to_crs(layer.measuring_crs).bounds.eval(f"{high} - {low}")
        for low, high in (("minx", "maxx"), ("miny", "maxy"))
    )
    for area_id in frame.loc[np.maximum(width, height) < DEFAULT_METRES_PER_UNIT, "area_id"]:
        yield Finding(
            Severity.WARNING,
            "boundary-small",
            "Die Fläche ist kleiner als ein Bildpunkt der Karte; sie erscheint dort als Punkt.",
            layer.file,
            row=area_id,
            expected=f"mindestens {DEFAULT_METRES_PER_UNIT:g} m breit oder hoch",
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
