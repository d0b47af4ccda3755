"""Figures of areas that somebody has put together, made of those that a city shows.

Counts are added up, what is no count is recomputed from its parts. Of an area that is cut a share
is counted in: that is an estimate, and its note says by what, how many people it concerns, and
between which numbers the figure lies for certain, whatever part of the area is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city.aggregation import as_rows
from inteso_dash.city.aggregation.conversion import divided
from inteso_dash.city.aggregation.together import contained, inherited, remarks_above
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import ON_ESTIMATES, Matrix, joined, matrix
from inteso_dash.city.area_tree import AreaTree, Composition, Place, area_tree
from inteso_dash.city.cut_areas import AND, KEY, CutRows, PeopleCut
from inteso_dash.city.earlier_areas import earlier_divisions
from inteso_dash.city.lookup import Wanted, wanted
from inteso_dash.language.statuses import Status

if TYPE_CHECKING:
    from inteso_dash.city import City

DIVISION = "heute"
"""Division of levels of own areas; they are made of official areas of today."""

_OWN, _REST, _OF = "own", "", "\x1f"
_PREFIX = re.compile(rf"\d+{_OF}")
_MOST_KEPT, _MOST_READ = 300, 500_000

TEXTS = {"earlier": "Aus Zahlen der Gliederung {division}."}


def own_figures(city: City, made_of: Mapping[str, Composition], level: str) -> pd.DataFrame:
    """Make the figures of own areas of those that a city shows.

    An area that is an official one has its figures as they are. In all others counts are added up
    and what is no count is recomputed from its parts, with the errors by rounding of all parts.
    What rests on areas that are cut has status ``estimated``; see `cut_areas`. Figures of earlier
    divisions are carried to own areas; see `earlier_areas`.

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
    held: dict[Composition, pd.DataFrame] = city.held(Composition)
    wanted = dict.fromkeys(made_of.values())
    known = {each: rows for each in wanted if (rows := held.get(each)) is not None}
    new = [each for each in wanted if each not in known]
    if new:
        shown = {(each.id, each.current.id) for each in city.catalogue.levels}
        made = _made(city, new, shown, area_tree(city))
        before = _made_before(city, new)
        fresh = {each: _nearest([made[each], *before[each]]) for each in new}
        known |= fresh
        if len(held) > _MOST_KEPT:
            held.clear()
        held |= fresh
    found = [
        known[each].assign(level=level, division=DIVISION, area_id=own_id)
        for own_id, each in made_of.items()
    ]
    whole = pd.concat(found, ignore_index=True)[list(LONG_COLUMNS)]
    return whole.astype(city.rows(level=city.catalogue.root.id).dtypes.to_dict())


def _made(
    city: City,
    new: Sequence[Composition],
    divisions: Collection[tuple[str, str]],
    tree: AreaTree,
    days: Collection[pd.Timestamp] | None = None,
    exact_for: Collection[str] = (),
) -> dict[Composition, pd.DataFrame]:
    """Make the figures of own areas of those that a city shows of some divisions.

    Parameters
    ----------
    city : City
    new : sequence of Composition
        Made of areas of these divisions.
    divisions : collection of (str, str)
        Levels and their division.
    tree : AreaTree
        What lies in what there.
    days : collection of Timestamp, optional
        Of others nothing is made.
    exact_for : collection of str
        Indicators that shares divide without an estimate.
    """
    merged = _merged(city, divisions)
    groups = [_Group(each, tree, exact_for) for each in new if not each.is_official]
    needed = {place for each in new for place in each.places}
    needed.update(place for each in groups for place in each.partners(merged.values()))
    shown = _shown(city, needed, divisions, days)
    at = shown.groupby(["level", "area_id"]).indices
    known = {each: shown.iloc[at.get(each.cover[0], [])] for each in new if each.is_official}
    made = _Together(groups, city.catalogue).over_time(shown, merged)
    return known | {each.made_of: rows for each, rows in zip(groups, made, strict=True)}


def _made_before(city: City, new: Sequence[Composition]) -> dict[Composition, list[pd.DataFrame]]:
    """Make figures of own areas of those of earlier divisions, the nearest ones first."""
    found: dict[Composition, list[pd.DataFrame]] = {each: [] for each in new}
    for each in earlier_divisions(city):
        place = (each.level, each.division)
        for days in each.by_basis():
            seen = {own: then for own in new if (then := each.seen(own, days[0])) is not None}
            there = list(dict.fromkeys(seen.values()))
            made = _made(city, there, {place}, each.tree, days, each.exact_for)
            for own, then in seen.items():
                keys = each.sources if KEY in then.by.split(AND) else ()
                found[own].append(_of_division(made[then], each.division, keys))
    return found


def _of_division(rows: pd.DataFrame, division: str, keys: Iterable[str]) -> pd.DataFrame:
    """Say of figures to which division those belong that they are made of; name sources of keys."""
    told = rows["value"].notna() & (rows["status"] != str(Status.ESTIMATED))
    said = TEXTS["earlier"].format(division=division)
    notes = [
        joined(note, said) if own else note for note, own in zip(rows["note"], told, strict=True)
    ]
    cited = [joined_ids([ids, *keys]) for ids in rows["source_id"]]
    return rows.assign(note=notes, source_id=cited)


def _nearest(made: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Take of figures made in several ways the one that is nearest to what was published.

    An exact one comes before an estimate, and one of areas of today before one of earlier ones.
    What is withheld, or with another area's, of areas of today stays so.
    """
    if all(each.empty for each in made[1:]):
        return made[0]
    whole = pd.concat([each.assign(_way=at) for at, each in enumerate(made)], ignore_index=True)
    known, of_today = whole["value"].notna(), whole["_way"] == 0
    guessed = (whole["status"] == str(Status.ESTIMATED)) | whole["note"].str.contains(
        ON_ESTIMATES, regex=False
    )
    silent = whole["status"] == str(Status.NOT_DELIVERED)
    rank = np.select(
        [~known & ~silent & of_today, known & ~guessed, known, ~silent, ~of_today], range(5), 5
    )
    ordered = whole.assign(_rank=rank).sort_values(["_rank", "_way"], kind="stable")
    return ordered.drop_duplicates(["indicator_id", "date"]).drop(columns=["_way", "_rank"])


def _shown(
    city: City,
    places: Collection[Place],
    divisions: Collection[tuple[str, str]],
    days: Collection[pd.Timestamp] | None,
) -> pd.DataFrame:
    """Return what a city shows of areas of some divisions; of many figures some at a time."""
    levels = {level for level, _ in places}
    asked: dict[str, Wanted] = {
        "level": sorted(levels),
        "division": sorted(at for of, at in divisions if of in levels),
    }
    if days is not None:
        asked["date"] = [day.date() for day in days]
    there = city.counts[wanted(city.counts, asked)].groupby("indicator_id")["rows"].sum()
    parts = there.groupby((there.cumsum() // _MOST_READ).to_numpy()).groups.values()
    found = []
    for indicators in parts:
        rows = city.rows(indicator_id=list(indicators), **asked)
        of_these = pd.MultiIndex.from_frame(rows[["level", "division"]]).isin(list(divisions))
        of_places = pd.MultiIndex.from_frame(rows[["level", "area_id"]]).isin(list(places))
        found.append(rows[of_these & of_places])
    rows = pd.concat(found) if found else city.rows(level=sorted(levels)).iloc[:0]
    return rows.sort_index().reset_index(drop=True)


_Held = Mapping[str, Mapping[Place, Place]]
"""Indicator → {area published together with another: the area that contains it}."""


def _merged(
    city: City, divisions: Collection[tuple[str, str]]
) -> dict[tuple[str, pd.Timestamp], _Held]:
    """Return what is published together of areas of some divisions, by level and Stichtag."""
    found: dict[tuple[str, pd.Timestamp], _Held] = {}
    for place, rows in city.merged.groupby(["level", "division", "date"]):
        level, division, date = place
        if (level, division) in divisions:
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
    exact_for: Collection[str] = ()

    @cached_property
    def own(self) -> list[str]:
        """What the rows of its areas are called."""
        return [self.tree.name(place) for place in self.made_of.places]

    def partners(self, merged: Iterable[_Held]) -> set[Place]:
        """Return the areas published together with one of its areas."""
        pairs = {pair for held in merged for each in held.values() for pair in each.items()}
        inside = set(self.made_of.places)
        return {place for pair in pairs if inside.intersection(pair) for place in pair} - inside

    def torn(self, merged: Iterable[_Held]) -> set[str]:
        """Return the indicators of which an area that is cut is published with another."""
        cut = {place for place, _ in self.made_of.cut}
        return {
            indicator_id
            for held in merged
            for indicator_id, pairs in held.items()
            if not cut.isdisjoint([*pairs, *pairs.values()])
        }

    def remarks(self, merged: Iterable[_Held]) -> dict[str, str]:
        """Say by indicator what values hold of areas outside, or lack, because of such figures."""
        said: dict[tuple[tuple[Place, Place], ...], str] = {}
        found: dict[str, str] = {}
        for held in merged:
            for indicator_id, together in held.items():
                pairs = tuple(together.items())
                if pairs not in said:
                    lies = {place[1]: self._holds(place) for pair in pairs for place in pair}
                    told = remarks_above({one[1]: to[1] for one, to in pairs}, pd.Series(lies))
                    said[pairs] = told.get(_OWN, "")
                found[indicator_id] = joined(said[pairs], found.get(indicator_id, ""))
        return {indicator_id: text for indicator_id, text in found.items() if text}

    def _holds(self, place: Place) -> str:
        within = any(each in self.made_of.places for each in (place, *self.tree.above(place)))
        return _OWN if within else _REST


@dataclass(frozen=True)
class _Together:
    """Several own areas, carried up at once: an area that lies in two of them counts in each."""

    groups: Sequence[_Group]
    catalogue: Catalogue

    def over_time(
        self, rows: pd.DataFrame, merged: Mapping[tuple[str, pd.Timestamp], _Held]
    ) -> list[pd.DataFrame]:
        """Carry figures of all Stichtage up, by own area.

        Parameters
        ----------
        rows : DataFrame
            Long table of their areas, and of those published together with one of them.
        merged : mapping
            What is published together, by level and Stichtag.
        """
        if not self.groups:
            return []
        tree = self.groups[0].tree
        keys = pd.MultiIndex.from_frame(rows[["level", "area_id"]])
        named = {place: tree.name(place) for place in keys.unique()}
        rows = rows.assign(area_id=[named[each] for each in keys])
        days = {
            pd.Timestamp(str(date)): (
                matrix(of_day),
                [held for (_, when), held in merged.items() if when == pd.Timestamp(str(date))],
            )
            for date, of_day in rows.groupby("date")
        }
        cuts = [
            {day: self._cut(group, base) for day, (base, _) in days.items()}
            if group.made_of.cut
            else {}
            for group in self.groups
        ]
        found = [rows.iloc[:0].assign(area_id="")]
        plain = [at for at, cut in enumerate(cuts) if not cut]
        for day, (base, together) in days.items():
            whole = self.carried(base, together)
            uncut = whole if len(plain) == len(cuts) else _chosen(whole, plain)
            found.append(as_rows(uncut, ("", DIVISION, day)))
            for at, cut in enumerate(cuts):
                made = _chosen(whole, [at]) if cut else None
                if made is not None and not made.value.empty:
                    torn = self.groups[at].torn(together)
                    made = cut[day].estimated(made, _people(cut, day), torn)
                    found.append(as_rows(made, ("", DIVISION, day)))
        made_rows = pd.concat(found, ignore_index=True)
        places = made_rows.groupby("area_id").indices
        return [made_rows.iloc[places.get(str(at), [])] for at in range(len(self.groups))]

    def carried(self, base: Matrix, merged: Sequence[_Held]) -> Matrix:
        """Carry figures of one Stichtag up; rows are the places of the groups as text.

        Parameters
        ----------
        base : Matrix
        merged : sequence of mapping
            What is published together, by level.
        """
        pieces, names, parents = list[str](), list[str](), list[str]()
        shares = list[tuple[float, float]]()
        together: dict[str, dict[str, str]] = {}
        for at, group in enumerate(self.groups):
            named = {each: group.tree.name(each) for each in group.partners(merged)}
            others = {each: name for each, name in named.items() if name in base.value.index}
            rows = zip(group.made_of.places, group.own, strict=True)
            places = dict(sorted([*rows, *others.items()], key=lambda each: each[1]))
            here = {place: f"{at}{_OF}{name}" for place, name in places.items()}
            cut = group.made_of.shares
            pieces += here.values()
            names += places.values()
            parents += [_REST if place in others else str(at) for place in here]
            shares += [cut.get(place, (1.0, 1.0)) for place in here]
            for held in merged:
                for indicator_id, pairs in held.items():
                    together.setdefault(indicator_id, {}).update(
                        (here[one], here[to])
                        for one, to in pairs.items()
                        if one in here and to in here
                    )
        above = pd.Series(parents, index=pd.Index(pieces, name="area_id"))
        parts = _heard(base, names, above)
        taken, land = np.array(shares).T
        made = aggregate(
            divided(parts, taken, land, self.catalogue), above, together, self.catalogue
        )
        made = Matrix(*(frame.drop(index=_REST, errors="ignore") for frame in made.frames))
        note = made.note.apply(lambda column: column.str.replace(_PREFIX, "", regex=True))
        for at, group in enumerate(self.groups):
            for indicator_id, said in group.remarks(merged).items():
                if indicator_id in note and made.value[indicator_id].notna()[str(at)]:
                    own = str(note[indicator_id][str(at)])
                    note.loc[str(at), indicator_id] = joined(said, own)
        return replace(made, note=note)

    def _cut(self, group: _Group, base: Matrix) -> CutRows:
        """Return the figures of a group's areas before they are divided."""
        return CutRows(
            Matrix(*(frame.reindex(group.own) for frame in base.frames)),
            tuple(group.own[: len(group.made_of.cover)]),
            {group.tree.name(place): share for place, share in group.made_of.cut},
            group.made_of.by,
            self.catalogue,
            group.made_of.knows_land,
            group.exact_for if group.made_of.by == KEY else (),
        )


def _people(cut: Mapping[pd.Timestamp, CutRows], day: pd.Timestamp) -> PeopleCut | None:
    """Say how many people come from areas that are cut, on the nearest day that is known."""
    for near in sorted(cut, key=lambda each: abs(each - day)):
        found = cut[near].people(near)
        if found is not None:
            return found
    return None


def _chosen(whole: Matrix, groups: Iterable[int]) -> Matrix:
    """Return the rows of some groups."""
    at = whole.value.index.isin([str(each) for each in groups])
    return Matrix(*(frame.loc[at] for frame in whole.frames))


def _heard(base: Matrix, names: Sequence[str], above: pd.Series) -> Matrix:
    """Return a row for every piece; of parts nothing was said of, while something was of others.

    Columns of which no part is spoken of are left out.
    """
    at = base.value.index.get_indexer(pd.Index(names))
    absent, own = at < 0, (above != _REST).to_numpy()
    words = base.status.to_numpy(dtype=object)[at]
    words[absent] = None
    silent = pd.isna(words)
    codes, _ = pd.factorize(above)
    spoken = np.zeros((codes.max() + 1, words.shape[1]), dtype=bool)
    np.logical_or.at(spoken, codes[own], ~silent[own])
    words[silent] = None
    words[silent & own[:, None] & spoken[codes]] = str(Status.NOT_DELIVERED)
    kept = np.flatnonzero(spoken.any(axis=0))
    columns = base.value.columns[kept]

    def wide(frame: pd.DataFrame, dtype: type, nothing: object) -> pd.DataFrame:
        cells = frame.to_numpy(dtype=dtype)[at][:, kept]
        cells[absent] = nothing
        return pd.DataFrame(cells, index=above.index, columns=columns)

    return Matrix(
        wide(base.value, float, np.nan),
        pd.DataFrame(words[:, kept], index=above.index, columns=columns, dtype=object),
        wide(base.error, float, 0.0),
        wide(base.note, object, ""),
        wide(base.source, object, ""),
    )
