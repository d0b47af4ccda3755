"""The areas of a city: those of a level, those above one, and what they are called."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.tables.register import parents_division


def areas_of(
    register: pd.DataFrame, catalogue: Catalogue, level: str, division: str
) -> pd.DataFrame:
    """Return the areas of a level under the names that people are shown, ordered by key.

    Parameters
    ----------
    register : DataFrame
        Columns level, division, area_id, name, parent_id, parent_division, name_complete.
    catalogue : Catalogue
    level, division : str
    """
    chosen = register[(register["level"] == level) & (register["division"] == division)]
    names = [shown_name(register, catalogue, area) for _, area in chosen.iterrows()]
    return chosen.assign(name=names).sort_values("area_id", ignore_index=True)


def shown_name(register: pd.DataFrame, catalogue: Catalogue, area: pd.Series) -> str:
    """Name an area as people are shown it: "Rath", "Rath · Südlich … (063008)".

    A name that the source cut off tells nothing alone: the name of the area above stands before
    it, its key behind it.

    Parameters
    ----------
    register : DataFrame
        As in `areas_of`.
    catalogue : Catalogue
    area : Series
        A row of the register.
    """
    if area["name_complete"]:
        return str(area["name"])
    level = str(area["level"])
    division = parents_division(catalogue, level, str(area["parent_division"]))
    above = register[
        (register["level"] == catalogue.level(level).parent)
        & (register["division"] == division)
        & (register["area_id"] == area["parent_id"])
    ]
    named = " · ".join([*map(str, above["name"]), str(area["name"])])
    return f"{named} ({area['area_id']})"


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
        line.append((step, area_id, shown_name(register, catalogue, area)))
        area_id, named = str(area["parent_id"]), str(area["parent_division"])
    return line
