"""Section: where how many persons are accommodated."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages.unterbringung.content import figure_map, layers_over
from inteso_dash.pages.unterbringung.screen.choice import choice
from inteso_dash.pages.unterbringung.screen.parts import (
    AREA,
    Section,
    draw_map,
    remarks,
    show_table,
    source,
)
from inteso_dash.pages.unterbringung.screen.texts import TEXTS
from inteso_dash.pages.unterbringung.sentences import area_remarks, distribution_sentence
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import MEASURES
from inteso_dash.pages.unterbringung.tables import (
    area_sheet,
    joined,
    sites_sheet,
    situation_sources,
)
from inteso_dash.session import address
from inteso_dash.session.controls import bound_toggles

_WIDTH = 320


def distribution(section: Section) -> list[FileTable]:
    """Show one figure of every area on the map, all of them in the table."""
    city, shown = section.city, section.shown
    section.answer(distribution_sentence(city, shown))
    titles = {each.title: each for each in MEASURES if shown.areas[each.id].notna().any()}
    titles = titles or {MEASURES[0].title: MEASURES[0]}
    over, layers = None, layers_over(shown)
    with section.controls:
        measure = choice(TEXTS["measure"], titles, "u_was", width=_WIDTH)
        if layers:
            over = bound_toggles(TEXTS["over"], layers, "u_kreise")
    draw_map(figure_map(shown, measure, over, address.get(AREA)).on_screen(city))
    if shown.unplaced:
        st.write(TEXTS["unplaced"].format(persons=formats.number(shown.unplaced, 0)))
    sheet = area_sheet(city, shown)
    st.header(TEXTS["own_table"], anchor=False)
    show_table(sheet)
    remarks(area_remarks(city, shown))
    day = shown.population_date
    dated = (
        TEXTS["dated"].format(date=formats.date(shown.date), population=formats.date(day))
        if day is not None
        else ""
    )
    source(city, joined(situation_sources(city, shown)), dated)
    sheets = [sheet]
    if shown.sites["lon"].notna().any():
        sheets.append(sites_sheet(city))
    return sheets
