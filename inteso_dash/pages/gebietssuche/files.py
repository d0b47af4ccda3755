"""What the page gives away: tables and geodata that say how was searched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from inteso_dash.city import City
from inteso_dash.files.text import area_bounds
from inteso_dash.language import formats
from inteso_dash.pages.gebietssuche import conditions
from inteso_dash.pages.gebietssuche.conditions import AreaSearch
from inteso_dash.pages.gebietssuche.similar import Similar
from inteso_dash.pages.gebietssuche.texts import TEXTS
from inteso_dash.views.dated import DatedIndicator

RECIPE = "Rezept"
_DIGITS = 4
_SHARE = 1


def search_recipe(city: City, found: AreaSearch) -> str:
    """Say how areas were searched."""
    days = "; ".join(
        f"{own.indicator.title.de}: Stichtag {formats.date(own.day)}" for own in found.columns
    )
    return f"Bedingungen: {conditions.all_words(city, found)}. {days}. {TEXTS['compared']}"


def similar_recipe(shown: Similar) -> str:
    """Say how areas were compared."""
    days = "; ".join(f"{own.indicator.title.de} ({formats.date(own.day)})" for own in shown.columns)
    least, count = shown.choice.least, len(shown.choice.features)
    return (
        f"Merkmale: {days}. Jedes ist über die Gebiete der Ebene standardisiert (Mittel 0, "
        "Standardabweichung 1, jedes Gebiet zählt gleich); der Abstand ist das quadratische Mittel "
        f"der Unterschiede. {TEXTS['least'].format(least=least, count=count)}"
    )


def search_file(city: City, found: AreaSearch) -> pd.DataFrame:
    """Return all areas in their order with outcome, reason, and the values of all conditions."""
    areas = [str(area) for area in found.outcome.index]
    table = _places(city, found.choice.level, areas)
    table["Ergebnis"] = [found.word(area) for area in areas]
    table["Grund"] = [conditions.why(city, found, area) for area in areas]
    for place, own in enumerate(found.columns):
        words = conditions.condition_words(own, found.choice.conditions[place])
        table |= _values(city, found.choice.level, own, areas)
        table[f"{place + 1}. Bedingung: {words}"] = [
            None if pd.isna(each) else "ja" if each else "nein" for each in found.holds[str(place)]
        ]
    table[RECIPE] = [search_recipe(city, found)] * len(areas)
    return _frame(table)


def similar_file(city: City, shown: Similar) -> pd.DataFrame:
    """Return the area and all others, the nearest first, with distance and what makes it up."""
    found, choice = shown.found, shown.choice
    ordered = [str(area) for area in found.distance.index]
    areas = [choice.area, *ordered, *shown.left_out]
    far, closer = found.distance.reindex(areas), shown.farther.reindex(areas)
    table = _places(city, choice.level, areas)
    table["Rang der Ähnlichkeit"] = [
        None,
        *map(Decimal, range(1, len(ordered) + 1)),
        *[None] * len(shown.left_out),
    ]
    table["Abstand (Standardabweichungen)"] = [formats.rounded(each, _DIGITS) for each in far]
    table["Näher als (% der Paare)"] = [formats.rounded(100 * each, _SHARE) for each in closer]
    table["Gemeinsame Merkmale"] = [
        None if pd.isna(each) else Decimal(int(each)) for each in found.common.reindex(areas)
    ]
    for own in shown.columns:
        title = own.indicator.title.de
        shares = found.shares[own.indicator.id].reindex(areas)
        apart = found.differences[own.indicator.id].reindex(areas)
        table |= _values(city, choice.level, own, areas)
        table[f"{title}: Unterschied (Standardabweichungen)"] = [
            formats.rounded(each, _DIGITS) for each in apart
        ]
        table[f"{title}: Anteil am Abstand (%)"] = [
            formats.rounded(100 * each, _SHARE) for each in shares
        ]
    table[RECIPE] = [similar_recipe(shown)] * len(areas)
    return _frame(table)


def _places(city: City, level: str, areas: Sequence[str]) -> dict[str, list[object]]:
    title = city.catalogue.level(level).title.de
    return {
        "Schlüssel": list(areas),
        "Name": [city.name(level, area) for area in areas],
        "Ebene": [title] * len(areas),
    }


def _values(
    city: City, level: str, own: DatedIndicator, areas: Sequence[str]
) -> dict[str, list[object]]:
    title, digits = own.title, own.indicator.decimals
    cells = own.cells.loc[list(areas)]
    unit = f" ({own.indicator.unit})" if own.indicator.unit else ""
    bounds = area_bounds(city, level, own.indicator, own.day, areas)
    return {
        f"{title}{unit}": [
            formats.rounded(float(own.written_values[each]), digits) for each in areas
        ],
        f"{title}: Status": list(city.status_titles(cells)),
        f"{title}: Stichtag": [own.day] * len(areas),
        f"{title}: Hinweis": [str(each) for each in cells["note"]],
        **{f"{title}: {head}": column for head, column in bounds.items()},
    }


def _frame(table: dict[str, list[object]]) -> pd.DataFrame:
    return pd.DataFrame({head: pd.Series(own, dtype=object) for head, own in table.items()})


def search_title(city: City, found: AreaSearch) -> str:
    """Name what was searched for."""
    return f"{TEXTS['title']}: {conditions.all_words(city, found)}"


def similar_title(city: City, shown: Similar) -> str:
    """Name what was compared."""
    return TEXTS["alike_map"].format(name=city.name(shown.choice.level, shown.choice.area))
