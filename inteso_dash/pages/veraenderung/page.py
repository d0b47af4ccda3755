"""Change over time: since when and how fast, and between which Stichtage one can compare."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.remember import parameters, remember
from inteso_dash.pages.veraenderung.comparison import compare
from inteso_dash.pages.veraenderung.screen.apart import explain, not_joined, published_words
from inteso_dash.pages.veraenderung.screen.choice import (
    AREAS,
    COMPARING,
    FROM,
    INDICATOR,
    LEVEL,
    SECTION,
    SECTIONS,
    TO,
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
from inteso_dash.pages.veraenderung.words import comparison_sentence, sentence
from inteso_dash.session import mishaps, store
from inteso_dash.session.controls import by_key, first_word, show_notes
from inteso_dash.session.literal import literal

PARAMETERS = {
    SECTIONS[0]: ("v_darstellung", "v_basis"),
    SECTIONS[1]: ("v_mass", "v_grundzahl", "v_gebiet"),
    SECTIONS[2]: ("v_karten", "v_grundzahl", "v_gebiet"),
    SECTIONS[3]: ("v_grundzahl",),
    SECTIONS[4]: ("v_alt", "v_neu", "v_toleranz", "v_gebiet"),
}
"""What else makes up the view of a section, as parameters of its address."""


def page() -> None:
    """Draw the page."""
    labels = store.labels_at(st.query_params.get(LEVEL))
    by_key(script("veraenderung"), {AREAS: (labels, first_word)})
    city = store.city()
    if not options(city).titles:
        st.title(TEXTS["title"], anchor=False)
        st.info(TEXTS["no_figures"])
        return
    heading, lead = st.empty(), st.empty()
    choice, section = choose(city)
    indicator = choice.indicator
    heading.title(literal(f"{TEXTS['title']}: {indicator.title.de}"), anchor=False)
    areas = choose_areas(city, choice, AREAS) if section == SECTIONS[0] else []
    notes = st.container()
    with mishaps.part():
        lead.markdown(literal(answer(city, choice, areas, section)))
    if choice.start is None and section != SECTIONS[-1]:
        ways(city, indicator, choice.level)
    draws: dict[str, Callable[[], SectionFile | None]] = {
        SECTIONS[0]: lambda: course(city, choice, areas),
        SECTIONS[1]: lambda: compared(city, choice),
        SECTIONS[2]: lambda: dated(city, choice),
        SECTIONS[3]: lambda: standing_out(city, choice),
        SECTIONS[4]: lambda: bounds(city, choice),
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
    remember("veraenderung", view_parameters(city, choice, areas, section))


def view_parameters(
    city: City, choice: CourseChoice, areas: list[str], section: str
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
        *parameters(PARAMETERS[section]),
    ]


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
