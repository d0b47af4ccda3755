"""The one long table: its rows while they are gathered, and its frames."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.catalogue.tables import Column
from inteso_dash.language.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inteso_dash.catalogue import Catalogue

NO_VALUE = frozenset({Status.SUPPRESSED, Status.NOT_DELIVERED, Status.UNINHABITED, Status.MERGED})
"""Statuses of a figure that has no value."""

MERGED_COLUMNS = ("level", "division", "indicator_id", "date", "area_id", "contained_in")
_EPOCH = dt.date(1970, 1, 1).toordinal()
PRINTED_COLUMNS = (
    "level",
    "area_id",
    "indicator_id",
    "date",
    "value",
    "unit",
    "note",
    "source_id",
)


class FigureKey(NamedTuple):
    """The primary key of the long table, in its order."""

    level: str
    division: str
    area_id: str
    indicator_id: str
    date: dt.date
    source_id: str


@dataclass(slots=True)
class FigureRow:
    """One row of the long table, with decimals, column and remark it was published with."""

    key: FigureKey
    value: float
    status: Status
    decimals: int
    column: Column
    note: str = ""


@dataclass
class Figures:
    """What tables of figures deliver: rows in the order of the columns above."""

    rows: list[FigureRow] = field(default_factory=list)
    merged: list[tuple[str, str, str, dt.date, str, str]] = field(default_factory=list)
    printed: list[tuple[str, str, str, dt.date, str, str, str, str]] = field(default_factory=list)


def long_frame(figures: Sequence[FigureRow], catalogue: Catalogue) -> pd.DataFrame:
    """Return the figures as the long table.

    Parameters
    ----------
    figures : sequence of FigureRow
    catalogue : Catalogue

    Returns
    -------
    DataFrame
        Columns ``LONG_COLUMNS``: strings, ``date`` as datetime64[ns], ``value`` and
        ``rounding_error`` as float. ``rounding_error`` is half of the last published decimal,
        0 for exact counts and true zeros, NaN where there is no value. How many decimals were
        published is judged from all values of an indicator in a source, as a file may drop a
        final zero. ``note`` is what the source remarks on the figure, or why there is no value.
        Sorted by `FigureKey`.
    """
    decimals: dict[tuple[str, str, str], int] = {}
    for figure in figures:
        group = (figure.key.indicator_id, figure.key.source_id, figure.key.level)
        decimals[group] = max(decimals.get(group, 0), figure.decimals)
    rows = []
    for figure in sorted(figures, key=attrgetter("key")):
        level, division, area_id, indicator_id, date, source_id = figure.key
        error = _rounding_error(figure, decimals[indicator_id, source_id, level], catalogue)
        status = str(figure.status)
        key = (level, division, area_id, indicator_id, date)
        rows.append((*key, figure.value, status, source_id, error, figure.note))
    return _frame(rows, LONG_COLUMNS)


def _rounding_error(figure: FigureRow, decimals: int, catalogue: Catalogue) -> float:
    if math.isnan(figure.value):
        return math.nan
    if figure.status is Status.ZERO:
        return 0.0
    factor = abs(figure.column.factor)
    if figure.column.rounded_to is not None:
        return figure.column.rounded_to / 2 * factor
    indicator = catalogue.indicator(figure.key.indicator_id)
    if indicator.kind == "extensive" and indicator.decimals == 0 == decimals and factor == 1:
        return 0.0
    return 0.5 * 10.0**-decimals * factor


def merged_frame(figures: Figures) -> pd.DataFrame:
    """Return which figures are contained in those of another area."""
    return _frame(figures.merged, MERGED_COLUMNS)


def printed_frame(figures: Figures) -> pd.DataFrame:
    """Return the rows of a long table as they were printed, values as text."""
    return _frame(figures.printed, PRINTED_COLUMNS)


def _frame(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    data: dict[str, object] = {}
    numeric = {"value", "rounding_error"} if columns == LONG_COLUMNS else set()
    for column, cells in zip(columns, values, strict=True):
        if column == "date":
            days = np.array([cell.toordinal() - _EPOCH for cell in cells], dtype="datetime64[D]")
            data[column] = days.astype("datetime64[ns]")
        elif column in numeric:
            data[column] = np.array(cells, dtype="float")
        else:
            data[column] = pd.array(list(cells), dtype="str")
    return pd.DataFrame(data, columns=list(columns))
