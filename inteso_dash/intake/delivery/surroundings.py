"""What a delivered file is read against: the city's catalogue, areas and figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.checks.context import GENERALISED, PolygonAreas
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources.places import site_frame


@dataclass(frozen=True)
class Surroundings:
    """What is known about the city that a file is delivered for.

    Attributes
    ----------
    catalogue : Catalogue
    register : DataFrame
    published : DataFrame
        Long table of the figures delivered before.
    polygon_area_ha : mapping, optional
        Area id → area of its polygon in hectares.
    polygon_tolerance : float
        How far these may be off, as a share.
    sites : DataFrame
        Accommodation sites delivered before, as `CityData.sites`.
    """

    catalogue: Catalogue
    register: pd.DataFrame
    published: pd.DataFrame
    polygon_area_ha: PolygonAreas | None = None
    polygon_tolerance: float = GENERALISED
    sites: pd.DataFrame = field(default_factory=lambda: site_frame([]))

    @cached_property
    def areas(self) -> Areas:
        """The register, indexed."""
        return Areas(self.register)

    def totals(self, date: dt.date | None) -> pd.Series[float] | None:
        """Return what is published of the whole city at a date, by indicator; None for nothing."""
        known = self.published
        if date is None:
            return None
        at = (known["level"] == self.catalogue.root.id) & (known["date"] == pd.Timestamp(date))
        rows = known[at].drop_duplicates("indicator_id", keep="last")
        values = rows.set_index("indicator_id")["value"].dropna()
        return values if len(values) else None
