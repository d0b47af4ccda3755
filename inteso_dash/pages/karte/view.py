"""Slides of the page Karte: an address becomes a choice, a Stichtag and a headline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from inteso_dash.city import City
from inteso_dash.city.comparable import printed
from inteso_dash.language.formats import date as written
from inteso_dash.measures.classes import MAX_CLASSES, MIN_CLASSES, Method
from inteso_dash.pages.karte.charts import MAKERS, AreaChart, areas_of
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.overview import BY_KEY, MAP, OVERVIEW, VIEWS, columns, orders, overview
from inteso_dash.pages.karte.overview import places as overview_places
from inteso_dash.views import headlines, map_view, scope
from inteso_dash.views.addresses import title_of
from inteso_dash.views.figures import Chart
from inteso_dash.views.map_view import Choice
from inteso_dash.views.maps import Map
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Shown, ViewError, known, span

PARTS = {
    "Karte": MAP,
    "Verteilung": str(AreaChart.DISTRIBUTION),
    "Rangfolge": str(AreaChart.RANKING),
}
"""What a slide can show of a map, title → id."""
_MAKERS: dict[str, Callable[..., Map | Chart]] = {
    MAP: indicator_map,
    **{str(part): maker for part, maker in MAKERS.items()},
}


def figures_of(_city: City, address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id, where that is more than one thing."""
    overview_asked = title_of(address.get("ansicht") or MAP, VIEWS) == title_of(OVERVIEW, VIEWS)
    return {} if address.get("ausschnitt") and overview_asked else PARTS


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show one part of what the map page shows at an address.

    Raises
    ------
    ViewError
        Where the indicator does not exist or has no values on the level.
    """
    notes: list[str] = []
    choice = choice_of(city, address, notes)
    shown = map_view.view(city, choice)
    if not shown.layers:
        raise ViewError(map_view.elsewhere(city, shown.indicator, choice.level))
    seen = known(address.get("ansicht"), VIEWS, MAP, "Ansicht", notes)
    if choice.within is not None and seen == OVERVIEW:
        return _overview(city, choice, choice.within, shown, address, notes)
    part = known(figure, PARTS, MAP, "den Teil", notes)
    layer = map_view.limited(city, choice, _layer(shown, address.get("stichtag"), notes))
    level = city.catalogue.level(choice.level)
    selected = address.get("gebiet")
    if selected is not None and not city.has_area(level.id, selected):
        notes.append(UNKNOWN.format(label="Gebiet", found=selected[:60], shown="keines"))
        selected = None
    figures = Evidence(city)
    for area_id, cell in layer.values.iterrows():
        figures.add(str(area_id), cell["value"], str(cell["status"]), str(cell["source_id"]))
    figures.add(city.catalogue.city.id, layer.reference)
    told = (
        headlines.told_of(city, level.id, shown.indicator, layer.date)
        if selected is None
        else (level.id, selected)
    )
    if told is not None:
        figures.rely(headlines.figures(city, shown.indicator, *told, layer.date))
    if selected is not None:
        drafted = headlines.of_area(city, shown.indicator, level.id, selected, layer.date)
    elif choice.within is not None:
        drafted = map_view.sentence(city, shown, layer, level.id, choice.within)
        place = (choice.within.level, choice.within.area_id)
        own = printed(city, *place, shown.indicator.id, layer.date)
        figures.add(choice.within.key, None if own is None else own.value)
        figures.rely([] if own is None else [own])
    else:
        drafted = headlines.of_level(city, shown.indicator, level.id, layer.date)
    slide = figures.shown(
        f"{shown.indicator.title.de}, {areas_of(city, choice)}",
        drafted,
        _MAKERS[part](city, choice, layer.date, selected=selected),
        written(layer.date),
        notes,
    )
    statuses = [slide.statuses, *layer.estimates]
    return replace(slide, statuses=". ".join(each.removesuffix(".") for each in statuses if each))


def _overview(
    city: City,
    choice: Choice,
    within: Scope,
    view: map_view.View,
    address: Address,
    notes: list[str],
) -> Shown:
    """Show the areas of a part of the city by their key figures."""
    measured = columns(city, choice, lambda own: map_view.view(city, own))
    layer = map_view.limited(city, choice, view.layers[-1])
    said = map_view.sentence(city, view, layer, choice.level, within)
    if not measured:
        raise ViewError(said)
    offered = orders(measured)
    order = known(address.get("sortiert"), offered, BY_KEY, "Sortierung", notes)
    figures = Evidence(city)
    for each in measured:
        for area_id, cell in each.layer.values.iterrows():
            key = f"{each.indicator.id} {area_id}"
            figures.add(key, cell["value"], str(cell["status"]), str(cell["source_id"]))
        figures.add(f"{each.indicator.id} {city.catalogue.city.id}", each.layer.reference)
        for place in overview_places(city, within):
            told = printed(city, *place, each.indicator.id, each.layer.date)
            figures.rely([] if told is None else [told])
    return figures.shown(
        f"Übersicht: {areas_of(city, choice)}",
        said,
        overview(city, choice, within, measured, order),
        span(each.layer.date for each in measured),
        notes,
    )


def choice_of(city: City, address: Address, notes: list[str]) -> map_view.Choice:
    """Read level, indicator, classes and scope from an address; what does not exist is noted."""
    catalogue = city.catalogue
    asked = address.get("indikator") or catalogue.start.indicator
    title = title_of(asked, {each.title.de: each.id for each in catalogue.indicators})
    if title is None:
        raise ViewError(f"Den Indikator „{asked[:60]}“ gibt es nicht.")
    indicator = next(each for each in catalogue.indicators if each.title.de == title)
    plurals = {level.plural: level.id for level in catalogue.levels}
    level = known(address.get("ebene"), plurals, catalogue.start.level, "Ebene", notes)
    way = address.get("einteilung")
    method = known(way, map_view.METHODS, Method.QUANTILES, "Einteilung", notes)
    counts = {str(count): count for count in range(MIN_CLASSES, MAX_CLASSES + 1)}
    count = known(address.get("klassen"), counts, 5, "Klassen", notes)
    own = None
    if method is Method.OWN:
        own = map_view.own_bounds(address.get("grenzen") or "")
        method = Method.QUANTILES if own is None else method
    wanted = address.get("ausschnitt")
    within = None if wanted is None else scope.read(city, level, wanted)
    if wanted is not None and within is None:
        whole = city.catalogue.city.name
        notes.append(UNKNOWN.format(label="Ausschnitt", found=wanted[:60], shown=whole))
    return map_view.Choice(level, indicator.id, method, count, own or (), within)


def _layer(shown: map_view.View, asked: str | None, notes: list[str]) -> map_view.Snapshot:
    newest = shown.layers[-1]
    days = {written(layer.date): layer.date for layer in shown.layers}
    day = known(asked, days, newest.date, "Stichtag", notes)
    return next(layer for layer in shown.layers if layer.date == day)
