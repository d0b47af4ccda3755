"""Accommodation of refugees: who carries how much, is that fair, how concentrated, in what form."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.remember import remember
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.concentration import concentrated
from inteso_dash.pages.unterbringung.screen.development import developed
from inteso_dash.pages.unterbringung.screen.distribution import distribution
from inteso_dash.pages.unterbringung.screen.fairness import fair
from inteso_dash.pages.unterbringung.screen.forms import formed, served
from inteso_dash.pages.unterbringung.screen.parts import (
    OPEN,
    Section,
    offer_files,
    offer_templates,
    show_left_out,
)
from inteso_dash.pages.unterbringung.screen.texts import QUESTIONS, TEXTS
from inteso_dash.pages.unterbringung.sentences import left_out_remarks
from inteso_dash.pages.unterbringung.slide import sections
from inteso_dash.session import mishaps, store
from inteso_dash.session.address import pairs
from inteso_dash.session.controls import bound_segments, bound_selectbox, show_notes
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.sequences import Address

DRAWS = dict(
    zip(QUESTIONS, (distribution, fair, concentrated, developed, formed, served), strict=True)
)


def page() -> None:
    """Draw the page."""
    city = store.city()
    st.header(TEXTS["title"], anchor=False)
    declared = city.catalogue.accommodation
    if declared is None:
        st.info(TEXTS["nothing"])
        return
    levels = kept.levels()
    if not levels:
        st.info(TEXTS["no_figures"])
        offer_templates(city, declared)
        return
    lead = st.empty()
    section_column, level_column, date_column = st.columns([3.4, 1, 1], vertical_alignment="bottom")
    with section_column:
        name = bound_segments(TEXTS["part"], sections(declared), "u_bereich")
    plurals = {city.catalogue.level(level).plural: level for level in levels}
    with level_column:
        level = bound_selectbox(TEXTS["level"], plurals, "u_ebene")
    days = {formats.date(day): day for day in reversed(kept.dates(level))}
    with date_column:
        day = bound_selectbox(TEXTS["date"], days, "u_stichtag")
    show_notes()
    wanted = st.session_state.pop(OPEN, None)
    if wanted is not None:
        profile = profile_address(level, wanted)
        st.switch_page(script(profile.page), query_params=profile.parameters)
    show_left_out(left_out_remarks(city, day))
    section = Section(name, city, declared, kept.situation(level, day), lead)
    sheets = None
    with mishaps.part():
        sheets = DRAWS[name](section)
    if sheets:
        offer_files(section, sheets, Address("unterbringung", pairs()))
    remember("unterbringung")
    offer_templates(city, declared)


page()
