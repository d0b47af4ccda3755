"""The one long table: its rows while they are gathered, and its frames."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.catalogue.tables import Column
from inteso_dash.language.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


class FigureGroup(NamedTuple):
    """What the figures of a column have in common: their key but for the area."""

    level: str
    division: str
    indicator_id: str
    date: dt.date
    source_id: str


class FigureKey(NamedTuple):
    """The primary key of the long table, in its order."""

    level: str
    division: str
    area_id: str
    indicator_id: str
    date: dt.date
    source_id: str

    @property
    def group(self) -> FigureGroup:
        """The key without the area."""
        return FigureGroup(self.level, self.division, self.indicator_id, self.date, self.source_id)


@dataclass(slots=True)
class FigureRow:
    """One row of the long table, with decimals, column and remark it was published with."""

    key: FigureKey
    value: float
    status: Status
    decimals: int
    column: Column
    note: str = ""


@dataclass(frozen=True, eq=False)
class Block:
    """Plain numbers of one column, of none of which anything is to be said.

    Attributes
    ----------
    group : FigureGroup
    areas : tuple of str
        In the order of the file; shared by the columns of a table where they have the same.
    values : array
        By area, none missing.
    decimals : int
        The most that one of them is written with.
    column : Column
    """

    group: FigureGroup
    areas: tuple[str, ...]
    values: npt.NDArray[np.float64]
    decimals: int
    column: Column

    @property
    def status(self) -> Status:
        """What all of them are: measured, or rounded where the column is declared so."""
        return Status.MEASURED if self.column.rounded_to is None else Status.ROUNDED

    def rows(self) -> Iterator[FigureRow]:
        """Yield the numbers one by one."""
        level, division, indicator_id, date, source_id = self.group
        for area, value in zip(self.areas, self.values.tolist(), strict=True):
            key = FigureKey(level, division, area, indicator_id, date, source_id)
            yield FigureRow(key, value, self.status, self.decimals, self.column)


@dataclass
class Figures:
    """What tables of figures deliver.

    Attributes
    ----------
    rows : list of FigureRow
        Figures one by one.
    blocks : list of Block
        Figures by the column.
    areas : tuple of str
        The areas of these columns, as the file has them.
    merged, printed : list of tuple
        Rows in the order of the columns above.
    """

    rows: list[FigureRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    areas: tuple[str, ...] = ()
    merged: list[tuple[str, str, str, dt.date, str, str]] = field(default_factory=list)
    printed: list[tuple[str, str, str, dt.date, str, str, str, str]] = field(default_factory=list)

    def separate(self) -> None:
        """Make single figures of all columns, area by area as in the file."""
        every = [*self.rows, *(row for block in self.blocks for row in block.rows())]
        if self.blocks:
            line = {area: at for at, area in enumerate(self.areas)}
            every.sort(key=lambda figure: (line[figure.key.area_id], figure.key.indicator_id))
        self.rows, self.blocks = every, []


def long_frame(figures: Figures, catalogue: Catalogue) -> pd.DataFrame:
    """Return the figures as the long table.

    Parameters
    ----------
    figures : Figures
    catalogue : Catalogue

    Returns
    -------
    DataFrame
        Columns ``LONG_COLUMNS``: texts coded (`tables.coded`), ``date`` as datetime64[ns],
        ``value`` and ``rounding_error`` as float. ``rounding_error`` is half of the last published
        decimal, 0 for exact counts and true zeros, NaN where there is no value. How many decimals
        were published is judged from all values of an indicator in a source, as a file may drop a
        final zero. ``note`` is what the source remarks on the figure, or why there is no value.
        Sorted by `FigureKey`.
    """
    decimals: dict[tuple[str, str, str], int] = {}
    told: list[tuple[FigureGroup, int]] = [(row.key.group, row.decimals) for row in figures.rows]
    told += [(block.group, block.decimals) for block in figures.blocks]
    for group, most in told:
        series = (group.indicator_id, group.source_id, group.level)
        decimals[series] = max(decimals.get(series, 0), most)

    def error(group: FigureGroup, column: Column) -> float:
        most = decimals[group.indicator_id, group.source_id, group.level]
        return _rounding_error(group.indicator_id, column, most, catalogue)

    rows = figures.rows
    blocks = [block for block in figures.blocks if block.areas]
    sizes = [len(block.areas) for block in blocks]
    columns: dict[str, npt.NDArray[Any]] = {}
    words: dict[str, list[Any]] = {}
    for at, name in enumerate(FigureKey._fields):
        own: list[Any] = [row.key[at] for row in rows]
        if name == "area_id":
            coded = _coded(own, [block.areas for block in blocks])
        else:
            coded = _coded(own, [(getattr(block.group, name),) for block in blocks], sizes)
        columns[name], words[name] = coded
    order = np.lexsort([columns[name] for name in reversed(FigureKey._fields)])
    for name, told_of in (("status", "status"), ("note", "")):
        own = [str(getattr(row, name)) for row in rows]
        alike = [(str(getattr(block, told_of)) if told_of else "",) for block in blocks]
        columns[name], words[name] = _coded(own, alike, sizes)
    values = [np.array([row.value for row in rows], dtype=float), *(each.values for each in blocks)]
    errors = [_own_error(row, error(row.key.group, row.column)) for row in rows]
    by_column = [error(block.group, block.column) for block in blocks]
    frame: dict[str, object] = {
        name: _days(words[name])[columns[name][order]]
        if name == "date"
        else pd.Categorical.from_codes(
            columns[name][order], pd.Index(words[name], dtype="str"), validate=False
        )
        for name in columns
    }
    frame["value"] = np.concatenate(values)[order]
    frame["rounding_error"] = np.concatenate([errors, np.repeat(by_column, sizes)])[order]
    return pd.DataFrame({name: frame[name] for name in LONG_COLUMNS}, copy=False)


def _coded(
    own: Sequence[Any], by_block: Sequence[tuple[Any, ...]], sizes: Sequence[int] = ()
) -> tuple[npt.NDArray[Any], list[Any]]:
    """Write words as places in the ordered list of them, those of blocks after the others.

    Parameters
    ----------
    own : sequence
    by_block : sequence of tuple
        The words of each block; one word holds for all figures of it where ``sizes`` is given.
    sizes : sequence of int
    """
    known = {id(words): words for words in by_block}
    listed = sorted(set(own).union(*known.values()))
    place = {word: at for at, word in enumerate(listed)}
    small = np.min_scalar_type(-max(1, len(listed)))
    codes = {key: np.array([place[word] for word in words], small) for key, words in known.items()}
    alone = np.array([place[word] for word in own], dtype=small)
    if not by_block:
        return alone, listed
    together = np.concatenate([codes[id(words)] for words in by_block])
    return np.concatenate([alone, np.repeat(together, sizes) if sizes else together]), listed


def _own_error(figure: FigureRow, error: float) -> float:
    if math.isnan(figure.value):
        return math.nan
    return 0.0 if figure.status is Status.ZERO else error


def _rounding_error(
    indicator_id: str, column: Column, decimals: int, catalogue: Catalogue
) -> float:
    factor = abs(column.factor)
    if column.rounded_to is not None:
        return column.rounded_to / 2 * factor
    indicator = catalogue.indicator(indicator_id)
    if indicator.kind == "extensive" and indicator.decimals == 0 == decimals and factor == 1:
        return 0.0
    return 0.5 * 10.0**-decimals * factor


def _days(dates: Sequence[dt.date]) -> npt.NDArray[np.datetime64]:
    days = np.array([each.toordinal() - _EPOCH for each in dates], dtype="datetime64[D]")
    return days.astype("datetime64[ns]")


def merged_frame(figures: Figures) -> pd.DataFrame:
    """Return which figures are contained in those of another area."""
    return _frame(figures.merged, MERGED_COLUMNS)


def printed_frame(figures: Figures) -> pd.DataFrame:
    """Return the rows of a long table as they were printed, values as text."""
    return _frame(figures.printed, PRINTED_COLUMNS)


def _frame(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    data: dict[str, object] = {
        column: _days(cells) if column == "date" else pd.array(list(cells), dtype="str")
        for column, cells in zip(columns, values, strict=True)
    }
    return pd.DataFrame(data, columns=list(columns))
