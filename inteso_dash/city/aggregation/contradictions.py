"""Published ratios that the counts published with them do not give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from inteso_dash.catalogue import PLACE, Catalogue
from inteso_dash.city.aggregation.together import contained
from inteso_dash.city.aggregation.wide import matrix
from inteso_dash.city.aggregation.within import derive
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import plain

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
    said = figures["value"].notna() & (figures["status"] != str(Status.COMPUTED))
    pairs = dict(list(merged.groupby(_BY_PLACE)))
    found: dict[tuple[str, ...], list[pd.DataFrame]] = {}
    for place, rows in _places(figures, said):
        there = set(rows["indicator_id"].unique())
        own = [name for name, parts in ratios.items() if name in there and there.issuperset(parts)]
        if not own:
            continue
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
            found.setdefault((level, division, date), []).append(
                remade.rename_axis("area_id")
                .reset_index()
                .assign(level=level, division=division, date=pd.Timestamp(date), indicator_id=name)
            )
    remade_of = (each for place in sorted(found) for each in found[place])
    return pd.concat([none, *remade_of], ignore_index=True)


def _places(
    figures: pd.DataFrame, said: pd.Series[bool]
) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """Yield level, division and Stichtag with their figures, those of a Stichtag at a time."""
    for day in figures["date"].unique():
        yield from figures[said & (figures["date"] == day)].groupby(_BY_PLACE, observed=True)
