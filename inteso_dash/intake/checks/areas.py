"""Rules that hold a table against the outside: polygons and published totals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import GROUP_FROM
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import german

UNITS = {"ha": 1.0, "km²": 0.01, "m²": 10_000.0}
"""Units of land, each as its number in a hectare."""
Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
_GROSS = 0.01
_SIGMAS = 4.0
_FEWEST = 5


def area_polygon(written: CheckedSheet, meant: CheckedSheet) -> Iterator[Finding]:
    """Compare the published area, as written, with the area of the polygon.

    The column that holds areas is recognised by its numbers: its values follow the polygons in
    hectares, square kilometres or square metres.
    """
    polygons = written.context.polygon_area_ha
    if polygons is None:
        return
    known = polygons.reindex(written.frame.index)
    for column in written.frame.columns:
        unit = _area_unit(written.frame[column].to_numpy(), known.to_numpy())
        if unit is None:
            continue
        values = written.frame[column].dropna()
        areas = known.loc[values.index]
        off = _off(values, areas * UNITS[unit], written, column)
        if off.any():
            corrected = meant.frame[column].reindex(values.index)
            left = _off(corrected, areas * UNITS[unit], meant, column)
            yield from _area_findings(
                written,
                column,
                unit,
                values[off],
                areas[off] * UNITS[unit],
                meant.suffix.get(column, ""),
                int(left.sum()),
            )


def _area_unit(values: Numbers, hectares: Numbers) -> str | None:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values / hectares
    there = ratio[~np.isnan(ratio)]
    if len(there) < _FEWEST:
        return None
    for unit, factor in UNITS.items():
        if (np.abs(there / factor - 1) < 0.05).mean() >= 0.8:
            return unit
    return None


def _off(
    values: pd.Series[float], areas: pd.Series[float], sheet: CheckedSheet, column: str
) -> pd.Series[bool]:
    allowed = sheet.last_place(column) + sheet.context.polygon_tolerance * areas
    return (values - areas).abs() > allowed + 1e-9


def _area_findings(
    sheet: CheckedSheet,
    column: str,
    unit: str,
    values: pd.Series[float],
    areas: pd.Series[float],
    suffix: str,
    left: int,
) -> Iterator[Finding]:
    context = sheet.context
    header = context.label(column)
    decimals = sheet.decimals[column]
    gross = (values - areas).abs() > _GROSS * areas
    gross &= (values - areas).abs() > sheet.last_place(column)
    gross &= suffix == ""
    allowed = (
        f"zugelassen sind ± {german(sheet.last_place(column))} {unit} (halbe letzte "
        f"geschriebene Stelle) und {german(100 * context.polygon_tolerance)} % für das Polygon"
    )
    if suffix:
        allowed += (
            f"; ohne die fremden Ziffern {suffix} am Ende der Spalte widerspricht "
            f"{f'noch {left}' if left else 'keines mehr'}"
        )
    if len(values) < GROUP_FROM:
        for area, value, polygon, far in zip(values.index, values, areas, gross, strict=True):
            found, expected = german(value), german(polygon, decimals)
            yield context.finding(
                Severity.ERROR if far else Severity.WARNING,
                "area_polygon",
                f"{context.area(str(area))}, „{header}“: gefunden {found} {unit}, das Polygon hat "
                f"{expected} {unit}; {allowed}. Prüfen Sie Zahl und Grenzen.",
                row=str(area),
                column=column,
                found=found,
                expected=expected,
            )
        return
    cells = "; ".join(
        f"{area}: {german(value)} statt {german(polygon, decimals)}"
        for area, value, polygon in zip(values.index, values, areas, strict=True)
    )
    yield context.finding(
        Severity.ERROR if gross.any() else Severity.WARNING,
        "area_polygon",
        f"„{header}“ widerspricht in {len(values)} Gebieten der Fläche des Polygons in {unit} "
        f"({allowed}): {cells}. Prüfen Sie Zahlen und Grenzen.",
        column=column,
        found=f"{len(values)} von {len(sheet.frame)} Gebieten",
        expected="Fläche des Polygons",
    )


def total_sum(sheet: CheckedSheet) -> Iterator[Finding]:
    """Compare the published value of the higher area with the sum of its areas.

    Rounding errors of many areas partly cancel: allowed are four standard deviations of their sum,
    and the rounding of the total itself. Where areas are missing, the sum may fall short.
    """
    context = sheet.context
    if context.reference_totals is None:
        return
    for column, total in context.reference_totals.dropna().items():
        name = str(column)
        if name not in sheet.frame.columns or not _adds_up(sheet, name):
            continue
        values = sheet.frame[name]
        missing = _areas_of(sheet) - int(values.count())
        total_value, summed = float(total), float(values.sum())
        half = sheet.half(name)
        spread = _SIGMAS * np.sqrt(len(values)) * half / np.sqrt(3)
        allowed = spread + max(half, sheet.last_place(name) if sheet.decimals[name] else 0.0)
        difference = summed - total_value
        if abs(difference) <= allowed + 1e-9 or (missing > 0 and difference < 0):
            continue
        decimals = sheet.decimals[name]
        gross = abs(difference) > _GROSS * abs(total_value)
        yield context.finding(
            Severity.ERROR if gross else Severity.WARNING,
            "total_sum",
            f"„{context.label(name)}“: Die Summe der Gebiete ergibt "
            f"{german(summed, decimals)}, veröffentlicht ist {german(total_value, decimals)}; das "
            f"sind {german(difference, decimals)} Unterschied, durch Rundung erklärbar wären "
            f"{german(allowed, max(decimals, 0))}. Prüfen Sie, ob ein Gebiet doppelt, falsch oder "
            "anders abgegrenzt gezählt ist.",
            column=name,
            found=german(summed, decimals),
            expected=german(total_value, decimals),
        )


def _areas_of(sheet: CheckedSheet) -> int:
    """Return how many areas the division has; as many as the table where it is not known."""
    context = sheet.context
    if context.level is not None:
        for division in context.catalogue.level(context.level).divisions:
            if division.id == context.division:
                return division.areas
    return len(sheet.frame)


def _adds_up(sheet: CheckedSheet, column: str) -> bool:
    indicator = sheet.context.indicator(column)
    if indicator is not None:
        return indicator.kind == "extensive"
    values = sheet.frame[column].dropna()
    unit_named = any(sign in sheet.context.label(column) for sign in "%‰/")
    return sheet.decimals[column] == 0 and bool((values >= 0).all()) and not unit_named
