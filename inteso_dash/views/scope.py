"""The part of the city that a view is limited to: what lies in one area of a higher level."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.views import headlines

_OF_ALL = "{count} von {all} {plural}: {scope}"


@dataclass(frozen=True)
class Scope:
    """An area of a higher level: a view shows only what lies in it."""

    level: str
    area_id: str

    @property
    def key(self) -> str:
        """The scope as it stands in an address.

        Examples
        --------
        >>> Scope("stadtbezirk", "06").key
        'stadtbezirk.06'
        """
        return f"{self.level}.{self.area_id}"


def above(city: City, level: str) -> pd.DataFrame:
    """Return in which areas of the higher levels every area of a level lies.

    Parameters
    ----------
    city : City
    level : str

    Returns
    -------
    DataFrame
        Index area_id, one column of keys for each higher level, nearest first, without the whole
        city; None where the register names no area of the current division. Shared: not to be
        changed.
    """
    return city.once(above, level, lambda: _above(city, level))


def _above(city: City, level: str) -> pd.DataFrame:
    catalogue = city.catalogue
    own = city.areas(level)
    found = pd.DataFrame(index=own.index)
    keys = pd.Series(own.index, index=own.index, dtype=object)
    below = own
    for step in catalogue.ancestors(level):
        if step == catalogue.root.id:
            break
        current = below["parent_division"].isin(["", catalogue.level(step).current.id])
        keys = keys.map(below["parent_id"].where(current))
        below = city.areas(step)
        found[step] = keys = keys.where(keys.isin(below.index), None)
    return found


def scopes(city: City, level: str) -> tuple[Scope, ...]:
    """Return what views of a level can be limited to, the highest level first.

    Parameters
    ----------
    city : City
    level : str
    """
    found = above(city, level)
    return tuple(
        Scope(step, area_id)
        for step in reversed(found.columns)
        for area_id in sorted(found[step].dropna().unique())
    )


def read(city: City, level: str, key: str) -> Scope | None:
    """Return the scope that an address names; None where the level has no such scope."""
    step, _, area_id = key.partition(".")
    named = Scope(step, area_id)
    there = step in city.catalogue.ancestors(level)[:-1] and members(city, level, named)
    return named if there else None


def members(city: City, level: str, scope: Scope) -> tuple[str, ...]:
    """Return the keys of a level's areas that lie in a scope, in their order."""
    found = above(city, level)[scope.level]
    return tuple(str(area_id) for area_id in found.index[found == scope.area_id])


def title(city: City, scope: Scope) -> str:
    """Name a scope, with its level where the name does not begin with it."""
    level, name = city.catalogue.level(scope.level).title.de, city.name(scope.level, scope.area_id)
    return name if name.startswith(level) else f"{level} {name}"


def counted(city: City, level: str, scope: Scope) -> str:
    """Say how many of a level's areas lie in a scope."""
    return _OF_ALL.format(
        count=len(members(city, level, scope)),
        all=len(city.areas(level)),
        plural=formats.dative(city.catalogue.level(level).plural),
        scope=title(city, scope),
    )


def where(city: City, scope: Scope) -> str:
    """Say where something is that lies in a scope, as it stands after a noun."""
    return headlines.locative(city, scope.level, scope.area_id) or f"({title(city, scope)})"
