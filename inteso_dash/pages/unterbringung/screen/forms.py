"""Sections: forms of accommodation; offices and the areas they serve."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung.charts import UNNAMED, form_bars
from inteso_dash.pages.unterbringung.screen.choice import choose_form_date
from inteso_dash.pages.unterbringung.screen.parts import (
    Section,
    show_left_out,
    show_table,
    source,
)
from inteso_dash.pages.unterbringung.screen.texts import TEXTS
from inteso_dash.pages.unterbringung.sentences import (
    forms_sentence,
    left_out_remarks,
    points_sentence,
)
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import forms_sheet, points_sheet
from inteso_dash.session.charts import show_chart


def formed(section: Section) -> list[FileTable]:
    """Show places by form."""
    city = section.city
    with section.controls:
        day = choose_form_date(city, section.shown.date)
    if day is None:
        section.answer(TEXTS["no_forms"])
        return []
    show_left_out(left_out_remarks(city, day))
    forms, ids = accommodation_history.forms(city, day)
    section.answer(forms_sentence(forms, formats.date(day)))
    sheet = forms_sheet(city, forms, day, ids, UNNAMED)
    st.header(TEXTS["forms"].format(date=formats.date(day)), anchor=False)
    left, right = st.columns([1, 1], gap="large")
    with left:
        show_chart(form_bars(forms), key="u_formen")
    with right:
        show_table(sheet)
        note = TEXTS["forms_unnamed" if "" in forms.index else "forms_note"]
        source(city, ids, note.format(date=formats.date(day)))
    return [sheet]


def served(section: Section) -> list[FileTable]:
    """Show which area is served by which office."""
    city, shown = section.city, section.shown
    section.answer(points_sentence(city, shown))
    sheet = points_sheet(city, shown)
    if sheet.table.empty:
        return []
    st.header(TEXTS["points"], anchor=False)
    show_table(sheet)
    note = TEXTS["points_note"].format(date=formats.date(shown.date))
    ids = [*city.points["source_id"], *shown.areas["source_id"]]
    source(city, ", ".join(ids), note)
    return [sheet]
