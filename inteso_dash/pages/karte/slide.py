"""Slides of the page Karte: an address becomes a choice, a Stichtag and a headline."""

from __future__ import annotations

from dataclasses import replace

from inteso_dash.city import City
from inteso_dash.language.formats import date as written
from inteso_dash.measures.classes import MAX_CLASSES, MIN_CLASSES, Method
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.views import headlines, map_view
from inteso_dash.views.addresses import title_of
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Shown, ViewError, known


def figures_of(_city: City, _address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id: one thing only."""
    return {}


def show(city: City, address: Address, _figure: str = "") -> Shown:
    """Show what the map page shows at an address.

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
    layer = _layer(shown, address.get("stichtag"), notes)
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
    drafted = (
        headlines.of_level(city, shown.indicator, level.id, layer.date)
        if selected is None
        else headlines.of_area(city, shown.indicator, level.id, selected, layer.date)
    )
    slide = figures.shown(
        f"{shown.indicator.title.de}, {level.plural}",
        drafted,
        indicator_map(city, choice, layer.date, selected=selected),
        written(layer.date),
        notes,
    )
    statuses = [slide.statuses, *layer.estimates]
    return replace(slide, statuses=". ".join(each.removesuffix(".") for each in statuses if each))


def choice_of(city: City, address: Address, notes: list[str]) -> map_view.Choice:
    """Read level, indicator and classes from an address; what does not exist is noted."""
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
    return map_view.Choice(level, indicator.id, method, count, own or ())


def _layer(shown: map_view.View, asked: str | None, notes: list[str]) -> map_view.Snapshot:
    newest = shown.layers[-1]
    days = {written(layer.date): layer.date for layer in shown.layers}
    day = known(asked, days, newest.date, "Stichtag", notes)
    return next(layer for layer in shown.layers if layer.date == day)
