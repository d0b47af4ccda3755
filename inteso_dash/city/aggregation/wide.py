"""Figures of one level at one date as a table: areas by indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue.tables import joined_ids, source_ids
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import factorized, repeated, written_out

NO_VALUE = [str(Status.UNINHABITED), str(Status.MERGED)]
"""Statuses of cells that have no value of their own and lack none."""

ON_ESTIMATES = "Aus geschätzten Werten berechnet."
"""Note of a computed figure that rests on an estimate."""

ON_SHARES = "Mittel der Werte der Teilgebiete, gewichtet mit dem, worauf sie sich beziehen."
"""Note of a ratio made from ratios, because their counts were not delivered."""

NO_BASE = "Worauf sich der Wert bezieht, ist null."
"""Note of a ratio of nothing to nothing."""

Numbers = npt.NDArray[Any]
"""Arrays by area, of numbers or words."""

_STATUSES = tuple(Status)
CODE = {each: at for at, each in enumerate(_STATUSES)}
"""Statuses as the numbers that stand for them in `Arrays`."""

SILENT = -1
"""Stands there where nothing is said."""

_WORDS: Numbers = np.array([*map(str, _STATUSES), None], dtype=object)
_EXCUSED: Numbers = np.array([*(each in NO_VALUE for each in _STATUSES), False])

Merged = Mapping[str, Mapping[str, str]]
"""Indicator id → {area published together with another: the area that contains it}."""


@dataclass(frozen=True)
class Matrix:
    """Figures of one level at one date: rows are areas, columns are indicators.

    Attributes
    ----------
    value : DataFrame
        NaN where there is no value.
    status : DataFrame
        `Status` values.
    error : DataFrame
        Largest error by rounding, in the indicator's unit.
    note : DataFrame
        Why there is no value, in German, or what is to be known about it; empty elsewhere.
    source : DataFrame
        Ids of the sources that a figure is made from, joined by commas; empty where nobody asks.
    """

    value: pd.DataFrame
    status: pd.DataFrame
    error: pd.DataFrame
    note: pd.DataFrame
    source: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def frames(self) -> tuple[pd.DataFrame, ...]:
        """All tables, in the order above."""
        return self.value, self.status, self.error, self.note, self.source


@dataclass(frozen=True)
class Arrays:
    """The columns of a `Matrix` as arrays by area, to be worked on and added to.

    Attributes
    ----------
    areas : Index
    value, status, error, note, source : dict of str to array
        As the tables of `Matrix`, by indicator; statuses as numbers (`CODE`).
    """

    areas: pd.Index
    value: dict[str, Numbers]
    status: dict[str, Numbers]
    error: dict[str, Numbers]
    note: dict[str, Numbers]
    source: dict[str, Numbers]

    @classmethod
    def of(cls, given: Matrix, areas: pd.Index) -> Arrays:
        """Copy the rows of some areas, all of which the matrix has."""
        at = given.value.index.get_indexer(areas)
        source = given.source
        if source.empty:
            source = pd.DataFrame("", index=given.value.index, columns=given.value.columns)

        def columns(cells: Numbers) -> dict[str, Numbers]:
            return dict(zip(given.value.columns, np.ascontiguousarray(cells[at].T), strict=True))

        return cls(
            areas,
            columns(given.value.to_numpy(dtype=float)),
            columns(_coded(given.status)),
            columns(given.error.to_numpy(dtype=float)),
            columns(_texts(given.note)),
            columns(_texts(source)),
        )

    @classmethod
    def told(cls, rows: pd.DataFrame) -> Arrays:
        """Turn the long rows of one level and date into arrays; the first source of a cell wins.

        Parameters
        ----------
        rows : DataFrame
            Coded (`tables.coded`) or plain.
        """
        at, areas = factorized(rows["area_id"])
        to, indicators = factorized(rows["indicator_id"])
        first = ~repeated(to * len(areas) + at)
        at, to = at[first], to[first]

        def columns(cells: Numbers, absent: object) -> dict[str, Numbers]:
            table: Numbers = np.full((len(indicators), len(areas)), absent, dtype=cells.dtype)
            table[to, at] = cells[first]
            return dict(zip(indicators, table, strict=True))

        def texts(name: str) -> Numbers:
            cells = written_out(rows[name])
            cells[rows[name].isna().to_numpy()] = ""
            return cells

        states, words = factorized(rows["status"])
        return cls(
            areas.rename("area_id"),
            columns(rows["value"].to_numpy(dtype=float), np.nan),
            columns(_numbers_of(words)[states], SILENT),
            columns(rows["rounding_error"].fillna(0.0).to_numpy(dtype=float), 0.0),
            columns(texts("note"), ""),
            columns(texts("source_id"), ""),
        )

    def without(self, indicator_ids: Collection[str]) -> Arrays:
        """Leave columns out; the others are the same arrays."""
        kept = [name for name in self.value if name not in indicator_ids]
        return Arrays(self.areas, *({name: one[name] for name in kept} for one in self._tables))

    def taken(self, areas: pd.Index) -> Arrays:
        """Copy the rows of some areas, all of which are there."""
        at = self.areas.get_indexer(areas)
        tables = ({name: each[at] for name, each in one.items()} for one in self._tables)
        return Arrays(areas, *tables)

    @property
    def _tables(self) -> tuple[dict[str, Numbers], ...]:
        return self.value, self.status, self.error, self.note, self.source

    def matrix(self) -> Matrix:
        """Return the columns as tables."""
        status = {name: statuses(codes) for name, codes in self.status.items()}
        return Matrix(
            _table(self.value, self.areas, float),
            _table(status, self.areas, object),
            _table(self.error, self.areas, float),
            _table(self.note, self.areas, object),
            _table(self.source, self.areas, object),
        )

    def said(self) -> dict[str, Numbers]:
        """Say by indicator of which areas anything is said."""
        return {name: codes != SILENT for name, codes in self.status.items()}

    def has(self, indicator_ids: Iterable[str]) -> bool:
        """Say whether all these indicators are columns."""
        return all(indicator_id in self.value for indicator_id in indicator_ids)

    def add(self, indicator_id: str) -> None:
        """Add a column about which nothing is said, where there is none."""
        if indicator_id not in self.value:
            size = len(self.areas)
            self.value[indicator_id] = np.full(size, np.nan)
            self.status[indicator_id] = np.full(size, SILENT)
            self.error[indicator_id] = np.zeros(size)
            self.note[indicator_id] = np.full(size, "", dtype=object)
            self.source[indicator_id] = np.full(size, "", dtype=object)

    def places(self) -> dict[str, int]:
        """Return where each area stands."""
        return {area: at for at, area in enumerate(self.areas)}


def statuses(codes: Numbers) -> Numbers:
    """Write the numbers of statuses out, None where nothing is said.

    Examples
    --------
    >>> statuses(np.array([CODE[Status.ZERO], SILENT])).tolist()
    ['zero', None]
    """
    return _WORDS[codes]


def excused(codes: Numbers) -> Numbers:
    """Say of statuses whether cells have no value of their own and lack none."""
    return _EXCUSED[codes]


def _coded(table: pd.DataFrame) -> Numbers:
    codes, words = pd.factorize(table.to_numpy(dtype=object).ravel())
    return _numbers_of(words)[codes].reshape(table.shape)


def _numbers_of(words: Iterable[str]) -> Numbers:
    """Return the numbers of statuses, and last what stands where nothing is said."""
    return np.array([*(CODE[Status(each)] for each in words), SILENT])


def _texts(table: pd.DataFrame) -> Numbers:
    cells = table.to_numpy(dtype=object)
    codes, words = pd.factorize(cells.ravel())
    return np.array([*words, ""], dtype=object)[codes].reshape(table.shape)


def _table(columns: Mapping[str, Numbers], areas: pd.Index, kind: type) -> pd.DataFrame:
    cells: Numbers = np.array(list(columns.values()), dtype=kind).reshape(len(columns), len(areas))
    names = pd.Index(list(columns), dtype="str")
    return pd.DataFrame(cells.T, index=areas, columns=names, dtype=kind)


def matrix(rows: pd.DataFrame) -> Matrix:
    """Turn the long rows of one level and date into a `Matrix`, as `Arrays.told`."""
    return Arrays.told(rows).matrix()


def joined(*notes: str) -> str:
    """Write several notes as one, each once.

    Examples
    --------
    >>> joined("", "Eins.", "Zwei.", "Eins.")
    'Eins. Zwei.'
    """
    return " ".join(dict.fromkeys(filter(None, notes)))


def estimated(arrays: Arrays, indicator_ids: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Say by area whether one of some indicators is estimated, or made from estimates."""
    guessed = np.zeros(len(arrays.areas), dtype=bool)
    for name in indicator_ids:
        guessed |= arrays.status[name] == CODE[Status.ESTIMATED]
        for at in np.flatnonzero(arrays.note[name] != "").tolist():
            guessed[at] |= ON_ESTIMATES in arrays.note[name][at]
    return guessed


def cited(texts: Iterable[str]) -> str:
    """Write the ids of several lists of sources as one list.

    Examples
    --------
    >>> cited(["b, a", "", "c, a"])
    'a, b, c'
    """
    return joined_ids(sorted(source_ids(texts)))


def sources(arrays: Arrays, indicator_ids: Iterable[str]) -> Numbers:
    """Return by area the sources of some indicators together."""
    columns = [
        arrays.source[name] for name in dict.fromkeys(indicator_ids) if name in arrays.source
    ]
    size = len(arrays.areas)
    if size and all((column == column[0]).all() for column in columns):
        return np.full(size, cited(column[0] for column in columns), dtype=object)
    lists = list(zip(*columns, strict=True)) if columns else [()] * size
    written = {parts: cited(parts) for parts in set(lists)}
    return np.array([written[parts] for parts in lists], dtype=object)


def added_up(
    arrays: Arrays, indicator_ids: Iterable[str], contained: Mapping[str, str]
) -> tuple[Numbers, Numbers]:
    """Add up counts, those of areas published together at the area that holds them.

    Parameters
    ----------
    arrays : Arrays
        With columns of these indicators.
    indicator_ids : iterable of str
    contained : mapping
        Area published together with another → the area that contains it.

    Returns
    -------
    tuple of array
        Sum and largest error by area; NaN where a part is missing, and for contained areas.
    """
    parts = list(indicator_ids)
    none = np.zeros(len(arrays.areas))
    error = sum((arrays.error[name] for name in parts), none)
    whole = sum((arrays.value[name] for name in parts), none)
    if not contained:
        return whole, error
    together = sum((_without_own(arrays, name) for name in parts), none)
    doubt, places = error.copy(), arrays.places()
    for member, holder in contained.items():
        if member in places and holder in places:
            whole[places[holder]] += together[places[member]]
            doubt[places[holder]] += error[places[member]]
            whole[places[member]] = np.nan
    return whole, doubt


def _without_own(arrays: Arrays, name: str) -> Numbers:
    """Return a count, 0 where areas have none of their own."""
    value = arrays.value[name]
    return np.where(np.isnan(value) & excused(arrays.status[name]), 0.0, value)
