"""Section: the whole city over time, and when sites opened and closed."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung.charts import development_lines, opening_spans
from inteso_dash.pages.unterbringung.screen.parts import Section, remarks, show_table, source
from inteso_dash.pages.unterbringung.screen.texts import TEXTS
from inteso_dash.pages.unterbringung.sentences import development_sentence, series_remarks
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import cited, events_sheet, openings_sheet, series_sheet
from inteso_dash.session.charts import show_chart
from inteso_dash.session.literal import literal


def developed(section: Section) -> list[FileTable]:
    """Show persons, places and the legal status over time, with the resolutions as marks."""
    city = section.city
    series = accommodation_history.series(city)
    series = series.assign(source=[city.source_titles(ids) for ids in series["source_id"]])
    section.answer(development_sentence(city, series))
    events = sorted(section.declared.events, key=lambda event: event.date)
    sheets = []
    if not series.empty:
        first, last = series["date"].min(), series["date"].max()
        title = TEXTS["course"].format(start=formats.date(first), end=formats.date(last))
        st.header(title, anchor=False)
        st.caption(TEXTS["course_unit"])
        show_chart(development_lines(series, events), key="u_reihe")
        if events:
            sheets.append(events_sheet(city))
            show_table(sheets[-1], note=False)
            source(city, ", ".join(event.source for event in events))
        st.header(TEXTS["series"], anchor=False)
        sheets.append(series_sheet(city, series))
        show_table(sheets[-1])
        remarks(series_remarks(series))
        numbered = " · ".join(
            f"{place} {title}" for place, title in enumerate(cited(city, series), 1)
        )
        st.caption(literal(TEXTS["sources"].format(sources=numbered)))
    st.header(TEXTS["timeline"], anchor=False)
    openings = accommodation_history.openings(city)
    if openings.empty:
        st.caption(TEXTS["no_openings"])
        return sheets
    show_chart(opening_spans(openings), key="u_zeitleiste")
    sheets.append(openings_sheet(city))
    show_table(sheets[-1])
    source(city, ", ".join(openings["source_id"]))
    return sheets
