"""A table of the page: what the screen shows of it, and what its file holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from inteso_dash.language import formats


@dataclass(frozen=True)
class FileTable:
    """A table of the page.

    Attributes
    ----------
    title : str
        What it holds; also the name of its file.
    table : DataFrame
        All columns.
    file_only : tuple of str
        Columns that the screen leaves out: they say the same in every row, or stand elsewhere.
    screen : DataFrame or None
        What the screen shows instead, where the table is easier to read in another form.
    """

    title: str
    table: pd.DataFrame
    file_only: tuple[str, ...] = ()
    screen: pd.DataFrame | None = None

    @property
    def on_screen(self) -> pd.DataFrame:
        """The columns that the screen shows: those with anything in them."""
        if self.screen is not None:
            return self.screen
        table = self.table.drop(columns=list(self.file_only))
        return table.drop(columns=[name for name in table.columns if self._is_empty(str(name))])

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The Stichtage that its rows name, in order; none where they name no day."""
        days = self.table.get("Stichtag", pd.Series(dtype=object))
        return tuple(sorted({day for day in days if isinstance(day, dt.date) and pd.notna(day)}))

    @property
    def empty(self) -> list[str]:
        """Columns of numbers for which nothing is known in any row."""
        numbers = self.table.drop(columns=list(self.file_only)).select_dtypes("number")
        return [str(name) for name in numbers.columns if self._is_empty(str(name))]

    def _is_empty(self, name: str) -> bool:
        return bool(len(self.table) and self.table[name].isna().all())


DECIMALS = {
    "je 1.000 Einwohner": 1,
    "Ist durch Soll": 2,
    "Dissimilarität": 3,
    "Gini": 3,
    "Mittlere Größe": 1,
    "Länge (Grad)": 5,
    "Breite (Grad)": 5,
}
"""Decimals of the columns that are neither counts nor percentages."""


def decimals(column: str) -> int:
    """Return the decimals of a column: one for percentages, none for counts.

    Examples
    --------
    >>> decimals("Anteil (%)"), decimals("Plätze"), decimals("Ist durch Soll")
    (1, 0, 2)
    """
    return DECIMALS.get(column, 1 if column.endswith("(%)") else 0)


def for_file(table: pd.DataFrame) -> pd.DataFrame:
    """Round the numbers as they are shown, as cells that `exports.to_csv` writes.

    Examples
    --------
    >>> for_file(pd.DataFrame({"Soll": [1.5], "Ist durch Soll": [0.987]})).iloc[0].tolist()
    [Decimal('2'), Decimal('0.99')]
    """

    def cell(value: object, digits: int) -> object:
        if isinstance(value, float | np.floating):
            return formats.rounded(float(value), digits)
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if isinstance(value, pd.Timestamp):
            return value.date()
        known = isinstance(value, str | Decimal) or (isinstance(value, dt.date) and value == value)
        return value if known else None

    columns = {
        name: pd.Series(
            [cell(each, decimals(str(name))) for each in table[name].tolist()], dtype=object
        )
        for name in table.columns
    }
    return pd.DataFrame(columns)
