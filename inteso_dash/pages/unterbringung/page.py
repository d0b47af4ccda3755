"""Accommodation of refugees: who carries how much, is that fair, how concentrated, in what form."""

from __future__ import annotations

import streamlit as st

from inteso_dash.pages import script
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.concentration import concentrated
from inteso_dash.pages.unterbringung.screen.fairness import fair
from inteso_dash.pages.unterbringung.screen.parts import (
    OPEN,
    Section,
    begin,
    choose,
    offer_templates,
    show_left_out,
    things,
)
from inteso_dash.pages.unterbringung.screen.scenario import planned
from inteso_dash.pages.unterbringung.screen.sections import developed, distribution, formed, served
from inteso_dash.pages.unterbringung.sentences import left_out_remarks
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.texts import QUESTIONS, TEXTS
from inteso_dash.pages.unterbringung.view import (
    DATE,
    DEVELOPMENT,
    FORMS,
    LEVEL,
    SCENARIOS,
    sections,
)
from inteso_dash.session import address, mishaps, own_areas, store
from inteso_dash.session.controls import bound_segments, show_notes
from inteso_dash.views.addresses import as_id, profile_address

DRAWS = dict(
    zip(
        QUESTIONS,
        (distribution, fair, concentrated, developed, formed, served, planned),
        strict=True,
    )
)


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    heading.title(TEXTS["title"], anchor=False)
    declared = city.catalogue.accommodation
    if declared is None:
        begin(city)
        return
    levels = kept.levels()
    if not levels:
        st.info(TEXTS["no_figures"])
        offer_templates(city, city.catalogue)
        return
    name = bound_segments(*sections(declared).control)
    lead = st.empty()
    controls = st.container(horizontal=True, vertical_alignment="top")
    with controls:
        view = choose(city, name)
    notes = st.container()
    wanted = st.session_state.pop(OPEN, None)
    if wanted is not None:
        profile = own_areas.along(profile_address(view.level, wanted))
        st.switch_page(script(profile.page), query_params=profile.parameters)
    if name not in {DEVELOPMENT, FORMS, SCENARIOS}:
        show_left_out(left_out_remarks(city, view.date))
    section = Section(name, city, declared, kept.situation(view.level, view.date), lead, controls)
    sheets: list[FileTable] = []
    with mishaps.part():
        sheets = DRAWS[name](section)
    with notes:
        show_notes()
    here = address.view("unterbringung", (LEVEL, view.level), (DATE, as_id(view.date)))
    take_along(row, here, lambda: things(section, sheets, here))
    offer_templates(city, city.catalogue)


page()
