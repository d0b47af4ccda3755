"""Change over time: since when and how fast, and between which Stichtage one can compare."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from inteso_dash import change, formats, store
from inteso_dash.city import City
from inteso_dash.web.change_apart import explain, not_joined, published_words
from inteso_dash.web.change_comparison import compared, dated, standing_out
from inteso_dash.web.change_divisions import bounds
from inteso_dash.web.change_sections import (
    KEPT_AREAS,
    TEXTS,
    Choice,
    Download,
    choose_areas,
    course,
    offer,
    start_areas,
)
from inteso_dash.web.controls import bound_segments, bound_selectbox, show_notes
from inteso_dash.web.remember import parameters, remember

INDICATOR, LEVEL, FROM, TO = "v_indikator", "v_ebene", "v_von", "v_bis"
AREAS, SECTION = "v_gebiete", "v_bereich"
COMPARING = ("Zwei Stichtage", "Karten", "Auffällig")
SECTIONS = ("Verlauf", *COMPARING, "Grenzen")


def choose(city: City) -> Choice:
    """Show the controls of all sections and return what was chosen."""
    catalogue, start = city.catalogue, city.catalogue.start
    columns = st.columns([2.4, 1.2, 1, 1], vertical_alignment="bottom")
    titles = {
        each.title.de: each.id
        for topic in catalogue.topics
        for each in catalogue.indicators
        if each.topic == topic.id
        and any(city.dates(level.id, each.id) for level in catalogue.levels)
    }
    plurals = {
        (level.plural if level.parent else level.title.de): level.id for level in catalogue.levels
    }
    follow = partial(begin_anew, city, titles, plurals)
    with columns[0]:
        own = list(titles.values())
        first = next(iter(start.key_figures), start.indicator)
        at = own.index(first) if first in own else 0
        title = bound_selectbox(TEXTS["indicator"], list(titles), INDICATOR, at, on_change=follow)
    with columns[1]:
        at = list(plurals.values()).index(start.profile_level)
        plural = bound_selectbox(TEXTS["level"], list(plurals), LEVEL, at, on_change=follow)
    indicator, level = catalogue.indicator(titles[title]), plurals[plural]
    days = {formats.date(day): day for day in city.dates(level, indicator.id)}
    if len(days) < 2:
        return Choice(indicator, level, None, next(iter(days.values()), None))
    labels = list(days)
    with columns[2]:
        begin = bound_selectbox(TEXTS["from"], labels[:-1], FROM)
    later = labels[labels.index(begin) + 1 :]
    with columns[3]:
        end = bound_selectbox(TEXTS["to"], later, TO, len(later) - 1)
    return Choice(indicator, level, days[begin], days[end])


def begin_anew(city: City, titles: dict[str, str], plurals: dict[str, str]) -> None:
    """Begin with the areas and the whole period of an indicator and level just chosen."""
    indicator = city.catalogue.indicator(titles[st.session_state[INDICATOR]])
    level = plurals[st.session_state[LEVEL]]
    st.session_state[KEPT_AREAS] = start_areas(city, indicator, level)
    if AREAS in st.session_state:
        st.session_state[AREAS] = st.session_state[KEPT_AREAS]
    days = city.dates(level, indicator.id)
    if len(days) > 1:
        st.session_state[FROM], st.session_state[TO] = formats.date(days[0]), formats.date(days[-1])


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, lead = st.empty(), st.empty()
    choice = choose(city)
    indicator = choice.indicator
    heading.header(f"{TEXTS['title']}: {indicator.title.de}", anchor=False)
    section = bound_segments(TEXTS["part"], SECTIONS, SECTION)
    areas = choose_areas(city, choice, AREAS) if section == SECTIONS[0] else []
    notes = st.container()
    lead.markdown(answer(city, choice, areas, section))
    draws: dict[str, Callable[[], Download | None]] = {
        SECTIONS[0]: lambda: course(city, choice, areas),
        SECTIONS[1]: lambda: compared(city, choice),
        SECTIONS[2]: lambda: dated(city, choice),
        SECTIONS[3]: lambda: standing_out(city, choice),
        SECTIONS[4]: lambda: bounds(city, choice),
    }
    found = draws[section]()
    if found is not None:
        offer(city, choice, found)
    not_joined(city, choice)
    explain(indicator)
    with notes:
        show_notes()
    remember("veraenderung", view_parameters(city, choice, areas, str(section)))


def view_parameters(
    city: City, choice: Choice, areas: list[str], section: str
) -> list[tuple[str, str]]:
    """Return everything that makes up the view, as it stands in an address."""
    level = city.catalogue.level(choice.level)
    days = [(FROM, choice.start), (TO, choice.end)]
    return [
        (SECTION, section),
        (INDICATOR, choice.indicator.title.de),
        (LEVEL, level.plural if level.parent else level.title.de),
        *((name, formats.date(day)) for name, day in days if day is not None),
        *((AREAS, store.area_label(level.id, area)) for area in areas),
        *parameters(["v_darstellung", "v_basis"]),
    ]


def answer(city: City, choice: Choice, areas: list[str], section: str) -> str:
    """Answer the question of the page in figures: for all areas, or for those chosen."""
    indicator = choice.indicator
    if indicator.change_of:
        return published_words(city, indicator)
    if section in COMPARING and choice.start is not None and choice.end is not None:
        found = change.compare(city, choice.level, indicator.id, choice.start, choice.end)
        return change.comparison_sentence(city, found)
    whole = (city.catalogue.root.id, city.catalogue.city.id)
    places = dict.fromkeys([*((choice.level, area) for area in areas[:2]), whole])
    points = change.series(city, indicator.id, list(places), choice.start, choice.end)
    return change.sentence(city, indicator, choice.level, points)


page()
