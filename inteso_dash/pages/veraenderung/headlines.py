"""Headlines of comparisons, changes and what stands out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.comparable import Compared
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.veraenderung import comparison as change_comparison
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, Standouts
from inteso_dash.pages.veraenderung.words import directions
from inteso_dash.views.headlines import NAMED_ALIKE, difference, spoken, with_unit


def of_comparison(city: City, found: Comparison) -> str:
    """Draft a headline on two Stichtage compared: how many areas rose and fell, what the city did.

    Parameters
    ----------
    city : City
    found : Comparison
        With at least one change.

    Returns
    -------
    str
        "Bevölkerung, 2015 bis 2021: 4 Stadtteile höher, 2 niedriger, 44 ohne Vergleichswert; in
        der Stadt 2,4 % mehr."
    """
    level = city.catalogue.level(found.level)
    up, down, same, word = directions(found)
    counted = [
        ("höher", up),
        ("niedriger", down),
        (word.replace("gleich", "unverändert"), same),
        ("ohne Vergleichswert", len(found.areas) - up - down - same),
    ]
    said: list[str] = []
    for word, count in counted:
        if not count:
            continue
        noun = (level.title.de if count == 1 else level.plural) + " "
        said.append(f"{formats.number(count, 0)}\u00a0{'' if said else noun}{word}")
    opening = _compared(found)
    return f"{opening}: {', '.join(said)}{_whole(city, found)}."


def of_change(city: City, found: Comparison, area_id: str) -> str:
    """Draft a headline on one area between two Stichtage.

    Parameters
    ----------
    city : City
    found : Comparison
    area_id : str
        Of an area with both values, between which nothing breaks.
    """
    indicator = found.indicator
    row: dict[Any, Any] = found.areas.loc[[area_id]].to_dict("records")[0]
    earlier, later = (
        Compared(row[side], "", Status(row[f"status_{side}"]), row[f"error_{side}"])
        for side in ("before", "after")
    )
    before, after = "".join(spoken(earlier, indicator)), with_unit(later, indicator)
    own = difference(later.value, earlier.value, indicator, (later.error, earlier.error))
    small = ", kleine Grundzahl" if row["small"] else ""
    opening = f"{row['name']}, {_compared(found)}"
    return f"{opening}: von {before} auf {after}, {own.text}{small}{_whole(city, found)}."


def of_standouts(city: City, found: Comparison, picked: Standouts) -> str:
    """Draft a headline on the strongest rise and fall.

    Parameters
    ----------
    city : City
    found : Comparison
    picked : Standouts
        With at least one rise or fall.
    """
    known = found.areas.index[found.areas["change"].notna()]
    if len(known) == 1:
        return of_change(city, found, str(known[0]))
    unit = change_comparison.unit(found.indicator, picked.measure)
    digits = change_comparison.decimals(found.indicator, picked.measure)
    sound = ~found.areas["small"] & ~found.areas["unsure"]
    values = found.areas.loc[sound, str(picked.measure)].dropna()

    def told(area_id: str) -> str:
        value, row = float(values[area_id]), found.areas.loc[[area_id]].iloc[0]
        own = Measure.PERCENT if pd.notna(row["percent"]) else Measure.ABSOLUTE
        alone, said = float(row[str(own)]), formats.signed(value, digits, unit)
        if alone * value < 0:
            places = change_comparison.decimals(found.indicator, own)
            unit_alone = change_comparison.unit(found.indicator, own)
            said += f", für sich {formats.signed(alone, places, unit_alone)}"
        return said

    def at(area_id: str) -> str:
        near = values.index[(values - values[area_id]).abs() < 10.0**-digits]
        alike = [area for area in map(str, near) if told(area) == told(area_id)]
        named = (str(found.areas.at[each, "name"]) for each in alike)
        names = formats.listed(named, most=NAMED_ALIKE)
        return f"{names} ({told(area_id)})"

    ends = [*picked.rises[:1], *picked.falls[:1]]
    words = "gegenüber der Stadt" if picked.measure is Measure.RELATIVE else "Veränderung"
    heads = ("am höchsten", "am niedrigsten") if picked.rises else ("am niedrigsten",)
    said = ", ".join(f"{head} {at(area)}" for head, area in zip(heads, ends, strict=False))
    small = ", ".join(str(found.areas.at[area, "name"]) for area in picked.small)
    apart = f"; ohne {small} (kleine Grundzahl)" if small else ""
    return f"{_compared(found)}, {words}: {said}{apart}."


def _compared(found: Comparison) -> str:
    """Name indicator and Stichtage."""
    start, end = found.start, found.end
    yearly = all((day.month, day.day) == (12, 31) for day in (start, end))
    days = (str(start.year), str(end.year)) if yearly else map(formats.date, (start, end))
    return f"{found.indicator.title.de}, {' bis '.join(days)}"


def _whole(city: City, found: Comparison) -> str:
    """Say what the whole city did; empty where that cannot be told."""
    whole, here = found.city, city.catalogue.city
    if whole.change is None or whole.before is None or whole.after is None:
        return ""
    if found.level == city.catalogue.root.id:
        return ""
    place = here.locative or f"{here.name}:"
    before, after = whole.errors
    own = difference(whole.after, whole.before, found.indicator, (after, before))
    return f"; {place} {own.text}"
