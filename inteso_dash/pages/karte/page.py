"""Map of one indicator: where it is high and low, how the areas are spread, and the table."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.city.revisions import REVISED
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import Ahead, Card, MapData, MarkedArea, Overlay
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.measures.classes import MAX_CLASSES, MIN_CLASSES, Method
from inteso_dash.pages import script
from inteso_dash.pages.karte.charts import AreaChart
from inteso_dash.pages.karte.files import chart_file, map_file, map_statement
from inteso_dash.pages.karte.kept import ahead_url, blank_map, citation, sentence, view
from inteso_dash.pages.karte.kept import offered as store_offered
from inteso_dash.pages.remember import parameters, remember
from inteso_dash.session import downloads, mishaps, store
from inteso_dash.session.controls import bound_selectbox, note, show_notes
from inteso_dash.session.literal import literal
from inteso_dash.views import map_view
from inteso_dash.views.statement import Statement

TEXTS = {
    "topic": "Thema",
    "indicator": "Indikator",
    "level": "Ebene",
    "classes": "Klassen",
    "method": "Einteilung",
    "count": "Anzahl der Klassen",
    "own": "Eigene Grenzen",
    "own_help": "Zwei bis sechs Zahlen, getrennt durch Semikolon, zum Beispiel 5; 10; 20.",
    "own_wrong": "Eigene Grenzen: gefunden „{found}“, erwartet zwei bis sechs Zahlen, getrennt "
    "durch Semikolon. Bis dahin gelten Quantile.",
    "unknown_area": "Das Gebiet „{found}“ aus der Adresse gibt es auf dieser Ebene nicht.",
    "unknown_date": "Für den Stichtag „{found}“ aus der Adresse liegen keine Werte vor; gezeigt "
    "wird der {shown}.",
    "source": "Quelle: {source}. Stichtag {date}.",
    "revised": "Von einer späteren Lieferung berichtigte Werte: {count}. Wie sie zuvor lauteten, "
    "steht auf der Seite Daten unter Quellen.",
    "meaning": "Was die Zahl bedeutet",
    "distribution": "Verteilung",
    "ranking": "Rangfolge",
    "no_map": "Für diese Ebene liegen keine Grenzen vor.",
}

MAP_KEY = "karte"


def choose(city: City) -> map_view.Choice | None:
    """Show the controls and return what was chosen."""
    catalogue, start = city.catalogue, city.catalogue.start
    drawable = {
        level.id
        for level in catalogue.levels
        if level.parent is not None and (level.id, level.current.id) in store.geometries()
    }
    levels = [level for level in reversed(catalogue.levels) if level.id in drawable]
    if not levels:
        return None
    topics = store_offered(tuple(level.id for level in levels))
    if not topics:
        return None
    first = catalogue.indicator(start.indicator)
    columns = st.columns([1.1, 1.6, 1, 0.8], vertical_alignment="bottom")
    with columns[0]:
        start_topic = next(topic.title.de for topic in catalogue.topics if topic.id == first.topic)
        names = list(topics)
        topic = bound_selectbox(
            TEXTS["topic"], names, "thema", names.index(start_topic) if start_topic in names else 0
        )
    with columns[1]:
        titles = {indicator.title.de: indicator.id for indicator in topics[topic]}
        offered = list(titles)
        index = offered.index(first.title.de) if first.title.de in titles else 0
        indicator = bound_selectbox(TEXTS["indicator"], offered, "indikator", index)
    with columns[2]:
        plurals = {level.plural: level.id for level in levels}
        default = [level.id for level in levels].index(start.level)
        level = bound_selectbox(TEXTS["level"], list(plurals), "ebene", default)
    with columns[3], st.popover(TEXTS["classes"], width="stretch"):
        method, count, own = choose_classes()
    return map_view.Choice(plurals[level], titles[indicator], method, count, own)


def choose_classes() -> tuple[Method, int, tuple[float, ...]]:
    """Show the folded controls of the class division."""
    method = map_view.METHODS[
        bound_selectbox(TEXTS["method"], list(map_view.METHODS), "einteilung")
    ]
    counts = [str(count) for count in range(MIN_CLASSES, MAX_CLASSES + 1)]
    count = int(bound_selectbox(TEXTS["count"], counts, "klassen", counts.index("5")))
    if method is not Method.OWN:
        return method, count, ()
    text = st.text_input(TEXTS["own"], key="grenzen", bind="query-params", help=TEXTS["own_help"])
    own = map_view.own_bounds(text)
    if own is None:
        if text:
            st.warning(literal(TEXTS["own_wrong"].format(found=text[:60])))
        return Method.QUANTILES, count, ()
    return method, count, own


def selected_area(city: City, level: str) -> str | None:
    """Read the selected area from the address, with a note where there is none."""
    asked = st.query_params.get("gebiet")
    if asked is None or city.has_area(level, asked):
        return asked
    del st.query_params["gebiet"]
    note(TEXTS["unknown_area"].format(found=asked[:60]))
    return None


def chosen_layer(shown: map_view.View) -> map_view.Snapshot:
    """Return the layer of the Stichtag in the address, the newest by default."""
    asked = st.query_params.get("stichtag")
    for layer in shown.layers:
        if asked in (layer.date.isoformat(), formats.date(layer.date)):
            return layer
    newest = shown.layers[-1]
    if asked is not None:
        del st.query_params["stichtag"]
        note(TEXTS["unknown_date"].format(found=asked[:60], shown=formats.date(newest.date)))
    return newest


def select(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    if area_id is None:
        st.query_params.pop("gebiet", None)
    else:
        st.query_params["gebiet"] = area_id


def keep_date(label: str) -> None:
    """Keep the Stichtag in the address."""
    day, month, year = label.split(".")
    st.query_params["stichtag"] = f"{year}-{month}-{day}"


def open_profile(area_id: str) -> None:
    """Remember that the reader wants to see the profile of an area."""
    st.session_state["open_profile"] = area_id


def map_data(
    city: City,
    choice: map_view.Choice,
    shown: map_view.View,
    layer: map_view.Snapshot,
    selected: str | None,
) -> MapData:
    """Put a view into the form that the map draws."""
    catalogue = city.catalogue
    drawn = blank_map(choice)
    if drawn is None:
        raise ValueError(f"{choice}: found no layers, expected at least one")
    level, geometries = catalogue.level(choice.level), store.geometries()
    higher = [
        catalogue.level(above)
        for above in catalogue.ancestors(level.id)
        if above != catalogue.root.id
    ]
    url = (
        ahead_url(level.id, shown.indicator.topic, choice.method, choice.classes)
        if choice.method is not Method.OWN
        else None
    )
    return replace(
        drawn,
        date=formats.date(layer.date),
        selected=selected,
        overlays=tuple(
            Overlay(geometries[(above.id, above.current.id)].asset.url, above.plural)
            for above in higher
            if (above.id, above.current.id) in geometries
        ),
        marked=tuple(
            MarkedArea(area.area, area.title)
            for area in catalogue.study_areas
            if area.level in {above.id for above in higher}
        ),
        card=None if selected is None else card(city, level.id, selected),
        ahead=Ahead(url, TEXTS["indicator"]) if url else None,
    )


def card(city: City, level: str, area_id: str) -> Card:
    """Gather the key figures of the selected area."""
    figures = []
    for indicator_id in city.catalogue.start.key_figures:
        indicator = city.catalogue.indicator(indicator_id)
        dates = city.dates(level, indicator_id)
        cell = city.cell(level, area_id, indicator_id, dates[-1]) if dates else None
        if cell is not None and not pd.isna(cell["value"]):
            value = formats.with_unit(cell["value"], indicator.decimals, indicator.unit)
            figures.append((f"{indicator.short.de}, {formats.date(dates[-1])}", value))
    address = urlencode(store.profile_address(level, area_id))
    return Card(area_id, tuple(figures), f"stadtteilprofil?{address}")


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, lead = st.empty(), st.empty()
    choice = choose(city)
    if choice is None:
        st.info(TEXTS["no_map"])
        return
    wanted = st.session_state.pop("open_profile", None)
    if wanted is not None:
        address = store.profile_address(choice.level, wanted)
        st.switch_page(script("stadtteilprofil"), query_params=address)
    shown = view(choice)
    heading.header(literal(shown.indicator.title.de), anchor=False)
    if not shown.layers:
        lead.write(literal(map_view.elsewhere(city, shown.indicator, choice.level)))
        return
    layer = chosen_layer(shown)
    lead.markdown(literal(sentence(choice, layer.date)))
    selected = selected_area(city, choice.level)
    show_notes()
    with mishaps.part():
        area_map(
            map_data(city, choice, shown, layer, selected),
            key=MAP_KEY,
            on_select=select,
            on_date=keep_date,
            on_open=open_profile,
        )
    with mishaps.part():
        foot(city, choice, shown, layer)
    remember("karte", view_parameters(city, choice, layer, selected))


def view_parameters(
    city: City, choice: map_view.Choice, layer: map_view.Snapshot, selected: str | None
) -> list[tuple[str, str]]:
    """Return everything that makes up the view, as it stands in an address."""
    indicator = city.catalogue.indicator(choice.indicator_id)
    topic = next(each for each in city.catalogue.topics if each.id == indicator.topic)
    method = next(title for title, own in map_view.METHODS.items() if own is choice.method)
    found = [
        ("thema", topic.title.de),
        ("indikator", indicator.title.de),
        ("ebene", city.catalogue.level(choice.level).plural),
        ("einteilung", method),
        ("klassen", str(choice.classes)),
        *parameters(["grenzen"]),
        ("gebiet", selected or ""),
        ("stichtag", layer.date.isoformat()),
    ]
    return [(name, value) for name, value in found if value]


def foot(
    city: City, choice: map_view.Choice, shown: map_view.View, layer: map_view.Snapshot
) -> None:
    """Say where the figures come from and offer them as a file."""
    day = formats.date(layer.date)
    st.caption(literal(TEXTS["source"].format(source=citation(choice, layer.date), date=day)))
    if shown.classes.note:
        st.caption(literal(shown.classes.note))
    for told in layer.estimates:
        st.caption(literal(told))
    revised = int(layer.values["note"].str.startswith(REVISED).sum())
    if revised:
        st.caption(TEXTS["revised"].format(count=formats.number(revised, 0)))
    indicator, level = shown.indicator, city.catalogue.level(choice.level)
    about, menu = st.columns([3.2, 1], vertical_alignment="bottom")
    with about, st.expander(TEXTS["meaning"]):
        st.write(literal(indicator.meaning))
        if indicator.caveat:
            st.write(literal(indicator.caveat))
    name = ["inteso", "karte", level.plural, indicator.title.de, layer.date.isoformat()]
    with menu:
        downloads.menu(
            city,
            name,
            offers(city, choice, layer),
            key="karte_datei",
            more=chart_offers(city, choice, shown, layer),
        )


def offers(
    city: City, choice: map_view.Choice, layer: map_view.Snapshot
) -> dict[downloads.FileKind, downloads.Make]:
    """Return the files that a map can be taken away as."""
    address, selected = downloads.address(), st.query_params.get("gebiet")
    layers = store.layers()
    outlines = layers.get((choice.level, city.catalogue.level(choice.level).current.id))

    def told() -> Statement:
        cited = "" if outlines is None else outlines.citation
        return map_statement(city, choice, layer, address=address, boundaries=cited)

    def table() -> pd.DataFrame:
        return labelled(map_view.rows(city, choice, layer), city)

    def file(kind: str, sheet: str = "") -> bytes:
        return map_file(city, layers, choice, layer, told(), kind, selected=selected, sheet=sheet)

    offered = downloads.tables(city, table, told)
    if outlines is None:
        return offered
    return {
        **offered,
        downloads.FileKind.GEOJSON: lambda: file("geojson"),
        downloads.FileKind.GPKG: lambda: file("gpkg"),
        **downloads.pictures(file),
        downloads.FileKind.PDF_A4: lambda: file("pdf", "a4"),
        downloads.FileKind.PDF_A3: lambda: file("pdf", "a3"),
    }


def chart_offers(
    city: City, choice: map_view.Choice, shown: map_view.View, layer: map_view.Snapshot
) -> dict[str, dict[downloads.FileKind, downloads.Make]]:
    """Return the charts beside the map that can be taken away, by title."""
    address, selected = downloads.address(), st.query_params.get("gebiet")
    if not shown.classes.breaks:
        return {}

    def of(chart: AreaChart) -> dict[downloads.FileKind, downloads.Make]:
        def file(kind: str) -> bytes:
            told = map_statement(city, choice, layer, address=address)
            return chart_file(city, chart, choice, layer, told, kind, selected=selected)

        return downloads.pictures(file)

    return {
        TEXTS["distribution"]: of(AreaChart.DISTRIBUTION),
        TEXTS["ranking"]: of(AreaChart.RANKING),
    }


page()
