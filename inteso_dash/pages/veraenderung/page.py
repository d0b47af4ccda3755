"""Change over time: since when and how fast, and between which Stichtage one can compare."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from inteso_dash.city import City
from inteso_dash.city.own_areas import earlier_words
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.pages.veraenderung import kept
from inteso_dash.pages.veraenderung.screen.choice import (
    choose,
    explain,
    not_joined,
    options,
    published_words,
    ways,
)
from inteso_dash.pages.veraenderung.screen.comparison import compared, dated, standing_out
from inteso_dash.pages.veraenderung.screen.divisions import bounds
from inteso_dash.pages.veraenderung.screen.sections import (
    SectionFile,
    choose_areas,
    course,
    places,
    things,
)
from inteso_dash.pages.veraenderung.texts import SECTIONS as TEXTS
from inteso_dash.pages.veraenderung.view import (
    BOUNDS,
    COMPARING,
    COURSE,
    MAPS,
    STANDOUTS,
    TWO,
    ChangeView,
)
from inteso_dash.pages.veraenderung.words import comparison_sentence, sentence
from inteso_dash.session import address, mishaps, store
from inteso_dash.session.controls import show_notes
from inteso_dash.session.literal import literal
from inteso_dash.views.shown import ViewError


def page() -> None:
    """Draw the page."""
    city = store.city()
    try:
        offered = options(city)
    except ViewError as error:
        st.title(TEXTS["title"], anchor=False)
        st.info(str(error))
        return
    heading, row = head()
    lead = st.empty()
    view = choose(offered)
    indicator = view.indicator
    heading.title(literal(f"{TEXTS['title']}: {indicator.title.de}"), anchor=False)
    beside = st.empty()
    if view.section == COURSE:
        view, beside = choose_areas(city, view)
    notes = st.container()
    with mishaps.part():
        lead.markdown(literal(answer(city, view)))
    if view.start is None and view.section != BOUNDS:
        ways(city, indicator, view.level)
    draws: dict[str, Callable[[City, ChangeView], SectionFile | None]] = {
        COURSE: partial(course, beside=beside),
        TWO: compared,
        MAPS: dated,
        STANDOUTS: standing_out,
        BOUNDS: bounds,
    }
    found = None
    with mishaps.part():
        found = draws[view.section](city, view)
    with mishaps.part():
        not_joined(city, view)
        if earlier := earlier_words(city, view.level):
            st.caption(literal(earlier))
        explain(indicator)
    with notes:
        show_notes()
    here = address.view("veraenderung")
    take_along(row, here, lambda: () if found is None else things(city, view, found, here))


def answer(city: City, view: ChangeView) -> str:
    """Answer the question of the page in figures: for all areas, or for those chosen."""
    indicator = view.indicator
    if indicator.change_of:
        return published_words(city, indicator)
    if view.section in COMPARING and view.start is not None:
        return comparison_sentence(city, view.compared(city))
    told_of = places(city, view.level, view.areas[:2])
    points = kept.points(indicator.id, told_of, view.start, view.end)
    return sentence(city, indicator, view.level, points)


page()
