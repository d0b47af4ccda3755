"""What the page gives away: the ranking as a table that says how the index is made."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.handlungsbedarf.index import Need
from inteso_dash.views.statement import Statement, statement

RECIPE = "Rezept"
_SHARE = 1


def recipe(city: City, shown: Need) -> str:
    """Say how the index is made, and what other weights were tried."""
    declared, tried = shown.choice.declared, shown.stability
    known = {part.indicator: city.catalogue.indicator(part.indicator) for part in declared.parts}
    said = declared.recipe(known)
    return (
        f"{said} Eingeordnet in die Verteilung vom {formats.date(shown.index.reference)}. "
        f"Andere Gewichte: {formats.number(tried.weights, 0)} Ziehungen aus der "
        f"Dirichlet-Verteilung um die gewählten (Konzentration "
        f"{formats.german(shown.choice.concentration)}, fester Startwert); Rang von und bis: in "
        "neun von zehn."
    )


def table(city: City, shown: Need) -> pd.DataFrame:
    """Return all areas with index, class, stability, contributions and parts, in their order."""
    declared, level = shown.choice.declared, city.catalogue.level(shown.choice.level)
    tried, composed, cells = shown.stability, shown.index.composed, shown.index.cells
    areas = list(shown.values.index)
    names = city.areas(level.id, shown.index.division)["name"]
    names_of = {part: city.catalogue.indicator(str(part)) for part in shown.index.parts.columns}
    columns: dict[str, list[object]] = {
        "Schlüssel": list(areas),
        "Name": [str(names[area]) for area in areas],
        "Ebene": [level.title.de] * len(areas),
        "Indikator": [declared.title.de] * len(areas),
        "Wert": [formats.rounded(float(each), declared.decimals) for each in shown.values],
        "Einheit": [declared.unit] * len(areas),
        "Rang": [_whole(each) for each in shown.ranks],
        "Rang von": [_whole(each) for each in tried.lowest],
        "Rang bis": [_whole(each) for each in tried.highest],
        "Klasse": [
            None if pd.isna(each) else declared.classes.names[int(each)] for each in shown.classes
        ],
        "Klasse bleibt (% der Gewichtungen)": [
            formats.rounded(100 * float(each), _SHARE) for each in tried.kept
        ],
    }
    for part in tried.without.columns:
        title = names_of[part].title.de
        columns[f"Klasse bleibt ohne {title}"] = [
            None if pd.isna(each) else "ja" if each else "nein" for each in tried.without[part]
        ]
    for part, indicator in names_of.items():
        columns[f"Beitrag {indicator.title.de}"] = [
            formats.rounded(float(each), declared.decimals) for each in composed.contributions[part]
        ]
        columns[f"{indicator.title.de} ({indicator.unit})"] = [
            formats.rounded(float(each), indicator.decimals) for each in shown.index.parts[part]
        ]
    columns["Status"] = list(city.status_titles(cells))
    columns["Stichtag"] = [shown.index.date] * len(areas)
    columns["Hinweis"] = [str(each) for each in cells["note"]]
    columns[RECIPE] = [recipe(city, shown)] * len(areas)
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def _whole(value: float) -> Decimal | None:
    return None if pd.isna(value) else Decimal(int(value))


def told(city: City, shown: Need, *, address: str = "") -> Statement:
    """Describe a file of the page.

    Parameters
    ----------
    city : City
    shown : Need
    address : str
        As in `inteso_dash.views.statement.statement`.
    """
    return statement(
        city,
        what=shown.choice.declared.title.de,
        where=f"{len(shown.values)} {shown.areas(city)}, {city.catalogue.city.name}",
        dates=[shown.index.date],
        source_ids=shown.index.cells["source_id"],
        address=address,
        estimates=shown.layer.estimates,
    )
