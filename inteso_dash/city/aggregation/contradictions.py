"""Published ratios that the counts published with them do not give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.city.aggregation.together import contained
from inteso_dash.city.aggregation.wide import Arrays, Numbers
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
    stated = figures["value"].notna() & (figures["status"] != str(Status.COMPUTED))
    for place, said in grouped(figures, _BY_PLACE, stated.to_numpy()):
        given = Arrays.told(said)
        own = [name for name, parts in ratios.items() if given.has((name, *parts))]
        if not own:
            continue
        made = given.without(own)
        derive(made, catalogue, contained(pairs.get(place, merged.iloc[:0])))

        def of(columns: Mapping[str, Numbers], names: Sequence[str] = own) -> Numbers:
            return np.array([columns[name] for name in names])

        value, error = of(made.value), of(made.error)
        allowed = of(given.error) + error + _SLACK * np.abs(value)
        apart = np.abs(of(given.value) - value)
        wrong = (of(made.source) == of(given.source)) & (apart > allowed)
        if not wrong.any():
            continue
        at, to = np.nonzero(wrong)
        remade = {
            "area_id": given.areas.take(to),
            "indicator_id": np.array(own, dtype=object)[at],
            "value": value[wrong],
            "rounding_error": error[wrong],
        }
        level, division, day = place
        found.append(pd.DataFrame(remade).assign(level=level, division=division, date=day))
    return pd.concat([none, *found], ignore_index=True)
