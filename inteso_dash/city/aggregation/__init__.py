"""From the figures that were delivered to those that follow from them: parts, shares, totals.

Extensive indicators add up; intensive ones are recomputed from their parts. Where a part is
missing, the result is absent and says why; a published figure is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, PLACE, Catalogue
from inteso_dash.city.aggregation.ancestors import Bridges, Ways, all_ways, upwards
from inteso_dash.city.aggregation.together import contained, remarks
from inteso_dash.city.aggregation.wide import (
    ON_ESTIMATES,
    Arrays,
    Matrix,
    Numbers,
    joined,
    statuses,
)
from inteso_dash.city.aggregation.within import derive, of_own_counts
from inteso_dash.city.overlay.bridges import public
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import (
    TEXTS,
    coded,
    grouped,
    is_coded,
    named_before,
    ordered,
    plain,
    together,
    worded,
    words_of,
)

Kept = Callable[[pd.DataFrame, pd.DataFrame, Callable[[], pd.DataFrame]], pd.DataFrame]
"""Returns what follows from the figures of a Stichtag and from what is published together of them:
as it is kept, or as it is made."""

_BY_PLACE = ["level", "division", "date"]


def complete(
    figures: pd.DataFrame,
    merged: pd.DataFrame,
    register: pd.DataFrame,
    catalogue: Catalogue,
    bridges: Callable[[], Bridges] = dict,
    kept: Kept = lambda _rows, _merged, make: make(),
) -> pd.DataFrame:
    """Add everything that follows from the delivered figures.

    Counts that only a share implies, shares whose parts were delivered, and the values of the
    higher levels, with status ``computed``, or ``estimated`` where areas of an earlier division
    do not nest in those above. Of several ways to one value of a higher level an exact one comes
    before an estimate, a ratio of counts delivered for the area itself before that of its parts, a
    nearer level before one further below, and the current division before an earlier one.

    Parameters
    ----------
    figures : DataFrame
        Long table (`catalogue.LONG_COLUMNS`), published figures only; coded or plain.
    merged : DataFrame
        Columns level, division, indicator_id, date, area_id, contained_in.
    register : DataFrame
        Columns level, division, area_id, parent_id, parent_division.
    catalogue : Catalogue
    bridges : callable
        Returns how earlier divisions reach the current ones, by level and earlier division.
    kept : callable, optional
        Is asked of each Stichtag; no figure follows from those of another.

    Returns
    -------
    DataFrame
        The long table with the computed rows added, coded or plain as the figures are. Their notes
        say why a value is absent, or what it rests on. Published rows are unchanged but for the
        note of those that hold for several areas together.
    """
    ways = all_ways(figures, register, catalogue)
    told = coded(_told(figures, merged))
    together_on = dict(grouped(merged, ["date"]))
    days = [
        coded(kept(rows, own, partial(_following, rows, own, ways, catalogue, bridges)))
        for (day,), rows in grouped(told, ["date"])
        for own in [together_on.get((day,), merged.iloc[:0])]
    ]
    if not days:
        return figures
    completed = ordered(together([told, *days]), [*PLACE, "source_id"])
    return completed if is_coded(figures) else plain(completed)


def _following(
    figures: pd.DataFrame,
    merged: pd.DataFrame,
    ways: Mapping[tuple[str, str], Ways],
    catalogue: Catalogue,
    bridges: Callable[[], Bridges],
) -> pd.DataFrame:
    """Return what follows from the figures of a Stichtag."""
    pairs = dict(grouped(merged, _BY_PLACE))
    computed: list[dict[str, Numbers]] = []
    ranks: list[int] = []
    for place, rows in grouped(figures, _BY_PLACE):
        level, division, date = place
        held = contained(pairs.get(place, merged.iloc[:0]))
        older = division != catalogue.level(level).current.id
        base = Arrays.told(rows)
        given = base.said()
        derive(base, catalogue, held)
        new = {name: said & ~given.get(name, np.False_) for name, said in base.said().items()}
        own = of_own_counts(base, given, catalogue)
        counted = {name: said & new[name] for name, said in own.items() if name in new}
        other = {name: said & ~counted.get(name, np.False_) for name, said in new.items()}
        computed += [_cells(base, each, level, division) for each in (counted, other)]
        ranks += [-1, 2 * len(catalogue.levels)]
        above = upwards(
            base,
            place,
            held,
            ways,
            catalogue,
            bridges().get((level, division)) if older else None,
            public=public(rows, catalogue).shape == rows.shape,
        )
        nearest = [level, *catalogue.ancestors(level)]
        for ancestor, ancestor_division, upward in above:
            computed.append(_cells(upward, upward.said(), ancestor, ancestor_division))
            ranks.append(2 * nearest.index(ancestor) + older)
    added = {name: np.concatenate([each[name] for each in computed]) for name in computed[0]}
    rank = np.repeat(ranks, [len(each["value"]) for each in computed])
    notes, words = pd.factorize(added["note"])
    guessed = np.array([ON_ESTIMATES in each for each in words], dtype=bool)[notes]
    guessed |= added["status"] == str(Status.ESTIMATED)
    order = np.lexsort((rank, guessed, np.isnan(added["value"])))
    texts = {name: words_of(added[name][order]) for name in TEXTS}
    place_of = ["level", "division", "area_id", "indicator_id"]
    new_rows = pd.DataFrame({name: texts[name] for name in place_of}, copy=False)
    first = ~named_before(new_rows, figures, place_of)
    cells: dict[str, object] = {name: each[first] for name, each in texts.items()}
    cells |= {name: added[name][order][first] for name in ("value", "rounding_error")}
    cells["date"] = np.full(np.count_nonzero(first), date.to_datetime64())
    return pd.DataFrame({name: cells[name] for name in LONG_COLUMNS}, copy=False)


def _told(figures: pd.DataFrame, merged: pd.DataFrame) -> pd.DataFrame:
    """Say of published figures that hold for several areas together which those are."""
    said: dict[tuple[object, ...], str] = {}
    for place, rows in merged.groupby(["level", "division", "date"]):
        level, division, date = place
        for indicator_id, pairs in contained(rows).items():
            for holder, words in remarks(pairs).items():
                said[level, division, holder, indicator_id, date] = words
    holders = merged[["contained_in", "indicator_id", "date"]]
    near = np.flatnonzero(
        figures["value"].notna()
        & figures["area_id"].isin(holders["contained_in"])
        & figures["indicator_id"].isin(holders["indicator_id"])
        & figures["date"].isin(holders["date"])
    )
    if not len(near):
        return figures
    rows = plain(figures.iloc[near])
    keys = rows[PLACE].itertuples(index=False, name=None)
    notes = [joined(note, said.get(key, "")) for key, note in zip(keys, rows["note"], strict=True)]
    return worded(figures, "note", near, notes)


def as_rows(result: Matrix, place: tuple[str, str, pd.Timestamp]) -> pd.DataFrame:
    """Write figures as rows of the long table, without those about which nothing is said.

    Parameters
    ----------
    result : Matrix
    place : tuple
        Level, division and Stichtag.
    """
    level, division, date = place
    arrays = Arrays.of(result, result.value.index)
    return pd.DataFrame(_cells(arrays, arrays.said(), level, division)).assign(date=date)


def _cells(
    result: Arrays, said: Mapping[str, Numbers], level: str, division: str
) -> dict[str, Numbers]:
    """Return some cells of figures as columns of the long table, but for the Stichtag."""
    shape = len(result.areas), len(said)

    def table(columns: Mapping[str, Numbers], kind: type) -> Numbers:
        return np.array([columns[name] for name in said], dtype=kind).T.reshape(shape)

    wanted = table(said, bool)
    at, to = np.nonzero(wanted)
    return {
        "level": np.full(len(at), level, dtype=object),
        "division": np.full(len(at), division, dtype=object),
        "area_id": result.areas.to_numpy(dtype=object)[at],
        "indicator_id": np.array(list(said), dtype=object)[to],
        "value": table(result.value, float)[wanted],
        "status": statuses(table(result.status, int)[wanted]),
        "source_id": table(result.source, object)[wanted],
        "rounding_error": table(result.error, float)[wanted],
        "note": table(result.note, object)[wanted],
    }
