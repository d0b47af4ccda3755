"""Composite indices: many indicators in one number, and how far that number hangs on the weights.

References
----------
OECD, JRC (2008): Handbook on Constructing Composite Indicators. Methodology and User Guide.
Saisana, M.; Saltelli, A.; Tarantola, S. (2005): Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168 (2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.floating]

WEIGHTINGS = 10_000
"""How many random weightings stability is worked out from."""
_MOST_VALUES = 20_000_000
"""Values of all areas in all weightings that are held at once: 160 MB."""
CONCENTRATION = 30.0
"""How close they lie to the chosen one where nobody says otherwise."""
_MOSTLY = (0.05, 0.95)


class Transformation(StrEnum):
    """Ways to bring indicators of different units onto one scale."""

    STANDARD = "z"
    WEIGHTED = "weighted"
    RANK = "rank"
    SPAN = "range"


class Classing(StrEnum):
    """Ways to put the values of an index into named classes."""

    BOUNDS = "bounds"
    DEVIATIONS = "deviations"
    QUANTILES = "quantiles"


@dataclass(frozen=True)
class IndexPart:
    """A part of an index.

    Attributes
    ----------
    name : str
    weight : float
        At least 0; at 0 it is as if it were not there.
    rising : bool
        Whether more of it is more of what the index measures.
    """

    name: str
    weight: float = 1.0
    rising: bool = True


@dataclass(frozen=True)
class IndexRecipe:
    """How an index is made of its parts.

    Attributes
    ----------
    parts : tuple of IndexPart
    transformation : Transformation
    least : int
        Areas with fewer parts than this have no index.
    again : bool
        Whether the mean of the parts is standardised once more, so that 1 is one standard
        deviation.
    """

    parts: tuple[IndexPart, ...]
    transformation: Transformation = Transformation.STANDARD
    least: int = 1
    again: bool = True

    @property
    def weighed(self) -> tuple[IndexPart, ...]:
        """The parts that count."""
        return tuple(part for part in self.parts if part.weight > 0)


@dataclass(frozen=True)
class Yardstick:
    """The distribution that values are placed in: that of the reference Stichtag.

    Attributes
    ----------
    values, scaled : DataFrame
        The parts of the areas that it is made from: in their units, and on one scale.
    population : Series or None
        Of the same areas.
    centre, spread : float
        Mean and standard deviation of their means of parts.
    """

    values: pd.DataFrame
    scaled: pd.DataFrame
    population: pd.Series[float] | None
    centre: float
    spread: float


@dataclass(frozen=True)
class Composed:
    """An index of areas.

    Attributes
    ----------
    recipe : IndexRecipe
    value : Series
        NaN where an area has no index.
    scaled : DataFrame
        The parts on one scale, higher meaning more of what the index measures; NaN where one is
        missing or the area has no index.
    contributions : DataFrame
        What each part adds to the index; with ``shift`` they add up to it.
    shift : float
        What standardising once more takes from every area alike.
    yardstick : Yardstick
    """

    recipe: IndexRecipe
    value: pd.Series[float]
    scaled: pd.DataFrame
    contributions: pd.DataFrame
    shift: float
    yardstick: Yardstick

    @property
    def uncertain(self) -> pd.Series[float]:
        """How far the index could lie elsewhere, had each missing part any value that areas have.

        Zero where no part is missing but what no area has, NaN where there is no index.
        """
        filled, known = self.scaled.to_numpy(), self.scaled.notna().to_numpy()
        there = known.any(axis=0)
        filled, known, weights = filled[:, there], known[:, there], _weights(self.recipe)[there]
        found = np.zeros(len(filled))
        for extreme in (np.nanmin, np.nanmax) if there.any() else ():
            whole = np.where(known, filled, extreme(filled, axis=0)) @ (weights / weights.sum())
            value = (whole - self.yardstick.centre) / self.yardstick.spread
            found = np.maximum(found, np.abs(value - self.value.to_numpy()))
        found[known.all(axis=1)] = 0.0
        return pd.Series(found, index=self.value.index).where(self.value.notna())


@dataclass(frozen=True)
class Stability:
    """What other weightings make of an index.

    Attributes
    ----------
    kept : Series
        Share of the random weightings in which an area keeps its class, 0 to 1.
    lowest, highest : Series
        Between which ranks an area lies in nine of ten random weightings; 1 is the highest value.
    without : DataFrame
        One column a part: whether an area keeps its class where the part is left out; missing where
        no area has another part.
    weights : int
        Number of random weightings.
    spread : float
        Standard deviation of the weight of a part in them, on average, of 1 for all together.
    """

    kept: pd.Series[float]
    lowest: pd.Series[float]
    highest: pd.Series[float]
    without: pd.DataFrame
    weights: int
    spread: float


def compose(
    values: pd.DataFrame,
    recipe: IndexRecipe,
    population: pd.Series[float] | None = None,
    apart: pd.Series[bool] | None = None,
    yardstick: Yardstick | None = None,
) -> Composed:
    """Make an index: bring the parts onto one scale, average them, standardise the mean again.

    An area without one of the parts has the weighted mean of those that it has, as long as these
    are ``recipe.least``.

    Parameters
    ----------
    values : DataFrame
        One row an area, one column a part, in the units of the indicators; NaN where missing.
    recipe : IndexRecipe
    population : Series, optional
        Persons by area; needed for `Transformation.WEIGHTED`.
    apart : Series, optional
        True for areas that have no index and are not compared with.
    yardstick : Yardstick, optional
        Of another Stichtag with the same recipe; the values' own by default.

    Raises
    ------
    ValueError
        If no part counts, a weight is negative, or population is needed and missing.

    Examples
    --------
    >>> table = pd.DataFrame({"poor": [1.0, 2.0, 3.0], "space": [60.0, 50.0, 40.0]})
    >>> recipe = IndexRecipe((IndexPart("poor"), IndexPart("space", rising=False)))
    >>> compose(table, recipe).value.round(3).tolist()
    [-1.225, 0.0, 1.225]
    """
    parts = recipe.weighed
    if not parts or any(part.weight < 0 for part in recipe.parts):
        found = [part.weight for part in recipe.parts]
        raise ValueError(f"weights: found {found}, expected none below 0 and one above")
    own = values[[part.name for part in parts]].astype(float)
    enough = own.notna().sum(axis=1) >= max(recipe.least, 1)
    if apart is not None:
        enough &= ~apart.reindex(own.index, fill_value=False)
    if recipe.transformation is Transformation.WEIGHTED:
        if population is None:
            raise ValueError("population: found none, expected persons by area")
        enough &= population.reindex(own.index).gt(0)
    counted = own[enough]
    base = counted if yardstick is None else yardstick.values
    people = _of(base.index, population) if yardstick is None else yardstick.population
    scaled = pd.DataFrame(
        {
            part.name: _on_scale(counted[part.name], base[part.name], recipe, people, part)
            for part in parts
        }
    ).reindex(columns=own.columns)
    weights = _weights(recipe)
    shares = scaled.notna() * weights
    shares = shares.div(shares.sum(axis=1), axis=0)
    pulled = (scaled * shares).fillna(0.0)
    means = pulled.sum(axis=1)
    if yardstick is None:
        centre, spread = _moments(means, people, recipe) if recipe.again else (0.0, 1.0)
        yardstick = Yardstick(counted, scaled, people, centre, spread)
    centre, spread = yardstick.centre, yardstick.spread
    return Composed(
        recipe,
        ((means - centre) / spread).reindex(own.index),
        scaled.reindex(own.index),
        (pulled / spread).where(scaled.notna()).reindex(own.index),
        -centre / spread,
        yardstick,
    )


def _of(index: pd.Index, population: pd.Series[float] | None) -> pd.Series[float] | None:
    return None if population is None else population.astype(float).reindex(index)


def _weights(recipe: IndexRecipe) -> Numbers:
    weights = np.array([part.weight for part in recipe.weighed], dtype=float)
    shares: Numbers = weights / weights.sum()
    return shares


def _on_scale(
    own: pd.Series[float],
    base: pd.Series[float],
    recipe: IndexRecipe,
    population: pd.Series[float] | None,
    part: IndexPart,
) -> pd.Series[float]:
    """Place the values of a part in a distribution; where that has no spread all lie in its middle.

    A rank is the share of areas with a lower value, those with the same one counted by half.
    """
    known = base.dropna()
    sign = 1.0 if part.rising else -1.0
    if recipe.transformation is Transformation.RANK:
        ordered = np.sort(known.to_numpy())
        below = np.searchsorted(ordered, own, side="left")
        upto = np.searchsorted(ordered, own, side="right")
        place = pd.Series((below + upto) / 2 / max(len(ordered), 1), index=own.index)
        return (place if part.rising else 1 - place).where(own.notna())
    if recipe.transformation is Transformation.SPAN:
        low, high = known.min(), known.max()
        place = (own - low) / (high - low) if high > low else own * 0 + 0.5
        return place if part.rising else 1 - place
    centre, spread = _moments(known, population, recipe)
    return sign * (own - centre) / spread


def _moments(
    values: pd.Series[float], population: pd.Series[float] | None, recipe: IndexRecipe
) -> tuple[float, float]:
    """Mean and standard deviation of all areas (no sample); 1 where they do not differ."""
    if values.empty:
        return 0.0, 1.0
    weighted = recipe.transformation is Transformation.WEIGHTED and population is not None
    weights = population.reindex(values.index) if weighted and population is not None else None
    mean = float(np.average(values, weights=weights))
    spread = float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))
    alike = spread <= 1e-12 * max(abs(mean), 1.0)
    return mean, 1.0 if alike else spread


def class_bounds(values: pd.Series[float], classing: Classing, steps: Sequence[float]) -> Numbers:
    """Return the inner bounds of classes.

    Parameters
    ----------
    values : Series
        Of the index; NaN is left out.
    classing : Division
    steps : sequence of float
        Bounds themselves; standard deviations from the mean; or shares of the areas below, 0 to 1.

    Examples
    --------
    >>> class_bounds(pd.Series([0.0, 2.0]), Classing.DEVIATIONS, [-1, 1]).tolist()
    [0.0, 2.0]
    """
    known = values.dropna().to_numpy(dtype=float)
    return _bounds(known[None, :], classing, steps)[0] if known.size else np.array([])


def _bounds(rows: Numbers, classing: Classing, steps: Sequence[float]) -> Numbers:
    """Return the inner bounds of every row of values."""
    wanted = np.array(steps, dtype=float)
    if classing is Classing.DEVIATIONS:
        centre, spread = np.nanmean(rows, axis=1), np.nanstd(rows, axis=1)
        bounds: Numbers = centre[:, None] + spread[:, None] * wanted
        return bounds
    if classing is Classing.QUANTILES:
        quantile = np.nanquantile if np.isnan(rows).any() else np.quantile
        found: Numbers = quantile(rows, wanted, axis=1).T
        return found
    return np.broadcast_to(wanted, (len(rows), len(wanted)))


def class_of(values: pd.Series[float], bounds: Numbers, decimals: int) -> pd.Series[int]:
    """Return the class of each value as it is written, from 0; a class holds its lower bound.

    Examples
    --------
    >>> class_of(pd.Series([0.5, 0.996, None]), np.array([1.0]), 2).tolist()
    [0, 1, <NA>]
    """
    own = values.dropna()
    found = pd.Series(_classes(own.to_numpy()[None, :], bounds[None, :], decimals)[0], own.index)
    return found.astype("Int64").reindex(values.index)


def _classes(rows: Numbers, bounds: Numbers, decimals: int) -> npt.NDArray[np.int8]:
    """Return the classes of every row of values, -1 where there is none."""
    least = np.round(bounds + np.copysign(1e-9, bounds), decimals) - 0.5 * 10.0**-decimals - 1e-9
    found = np.zeros(rows.shape, dtype=np.int8)
    for at in range(bounds.shape[1]):
        found += rows >= least[:, at, None]
    found[np.isnan(rows)] = -1
    return found


def stability(
    composed: Composed,
    classing: Classing,
    steps: Sequence[float],
    *,
    decimals: int,
    count: int = WEIGHTINGS,
    concentration: float = CONCENTRATION,
    seed: int = 0,
) -> Stability:
    """Say what remains of an index where its parts have other weights.

    Weightings are drawn from the Dirichlet distribution whose mean is the chosen one: the larger
    ``concentration``, the closer to it. Values have classes and ranks as they are written.

    Parameters
    ----------
    composed : Composed
    classing, steps
        As in `class_bounds`; worked out anew in every weighting.
    decimals : int
        With which the index is written.
    count : int
        Fewer are drawn of more than 2,000 areas: `Stability.weights` says how many.
    concentration : float
        More than 0; the weight w of a part varies by √(w (1 − w) ÷ (concentration + 1)).
    seed : int

    Examples
    --------
    >>> table = pd.DataFrame({"a": [0.0, 1.0, 2.0, 9.0], "b": [0.0, 2.0, 1.0, 9.0]})
    >>> made = compose(table, IndexRecipe((IndexPart("a"), IndexPart("b"))))
    >>> found = stability(made, Classing.BOUNDS, [1.0], decimals=2, count=100)
    >>> found.kept.tolist(), found.lowest.tolist(), found.highest.tolist()
    ([1.0, 1.0, 1.0, 1.0], [4.0, 2.0, 2.0, 1.0], [4.0, 3.0, 3.0, 1.0])
    """
    chosen = _weights(composed.recipe)
    scaled = composed.scaled[composed.value.notna()]
    count = min(count, _MOST_VALUES // max(len(scaled), 1))
    drawn = np.random.default_rng(seed).dirichlet(concentration * chosen, size=count)

    def valued(weights: Numbers) -> Numbers:
        return _reweighed(composed, scaled.to_numpy(), weights)

    def classed(values: Numbers) -> npt.NDArray[np.int8]:
        return _classes(values, _bounds(values, classing, steps), decimals)

    own, values = classed(valued(chosen[None, :]))[0], valued(drawn)
    kept = (classed(values) == own).mean(axis=0)
    low, high = _rank_range(values, decimals)

    def same(values: Numbers) -> npt.NDArray[Any]:
        if np.isnan(values).all():
            return np.full(values.shape[1], np.nan)
        kept: npt.NDArray[np.bool_] = classed(values)[0] == own
        return kept

    without = {
        part.name: same(valued(_left_out(chosen, at)))
        for at, part in enumerate(composed.recipe.weighed)
        if len(chosen) > 1
    }
    every = composed.value.index

    def spread_out(found: Numbers) -> pd.Series[float]:
        return pd.Series(found, index=scaled.index).reindex(every)

    return Stability(
        spread_out(kept),
        spread_out(low),
        spread_out(high),
        pd.DataFrame(without, index=scaled.index).reindex(every),
        count,
        float(np.sqrt(chosen * (1 - chosen) / (concentration + 1)).mean()),
    )


def _left_out(weights: Numbers, at: int) -> Numbers:
    left = weights.copy()
    left[at] = 0.0
    return left[None, :]


def _rank_range(values: Numbers, decimals: int) -> tuple[Numbers, Numbers]:
    """Return between which ranks every column lies in nine of ten rows.

    Values that are written alike share the better rank.
    """
    written = np.round(values + np.copysign(1e-9, values), decimals)
    ranked = np.empty(values.shape, dtype=np.int16)
    order = np.argsort(-written, axis=1).astype(np.int16)
    places = np.tile(np.arange(1, values.shape[1] + 1, dtype=np.int16), (len(values), 1))
    ordered = np.take_along_axis(written, order, axis=1)
    places[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 1
    places = np.maximum.accumulate(places, axis=1)
    np.put_along_axis(ranked, order, places, axis=1)
    ranked = np.ascontiguousarray(ranked.T)
    at = [round(share * (len(values) - 1)) for share in _MOSTLY]
    ranked.partition(at, axis=1)
    return ranked[:, at[0]].astype(float), ranked[:, at[1]].astype(float)


def _reweighed(composed: Composed, scaled: Numbers, weights: Numbers) -> Numbers:
    """Return the index under many weightings: one row a weighting, one column an area."""
    means = _means(scaled, weights)
    if not composed.recipe.again:
        return means
    yardstick = composed.yardstick
    base = yardstick.scaled.to_numpy()
    others = (
        means
        if base.shape == scaled.shape and np.array_equal(base, scaled, equal_nan=True)
        else _means(base, weights)
    )
    weighted = composed.recipe.transformation is Transformation.WEIGHTED
    people = yardstick.population if weighted else None
    shares = np.ones(base.shape[0]) if people is None else people.to_numpy()
    known = ~np.isnan(others)
    shares = known * shares
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.full(shares.shape, np.nan), where=total > 0)
    others = np.where(known, others, 0.0)
    centre = np.einsum("wa,wa->w", others, shares)[:, None]
    spread = np.sqrt(np.einsum("wa,wa->w", (others - centre) ** 2, shares))[:, None]
    standardised: Numbers = (means - centre) / np.where(spread > 0, spread, 1.0)
    return standardised


def _means(scaled: Numbers, weights: Numbers) -> Numbers:
    """Return weighted means of the parts that are there, NaN where none of them counts."""
    known = ~np.isnan(scaled)
    total = weights @ known.T
    summed = weights @ np.where(known, scaled, 0.0).T
    means: Numbers = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return means
