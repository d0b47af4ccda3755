"""."""

from __future__ import annotations

from typing import Any

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung import comparison as change_comparison
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, Standouts
from inteso_dash.views.headlines import difference


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
    changes = found.areas["change"].dropna().round(9)
    counted = [
        ("höher", int((changes > 0).sum())),
        ("niedriger", int((changes < 0).sum())),
        ("unverändert", int((changes == 0).sum())),
        ("ohne Vergleichswert", len(found.areas) - len(changes)),
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
    before = formats.number(row["before"], indicator.decimals)
    after = formats.with_unit(row["after"], indicator.decimals, indicator.unit)
    own = difference(row["after"], row["before"], indicator)
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
    unit = change_comparison.unit(found.indicator, picked.measure)
    digits = change_comparison.decimals(found.indicator, picked.measure)
    values = found.areas[str(picked.measure)]

    def at(area_id: str) -> str:
        value = formats.signed(float(values[area_id]), digits, unit)
        return f"{found.areas['name'][area_id]} ({value})"

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
    return f"; {place} {difference(whole.after, whole.before, found.indicator).text}"
