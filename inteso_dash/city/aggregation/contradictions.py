"""Published ratios that the counts published with them do not give."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.city.aggregation.together import contained
from inteso_dash.city.aggregation.wide import Matrix, matrix
from inteso_dash.city.aggregation.within import derive
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import grouped, plain

_SLACK = 1e-9
_BY_PLACE = ["level", "division", "date"]


def contradictions(
    figures: pd.DataFrame, merged: pd.DataFrame, catalogue: Catalogue
) -> pd.DataFrame:
    """Compute anew the ratios that are further from their counts than rounding can bring them.

    Parameters
    ----------
    figures : DataFrame
        Long table, coded or plain; only what a source states itself counts, and only counts of the
        same source.
    merged : DataFrame
        Columns level, division, indicator_id, date, area_id, contained_in.
    catalogue : Catalogue

    Returns
    -------
    DataFrame
        Columns level, division, area_id, indicator_id, date, value, rounding_error: what the
        counts give.
    """
    ratios = {
        each.id: [*each.numerator, *each.denominator]
        for each in catalogue.indicators
        if each.numerator and each.denominator
    }
    none = plain(figures.iloc[:0][[*PLACE, "value", "rounding_error"]])
    if not ratios:
        return none
    pairs = dict(grouped(merged, _BY_PLACE))
    found: list[pd.DataFrame] = []
    for place, rows in grouped(figures, _BY_PLACE):
        said = rows[rows["value"].notna() & (rows["status"] != str(Status.COMPUTED))]
        there = set(said["indicator_id"].unique())
        own = [name for name, parts in ratios.items() if name in there and there.issuperset(parts)]
        if not own:
            continue
        given = matrix(said)
        counts = Matrix(*(frame.drop(columns=own) for frame in given.frames))
        made = derive(counts, catalogue, contained(pairs.get(place, merged.iloc[:0])))
        value, error, source = (
            frame[own].to_numpy().T for frame in (made.value, made.error, made.source)
        )
        allowed = given.error[own].to_numpy().T + error + _SLACK * np.abs(value)
        apart = np.abs(given.value[own].to_numpy().T - value)
        wrong = (source == given.source[own].to_numpy().T) & (apart > allowed)
        if not wrong.any():
            continue
        at, to = np.nonzero(wrong)
        remade = {
            "area_id": given.value.index.take(to),
            "indicator_id": np.array(own, dtype=object)[at],
            "value": value[wrong],
            "rounding_error": error[wrong],
        }
        level, division, day = place
        found.append(pd.DataFrame(remade).assign(level=level, division=division, date=day))
    return pd.concat([none, *found], ignore_index=True)
