"""The indicators that areas of a level are looked for by, each at its newest Stichtag."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.shown import Evidence, Offer
from inteso_dash.views.statement import estimates

PAGE = "gebietssuche"
SECTION, LEVEL, AREA = "g_bereich", "g_ebene", "g_gebiet"


@dataclass(frozen=True)
class LevelColumn:
    """An indicator of a level.

    Attributes
    ----------
    indicator : Indicator
    date : date
        Stichtag, the newest with values for the current areas.
    cells : DataFrame
        As `City.values`.
    reference : float or None
        Value of the whole city.
    """

    indicator: Indicator
    date: dt.date
    cells: pd.DataFrame
    reference: float | None

    @cached_property
    def values(self) -> pd.Series[float]:
        """One per area as it is written, NaN where there is none."""
        digits = self.indicator.decimals
        written = [formats.rounded(float(each), digits) for each in self.cells["value"]]
        return pd.Series(
            [math.nan if each is None else float(each) for each in written],
            index=self.cells.index,
        )

    @property
    def head(self) -> str:
        """Name and unit, as they stand over a column."""
        short, unit = self.indicator.short.de, self.indicator.unit
        return f"{short} ({unit})" if unit and unit not in short else short

    def written(self, value: float) -> str:
        """Write a value with its unit."""
        return formats.with_unit(value, self.indicator.decimals, self.indicator.unit).rstrip()

    def cell(self, area_id: str) -> str:
        """Write the value of an area without its unit; the sign of its status where it has none."""
        value = self.values[area_id]
        if pd.isna(value):
            return STATUS_MEANINGS[self.status(area_id)].sign or "…"
        return formats.number(float(value), self.indicator.decimals)

    def status(self, area_id: str) -> Status:
        """Return the status of an area."""
        return Status(str(self.cells.at[area_id, "status"]))


def newest(city: City, level: str, indicator_id: str) -> dt.date | None:
    """Return the newest Stichtag of an indicator with values for the current areas of a level."""
    current = city.catalogue.level(level).current.id
    days = city.dates(level, indicator_id)
    return next(
        (day for day in reversed(days) if city.division(level, day, indicator_id) == current), None
    )


def column(city: City, level: str, indicator_id: str) -> LevelColumn:
    """Return an indicator of a level that is one of `offered`."""
    day = newest(city, level, indicator_id)
    if day is None:
        raise ValueError(f"{level}: found no values of {indicator_id}, expected some")
    return LevelColumn(
        city.catalogue.indicator(indicator_id),
        day,
        city.values(level, indicator_id, day),
        city.reference(indicator_id, day),
    )


def offered(city: City, level: str) -> dict[str, str]:
    """Return the indicators that a level can be searched by, title → id."""
    return {
        city.catalogue.indicator(each).title.de: each
        for each in city.indicators(level)
        if newest(city, level, each) is not None
    }


def levels(city: City) -> dict[str, str]:
    """Return the levels with several areas and figures of them, plural → id, smallest first."""
    return {
        level.plural: level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None and len(city.areas(level.id)) > 1 and offered(city, level.id)
    }


def level_offer(city: City) -> Offer[str]:
    """Return the levels, first the one that the city begins with."""
    found, first = levels(city), city.catalogue.start.level
    begin = first if first in found.values() else next(iter(found.values()))
    return Offer(LEVEL, "Ebene", found, begin)


def cite(evidence: Evidence, columns: Iterable[LevelColumn]) -> None:
    """Note all figures of some columns."""
    for each in columns:
        for area_id, cell in each.cells.iterrows():
            key = f"{each.indicator.id} {area_id}"
            evidence.add(key, cell["value"], str(cell["status"]), str(cell["source_id"]))


def told_estimates(columns: Iterable[LevelColumn]) -> list[str]:
    """Say of every indicator what its estimated values rest on and how far they may be off."""
    return [
        f"{each.indicator.title.de}: {said}"
        for each in columns
        for said in estimates(
            zip(each.cells["status"], each.cells["note"], strict=True), "Gebieten"
        )
    ]


def source_ids(columns: Iterable[LevelColumn]) -> list[str]:
    """Return the ids of the sources of some columns, each once."""
    ids = (
        key
        for each in columns
        for joined in each.cells["source_id"].unique()
        for key in str(joined).split(", ")
    )
    return [key for key in dict.fromkeys(ids) if key]
