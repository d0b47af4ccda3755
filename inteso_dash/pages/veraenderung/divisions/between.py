"""Divisions of a city's level found in its folder, laid over each other, written as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.city.overlay.matching import KIND_TITLES, TOLERANCE, Fate, Match, match, table
from inteso_dash.city.overlay.people import Layers
from inteso_dash.city.overlay.probes import JoinedTrial
from inteso_dash.language import formats
from inteso_dash.tables.register import areas_of

if TYPE_CHECKING:
    import geopandas

    from inteso_dash.boundaries.layers import Layer
    from inteso_dash.catalogue import Catalogue

_HELP = "Wie Sie Grenzen ergänzen, steht in docs/data-format.md unter „Mehrere Gliederungen“."
_SHARE_DECIMALS = 1

UNION = "Gemeinsame Fläche"
"""Head of the column that tells which areas belong together."""

_TESTED = "Probe {day}: früher minus später"

_KINDS = {
    Fate.UNCHANGED: "{new} unverändert",
    Fate.RENAMED: "{new} umbenannt oder umnummeriert",
    Fate.SPLIT: "{new} durch Teilung von {old}",
    Fate.MERGED: "{new} durch Zusammenlegung von {old}",
    Fate.REDRAWN: "{new} neu geschnitten aus {old}",
    Fate.GONE: "{old} ohne Nachfolger",
    Fate.NEW: "{new} ohne Vorgänger",
}
_COUNTED = "Aus {old} {plural} ({before}) wurden {new} ({after}): {kinds}."


class DivisionError(ValueError):
    """Two divisions cannot be laid over each other; the message says why and what to do."""


def divisions_with_boundaries(catalogue: Catalogue, layers: Layers, level: str) -> tuple[str, ...]:
    """Return the divisions of a level whose boundaries are there, in the catalogue's order."""
    listed = catalogue.level(level).divisions
    return tuple(each.id for each in listed if (level, each.id) in layers)


def level_of(catalogue: Catalogue, before: str, after: str, level: str | None = None) -> str:
    """Return the level that has both divisions.

    Raises
    ------
    DivisionError
        If there is none, more than one, or the given one has not both.
    """
    if level is not None and not catalogue.has_level(level):
        known = ", ".join(each.id for each in catalogue.levels)
        raise DivisionError(f"Eine Ebene „{level}“ gibt es nicht; bekannt: {known}.")
    found = [
        each.id
        for each in catalogue.levels
        if level in (None, each.id) and {before, after} <= {one.id for one in each.divisions}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"--level {each}" for each in found)
        raise DivisionError(f"Mehrere Ebenen haben beide Gliederungen; wählen Sie {choices}.")
    listed = "; ".join(
        f"{each.id}: {', '.join(one.id for one in each.divisions)}" for each in catalogue.levels
    )
    raise DivisionError(
        f"Keine Ebene hat die Gliederungen {before} und {after}. Erklärt sind: {listed}."
    )


def between(
    catalogue: Catalogue,
    register: pd.DataFrame,
    layers: Layers,
    level: str,
    before: str,
    after: str,
    tolerance: float = TOLERANCE,
) -> Match:
    """Lay two divisions of a level over each other.

    Names come from the register; incomplete ones are not compared.

    Raises
    ------
    DivisionError
        If the divisions are the same, or boundaries are missing.
    BoundaryError
        If boundaries cannot be read.
    """
    if before == after:
        raise DivisionError(f"Zweimal die Gliederung {before}; erwartet werden zwei verschiedene.")
    missing = [each for each in (before, after) if (level, each) not in layers]
    if missing:
        title = catalogue.level(level).title.de
        there = ", ".join(divisions_with_boundaries(catalogue, layers, level)) or "keine"
        raise DivisionError(
            f"Für die Ebene {title} fehlen die Grenzen der Gliederung "
            f"{' und '.join(missing)}; vorhanden: {there}. {_HELP}"
        )
    crs = layers[level, after].measuring_crs
    earlier, later = (
        shapes(catalogue, register, layers[level, each], crs) for each in (before, after)
    )
    return match(earlier, later, tolerance)


def shapes(
    catalogue: Catalogue, register: pd.DataFrame, layer: Layer, crs: str
) -> geopandas.GeoDataFrame:
    """Read a layer with the names of the register, in metres."""
    areas = read_boundaries(layer).to_crs(crs)
    known = areas_of(register, catalogue, layer.level, layer.division).set_index("area_id")
    complete = areas["area_id"].map(known["name_complete"].astype(bool))
    return areas.assign(
        name=areas["area_id"].map(known["name"]), name_complete=complete.fillna(value=False)
    )


def written(
    found: Match, before: str, after: str, tested: JoinedTrial | None = None
) -> pd.DataFrame:
    """Return the table of a match with German heads; shares in per cent as they are shown.

    Parameters
    ----------
    found : Match
    before, after : str
        Names of the divisions.
    tested : JoinedTrial, optional
        What the figures of both say of the common areas; a column tells where they differ.
    """
    rows = table(found)
    heads = {
        "kind": "Art",
        "union": UNION,
        "area_from": f"Schlüssel {before}",
        "name_from": f"Name {before}",
        "area_to": f"Schlüssel {after}",
        "name_to": f"Name {after}",
        "share_from": f"Anteil an {before} (%)",
        "share_to": f"Anteil an {after} (%)",
        "agreement": "Übereinstimmung (%)",
    }

    def exact(value: float) -> Decimal | None:
        return formats.rounded(value, _SHARE_DECIMALS)

    for name in ("share_from", "share_to", "agreement"):
        rows[name] = pd.Series([exact(each) for each in rows[name]], dtype=object)
    if tested is not None:
        apart = rows["union"].map(tested.apart)
        rows[tested_head(tested)] = pd.Series(
            [formats.rounded(each, 0) for each in apart], dtype=object
        )
    return rows.rename(columns=heads)


def tested_head(tested: JoinedTrial) -> str:
    """Return the head of the column that tells where common areas do not hold the same people."""
    return _TESTED.format(day=formats.date(tested.day))


def counted(found: Match, before: str, after: str) -> pd.DataFrame:
    """Count the kinds with German heads: common areas, and areas of both divisions."""
    counts = found.counts()
    return pd.DataFrame(
        {
            "Art": [KIND_TITLES[Fate(kind)] for kind in counts.index],
            "gemeinsame Flächen": counts["unions"].to_list(),
            f"Gebiete {before}": counts["areas_from"].to_list(),
            f"Gebiete {after}": counts["areas_to"].to_list(),
        }
    )


def sentence(found: Match, plural: str, before: str, after: str) -> str:
    """Say in German how many areas there were and are, and what became of them.

    Parameters
    ----------
    found : Match
    plural : str
        Of the level.
    before, after : str
        Names of the divisions.
    """
    kinds = [
        _KINDS[Fate(str(kind))].format(old=row["areas_from"], new=row["areas_to"])
        for kind, row in found.counts().iterrows()
        if row["unions"]
    ]
    return _COUNTED.format(
        old=len(found.names_from),
        new=len(found.names_to),
        plural=formats.dative(plural),
        before=before,
        after=after,
        kinds=", ".join(kinds),
    )
