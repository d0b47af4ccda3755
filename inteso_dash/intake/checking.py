"""Run the checks on a city folder or on a delivered file, and write the report."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from inteso_dash.boundaries.layer_checks import check_boundaries
from inteso_dash.boundaries.layers import Layer, read_boundaries, undeclared, usable_layers
from inteso_dash.catalogue import Catalogue, CatalogueError, read_catalogue
from inteso_dash.city import load_city
from inteso_dash.city.disclosure import DISCLOSURE_RULES
from inteso_dash.city.own_areas import declared_findings
from inteso_dash.folders import default_root
from inteso_dash.intake.checks.city import check_city
from inteso_dash.intake.checks.context import DISTORTION, GENERALISED, PolygonAreas
from inteso_dash.intake.checks.sites import Shapes, check_site_file, check_sites, holds_sites
from inteso_dash.intake.recognise import check_file
from inteso_dash.language.findings import WEIGHTS, Finding, Severity, counted, rules_of
from inteso_dash.tables.sources import Delivery, read_city
from inteso_dash.views.sequences import shipped

_ORDER = list(Severity)

Layers = Mapping[tuple[str, str], Layer]
"""Boundaries by level and division."""


def check(path: Path | None = None, deliveries: Sequence[Delivery] = ()) -> list[Finding]:
    """Check a delivered file against the city in use, or a whole city folder.

    Parameters
    ----------
    path : Path, optional
        A file, or a folder with ``data/`` and ``geodata/``; the city in use by default.
    deliveries : sequence of Delivery
        Tables that are not in the folder and are checked with it.

    Raises
    ------
    CatalogueError
        If the declarations of the city folder do not hold together.
    """
    folder = path if path is not None and path.is_dir() else default_root()
    catalogue = read_catalogue(folder).extended(delivery.table for delivery in deliveries)
    contents = {delivery.table.id: delivery.content for delivery in deliveries}
    return _checked(path, folder, catalogue, contents)


def _checked(
    path: Path | None, folder: Path, catalogue: Catalogue, contents: Mapping[str, bytes]
) -> list[Finding]:
    read = read_city(folder, catalogue, contents)
    layers = usable_layers(folder)
    if path is not None and not path.is_dir():
        if holds_sites(path):
            return check_site_file(path, catalogue, read, _shapes(layers, catalogue))
        areas, tolerance = polygon_areas(layers, catalogue)
        return check_file(path, catalogue, read.register, areas, polygon_tolerance=tolerance)
    findings = [undeclared(layers[key]) for key in layers if key not in catalogue.divisions]
    findings += check_boundaries(folder)
    findings += check_city(catalogue, read, *polygon_areas(layers, catalogue))
    sites = read.sites[read.sites["complete"]]
    findings += check_sites(sites, catalogue, read, _shapes(layers, catalogue))
    findings += declared_findings(catalogue, read.register)
    findings += shipped(folder, catalogue)[1]
    return ordered(findings)


def with_protection(path: Path | None = None) -> list[Finding]:
    """Check as `check` does, and add what protection tells: what is told already, and its cost.

    Parameters
    ----------
    path : Path, optional
        As in `check`; of a delivered file by itself protection tells nothing.
    """
    folder = path if path is not None and path.is_dir() else default_root()
    catalogue = read_catalogue(folder)
    found = _checked(path, folder, catalogue, {})
    if path in (None, folder) and catalogue.secret_sources:
        with contextlib.suppress(CatalogueError):
            told = load_city(folder).findings
            found += [each for each in told if each.rule in DISCLOSURE_RULES]
    return ordered(found)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Put errors first, then warnings, then notes."""
    return sorted(findings, key=lambda finding: _ORDER.index(finding.severity))


def _shapes(layers: Layers, catalogue: Catalogue) -> Shapes:
    """Boundaries of the current divisions by level; empty where they cannot be read."""
    return {
        level: read_boundaries(layer).set_index("area_id").geometry
        for (level, division), layer in layers.items()
        if catalogue.has_level(level) and catalogue.level(level).current.id == division
    }


def polygon_areas(layers: Layers, catalogue: Catalogue) -> tuple[PolygonAreas, float]:
    """Area of every polygon in hectares by (level, division), and how far it may be off.

    Layers tell the areas that their polygons had before they were generalised; where one does not,
    its polygons are measured as they are.
    """
    measured: dict[tuple[str, str], pd.Series[float]] = {}
    tolerance = DISTORTION
    for key, layer in layers.items():
        if key not in catalogue.divisions:
            continue
        shapes = read_boundaries(layer).set_index("area_id")
        areas = pd.to_numeric(shapes["area_ha"], errors="coerce")
        if areas.isna().any():
            areas, tolerance = shapes.to_crs(layer.measuring_crs).area / 1e4, GENERALISED
        measured[key] = areas
    return measured, tolerance


def report(findings: list[Finding]) -> str:
    """Write findings as text, what their rules mean, and how many there are."""
    lines = []
    for finding in findings:
        said = (finding.title, finding.file, finding.row, finding.column)
        place = " · ".join(part for part in said if part)
        lines.append(f"{WEIGHTS[finding.severity][0].upper():8} {finding.rule}  {place}")
        lines.append(f"         {finding.text}")
        if finding.explained:
            lines.append(f"         Erklärt: {finding.explained}")
    if findings:
        lines += ["", "Die Regeln:"]
        lines += [f"{rule.id}  {rule.title}: {rule.explanation}" for rule in rules_of(findings)]
        lines.append("")
    lines.append(counted(findings))
    return "\n".join(lines)
