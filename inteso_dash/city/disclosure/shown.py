"""How the figures of a protected source are written that may be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.tables import Protection
from inteso_dash.city.disclosure.places import Place
from inteso_dash.city.disclosure.quantities import to_multiple
from inteso_dash.city.disclosure.relations import Relations
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status

Key = tuple[Place, str]


def coarse(error: float, decimals: int) -> float:
    """Give a computed figure's error in a form that tells nothing about the figures behind it.

    The error grows with the figures that went into it: written exactly it would be a figure of
    its own. It is rounded up to 5, 0.5, 0.05 …

    Examples
    --------
    >>> coarse(0.0123, 1), coarse(0.7, 0), coarse(0.0, 0)
    (0.05, 5.0, 0.0)
    """
    if not error > 0:
        return error
    return float(round(5 * 10.0 ** math.ceil(math.log10(error / 5) - 1e-9), decimals + 4))


def rounded(
    relations: Relations, protections: Mapping[Key, Protection], secret: set[Key]
) -> dict[Key, tuple[float, float]]:
    """Return value and error of all figures that a base for rounding changes.

    Counts are rounded each by itself; a share is computed anew from the rounded counts, as the
    exact one would tell them, and has no value where one of them is secret.
    """
    catalogue = relations.catalogue
    done: dict[Key, tuple[float, float]] = {}
    for key, protection in protections.items():
        cell, base = relations.cells[key], protection.round_to
        if (
            base
            and cell.secret
            and key not in secret
            and catalogue.indicator(key[1]).kind == "extensive"
        ):
            done[key] = (to_multiple(cell.value, base), base / 2)
    for ratio in relations.ratios:
        share = relations.columns[ratio.share].key
        rule = protections.get(share)
        if rule is None or not rule.round_to or not relations.cells[share].secret:
            continue
        if catalogue.indicator(share[1]).per is None:
            continue
        if any(relations.columns[index].key in secret for index in (*ratio.above, *ratio.below)):
            done[share] = (math.nan, math.nan)
            continue
        below = _rounded(relations, ratio.below, done)
        above = _rounded(relations, ratio.above, done)
        if math.isnan(above):
            above = to_multiple(ratio.count, rule.round_to)
        half = rule.round_to / 2
        value = above * ratio.factor / below if below else math.nan
        error = half * (ratio.factor + abs(value)) / below if below else math.nan
        done[share] = (value, error)
    return done


def _rounded(
    relations: Relations, columns: tuple[int, ...], done: Mapping[Key, tuple[float, float]]
) -> float:
    """Add up columns as they are shown; NaN where one of them is no figure."""
    total = 0.0
    for index in columns:
        key = relations.columns[index].key
        if key in done:
            total += done[key][0]
        elif key in relations.cells and key in relations.at:
            total += relations.cells[key].value
        else:
            return math.nan
    return total


def written(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Round computed figures as they are shown, so that no further decimal tells their parts.

    Parameters
    ----------
    rows : DataFrame
        Rows of the long table with values.
    catalogue : Catalogue
    """
    made = rows["status"] == str(Status.COMPUTED)
    decimals = [catalogue.indicator(name).decimals for name in rows["indicator_id"]]
    values = [
        float(formats.rounded(value, places) or 0) if computed and not math.isnan(value) else value
        for value, places, computed in zip(rows["value"], decimals, made, strict=True)
    ]
    errors = [
        coarse(error, places) if computed else error
        for error, places, computed in zip(rows["rounding_error"], decimals, made, strict=True)
    ]
    return rows.assign(
        value=np.array(values, dtype=float), rounding_error=np.array(errors, dtype=float)
    )
