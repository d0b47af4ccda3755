"""How something is spread over areas: inequality, segregation, targets; pure functions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas

WHOLE = 100.0
_TOLERANCE = 1e-9


class Verdict(StrEnum):
    """Whether an area carries more than its target, over all possible weightings."""

    ABOVE = "above"
    BELOW = "below"
    DEPENDS = "depends"


def lorenz(values: pd.Series[float], weights: pd.Series[float]) -> pd.DataFrame:
    """Lorenz curve: how much of the total the least burdened areas carry together.

    Parameters
    ----------
    values : Series
        Amounts per area, such as accommodated persons; none missing, none negative.
    weights : Series
        What the amounts are compared with, such as the population; same index.

    Returns
    -------
    DataFrame
        Index: empty text for the origin, then the areas from the lowest to the highest ratio of
        value to weight; columns weight and value, both cumulated from 0 to 1.

    Raises
    ------
    ValueError
        If values are missing or negative, the indexes differ or a total is 0.

    References
    ----------
    Lorenz, M. O. (1905): Methods of measuring the concentration of wealth. Publications of the
    American Statistical Association 9 (70).

    Examples
    --------
    >>> lorenz(pd.Series([1.0, 3.0]), pd.Series([5.0, 5.0]))["value"].tolist()
    [0.0, 0.25, 1.0]
    """
    own, compared = _shares(values, "values"), _shares(weights, "weights")
    _require_same_index(values, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (own / compared).fillna(0)
    order = ratios.sort_values(kind="stable").index
    curve = pd.DataFrame({"weight": compared[order].cumsum(), "value": own[order].cumsum()})
    origin = pd.DataFrame({"weight": [0.0], "value": [0.0]}, index=[""])
    return pd.concat([origin, curve])


def gini(values: pd.Series[float], weights: pd.Series[float] | None = None) -> float:
    """Gini coefficient: 0 where all carry the same, near 1 where one carries everything.

    Parameters
    ----------
    values, weights : Series
        As in `lorenz`; without weights every area counts the same.

    Raises
    ------
    ValueError
        As `lorenz`.

    References
    ----------
    Gini, C. (1912): Variabilità e mutabilità. Bologna.

    Examples
    --------
    >>> gini(pd.Series([1.0, 3.0]))
    0.25
    """
    compared = pd.Series(1.0, index=values.index) if weights is None else weights
    curve = lorenz(values, compared)
    steps = np.diff(curve["weight"])
    heights = curve["value"].to_numpy()
    return float(max(0.0, 1 - (steps * (heights[1:] + heights[:-1])).sum()))


def dissimilarity(values: pd.Series[float], reference: pd.Series[float]) -> float:
    """Dissimilarity index: the share that would have to move for both to be spread alike.

    Parameters
    ----------
    values, reference : Series
        Amounts of both groups per area, same index.

    Raises
    ------
    ValueError
        As `lorenz`.

    References
    ----------
    Duncan, O. D.; Duncan, B. (1955): A methodological analysis of segregation indexes. American
    Sociological Review 20 (2).

    Examples
    --------
    >>> dissimilarity(pd.Series([1.0, 3.0]), pd.Series([5.0, 5.0]))
    0.25
    """
    _require_same_index(values, reference)
    differences = _shares(values, "values") - _shares(reference, "reference")
    return float(differences.abs().sum() / 2)


def location_quotient(values: pd.Series[float], reference: pd.Series[float]) -> pd.Series[float]:
    """Share of an area in the one over its share in the other; 1 means exactly its part.

    Parameters
    ----------
    values, reference : Series
        As in `dissimilarity`.

    Returns
    -------
    Series
        Index as given; NaN where the area has nothing of the reference.

    References
    ----------
    Isard, W. (1960): Methods of regional analysis. Cambridge, MA.

    Examples
    --------
    >>> location_quotient(pd.Series([1.0, 3.0]), pd.Series([5.0, 5.0])).tolist()
    [0.5, 1.5]
    """
    _require_same_index(values, reference)
    compared = _shares(reference, "reference")
    return _shares(values, "values") / compared.where(compared > 0)


def relieved_population(
    population: pd.Series[float], need: pd.Series[float], need_of_all: float
) -> pd.Series[float]:
    """Count the population less where the social need is high.

    Every inhabitant counts 2 − need ÷ need of all, at least 0: once where the need is that of
    the whole city, twice where there is none, not at all from twice the city's need on.

    Parameters
    ----------
    population, need : Series
        Same index; the need as a rate.
    need_of_all : float
        Rate of all areas together.

    Raises
    ------
    ValueError
        If the need of all is not above 0.

    Examples
    --------
    >>> relieved_population(pd.Series([100.0, 100.0, 50.0]), pd.Series([5.0, 10.0, 25.0]), 10.0)
    0    150.0
    1    100.0
    2      0.0
    dtype: float64
    """
    if not need_of_all > 0:
        raise ValueError(f"need of all: found {need_of_all}, expected more than 0")
    return population * (2 - need / need_of_all).clip(lower=0)


def relieved_by_index(population: pd.Series[float], index: pd.Series[float]) -> pd.Series[float]:
    """Count the population less where an index of social need is high.

    As `relieved_population`, with 1 + index ÷ 2 as the need beside that of all: every inhabitant
    counts 1 − index ÷ 2, at least 0 and at most 2. Once where the index is average, not at all
    from two standard deviations above on, twice from two below.

    Parameters
    ----------
    population, index : Series
        Same index; standard deviations from the average.

    Examples
    --------
    >>> relieved_by_index(pd.Series([100.0, 100.0, 50.0]), pd.Series([0.0, 1.0, 3.0])).tolist()
    [100.0, 50.0, 0.0]
    """
    return population * (1 - index / 2).clip(0, 2)


def target_shares(parts: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series[float]:
    """Share of every area after a key.

    Parameters
    ----------
    parts : DataFrame
        One row per area, one column per part of the key, in any unit.
    weights : mapping
        Column → weight in percent; parts that are not named count nothing.

    Returns
    -------
    Series
        Index as the parts', sum 1.

    Raises
    ------
    ValueError
        If the weights are negative or do not sum to 100, or as `lorenz` for a part that counts.

    Examples
    --------
    >>> parts = pd.DataFrame({"people": [30.0, 10.0], "land": [1.0, 1.0]}, index=["a", "b"])
    >>> target_shares(parts, {"people": 50, "land": 50}).tolist()
    [0.625, 0.375]
    """
    if min(weights.values(), default=0) < 0 or not math.isclose(sum(weights.values()), WHOLE):
        raise ValueError(f"weights: found {dict(weights)}, expected a sum of 100, none below 0")
    shares = [
        _shares(parts[name], name) * (weight / WHOLE) for name, weight in weights.items() if weight
    ]
    return pd.Series(sum(shares), index=parts.index, dtype=float)


def target_range(parts: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest share that any weighting of the parts gives an area.

    A target is a mean of the shares after the single parts, so that its extremes lie where one
    part counts alone.

    Parameters
    ----------
    parts : DataFrame
        As in `target_shares`; only the parts that may be weighted.

    Returns
    -------
    DataFrame
        Index as the parts'; columns lowest and highest.

    Examples
    --------
    >>> parts = pd.DataFrame({"people": [30.0, 10.0], "land": [1.0, 1.0]}, index=["a", "b"])
    >>> target_range(parts).loc["a"].tolist()
    [0.5, 0.75]
    """
    shares = pd.DataFrame({name: _shares(parts[name], str(name)) for name in parts.columns})
    return pd.DataFrame({"lowest": shares.min(axis=1), "highest": shares.max(axis=1)})


def robustness(values: pd.Series[float], parts: pd.DataFrame) -> pd.Series[str]:
    """Say of every area whether it lies above its target under every weighting, none, or some.

    Parameters
    ----------
    values : Series
        Amounts per area.
    parts : DataFrame
        As in `target_shares`; only the parts that may be weighted.

    Returns
    -------
    Series
        `Verdict` by area.

    Examples
    --------
    >>> parts = pd.DataFrame({"people": [30.0, 10.0], "land": [1.0, 1.0]}, index=["a", "b"])
    >>> robustness(pd.Series({"a": 8.0, "b": 2.0}), parts).tolist()
    ['above', 'below']
    """
    own = _shares(values, "values")
    targets = target_range(parts)
    verdicts = pd.Series(str(Verdict.DEPENDS), index=values.index)
    verdicts[own > targets["highest"] + _TOLERANCE] = str(Verdict.ABOVE)
    verdicts[own < targets["lowest"] - _TOLERANCE] = str(Verdict.BELOW)
    return verdicts


def share_above(sizes: pd.Series[float], limit: float) -> float:
    """Share of all persons that live in sites with more persons than the limit.

    Parameters
    ----------
    sizes : Series
        Persons per site, none missing.
    limit : float

    Raises
    ------
    ValueError
        As `lorenz`.

    Examples
    --------
    >>> share_above(pd.Series([100.0, 200.0, 300.0]), 200)
    0.5
    """
    return float(_shares(sizes, "sizes")[sizes > limit].sum())


def size_classes(sizes: pd.Series[float], limit: float, step: float = 50.0) -> pd.DataFrame:
    """Count sites by size, in equal steps from nothing to beyond the limit.

    Parameters
    ----------
    sizes : Series
        Persons or places per site, none missing.
    limit : float
        A size that the classes have to reach beyond.
    step : float
        Width of a class; a class holds its upper bound, the first one nothing too.

    Returns
    -------
    DataFrame
        Columns low, high, sites (how many) and total (sum of their sizes).

    Examples
    --------
    >>> size_classes(pd.Series([50.0, 51.0, 0.0]), 60, 50)["sites"].tolist()
    [2, 1]
    """
    top = float(np.ceil(max([*sizes, limit + 1]) / step) * step)
    edges = np.arange(0, top + step, step)
    bins = np.clip(np.ceil(sizes / step) - 1, 0, len(edges) - 2).astype(int)
    count = len(edges) - 1
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "sites": np.bincount(bins, minlength=count),
            "total": np.bincount(bins, weights=sizes, minlength=count),
        }
    )


def within_reach(
    areas: geopandas.GeoSeries, sites: geopandas.GeoSeries, persons: pd.Series[float], radius: float
) -> pd.DataFrame:
    """Count persons inside each area, and inside it or at most a radius beyond its boundary.

    Parameters
    ----------
    areas : GeoSeries
        Polygons, index area id.
    sites : GeoSeries
        Points in the same projected CRS.
    persons : Series
        Persons per site, same index as the sites.
    radius : float
        In the unit of the CRS.

    Returns
    -------
    DataFrame
        Index area id; columns inside and reached. A site at an edge is reached from several
        areas: the column reached does not add up to the total.
    """
    rows = {}
    for area_id, polygon in areas.items():
        distances = sites.distance(polygon)
        rows[area_id] = (persons[distances == 0].sum(), persons[distances <= radius].sum())
    return pd.DataFrame.from_dict(rows, orient="index", columns=["inside", "reached"])


def _shares(values: pd.Series[float], name: str) -> pd.Series[float]:
    if values.isna().any() or (values < 0).any():
        found = values[values.isna() | (values < 0)].to_dict()
        raise ValueError(f"{name}: found {found}, expected amounts of at least 0 everywhere")
    total = float(values.sum())
    if not 0 < total < math.inf:
        raise ValueError(f"{name}: found a total of {total}, expected more than 0")
    return values / total


def _require_same_index(one: pd.Series[float], other: pd.Series[float]) -> None:
    if not one.index.equals(other.index):
        raise ValueError(
            f"index: found {list(one.index)} and {list(other.index)}, expected the same areas"
        )
