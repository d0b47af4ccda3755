"""How alike areas are: distances over several indicators, and what makes them up; pure functions.

Each indicator is standardised over the areas of the level (mean 0, standard deviation 1, all areas
counting the same), so that per cent and square metres can stand side by side. The distance of two
areas is the root mean square of their differences over the indicators that both have. It is the
standardised Euclidean distance divided by the square root of the number of indicators: 1 means
that the two differ by one standard deviation per indicator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Alike:
    """How far every other area is from one.

    Attributes
    ----------
    distance : Series
        Index area, ascending; areas of the same distance in the order of the table. Areas that
        share too few indicators with the one are left out, and so is the one itself.
    differences : DataFrame
        Index as ``distance``, one column an indicator: the other area's standardised value minus
        that of the one, in standard deviations; NaN where one of the two has no value.
    """

    distance: pd.Series[float]
    differences: pd.DataFrame

    @property
    def shares(self) -> pd.DataFrame:
        """Share of each indicator in the squared distance, from 0 to 1; 0 where both are equal."""
        squares = self.differences**2
        whole = squares.sum(axis=1)
        return squares.div(whole.where(whole > 0, 1.0), axis=0)

    @property
    def common(self) -> pd.Series[int]:
        """How many indicators both areas have."""
        return self.differences.notna().sum(axis=1)


def standardised(values: pd.DataFrame) -> pd.DataFrame:
    """Standardise every column over the areas that have a value.

    Parameters
    ----------
    values : DataFrame
        Index area, one column an indicator, in its unit; NaN where there is no value.

    Returns
    -------
    DataFrame
        Same shape: distance from the mean in standard deviations (of the areas themselves, not
        estimated from a sample). 0 where all areas have the same value.

    Examples
    --------
    >>> standardised(pd.DataFrame({"quota": [10.0, 20.0, None]}))["quota"].tolist()
    [-1.0, 1.0, nan]
    """
    varies = values.nunique() > 1
    middle, spread = values.mean().where(varies, values.min()), values.std(ddof=0)
    return (values - middle) / spread.where(varies, 1.0)


def alike(values: pd.DataFrame, area: str, least: int = 1) -> Alike:
    """Measure how far all other areas are from one, the nearest first.

    Parameters
    ----------
    values : DataFrame
        As in `standardised`.
    area : str
        One of its index.
    least : int
        So many indicators two areas must share; what one of them lacks does not count.

    Raises
    ------
    KeyError
        If the table has no such area.

    References
    ----------
    Gower, J. C. (1971): A general coefficient of similarity and some of its properties.
    Biometrics 27 (4): distances from the properties that both have.

    Examples
    --------
    >>> table = pd.DataFrame({"quota": [10.0, 20.0, 30.0]}, index=["a", "b", "c"])
    >>> alike(table, "a").distance.round(2).to_dict()
    {'b': 1.22, 'c': 2.45}
    """
    scores = standardised(values)
    differences = (scores - scores.loc[area]).drop(index=area)
    differences = differences[differences.notna().sum(axis=1) >= max(least, 1)]
    distance = (differences**2).mean(axis=1) ** 0.5
    ordered = distance.sort_values(kind="stable")
    return Alike(ordered, differences.loc[ordered.index])


def pair_distances(values: pd.DataFrame, least: int = 1) -> Numbers:
    """Measure all pairs of areas, each once.

    Parameters
    ----------
    values, least
        As in `alike`.

    Returns
    -------
    ndarray
        Ascending; pairs that share too few indicators are left out.

    Examples
    --------
    >>> pair_distances(pd.DataFrame({"quota": [10.0, 20.0, 30.0]})).round(2).tolist()
    [1.22, 1.22, 2.45]
    """
    scores = standardised(values).to_numpy(dtype=float)
    found = [np.empty(0)]
    for place in range(len(scores) - 1):
        squares = (scores[place + 1 :] - scores[place]) ** 2
        known = np.isfinite(squares)
        counts = known.sum(axis=1)
        enough = counts >= max(least, 1)
        sums = np.where(known, squares, 0.0).sum(axis=1)
        found.append(np.sqrt(sums[enough] / counts[enough]))
    return np.sort(np.concatenate(found))


def shares_apart(pairs: Numbers, distance: float) -> tuple[float, float]:
    """Return the shares of pairs that are nearer and farther apart than a distance, from 0 to 1.

    Parameters
    ----------
    pairs : ndarray
        As `pair_distances` returns them; at least one.
    distance : float

    Raises
    ------
    ValueError
        If there are no pairs.

    Examples
    --------
    >>> shares_apart(np.array([1.0, 2.0, 3.0, 4.0]), 2.0)
    (0.25, 0.5)
    """
    if not len(pairs):
        raise ValueError("found no pairs, expected at least one")
    tolerance = 1e-9 * max(1.0, abs(distance))
    nearer = np.searchsorted(pairs, distance - tolerance, side="left")
    below = np.searchsorted(pairs, distance + tolerance, side="right")
    return float(nearer / len(pairs)), float(1 - below / len(pairs))
