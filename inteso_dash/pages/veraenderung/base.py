"""What figures rest on: counts on themselves, ratios on what they are shares of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City

SMALL_BASE = 200
"""Below so many persons (or whatever is counted) a change may be chance."""


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
