"""The long table looked up by level, indicator and Stichtag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue

CELL = ["value", "status", "source_id", "rounding_error", "note"]
"""Columns of what is said about one area."""

_GROUP = ["level", "indicator_id", "date", "division"]

Rows = Callable[[int, int], pd.DataFrame]
"""Returns what stands from one row to before another: index area_id, columns `CELL`."""


def in_places(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Order the long table so that what belongs on one map stands together.

    Parameters
    ----------
    figures : DataFrame
        The long table (`catalogue.LONG_COLUMNS`).

    Returns
    -------
    ordered : DataFrame
        The same rows with their index.
    places : DataFrame
        level, indicator_id, date, division, in this order; start and stop (rows of ``ordered``),
        valued (how many areas have a value).
    """
    number = figures.groupby(_GROUP, sort=True).ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    sizes = np.bincount(number) if len(number) else np.zeros(0, dtype=int)
    stop = np.cumsum(sizes)
    counts = figures["value"].notna().to_numpy() & ~figures.duplicated(PLACE).to_numpy()
    places = figures[_GROUP].iloc[order[stop - sizes]].reset_index(drop=True)
    valued = np.bincount(number, counts, minlength=len(sizes)).astype(int)
    return figures.iloc[order], places.assign(start=stop - sizes, stop=stop, valued=valued)


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
        Reads rows of the ordered table.

    Attributes
    ----------
    dates : dict
        (level, indicator) → Stichtage with at least one value, oldest first.
    all_dates : dict
        (level, indicator) → Stichtage of which anything is said, oldest first.
    divisions : dict
        (level, indicator, Stichtag) → the division that counts; without indicator, the newest of
        the level's.
    valued : dict
        (level, indicator, Stichtag) → how many areas of that division have a value.
    """

    def __init__(self, places: pd.DataFrame, catalogue: Catalogue, rows: Rows) -> None:
        self._read = rows
        self._rows: dict[tuple[str, str, dt.date], tuple[int, int]] = {}
        self._cells: dict[tuple[str, str, dt.date], pd.DataFrame] = {}
        self.divisions: dict[tuple[str, str | None, dt.date], str] = {}
        self.valued: dict[tuple[str, str, dt.date], int] = {}
        found: dict[tuple[str, str, dt.date], dict[str, tuple[int, int, int]]] = {}
        for level, indicator_id, day, division, *where in places.itertuples(index=False, name=None):
            found.setdefault((level, indicator_id, day.date()), {})[division] = tuple(where)
        days: dict[tuple[str, str], list[dt.date]] = {}
        valued: dict[tuple[str, str], list[dt.date]] = {}
        for (level, indicator_id, date), by_division in sorted(found.items()):
            newest = catalogue.level(level).newest
            chosen = newest(by_division)
            start, stop, known = by_division[chosen]
            self._rows[level, indicator_id, date] = start, stop
            self.valued[level, indicator_id, date] = int(known)
            self.divisions[level, indicator_id, date] = chosen
            before = self.divisions.get((level, None, date), chosen)
            self.divisions[level, None, date] = newest([chosen, before])
            days.setdefault((level, indicator_id), []).append(date)
            if known:
                valued.setdefault((level, indicator_id), []).append(date)
        self.all_dates = {key: tuple(each) for key, each in days.items()}
        self.dates = {key: tuple(each) for key, each in valued.items()}

    @classmethod
    def of(cls, figures: pd.DataFrame, catalogue: Catalogue) -> Lookup:
        """Look up a long table that lies in memory."""
        ordered, places = in_places(figures)
        said = ordered.set_index("area_id")[CELL]
        return cls(places, catalogue, lambda start, stop: said.iloc[start:stop])

    def cells(self, level: str, indicator_id: str, date: dt.date) -> pd.DataFrame | None:
        """Return what is said about areas; None where nothing is.

        Returns
        -------
        DataFrame or None
            Index area_id, columns `CELL`.
        """
        key = (level, indicator_id, date)
        if key in self._rows and key not in self._cells:
            rows = self._read(*self._rows[key])
            self._cells[key] = rows[~rows.index.duplicated()] if rows.index.has_duplicates else rows
        return self._cells.get(key)
