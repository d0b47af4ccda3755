"""How two figures of the same areas go together: correlation, robust line, classes of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

FEWEST = 5
"""Areas with both figures that a correlation needs."""
STEPS = 3
"""Classes of each of two figures that are classed together."""
_Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Correlation:
    """A coefficient of correlation with its interval.

    Attributes
    ----------
    value : float
        −1 to 1; NaN where one of the figures is the same everywhere.
    low, high : float
        Interval of the level asked for; NaN at −1 and 1, where it cannot be told.
    count : int
        Areas with both figures.
    p : float
        Probability of a value as far from 0 or farther if nothing went together; two-sided, NaN
        for weighted ones.
    """

    value: float
    low: float
    high: float
    count: int
    p: float

    @property
    def sure(self) -> bool:
        """Whether the interval does not hold 0."""
        return abs(self.value) == 1 or self.low > 0 or self.high < 0


@dataclass(frozen=True)
class RobustLine:
    """The line that as many areas lie above as below: y = intercept + slope · x.

    Attributes
    ----------
    slope, intercept : float
    low, high : float
        Interval of the slope.
    """

    slope: float
    intercept: float
    low: float
    high: float

    def at(self, x: float) -> float:
        """Return the height of the line."""
        return self.intercept + self.slope * x


def pearson(
    x: pd.Series[float],
    y: pd.Series[float],
    weights: pd.Series[float] | None = None,
    level: float = 0.95,
) -> Correlation:
    """Correlate two figures: 1 where all areas lie on a rising line, −1 on a falling one.

    Parameters
    ----------
    x, y : Series
        Same index; areas without one of them are left out.
    weights : Series, optional
        How much every area counts, such as its inhabitants; areas without a weight, or with none
        above 0, are left out. The interval then rests on the effective number of areas
        (Σw)² / Σw² and is an approximation.
    level : float
        Of the interval.

    Raises
    ------
    ValueError
        If fewer than five areas have both figures.

    References
    ----------
    Fisher, R. A. (1921): On the "probable error" of a coefficient of correlation deduced from a
    small sample. Metron 1. Kish, L. (1965): Survey sampling. New York.

    Examples
    --------
    >>> x, y = pd.Series([1.0, 2, 3, 4, 5]), pd.Series([2.0, 1, 4, 3, 5])
    >>> found = pearson(x, y)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.8, -0.28, 0.99)
    """
    from scipy import stats

    both = _both(x, y, weights)
    first, second = both[0].to_numpy(dtype=float), both[1].to_numpy(dtype=float)
    own = np.ones(len(both)) if weights is None else both[2].to_numpy(dtype=float)
    value = _coefficient(first, second, own)
    effective = float(own.sum() ** 2 / (own**2).sum())
    low, high = _interval(value, 1 / max(effective - 3, 1e-9), level)
    p = math.nan if weights is not None or math.isnan(value) else stats.pearsonr(first, second)[1]
    return Correlation(value, low, high, len(both), float(p))


def spearman(x: pd.Series[float], y: pd.Series[float], level: float = 0.95) -> Correlation:
    """Correlate the ranks of two figures: 1 where each rise of one goes with a rise of the other.

    Parameters
    ----------
    x, y : Series
        As in `pearson`; equal values share their mean rank.
    level : float
        Of the interval, on Fisher's scale with the variance (1 + r²/2) / (n − 3).

    Returns
    -------
    Correlation
        ``p`` after Student's t, and never less than 2 / n!, the share of the two orders that go
        together best among all orders.

    Raises
    ------
    ValueError
        As `pearson`.

    References
    ----------
    Spearman, C. (1904): The proof and measurement of association between two things. American
    Journal of Psychology 15 (1). Bonett, D. G.; Wright, T. A. (2000): Sample size requirements for
    estimating Pearson, Kendall and Spearman correlations. Psychometrika 65 (1).

    Examples
    --------
    >>> round(spearman(pd.Series([1.0, 2, 3, 4, 90]), pd.Series([2.0, 1, 4, 3, 5])).value, 2)
    0.8
    """
    from scipy import stats

    both = _both(x, y)
    ranks = both.rank()
    ones = np.ones(len(both))
    value = _coefficient(ranks[0].to_numpy(), ranks[1].to_numpy(), ones)
    low, high = _interval(value, (1 + value**2 / 2) / max(len(both) - 3, 1e-9), level)
    p = math.nan if math.isnan(value) else stats.spearmanr(both[0], both[1])[1]
    least = 2 * math.exp(-math.lgamma(len(both) + 1))
    return Correlation(value, low, high, len(both), p if math.isnan(p) else max(float(p), least))


def robust_line(x: pd.Series[float], y: pd.Series[float], level: float = 0.95) -> RobustLine | None:
    """Lay a line through areas that single ones cannot turn.

    Its slope is the median of those of all pairs, its intercept that of what remains of y.

    Parameters
    ----------
    x, y : Series
        As in `pearson`.
    level : float
        Of the interval of the slope.

    Returns
    -------
    RobustLine or None
        None where x is the same everywhere.

    Raises
    ------
    ValueError
        As `pearson`.

    References
    ----------
    Theil, H. (1950): A rank-invariant method of linear and polynomial regression analysis.
    Sen, P. K. (1968): Estimates of the regression coefficient based on Kendall's tau. JASA 63.

    Examples
    --------
    >>> robust_line(pd.Series([1.0, 2, 3, 4, 5]), pd.Series([3.0, 5, 7, 9, 99])).slope
    2.0
    """
    from scipy import stats

    both = _both(x, y)
    if both[0].nunique() == 1:
        return None
    slope, intercept, low, high = stats.theilslopes(both[1], both[0], alpha=level, method="joint")
    return RobustLine(float(slope), float(intercept), float(low), float(high))


def relations(values: pd.DataFrame, of: str, level: float = 0.95) -> pd.DataFrame:
    """Correlate one figure with all others at once.

    Parameters
    ----------
    values : DataFrame
        One row an area, one column a figure.
    of : str
        Column that the others are correlated with.
    level : float
        Of the interval of Spearman's coefficient, as in `spearman`.

    Returns
    -------
    DataFrame
        Index the other columns, the strongest first: spearman, low, high, pearson, count (areas
        with both), p (of Spearman's coefficient, as `spearman`), q (p as corrected for so many
        comparisons: what the share of false finds is at most among all with a q up to this one,
        however the comparisons hang together). NaN where fewer than five areas have both, or one
        figure is the same everywhere.

    References
    ----------
    Benjamini, Y.; Yekutieli, D. (2001): The control of the false discovery rate in multiple
    testing under dependency. Annals of Statistics 29 (4).

    Examples
    --------
    >>> rows = [(1.0, 5.0, 1.0), (2.0, 4.0, 3.0), (3.0, 3.0, 2.0), (4.0, 2.0, 5.0), (5.0, 1.0, 4.0)]
    >>> relations(pd.DataFrame(rows, columns=list("abc")), "a")["spearman"].round(2).to_dict()
    {'b': -1.0, 'c': 0.8}
    """
    from scipy import special, stats

    others = values.drop(columns=of).astype(float)
    own = values[of].astype(float)
    known = others.notna().to_numpy() & own.notna().to_numpy()[:, None]
    second = others.where(known)
    first = pd.DataFrame(dict.fromkeys(others.columns, own), index=values.index).where(known)
    count = known.sum(axis=0)
    enough = count >= FEWEST
    plain, ranked = _columnwise(first, second), _columnwise(first.rank(), second.rank())
    plain[~enough], ranked[~enough] = math.nan, math.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt((1 + ranked**2 / 2) / (count - 3.0))
        middle = np.arctanh(np.where(np.abs(ranked) == 1, math.nan, ranked))
        reach = float(stats.norm.ppf((1 + level) / 2))
        t = ranked * np.sqrt((count - 2.0) / ((1 - ranked) * (1 + ranked)))
        p = 2 * stats.t.sf(np.abs(t), np.maximum(count - 2.0, 1))
        p = np.maximum(p, 2 * np.exp(-special.gammaln(count + 1.0)))
    q = np.full(len(p), math.nan)
    told = ~np.isnan(p)
    if told.any():
        q[told] = stats.false_discovery_control(p[told], method="by")
    table = pd.DataFrame(
        {
            "spearman": ranked,
            "low": np.tanh(middle - reach * error),
            "high": np.tanh(middle + reach * error),
            "pearson": plain,
            "count": count,
            "p": p,
            "q": q,
        },
        index=others.columns,
    )
    return table.sort_values("spearman", key=lambda each: -each.abs(), kind="stable")


def both_classes(
    x: pd.Series[float],
    y: pd.Series[float],
    x_bounds: tuple[float, ...],
    y_bounds: tuple[float, ...],
) -> pd.Series[float]:
    """Class areas by two figures at once: 0 where both are low, 8 where both are high.

    Parameters
    ----------
    x, y : Series
        Same index.
    x_bounds, y_bounds : tuple of float
        Inner bounds of the classes of each, two at most; a class holds its lower bound. With one
        bound there is no middle class, with none only that.

    Returns
    -------
    Series
        3 · (class of y) + class of x, each counted from 0; NaN where a figure is missing.

    Examples
    --------
    >>> x, y = pd.Series([1.0, 9.0, 5.0]), pd.Series([1.0, 9.0, None])
    >>> both_classes(x, y, (3, 6), (3, 6)).tolist()
    [0.0, 8.0, nan]
    """
    own = STEPS * _classes(y, y_bounds) + _classes(x, x_bounds)
    return pd.Series(own, index=x.index).where(x.notna() & y.notna())


def _classes(values: pd.Series[float], bounds: tuple[float, ...]) -> _Array:
    places = {0: [1], 1: [0, 2], 2: [0, 1, 2]}[len(bounds)]
    found = np.searchsorted(bounds, values.to_numpy(dtype=float), side="right")
    return np.array(places, dtype=float)[np.minimum(found, len(bounds))]


def _both(
    x: pd.Series[float], y: pd.Series[float], weights: pd.Series[float] | None = None
) -> pd.DataFrame:
    """Return the areas that have everything, columns 0, 1 and, with weights, 2."""
    parts = [x, y] if weights is None else [x, y, weights.where(weights > 0)]
    both = pd.concat([part.astype(float) for part in parts], axis=1, keys=range(len(parts)))
    both = both.dropna()
    if len(both) < FEWEST:
        raise ValueError(f"areas with both figures: found {len(both)}, expected at least {FEWEST}")
    return both


def _coefficient(first: _Array, second: _Array, weights: _Array) -> float:
    across, up = (each - np.average(each, weights=weights) for each in (first, second))
    spread = float((weights * across**2).sum() * (weights * up**2).sum())
    if not spread > 0 or min(np.ptp(first), np.ptp(second)) == 0:
        return math.nan
    return float(np.clip((weights * across * up).sum() / math.sqrt(spread), -1, 1))


def _interval(value: float, variance: float, level: float) -> tuple[float, float]:
    from scipy import stats

    if math.isnan(value) or abs(value) == 1:
        return math.nan, math.nan
    middle = math.atanh(value)
    reach = float(stats.norm.ppf((1 + level) / 2)) * math.sqrt(variance)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def _columnwise(first: pd.DataFrame, second: pd.DataFrame) -> _Array:
    """Correlate every column with its fellow; gaps stand at the same places."""
    across, up = (each - each.mean() for each in (first, second))
    spread = (across**2).sum() * (up**2).sum()
    same = (first.nunique() <= 1) | (second.nunique() <= 1)
    found: pd.Series[float] = (across * up).sum() / np.sqrt(spread.where(~same))
    return np.array(found.clip(-1, 1), dtype=float)
