"""Which areas of a comparison a chart shows, with the words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from inteso_dash.language.formats import signed
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, Standouts, decimals
from inteso_dash.pages.veraenderung.tables import ordered
from inteso_dash.pages.veraenderung.words import remarks, told

_T = TypeVar("_T")


@dataclass(frozen=True)
class PickedPairs:
    """Both values of some areas, the highest change first.

    Attributes
    ----------
    rows : DataFrame
        Index area_id; columns name, before, after, small (bool), told (the change, or why there
        is none).
    cut : bool
        Whether areas with both values are left out, those in the middle.
    single : int
        Areas left out because they have one value only.
    """

    rows: pd.DataFrame
    cut: bool
    single: int


def pairs(
    found: Comparison, measure: Measure, sides: int, *, only_both: bool = False
) -> PickedPairs:
    """Pick the areas whose two values stand side by side.

    Parameters
    ----------
    found : Comparison
    measure : Measure
        By which they are ordered.
    sides : int
        Areas from the top and from the bottom at most.
    only_both : bool
        Whether areas with one value are left out even where there is room.
    """
    rows = ordered(found, measure)
    rows = rows[rows["before"].notna() | rows["after"].notna()]
    both = rows[rows["before"].notna() & rows["after"].notna()]
    cut, single = False, 0
    if only_both or (len(rows) > 2 * sides and len(both)):
        single = len(rows) - len(both)
        cut = len(both) > 2 * sides
        rows = pd.concat([both.head(sides), both.tail(sides)]) if cut else both
    rows = rows.head(2 * sides)
    words = [
        told(
            found.indicator,
            row["before"],
            row["after"],
            (row["error_before"], row["error_after"]),
        )
        if not found.breaks and not pd.isna(row["before"]) and not pd.isna(row["after"])
        else note
        for row, note in zip(
            rows.to_dict("records"), remarks(found).reindex(rows.index), strict=True
        )
    ]
    return PickedPairs(rows[["name", "before", "after", "small"]].assign(told=words), cut, single)


def standout_rows(found: Comparison, picked: Standouts) -> pd.DataFrame:
    """Return the strongest changes as bars show them, the highest first.

    Returns
    -------
    DataFrame
        Index area_id; columns name, value, told (with its sign, without a unit).
    """
    rows = found.areas.loc[[*picked.rises, *reversed(picked.falls)]]
    values = rows[str(picked.measure)]
    digits = decimals(found.indicator, picked.measure)
    return pd.DataFrame(
        {"name": rows["name"], "value": values, "told": [signed(each, digits) for each in values]}
    )


def spread(values: Sequence[_T], most: int) -> tuple[_T, ...]:
    """Pick at most so many of some ordered things: the first, the last, and those evenly between.

    Examples
    --------
    >>> spread(range(2010, 2020), 4)
    (2010, 2013, 2016, 2019)
    """
    if len(values) <= most:
        return tuple(values)
    return tuple(values[int(at)] for at in np.linspace(0, len(values) - 1, most).round())
