"""A city with figures of one more level laid over those of another, which stay where they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from functools import cached_property
from typing import Any

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.lookup import Cells, Lookup, Wanted, counted, wanted


class LaidCity(City):
    """What is asked of the level is answered from its figures, all else from the city below.

    A copy that `dataclasses.replace` makes is a city like any other, with all figures in one table.
    """

    _below: City | None = None
    _level: str
    _own: pd.DataFrame

    @classmethod
    def of(cls, below: City, level: str, own: pd.DataFrame, **changes: object) -> LaidCity:
        """Lay figures over a city.

        Parameters
        ----------
        below : City
        level : str
            The level of the figures; what the city below has of it is not seen.
        own : DataFrame
            Long table (`catalogue.LONG_COLUMNS`) of the level.
        **changes
            Fields of the city that are others than below.
        """
        kept: dict[str, Any] = {
            each.name: own if each.name == "figures" else getattr(below, each.name)
            for each in fields(City)
        }
        made = cls(**{**kept, "_areas": {}, **changes})
        del made.__dict__["figures"]
        made.__dict__ |= {"_below": below, "_level": level, "_own": own}
        return made

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The long table."""
        return self.rows()

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How many figures there are of what, as `lookup.counted` returns them."""
        if self._below is None:
            return counted(self.figures)
        below = self._below.counts
        parts = [below[below["level"] != self._level], counted(self._own)]
        return pd.concat(parts, ignore_index=True)

    def rows(self, **asked: Wanted) -> pd.DataFrame:
        """Return some rows of the long table, as `City.rows`."""
        if self._below is None:
            return super().rows(**asked)
        below = self._below.rows(**asked)
        own = self._own[wanted(self._own, asked)]
        return pd.concat([below[below["level"] != self._level], own], ignore_index=True)

    @cached_property
    def _lookup(self) -> Lookup:
        if self._below is None:
            return Lookup.of(self.figures, self.catalogue)
        return _LaidLookup(self._below, self._level, Lookup.of(self._own, self.catalogue))


class _LaidLookup(Lookup):
    """Looks up one level in a table of its own."""

    def __init__(self, below: City, level: str, own: Lookup) -> None:
        self._city, self._level, self._own = below, level, own

    def _of(self, level: str) -> Lookup:
        found: Lookup = self._own if level == self._level else self._city._lookup  # noqa: SLF001
        return found

    def dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        return self._of(level).dates(level, indicator_id)

    def all_dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        return self._of(level).all_dates(level, indicator_id)

    def division(self, level: str, indicator_id: str | None, date: dt.date) -> str | None:
        return self._of(level).division(level, indicator_id, date)

    def valued(self, level: str, indicator_id: str, date: dt.date) -> int:
        return self._of(level).valued(level, indicator_id, date)

    def cells(self, level: str, indicator_id: str, date: dt.date) -> Cells | None:
        return self._of(level).cells(level, indicator_id, date)

    @property
    def newest(self) -> dt.date | None:
        return self._city._lookup.newest  # noqa: SLF001
