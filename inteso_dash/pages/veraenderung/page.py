"""Change over time: since when and how fast, and between which Stichtage one can compare."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from inteso_dash.city import City
from inteso_dash.pages.remember import remember
from inteso_dash.pages.veraenderung.comparison import compare
from inteso_dash.pages.veraenderung.screen.apart import explain, not_joined, published_words
from inteso_dash.pages.veraenderung.screen.choice import (
    AREAS,
    COMPARING,
    choose,
    options,
)
from inteso_dash.pages.veraenderung.screen.comparison import compared, dated, standing_out
from inteso_dash.pages.veraenderung.screen.divisions import bounds
from inteso_dash.pages.veraenderung.screen.paths import ways
from inteso_dash.pages.veraenderung.screen.sections import (
    TEXTS,
    CourseChoice,
    SectionFile,
    choose_areas,
    course,
    offer,
)
from inteso_dash.pages.veraenderung.series import series
from inteso_dash.pages.veraenderung.slide import BOUNDS, MAPS, STANDOUTS, TWO
from inteso_dash.pages.veraenderung.slide_course import SECTION as COURSE
from inteso_dash.pages.veraenderung.words import comparison_sentence, sentence
from inteso_dash.session import mishaps, store
from inteso_dash.session.controls import show_notes
from inteso_dash.session.literal import literal


def page() -> None:
    """Draw the page."""
    city = store.city()
    if not options(city).titles:
        st.header(TEXTS["title"], anchor=False)
        st.info(TEXTS["no_figures"])
        return
    heading, lead = st.empty(), st.empty()
    choice, section = choose(city)
    indicator = choice.indicator
    heading.header(literal(f"{TEXTS['title']}: {indicator.title.de}"), anchor=False)
    areas = choose_areas(city, choice, AREAS) if section == COURSE else []
    notes = st.container()
    with mishaps.part():
        lead.markdown(literal(answer(city, choice, areas, section)))
    if choice.start is None and section != BOUNDS:
        ways(city, indicator, choice.level)
    draws: dict[str, Callable[[], SectionFile | None]] = {
        COURSE: lambda: course(city, choice, areas),
        TWO: lambda: compared(city, choice),
        MAPS: lambda: dated(city, choice),
        STANDOUTS: lambda: standing_out(city, choice),
        BOUNDS: lambda: bounds(city, choice),
    }
    with mishaps.part():
        found = draws[section]()
        if found is not None:
            offer(city, choice, found)
    with mishaps.part():
        not_joined(city, choice)
        explain(indicator)
    with notes:
        show_notes()
    remember("veraenderung")


def answer(city: City, choice: CourseChoice, areas: list[str], section: str) -> str:
    """Answer the question of the page in figures: for all areas, or for those chosen."""
    indicator = choice.indicator
    if indicator.change_of:
        return published_words(city, indicator)
    if section in COMPARING and choice.start is not None and choice.end is not None:
        found = compare(city, choice.level, indicator.id, choice.start, choice.end)
        return comparison_sentence(city, found)
    whole = (city.catalogue.root.id, city.catalogue.city.id)
    places = dict.fromkeys([*((choice.level, area) for area in areas[:2]), whole])
    points = series(city, indicator.id, list(places), choice.start, choice.end)
    return sentence(city, indicator, choice.level, points)


page()
