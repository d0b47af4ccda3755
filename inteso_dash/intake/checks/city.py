"""Checks of everything that a city folder declares, after its corrections."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import TO_FILL_IN, SourceTable
from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.context import (
    GENERALISED,
    CheckContext,
    PolygonAreas,
    sorted_findings,
)
from inteso_dash.intake.checks.names import text_findings
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import Status
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources import CityData
from inteso_dash.tables.sources.tables import explain

_KEY = ["level", "area_id", "indicator_id", "date", "source_id"]
_GROUP = ["level", "division", "date", "source_id"]
_DECLARED_GAPS = frozenset({Status.UNINHABITED, Status.MERGED})


def check_city(
    catalogue: Catalogue,
    data: CityData,
    polygon_area_ha: PolygonAreas | None = None,
    polygon_tolerance: float = GENERALISED,
) -> list[Finding]:
    """Check all figures of a city folder, wide tables and long ones.

    Parameters
    ----------
    catalogue : Catalogue
    data : CityData
        What reading the folder gave.
    polygon_area_ha : mapping, optional
        (level, division) → area id → area of its polygon in hectares.
    polygon_tolerance : float
        How far these may be off, as a share; `DISTORTION` where they were measured before
        generalising.

    Returns
    -------
    list of Finding
        Those of reading and those of the checks, explained where a sidecar explains them.
    """
    findings = list(data.findings)
    for table in catalogue.tables:
        found: list[Finding] = list(_to_fill_in(table))
        if table.kind == "register":
            found += _register_names(table, catalogue, data)
        elif table.kind == "figures":
            for key, rows in _groups(table, data):
                context = _context(table, key, rows, catalogue, data)
                if polygon_area_ha is not None and key[:2] in polygon_area_ha:
                    context = context.with_polygons(polygon_area_ha[key[:2]], polygon_tolerance)
                values = rows.pivot(index="area_id", columns="indicator_id", values="value")
                found += run_checks(_in_order(values, table), context)
        findings += explain(found, table.explained)
    return sorted_findings(findings)


def _to_fill_in(table: SourceTable) -> Iterator[Finding]:
    """Report what an import has left for a person to say."""
    for source in table.sources:
        missing = [name for name, said in source if said == TO_FILL_IN]
        if missing:
            yield Finding(
                Severity.WARNING,
                "to_fill_in",
                f"Zur Quelle „{source.title}“ fehlt noch: {', '.join(missing)}. Ergänzen Sie die "
                "Angaben in der YAML-Datei der Tabelle.",
                table.file,
                found=TO_FILL_IN,
                expected="Herkunft und Lizenz",
            )


def _register_names(table: SourceTable, catalogue: Catalogue, data: CityData) -> Iterator[Finding]:
    names = data.register.set_index("area_id")["name"].astype(str)
    return text_findings(CheckContext(catalogue, table.file, text_columns={"name": names}))


def _groups(
    table: SourceTable, data: CityData
) -> Iterator[tuple[tuple[str, str, pd.Timestamp, str], pd.DataFrame]]:
    """Yield the figures of a table by level, division, date and source."""
    figures = data.figures
    if table.layout == "wide":
        date = pd.Timestamp(table.date) if table.date is not None else pd.NaT
        at = (
            (figures["level"] == table.level)
            & (figures["date"] == date)
            & (figures["source_id"] == table.source)
            & figures["indicator_id"].isin(list(table.column_of))
        )
        rows = figures[at]
    elif table.id not in data.printed:
        return
    else:
        rows = figures.merge(data.printed[table.id][_KEY].drop_duplicates(), on=_KEY)
    for key, group in rows.groupby(_GROUP, sort=False):
        level, division, day, source = key
        yield (str(level), str(division), pd.Timestamp(str(day)), str(source)), group


def _context(
    table: SourceTable,
    key: tuple[str, str, pd.Timestamp, str],
    rows: pd.DataFrame,
    catalogue: Catalogue,
    data: CityData,
) -> CheckContext:
    level, division, date, source = key
    gaps = rows.loc[rows["status"].isin(_DECLARED_GAPS), "area_id"]
    return CheckContext(
        catalogue,
        table.file,
        level,
        division,
        data.register,
        reference_totals=_totals(level, date, source, catalogue, data.figures),
        rounding_error=rows.groupby("indicator_id")["rounding_error"].max().dropna(),
        known_gaps=frozenset(gaps),
        names=pd.Series(Areas(data.register).of(level, division), dtype=str),
        headers=table.column_of,
    )


def _totals(
    level: str, date: pd.Timestamp, source: str, catalogue: Catalogue, figures: pd.DataFrame
) -> pd.Series[float] | None:
    """Return the city's published values of the same day and source."""
    root = catalogue.root.id
    if level == root:
        return None
    at = (figures["level"] == root) & (figures["date"] == date) & (figures["source_id"] == source)
    totals = figures[at]
    return totals.set_index("indicator_id")["value"] if len(totals) else None


def _in_order(values: pd.DataFrame, table: SourceTable) -> pd.DataFrame:
    """Put the columns in the order of the file: neighbours are looked at for partitions."""
    order = [name for name in table.column_of if name in values.columns]
    return values[[*order, *(name for name in values.columns if name not in order)]]
