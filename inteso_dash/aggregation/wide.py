"""Figures of one level at one date as a table: areas by indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import Indicator, Status

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
        Why there is no value, in German, or `ON_ESTIMATES`; empty elsewhere.
    """

    value: pd.DataFrame
    status: pd.DataFrame
    error: pd.DataFrame
    note: pd.DataFrame

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
    note = status.map(lambda _: "")
    return Matrix(value, status.where(status.notna(), None), error, note)


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


def denominator(
    indicator: Indicator, frames: Matrix, merged: Merged
) -> tuple[pd.Series, pd.Series]:
    """Return what an indicator refers to or is weighted by, and its largest error.

    Parameters
    ----------
    indicator : Indicator
    frames : Matrix
        With the columns of its denominator or weight.
    merged : Merged
        An area with which others are published refers to what they hold as well.

    Returns
    -------
    tuple of Series
        Both by area, in the unit of the denominator; NaN where a part is missing.
    """
    parts = list(indicator.denominator or indicator.weight)
    contained = merged.get(indicator.id) or merged.get(next(iter(indicator.numerator), ""))
    empty = frames.status[parts].isin(NO_VALUE)
    held = frames.value[parts].where(frames.value[parts].notna() | ~empty, 0.0)
    whole = _together(frames.total(parts), held.sum(axis=1, skipna=False), contained)
    error = frames.total_error(parts)
    return whole, _together(error, error, contained)


def _together(
    weights: pd.Series, held: pd.Series, contained: Mapping[str, str] | None
) -> pd.Series:
    """Give an area that others are published with what they hold as well."""
    if not contained:
        return weights
    joined = weights.copy()
    for member, holder in contained.items():
        if member in joined.index and holder in joined.index:
            joined[holder] += held[member]
            joined[member] = np.nan
    return joined
