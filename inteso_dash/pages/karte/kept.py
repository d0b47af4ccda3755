"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from inteso_dash.boundaries.assets import Asset
from inteso_dash.catalogue.city import Topic
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import OWN_LEVEL, OwnLevel
from inteso_dash.city import City
from inteso_dash.drawing.area_map.data import (
    Frame,
    Inside,
    MapData,
    MarkedArea,
)
from inteso_dash.language import formats
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte import chance
from inteso_dash.pages.karte.content import part
from inteso_dash.pages.karte.texts import PAGE as TEXTS
from inteso_dash.pages.karte.view import (
    COUNTS,
    INDICATOR,
    LEVEL,
    METHODS,
    by_topic,
    overviewed,
    read,
)
from inteso_dash.session.editions import cached, edition
from inteso_dash.session.kept import kept
from inteso_dash.session.maps import frame, overlays, signs
from inteso_dash.session.store import AHEAD, city, geometries
from inteso_dash.views import map_view, scope
from inteso_dash.views.colours import on_dark
from inteso_dash.views.map_view import Choice, Snapshot, View
from inteso_dash.views.maps import Marks
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

LINKED = ("sicht", "linien")
"""Parameters for the part of the map that is seen and for the boundaries over it."""
_ALONE = {OWN_LEVEL, "vorfuehren"}
"""Parameters of addresses whose map only a session can draw."""


_MOST_AHEAD = 2000
"""Areas that a level has at most of which boundaries and values are fetched before it is chosen."""


def view(choice: Choice) -> View:
    """Return the map view of a choice; shared by all sessions."""
    return _view(choice.everywhere)


@cached(max_entries=2000, rare=map_view.made_up)
def _view(choice: Choice) -> View:
    return map_view.view(city(), choice)


@cached()
def levels() -> tuple[str, ...]:
    """Return the levels that a map can be drawn of, the smallest areas first."""
    catalogue, outlines = city().catalogue, geometries()
    return tuple(
        level.id
        for level in reversed(catalogue.levels)
        if level.parent is not None and (level.id, level.current.id) in outlines
    )


@cached()
def scopes(level: str) -> dict[str, str]:
    """Return what views of a level can be limited to: name, and key in addresses."""
    here = city()
    return {
        f"{scope.title(here, each)} ({each.area_id})": each.key
        for each in scope.scopes(here, level)
    }


@cached()
def offered() -> dict[Topic, list[Indicator]]:
    """Return topics with those of their indicators that have values on a level of `levels`."""
    return by_topic(city())


@cached(max_entries=2000)
def frames(level: str, indicator_id: str) -> tuple[Frame, ...]:
    """Return the values of a map by Stichtag, in the order of the geometry, however divided."""
    current = city().catalogue.level(level).current.id
    order = list(geometries()[level, current].area_ids)
    return tuple(frame(layer, order) for layer in view(Choice(level, indicator_id)).layers)


@cached(max_entries=2000, rare=map_view.made_up)
def blank_map(choice: Choice) -> MapData | None:
    """Return the map of a choice with nothing selected, None where there are no values.

    Pages complete it with what belongs to the reader: the Stichtag, the selection, overlays.
    """
    shown = view(choice)
    if not shown.layers:
        return None
    level, indicator = city().catalogue.level(choice.level), shown.indicator
    geometry = geometries()[(level.id, level.current.id)]
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(geometry.area_ids),
        areas_label=level.plural,
        title=indicator.title.de,
        frames=frames(choice.level, choice.indicator_id),
        breaks=shown.classes.breaks,
        colors_light=shown.colours,
        colors_dark=on_dark(shown.colours),
        reference_label=city().catalogue.city.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        distance=map_view.distance_unit(indicator),
        keyless=isinstance(level, OwnLevel),
    )


def ahead_urls(choice: Choice) -> dict[str, str]:
    """Return the addresses of `ahead` by list; none where a session sees figures of its own."""
    if edition() is not None or choice.method is Method.OWN:
        return {}
    view = f"{AHEAD}/{choice.level}/{choice.method}/{choice.classes}"
    own = choice.indicator_id
    urls = {TEXTS["indicator"]: f"{view}/{INDICATOR}/{city().catalogue.indicator(own).topic}"}
    urls |= {TEXTS["count"]: f"{view}/{COUNTS.key}/{own}"}
    urls |= {METHODS.label: f"{view}/{METHODS.key}/{own}"}
    if choice.within is None:
        urls |= {TEXTS["level"]: f"{view}/{LEVEL}/{own}"}
    return urls


@kept(most=1000)
def ahead(level: str, method: Method, classes: int, of: str, about: str) -> Asset:
    """Return what changes on the map by each option of a list, for the map to draw at once.

    Parameters
    ----------
    level, method, classes
        What is chosen beside.
    of : str
        The list: of indicators, ways to divide, numbers of classes or levels.
    about : str
        The topic of the indicators, else the indicator.

    Returns
    -------
    Asset
        JSON, text of an option → part of `MapData.to_payload`.

    Raises
    ------
    KeyError
        If there is no such list, topic, indicator, or there are no boundaries of the level.
    """
    here = city().catalogue
    if of == INDICATOR:
        maps = {
            each.title.de: blank_map(Choice(level, each.id, method, classes))
            for each in here.indicators
            if each.topic == about and each.map
        }
        found = {title: drawn.view_payload() for title, drawn in maps.items() if drawn}
    else:
        here.indicator(about)
        found = dict(_others(Choice(level, about, method, classes), of))
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return Asset(about, body, "application/json")


def _others(choice: Choice, of: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what options of a list change; nothing of what a session alone can draw or is large."""
    if of == LEVEL:
        here = city()
        for level in levels():
            other = replace(choice, level=level)
            small = level != choice.level and len(here.areas(level)) <= _MOST_AHEAD
            if small and (layers := view(other).layers):
                drawn = slide_map(here, other, layers[-1].date, None)
                if drawn is not None:
                    yield here.catalogue.level(level).plural, drawn.level_payload()
        return
    others = {
        METHODS.key: {
            title: replace(choice, method=each)
            for title, each in METHODS.options.items()
            if each is not Method.OWN
        },
        COUNTS.key: {
            title: replace(choice, classes=each) for title, each in COUNTS.options.items()
        },
    }
    for title, other in others[of].items():
        drawn = blank_map(other)
        if drawn is not None:
            yield title, drawn.classes_payload()


@cached(max_entries=2000, rare=map_view.made_up)
def sentence(choice: Choice, date: dt.date) -> str:
    """Return what a map shows, in words."""
    shown, layer = view(choice), _limited(choice, date)
    return map_view.sentence(city(), shown, layer, choice.level, choice.within)


@cached(max_entries=2000, rare=map_view.made_up)
def citation(choice: Choice, date: dt.date) -> str:
    """Return the sources of a map, written as a citation."""
    ids = sorted({key for key in _limited(choice, date).values["source_id"] if key})
    return city().source_titles(ids)


def _limited(choice: Choice, date: dt.date) -> Snapshot:
    return map_view.limited(city(), choice, map_view.chosen_layer(view(choice), date))


def slide_map(
    city: City, choice: Choice, date: dt.date, selected: str | None, confidence: float | None = None
) -> MapData | None:
    """Return the map of the map page without what belongs to that page."""
    drawn = blank_map(choice)
    if drawn is None:
        return None
    catalogue, outlines = city.catalogue, geometries()
    order = outlines[choice.level, catalogue.level(choice.level).current.id].area_ids
    limit = part(city, choice)
    above = catalogue.ancestors(choice.level)[:-1]
    marks, day = chance.marks(city, choice, date, confidence), formats.date(date)
    if marks is not None:
        drawn = replace(drawn, frames=_remarked(drawn.frames, day, marks, order, city, choice))
    return replace(
        drawn,
        date=day,
        selected=selected,
        signs=signs(() if marks is None else (marks,), order),
        overlays=overlays(city, choice.level, headed=True),
        marked=tuple(
            MarkedArea(area.area, area.title)
            for area in catalogue.study_areas
            if area.level in above
        ),
        inside=None
        if limit is None
        else Inside(tuple(area in limit.areas for area in order), limit.words),
    )


@cached(max_entries=64)
def first_map(query: str) -> dict[str, Any] | None:
    """Return what the browser draws of an address before the page has been worked out.

    Parameters
    ----------
    query : str
        The parameters of the address.

    Returns
    -------
    dict or None
        None where a map is not what the address shows first, or where it depends on the session.
    """
    asked = Address.read(f"?{query}")
    if _ALONE.intersection(name for name, _ in asked.parameters):
        return None
    try:
        shown = read(city(), asked, [])
        day = shown.layer.date
        drawn = slide_map(city(), shown.choice, day, shown.selected, shown.confidence)
    except (KeyError, ViewError):
        return None
    if drawn is None or overviewed(shown.choice, asked, []) is not None:
        return None
    return {**drawn.to_payload(), "opens": True, "names": LINKED}


def _remarked(
    frames: tuple[Frame, ...],
    day: str,
    marks: Marks,
    order: Sequence[str],
    city: City,
    choice: Choice,
) -> tuple[Frame, ...]:
    """Say of marked areas at a Stichtag what the sign means, after their status."""
    layer = next(each for each in view(choice).layers if formats.date(each.date) == day)
    titles = dict(zip(layer.values.index, city.status_titles(layer.values), strict=True))
    marked = set(marks.areas)
    notes = tuple(
        f"{titles[area]}; {marks.sign} {marks.meaning}" if area in marked else "" for area in order
    )
    return tuple(replace(each, notes=notes) if each.date_label == day else each for each in frames)
