"""Sections: where how many are accommodated, the course, forms of accommodation, offices."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung.charts import (
    UNNAMED,
    development_lines,
    form_bars,
    opening_spans,
)
from inteso_dash.pages.unterbringung.content import figure_map, layers_over
from inteso_dash.pages.unterbringung.screen.parts import (
    Section,
    choice,
    draw_map,
    remarks,
    show_left_out,
    show_table,
    source,
)
from inteso_dash.pages.unterbringung.sentences import (
    area_remarks,
    development_sentence,
    distribution_sentence,
    forms_sentence,
    left_out_remarks,
    points_sentence,
    series_remarks,
)
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import (
    area_sheet,
    cited,
    events_sheet,
    forms_sheet,
    openings_sheet,
    points_sheet,
    series_sheet,
    sites_sheet,
    situation_sources,
)
from inteso_dash.pages.unterbringung.texts import TEXTS
from inteso_dash.pages.unterbringung.view import AREA, OVER, form_days, measures
from inteso_dash.session import address
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_toggles
from inteso_dash.session.literal import literal

_WIDTH = 320


def distribution(section: Section) -> list[FileTable]:
    """Show one figure of every area on the map, all of them in the table."""
    city, shown = section.city, section.shown
    section.answer(distribution_sentence(city, shown))
    over, layers = None, layers_over(shown)
    with section.controls:
        measure = choice(*measures(shown).control, width=_WIDTH)
        if layers:
            over = bound_toggles(TEXTS["over"], layers, OVER)
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
    source(city, situation_sources(city, shown), dated)
    sheets = [sheet]
    if shown.sites["lon"].notna().any():
        sheets.append(sites_sheet(city))
    return sheets


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
            source(city, (event.source for event in events))
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
    source(city, openings["source_id"])
    return sheets


def formed(section: Section) -> list[FileTable]:
    """Show places by form."""
    city = section.city
    offered = form_days(city, section.shown.date)
    if offered is None:
        section.answer(TEXTS["no_forms"])
        return []
    with section.controls:
        day = choice(*offered.control)
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
    source(city, ids, note)
    return [sheet]
