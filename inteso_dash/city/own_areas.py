"""Areas that somebody has put together, laid over a city as one more level.

Their figures are made of those that the completed, protected city shows and of nothing else: the
fewest official areas that make up an area are taken, the highest ones, and these are carried up by
kind as everywhere. What is withheld of a part is withheld of the whole; it is never had by taking
parts from a total. So nothing can be worked out of any number of own areas that the figures shown
of official ones do not say already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from inteso_dash.catalogue import DECLARATION, LONG_COLUMNS, Catalogue
from inteso_dash.catalogue.own_areas import FILE, OwnArea, OwnAreas, OwnLevel
from inteso_dash.city.aggregation import as_rows
from inteso_dash.city.aggregation.together import contained, inherited, remarks_above
from inteso_dash.city.aggregation.upwards import aggregate
from inteso_dash.city.aggregation.wide import Matrix, joined, matrix
from inteso_dash.city.area_tree import AreaTree, Cover, Place, area_tree, official_levels
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import Status

if TYPE_CHECKING:
    from inteso_dash.boundaries.layers import Layer
    from inteso_dash.city import City

DIVISION = "heute"
"""Division of levels of own areas; they are made of official areas of today."""

TEXTS = {
    "unknown": "{name}: Teil {part}: ein solches Gebiet gibt es nicht; erwartet Schlüssel von "
    "Gebieten der heutigen Gliederung, etwa {example}. Das eigene Gebiet fehlt hier.",
    "several": "{name}: Teil {part}: den Schlüssel haben {levels}; erwartet Ebene und Schlüssel. "
    "Das eigene Gebiet fehlt hier.",
    "crossing": "{name}: {one} und {other} teilen die Stadt verschieden auf; erwartet Teile von "
    "Ebenen, die ineinander liegen. Das eigene Gebiet fehlt hier.",
    "inside": "{name}: {parts} {lie} schon in einem anderen Teil und {count} einmal.",
    "level": "level: gefunden {level!r}; eine Ebene mit dieser id hat die Stadt "
    "schon. Erwartet eine andere.",
}
_OWN, _REST = "own", ""
_MOST_KEPT = 300


@dataclass(frozen=True)
class Resolved:
    """Own areas as a city can show them.

    Attributes
    ----------
    own : OwnAreas
        Those that can be shown; ``faults`` says what was left out, and what was counted once.
    covers : mapping
        Id of an own area → the official areas that make it up.
    """

    own: OwnAreas
    covers: Mapping[str, Cover]


def resolved(own: OwnAreas, city: City) -> Resolved:
    """Say of own areas which official ones make them up.

    Parameters
    ----------
    own : OwnAreas
    city : City

    Returns
    -------
    Resolved
        Without the areas that name parts which the city does not have, or whose levels do not lie
        within each other.
    """
    return _resolved(own, area_tree(city))


def _resolved(own: OwnAreas, tree: AreaTree) -> Resolved:
    covers: dict[str, Cover] = {}
    faults = list(own.faults)
    if own.level in official_levels(tree.catalogue):
        faults.append(TEXTS["level"].format(level=own.level))
        return Resolved(own.model_copy(update={"areas": (), "faults": tuple(faults)}), covers)
    for area in own.areas:
        places, wrong = _places(area, tree)
        if wrong:
            faults += wrong
            continue
        inside = [each for each in places if any(higher in places for higher in tree.above(each))]
        if inside:
            named = formats.listed([tree.name(each) for each in inside])
            lie, count = ("liegt", "zählt") if len(inside) == 1 else ("liegen", "zählen")
            faults.append(TEXTS["inside"].format(name=area.name, parts=named, lie=lie, count=count))
        covers[area.id] = tree.cover(places)
    kept = tuple(each for each in own.areas if each.id in covers)
    shown = own.model_copy(update={"areas": kept, "faults": tuple(dict.fromkeys(faults))})
    return Resolved(shown, covers)


def _places(area: OwnArea, tree: AreaTree) -> tuple[set[Place], list[str]]:
    """Return the official areas that an own one names, and what is wrong with them."""
    places: set[Place] = set()
    wrong: list[str] = []
    titles = {level.id: level.title.de for level in tree.catalogue.levels}
    for part in area.parts:
        key = part if isinstance(part, str) else part[1]
        levels = tree.levels_of.get(key, [])
        if not isinstance(part, str):
            levels = [each for each in levels if each == part[0]]
        said = repr(part) if isinstance(part, str) else " ".join(part)
        if len(levels) == 1:
            places.add((levels[0], key))
        elif levels:
            named = formats.listed([f"{titles[each]} ({each})" for each in levels])
            wrong.append(TEXTS["several"].format(name=area.name, part=said, levels=named))
        else:
            example = next(reversed(tree.levels_of), "")
            wrong.append(TEXTS["unknown"].format(name=area.name, part=said, example=example))
    used = sorted({level for level, _ in places})
    lines = {level: {level, *tree.catalogue.ancestors(level)} for level in used}
    crossing = [
        (one, other)
        for one, other in combinations(used, 2)
        if one not in lines[other] and other not in lines[one]
    ]
    for one, other in crossing[:1]:
        words = {"name": area.name, "one": titles[one], "other": titles[other]}
        wrong.append(TEXTS["crossing"].format(**words))
    return places, wrong


def coarsest(own: OwnAreas, city: City) -> OwnAreas:
    """Return own areas made of the fewest official ones, as an address should name them.

    Areas that the city cannot show stay as they are.
    """
    tree, found = area_tree(city), resolved(own, city)
    areas = [
        each.model_copy(update={"parts": tuple(map(tree.part, found.covers[each.id]))})
        if each.id in found.covers
        else each
        for each in own.areas
    ]
    return own.model_copy(update={"areas": tuple(areas)})


def with_own_areas(city: City, own: OwnAreas) -> City:
    """Lay own areas over a city as one more level.

    Parameters
    ----------
    city : City
        Completed and protected; where it has such a level already, that is replaced.
    own : OwnAreas

    Returns
    -------
    City
        With the level, its areas, figures and boundaries; the city itself where none of the areas
        can be shown. See `resolved` for what cannot.
    """
    found = resolved(own, city)
    if not found.own.areas:
        return city
    official = city.official
    level = OwnLevel.of(found.own, official.catalogue.root.id, DIVISION)
    register = pd.DataFrame(
        {
            "level": level.id,
            "division": DIVISION,
            "area_id": [each.id for each in found.own.areas],
            "name": [each.name for each in found.own.areas],
            "parent_id": official.catalogue.city.id,
            "parent_division": "",
            "name_complete": True,
        }
    )
    figures = own_figures(official, found.covers, level.id)
    return replace(
        city,
        catalogue=city.catalogue.with_level(level),
        register=_laid(city.register, register, level.id),
        figures=_laid(city.figures, figures, level.id),
        recomputed=_recomputed(city, found.covers, level.id),
        beneath=official,
        _areas={},
    )


def with_declared(city: City) -> City:
    """Lay the own areas of the data folder over a city; what is wrong with them is a finding."""
    own = city.catalogue.own
    if own is None:
        return city
    told = declared_findings(city.catalogue, city.register)
    return replace(with_own_areas(city, own), findings=(*city.findings, *told))


def declared_findings(catalogue: Catalogue, register: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what is wrong with the own areas that a data folder declares.

    Parameters
    ----------
    catalogue : Catalogue
    register : DataFrame
        As in `areas_of`.
    """
    if catalogue.own is None:
        return ()
    faults = _resolved(catalogue.own, AreaTree(catalogue, register)).own.faults
    return tuple(Finding(Severity.ERROR, DECLARATION, f"{FILE}: {each}", FILE) for each in faults)


def own_figures(city: City, covers: Mapping[str, Cover], level: str) -> pd.DataFrame:
    """Make the figures of own areas of those that a city shows.

    An area that is an official one has its figures as they are. In all others counts are added up
    and what is no count is recomputed from its parts, with the errors by rounding of all parts.

    Parameters
    ----------
    city : City
        Its official levels only, completed and protected.
    covers : mapping
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
    figures = city.figures
    shown = figures[pd.MultiIndex.from_frame(figures[["level", "division"]]).isin(today)]
    standing = shown.reset_index(drop=True).groupby(["level", "area_id"]).indices
    merged = _merged_today(city, today)
    known = cast("dict[Cover, pd.DataFrame]", city.kept.setdefault(_Group, {}))
    if len(known) > _MOST_KEPT:
        known.clear()
    found = [figures.iloc[:0]]
    for own_id, cover in covers.items():
        if cover not in known:
            group = _Group(cover, area_tree(city), city.catalogue)
            wanted = [*cover, *(group.partners(merged.values()) if len(cover) > 1 else ())]
            at = [standing[place] for place in wanted if place in standing]
            rows = shown.iloc[np.sort(np.concatenate(at))] if at else shown.iloc[:0]
            known[cover] = rows if len(cover) == 1 else group.over_time(rows, merged)
        found.append(known[cover].assign(level=level, division=DIVISION, area_id=own_id))
    return pd.concat(found, ignore_index=True)[list(LONG_COLUMNS)].astype(figures.dtypes.to_dict())


def made_of(city: City, level: str, area_id: str, most: int = 4) -> str:
    """Name the official areas that make up an own one; empty for an official area.

    Of more than ``most`` the rest is counted.
    """
    declared = city.catalogue.level(level)
    if not isinstance(declared, OwnLevel):
        return ""
    own = declared.own.model_copy(
        update={"areas": tuple(each for each in declared.own.areas if each.id == area_id)}
    )
    cover = resolved(own, city).covers[area_id]
    return formats.listed([city.name(*place) for place in cover], most=most)


def part_levels(city: City, level: str) -> tuple[str, ...]:
    """Return the levels of the areas that make up those of a level: itself where it is official."""
    declared = city.catalogue.level(level)
    if not isinstance(declared, OwnLevel):
        return (level,)
    covers = resolved(declared.own, city).covers.values()
    return tuple(sorted({above for cover in covers for above, _ in cover}))


@dataclass(frozen=True)
class Extent:
    """How the areas of a level lie in the city.

    Attributes
    ----------
    overlapping : bool
        Whether something lies in two of them.
    whole : bool
        Whether all of the city lies in them.
    """

    overlapping: bool = False
    whole: bool = True


def extent(city: City, level: str) -> Extent:
    """Say how the areas of a level lie in the city; official ones divide it."""
    declared, tree = city.catalogue.level(level), area_tree(city)
    if not isinstance(declared, OwnLevel):
        return Extent()
    places = [each for cover in resolved(declared.own, city).covers.values() for each in cover]
    held = set(places)
    inside = any(higher in held for each in held for higher in tree.above(each))
    return Extent(
        inside or len(held) < len(places),
        [level for level, _ in tree.cover(held)] == [city.catalogue.root.id],
    )


def own_area_at(city: City, level: str, place: Place) -> str:
    """Return the own area of a level that an official one lies in; empty where there is none.

    Of several the first.
    """
    declared, tree = city.catalogue.level(level), area_tree(city)
    if not isinstance(declared, OwnLevel):
        return ""
    around = {place, *tree.above(place)}
    covers = resolved(declared.own, city).covers.items()
    return next((own_id for own_id, cover in covers if around.intersection(cover)), "")


def own_layers(city: City) -> dict[tuple[str, str], Layer]:
    """Unite the boundaries of the official areas that make up own ones.

    Parameters
    ----------
    city : City

    Returns
    -------
    dict
        (level, division) → layer, of each level of own areas; of none whose areas are made of some
        without boundaries. All areas of a level are united from one layer: that of the lowest level
        that one of them needs, else of one below.
    """
    from inteso_dash.boundaries.unions import UnitedLayer

    official, tree = city.official, area_tree(city)
    found: dict[tuple[str, str], Layer] = {}
    for level in city.catalogue.levels:
        if not isinstance(level, OwnLevel):
            continue
        covers = resolved(level.own, city).covers
        for below in _levels_below(covers.values(), tree):
            declared = official.catalogue.level(below)
            base = official.layers.get((below, declared.current.id))
            parts = [
                (each.id, each.name, tuple(_keys(tree, covers[each.id], below)))
                for each in level.own.areas
            ]
            if base is not None and all(keys for _, _, keys in parts):
                key, root = (level.id, DIVISION), official.catalogue.city.id
                found[key] = UnitedLayer.of(base, key, parts, root, declared.plural)
                break
    return found


def _keys(tree: AreaTree, cover: Cover, level: str) -> Iterator[str]:
    for place in cover:
        for _, key in tree.inside(place, level):
            yield key


def _levels_below(covers: Iterable[Cover], tree: AreaTree) -> Iterator[str]:
    """Yield the lowest level of areas, then those below it, the nearest first."""
    catalogue = tree.catalogue
    used = {level for cover in covers for level, _ in cover}
    depth = {level: len(catalogue.ancestors(level)) for level in official_levels(catalogue)}
    lowest = max(used, key=depth.__getitem__)
    yield lowest
    below = [level for level in depth if lowest in catalogue.ancestors(level)]
    yield from sorted(below, key=depth.__getitem__)


def _laid(below: pd.DataFrame, above: pd.DataFrame, level: str) -> pd.DataFrame:
    """Add rows of a level to a table, in place of those that it has."""
    return pd.concat([below[below["level"] != level], above], ignore_index=True)


def _recomputed(
    city: City, covers: Mapping[str, Cover], level: str
) -> dict[tuple[str, str, dt.date], pd.DataFrame]:
    """Add what counts give in place of published ratios, for own areas that are official ones."""
    found = {key: rows for key, rows in city.recomputed.items() if key[0] != level}
    same = [(cover[0], own_id) for own_id, cover in covers.items() if len(cover) == 1]
    made: dict[tuple[str, str, dt.date], dict[str, pd.Series]] = {}
    for (above, indicator_id, date), rows in found.items():
        for (at, key), own_id in same:
            if at == above and key in rows.index:
                made.setdefault((level, indicator_id, date), {})[own_id] = rows.loc[[key]].iloc[0]
    own = {key: pd.DataFrame(rows).T.rename_axis("area_id") for key, rows in made.items()}
    return {**found, **own}


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

    cover: Cover
    tree: AreaTree
    catalogue: Catalogue

    def partners(self, merged: Iterable[_Held]) -> set[Place]:
        """Return the areas published together with one of its areas."""
        pairs = {pair for held in merged for each in held.values() for pair in each.items()}
        inside = set(self.cover)
        return {place for pair in pairs if inside.intersection(pair) for place in pair} - inside

    def over_time(
        self, rows: pd.DataFrame, merged: Mapping[tuple[str, pd.Timestamp], _Held]
    ) -> pd.DataFrame:
        """Carry figures of all Stichtage up; as `carried`, with levels and days of ``merged``."""
        made = [rows.iloc[:0]]
        for date, of_day in rows.groupby("date"):
            day = pd.Timestamp(str(date))
            together = [held for (_, when), held in merged.items() if when == day]
            whole = self.carried(of_day, together)
            if not whole.value.empty:
                made.append(as_rows(whole, ("", DIVISION, day)))
        return pd.concat(made, ignore_index=True)

    def carried(self, rows: pd.DataFrame, merged: Sequence[_Held]) -> Matrix:
        """Carry figures of one Stichtag up to the own area.

        Parameters
        ----------
        rows : DataFrame
            Long table of its areas, and of those published together with one of them.
        merged : sequence of mapping
            What is published together, by level.
        """
        places = list(zip(rows["level"], rows["area_id"], strict=True))
        named = {each: self.tree.name(each) for each in (*self.cover, *places)}
        own = [named[each] for each in self.cover]
        base = _heard(matrix(rows.assign(area_id=[named[each] for each in places])), own)
        parents = pd.Series(dict.fromkeys(named.values(), _REST) | dict.fromkeys(own, _OWN))
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
        return replace(made, note=self._remarked(made, merged))

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
        within = any(each in self.cover for each in (place, *self.tree.above(place)))
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
