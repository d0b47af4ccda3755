"""Where dates are written under an axis and dots of a swarm stand: on the screen and on paper."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

_MANY = 6
_TICKS = 4
_SWARM = 600
"""So many dots keep clear of one another; more stand in columns."""

Numbers = npt.NDArray[np.float64]


def even(days: Sequence[dt.date]) -> bool:
    """Say whether an axis has even ticks: where there are many Stichtage of no common day.

    Examples
    --------
    >>> even([dt.date(year, 12, 31) for year in range(2010, 2022)])
    False
    >>> even([dt.date(2016, month, 1) for month in range(1, 9)])
    True
    """
    return len(days) > _MANY and not _yearly(days)


def _yearly(days: Sequence[dt.date]) -> bool:
    return len({(day.month, day.day) for day in days}) == 1


def least_step(low: float, high: float, decimals: int) -> float | None:
    """Return how far apart the ticks of an axis have to be, lest two write the same number.

    Examples
    --------
    >>> least_step(643752, 643754, 0)
    1.0
    >>> least_step(0, 100, 0)
    """
    unit = 10.0**-decimals
    return unit if high - low < _TICKS * unit else None


def written_under(
    days: Sequence[dt.date], width: float, year: float, month: float
) -> tuple[list[dt.date], list[str]]:
    """Return Stichtage to be written under a time axis, leaving out those that stand too close.

    Parameters
    ----------
    days : sequence of date
        Ascending.
    width : float
        Between the first and the last.
    year, month : float
        What a year, and a month with its year, take of it.

    Returns
    -------
    ticks : list of date
    texts : list of str
        Years alone where all Stichtage are of the same day of the year.

    Examples
    --------
    >>> written_under([dt.date(2010, 12, 31), dt.date(2021, 12, 31)], 270, 36, 56)[1]
    ['2010', '2021']
    >>> written_under([dt.date(2016, 8, 31), dt.date(2017, 2, 28)], 270, 36, 56)[1]
    ['08/2016', '02/2017']
    """
    if not days:
        return [], []
    yearly = _yearly(days)
    least = (days[-1] - days[0]) * min((year if yearly else month) / width, 1.0)
    kept = [days[-1]]
    for day in reversed(days[:-1]):
        if kept[-1] - day >= least and (day == days[0] or day - days[0] >= least):
            kept.append(day)
    kept.reverse()
    return kept, [f"{day:%Y}" if yearly else f"{day:%m/%Y}" for day in kept]


def beeswarm(positions: Numbers, radius: float, height: float) -> Numbers:
    """Place dots as near to the middle as they can be without touching another.

    More than 600 stand in columns as wide as a dot, of which each is filled from the middle.

    Parameters
    ----------
    positions : ndarray
        Horizontal places.
    radius : float
        Of a dot, in the same unit.
    height : float
        Room there is; the swarm is squeezed where it is higher.

    Returns
    -------
    ndarray
        Vertical places around 0.

    Examples
    --------
    >>> beeswarm(np.array([0.0, 10.0, 10.0]), 1.0, 20.0).round(1).tolist()
    [0.0, 0.0, -2.1]
    """
    apart = radius * 2 + radius * 0.1
    if len(positions) > _SWARM:
        column = pd.Series(np.floor(positions / apart))
        place = column.groupby(column).cumcount().to_numpy()
        stacked = np.where(place % 2, -apart, apart) * ((place + 1) // 2).astype(float)
        return _squeezed(stacked, radius, height)
    order = np.argsort(positions, kind="stable")
    offsets = np.zeros(len(positions))
    for rank, index in enumerate(order):
        near = [
            (offsets[other], math.sqrt(apart**2 - (positions[index] - positions[other]) ** 2))
            for other in order[:rank]
            if positions[index] - positions[other] < apart
        ]
        places = sorted(
            [0.0, *(middle + sign * reach for middle, reach in near for sign in (-1, 1))], key=abs
        )
        offsets[index] = next(
            place
            for place in places
            if all(abs(place - middle) >= reach - 1e-6 for middle, reach in near)
        )
    return _squeezed(offsets, radius, height)


def _squeezed(offsets: Numbers, radius: float, height: float) -> Numbers:
    widest = float(np.abs(offsets).max(initial=1.0))
    return offsets * min(1.0, (height / 2 - radius) / widest)
