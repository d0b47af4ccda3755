"""Accommodation of refugees: who carries how much, is that fair, how concentrated, in what form."""

from __future__ import annotations

import streamlit as st

from inteso_dash.pages import script
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.choice import DATE, LEVEL, choose
from inteso_dash.pages.unterbringung.screen.concentration import concentrated
from inteso_dash.pages.unterbringung.screen.development import developed
from inteso_dash.pages.unterbringung.screen.distribution import distribution
from inteso_dash.pages.unterbringung.screen.fairness import fair
from inteso_dash.pages.unterbringung.screen.forms import formed, served
from inteso_dash.pages.unterbringung.screen.parts import (
    OPEN,
    Section,
    begin,
    offer_templates,
    show_left_out,
    things,
)
from inteso_dash.pages.unterbringung.screen.texts import QUESTIONS, TEXTS
from inteso_dash.pages.unterbringung.sentences import left_out_remarks
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.view import DEVELOPMENT, FORMS, sections
from inteso_dash.session import address, mishaps, store
from inteso_dash.session.controls import bound_segments, show_notes
from inteso_dash.views.addresses import as_id, profile_address

DRAWS = dict(
    zip(QUESTIONS, (distribution, fair, concentrated, developed, formed, served), strict=True)
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
    name = bound_segments(TEXTS["part"], sections(declared), "u_bereich")
    lead = st.empty()
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    with controls:
        level, day = choose(city, name)
    notes = st.container()
    wanted = st.session_state.pop(OPEN, None)
    if wanted is not None:
        profile = profile_address(level, wanted)
        st.switch_page(script(profile.page), query_params=profile.parameters)
    if name not in {DEVELOPMENT, FORMS}:
        show_left_out(left_out_remarks(city, day))
    section = Section(name, city, declared, kept.situation(level, day), lead, controls)
    sheets: list[FileTable] = []
    with mishaps.part():
        sheets = DRAWS[name](section)
    with notes:
        show_notes()
    here = address.view("unterbringung", (LEVEL, level), (DATE, as_id(day)))
    take_along(row, here, lambda: things(section, sheets, here))
    offer_templates(city, city.catalogue)


page()
