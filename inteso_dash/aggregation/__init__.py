"""From the figures that were delivered to those that follow from them: parts, shares, totals.

Extensive indicators add up; intensive ones are recomputed from their parts. Where a part is
missing, the result is absent and says why; a published figure is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from inteso_dash.aggregation.upwards import aggregate
from inteso_dash.aggregation.wide import ON_ESTIMATES, ON_SHARES, Matrix, Merged, matrix
from inteso_dash.aggregation.within import derive
from inteso_dash.catalogue import LONG_COLUMNS, PLACE, Catalogue

__all__ = [
    "ON_ESTIMATES",
    "ON_SHARES",
    "Matrix",
    "Merged",
    "aggregate",
    "complete",
    "derive",
    "matrix",
]

_BY_PLACE = ["level", "division", "date"]


def complete(
    figures: pd.DataFrame, merged: pd.DataFrame, register: pd.DataFrame, catalogue: Catalogue
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add everything that follows from the delivered figures.

    Counts that only a share implies, shares whose parts were delivered, and the values of the
    higher levels, all with status ``computed``. A value of a higher level is made from the
    nearest level below that has one.

    Parameters
    ----------
    figures : DataFrame
        Long table (`catalogue.LONG_COLUMNS`), published figures only.
    merged : DataFrame
        Columns level, division, indicator_id, date, area_id, contained_in.
    register : DataFrame
        Columns level, division, area_id, parent_id.
    catalogue : Catalogue

    Returns
    -------
    figures : DataFrame
        The long table with the computed rows added; published rows are unchanged.
    notes : DataFrame
        Columns level, division, area_id, indicator_id, date, note: why a computed row is empty,
        or that it rests on estimates.
    """
    computed: list[pd.DataFrame] = []
    for place, rows in figures.groupby(_BY_PLACE, sort=True, observed=True):
        level, division, date = str(place[0]), str(place[1]), pd.Timestamp(str(place[2]))
        together = merged[
            (merged["level"] == level) & (merged["division"] == division) & (merged["date"] == date)
        ]
        contained: dict[str, dict[str, str]] = {}
        for row in together.itertuples():
            contained.setdefault(str(row.indicator_id), {})[str(row.area_id)] = str(
                row.contained_in
            )
        base = derive(matrix(rows), catalogue, contained)
        source = ", ".join(sorted(set(rows["source_id"])))
        computed.append(_long(base, (level, division, date), source, rank=len(catalogue.levels)))
        ancestors = _ancestors(register, catalogue, level, division)
        for steps, (ancestor, ancestor_division, parents) in enumerate(ancestors, 1):
            upward = aggregate(base, parents, contained, catalogue)
            if not upward.value.empty:
                target = (ancestor, ancestor_division, date)
                computed.append(_long(upward, target, source, rank=steps))
    if not computed:
        return figures, figures[PLACE].assign(note="")
    added = pd.concat(computed, ignore_index=True)
    added = added.assign(_empty=added["value"].isna()).sort_values(
        ["_empty", "_rank"], kind="stable"
    )
    added = added.drop_duplicates(PLACE)
    published = pd.MultiIndex.from_frame(figures[PLACE])
    added = added[~pd.MultiIndex.from_frame(added[PLACE]).isin(published)]
    notes = added.loc[added["note"] != "", [*PLACE, "note"]].reset_index(drop=True)
    everything = pd.concat([figures, added[list(LONG_COLUMNS)]], ignore_index=True)
    return everything.sort_values([*PLACE, "source_id"], ignore_index=True), notes


def _ancestors(
    register: pd.DataFrame, catalogue: Catalogue, level: str, division: str
) -> Iterator[tuple[str, str, pd.Series]]:
    areas = register[(register["level"] == level) & (register["division"] == division)]
    inside = areas.set_index("area_id")["parent_id"]
    for ancestor in catalogue.ancestors(level):
        current = catalogue.level(ancestor).current.id
        above = register[(register["level"] == ancestor) & (register["division"] == current)]
        further = above.set_index("area_id")["parent_id"]
        inside = inside[inside.isin(further.index)]
        yield ancestor, current, inside
        inside = inside.map(further)


def _long(
    result: Matrix, place: tuple[str, str, pd.Timestamp], source: str, rank: int
) -> pd.DataFrame:
    level, division, date = place
    areas, indicators = result.value.index, result.value.columns
    rows = pd.DataFrame(
        {
            "area_id": np.repeat(areas.to_numpy(), len(indicators)),
            "indicator_id": np.tile(indicators.to_numpy(), len(areas)),
            "value": result.value.to_numpy(dtype=float).reshape(-1),
        }
    )
    for name, frame in (
        ("status", result.status),
        ("rounding_error", result.error),
        ("note", result.note),
    ):
        rows[name] = frame.to_numpy(dtype=object).reshape(-1)
    rows = rows[rows["status"].notna()]
    return rows.assign(
        level=level,
        division=division,
        date=date,
        source_id=source,
        rounding_error=rows["rounding_error"].astype(float),
        _rank=rank,
    )
