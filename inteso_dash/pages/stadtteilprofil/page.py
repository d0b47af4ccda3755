"""Profile of one area: its figures by topic beside others, its age structure, and as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.city.own_areas import earlier_words
from inteso_dash.drawing.profile_table.component import payload, profile_table
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.pages import script
from inteso_dash.pages.gebietssuche.kept import levels as levels_searched
from inteso_dash.pages.stadtteilprofil import kept, profile
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.files import age_file, age_statement, profile_statement
from inteso_dash.pages.stadtteilprofil.table.view import main_date
from inteso_dash.pages.stadtteilprofil.texts import PAGE as TEXTS
from inteso_dash.pages.stadtteilprofil.view import AGE, AREA, LEVEL, OTHERS, ProfileView, levels
from inteso_dash.pages.take_along import head, take_along
from inteso_dash.session import address, downloads, mishaps, own_areas, store
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_multiselect, bound_selectbox, show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.views.addresses import similar_address
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement

SHOWN = "profil_gezeigt"
CHART_WIDTH = 860


def choose(city: City) -> ProfileView:
    """Show the controls; return what was chosen."""
    start, root = city.catalogue.start, city.catalogue.root
    columns = st.columns([1, 2, 3], vertical_alignment="bottom")
    with_areas = [each.id for each in city.catalogue.levels if not city.areas(each.id).empty]
    offered = levels(city, with_areas)
    with columns[0]:
        follow_level = partial(follow, city, offered.options)
        level = bound_selectbox(*offered.control, on_change=follow_level)
    labels = store.area_labels(level)
    own = list(labels.values())
    begin = own.index(start.profile_area) if start.profile_area in own else 0
    with columns[1]:
        area = bound_selectbox(
            TEXTS["area"],
            labels,
            AREA,
            begin,
            help=TEXTS["area_help"],
            disabled=level == root.id,
        )
    with columns[2]:
        others = bound_multiselect(
            TEXTS["others"],
            kept.comparable(),
            OTHERS,
            most=profile.MAX_COMPARISONS,
            unknown=TEXTS["unknown_other"],
            placeholder=TEXTS["others_placeholder"],
            help=TEXTS["others_help"],
        )
    st.session_state[SHOWN] = (level, area)
    return ProfileView(level, area, tuple(others))


def follow(city: City, titles: Mapping[str, str]) -> None:
    """Stay where the reader was when the level changes."""
    level = titles[st.session_state[LEVEL]]
    old_level, old_area = st.session_state[SHOWN]
    area = profile.nearby(city, old_level, old_area, level)
    st.session_state[AREA] = store.area_label(level, area)


def things(city: City, result: profile.Profile, here: Address) -> list[Thing]:
    """Return what can be taken along: the sheet, the figures, the age structure."""
    link, place = downloads.absolute(here), result.place
    newest = main_date(result.current).isoformat()
    named = city.name_beside_key(place.level, place.area_id)
    name = ["inteso", "profil", place.area_id, named, newest]

    def told() -> Statement:
        return profile_statement(city, result, address=link)

    def report() -> bytes:
        from inteso_dash.pages.stadtteilprofil.report.content import content, to_pdf

        return to_pdf(content(city, place.level, place.area_id, address=link))

    def table() -> pd.DataFrame:
        return labelled(profile.to_rows(result, city), city)

    def age_structure(kind: str) -> bytes:
        return age_file(city, result, age_statement(city, result, address=link), kind)

    tables = {**downloads.tables(city, table, told), **downloads.wide(table, told)}
    found = [
        Thing(TEXTS["sheet"], name, {FileKind.REPORT: report}),
        Thing(downloads.TEXTS["table"], name, tables),
    ]
    if age_bars(city, result):
        pictures = downloads.pictures(age_structure)
        found.append(Thing(AGE, [*name, AGE], pictures))
    return found


def age(city: City, result: profile.Profile) -> None:
    """Draw the age structure, where all its groups have values."""
    chart = age_bars(city, result)
    group = result.line(next(iter(city.catalogue.start.age_groups), ""))
    if chart is None or group is None:
        return
    st.header(AGE, anchor=False)
    words = TEXTS["age_words"].format(words=chart.words)
    show_chart(replace(chart, words=words), key="altersstruktur", width=CHART_WIDTH)
    source = city.source_titles(group.own.source_id)
    st.caption(literal(TEXTS["age_note"].format(date=formats.date(group.date), source=source)))


def page() -> None:
    """Draw the page."""
    city = store.city()
    heading, row = head()
    lead = st.container(gap="xsmall", key=kept.LEAD)
    view = choose(city)
    result = kept.profile(view.level, view.area, view.others)
    heading.title(literal(result.place.name), anchor=False)
    lead.text(kept.lead(view))
    if view.level in levels_searched():
        alike = own_areas.along(similar_address(view.level, view.area))
        lead.page_link(
            script(alike.page),
            label=TEXTS["alike"],
            icon=":material/travel_explore:",
            query_params=alike.parameters,
        )
    show_notes()
    with mishaps.part():
        ahead = kept.ahead_urls(view, address.view("stadtteilprofil"))
        profile_table(kept.drawn(view), key="profil_tabellen", ahead=ahead)
        if earlier := earlier_words(city, view.level):
            st.caption(literal(earlier))
    if not result.current:
        st.info(literal(TEXTS["no_figures"].format(name=result.place.name)))
    with mishaps.part():
        age(city, result)
    with mishaps.part():
        for table in kept.printed_profiles(view.level, view.area):
            profile_table(payload([table]), key=f"gedruckt_{table.title}")
    here = address.view("stadtteilprofil")
    take_along(row, here, lambda: things(city, result, here) if result.current else ())


page()
