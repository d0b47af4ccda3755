"""Places of dots that keep clear of one another, for the screen and for paper."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
_SWARM = 600
"""So many dots keep clear of one another; more stand in columns."""


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
