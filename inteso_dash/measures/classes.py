"""Classes, ranks and positions of areas; pure functions over series indexed by area."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from inteso_dash.language import formats

MIN_CLASSES = 3
MAX_CLASSES = 7
_FREE_OF_NOISE = 9
"""Decimals to which computed bounds count."""


class Method(StrEnum):
    """Ways to divide values into classes."""

    QUANTILES = "quantile"
    NATURAL = "natuerlich"
    EQUAL = "gleich"
    DEVIATION = "abweichung"
    OWN = "eigene"


@dataclass(frozen=True)
class Classes:
    """Class bounds that colours, legend and table share.

    Attributes
    ----------
    breaks : tuple of float
        Ascending, one more than there are classes. A class holds its lower bound and not its
        upper one; the last class holds both, and has equal ones where only one value is left.
    counts : tuple of int
        Number of areas per class.
    note : str
        German sentence where the classes are not quite those asked for; else empty.
    """

    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    note: str = ""

    @property
    def size(self) -> int:
        """Number of classes."""
        return max(len(self.breaks) - 1, 0)

    def index_of(self, value: float) -> int:
        """Return the class of a value, counted from 0; values outside go to the nearest class.

        Examples
        --------
        >>> Classes((0.0, 5.0, 10.0), (1, 1)).index_of(5.0)
        1
        """
        return int(np.searchsorted(self.breaks[1:-1], value, side="right"))

    def written(self, decimals: int) -> tuple[float, ...]:
        """Return the bounds as a legend writes them."""
        return tuple(_written(bound, decimals) for bound in self.breaks)


def classify(
    values: pd.Series,
    method: Method,
    k: int,
    decimals: int,
    *,
    reference: float | None = None,
    own: tuple[float, ...] = (),
) -> Classes:
    """Divide values into classes; bounds are rounded as the values are written.

    A value lies in the class whose written bounds hold it as it is written.

    Parameters
    ----------
    values : Series
        One value per area; NaN is left out.
    method : Method
        Quantiles (ties on the nearer side), natural breaks (Fisher–Jenks optimum), equal steps,
        standard deviations from ``reference``, or ``own`` bounds.
    k : int
        Number of classes, 3 to 7; without effect on own bounds.
    decimals : int
        Decimals of the indicator.
    reference : float, optional
        The city's value, centre of `Method.DEVIATION`; the mean of the areas where it is missing.
    own : tuple of float
        Inner bounds of `Method.OWN`.

    Returns
    -------
    Classes
        Fewer classes than asked for where values coincide; ``note`` says so.

    Raises
    ------
    ValueError
        If ``k`` is outside 3 to 7.

    References
    ----------
    Fisher, W. D. (1958): On grouping for maximum homogeneity. JASA 53 (284).

    Examples
    --------
    >>> classify(pd.Series([1.0, 2, 3, 4, 5, 6]), Method.QUANTILES, 3, 0).breaks
    (1.0, 3.0, 5.0, 6.0)
    """
    if not MIN_CLASSES <= k <= MAX_CLASSES:
        raise ValueError(f"k: found {k}, expected {MIN_CLASSES} to {MAX_CLASSES}")
    known = values.dropna()
    if known.empty:
        return Classes((), ())
    low, high = float(known.min()), float(known.max())
    if method is Method.OWN and own:
        inner = sorted(own)
    elif method is Method.DEVIATION:
        inner = _deviation_bounds(known, k, reference)
    elif known.nunique() <= k:
        inner = sorted(set(known))[1:]
    elif method in _SCHEMES:
        inner = _SCHEMES[method](known.to_numpy(dtype=float), k)
    else:
        inner = _quantile_bounds(known.to_numpy(dtype=float), k, decimals)
    rounded = _settled(np.unique(known), inner, method, decimals)
    if method is Method.OWN and own:
        reached = (high,) * (high >= rounded[-1])
        breaks = (*dict.fromkeys((min(low, rounded[0]), *rounded)), *reached)
    else:
        breaks = (low, *(bound for bound in rounded if bound > low), high)
    counts = np.bincount(
        np.searchsorted(breaks[1:-1], known, side="right"), minlength=len(breaks) - 1
    )
    note = ""
    if method is not Method.OWN and len(breaks) - 1 < k:
        note = f"{len(breaks) - 1} statt {k} Klassen, weil Werte oder Grenzen zusammenfallen."
    return Classes(breaks, tuple(int(count) for count in counts), note)


def _settled(values: np.ndarray, bounds: list[float], method: Method, decimals: int) -> list[float]:
    """Round bounds as they are written, so that every value lies where legend and figure say.

    A bound that is written in full, a reader's own or the city's value, stays where it is. Any
    other moves within the gap it lies in, and one that means nothing in itself to the nearest gap
    between values written differently. Bounds outside the values count only where they are a
    reader's own.
    """
    told = [_written(value, decimals) for value in values]
    clear = [place for place in range(1, len(told)) if told[place - 1] < told[place]]
    moves = method not in {Method.OWN, Method.DEVIATION}
    found: set[float] = set()
    gaps: set[int] = set()
    for bound in map(float, bounds):
        rounded, place = _written(bound, decimals), int(np.searchsorted(values, bound))
        if moves and clear and 0 < place < len(values):
            place = clear[int(np.argmin(np.abs(np.array(clear) - place)))]
        if place in gaps and method in {Method.QUANTILES, Method.NATURAL}:
            continue
        gaps.add(place)
        if not 0 < place < len(values):
            if method is Method.OWN:
                found.add(min(rounded, float(values[0])) if place == 0 else rounded)
        elif told[place - 1] < told[place] and (moves or rounded != bound):
            least = _written(told[place - 1] + 10.0**-decimals, decimals)
            found.add(min(max(rounded, least), told[place]))
        elif not moves:
            found.add(rounded)
    return sorted(set(aligned(found, values, decimals)))


def aligned(bounds: Iterable[float], values: Iterable[float], decimals: int) -> tuple[float, ...]:
    """Move bounds down to values that are written like them, so that these lie above.

    Parameters
    ----------
    bounds : iterable of float
        Inner bounds of classes, written in full.
    values : iterable of float
        What is coloured after them.
    decimals : int
        With which both are written.

    Examples
    --------
    >>> aligned([12.3], [11.8, 12.26, 12.7], 1)
    (12.26,)
    """
    known = np.unique(np.fromiter(values, dtype=float))
    told = [_written(value, decimals) for value in known]

    def moved(bound: float) -> float:
        place = int(np.searchsorted(told, _written(bound, decimals)))
        return min(bound, float(known[place])) if place < len(known) else bound

    return tuple(moved(bound) for bound in bounds)


def _written(value: float, decimals: int) -> float:
    return float(formats.rounded(value, decimals) or 0)


def _quantile_bounds(values: np.ndarray, k: int, decimals: int) -> list[float]:
    """Cut where the shares below come closest to equal parts; values written alike stay whole."""
    ordered, weights = np.unique(values, return_counts=True)
    told = [_written(value, decimals) for value in ordered]
    cuts = np.array([place for place in range(1, len(told)) if told[place - 1] < told[place]])
    shares = [len(values) * part / k for part in range(1, k)] if len(cuts) else []
    below = np.cumsum(weights)
    nearest = {int(cuts[np.argmin(np.abs(below[cuts - 1] - share))]) for share in shares}
    return [float(ordered[cut]) for cut in sorted(nearest)]


def _natural_bounds(values: np.ndarray, k: int) -> list[float]:
    """Return bounds of classes with the least sum of squared deviations from their means.

    Dynamic programming over how many values the first classes take. The longer the part, the later
    its last class begins, so that halving finds all beginnings in n log n steps a class.
    """
    ordered, weights = np.unique(values, return_counts=True)
    centred = ordered - ordered.mean()
    counts, sums, squares = (
        np.concatenate(([0.0], np.cumsum(weights * centred**power))) for power in range(3)
    )

    def deviation(first: np.ndarray, end: np.ndarray) -> np.ndarray:
        total = sums[end] - sums[first]
        apart: np.ndarray = squares[end] - squares[first] - total**2 / (counts[end] - counts[first])
        return apart

    size = len(ordered)
    ends = np.arange(1, size + 1)
    least = np.concatenate(([0.0], deviation(np.zeros_like(ends), ends)))
    beginnings = []
    for parts in range(2, k + 1):
        best, begin = np.full(size + 1, np.inf), np.zeros(size + 1, dtype=int)
        spans = np.array([[parts], [size], [parts - 1], [size - 1]])
        while spans.size:
            low, high, first, last = spans
            middle = (low + high) // 2
            lengths = np.minimum(last, middle - 1) - first + 1
            offsets = np.cumsum(lengths) - lengths
            tried = np.arange(lengths.sum()) - np.repeat(offsets - first, lengths)
            cost = least[tried] + deviation(tried, np.repeat(middle, lengths))
            best[middle] = np.minimum.reduceat(cost, offsets)
            hits = np.flatnonzero(cost == np.repeat(best[middle], lengths))
            _, own = np.unique(np.searchsorted(offsets, hits, side="right"), return_index=True)
            begin[middle] = found = tried[hits[own]]
            halves = ([low, middle - 1, first, found], [middle + 1, high, found, last])
            spans = np.concatenate([np.array(half) for half in halves], axis=1)
            spans = spans[:, spans[0] <= spans[1]]
        least = best
        beginnings.append(begin)
    bounds, end = [], size
    for begin in reversed(beginnings):
        end = int(begin[end])
        bounds.append(float(ordered[end]))
    return bounds[::-1]


def _equal_bounds(values: np.ndarray, k: int) -> list[float]:
    """Return bounds of equal steps, free of what binary numbers add: 0.3 + 3 · 2.1 is 6.6."""
    steps = np.linspace(values.min(), values.max(), k + 1)[1:-1]
    bounds: list[float] = steps.round(_FREE_OF_NOISE).tolist()
    return bounds


_SCHEMES: dict[Method, Callable[[np.ndarray, int], list[float]]] = {
    Method.NATURAL: _natural_bounds,
    Method.EQUAL: _equal_bounds,
}


def _deviation_bounds(values: pd.Series, k: int, reference: float | None) -> list[float]:
    """Bounds one standard deviation apart, laid symmetrically around the reference."""
    centre = float(values.mean()) if reference is None else reference
    spread = float(np.sqrt(((values - centre) ** 2).mean()))
    return [centre + spread * step for step in np.arange(k - 1) - (k - 2) / 2]


def ranks(values: pd.Series) -> pd.Series:
    """Rank areas from the highest value (1) down; equal values share the better rank.

    Examples
    --------
    >>> ranks(pd.Series([3.0, 5.0, None, 5.0])).tolist()
    [3, 1, <NA>, 1]
    """
    return values.rank(ascending=False, method="min").astype("Int64")
