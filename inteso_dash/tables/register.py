"""The register of areas: which areas a level has, what they are called, what they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue import Catalogue

if TYPE_CHECKING:
    import pandas as pd

    from inteso_dash.catalogue import Catalogue


REGISTER_COLUMNS = (
    "level",
    "division",
    "area_id",
    "name",
    "parent_id",
    "parent_division",
    "name_complete",
)
_BY_AREA = ("level", "division", "area_id", "name", "parent_id", "parent_division")


def parents_division(catalogue: Catalogue, level: str, named: str) -> str:
    """Return the division that the parents of a level belong to.

    Parameters
    ----------
    catalogue : Catalogue
    level : str
        Level of the areas whose parents are meant; empty at the top.
    named : str
        What the register says in ``parent_division``; empty means the current division.
    """
    higher = catalogue.level(level).parent
    return named or ("" if higher is None else catalogue.level(higher).current.id)


_SHOWN = 10
FOOTNOTE = re.compile(r"\s{0,4}(?:[¹²³⁴-⁹⁾*]|\d\)|\[\d{1,2}\]){1,12}$")
"""What may stand behind a name that is explained below the table."""
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def same_name(name: str, registered: str) -> bool:
    """Say whether two names of an area are the same; one that breaks off counts as the same.

    >>> same_name("DUESTERNBROOK", "Düsternbrook"), same_name("Wik", "Blücherplatz")
    (True, False)
    """
    shorter, longer = sorted((plain_name(name), plain_name(registered)), key=len)
    return longer.startswith(shorter) and (len(shorter) >= _SHOWN or shorter == longer)


def plain_name(name: str) -> str:
    """Write a name so that its spellings are equal: letters and digits, without footnotes.

    >>> plain_name("Nord-Ost (Süd) …"), plain_name("Wik 1)"), plain_name("Wik ²")
    ('nordostsued', 'wik', 'wik')
    """
    folded = FOOTNOTE.sub("", name.strip()).casefold()
    return "".join(filter(str.isalnum, folded.translate(_LETTERS)))


class Areas:
    """The register, indexed for looking areas up.

    Parameters
    ----------
    register : DataFrame
        With the columns of ``REGISTER_COLUMNS``.
    """

    def __init__(self, register: pd.DataFrame) -> None:
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._parents: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._divisions: dict[tuple[str, str], list[str]] = {}
        columns = [register[name] for name in _BY_AREA]
        for level, division, area, name, parent, named in zip(*columns, strict=True):
            self._names.setdefault((level, division), {})[area] = name
            self._parents[level, division, area] = (parent, named)
            self._divisions.setdefault((level, area), []).append(division)

    def of(self, level: str, division: str) -> dict[str, str]:
        """Return area id → name of a division; empty where the register does not hold it."""
        return self._names.get((level, division), {})

    def names(self) -> set[str]:
        """Return the names of all areas."""
        return {name for names in self._names.values() for name in names.values()}

    def knows(self, level: str, area: str) -> bool:
        """Say whether any division of the level has the area."""
        return (level, area) in self._divisions

    def at(self, catalogue: Catalogue, level: str, area: str, wanted: str) -> str:
        """Return the area of a level that an area is or lies in, empty text where there is none."""
        if not area or level == wanted:
            return area
        return self.ancestor(catalogue, level, area, wanted) or ""

    def ancestor(
        self, catalogue: Catalogue, level: str, area: str, wanted: str, division: str | None = None
    ) -> str | None:
        """Return the area of the wanted higher level that an area belongs to.

        Parameters
        ----------
        catalogue : Catalogue
        level, area : str
        wanted : str
            The higher level.
        division : str, optional
            Of the area; the newest that has it by default.
        """
        known = self._divisions.get((level, area), [])
        current: str | None = area
        if division is None:
            division = catalogue.level(level).newest(known) if known else ""
        for higher in catalogue.ancestors(level):
            found = self._parents.get((level, division, current)) if current else None
            current, named = (None, "") if found is None else found
            division = parents_division(catalogue, level, named)
            level = higher
            if higher == wanted:
                return current
        return None

    def lineage(self, catalogue: Catalogue, level: str, area: str) -> list[tuple[str, str, str]]:
        """Return (level, division, area) of an area and of those it lies in, lowest first.

        Of divisions that share the key, the newest is meant. The line ends where the register does
        not name the next area.

        Parameters
        ----------
        catalogue : Catalogue
        level, area : str

        Raises
        ------
        KeyError
            If the level has no such area.
        """
        line: list[tuple[str, str, str]] = []
        named = ""
        for step in (level, *catalogue.ancestors(level)):
            known = self._divisions.get((step, area), [])
            if not known or (named and named not in known):
                break
            division = named or catalogue.level(step).newest(known)
            line.append((step, division, area))
            area, named = self._parents[step, division, area]
        if not line:
            raise KeyError(area)
        return line


def areas_of(
    register: pd.DataFrame, catalogue: Catalogue, level: str, division: str
) -> pd.DataFrame:
    """Return the areas of a level under the names that people are shown, ordered by key.

    No two of them have one name, and none but the city itself that of the city.

    Parameters
    ----------
    register : DataFrame
        Columns level, division, area_id, name, parent_id, parent_division, name_complete.
    catalogue : Catalogue
    level, division : str

    Returns
    -------
    DataFrame
        Of those columns; ``name_complete`` says that the name is the register's own.
    """
    chosen = register[(register["level"] == level) & (register["division"] == division)]
    names, root = chosen["name"].astype(object), catalogue.root.id
    shared = names.duplicated(keep=False)
    if level != root:
        shared |= names.isin(register.loc[register["level"] == root, "name"])
    own = chosen["name_complete"] & ~shared
    if not own.all():
        names[~own] = _with_above(register, catalogue, level, chosen[~own])
    told = chosen.assign(name=names.astype(str), name_complete=own)
    return told.sort_values("area_id", ignore_index=True)


def _with_above(
    register: pd.DataFrame, catalogue: Catalogue, level: str, areas: pd.DataFrame
) -> list[str]:
    """Name areas of a level by the areas above them, their own names and their keys.

    A name that the source cut off tells nothing alone: "Rath · Südlich … (063008)". One that others
    have stands first: "Heerstraße · Charlottenburg West (042002)".
    """
    higher = register[register["level"] == catalogue.level(level).parent]
    above: dict[tuple[str, str], list[str]] = {}
    for division, key, name in zip(*(higher[each] for each in _BY_AREA[1:4]), strict=True):
        above.setdefault((division, key), []).append(str(name))
    found = []
    columns = ("area_id", "name", "parent_id", "parent_division", "name_complete")
    for key, name, parent, named, whole in zip(*(areas[each] for each in columns), strict=True):
        place = (parents_division(catalogue, level, str(named)), parent)
        told = [*above.get(place, []), str(name)]
        found.append(f"{' · '.join(reversed(told) if whole else told)} ({key})")
    return found
