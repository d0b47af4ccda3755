"""Map of one indicator: where it is high and low, how the areas are spread, and the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.catalogue.city import Topic
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.intervals import level_words
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import Ahead, Card, MapData
from inteso_dash.files.kinds import SHEETS, FileKind
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.measures.classes import Method
from inteso_dash.pages import script
from inteso_dash.pages.karte import chance, kept
from inteso_dash.pages.karte import view as parameters
from inteso_dash.pages.karte.begin import at_the_start, doors
from inteso_dash.pages.karte.charts import MAKERS, AreaChart
from inteso_dash.pages.karte.files import (
    chart_file,
    level_rows,
    level_statement,
    map_file,
    map_statement,
    map_table,
    overview_file,
    overview_statement,
)
from inteso_dash.pages.karte.overview import OVERVIEW, VIEWS, columns, orders
from inteso_dash.pages.karte.texts import CHANCE
from inteso_dash.pages.karte.texts import PAGE as TEXTS
from inteso_dash.pages.karte.view import IndicatorView
from inteso_dash.pages.slides import kept as kept_slide
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, own_areas, store
from inteso_dash.session.charts import show_chart, show_table
from inteso_dash.session.controls import (
    bound_segments,
    bound_selectbox,
    bound_text,
    bound_toggles,
    chosen_area,
    note,
    show_notes,
)
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal, literal_table
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views import headlines, map_view, scope
from inteso_dash.views.addresses import method_link, method_links, profile_address
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement

MAP_KEY = "karte"


def choose(city: City) -> map_view.Choice | None:
    """Show the controls and return what was chosen."""
    by_topic = kept.offered()
    if not by_topic:
        return None
    columns = st.columns([1.1, 1.6, 1, 1.2, 0.8], vertical_alignment="bottom")
    with columns[0]:
        follow_indicator(by_topic)
        topic = bound_selectbox(*parameters.topics(city, by_topic).control)
    with columns[1]:
        indicator = bound_selectbox(*parameters.indicators(city, by_topic[topic]).control)
    with columns[2]:
        level = bound_selectbox(*parameters.levels(city, kept.levels()).control)
    with columns[3]:
        parts = {TEXTS["everywhere"]: "", **kept.scopes(level)}
        before = address.get(parameters.WITHIN)
        if before and before not in parts.values() and not address.asked(parameters.WITHIN):
            plural = city.catalogue.level(level).plural
            note(TEXTS["part_gone"].format(found=before, plural=plural))
        chosen = bound_selectbox(
            TEXTS["within"], parts, parameters.WITHIN, disabled=len(parts) == 1
        )
        within = scope.read(city, level, chosen)
    with columns[4], st.popover(TEXTS["classes"], width="stretch"):
        method, count, own = choose_classes()
    return map_view.Choice(level, indicator.id, method, count, own, within)


def follow_indicator(by_topic: Mapping[Topic, Sequence[Indicator]]) -> None:
    """Open the topic of the indicator that a link names, whatever topic it names."""
    asked = address.get(parameters.INDICATOR) if address.asked(parameters.INDICATOR) else None
    for offered in by_topic.values() if asked else ():
        for each in offered:
            if asked in (each.id, each.title.de):
                address.ask(parameters.TOPIC, each.topic)


def choose_classes() -> tuple[Method, int, tuple[float, ...]]:
    """Show the folded controls of the class division."""
    method = bound_selectbox(*parameters.METHODS.control, help=method_link("klassen"))
    count = bound_selectbox(TEXTS["count"], *parameters.COUNTS.control[1:])
    text = ""
    if method is Method.OWN:
        text = bound_text(TEXTS["own"], parameters.BOUNDS, TEXTS["own_help"])
    method, own = parameters.divided(method, text)
    if text and not own:
        st.warning(literal(TEXTS["own_wrong"].format(found=text[:60])))
    return method, count, own


def chosen_layer(shown: map_view.View) -> map_view.Snapshot:
    """Return the layer of the Stichtag in the address, the newest by default."""
    asked, unknown = address.get(parameters.DATE) or "", list[str]()
    day = parameters.days(shown).read(address.view("karte"), unknown)
    if unknown:
        address.put(parameters.DATE)
        note(TEXTS["unknown_date"].format(found=asked[:60], shown=formats.date(day)))
    return map_view.chosen_layer(shown, day)


def select(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(parameters.AREA, *filter(None, [area_id]))


def keep_date(label: str) -> None:
    """Keep the Stichtag in the address."""
    day, month, year = label.split(".")
    address.put(parameters.DATE, f"{year}-{month}-{day}")


def open_profile(area_id: str) -> None:
    """Remember that the reader wants to see the profile of an area."""
    st.session_state["open_profile"] = area_id


def map_data(city: City, view: IndicatorView) -> MapData:
    """Put a view into the form that the map draws."""
    choice, selected = view.choice, view.selected
    drawn = kept.slide_map(city, choice, view.layer.date, selected, view.confidence)
    if drawn is None:
        raise ValueError(f"{choice}: found no layers, expected at least one")
    url = (
        kept.ahead_url(choice.level, view.shown.indicator.topic, choice.method, choice.classes)
        if choice.method is not Method.OWN
        else None
    )
    return replace(
        drawn,
        card=None if selected is None else card(city, view, selected),
        ahead=Ahead(url, TEXTS["indicator"]) if url else None,
    )


def card(city: City, view: IndicatorView, area_id: str) -> Card:
    """Gather the key figures of the selected area."""
    level, figures = view.choice.level, []
    if view.confidence is not None:
        figures += chance.of_area(city, view.choice, view.layer.date, view.confidence, area_id)
    for indicator_id in city.catalogue.start.key_figures:
        indicator = city.catalogue.indicator(indicator_id)
        dates = city.dates(level, indicator_id)
        cell = city.cell(level, area_id, indicator_id, dates[-1]) if dates else None
        if cell is not None and not pd.isna(cell["value"]):
            value = formats.with_unit(cell["value"], indicator.decimals, indicator.unit)
            value = headlines.guessed(str(cell["status"])) + value
            figures.append((f"{indicator.short.de}, {formats.date(dates[-1])}", value))
    profile = own_areas.along(profile_address(level, area_id)).url
    shown = view.layer.values.loc[area_id]
    why = str(shown["note"]) if headlines.guessed(str(shown["status"])) else ""
    return Card(area_id, tuple(figures), profile, why)


def page() -> None:
    """Draw the page."""
    city, bare = store.city(), not address.view_of("karte")
    heading, row = head()
    lead = st.empty()
    choice = choose(city)
    if choice is None:
        st.info(NO_MAP)
        return
    wanted = st.session_state.pop("open_profile", None)
    if wanted is not None:
        profile = own_areas.along(profile_address(choice.level, wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)
    shown = kept.view(choice)
    title = heading.container(horizontal=True, vertical_alignment="center", width="content")
    title.title(literal(shown.indicator.title.de), anchor=False, width="content")
    if not shown.layers:
        lead.write(literal(map_view.elsewhere(city, shown.indicator, choice.level)))
        return
    layer = chosen_layer(shown)
    lead.markdown(literal(kept.sentence(choice, layer.date)))
    selected = chosen_area(city, choice.level, parameters.AREA)
    if at_the_start(bare=bare):
        with title:
            doors(kept.offered())
    if choice.within is not None:
        with title:
            seen = bound_segments(*VIEWS.control)
        if seen == OVERVIEW:
            lead.markdown(literal(show_overview(city, choice, row)))
            return
    show_notes()
    limited = map_view.limited(city, choice, layer)
    drawn, below, asked = st.container(), st.container(), st.container()
    with asked:
        confidence = choose_sureness()
    view = IndicatorView(choice, shown, limited, selected, confidence=confidence)
    with drawn, mishaps.part():
        area_map(
            map_data(city, view),
            key=MAP_KEY,
            on_select=select,
            on_date=keep_date,
            on_open=open_profile,
            names=kept.LINKED,
            on_move=address.put,
        )
    with below, mishaps.part():
        foot(city, view)
    if confidence is not None:
        with mishaps.part():
            show_chance(city, view, confidence)
    here = address.view("karte", (parameters.DATE, layer.date.isoformat()))
    take_along(row, here, lambda: things(city, view, here))


def show_overview(city: City, choice: map_view.Choice, row: DeltaGenerator) -> str:
    """Draw the areas of a part of the city by their key figures; return a statement on it."""
    measured = columns(city, choice, kept.view)
    if not measured:
        return TEXTS["no_figures"]
    with st.columns([1.4, 1])[0]:
        bound_selectbox(TEXTS["order"], *orders(measured).control[1:])
    show_notes()
    here = address.view("karte")
    shown = kept_slide(here.text)
    with mishaps.part():
        if isinstance(shown.content, Table):
            st.header(literal(f"{shown.title}, {shown.date}"), anchor=False)
            show_table(shown.content)
            st.caption(literal(shown.content.note))
    st.caption(literal(shown.origin))
    level, days = city.catalogue.level(choice.level), [each.layer.date for each in measured]
    name = ["inteso", "karte", OVERVIEW, level.plural, shown.title, max(days).isoformat()]
    link = downloads.absolute(here)

    def told() -> Statement:
        return overview_statement(city, choice, measured, address=link)

    def table() -> pd.DataFrame:
        return overview_file(city, choice, measured)

    files = {**downloads.tables(city, table, told), **downloads.wide(table, told)}
    take_along(row, here, lambda: [Thing(downloads.TEXTS["table"], name, files)])
    return shown.headline


def choose_sureness() -> float | None:
    """Offer to ask how sure differences from the city are; the answer stands under the map."""
    st.header(CHANCE["heading"], anchor=False)
    options = {title: each for title, each in chance.SURENESS.options.items() if each}
    asked = bound_toggles(chance.SURENESS.label, options, chance.SURENESS.key)
    return chance.confidence_of("" if asked is None else options[asked])


def show_chance(city: City, view: IndicatorView, confidence: float) -> None:
    """Say which areas differ from the city; draw the funnel and the ranking with intervals."""
    choice, day = view.choice, view.layer.date
    st.write(literal(chance.sentence(city, choice, day, confidence)))
    if not chance.available(city, choice, day):
        return
    st.caption(literal(CHANCE["meaning"]))
    st.caption(method_links("wilson", "byar", "vergleich-stadt", "trichter", "moegliche-raenge"))
    for chart in (AreaChart.FUNNEL, AreaChart.RANKING):
        drawn = MAKERS[chart](city, choice, day, selected=view.selected, confidence=confidence)
        st.subheader(literal(drawn.title), anchor=False)
        show_chart(drawn, key=f"karte_{chart}")
        for told in filter(None, (drawn.words if chart is AreaChart.FUNNEL else drawn.note,)):
            st.caption(literal(told))
    table = chance.table(city, choice, day, confidence)
    st.dataframe(literal_table(table), hide_index=True, width="stretch", height=430)
    plural = city.catalogue.level(choice.level).plural
    words = CHANCE["table_note"].format(level=level_words(confidence), plural=plural)
    st.caption(literal(words))


def foot(city: City, view: IndicatorView) -> None:
    """Say where the figures come from and what they mean."""
    choice, shown, layer = view.choice, view.shown, view.layer
    day, level = formats.date(layer.date), city.catalogue.level(choice.level)
    if choice.within is not None:
        counted = scope.counted(city, choice.level, choice.within)
        st.caption(literal(TEXTS["limited"].format(counted=counted, plural=level.plural)))
    st.caption(literal(TEXTS["source"].format(source=kept.citation(choice, layer.date), date=day)))
    if shown.classes.note:
        st.caption(literal(shown.classes.note))
    for told in layer.estimates:
        st.caption(literal(told))
    if layer.revised:
        st.caption(TEXTS["revised"].format(count=formats.number(layer.revised, 0)))
    indicator = shown.indicator
    with st.expander(TEXTS["meaning"]):
        st.write(literal(indicator.meaning))
        if indicator.caveat:
            st.write(literal(indicator.caveat))


def things(city: City, view: IndicatorView, here: Address) -> list[Thing]:
    """Return what can be taken along: the table, the map, its charts, boundaries, all figures."""
    link, choice, layer = downloads.absolute(here), view.choice, view.layer
    level = city.catalogue.level(choice.level)
    outlines = city.layers.get((level.id, level.current.id))
    where = [] if choice.within is None else [scope.title(city, choice.within)]
    areas, day = ["inteso", "karte", level.plural, *where], layer.date.isoformat()
    name = [*areas, city.catalogue.indicator(choice.indicator_id).title.de, day]

    def told() -> Statement:
        cited = "" if outlines is None else outlines.citation
        return map_statement(city, choice, layer, address=link, boundaries=cited)

    def file(kind: str, sheet: str = "") -> bytes:
        return map_file(
            city,
            choice,
            layer,
            told(),
            kind,
            selected=view.selected,
            confidence=view.confidence,
            sheet=sheet,
        )

    def of(chart: AreaChart) -> downloads.Files:
        def made(kind: str) -> bytes:
            said = map_statement(city, choice, layer, address=link)
            return chart_file(
                city,
                chart,
                choice,
                layer,
                said,
                kind,
                selected=view.selected,
                confidence=view.confidence,
            )

        return downloads.pictures(made)

    found = [
        Thing(
            downloads.TEXTS["table"],
            name,
            downloads.tables(city, lambda: map_table(city, choice, layer, view.confidence), told),
        )
    ]
    rows = partial(level_rows, city, choice.level, choice.within)
    everything = downloads.wide(
        lambda: labelled(rows(), city),
        lambda: level_statement(city, choice.level, choice.within, rows(), address=link),
    )
    title = TEXTS["all"].format(plural=level.plural)
    found.append(Thing(title, [*areas, TEXTS["indicators"]], everything))
    if outlines is not None:
        sheets = {kind: partial(file, kind.suffix, sheet) for kind, sheet in SHEETS.items()}
        drawn: downloads.Files = {**downloads.pictures(file), **sheets}
        del drawn[FileKind.PDF]  # on paper, the map stands on a sheet
        found.append(Thing(TEXTS["map"], name, drawn))
    if layer.values["value"].notna().any():
        found += [
            Thing(title, [*name, title], of(chart))
            for title, chart in parameters.CHARTS.items()
            if parameters.offered(city, view, str(chart))
        ]
    if outlines is not None:
        geodata = {kind: partial(file, kind.suffix) for kind in (FileKind.GEOJSON, FileKind.GPKG)}
        found.append(Thing(TEXTS["geodata"], name, geodata))
    return found


page()
