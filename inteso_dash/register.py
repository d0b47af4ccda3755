"""The register of areas: which areas a level has, what they are called, what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from inteso_dash.catalogue import Catalogue

REGISTER_COLUMNS = ("level", "division", "area_id", "name", "parent_id", "name_complete")


_SHOWN = 10
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def same_name(name: str, registered: str) -> bool:
    """Say whether two names of an area are the same; one that breaks off counts as the same.

    >>> same_name("DUESTERNBROOK", "Düsternbrook"), same_name("Wik", "Blücherplatz")
    (True, False)
    """
    shorter, longer = sorted((plain_name(name), plain_name(registered)), key=len)
    return longer.startswith(shorter) and (len(shorter) >= _SHOWN or shorter == longer)


def plain_name(name: str) -> str:
    """Write a name so that its spellings are equal: letters and digits only.

    >>> plain_name("Nord-Ost (Süd) …")
    'nordostsued'
    """
    return "".join(filter(str.isalnum, name.casefold().translate(_LETTERS)))


class Areas:
    """The register, indexed for looking areas up.

    Parameters
    ----------
    register : DataFrame
        With the columns of ``REGISTER_COLUMNS``.
    """

    def __init__(self, register: pd.DataFrame) -> None:
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._parents: dict[tuple[str, str], str] = {}
        columns = [register[name] for name in ("level", "division", "area_id", "name", "parent_id")]
        for level, division, area, name, parent in zip(*columns, strict=True):
            self._names.setdefault((level, division), {})[area] = name
            self._parents[level, area] = parent

    def of(self, level: str, division: str) -> dict[str, str]:
        """Return area id → name of a division; empty where the register does not hold it."""
        return self._names.get((level, division), {})

    def knows(self, level: str, area: str) -> bool:
        """Say whether any division of the level has the area."""
        return (level, area) in self._parents

    def at(self, catalogue: Catalogue, level: str, area: str, wanted: str) -> str:
        """Return the area of a level that an area is or lies in, empty text where there is none."""
        if not area or level == wanted:
            return area
        return self.ancestor(catalogue, level, area, wanted) or ""

    def ancestor(self, catalogue: Catalogue, level: str, area: str, wanted: str) -> str | None:
        """Return the area of the wanted higher level that an area belongs to."""
        current: str | None = area
        for higher in catalogue.ancestors(level):
            current = self._parents.get((level, current)) if current else None
            level = higher
            if higher == wanted:
                return current
        return None
