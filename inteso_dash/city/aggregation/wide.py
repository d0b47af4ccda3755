"""Figures of one level at one date as a table: areas by indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.language.statuses import Status

NO_VALUE = [str(Status.UNINHABITED), str(Status.MERGED)]
"""Statuses of cells that have no value of their own and lack none."""

ON_ESTIMATES = "Aus geschätzten Werten berechnet."
"""Note of a computed figure that rests on an estimate."""

ON_SHARES = "Mittel der Werte der Teilgebiete, gewichtet mit dem, worauf sie sich beziehen."
"""Note of a ratio made from ratios, because their counts were not delivered."""

NO_BASE = "Worauf sich der Wert bezieht, ist null."
"""Note of a ratio of nothing to nothing."""

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

    def has(self, indicator_ids: Iterable[str]) -> bool:
        """Say whether all these indicators are columns."""
        return all(indicator_id in self.value for indicator_id in indicator_ids)

    def total(self, indicator_ids: Iterable[str]) -> pd.Series:
        """Add up several extensive indicators; NaN where one of them is missing."""
        return self.value[list(indicator_ids)].sum(axis=1, skipna=False)

    def total_error(self, indicator_ids: Iterable[str]) -> pd.Series:
        """Add up the largest errors of several indicators."""
        return self.error[list(indicator_ids)].sum(axis=1)


def matrix(rows: pd.DataFrame) -> Matrix:
    """Turn the long rows of one level and date into a `Matrix`; the first source of a cell wins."""
    unique = rows.drop_duplicates(["area_id", "indicator_id"])

    def wide(column: str) -> pd.DataFrame:
        return unique.pivot(index="area_id", columns="indicator_id", values=column)

    value, status = wide("value").astype(float), wide("status")
    error = wide("rounding_error").astype(float).fillna(0.0)
    note, source = (wide(name).fillna("").astype(object) for name in ("note", "source_id"))
    return Matrix(value, status.where(status.notna(), None), error, note, source)


def joined(*notes: str) -> str:
    """Write several notes as one, each once.

    Examples
    --------
    >>> joined("", "Eins.", "Zwei.", "Eins.")
    'Eins. Zwei.'
    """
    return " ".join(dict.fromkeys(filter(None, notes)))


def estimated(frames: Matrix, indicator_ids: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Say by area whether one of some indicators is estimated, or made from estimates."""
    names = list(indicator_ids)
    guessed = frames.status[names] == str(Status.ESTIMATED)
    told = frames.note[names].map(lambda note: ON_ESTIMATES in note)
    return (guessed | told).any(axis=1).to_numpy(dtype=bool)


def cited(texts: Iterable[str]) -> str:
    """Write the ids of several lists of sources as one list.

    Examples
    --------
    >>> cited(["b, a", "", "c, a"])
    'a, b, c'
    """
    return ", ".join(sorted({key for text in texts for key in text.split(", ") if key}))


def sources(frames: Matrix, indicator_ids: Iterable[str]) -> npt.NDArray[np.object_]:
    """Return by area the sources of some indicators together."""
    texts = frames.source.reindex(frames.value.index, columns=list(dict.fromkeys(indicator_ids)))
    lists = texts.astype(object).where(texts.notna(), "").to_numpy()
    written = {parts: cited(parts) for parts in set(map(tuple, lists))}
    return np.array([written[tuple(parts)] for parts in lists], dtype=object)


def added_up(
    frames: Matrix, indicator_ids: Sequence[str], contained: Mapping[str, str]
) -> tuple[pd.Series, pd.Series]:
    """Add up counts, those of areas published together at the area that holds them.

    Parameters
    ----------
    frames : Matrix
        With columns of these indicators.
    indicator_ids : sequence of str
    contained : mapping
        Area published together with another → the area that contains it.

    Returns
    -------
    tuple of Series
        Sum and largest error by area; NaN where a part is missing, and for contained areas.
    """
    parts = list(indicator_ids)
    error = frames.total_error(parts)
    whole = frames.total(parts)
    if not contained:
        return whole, error
    empty = frames.status[parts].isin(NO_VALUE)
    held = frames.value[parts].where(frames.value[parts].notna() | ~empty, 0.0)
    together, doubt = held.sum(axis=1, skipna=False), error.copy()
    for member, holder in contained.items():
        if member in whole.index and holder in whole.index:
            whole[holder] += together[member]
            doubt[holder] += error[member]
            whole[member] = np.nan
    return whole, doubt
