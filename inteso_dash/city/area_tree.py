"""What lies in what: the official areas of today as a tree, and the fewest that make up some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.own_areas import LAND, OwnLevel, Part
from inteso_dash.tables.register import areas_of

if TYPE_CHECKING:
    from inteso_dash.city import City

_HALF, _WHOLE = 50, 100

Place = tuple[str, str]
"""Level and key of an official area."""

Cover = tuple[Place, ...]
"""The fewest official areas that lie in an own one as a whole."""


@dataclass(frozen=True)
class Composition:
    """The official areas that make up an own one.

    Attributes
    ----------
    cover : Cover
        Those that lie in it as a whole.
    cut : tuple of (Place, float)
        Those that it has a share of, in per cent: a whole number from 1 to 99 where somebody named
        it.
    by : str
        What the shares were worked out by, as `cut_areas.basis_words` takes it.
    land : tuple of float
        Shares of the land of those that it cuts, in per cent, where they are known and others.
    """

    cover: Cover
    cut: tuple[tuple[Place, float], ...] = ()
    by: str = ""
    land: tuple[float, ...] = ()

    @property
    def shares(self) -> Mapping[Place, tuple[float, float]]:
        """Which share counts of the areas that it cuts, and which of their land, from 0 to 1."""
        own = [share for _, share in self.cut]
        pairs = zip(self.cut, self.land or own, strict=True)
        return {place: (share / _WHOLE, land / _WHOLE) for (place, share), land in pairs}

    @property
    def knows_land(self) -> bool:
        """Say whether it is known which share it has of the land of what it cuts."""
        return bool(self.land) or self.by in ("", LAND)

    @property
    def places(self) -> Cover:
        """All areas, whole or not."""
        return (*self.cover, *(place for place, _ in self.cut))

    @property
    def is_official(self) -> bool:
        """Say whether it is an official area."""
        return len(self.cover) == 1 and not self.cut

    @property
    def drawn(self) -> Cover:
        """The areas by which it is drawn: whole ones and those cut at more than a half.

        Where there are none, all that are cut.
        """
        mostly = tuple(place for place, share in self.cut if share > _HALF)
        return (*self.cover, *mostly) or self.places


class AreaTree:
    """The official areas of today and what lies in what.

    Parameters
    ----------
    catalogue : Catalogue
    register : DataFrame
        As in `areas_of`.
    earlier : mapping, optional
        Level → its division, of a tree of areas that there were once in place of those of today.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        register: pd.DataFrame,
        earlier: Mapping[str, str] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.earlier = earlier or {}
        self.parent: dict[Place, Place] = {}
        self.children: dict[Place, dict[str, list[Place]]] = {}
        self.levels_of: dict[str, list[str]] = {}
        today = {level: catalogue.level(level).current.id for level in official_levels(catalogue)}
        for level, shown in (earlier or today).items():
            rows = areas_of(register, catalogue, level, shown)
            above = catalogue.level(level).parent
            columns = rows["area_id"], rows["parent_id"], rows["parent_division"]
            for area_id, parent_id, division in zip(*columns, strict=True):
                self.levels_of.setdefault(area_id, []).append(level)
                if above and division in ("", catalogue.level(above).current.id):
                    holder = (above, parent_id)
                    self.parent[level, area_id] = holder
                    self.children.setdefault(holder, {}).setdefault(level, []).append(
                        (level, area_id)
                    )

    def above(self, place: Place) -> Iterator[Place]:
        """Yield the areas that an area lies in, the nearest first."""
        while place in self.parent:
            place = self.parent[place]
            yield place

    def inside(self, place: Place, level: str) -> Iterator[Place]:
        """Yield the areas of a level that lie in an area, or the area itself."""
        if place[0] == level:
            yield place
            return
        for below, areas in self.children.get(place, {}).items():
            if below == level or below in self.catalogue.ancestors(level):
                for area in areas:
                    yield from self.inside(area, level)

    def name(self, place: Place) -> str:
        """Name an area in a message: its key, with its level where others have that key.

        With its division where that is an earlier one.
        """
        level, area_id = place
        if level in self.earlier:
            return f"{area_id} ({self.earlier[level]})"
        if len(self.levels_of[area_id]) == 1:
            return area_id
        return f"{self.catalogue.level(level).title.de} {area_id}"

    def part(self, place: Place) -> Part:
        """Return what a file calls an area."""
        return place[1] if len(self.levels_of[place[1]]) == 1 else place

    def cover(self, places: Iterable[Place]) -> Cover:
        """Return the fewest areas that make up some, which lie on levels within each other."""
        kept = set(places)
        kept -= {each for each in kept if any(higher in kept for higher in self.above(each))}
        waiting = list(kept)
        while waiting:
            holder = self.parent.get(waiting.pop())
            if holder is None or holder in kept:
                continue
            for areas in self.children[holder].values():
                if kept.issuperset(areas):
                    kept = kept.difference(areas) | {holder}
                    waiting.append(holder)
                    break
        return tuple(sorted(kept, key=self.order))

    def order(self, place: Place) -> tuple[int, str]:
        """Return by what areas are ordered: the highest level first, then their keys."""
        levels = [level.id for level in self.catalogue.levels]
        return levels.index(place[0]), place[1]


def official_levels(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the levels that are not made of others."""
    return tuple(level.id for level in catalogue.levels if not isinstance(level, OwnLevel))


def area_tree(city: City) -> AreaTree:
    """Return the official areas of a city, worked out once."""
    here = city.official
    return here.once(AreaTree, None, lambda: AreaTree(here.catalogue, here.register))
