"""The long table looked up by level, indicator and Stichtag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.tables.coded import numbered, plain, repeated

CELL = ["value", "status", "source_id", "rounding_error", "note"]
"""Columns of what is said about one area."""

_NUMBERS = ("value", "rounding_error")
_GROUP = ["level", "indicator_id", "date", "division"]
_SOME = 2**20
"""How many rows are counted at a time."""

Wanted = str | dt.date | Collection[str] | Collection[dt.date]
"""What is wanted of a column: one of it, or several."""


@dataclass(frozen=True)
class Cells:
    """What is said about areas, column by column: to take single figures or arrays from.

    Attributes
    ----------
    areas : Index
        area_id.
    columns : mapping of str to array
        `CELL` → as many as there are areas; value and rounding_error as plain arrays of floats.
    """

    areas: pd.Index
    columns: Mapping[str, Any]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Cells:
        """Take a frame apart; it stays what `frame` returns."""
        made = cls(frame.index, columns_of(frame))
        made.__dict__["frame"] = frame
        return made

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The same as a table: index area_id, columns `CELL`."""
        return pd.DataFrame(dict(self.columns), index=self.areas)

    def where(self, chosen: npt.NDArray[np.bool_] | slice) -> Cells:
        """Return some of the areas."""
        taken = {name: column[chosen] for name, column in self.columns.items()}
        return Cells(self.areas[chosen], taken)


Rows = Callable[[int, int], Cells]
"""Returns what stands from one row to before another."""


def columns_of(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns `CELL` of a frame, as `Cells` has them."""
    return {
        name: frame[name].to_numpy(dtype=float) if name in _NUMBERS else frame[name].array
        for name in CELL
    }


def in_places(figures: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Order the long table so that what belongs on one map stands together.

    Parameters
    ----------
    figures : DataFrame
        The long table (`catalogue.LONG_COLUMNS`), coded or plain.

    Returns
    -------
    order : array
        Which row stands where.
    places : DataFrame
        level, indicator_id, date, division, in this order; start and stop (rows in this order),
        valued (how many areas have a value).
    """
    number = numbered(figures, _GROUP)
    order = np.argsort(number, kind="stable")
    number = number[order]
    begins = np.flatnonzero(np.diff(number, prepend=-1))
    del number
    stop = np.append(begins[1:], len(order)) if len(order) else begins
    known = figures["value"].notna().to_numpy() & ~repeated(numbered(figures, PLACE))
    places = plain(figures[_GROUP].iloc[order[begins]]).reset_index(drop=True)
    valued = np.add.reduceat(known[order], begins, dtype=int) if len(order) else begins
    return order, places.assign(start=begins, stop=stop, valued=valued)


def counted(figures: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of the long table by all that they say but area, value and note.

    Parameters
    ----------
    figures : DataFrame
        The long table (`catalogue.LONG_COLUMNS`), coded or plain.

    Returns
    -------
    DataFrame
        level, indicator_id, date, division, source_id, status, in this order; rows, and valued: how
        many of them have a value.
    """
    by = [*_GROUP, "source_id", "status"]
    parts = [
        plain(
            rows.groupby(by, observed=True)["value"].agg(rows="size", valued="count").reset_index()
        )
        for start in range(0, max(1, len(figures)), _SOME)
        for rows in [figures[[*by, "value"]].iloc[start : start + _SOME]]
    ]
    return parts[0] if len(parts) == 1 else pd.concat(parts).groupby(by).sum().reset_index()


def wanted(rows: pd.DataFrame, asked: Mapping[str, Wanted]) -> npt.NDArray[np.bool_]:
    """Say of rows whether they are wanted.

    Parameters
    ----------
    rows : DataFrame
        With the columns that are named.
    asked : mapping
        Column → what is wanted of it.
    """
    found = np.ones(len(rows), dtype=bool)
    for name, each in asked.items():
        several = [each] if isinstance(each, str | dt.date) else each
        known = map(pd.Timestamp, several) if name == "date" else several
        found &= rows[name].isin(list(known)).to_numpy()
    return found


class _Standing(NamedTuple):
    """Where the figures of one level, indicator and Stichtag stand, and how many have a value."""

    division: str
    start: int
    stop: int
    valued: int


@dataclass(frozen=True)
class _Course:
    """What stands of a level and indicator, by Stichtag; the Stichtage oldest first."""

    days: Mapping[dt.date, _Standing]
    all_dates: tuple[dt.date, ...]
    dates: tuple[dt.date, ...]


_NOTHING = _Course({}, (), ())


class Lookup:
    """Where the figures of the long table stand; tables of areas are made when they are asked for.

    Of several divisions with figures of one level, indicator and Stichtag the newest counts, and
    of several rows about one area the first.

    Parameters
    ----------
    places : DataFrame
        As `in_places` returns them.
    catalogue : Catalogue
    rows : callable
        Reads rows of the ordered table, and keeps what it has read as long as it sees fit.
    """

    def __init__(self, places: pd.DataFrame, catalogue: Catalogue, rows: Rows) -> None:
        self._read = rows
        self._catalogue = catalogue
        self._places = places = _newest(places, catalogue)
        level, indicator = (places[name].to_numpy(dtype=object) for name in _GROUP[:2])
        begins = (level[1:] != level[:-1]) | (indicator[1:] != indicator[:-1])
        at = np.concatenate([[0], np.flatnonzero(begins) + 1, [len(places)]]).tolist()
        self._slices = {
            (level[first], indicator[first]): (first, last)
            for first, last in pairwise(at)
            if last > first
        }
        self._days = places["date"].dt.date.tolist()
        self._standings = [places[name].tolist() for name in _Standing._fields]
        self._courses: dict[tuple[str, str], _Course] = {}

    @classmethod
    def of(cls, figures: pd.DataFrame, catalogue: Catalogue) -> Lookup:
        """Look up a long table that lies in memory."""
        order, places = in_places(figures)
        said = figures[["area_id", *CELL]].iloc[order]

        @cache
        def rows(start: int, stop: int) -> Cells:
            return Cells.of(plain(said.iloc[start:stop]).set_index("area_id"))

        return cls(places, catalogue, rows)

    def dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        """Return the Stichtage with at least one value, oldest first."""
        return self._course(level, indicator_id).dates

    def all_dates(self, level: str, indicator_id: str) -> tuple[dt.date, ...]:
        """Return the Stichtage of which anything is said, oldest first."""
        return self._course(level, indicator_id).all_dates

    def division(self, level: str, indicator_id: str | None, date: dt.date) -> str | None:
        """Return the division that counts; without indicator, the newest of the level's."""
        if indicator_id is None:
            return self._divisions.get((level, date))
        found = self._course(level, indicator_id).days.get(date)
        return None if found is None else found.division

    def valued(self, level: str, indicator_id: str, date: dt.date) -> int:
        """Return how many areas of the division that counts have a value."""
        found = self._course(level, indicator_id).days.get(date)
        return 0 if found is None else found.valued

    @property
    def newest(self) -> dt.date | None:
        """The last Stichtag with any value."""
        days = self._places.loc[self._places["valued"] > 0, "date"]
        return None if days.empty else days.max().date()

    def cells(self, level: str, indicator_id: str, date: dt.date) -> Cells | None:
        """Return what is said about areas; None where nothing is."""
        standing = self._course(level, indicator_id).days.get(date)
        if standing is None:
            return None
        rows = self._read(standing.start, standing.stop)
        return rows.where(~rows.areas.duplicated()) if rows.areas.has_duplicates else rows

    def _course(self, level: str, indicator_id: str) -> _Course:
        pair = (level, indicator_id)
        if pair in self._slices and pair not in self._courses:
            own = slice(*self._slices[pair])
            standings = map(_Standing, *(column[own] for column in self._standings))
            days = dict(zip(self._days[own], standings, strict=True))
            known = tuple(day for day, each in days.items() if each.valued)
            self._courses[pair] = _Course(days, tuple(days), known)
        return self._courses.get(pair, _NOTHING)

    @cached_property
    def _divisions(self) -> dict[tuple[str, dt.date], str]:
        found: dict[tuple[str, dt.date], set[str]] = {}
        named = self._places[["level", "date", "division"]].drop_duplicates()
        for level, day, division in named.itertuples(index=False, name=None):
            found.setdefault((level, day.date()), set()).add(division)
        return {key: self._catalogue.level(key[0]).newest(each) for key, each in found.items()}


def _newest(places: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Leave of several divisions of one level, indicator and Stichtag the one that counts."""
    place = _GROUP[:3]
    if not places.duplicated(place).any():
        return places
    listed = {
        (level.id, each.id): at
        for level in catalogue.levels
        for at, each in enumerate(level.divisions)
    }
    pairs = zip(places["level"], places["division"], strict=True)
    age = [-listed.get(pair, -1) for pair in pairs]
    ordered = places.assign(age=age).sort_values([*place, "age"], kind="stable")
    return ordered.drop_duplicates(place).drop(columns="age").reset_index(drop=True)
