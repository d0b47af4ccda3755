"""Indicators of a level, each at its Stichtag: their values as they are read, written and told."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from inteso_dash.catalogue import tables
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.shown import Evidence
from inteso_dash.views.statement import Statement, estimates, statement


@dataclass(frozen=True)
class DatedIndicator:
    """An indicator of a level at a Stichtag.

    Attributes
    ----------
    indicator : Indicator
    day : date
        Stichtag.
    cells : DataFrame
        As `City.values`, of the areas of the level's current division.
    reference : float or None
        Value of the whole city.
    earlier : bool
        Whether there is a newer Stichtag; the day is then part of the name.
    """

    indicator: Indicator
    day: dt.date
    cells: pd.DataFrame
    reference: float | None
    earlier: bool = False

    @cached_property
    def values(self) -> pd.Series[float]:
        """One per area, NaN where there is none."""
        return self.cells["value"].astype(float)

    @cached_property
    def written_values(self) -> pd.Series[float]:
        """One per area as it is written, rounded to the indicator's decimals."""
        digits = self.indicator.decimals
        written = [formats.rounded(each, digits) for each in self.values]
        return pd.Series(
            [math.nan if each is None else float(each) for each in written], self.cells.index
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
        return f"{name} am {formats.date(self.day)}" if self.earlier else name

    @property
    def head(self) -> str:
        """Name and unit, as they stand over a column."""
        name, unit = self.name, self.indicator.unit
        return f"{name} ({unit})" if unit and unit not in name else name

    @property
    def axis(self) -> str:
        """Title and unit, as they stand along an axis."""
        return f"{self.indicator.title.de} ({self.indicator.unit})"

    def write(self, value: float) -> str:
        """Write a value with its unit."""
        return formats.with_unit(value, self.indicator.decimals, self.indicator.unit).rstrip()

    def cell(self, area_id: str) -> str:
        """Write the value of an area without its unit; the sign of its status where it has none."""
        value = self.values[area_id]
        if math.isnan(value):
            return STATUS_MEANINGS[self.status(area_id)].sign or "…"
        return formats.number(float(value), self.indicator.decimals)

    def text(self, area_id: str) -> str:
        """Write the value of an area with its unit; a dash where it has none."""
        value = float(self.values[area_id])
        return "–" if math.isnan(value) else self.write(value)

    def status(self, area_id: str) -> Status:
        """Return the status of an area."""
        return Status(str(self.cells.at[area_id, "status"]))

    @property
    def estimated(self) -> pd.Series[bool]:
        """Whether the value of an area is estimated."""
        return self.cells["status"] == str(Status.ESTIMATED)


def dated(city: City, level: str, indicator_id: str, day: dt.date) -> DatedIndicator:
    """Look up an indicator at a Stichtag."""
    found = city.catalogue.indicator(indicator_id)
    reference = city.reference(indicator_id, day)
    return DatedIndicator(found, day, city.values(level, indicator_id, day), reference)


def cite(evidence: Evidence, shown: Iterable[DatedIndicator]) -> None:
    """Note all figures of some indicators."""
    for each in shown:
        for area_id, cell in each.cells.iterrows():
            key = f"{each.indicator.id} {each.day} {area_id}"
            evidence.add(key, cell["value"], str(cell["status"]), str(cell["source_id"]))


def told_estimates(shown: Iterable[DatedIndicator]) -> list[str]:
    """Say of every indicator what its estimated values rest on and how far they may be off."""
    told = (
        f"{each.title}: {said}"
        for each in shown
        for said in estimates(
            zip(each.cells["status"], each.cells["note"], strict=True), "Gebieten"
        )
    )
    return list(dict.fromkeys(told))


def source_ids(shown: Iterable[DatedIndicator]) -> list[str]:
    """Return the ids of the sources of some indicators, each once."""
    return tables.source_ids(ids for each in shown for ids in each.cells["source_id"].unique())


def level_statement(
    city: City,
    level: str,
    what: str,
    shown: Sequence[DatedIndicator],
    *,
    address: str = "",
    boundaries: str = "",
) -> Statement:
    """Describe a file on all areas of a level.

    Parameters
    ----------
    city : City
    level, what : str
    shown : sequence of DatedIndicator
        What it rests on.
    address, boundaries : str
        As in `inteso_dash.views.statement.statement`.
    """
    known = city.catalogue.level(level)
    return statement(
        city,
        what=what,
        where=f"{len(city.areas(level))} {known.plural}, {city.catalogue.city.name}",
        dates=[each.day for each in shown],
        source_ids=source_ids(shown),
        address=address,
        boundaries=boundaries,
        estimates=told_estimates(shown),
    )
