"""The indicators that areas of a level are looked for by, each at its Stichtag."""

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
        Stichtag.
    cells : DataFrame
        As `City.values`.
    reference : float or None
        Value of the whole city.
    earlier : bool
        Whether there is a newer Stichtag; the date is then part of the name.
    """

    indicator: Indicator
    date: dt.date
    cells: pd.DataFrame
    reference: float | None
    earlier: bool = False

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
    def name(self) -> str:
        """Short name, with the Stichtag where there is a newer one."""
        return self._dated(self.indicator.short.de)

    @property
    def title(self) -> str:
        """Title, with the Stichtag where there is a newer one."""
        return self._dated(self.indicator.title.de)

    def _dated(self, name: str) -> str:
        return f"{name} am {formats.date(self.date)}" if self.earlier else name

    @property
    def head(self) -> str:
        """Name and unit, as they stand over a column."""
        name, unit = self.name, self.indicator.unit
        return f"{name} ({unit})" if unit and unit not in name else name

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


def days(city: City, level: str, indicator_id: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of an indicator with values for the current areas, newest first.

    Of the earlier ones those on which several areas can be compared.
    """
    newest, *earlier = _current(city, level, indicator_id)
    several = (day for day in earlier if len(city.known(level, indicator_id, day)) > 1)
    return (newest, *several)


def _current(city: City, level: str, indicator_id: str) -> list[dt.date]:
    current = city.catalogue.level(level).current.id
    known = reversed(city.dates(level, indicator_id))
    return [day for day in known if city.division(level, day, indicator_id) == current]


def column(city: City, level: str, indicator_id: str, date: dt.date | None = None) -> LevelColumn:
    """Return one of the indicators `offered` at one of its `days`, the newest by default."""
    newest, *_ = days(city, level, indicator_id)
    day = date or newest
    return LevelColumn(
        city.catalogue.indicator(indicator_id),
        day,
        city.values(level, indicator_id, day),
        city.reference(indicator_id, day),
        day != newest,
    )


def offered(city: City, level: str) -> dict[str, str]:
    """Return the indicators that a level can be searched by, title → id."""
    return {
        city.catalogue.indicator(each).title.de: each
        for each in city.indicators(level)
        if _current(city, level, each)
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


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    found = list(levels(city).values())
    return sorted(found, key=lambda level: level != level_offer(city).first) if found else []


def cite(evidence: Evidence, columns: Iterable[LevelColumn]) -> None:
    """Note all figures of some columns."""
    for each in columns:
        for area_id, cell in each.cells.iterrows():
            key = f"{each.indicator.id} {each.date} {area_id}"
            evidence.add(key, cell["value"], str(cell["status"]), str(cell["source_id"]))


def told_estimates(columns: Iterable[LevelColumn]) -> list[str]:
    """Say of every indicator what its estimated values rest on and how far they may be off."""
    return [
        f"{each.title}: {said}"
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
