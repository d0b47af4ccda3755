"""Profile of one area: its figures by topic beside others, its age structure, and as files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.drawing.profile_table.component import profile_table
from inteso_dash.drawing.profile_table.data import MiniMap
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.pages.remember import remember
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.files import age_file, age_statement, profile_statement
from inteso_dash.pages.stadtteilprofil.kept import printed_profiles, profile_tables
from inteso_dash.pages.stadtteilprofil.kept import profile as store_profile
from inteso_dash.pages.stadtteilprofil.table.view import facts, main_date
from inteso_dash.pages.stadtteilprofil.table.words import sentence
from inteso_dash.session import downloads, mishaps, store
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_multiselect, bound_selectbox, show_notes
from inteso_dash.session.literal import literal
from inteso_dash.views.statement import Statement

TEXTS = {
    "level": "Ebene",
    "area": "Gebiet",
    "area_help": "Tippen Sie einen Namen oder Schlüssel, um zu suchen.",
    "others": "Vergleichen mit",
    "others_help": "Bis zu drei weitere Gebiete jeder Ebene.",
    "others_placeholder": "Gebiete wählen",
    "unknown_other": "In der Adresse stand zum Vergleich „{found}“. Das gibt es hier nicht.",
    "no_figures": "Für {name} nennen die Quellen keine Zahlen.",
    "age": "Altersstruktur",
    "age_note": "Anteil an der Bevölkerung in Prozent, {date}. Die Altersgruppen umfassen "
    "unterschiedlich viele Altersjahre; die Länge eines Balkens zeigt den Anteil der ganzen "
    "Gruppe. Quelle: {source}.",
    "age_words": "Altersstruktur, {words}",
    "map_label": "Lage in {city}: {name}",
}
LEVEL, AREA, OTHERS = "profilebene", "profil", "vergleich"
SHOWN = "profil_gezeigt"
CHART_WIDTH = 860


def choose(city: City) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Show the controls; return level, area and the areas to compare with."""
    start, root = city.catalogue.start, city.catalogue.root
    columns = st.columns([1, 2, 3], vertical_alignment="bottom")
    titles = {
        level.title.de: level.id
        for level in city.catalogue.levels
        if not city.areas(level.id).empty
    }
    levels = list(titles.values())
    first = levels.index(start.profile_level) if start.profile_level in levels else 0
    with columns[0]:
        follow_level = partial(follow, city, titles)
        level = bound_selectbox(TEXTS["level"], titles, LEVEL, first, on_change=follow_level)
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
            store.comparable_labels(),
            OTHERS,
            most=profile.MAX_COMPARISONS,
            unknown=TEXTS["unknown_other"],
            placeholder=TEXTS["others_placeholder"],
            help=TEXTS["others_help"],
        )
    st.session_state[SHOWN] = (level, area)
    return level, area, tuple(others)


def follow(city: City, titles: dict[str, str]) -> None:
    """Stay where the reader was when the level changes."""
    level = titles[st.session_state[LEVEL]]
    old_level, old_area = st.session_state[SHOWN]
    area = profile.nearby(city, old_level, old_area, level)
    st.session_state[AREA] = store.area_label(level, area)


def mini_map(city: City, result: profile.Profile) -> MiniMap | None:
    """Say where the area lies, if there are boundaries of its level."""
    geometries = store.geometries()
    place = result.place
    here = geometries.get((place.level, city.catalogue.level(place.level).current.id))
    if here is None:
        return None
    around = next((other for other in result.within if other in result.places), None)
    drawn = around and geometries.get((around.level, city.catalogue.level(around.level).current.id))
    return MiniMap(
        here.asset.url,
        place.area_id,
        TEXTS["map_label"].format(city=city.catalogue.city.name, name=place.name),
        drawn.asset.url if drawn else "",
        around.area_id if around and drawn else "",
    )


def offers(city: City, result: profile.Profile) -> dict[downloads.FileKind, downloads.Make]:
    """Return the files that a profile can be taken away as."""
    address = downloads.address()

    def told() -> Statement:
        return profile_statement(city, result, address=address)

    def report() -> bytes:
        from inteso_dash.pages.stadtteilprofil.report.content import content
        from inteso_dash.pages.stadtteilprofil.report.sheet import to_pdf

        place = result.place
        return to_pdf(content(city, place.level, place.area_id, address=address))

    def table() -> pd.DataFrame:
        return labelled(profile.to_rows(result, city), city)

    return {downloads.FileKind.REPORT: report, **downloads.tables(city, table, told)}


def download(city: City, result: profile.Profile) -> None:
    """Offer the figures of the profile as a file."""
    place = result.place
    newest = main_date(result.current).isoformat()
    name = ["inteso", "profil", place.area_id, place.name, newest]
    with st.columns([1, 3])[0]:
        downloads.menu(
            city, name, offers(city, result), key="profil_datei", more=age_offers(city, result)
        )


def age_offers(
    city: City, result: profile.Profile
) -> dict[str, dict[downloads.FileKind, downloads.Make]]:
    """Return the age structure as pictures, where all its groups have values."""
    if not age_bars(city, result):
        return {}
    address = downloads.address()

    def file(kind: str) -> bytes:
        told = age_statement(city, result, address=address)
        return age_file(city, result, told, kind)

    return {TEXTS["age"]: downloads.pictures(file)}


def age(city: City, result: profile.Profile) -> None:
    """Draw the age structure, where all its groups have values."""
    chart = age_bars(city, result)
    group = result.line(next(iter(city.catalogue.start.age_groups), ""))
    if chart is None or group is None:
        return
    st.subheader(TEXTS["age"], anchor=False)
    words = TEXTS["age_words"].format(words=chart.words)
    show_chart(replace(chart, words=words), key="altersstruktur", width=CHART_WIDTH)
    source = city.source_titles(group.own.source_id)
    st.caption(literal(TEXTS["age_note"].format(date=formats.date(group.date), source=source)))


def page() -> None:
    """Draw the page."""
    city = store.city()
    top = st.container()
    level, area, others = choose(city)
    result = store_profile(level, area, others)
    top.header(literal(result.place.name), anchor=False)
    top.text(sentence(city, result))
    show_notes()
    with mishaps.part():
        about = facts(city, result, mini_map(city, result))
        shown = profile_tables(level, area, others)
        profile_table(shown, key="profil_tabellen", facts=about)
    if result.current:
        download(city, result)
    else:
        st.info(literal(TEXTS["no_figures"].format(name=result.place.name)))
    with mishaps.part():
        age(city, result)
    with mishaps.part():
        for table in printed_profiles(level, area):
            profile_table([table], key=f"gedruckt_{table.title}")
    remember("stadtteilprofil")


page()
