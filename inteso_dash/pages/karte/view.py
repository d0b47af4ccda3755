"""What an address of the page Karte says, and the figures that it yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from inteso_dash.catalogue.city import Topic
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.comparable import printed
from inteso_dash.language.formats import date as written
from inteso_dash.measures.classes import MAX_CLASSES, MIN_CLASSES, Method
from inteso_dash.pages.karte import chance
from inteso_dash.pages.karte.charts import MAKERS, AreaChart, areas_of
from inteso_dash.pages.karte.content import indicator_map
from inteso_dash.pages.karte.overview import MAP, OVERVIEW, VIEWS, columns, orders, overview
from inteso_dash.pages.karte.overview import places as overview_places
from inteso_dash.pages.karte.texts import PAGE as TEXTS
from inteso_dash.views import headlines, map_view, scope
from inteso_dash.views.addresses import title_of
from inteso_dash.views.dots import Funnel
from inteso_dash.views.figures import Chart
from inteso_dash.views.map_view import Choice, NotDrawableError, Snapshot, View
from inteso_dash.views.maps import Map
from inteso_dash.views.scope import Scope
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import UNKNOWN, Evidence, Offer, Shown, ViewError, area_of, known, span

TOPIC, INDICATOR, LEVEL, WITHIN = "thema", "indikator", "ebene", "ausschnitt"
BOUNDS, DATE, AREA = "grenzen", "stichtag", "gebiet"
METHODS = Offer("einteilung", "Einteilung", map_view.METHODS, Method.QUANTILES)
_COUNTS = {str(count): count for count in range(MIN_CLASSES, MAX_CLASSES + 1)}
COUNTS = Offer("klassen", "Klassen", _COUNTS, 5)
CHARTS = {
    "Verteilung": AreaChart.DISTRIBUTION,
    "Rangfolge": AreaChart.RANKING,
    "Trichter": AreaChart.FUNNEL,
}
PARTS = {"Karte": MAP, **{title: str(chart) for title, chart in CHARTS.items()}}
"""What a slide can show of a map, title → id."""
_MAKERS: dict[str, Callable[..., Map | Chart]] = {
    MAP: indicator_map,
    **{str(part): maker for part, maker in MAKERS.items()},
}


@dataclass(frozen=True)
class IndicatorView:
    """What the page shows: a choice, the values of the whole city, and what is limited to it.

    ``layer`` is of the Stichtag, ``confidence`` how sure a difference from the city has to be (None
    where nobody asks).
    """

    choice: Choice
    shown: View
    layer: Snapshot
    selected: str | None = None
    confidence: float | None = None


def topics(city: City, offered: Collection[Topic]) -> Offer[Topic]:
    """Return some topics, first that of the indicator that the city begins with."""
    first = city.catalogue.indicator(city.catalogue.start.indicator).topic
    begin = next((each for each in offered if each.id == first), next(iter(offered)))
    return Offer(TOPIC, "Thema", {each.title.de: each for each in offered}, begin)


def indicators(city: City, offered: Collection[Indicator]) -> Offer[Indicator]:
    """Return some indicators, first the one that the city begins with."""
    first = city.catalogue.indicator(city.catalogue.start.indicator)
    begin = first if first in offered else next(iter(offered))
    return Offer(INDICATOR, TEXTS["indicator"], {each.title.de: each for each in offered}, begin)


def levels(city: City, offered: Collection[str]) -> Offer[str]:
    """Return some levels by their plurals."""
    plurals = {city.catalogue.level(level).plural: level for level in offered}
    return Offer(LEVEL, TEXTS["level"], plurals, city.catalogue.start.level)


def divided(method: Method, bounds: str) -> tuple[Method, tuple[float, ...]]:
    """Return how values are divided, and bounds of one's own; quantiles until these are some."""
    own = map_view.own_bounds(bounds) if method is Method.OWN else ()
    return (Method.QUANTILES, ()) if own is None else (method, own)


def days(shown: View) -> Offer[dt.date]:
    """Return the Stichtage of a map, first the newest."""
    titles = {written(layer.date): layer.date for layer in shown.layers}
    return Offer(DATE, "Stichtag", titles, shown.layers[-1].date)


def shown_levels(city: City) -> list[str]:
    """Return levels of which the page can show an area, the one it begins with first."""
    begin = city.catalogue.start.level
    drawn = [
        level.id
        for level in reversed(city.catalogue.levels)
        if level.parent is not None and (level.id, level.current.id) in city.layers
    ]
    return sorted(drawn, key=lambda level: level != begin)


def by_topic(city: City) -> dict[Topic, list[Indicator]]:
    """Return topics with those of their indicators that have values on a level that is shown."""
    drawable = shown_levels(city)
    topics = {
        topic: [
            indicator
            for indicator in city.catalogue.indicators
            if indicator.topic == topic.id
            and indicator.map
            and any(city.dates(level, indicator.id) for level in drawable)
        ]
        for topic in city.catalogue.topics
    }
    return {topic: found for topic, found in topics.items() if found}


def figures_of(city: City, address: Address) -> dict[str, str]:
    """Return what a slide can show of a view, title → id, where that is more than one thing."""
    if address.get(WITHIN) and VIEWS.read(address, []) == OVERVIEW:
        return {}
    try:
        shown = read(city, address, [])
    except ViewError:
        shown = None
    return {title: part for title, part in PARTS.items() if offered(city, shown, part)}


def offered(city: City, shown: IndicatorView | None, part: str) -> bool:
    """Say whether there may be something of a part.

    A chart needs values, a funnel besides the city's value and counts; a map shows gaps as well.
    """
    if part == AreaChart.FUNNEL:
        return shown is not None and chance.available(city, shown.choice, shown.layer.date)
    return part == MAP or shown is None or bool(shown.layer.values["value"].notna().any())


def overviewed(choice: Choice, address: Address, notes: list[str]) -> Scope | None:
    """Return the part of the city that an address shows as a table, None where it shows a map."""
    return choice.within if VIEWS.read(address, notes) == OVERVIEW else None


def read(city: City, address: Address, notes: list[str]) -> IndicatorView:
    """Read what the map at an address says; what does not exist is noted, and shown as it begins.

    Raises
    ------
    ViewError
        Where the indicator does not exist or has no values on the level.
    """
    return _map(city, _choice(city, address, notes), address, notes)


def _map(city: City, choice: Choice, address: Address, notes: list[str]) -> IndicatorView:
    shown = map_view.view(city, choice)
    if not shown.layers:
        raise ViewError(map_view.elsewhere(city, shown.indicator, choice.level))
    layer = map_view.chosen_layer(shown, days(shown).read(address, notes))
    selected = area_of(city, choice.level, address.get(AREA), notes)
    confidence = chance.confidence_of(chance.SURENESS.read(address, notes))
    limited = map_view.limited(city, choice, layer)
    return IndicatorView(choice, shown, limited, selected, confidence=confidence)


def _choice(city: City, address: Address, notes: list[str]) -> Choice:
    """Read level, indicator, classes and scope from an address; what does not exist is noted."""
    possible, asked = city.catalogue.indicators, address.get(INDICATOR)
    if not asked and address.get(TOPIC) and (groups := by_topic(city)):
        possible = tuple(groups[topics(city, groups).read(address, notes)])
    offered = indicators(city, possible)
    if asked and title_of(asked, offered.options) is None:
        raise ViewError(f"Den Indikator „{asked[:60]}“ gibt es nicht.")
    indicator = offered.read(address, notes)
    level = levels(city, [each.id for each in city.catalogue.levels]).read(address, notes)
    method, own = divided(METHODS.read(address, notes), address.get(BOUNDS) or "")
    count = COUNTS.read(address, notes)
    wanted = address.get(WITHIN)
    within = None if wanted is None else scope.read(city, level, wanted)
    if wanted is not None and within is None:
        whole = city.catalogue.city.name
        notes.append(UNKNOWN.format(label="Ausschnitt", found=wanted[:60], shown=whole))
    return Choice(level, indicator.id, method, count, own, within)


def show(city: City, address: Address, figure: str = "") -> Shown:
    """Show one part of what the map page shows at an address.

    Raises
    ------
    ViewError
        As of `read`; where there are no figures for the part.
    """
    notes: list[str] = []
    choice = _choice(city, address, notes)
    within = overviewed(choice, address, notes)
    if within is not None:
        return _overview(city, choice, within, address, notes)
    view = _map(city, choice, address, notes)
    part = known(figure, PARTS, MAP, "den Teil", notes)
    layer, selected = view.layer, view.selected
    indicator, level, within = view.shown.indicator, choice.level, choice.within
    figures = Evidence(city)
    for area_id, cell in layer.values.iterrows():
        figures.add(str(area_id), cell["value"], str(cell["status"]), str(cell["source_id"]))
    figures.add(city.catalogue.city.id, layer.reference)
    if selected is not None:
        figures.rely(headlines.figures(city, indicator, level, selected, layer.date))
        drafted = headlines.of_area(city, indicator, level, selected, layer.date)
    elif within is not None:
        drafted = map_view.sentence(city, view.shown, layer, level, within)
        whole, own = (
            printed(city, *place, indicator.id, layer.date)
            for place in overview_places(city, within)
        )
        figures.add(within.key, None if own is None else own.value)
        figures.rely(each for each in (whole, own) if each is not None)
    else:
        figures.rely(headlines.figures_of_level(city, indicator, level, layer.date))
        drafted = headlines.of_level(city, indicator, level, layer.date)
    try:
        content = _MAKERS[part](
            city, choice, layer.date, selected=selected, confidence=view.confidence
        )
    except NotDrawableError as error:
        raise ViewError(str(error)) from None
    if isinstance(content, Funnel):
        drafted = content.words
    slide = figures.shown(
        f"{indicator.title.de}, {areas_of(city, choice)}",
        drafted,
        content,
        written(layer.date),
        notes,
    )
    return slide.remarked(*layer.estimates, chance.remark(content, view.confidence))


def _overview(
    city: City, choice: Choice, within: Scope, address: Address, notes: list[str]
) -> Shown:
    """Show the areas of a part of the city by their key figures."""
    measured = columns(city, choice, lambda own: map_view.view(city, own))
    shown = map_view.view(city, choice)
    said = map_view.elsewhere(city, shown.indicator, choice.level)
    if shown.layers:
        newest = map_view.limited(city, choice, shown.layers[-1])
        said = map_view.sentence(city, shown, newest, choice.level, within)
    if not measured:
        raise ViewError(said)
    order = orders(measured).read(address, notes)
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
