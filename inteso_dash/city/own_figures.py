"""Figures of areas that somebody has put together, made of those that a city shows.

Counts are added up, what is no count is recomputed from its parts. Of an area that is cut a share
is counted in: that is an estimate, and its note says by what, how many people it concerns, and
between which numbers the figure lies for certain, whatever part of the area is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue
from inteso_dash.city.aggregation import as_rows
from inteso_dash.city.aggregation.together import contained, inherited, remarks_above
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import Matrix, joined, matrix
from inteso_dash.city.area_tree import AreaTree, Composition, Place, area_tree
from inteso_dash.city.cut_areas import CutRows, PeopleCut
from inteso_dash.language.statuses import Status

if TYPE_CHECKING:
    from inteso_dash.city import City

DIVISION = "heute"
"""Division of levels of own areas; they are made of official areas of today."""

_OWN, _REST = "own", ""
_MOST_KEPT = 300


def own_figures(city: City, made_of: Mapping[str, Composition], level: str) -> pd.DataFrame:
    """Make the figures of own areas of those that a city shows.

    An area that is an official one has its figures as they are. In all others counts are added up
    and what is no count is recomputed from its parts, with the errors by rounding of all parts.
    What rests on areas that are cut has status ``estimated``; see `cut_areas`.

    Parameters
    ----------
    city : City
        Its official levels only, completed and protected.
    made_of : mapping
        Id of an own area → the official areas that make it up.
    level : str
        Id of the level of own areas.

    Returns
    -------
    DataFrame
        The long table (`catalogue.LONG_COLUMNS`) of the level. Where a part lacks a figure that
        others have, that of the own area is absent, with the status and the number of such parts.
    """
    today = {(each.id, each.current.id) for each in city.catalogue.levels}
    merged = _merged_today(city, today)
    known = cast("dict[Composition, pd.DataFrame]", city.kept.setdefault(_Group, {}))
    if len(known) > _MOST_KEPT:
        known.clear()
    groups = {
        each: _Group(each, area_tree(city), city.catalogue)
        for each in made_of.values()
        if each not in known
    }
    wanted = {each: _wanted(group, merged) for each, group in groups.items()}
    shown = _shown(city, set().union(*wanted.values()), today)
    standing = shown.groupby(["level", "area_id"]).indices
    for each, group in groups.items():
        at = [standing[place] for place in wanted[each] if place in standing]
        rows = shown.iloc[np.sort(np.concatenate(at))] if at else shown.iloc[:0]
        known[each] = rows if each.is_official else group.over_time(rows, merged)
    found = [shown.iloc[:0]]
    for own_id, each in made_of.items():
        found.append(known[each].assign(level=level, division=DIVISION, area_id=own_id))
    return pd.concat(found, ignore_index=True)[list(LONG_COLUMNS)].astype(shown.dtypes.to_dict())


def _shown(city: City, places: Collection[Place], today: Collection[Place]) -> pd.DataFrame:
    """Return what a city shows of some official areas of today."""
    rows = city.rows(level=sorted({level for level, _ in places}))
    asked = pd.MultiIndex.from_tuples(sorted(places), names=["level", "area_id"])
    of_today = pd.MultiIndex.from_frame(rows[["level", "division"]]).isin(list(today))
    return rows[
        of_today & pd.MultiIndex.from_frame(rows[["level", "area_id"]]).isin(asked)
    ].reset_index(drop=True)


def _wanted(group: _Group, merged: Mapping[tuple[str, pd.Timestamp], _Held]) -> set[Place]:
    """Return the areas whose figures an own area needs."""
    places = set(group.made_of.places)
    return places if group.made_of.is_official else places | group.partners(merged.values())


_Held = Mapping[str, Mapping[Place, Place]]
"""Indicator → {area published together with another: the area that contains it}."""


def _merged_today(
    city: City, today: Collection[tuple[str, str]]
) -> dict[tuple[str, pd.Timestamp], _Held]:
    """Return what is published together of areas of today, by level and Stichtag."""
    found: dict[tuple[str, pd.Timestamp], _Held] = {}
    for place, rows in city.merged.groupby(["level", "division", "date"]):
        level, division, date = place
        if (level, division) in today:
            held = inherited(contained(rows), city.catalogue)
            found[str(level), pd.Timestamp(str(date))] = {
                name: {(str(level), each): (str(level), to) for each, to in pairs.items()}
                for name, pairs in held.items()
            }
    return found


@dataclass(frozen=True)
class _Group:
    """The official areas of one own area, on their way up to it."""

    made_of: Composition
    tree: AreaTree
    catalogue: Catalogue

    def partners(self, merged: Iterable[_Held]) -> set[Place]:
        """Return the areas published together with one of its areas."""
        pairs = {pair for held in merged for each in held.values() for pair in each.items()}
        inside = set(self.made_of.places)
        return {place for pair in pairs if inside.intersection(pair) for place in pair} - inside

    def over_time(
        self, rows: pd.DataFrame, merged: Mapping[tuple[str, pd.Timestamp], _Held]
    ) -> pd.DataFrame:
        """Carry figures of all Stichtage up; as `carried`, with levels and days of ``merged``."""
        keys = pd.MultiIndex.from_frame(rows[["level", "area_id"]])
        named = {each: self.tree.name(each) for each in (*self.made_of.places, *keys.unique())}
        rows = rows.assign(area_id=[named[each] for each in keys])
        days = {
            pd.Timestamp(str(date)): self._side_by_side(of_day, named)
            for date, of_day in rows.groupby("date")
        }
        counted = {day: found for day, each in days.items() if (found := each.people(day))}
        made = [rows.iloc[:0]]
        for day, side_by_side in days.items():
            together = [held for (_, when), held in merged.items() if when == day]
            nearest = sorted((abs(other - day), other) for other in counted)[:1]
            people = next((counted[other] for _, other in nearest), None)
            whole = self.carried(side_by_side, named, together, people)
            if not whole.value.empty:
                made.append(as_rows(whole, ("", DIVISION, day)))
        return pd.concat(made, ignore_index=True)

    def _side_by_side(self, rows: pd.DataFrame, named: Mapping[Place, str]) -> CutRows:
        """Return figures of one Stichtag: of its areas, and of those published with one of them."""
        own = [named[each] for each in self.made_of.places]
        return CutRows(
            _heard(matrix(rows), own),
            tuple(named[each] for each in self.made_of.cover),
            {named[place]: share for place, share in self.made_of.cut},
            self.made_of.by,
            self.catalogue,
        )

    def carried(
        self,
        rows: CutRows,
        named: Mapping[Place, str],
        merged: Sequence[_Held],
        people: PeopleCut | None = None,
    ) -> Matrix:
        """Carry figures of one Stichtag up to the own area.

        Parameters
        ----------
        rows : CutRows
        named : mapping
            What the rows of areas are called.
        merged : sequence of mapping
            What is published together, by level.
        people : PeopleCut, optional
            How many people live in areas that it cuts.
        """
        own = [named[each] for each in self.made_of.places]
        base = rows.pieces if rows.cut else rows.base
        parents = pd.Series(dict.fromkeys(base.value.index, _REST) | dict.fromkeys(own, _OWN))
        together = {
            indicator_id: {
                named[member]: named[holder]
                for member, holder in pairs.items()
                if member in named and holder in named
            }
            for held in merged
            for indicator_id, pairs in held.items()
        }
        made = aggregate(base, parents, together, self.catalogue)
        made = Matrix(*(frame.loc[frame.index == _OWN] for frame in made.frames))
        made = replace(made, note=self._remarked(made, merged))
        return rows.estimated(made, people, self._torn(merged)) if rows.cut else made

    def _torn(self, merged: Sequence[_Held]) -> set[str]:
        """Return the indicators of which an area that is cut is published with another."""
        cut = {place for place, _ in self.made_of.cut}
        return {
            indicator_id
            for held in merged
            for indicator_id, pairs in held.items()
            if not cut.isdisjoint([*pairs, *pairs.values()])
        }

    def _remarked(self, made: Matrix, merged: Sequence[_Held]) -> pd.DataFrame:
        """Say what values hold of areas outside, or lack, because areas were published together."""
        said: dict[tuple[tuple[Place, Place], ...], str] = {}
        note = made.note.copy()
        for held in merged:
            for indicator_id in note.columns.intersection(list(held)):
                pairs = tuple(held[indicator_id].items())
                if pairs not in said:
                    lies = {place[1]: self._holds(place) for pair in pairs for place in pair}
                    told = remarks_above({one[1]: to[1] for one, to in pairs}, pd.Series(lies))
                    said[pairs] = told.get(_OWN, "")
                if said[pairs] and made.value[indicator_id].notna().all():
                    note[indicator_id] = [joined(said[pairs], each) for each in note[indicator_id]]
        return note

    def _holds(self, place: Place) -> str:
        within = any(each in self.made_of.places for each in (place, *self.tree.above(place)))
        return _OWN if within else _REST


def _heard(base: Matrix, own: list[str]) -> Matrix:
    """Say of parts that nothing was said of them, where something was of others.

    Columns of which no part is spoken of are left out.
    """
    index = base.value.index.union(pd.Index(own)).sort_values()
    parts = index.isin(own)
    silent = base.status.reindex(index).isna().to_numpy()
    spoken = base.status.columns[np.flatnonzero(~silent[parts].all(axis=0))]
    value, status, error, note, source = (
        frame.reindex(index=index, columns=spoken, fill_value=absent)
        for frame, absent in zip(base.frames, (np.nan, None, 0.0, "", ""), strict=True)
    )
    words = status.to_numpy(dtype=object, copy=True)
    silent = pd.isna(words)
    words[silent] = None
    words[silent & parts[:, None]] = str(Status.NOT_DELIVERED)
    heard = pd.DataFrame(words, index=index, columns=spoken, dtype=object)
    return Matrix(value, heard, error, note, source)
