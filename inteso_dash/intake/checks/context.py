"""What the rules know beside the numbers, and what they find in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.language.findings import Finding, Severity

GROUP_FROM = 6
"""From so many areas with the same problem in the same column on, one finding names them all."""

DISTORTION = 0.001
"""How much a projection may change an area. Transverse Mercator with a central scale of 0.9996
distorts areas by at most 0.08 % within its six-degree zone, an equal-area projection not at all."""

GENERALISED = 0.006
"""The same for polygons that were generalised: no area of theirs changes by more than 0.5 %."""

PolygonAreas = Mapping[tuple[str, str], "pd.Series[float]"]
"""(level, division) → area id → area of its polygon in hectares."""

ENOUGH = 20
"""Rules that argue with a column's distribution need at least so many values."""


@dataclass(frozen=True)
class CheckContext:
    """Everything beside the numeric frame that a check may use.

    Attributes
    ----------
    catalogue : Catalogue
    file : str
        File name for the findings.
    level, division : str, optional
        Level and division of the frame's areas, where known.
    register : DataFrame, optional
        All areas with ``level``, ``division``, ``area_id``, ``name`` and ``parent_id``.
    polygon_area_ha : Series, optional
        Area id → area of its polygon in hectares.
    reference_totals : Series, optional
        Column → published value of the higher area.
    polygon_tolerance : float
        How far the polygons' areas may be off, as a share: the distortion of the projection, plus
        what generalising the polygons changed where they were not measured before.
    decimals : DataFrame, optional
        Like the frame: the decimals that each cell is written with in the file. Without it the
        shortest exact way of writing is assumed.
    rounding_error : Series, optional
        Column → how far its values may lie from the exact ones, where a declaration or the
        reading says so. Without it the written decimals and the multiples of a base tell.
    known_gaps : frozenset of str
        Areas whose missing values have a declared reason.
    names : Series, optional
        Area id → name as written in the file.
    headers : mapping
        Column of the frame → its header in the file.
    keys : DataFrame, optional
        One row a row of the file, in its order: ``number`` (as the file shows it), ``key`` (empty
        where there is none), ``name``, and a column for each level whose keys the file holds too.
        Only tables of a whole division have it; without it the structural rules are silent.
    text_columns : mapping
        Header → written texts, for the columns that hold names.
    """

    catalogue: Catalogue
    file: str
    level: str | None = None
    division: str | None = None
    register: pd.DataFrame | None = None
    polygon_area_ha: pd.Series[float] | None = None
    polygon_tolerance: float = DISTORTION
    reference_totals: pd.Series[float] | None = None
    decimals: pd.DataFrame | None = None
    rounding_error: pd.Series[float] | None = None
    known_gaps: frozenset[str] = frozenset()
    names: pd.Series[str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    keys: pd.DataFrame | None = None
    text_columns: Mapping[str, pd.Series[str]] = field(default_factory=dict)

    def with_polygons(self, area_ha: pd.Series[float], tolerance: float) -> CheckContext:
        """Return the context with polygon areas."""
        return replace(self, polygon_area_ha=area_ha, polygon_tolerance=tolerance)

    def header(self, column: str) -> str:
        """Return the column's header as the file writes it."""
        return self.headers.get(column, column)

    def label(self, column: str) -> str:
        """Return what to call the column in a message: its header, or the indicator's title."""
        header, indicator = self.header(column), self.indicator(column)
        return indicator.title.de if indicator is not None and header == column else header

    def indicator(self, column: str) -> Indicator | None:
        """Return the indicator that the column carries, `None` where it is not recognised."""
        return self.catalogue.indicator(column) if self.catalogue.has_indicator(column) else None

    def area(self, area_id: str) -> str:
        """Return key and name of an area, for messages."""
        name = "" if self.names is None else str(self.names.get(area_id, "") or "")
        return f"{area_id} ({name})" if name else area_id

    def finding(
        self,
        severity: Severity,
        rule: str,
        message: str,
        *,
        row: str = "",
        column: str = "",
        found: str = "",
        expected: str = "",
    ) -> Finding:
        """Return a finding in this context's file, its column named by its header."""
        header = self.header(column) if column else ""
        return Finding(severity, rule, message, self.file, row, header, found, expected)


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by severity, keeping the order of the rules within one severity."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))
