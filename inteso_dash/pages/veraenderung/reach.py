"""How far comparisons reach, which two Stichtage most areas share, and what figures rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from inteso_dash.catalogue.city import Level
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks

SMALL_BASE = 200
"""Below so many persons (or whatever is counted) a change may be chance."""


@dataclass(frozen=True)
class Reach:
    """The comparison of an indicator that most areas of a level take part in.

    Attributes
    ----------
    indicator : Indicator
    level : Level
    start, end : date
    shared : int
        Areas with a value on both days.
    areas : int
        Areas of the level.
    """

    indicator: Indicator
    level: Level
    start: dt.date
    end: dt.date
    shared: int
    areas: int


def reach(city: City, level: str, indicator_id: str) -> Reach | None:
    """Return the two comparable Stichtage that most areas share, of equals the farthest apart.

    Parameters
    ----------
    city : City
    level, indicator_id : str

    Returns
    -------
    Reach or None
        None where no area has two values that can be compared.
    """
    asked = level, indicator_id
    return city.once(Reach, asked, lambda: _reach(city, *asked))


def _reach(city: City, level: str, indicator_id: str) -> Reach | None:
    known = {
        day: set(city.known(level, indicator_id, day).index)
        for day in city.dates(level, indicator_id)
    }
    shared = {
        pair: len(known[pair[0]] & known[pair[1]])
        for pair in combinations(known, 2)
        if known[pair[0]] & known[pair[1]] and not breaks(city, indicator_id, level, pair)
    }
    if not shared:
        return None
    start, end = max(shared, key=lambda pair: (shared[pair], pair[1] - pair[0]))
    areas = len(city.areas(level, city.division(level, end, indicator_id)))
    declared = city.catalogue.level(level)
    indicator = city.catalogue.indicator(indicator_id)
    return Reach(indicator, declared, start, end, shared[start, end], areas)


def best_pair(city: City, level: str, indicator_id: str) -> tuple[dt.date, dt.date] | None:
    """Return the Stichtage of `reach`."""
    found = reach(city, level, indicator_id)
    return None if found is None else (found.start, found.end)


def period(
    city: City, level: str, indicator_id: str, *, shared: bool
) -> tuple[dt.date, dt.date] | None:
    """Return the Stichtage that a view begins with.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    shared : bool
        Whether areas are compared: then those of `reach`, where there are any. Else the first and
        the last.

    Returns
    -------
    tuple or None
        None where there are no two Stichtage.
    """
    days = city.dates(level, indicator_id)
    if len(days) < 2:
        return None
    pair = best_pair(city, level, indicator_id) if shared else None
    return pair or (days[0], days[-1])


def on_other_levels(city: City, indicator_id: str, level: str) -> tuple[Reach, ...]:
    """Return how an indicator can be compared on the levels other than this one."""
    others = (each.id for each in city.catalogue.levels if each.id != level)
    return tuple(found for each in others if (found := reach(city, each, indicator_id)))


def of_other_indicators(city: City, level: str, indicator_id: str) -> tuple[Reach, ...]:
    """Return which indicators other than this one can be compared on a level, the widest first."""
    others = (each.id for each in city.catalogue.indicators if each.id != indicator_id)
    found = [own for each in others if (own := reach(city, level, each))]
    return tuple(sorted(found, key=lambda own: own.shared, reverse=True))


def counts(indicator: Indicator) -> bool:
    """Say whether an indicator counts something: whole numbers that add up, unlike hectares."""
    return indicator.kind == "extensive" and indicator.decimals == 0


def smallest_base(
    city: City, level: str, indicator: Indicator, days: Sequence[dt.date]
) -> pd.Series:
    """Return the smallest number that the values of every area rest on, over some Stichtage.

    Parameters
    ----------
    city : City
    level : str
    indicator : Indicator
    days : sequence of date

    Returns
    -------
    Series of float
        Index area_id; NaN where it is not published.
    """
    parts = (indicator.id,) if counts(indicator) else indicator.denominator or indicator.weight
    areas = city.areas(level).index
    found = []
    for day in days:
        known = [city.known(level, part, day) for part in parts]
        if known:
            found.append(pd.concat(known, axis=1).sum(axis=1, min_count=len(known)))
    if not found:
        return pd.Series(np.nan, index=areas, dtype=float)
    return pd.concat(found, axis=1).min(axis=1)
