"""Whether neighbours are alike: spatial autocorrelation, of all areas and of each one."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

PERMUTATIONS = 9999
"""Random maps that a map is compared with. A single area among 171 can be told from chance at a
share of false finds of 5 % only where a probability can fall to 0.05 / 171 = 0.0003."""
FEWEST = 8
"""Areas with a value and neighbours that a pattern needs."""
_SEED = 20211231
_FALSE = 0.05
_Array = npt.NDArray[np.float64]
Neighbours = Mapping[str, Collection[str]]


class Cluster(StrEnum):
    """What an area and its neighbours have in common."""

    HIGH = "high"
    LOW = "low"
    HIGH_OUTLIER = "high outlier"
    LOW_OUTLIER = "low outlier"
    NONE = "none"


_QUADRANTS = (Cluster.HIGH, Cluster.LOW_OUTLIER, Cluster.LOW, Cluster.HIGH_OUTLIER)
"""As esda counts them, from 1."""


@dataclass(frozen=True)
class SpatialPattern:
    """How alike neighbours are.

    Attributes
    ----------
    moran : float
        Moran's I: near 1 where neighbours are alike, negative where they differ.
    expected : float
        What it is on average where values lie at random: −1 / (n − 1).
    p : float
        Share of random maps that are as far from ``expected`` or farther, two-sided.
    areas : DataFrame
        Index the areas that count: value, around (mean of its neighbours' values), local (local
        Moran's I), p (two-sided), q (corrected for the number of areas), cluster.
    left_out : tuple of str
        Areas with a value and without a neighbour that has one.
    permutations : int
    """

    moran: float
    expected: float
    p: float
    areas: pd.DataFrame
    left_out: tuple[str, ...]
    permutations: int

    def of(self, cluster: Cluster) -> tuple[str, ...]:
        """Return the areas of a kind."""
        return tuple(map(str, self.areas.index[self.areas["cluster"] == cluster]))


def moran(values: pd.Series[float], neighbours: Neighbours) -> float:
    """Moran's I of areas whose neighbours count alike, all together as much for each area.

    Parameters
    ----------
    values : Series
        One per area, none missing.
    neighbours : mapping
        Area → areas beside it, at least one of the index each.

    References
    ----------
    Moran, P. A. P. (1950): Notes on continuous stochastic phenomena. Biometrika 37.

    Examples
    --------
    >>> beside = {"a": "b", "b": "ac", "c": "bd", "d": "c"}
    >>> round(moran(pd.Series({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}), beside), 2)
    0.4
    """
    own = np.asarray(values, dtype=np.float64)[None, :]
    return float(_moran(own, _weights(values.index, neighbours))[0])


def pattern(
    values: pd.Series[float],
    neighbours: Neighbours,
    permutations: int = PERMUTATIONS,
) -> SpatialPattern | None:
    """Compare a map with random ones, as a whole and around each area.

    Random maps hold the same values in other places; around an area all but its own are moved.
    The kinds of areas are those whose local Moran's I remains when the share of false finds among
    all found is held at 5 % (Benjamini–Hochberg).

    Parameters
    ----------
    values : Series
        One per area; areas without a value are left out.
    neighbours : mapping
        Area → areas beside it; without one that has a value an area is left out.
    permutations : int

    Returns
    -------
    SpatialPattern or None
        None where fewer than eight areas count or all values are the same. The same values give
        the same pattern: chance begins at a fixed place.

    References
    ----------
    Anselin, L. (1995): Local indicators of spatial association – LISA. Geographical Analysis 27
    (2). Caldas de Castro, M.; Singer, B. H. (2006): Controlling the false discovery rate: a new
    application to account for multiple and dependent tests in local statistics of spatial
    association. Geographical Analysis 38 (2). Rey, S. J. et al.: esda.
    """
    known = values.dropna().astype(float)
    beside = {
        str(area): [each for each in neighbours.get(str(area), ()) if each in known.index]
        for area in known.index
    }
    alone = tuple(area for area, near in beside.items() if not near)
    known, beside = known.drop(list(alone)), {area: near for area, near in beside.items() if near}
    if len(known) < FEWEST or known.nunique() == 1:
        return None
    weights = _weights(known.index, beside)
    own = np.asarray(known, dtype=np.float64)
    chance = np.random.default_rng(_SEED)
    shuffled = chance.permuted(np.tile(own, (permutations, 1)), axis=1)
    index = float(_moran(own[None, :], weights)[0])
    expected = -1 / (len(known) - 1)
    found = _moran(shuffled, weights)
    p = (1 + int((np.abs(found - expected) >= abs(index - expected)).sum())) / (1 + permutations)
    return SpatialPattern(
        index, expected, p, _local(known, beside, weights, permutations), alone, permutations
    )


def _local(
    known: pd.Series[float],
    beside: Mapping[str, list[str]],
    weights: _Array,
    permutations: int,
) -> pd.DataFrame:
    from scipy import stats

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import Moran_Local
        from libpysal.weights import W

        near = W(dict(beside), id_order=list(known.index), silence_warnings=True)
        found = Moran_Local(
            known.to_numpy(), near, transformation="r", permutations=permutations, seed=_SEED
        )
    p = _two_sided(found.Is, found.sim)
    q = stats.false_discovery_control(p, method="bh")
    kinds = [
        _QUADRANTS[int(quadrant) - 1] if sure else Cluster.NONE
        for quadrant, sure in zip(found.q, q <= _FALSE, strict=True)
    ]
    apart = known.to_numpy() - known.mean()
    return pd.DataFrame(
        {
            "value": known,
            "around": weights @ known.to_numpy(),
            "local": apart * (weights @ apart) / (apart**2).mean(),
            "p": p,
            "q": q,
            "cluster": pd.Series(kinds, index=known.index, dtype=object),
        },
        index=known.index,
    )


def _two_sided(own: _Array, chance: _Array) -> _Array:
    """Return how rare local values are among those by chance, one column an area.

    esda counts those as high or higher and takes the rarer side; where many are equal, as among
    areas with the same value, that side can be empty without anything being rare.
    """
    near = 1e-9 * np.maximum(np.abs(own), 1e-9)
    sides = ((chance >= own - near).sum(axis=0), (chance <= own + near).sum(axis=0))
    p: _Array = np.minimum(2 * (1 + np.minimum(*sides)) / (1 + len(chance)), 1.0)
    return p


def _weights(areas: pd.Index, neighbours: Neighbours) -> _Array:
    """Return the share of every area among the neighbours of each, one row an area."""
    place = {str(area): at for at, area in enumerate(areas)}
    found = np.zeros((len(areas), len(areas)))
    for area, at in place.items():
        found[at, [place[each] for each in neighbours[area] if each in place]] = 1
    shares: _Array = found / found.sum(axis=1, keepdims=True)
    return shares


def _moran(maps: _Array, weights: _Array) -> _Array:
    """Return Moran's I of several maps of the same values, one a row."""
    apart = maps - maps.mean(axis=1, keepdims=True)
    spread = (apart**2).sum(axis=1)
    together: _Array = (apart * (apart @ weights.T)).sum(axis=1) / spread
    return together
