"""How far chance alone may move a share or a rate: intervals, tests, ranks, funnels.

All of it works on what is known of a count: where a figure is rounded, or a count is worked out
from a rounded share, the interval holds all that the true count may be.

References
----------
Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference.
JASA 22 (158).
Breslow, N. E.; Day, N. E. (1987): Statistical Methods in Cancer Research II, p. 69 (Byar).
Newcombe, R. G. (1998): Interval estimation for the difference between independent proportions.
Statistics in Medicine 17 (8), method 10; for rates: Zou, G.; Donner, A. (2008), 27 (10).
Benjamini, Y.; Hochberg, Y. (1995): Controlling the false discovery rate. JRSS B 57 (1).
Klein, M.; Wright, T.; Wieczorek, J. (2020): A joint confidence region for an overall ranking of
populations. JRSS C 69 (3).
Spiegelhalter, D. J. (2005): Funnel plots for comparing institutional performance. Statistics in
Medicine 24 (8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Pair = tuple[Numbers, Numbers]

LEVEL = 0.95
"""How sure intervals and tests are where nobody says otherwise."""
_WHOLE = 1e-9


class Chance(StrEnum):
    """How chance makes a count: so many of a known number, or events without a bound."""

    SHARE = "share"
    RATE = "rate"


@dataclass(frozen=True)
class PossibleCounts:
    """The smallest and the largest counts that what is shown allows, by area.

    Attributes
    ----------
    lowest, lowest_of : array
        Count and base of the smallest share or rate.
    highest, highest_of : array
        Of the largest.
    """

    lowest: Numbers
    lowest_of: Numbers
    highest: Numbers
    highest_of: Numbers

    @classmethod
    def counted(
        cls, count: Numbers, total: Numbers, error: Numbers, total_error: Numbers
    ) -> PossibleCounts:
        """Take counts as they are shown, each off by its rounding error at most.

        Examples
        --------
        >>> one, none = np.array([1.5]), np.zeros(1)
        >>> found = PossibleCounts.counted(np.array([9.0]), np.array([60.0]), one, none)
        >>> found.lowest.tolist(), found.highest.tolist()
        ([7.5], [10.5])
        """
        least = np.maximum(total - total_error, 0.0)
        lowest = np.maximum(count - error, 0.0)
        return cls(lowest, total + total_error, count + error, least)

    @classmethod
    def of_ratio(
        cls, ratio: Numbers, total: Numbers, error: Numbers, total_error: Numbers
    ) -> PossibleCounts:
        """Work counts out from a rounded share or rate and its base.

        Examples
        --------
        >>> none = np.zeros(1)
        >>> share, half = np.array([0.084]), np.array([0.0005])
        >>> found = PossibleCounts.of_ratio(share, np.array([1000.0]), half, none)
        >>> found.lowest.round(6).tolist(), found.highest.round(6).tolist()
        ([83.5], [84.5])
        """
        least = np.maximum(total - total_error, 0.0)
        lowest = np.maximum(ratio - error, 0.0) * least
        return cls(lowest, least, (ratio + error) * least, least)

    @property
    def whole(self) -> Pair:
        """The smallest and the largest whole counts; where none lies between, those beside."""
        up = np.ceil(self.lowest - _WHOLE)
        down = np.floor(self.highest + _WHOLE)
        return np.minimum(up, down), np.maximum(up, down)


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level: found {level}, expected more than 0 and less than 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: Numbers, total: Numbers, level: float = LEVEL) -> Pair:
    """Wilson's score interval of a share, without continuity correction.

    With p = count ÷ total and z of the normal distribution:
    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n).

    Parameters
    ----------
    count, total : array
        ``count`` at most ``total``, neither need be whole.
    level : float
        0 to 1.

    Returns
    -------
    tuple of array
        Lower and upper bound, 0 to 1; NaN where ``total`` is not above 0.

    Raises
    ------
    ValueError
        If ``level`` is not between 0 and 1.

    Examples
    --------
    >>> lower, upper = wilson(np.array([81.0]), np.array([263.0]))
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.2553], [0.3662])
    """
    z = _z(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(total > 0, total, np.nan)
        p = np.clip(count / n, 0.0, 1.0)
        middle = p + z**2 / (2 * n)
        reach = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        scale = 1 + z**2 / n
    lower, upper = (middle - reach) / scale, (middle + reach) / scale
    return np.where(p == 0, 0.0, lower), np.where(p == 1, 1.0, upper)


def byar(count: Numbers, level: float = LEVEL) -> Pair:
    """Byar's interval of the expected number of events, close to the exact one of Poisson.

    x(1 − 1/9x − z/3√x)³ to (x + 1)(1 − 1/9(x + 1) + z/3√(x + 1))³.

    Parameters
    ----------
    count : array
        Not negative.
    level : float
        0 to 1.

    Returns
    -------
    tuple of array
        Lower and upper bound of the number of events.

    Raises
    ------
    ValueError
        If ``level`` is not between 0 and 1.

    Examples
    --------
    >>> lower, upper = byar(np.array([0.0, 10.0]))
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 4.787], [3.668, 18.391])
    """
    z = _z(level)
    some = np.maximum(count, _WHOLE)
    base = 1 - 1 / (9 * some) - z / (3 * np.sqrt(some))
    lower = np.where(count > 0, count * np.maximum(base, 0.0) ** 3, 0.0 * count)
    more = count + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def rate_interval(chance: Chance, counts: PossibleCounts, level: float = LEVEL) -> Pair:
    """Return between which bounds a share or a rate lies, whatever of the counts is true.

    The lower bound is that of the smallest possible count, the upper one that of the largest:
    `wilson` of shares, `byar` of rates.

    Parameters
    ----------
    chance : Chance
    counts : PossibleCounts
    level : float
        0 to 1.

    Returns
    -------
    tuple of array
        Of the count by its base: 0.084 for 8.4 %. NaN where the base is not above 0.

    Examples
    --------
    >>> of = np.array([1000.0])
    >>> counts = PossibleCounts(np.array([83.5]), of, np.array([84.5]), of)
    >>> [bound.round(4).tolist() for bound in rate_interval(Chance.SHARE, counts)]
    [[0.0679], [0.1034]]
    """
    if chance is Chance.SHARE:
        lower, _ = wilson(counts.lowest, counts.lowest_of, level)
        _, upper = wilson(np.minimum(counts.highest, counts.highest_of), counts.highest_of, level)
        return lower, upper
    (lower, _), (_, upper) = byar(counts.lowest, level), byar(counts.highest, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(counts.lowest_of > 0, lower / counts.lowest_of, np.nan)
        high = np.where(counts.highest_of > 0, upper / counts.highest_of, np.nan)
    return low, high


def p_values(
    chance: Chance, counts: PossibleCounts, reference: float, error: float = 0.0
) -> Numbers:
    """Test exactly whether areas differ from a fixed rate, that of the whole city.

    The area is compared with the city's value as it is shown, not with the rest of the city:
    that value is what a reader compares with, the limits of `funnel` lie around it, and it is
    known where the counts of the rest are not. As the area is part of the city, it moves that
    value towards itself; so the test finds differences too rarely rather than too often (by
    1 − √(1 − w) of the distance, with w its part of the city).

    The p-value is twice the smaller tail of the binomial distribution (shares) or that of Poisson
    (rates), at most 1; of all counts and references that rounding allows it takes those that
    agree best.

    Parameters
    ----------
    chance : Chance
    counts : PossibleCounts
    reference : float
        Count by base: 0.084 for 8.4 %.
    error : float
        Rounding error of ``reference``.

    Returns
    -------
    array
        0 to 1; NaN where a count is missing.

    Examples
    --------
    >>> of, none = np.array([20.0, 20.0]), np.zeros(2)
    >>> counts = PossibleCounts.counted(np.array([5.0, 10.0]), of, none, none)
    >>> p_values(Chance.SHARE, counts, 0.5).round(4).tolist()
    [0.0414, 1.0]
    """
    from scipy import special

    fewest, most = counts.whole
    low, high = max(reference - error, 0.0), reference + error
    if chance is Chance.SHARE:
        n, m = counts.lowest_of, counts.highest_of
        high = min(high, 1.0)
        least = np.clip(fewest, 1, np.maximum(n, 1))
        above = np.where(fewest <= 0, 1.0, special.betainc(least, n - least + 1, high))
        upto = np.clip(most, 0, np.maximum(m - 1, 0))
        below = np.where(most >= m, 1.0, special.betaincc(upto + 1, np.maximum(m - upto, 1), low))
    else:
        least = np.maximum(fewest, 1)
        above = np.where(fewest <= 0, 1.0, special.gammainc(least, high * counts.lowest_of))
        below = special.gammaincc(np.maximum(most, 0) + 1, low * counts.highest_of)
    found: Numbers = np.minimum(2 * np.minimum(above, below), 1.0)
    known = (counts.lowest_of > 0) & (counts.highest_of > 0) & ~np.isnan(fewest + most)
    return np.where(known, found, np.nan)


def differing(p: Numbers, level: float = LEVEL) -> npt.NDArray[np.bool_]:
    """Say which of many tests hold, corrected for their number by Benjamini and Hochberg.

    Of the areas called different, at most 1 − ``level`` are so by chance alone on average. Where
    all areas have one true rate, not even one is called different in ``level`` of all tables.

    Parameters
    ----------
    p : array
        p-values; NaN where nothing was tested, which counts as not different. The last axis is
        one table.
    level : float
        0 to 1.

    Examples
    --------
    >>> differing(np.array([0.001, 0.04, np.nan, 0.5])).tolist()
    [True, False, False, False]
    """
    from scipy.stats import false_discovery_control

    if np.isnan(p).any():
        found = np.zeros(p.shape, dtype=bool)
        known = ~np.isnan(p)
        if known.any():
            found[known] = differing(p[known], level)
        return found
    adjusted = false_discovery_control(p, axis=-1) if p.size else p
    return np.asarray(adjusted <= 1 - level, dtype=bool)


def difference(
    first: Numbers, first_interval: Pair, second: Numbers, second_interval: Pair
) -> Pair:
    """Newcombe's interval of second − first, from the interval of each.

    d − √((b − b₁)² + (a₂ − a)²) to d + √((b₂ − b)² + (a − a₁)²), with a, b the values, d = b − a.
    It takes the two as independent. One area at two Stichtage has in part the same inhabitants:
    then it is wider than it would have to be.

    Parameters
    ----------
    first, second : array
    first_interval, second_interval : tuple of array
        Lower and upper bounds of the same level, which is that of the result.

    Examples
    --------
    >>> def share(count: float, of: float) -> tuple[Numbers, Pair]:
    ...     found = np.array([count]), np.array([of])
    ...     return found[0] / found[1], wilson(*found)
    >>> lower, upper = difference(*share(48, 80), *share(56, 70))
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0524], [0.3339])
    """
    (a1, a2), (b1, b2) = first_interval, second_interval
    apart = second - first
    low = np.sqrt((second - b1) ** 2 + (a2 - first) ** 2)
    high = np.sqrt((b2 - second) ** 2 + (first - a1) ** 2)
    return apart - low, apart + high


def joint_level(level: float, count: int) -> float:
    """Return the level of each of several independent intervals that together have ``level``.

    Examples
    --------
    >>> round(joint_level(0.95, 10), 4)
    0.9949
    """
    return float(level ** (1 / max(count, 1)))


def rank_ranges(lower: Numbers, upper: Numbers) -> Pair:
    """Return between which ranks each area may lie; 1 is the highest value.

    An area is surely above another where its interval is, as a whole (Klein, Wright and Wieczorek).
    Areas whose intervals overlap cannot be told apart. If the intervals hold together with some
    level (`joint_level`), so do the ranks of all areas; narrower intervals whose overlap is right
    for a pair on average (Goldstein and Healy 1995) would promise that of no ranking as a whole.

    Parameters
    ----------
    lower, upper : array
        None missing.

    Examples
    --------
    >>> first, last = rank_ranges(np.array([8.0, 3.0, 2.0]), np.array([9.0, 5.0, 4.0]))
    >>> first.tolist(), last.tolist()
    ([1.0, 2.0, 2.0], [1.0, 3.0, 3.0])
    """
    above = len(lower) - np.searchsorted(np.sort(lower), upper, side="right")
    below = np.searchsorted(np.sort(upper), lower, side="left")
    return above.astype(float) + 1, len(lower) - below.astype(float)


def funnel(chance: Chance, totals: Numbers, reference: float, level: float) -> Pair:
    """Return the limits between which areas of one true rate lie, by their base.

    Exact quantiles of the binomial distribution (shares) or of Poisson (rates), interpolated as
    Spiegelhalter does in his appendix A.1, which makes curves of their steps; the upper ones a
    person higher, so that the quantile itself lies within on both sides, as its chance says.

    Parameters
    ----------
    chance : Chance
    totals : array
        Bases, above 0.
    reference : float
        Count by base, that of the whole city.
    level : float
        0 to 1: 0.95 and 0.998 are usual.

    Examples
    --------
    >>> lower, upper = funnel(Chance.SHARE, np.array([100.0, 10_000.0]), 0.1, 0.95)
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.04, 0.094], [0.168, 0.106])
    """
    from scipy import stats

    n = np.maximum(np.round(totals), 1.0)
    tail = (1 - level) / 2
    made = stats.binom(n, reference) if chance is Chance.SHARE else stats.poisson(n * reference)

    def limit(quantile: float, beyond: int) -> Numbers:
        step = np.maximum(made.ppf(quantile), 0)
        upto = made.cdf(step)
        chance_of = np.maximum(upto - made.cdf(step - 1), 1e-300)
        found: Numbers = np.maximum(step - (upto - quantile) / chance_of + beyond, 0.0) / n
        return found

    low, high = limit(tail, 0), limit(1 - tail, 1)
    return low, np.minimum(high, 1.0) if chance is Chance.SHARE else high
