"""Areas and values together: names, levels, joins that report what is left over."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue import Catalogue


@dataclass(frozen=True)
class Joined:
    """Areas with their values, and what did not find a partner.

    Attributes
    ----------
    rows : DataFrame
        One row per area, in the order of the areas, with the columns of both sides.
    areas_without_values : tuple of str
    values_without_area : tuple of str
    """

    rows: pd.DataFrame
    areas_without_values: tuple[str, ...]
    values_without_area: tuple[str, ...]


def join(areas: pd.DataFrame, values: pd.DataFrame) -> Joined:
    """Join values to areas by key and report the leftovers of both sides.

    Parameters
    ----------
    areas : DataFrame
        Unique column area_id.
    values : DataFrame
        Unique column area_id.

    Raises
    ------
    ValueError
        If a key stands twice on either side.

    Examples
    --------
    >>> areas = pd.DataFrame({"area_id": ["01", "02"]})
    >>> joined = join(areas, pd.DataFrame({"area_id": ["02", "03"], "value": [5.0, 7.0]}))
    >>> joined.areas_without_values, joined.values_without_area
    (('01',), ('03',))
    """
    for side, frame in (("areas", areas), ("values", values)):
        double = frame.loc[frame["area_id"].duplicated(), "area_id"]
        if not double.empty:
            raise ValueError(f"{side}: found key {double.iloc[0]!r} twice, expected unique keys")
    rows = areas.merge(values, on="area_id", how="left")
    known, given = set(areas["area_id"]), set(values["area_id"])
    return Joined(rows, tuple(sorted(known - given)), tuple(sorted(given - known)))


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
