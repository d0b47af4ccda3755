"""What an address of the page can ask for."""

from __future__ import annotations

import datetime as dt

from inteso_dash.city import City
from inteso_dash.city.own_areas import extent
from inteso_dash.language import formats
from inteso_dash.measures.classes import Method
from inteso_dash.measures.relation import FEWEST
from inteso_dash.pages.muster.texts import TEXTS
from inteso_dash.views import map_view
from inteso_dash.views.addresses import title_of
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import Offer, ViewError

PAGE = "muster"
SECTION, LEVEL, FIRST, SECOND = "m_bereich", "m_ebene", "m_indikator", "m_zweiter"
DAY, SECOND_DAY = "m_stichtag", "m_stichtag_zweiter"
AREA, NAMED, LIT, WEIGHTED, FREE = "m_gebiet", "m_gebiete", "m_klasse", "m_gewichtet", "m_ohne"
TWO, STRONGEST, PATTERN, APART = "zwei", "staerkste", "raeumlich", "segregation"
SECTIONS = {
    "Zwei Indikatoren": TWO,
    "Stärkste Zusammenhänge": STRONGEST,
    "Räumliches Muster": PATTERN,
    "Segregation": APART,
}
EXPLAINED = {
    TWO: ("spearman", "pearson", "theil-sen", "zwei-klassen"),
    STRONGEST: ("spearman", "pearson", "falschalarme"),
    PATTERN: ("moran", "lokale-cluster", "falschalarme"),
    APART: ("dissimilaritaet", "segregation-nachbarn", "isolation"),
}
"""Methods that a section leads to."""
_METHODS = {title: method for title, method in map_view.METHODS.items() if method is not Method.OWN}
METHODS = Offer("m_klassen", TEXTS["classes"], _METHODS, Method.QUANTILES)
MOST_NAMED = 5


def days_of(city: City, level: str, indicator: str) -> tuple[dt.date, ...]:
    """Return the Stichtage with figures for enough areas of the current division."""
    return tuple(
        day
        for day in city.current_dates(level, indicator)
        if city.known_count(level, indicator, day) >= FEWEST
    )


def usable(city: City, level: str) -> dict[str, str]:
    """Return the indicators of a level that can be related, title → id."""
    return {
        city.catalogue.indicator(each).title.de: each
        for each in city.indicators(level)
        if days_of(city, level, each)
    }


def levels(city: City) -> Offer[str]:
    """Return the levels on which two indicators can be related.

    Not those of own areas that overlap or cut others.

    Raises
    ------
    ViewError
        Where there are none.
    """
    found = {
        level.plural: level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None
        and extent(city, level.id).apart
        and len(usable(city, level.id)) > 1
    }
    if not found:
        raise ViewError(TEXTS["nothing"])
    start = city.catalogue.start.level
    first = start if start in found.values() else next(iter(found.values()))
    return Offer(LEVEL, TEXTS["level"], found, first)


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    try:
        offered = levels(city)
    except ViewError:
        return []
    return sorted(offered.options.values(), key=lambda level: level != offered.first)


def indicators(city: City, level: str) -> Offer[str]:
    """Return what can be the first indicator."""
    offered = usable(city, level)
    return Offer(FIRST, TEXTS["first"], offered, _first(city, offered))


def seconds(city: City, level: str, first: str) -> Offer[str]:
    """Return what can be the second indicator: all others."""
    offered = {title: each for title, each in usable(city, level).items() if each != first}
    return Offer(SECOND, TEXTS["second"], offered, _first(city, offered))


def _first(city: City, offered: dict[str, str]) -> str:
    """Return the indicator to begin with: a share rather than a count."""
    start, known = city.catalogue.start, list(offered.values())
    rates = [each for each in known if city.catalogue.indicator(each).kind == "intensive"]
    wanted = [start.indicator, *start.key_figures]
    return next((each for each in wanted if each in rates), next(iter([*rates, *known])))


def days(city: City, level: str, indicator: str, key: str = DAY) -> Offer[dt.date]:
    """Return the Stichtage of an indicator, first the newest."""
    found = {formats.date(day): day for day in reversed(days_of(city, level, indicator))}
    label = TEXTS["first_day" if key == DAY else "second_day"]
    return Offer(key, label, found, next(iter(found.values())))


def second_days(city: City, level: str, indicator: str, first: dt.date) -> Offer[dt.date]:
    """Return the Stichtage of the second indicator, first the one nearest to that of the first."""
    offered = days(city, level, indicator, SECOND_DAY)
    nearest = min(offered.options.values(), key=lambda day: abs(day - first))
    return Offer(offered.key, offered.label, offered.options, nearest)


def section_of(address: Address) -> str:
    """Return the section that an address names (`ViewError` where there is none of that name)."""
    asked = address.get(SECTION) or TWO
    title = title_of(asked, SECTIONS)
    if title is None:
        raise ViewError(
            f"Den Teil „{asked[:60]}“ hat die Seite {TEXTS['title']} nicht; möglich: "
            f"{', '.join(SECTIONS)}."
        )
    return SECTIONS[title]
