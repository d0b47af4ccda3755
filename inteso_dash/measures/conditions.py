"""Which areas fulfil conditions, and of which that cannot be said; pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from inteso_dash.language import formats


class BoundKind(StrEnum):
    """How a value is compared with a bound."""

    ABOVE = "ueber"
    AT_LEAST = "mindestens"
    BELOW = "unter"
    AT_MOST = "hoechstens"
    BETWEEN = "zwischen"


class Outcome(StrEnum):
    """What conditions say of an area."""

    MET = "erfuellt"
    MISSED = "verfehlt"
    OPEN = "offen"


@dataclass(frozen=True)
class Bound:
    """What a value must be.

    Attributes
    ----------
    comparison : BoundKind
    low : float
        The bound, in the unit of the values; of ``BETWEEN`` the lower one, which counts as well.
    high : float or None
        The upper one of ``BETWEEN``, which counts as well; of no other.
    """

    comparison: BoundKind
    low: float
    high: float | None = None


def fulfilled(values: pd.Series[float], bound: Bound, decimals: int) -> pd.Series:
    """Say of which areas a condition holds.

    Values are compared as they are written: 20.04 with one decimal is 20.0 and not above 20.

    Parameters
    ----------
    values : Series
        One per area; NaN where there is none.
    bound : Bound
    decimals : int
        With which the values are written.

    Returns
    -------
    Series
        Of dtype boolean; NA where there is no value.

    Examples
    --------
    >>> fulfilled(pd.Series([20.04, 20.05, None]), Bound(BoundKind.ABOVE, 20.0), 1).tolist()
    [False, True, <NA>]
    """
    written = _written(values, decimals)
    holds = {
        BoundKind.ABOVE: written > bound.low,
        BoundKind.AT_LEAST: written >= bound.low,
        BoundKind.BELOW: written < bound.low,
        BoundKind.AT_MOST: written <= bound.low,
        BoundKind.BETWEEN: (written >= bound.low)
        & (written <= (np.inf if bound.high is None else bound.high)),
    }[bound.comparison]
    return holds.astype("boolean").mask(written.isna())


def shortfall(values: pd.Series[float], bound: Bound, decimals: int) -> pd.Series[float]:
    """Say how far values are from fulfilling a condition.

    Parameters
    ----------
    values, bound, decimals
        As in `fulfilled`.

    Returns
    -------
    Series
        In the unit of the values, from 0; also 0 where the bound is reached and must be passed.

    Examples
    --------
    >>> shortfall(pd.Series([17.5, 20.0, 25.0]), Bound(BoundKind.ABOVE, 20.0), 1).tolist()
    [2.5, 0.0, 0.0]
    """
    written = _written(values, decimals)
    below, above = bound.low - written, written - bound.low
    if bound.comparison in {BoundKind.ABOVE, BoundKind.AT_LEAST}:
        return below.clip(lower=0.0)
    if bound.comparison in {BoundKind.BELOW, BoundKind.AT_MOST}:
        return above.clip(lower=0.0)
    over = written - (np.inf if bound.high is None else bound.high)
    return below.clip(lower=0.0) + over.clip(lower=0.0)


def outcomes(conditions: pd.DataFrame) -> pd.Series[str]:
    """Join conditions by "and": one that fails decides, whatever is not known of the others.

    Parameters
    ----------
    conditions : DataFrame
        Index area, one column a condition, of dtype boolean.

    Returns
    -------
    Series
        `Outcome` of each area: open where none fails and one cannot be decided.

    References
    ----------
    Kleene, S. C. (1938): On notation for ordinal numbers. Journal of Symbolic Logic 3 (4): the
    logic of three values.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [True, True, False], "b": [True, None, None]}, dtype="boolean")
    >>> [str(each) for each in outcomes(table)]
    ['erfuellt', 'offen', 'verfehlt']
    """
    missed = (conditions == False).fillna(value=False).any(axis=1)  # noqa: E712 - NA is neither
    known = conditions.notna().all(axis=1)
    chosen = np.select([missed, ~known], [Outcome.MISSED, Outcome.OPEN], Outcome.MET)
    return pd.Series(chosen, index=conditions.index, dtype=object)


def nearly(conditions: pd.DataFrame, shortfalls: pd.DataFrame) -> pd.Series[float]:
    """Find the areas that fail exactly one condition, those that miss it by least first.

    Parameters
    ----------
    conditions : DataFrame
        As in `outcomes`.
    shortfalls : DataFrame
        Same index; for some of the columns how far an area is from fulfilling the condition, in
        a unit in which they can be compared. What fails another condition is not near.

    Returns
    -------
    Series
        Index area; how far it misses, ascending. Areas without a value in a condition are not
        among them.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [True, False], "b": [False, True]}, dtype="boolean")
    >>> nearly(table, pd.DataFrame({"a": [0, 0.2], "b": [0.5, 0]})).to_dict()
    {1: 0.2, 0: 0.5}
    """
    failed = (conditions == False).fillna(value=False)  # noqa: E712 - NA is neither
    known = conditions.notna().all(axis=1)
    single = known & (failed.sum(axis=1) == 1)
    measured = list(shortfalls.columns)
    single &= failed[measured].any(axis=1)
    missed = shortfalls.where(failed[measured], 0.0).sum(axis=1)
    return missed[single].sort_values(kind="stable")


def _written(values: pd.Series[float], decimals: int) -> pd.Series[float]:
    written = [formats.rounded(float(each), decimals) for each in values]
    return pd.Series(
        [np.nan if each is None else float(each) for each in written], index=values.index
    )
