"""Checks of accommodation sites: a delivered table of them, and what they say about areas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import SourceTable
from inteso_dash.intake.checks.context import sorted_findings
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.tables.reading import read_content
from inteso_dash.tables.reading.apart import read_apart
from inteso_dash.tables.reading.raw import ReadError
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources import CityData, places
from inteso_dash.tables.sources.places import site_frame, site_rows, uncounted
from inteso_dash.tables.sources.tables import open_table

if TYPE_CHECKING:
    import geopandas

Shapes = Mapping[str, "geopandas.GeoSeries"]
"""Level → polygons of its areas by key, in degrees."""

_COUNTED = {"persons": "occupied", "places": "places", "usable": "usable"}


def holds_sites(path: Path) -> bool:
    """Say whether a delivered file is a table of sites."""
    try:
        return places.holds_sites(read_apart(read_content(path), path.name).columns)
    except ReadError:
        return False


def check_site_file(
    path: Path, catalogue: Catalogue, data: CityData, shapes: Shapes
) -> list[Finding]:
    """Check a delivered table of sites row by row, against the boundaries and the area counts.

    Parameters
    ----------
    path : Path
        A file for which `holds_sites` is true.
    catalogue : Catalogue
    data : CityData
        The city in use.
    shapes : mapping of str to GeoSeries

    Returns
    -------
    list of Finding
    """
    table = SourceTable(
        id="lieferung",
        title=path.name,
        file=path.name,
        kind="sites",
        positions_public=True,
        rows=max(len(read_apart(read_content(path), path.name).rows), 1),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    opened = open_table(path, table, catalogue)
    sites = site_frame(site_rows(opened, catalogue, Areas(data.register)))
    found = [each for each in opened.report.findings() if each.rule != "unknown_source"]
    rows = pd.Series([row.label for row in opened.rows], index=sites.index, dtype=str)
    found += _outside(sites, shapes, path.name, rows)
    found += _sums(sites, catalogue, data, path.name, only_named=True)
    heads = places.heads_of(opened.index)
    return sorted_findings(
        replace(each, column=heads.get(each.column, each.column)) for each in found
    )


def check_sites(
    sites: pd.DataFrame, catalogue: Catalogue, data: CityData, shapes: Shapes
) -> list[Finding]:
    """Compare sites with the boundaries of their areas and with the published area counts.

    Parameters
    ----------
    sites : DataFrame
        As `CityData.sites`; all sites of their Stichtage.
    catalogue : Catalogue
    data : CityData
    shapes : mapping of str to GeoSeries
    """
    return [
        *_outside(sites, shapes, "", sites["name"]),
        *_sums(sites, catalogue, data, "", only_named=False),
    ]


def _outside(
    sites: pd.DataFrame, shapes: Shapes, file: str, labels: pd.Series[str]
) -> Iterator[Finding]:
    import shapely

    known = sites.assign(label=labels)[sites["lon"].notna() & sites["lat"].notna()]
    for _, site in known.iterrows():
        polygons = shapes.get(site["level"])
        if polygons is None or site["area_id"] not in polygons.index:
            continue
        point = shapely.Point(site["lon"], site["lat"])
        if polygons[site["area_id"]].covers(point):
            continue
        where = next((key for key, polygon in polygons.items() if polygon.covers(point)), None)
        yield Finding(
            Severity.ERROR,
            "site_position",
            f"{site['name']}: Die Lage liegt nicht im angegebenen Gebiet. Prüfen Sie Gebiet und "
            "Lage; sind Länge und Breite vertauscht?",
            file,
            str(site["label"]),
            "lon, lat",
            f"{site['lon']}, {site['lat']} " + (f"(in {where})" if where else "(außerhalb)"),
            f"eine Lage in {site['level']} {site['area_id']}",
        )


def _sums(
    sites: pd.DataFrame, catalogue: Catalogue, data: CityData, file: str, *, only_named: bool
) -> Iterator[Finding]:
    """Compare sums with area counts; ``only_named`` leaves out areas around those named."""
    declared = catalogue.accommodation
    if declared is None or sites.empty:
        return
    areas = Areas(data.register)
    is_open = uncounted(sites) == ""
    for level in catalogue.levels:
        keys = [
            key
            if own == level.id
            else ("" if only_named or not key else areas.ancestor(catalogue, own, key, level.id))
            for own, key in zip(sites["level"], sites["area_id"], strict=True)
        ]
        placed = sites.assign(key=pd.Series(keys, index=sites.index, dtype=object).fillna(""))
        for (key, day), own in placed[is_open & (placed["key"] != "")].groupby(["key", "date"]):
            date = pd.Timestamp(str(day))
            sums = {name: own[column].sum(skipna=False) for name, column in _COUNTED.items()}
            sums["sites"] = float(len(own))
            for name, total in sums.items():
                indicator = getattr(declared, name)
                for published in _published(data.figures, level.id, str(key), indicator, date):
                    if pd.isna(total) or total == published:
                        continue
                    title = catalogue.indicator(indicator).title.de
                    yield Finding(
                        Severity.WARNING,
                        "site_sum",
                        f"{title}, {date:%d.%m.%Y}: Die Summe der Unterkünfte ist nicht die "
                        "veröffentlichte Zahl des Gebiets. Fehlt eine Unterkunft, oder ist eine "
                        "doppelt?",
                        file,
                        str(key),
                        _COUNTED.get(name, "name"),
                        f"{total:g}",
                        f"{published:g}",
                    )


def _published(
    figures: pd.DataFrame, level: str, key: str, indicator: str, date: pd.Timestamp
) -> list[float]:
    chosen = (
        (figures["level"] == level)
        & (figures["area_id"] == key)
        & (figures["indicator_id"] == indicator)
        & (figures["date"] == date)
    )
    return [float(value) for value in figures.loc[chosen, "value"].dropna()]
