"""Published ratios that the counts published with them do not give."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.city.aggregation.together import contained
from inteso_dash.city.aggregation.wide import matrix
from inteso_dash.city.aggregation.within import derive
from inteso_dash.language.statuses import Status

_SLACK = 1e-9


def contradictions(
    figures: pd.DataFrame, merged: pd.DataFrame, catalogue: Catalogue
) -> pd.DataFrame:
    """Compute anew the ratios that are further from their counts than rounding can bring them.

    Parameters
    ----------
    figures : DataFrame
        Long table; only what a source states itself counts, and only counts of the same source.
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
    told = figures[figures["value"].notna() & (figures["status"] != str(Status.COMPUTED))]
    found = [told.iloc[:0][[*PLACE, "value", "rounding_error"]]]
    by_place = ["level", "division", "date"]
    pairs = dict(list(merged.groupby(by_place)))
    placed = told.groupby(by_place)
    named = told[[*by_place, "indicator_id"]].drop_duplicates()
    for place, names in named.groupby(by_place)["indicator_id"]:
        there = set(names)
        own = [name for name, parts in ratios.items() if name in there and there.issuperset(parts)]
        if not own:
            continue
        rows = placed.get_group(place)
        given = matrix(rows)
        counts = matrix(rows[~rows["indicator_id"].isin(own)])
        made = derive(counts, catalogue, contained(pairs.get(place, merged.iloc[:0])))
        for name in own:
            value, error = made.value[name], made.error[name]
            allowed = given.error[name] + error + _SLACK * value.abs()
            same = made.source[name] == given.source[name]
            wrong = same & ((given.value[name] - value).abs() > allowed)
            remade = pd.DataFrame({"value": value[wrong], "rounding_error": error[wrong]})
            level, division, date = map(str, place)
            found.append(
                remade.rename_axis("area_id")
                .reset_index()
                .assign(level=level, division=division, date=pd.Timestamp(date), indicator_id=name)
            )
    return pd.concat(found, ignore_index=True)
