"""The long table looked up by level, indicator and Stichtag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue

CELL = ["value", "status", "source_id", "rounding_error", "note"]
"""Columns of what is said about one area."""

_GROUP = ["level", "indicator_id", "date", "division"]


class Lookup:
    """Where the figures of the long table stand; tables of areas are made when they are asked for.

    Of several divisions with figures of one level, indicator and Stichtag the newest counts, and
    of several rows about one area the first.

    Parameters
    ----------
    figures : DataFrame
        The long table (`catalogue.LONG_COLUMNS`).
    catalogue : Catalogue

    Attributes
    ----------
    dates : dict
        (level, indicator) → Stichtage with at least one value, oldest first.
    all_dates : dict
        (level, indicator) → Stichtage of which anything is said, oldest first.
    divisions : dict
        (level, indicator, Stichtag) → the division that counts; without indicator, the newest of
        the level's.
    """

    def __init__(self, figures: pd.DataFrame, catalogue: Catalogue) -> None:
        self._said = figures.set_index("area_id")[CELL]
        self._rows: dict[tuple[str, str, dt.date], npt.NDArray[np.intp]] = {}
        self._cells: dict[tuple[str, str, dt.date], pd.DataFrame] = {}
        self.divisions: dict[tuple[str, str | None, dt.date], str] = {}
        self.dates: dict[tuple[str, str], tuple[dt.date, ...]] = {}
        self.all_dates: dict[tuple[str, str], tuple[dt.date, ...]] = {}
        first = ~figures.duplicated(PLACE).to_numpy()
        known = figures["value"].notna().to_numpy()
        found: dict[tuple[str, str, dt.date], dict[str, npt.NDArray[np.intp]]] = {}
        groups: Mapping[Any, Any] = figures.groupby(_GROUP, sort=False).indices
        for (level, indicator_id, day, division), rows in groups.items():
            found.setdefault((level, indicator_id, day.date()), {})[division] = rows
        days: dict[tuple[str, str], list[dt.date]] = {}
        valued: dict[tuple[str, str], list[dt.date]] = {}
        for (level, indicator_id, date), by_division in sorted(found.items()):
            newest = catalogue.level(level).newest
            chosen = newest(by_division)
            rows = by_division[chosen][first[by_division[chosen]]]
            self._rows[level, indicator_id, date] = rows
            self.divisions[level, indicator_id, date] = chosen
            before = self.divisions.get((level, None, date), chosen)
            self.divisions[level, None, date] = newest([chosen, before])
            days.setdefault((level, indicator_id), []).append(date)
            if known[rows].any():
                valued.setdefault((level, indicator_id), []).append(date)
        self.all_dates = {key: tuple(each) for key, each in days.items()}
        self.dates = {key: tuple(each) for key, each in valued.items()}

    def cells(self, level: str, indicator_id: str, date: dt.date) -> pd.DataFrame | None:
        """Return what is said about areas; None where nothing is.

        Returns
        -------
        DataFrame or None
            Index area_id, columns `CELL`.
        """
        key = (level, indicator_id, date)
        if key in self._rows and key not in self._cells:
            self._cells[key] = self._said.iloc[self._rows[key]]
        return self._cells.get(key)
