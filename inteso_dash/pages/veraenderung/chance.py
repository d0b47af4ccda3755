"""Whether a change between two Stichtage is more than chance."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.comparable import comparable
from inteso_dash.city.intervals import as_written, intervals, level_words
from inteso_dash.language import formats
from inteso_dash.measures.intervals import LEVEL, Numbers, difference
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, decimals
from inteso_dash.pages.veraenderung.texts import CHANCE as TEXTS

HEAD = TEXTS["head"].format(level=level_words(LEVEL))
"""Head of the column that tells it."""


def beyond_chance(city: City, found: Comparison) -> pd.DataFrame:
    """Return the interval of the change of a share or a rate (Newcombe), by area.

    It takes both Stichtage as independent. Areas that were carried over from another division, or
    whose value or base is not shown, have none.

    Parameters
    ----------
    city : City
    found : Comparison

    Returns
    -------
    DataFrame
        Index as ``found.areas``; columns lower, upper (unit of the indicator or points; NaN
        where there is none), more (whether zero lies outside).
    """
    areas = found.areas
    sides = [
        _side(city, found, day, areas[side])
        for side, day in (("before", found.start), ("after", found.end))
    ]
    (first, *first_reach), (second, *second_reach) = sides
    lower, upper = difference(
        first, (first_reach[0], first_reach[1]), second, (second_reach[0], second_reach[1])
    )
    made = pd.DataFrame({"lower": lower, "upper": upper}, index=areas.index)
    made = made.where(areas["change"].notna())
    return made.assign(more=(made["lower"] > 0) | (made["upper"] < 0))


def _side(
    city: City, found: Comparison, day: dt.date, values: pd.Series
) -> tuple[Numbers, Numbers, Numbers]:
    """Return value and bounds at a Stichtag; NaN where the value is not the one that is shown."""
    indicator = found.indicator
    given = comparable(city, found.level, indicator.id, day)
    cells = intervals(city, found.level, indicator.id, day, values=given).cells
    cells = cells[["value", "lower", "upper"]].reindex(values.index)
    own = cells[cells["value"] == as_written(values, indicator)].reindex(values.index)
    value, lower, upper = (own[each].to_numpy(dtype=float) for each in own.columns)
    return value, lower, upper


def told(found: Comparison, reach: pd.DataFrame) -> pd.Series:
    """Write the interval of every change, and whether it is more than chance.

    Parameters
    ----------
    found : Comparison
    reach : DataFrame
        As of `beyond_chance`.

    Returns
    -------
    Series of str
        Empty where there is no interval.
    """
    digits = decimals(found.indicator, Measure.ABSOLUTE)
    words = []
    for lower, upper, more in zip(reach["lower"], reach["upper"], reach["more"], strict=True):
        if np.isnan(lower):
            words.append("")
            continue
        low, high = (float(each) for each in formats.outward(lower, upper, digits))
        span = f"{formats.signed(low, digits)} bis {formats.signed(high, digits)}"
        words.append(TEXTS["more" if more else "chance"].format(span=span))
    return pd.Series(words, index=reach.index, dtype=object)


def counted(city: City, found: Comparison) -> str:
    """Say of how many areas the change is more than chance; empty where that cannot be said."""
    reach = beyond_chance(city, found)
    known = int(reach["lower"].notna().sum())
    if not known or found.level == city.catalogue.root.id:
        return ""
    return TEXTS["counted"].format(
        more=formats.number(int(reach["more"].sum()), 0),
        all=formats.number(known, 0),
        plural=formats.dative(city.catalogue.level(found.level).plural),
        level=level_words(LEVEL),
    )
