"""The indicators that areas of a level are looked for by, each at its Stichtag."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from inteso_dash.city import City
from inteso_dash.views.dated import DatedIndicator, dated
from inteso_dash.views.shown import Offer

PAGE = "gebietssuche"
SECTION, LEVEL, AREA = "g_bereich", "g_ebene", "g_gebiet"


def days(city: City, level: str, indicator_id: str) -> tuple[dt.date, ...]:
    """Return the Stichtage of an indicator with values for the current areas, newest first.

    Of the earlier ones those on which several areas can be compared.
    """
    newest, *earlier = reversed(city.current_dates(level, indicator_id))
    several = (day for day in earlier if len(city.known(level, indicator_id, day)) > 1)
    return (newest, *several)


def column(
    city: City, level: str, indicator_id: str, date: dt.date | None = None
) -> DatedIndicator:
    """Return one of the indicators `offered` at one of its `days`, the newest by default."""
    newest, *_ = days(city, level, indicator_id)
    day = date or newest
    return replace(dated(city, level, indicator_id, day), earlier=day != newest)


def offered(city: City, level: str) -> dict[str, str]:
    """Return the indicators that a level can be searched by, title → id."""
    return {
        city.catalogue.indicator(each).title.de: each
        for each in city.indicators(level)
        if city.current_dates(level, each)
    }


def levels(city: City) -> dict[str, str]:
    """Return the levels with several areas and figures of them, plural → id, smallest first."""
    return {
        level.plural: level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None and len(city.areas(level.id)) > 1 and offered(city, level.id)
    }


def level_offer(city: City) -> Offer[str]:
    """Return the levels, first the one that the city begins with."""
    found, first = levels(city), city.catalogue.start.level
    begin = first if first in found.values() else next(iter(found.values()))
    return Offer(LEVEL, "Ebene", found, begin)


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    found = list(levels(city).values())
    return sorted(found, key=lambda level: level != level_offer(city).first) if found else []
