"""The areas of a city: those of a level, and those above one."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue import Catalogue


def areas_of(register: pd.DataFrame, level: str, division: str) -> pd.DataFrame:
    """Return the areas of a level, ordered by key.

    Parameters
    ----------
    register : DataFrame
        Columns level, division, area_id, name, parent_id, parent_division, name_complete.
    level, division : str
    """
    chosen = register[(register["level"] == level) & (register["division"] == division)]
    return chosen.sort_values("area_id", ignore_index=True)


def lineage(
    register: pd.DataFrame, catalogue: Catalogue, level: str, area_id: str
) -> list[tuple[str, str, str]]:
    """Return (level, area_id, name) of an area and of those it lies in, lowest first.

    Of divisions that share the key, the newest is meant. The line ends where the register does
    not name the next area.

    Parameters
    ----------
    register : DataFrame
        As in `areas_of`.
    catalogue : Catalogue
    level, area_id : str

    Raises
    ------
    KeyError
        If the level has no such area.
    """
    line: list[tuple[str, str, str]] = []
    named = ""
    for step in (level, *catalogue.ancestors(level)):
        found = register[(register["level"] == step) & (register["area_id"] == area_id)]
        if found.empty or (named and named not in set(found["division"])):
            if not line:
                raise KeyError(area_id)
            break
        chosen = named or catalogue.level(step).newest(found["division"].astype(str))
        area = found[found["division"] == chosen].iloc[-1]
        line.append((step, area_id, str(area["name"])))
        area_id, named = str(area["parent_id"]), str(area["parent_division"])
    return line
