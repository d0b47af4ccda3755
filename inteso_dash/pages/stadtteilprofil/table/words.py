"""German sentences on an area, made by rule from names, numbers and the kind of its level."""

from __future__ import annotations

import datetime as dt

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.city import City, own_areas
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.stadtteilprofil.profile import Line, Profile, ProfilePlace
from inteso_dash.views import headlines

_FEMININE_LEVELS = ("stadt", "gemeinde", "zelle", "zone", "region", "einheit", "ung", "schaft")
_OWN = "{title} aus {parts}"
_ARTICLES = {
    "Der": ("anteil", "saldo", "quotient", "index", "grad"),
    "Die": ("quote", "rate", "dichte", "armut", "fläche", "sicherung", "entwicklung"),
}
_LARGE_HECTARES = 100
_SMALL_SHARE = 0.1


def where(city: City, place: ProfilePlace) -> str:
    """Say where something is: "In Musterstadt", "Im Stadtbezirk 6", "Im Stadtteil Rath"."""
    if place.level == city.catalogue.root.id:
        return f"In {place.name}"
    level = city.catalogue.level(place.level)
    if isinstance(level, OwnLevel):
        said = headlines.locative(city, level.id, place.area_id)
        return said[0].upper() + said[1:]
    title = level.title.de
    named = place.name if place.name.startswith(title) else f"{title} {place.name}"
    return f"{_within(title)} {named}"


def _within(title: str) -> str:
    """Return the preposition for a level.

    Examples
    --------
    >>> _within("Sozialraum"), _within("Gemeinde")
    ('Im', 'In der')
    """
    return "In der" if title.lower().endswith(_FEMININE_LEVELS) else "Im"


def article(title: str) -> str | None:
    """Return the article of an indicator's title where its ending tells it.

    Examples
    --------
    >>> article("SGB-II-Quote"), article("Anteil Realschule"), article("Fluktuationsrate")
    ('Die', 'Der', 'Die')
    >>> article("Haushalte") is None
    True
    """
    head = title.split(maxsplit=1)[0].lower()
    return next((word for word, ends in _ARTICLES.items() if head.endswith(ends)), None)


def lineage(city: City, result: Profile) -> str:
    """Say what an area is and what it lies in: "Stadtteil 063 im Stadtbezirk 6"."""
    place = result.place
    level = city.catalogue.level(place.level)
    if level.id == city.catalogue.root.id:
        return level.title.de
    inside = [where(city, other) for other in result.within]
    steps = [step[0].lower() + step[1:] for step in inside]
    own = own_areas.made_of(city, place.level, place.area_id)
    designated = _OWN.format(title=level.title.de, parts=own) if own else ""
    return f"{designated or f'{level.title.de} {place.area_id}'} " + " ".join(steps)


def size(indicator: Indicator, value: float) -> str:
    """Write an area: hectares, from one square kilometre on square kilometres."""
    if indicator.unit == "ha" and value >= _LARGE_HECTARES:
        return formats.with_unit(value / 100, 1, "km²")
    return formats.with_unit(value, indicator.decimals, indicator.unit)


def sentence(city: City, result: Profile) -> str:
    """Say how many live in the area and how its key figures stand beside the city's.

    The first of the catalogue's key figures is the number of inhabitants.
    """
    first, *others = city.catalogue.start.key_figures or ("",)
    population = result.line(first)
    if population is None:
        return ""
    parts = [_inhabitants(city, result, population)]
    lines = [line for key in others if (line := result.line(key)) and line.own.value is not None]
    if lines:
        parts.append(_comparison(city, result.place, lines, population.date))
    return " ".join(parts)


def _inhabitants(city: City, result: Profile, line: Line) -> str:
    here, day = where(city, result.place), formats.date(line.date)
    cell = line.own
    if cell.status is Status.ROUNDED and cell.value == 0:
        return f"{here} leben so wenige Menschen, dass die Quelle auf null rundet ({day})."
    if cell.status is Status.UNINHABITED or cell.value == 0:
        return f"{here} wohnt niemand ({day})."
    if cell.value is None:
        meaning = STATUS_MEANINGS[cell.status]
        why = cell.note or meaning.meaning
        return f"{here} ist die Bevölkerung nicht ausgewiesen ({day}, {meaning.title}). {why}"
    count = formats.number(cell.value, 0)
    guessed = headlines.guessed(str(cell.status))
    live = "lebt 1 Mensch" if count == "1" else f"leben {guessed}{count} Menschen"
    whole = city.reference(line.indicator.id, line.date)
    genitive = city.catalogue.city.genitive
    share = ""
    if whole and genitive and result.place.level != city.catalogue.root.id:
        percent = cell.value / whole * 100
        part = formats.with_unit(max(percent, _SMALL_SHARE), 1, "%")
        least = "weniger als " if percent < _SMALL_SHARE else ""
        share = f", {least}{part} der Bevölkerung {genitive}"
    return f"{here} {live} ({day}){share}."


def _comparison(city: City, place: ProfilePlace, lines: list[Line], day: dt.date) -> str:
    said = [_figure(city, place, line, day) for line in lines]
    articles = [article(line.indicator.title.de) for line in lines]
    titles = [line.indicator.title.de for line in lines]
    if all(articles):
        named = [
            f"{word if index == 0 else str(word).lower()} {title}" + " beträgt" * (index == 0)
            for index, (word, title) in enumerate(zip(articles, titles, strict=True))
        ]
    else:
        named = [f"{title}:" for title in titles]
    return ", ".join(f"{name} {figure}" for name, figure in zip(named, said, strict=True)) + "."


def _figure(city: City, place: ProfilePlace, line: Line, day: dt.date) -> str:
    def written(value: float) -> str:
        return formats.with_unit(value, line.indicator.decimals, line.indicator.unit)

    remarks = []
    reference = city.reference(line.indicator.id, line.date)
    if place.level != city.catalogue.root.id and reference is not None:
        remarks.append(f"{city.catalogue.city.name}: {written(reference)}")
    if line.date != day:
        remarks.append(formats.date(line.date))
    beside = f" ({'; '.join(remarks)})" if remarks else ""
    if line.own.value is None:
        return ""
    return f"{headlines.guessed(str(line.own.status))}{written(line.own.value)}{beside}"
