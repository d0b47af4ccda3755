"""Map of one indicator: where it is high and low, how the areas are spread, and the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.catalogue.city import Topic
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.files.kinds import SHEETS, FileKind
from inteso_dash.files.text import labelled
from inteso_dash.measures.classes import Method
from inteso_dash.pages.karte import chance, kept
from inteso_dash.pages.karte import view as parameters
from inteso_dash.pages.karte.charts import AreaChart
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
from inteso_dash.pages.karte.screen import ChoiceOf, Places, here_of, shown
from inteso_dash.pages.karte.texts import CHANCE
from inteso_dash.pages.karte.texts import PAGE as TEXTS
from inteso_dash.pages.karte.view import IndicatorView
from inteso_dash.pages.slides import kept as kept_slide
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, store
from inteso_dash.session.charts import show_table
from inteso_dash.session.controls import (
    bound_segments,
    bound_selectbox,
    bound_text,
    bound_toggles,
    note,
    show_notes,
)
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views import map_view, scope
from inteso_dash.views.addresses import method_link
from inteso_dash.views.figures import Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement


def choose(city: City) -> tuple[DeltaGenerator, Sequence[Indicator], ChoiceOf] | None:
    """Show the controls; return the place of the indicator's, and what it can be."""
    by_topic = kept.offered()
    if not by_topic:
        return None
    columns = st.columns([1.1, 1.6, 1, 1.2, 0.8], vertical_alignment="bottom")
    with columns[0]:
        follow_indicator(by_topic)
        topic = bound_selectbox(*parameters.topics(city, by_topic).control)
    address.reserve(parameters.INDICATOR)
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

    def choice(indicator: Indicator) -> map_view.Choice:
        return map_view.Choice(level, indicator.id, method, count, own, within)

    return columns[1], by_topic[topic], choice


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


def page() -> None:
    """Draw the page."""
    city, bare = store.city(), not address.view_of("karte")
    heading, row = head()
    lead = st.empty()
    chosen = choose(city)
    if chosen is None:
        st.info(NO_MAP)
        return
    box, indicators, choice_of = chosen
    title = heading.container(horizontal=True, vertical_alignment="center", width="content")
    within = choice_of(indicators[0]).within
    if within is not None:
        named = title.empty()
        with title:
            seen = bound_segments(*VIEWS.control)
        if seen == OVERVIEW:
            with box:
                indicator = bound_selectbox(*parameters.indicators(city, indicators).control)
            named.title(literal(indicator.title.de), anchor=False, width="content")
            lead.markdown(literal(show_overview(city, choice_of(indicator), row)))
            return
        title = named
    drawn, asked = st.container(), st.container()
    with asked:
        confidence = choose_sureness()
    places = Places(title, lead, box, st.container())
    with drawn:
        view = shown(places, indicators, choice_of, confidence, bare=bare)
    if view is None:
        take_along(row, address.view("karte"), changing=True)
        return
    here = here_of(view)
    take_along(row, here, lambda: things(city, view, here), changing=True)


def show_overview(city: City, choice: map_view.Choice, row: DeltaGenerator) -> str:
    """Draw the areas of a part of the city by their key figures; return a statement on it."""
    measured = columns(city, choice, kept.view)
    if not measured:
        return TEXTS["no_figures"]
    with st.columns([1.4, 1])[0]:
        bound_selectbox(TEXTS["order"], *orders(measured).control[1:])
    show_notes()
    here = address.view("karte")
    shown = kept_slide(here.text, "")
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
