"""From the figures that were delivered to those that follow from them: parts, shares, totals.

Extensive indicators add up; intensive ones are recomputed from their parts. Where a part is
missing, the result is absent and says why; a published figure is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, PLACE, Catalogue
from inteso_dash.city.aggregation.ancestors import Bridges, Ways, all_ways, upwards
from inteso_dash.city.aggregation.together import contained, remarks
from inteso_dash.city.aggregation.wide import ON_ESTIMATES, Matrix, joined, matrix
from inteso_dash.city.aggregation.within import derive
from inteso_dash.city.overlay.bridges import public
from inteso_dash.language.statuses import Status
from inteso_dash.tables.coded import TEXTS, coded, is_coded, ordered, plain, together, worded

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
    before an estimate, a nearer level before one further below, and the current division before an
    earlier one.

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
    days = [
        coded(kept(rows, own, partial(_following, rows, own, ways, catalogue, bridges)))
        for day, rows in _by_day(told)
        for own in [merged[merged["date"] == day]]
    ]
    if not days:
        return figures
    completed = ordered(together([told, *days]), [*PLACE, "source_id"])
    return completed if is_coded(figures) else plain(completed)


def _by_day(figures: pd.DataFrame) -> Iterator[tuple[pd.Timestamp, pd.DataFrame]]:
    """Yield the figures of one Stichtag after another."""
    numbers, days = pd.factorize(figures["date"], sort=True)
    order = np.argsort(numbers.astype(np.min_scalar_type(-max(1, len(days)))), kind="stable")
    ends = np.cumsum(np.bincount(numbers, minlength=len(days))).tolist()
    del numbers
    for day, (start, end) in zip(days, pairwise([0, *ends]), strict=True):
        yield day, figures.iloc[order[start:end]]


def _following(
    figures: pd.DataFrame,
    merged: pd.DataFrame,
    ways: Mapping[tuple[str, str], Ways],
    catalogue: Catalogue,
    bridges: Callable[[], Bridges],
) -> pd.DataFrame:
    """Return what follows from the figures of a Stichtag, plain."""
    computed: list[pd.DataFrame] = []
    for place, rows in figures.groupby(_BY_PLACE, sort=True, observed=True):
        level, division, date = str(place[0]), str(place[1]), pd.Timestamp(str(place[2]))
        together = contained(
            merged[
                (merged["level"] == level)
                & (merged["division"] == division)
                & (merged["date"] == date)
            ]
        )
        older = division != catalogue.level(level).current.id
        given = matrix(rows)
        base = derive(given, catalogue, together)
        lowest = 2 * len(catalogue.levels)
        computed.append(
            as_rows(_without(base, given), (level, division, date)).assign(_rank=lowest)
        )
        above = upwards(
            base,
            (level, division, date),
            together,
            ways,
            catalogue,
            bridges().get((level, division)) if older else None,
            public=public(rows, catalogue).shape == rows.shape,
        )
        nearest = [level, *catalogue.ancestors(level)]
        for ancestor, ancestor_division, upward in above:
            if not upward.value.empty:
                target = (ancestor, ancestor_division, date)
                rank = 2 * nearest.index(ancestor) + older
                computed.append(as_rows(upward, target).assign(_rank=rank))
    added = pd.concat(computed, ignore_index=True)
    guessed = added["status"].eq(str(Status.ESTIMATED)) | added["note"].str.contains(
        ON_ESTIMATES, regex=False
    )
    added = added.assign(_empty=added["value"].isna(), _guessed=guessed).sort_values(
        ["_empty", "_guessed", "_rank"], kind="stable"
    )
    near = figures["level"].isin(added["level"]) & figures["indicator_id"].isin(
        added["indicator_id"]
    )
    published = plain(figures.loc[near, PLACE])
    known = pd.concat([published, added[PLACE]]).duplicated().iloc[len(published) :]
    kinds = plain(figures.iloc[:0]).dtypes[["date", *TEXTS]]
    return added.loc[~known, list(LONG_COLUMNS)].astype(kinds).reset_index(drop=True)


def _without(base: Matrix, given: Matrix) -> Matrix:
    """Return what has been added to given cells."""
    known = given.status.notna().reindex(columns=base.status.columns, fill_value=False)
    return replace(base, status=base.status.mask(known, None))


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
    said = result.status.notna().to_numpy(dtype=bool)
    at, to = np.nonzero(said)
    rows = pd.DataFrame(
        {
            "area_id": result.value.index.take(at),
            "indicator_id": result.value.columns.take(to),
            "value": result.value.to_numpy(dtype=float)[said],
        }
    )
    for name, frame in (
        ("status", result.status),
        ("rounding_error", result.error),
        ("note", result.note),
        ("source_id", result.source),
    ):
        rows[name] = frame.to_numpy(dtype=object)[said]
    return rows.assign(
        level=level,
        division=division,
        date=date,
        rounding_error=rows["rounding_error"].astype(float),
    )
