"""Which area lies in which, over all levels and divisions, as the figures add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.tables.register import parents_division

Place = tuple[str, str, str]
"""Level, division, area."""

_BY_AREA = ("level", "division", "area_id", "parent_id", "parent_division")


@dataclass
class PlaceIndex:
    """The tree of areas; areas lie in those of the division that the register names for them.

    Parameters
    ----------
    register : DataFrame
        Columns level, division, area_id, parent_id, parent_division.
    catalogue : Catalogue
    """

    register: pd.DataFrame
    catalogue: Catalogue
    parent: dict[Place, Place] = field(init=False, default_factory=dict)
    parts: dict[Place, list[Place]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        above = {level.id: level.parent for level in self.catalogue.levels}
        columns = [self.register[name] for name in _BY_AREA]
        for level, division, area_id, parent_id, named in zip(*columns, strict=True):
            higher = above.get(level)
            if higher is None or not parent_id:
                continue
            place = (level, division, area_id)
            parent = (higher, parents_division(self.catalogue, level, named), parent_id)
            self.parent[place] = parent
            self.parts.setdefault(parent, []).append(place)

    def inside(self, place: Place) -> Iterator[Place]:
        """Yield all areas within an area, without itself."""
        for part in self.parts.get(place, ()):
            yield part
            yield from self.inside(part)

    def around(self, place: Place) -> Iterator[list[Place]]:
        """Yield wider and wider circles of areas that an area's figures can be exchanged with.

        The first one is all that lies in the same higher area, the last one is the whole city
        with its own figures.
        """
        parent = self.parent.get(place)
        while parent is not None:
            yield list(self.inside(parent))
            place, parent = parent, self.parent.get(parent)
        yield [place, *self.inside(place)]

    def higher(self, place: Place) -> Iterator[Place]:
        """Yield the areas that an area lies in, the smallest one first."""
        while place in self.parent:
            place = self.parent[place]
            yield place
