"""Other ways to make own areas: typed keys and names, a file, shapes drawn elsewhere."""

from __future__ import annotations

import streamlit as st

from inteso_dash.catalogue.own_areas import OwnArea, OwnAreasError, read_own_areas
from inteso_dash.city import City
from inteso_dash.city.own_areas import resolved
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import content, current, shapes
from inteso_dash.pages.eigene_gebiete.parts import typed_areas
from inteso_dash.pages.eigene_gebiete.texts import WAYS
from inteso_dash.session import store
from inteso_dash.session.charts import show_table
from inteso_dash.session.controls import bound_segments, note
from inteso_dash.session.literal import literal

_TEXT, _PROBLEMS = "eg_text", "eg_probleme"
_LOADED = "eg_geladen"
_TYPING, _DRAWN, _FILE = "eintippen", "formen", "datei"
WAY = "e_weg"


def draw(city: City, level: str, area: OwnArea | current.AreaDraft) -> None:
    """Offer the other ways."""
    st.header(WAYS["title"], anchor=False)
    options = {WAYS["typing"]: _TYPING, WAYS["shapes"]: _DRAWN, WAYS["load"]: _FILE}
    way = bound_segments(WAYS["title"], options, WAY)
    if way == _TYPING:
        typing(city, level, area)
    elif way == _DRAWN:
        shapes.draw(city, level)
    else:
        loading(city)


def typing(city: City, level: str, area: OwnArea | current.AreaDraft) -> None:
    """Let the reader type or paste keys and names."""
    keys = [str(key) for key in city.areas(level).index[:5]]
    example = f"{keys[0]}, {keys[1]}–{keys[-1]}, {city.name_beside_key(level, keys[0])}"
    plural = city.catalogue.level(level).plural
    st.text_area(
        WAYS["typed"].format(plural=plural),
        key=_TEXT,
        help=WAYS["typed_help"].format(example=example),
        height=96,
    )
    st.button(
        WAYS["take"].format(name=literal(area.name)),
        key="eg_aufnehmen",
        on_click=_take_typed,
        args=(level,),
    )
    for problem in st.session_state.get(_PROBLEMS, ()):
        st.warning(literal(problem))


def _take_typed(level: str) -> None:
    found = typed_areas(store.city(), level, str(st.session_state.get(_TEXT, "")))
    st.session_state[_PROBLEMS] = found.problems
    if found.keys:
        current.add(level, found.keys)
        note(WAYS["taken"].format(count=formats.number(len(found.keys), 0)))
    if not found.problems:
        st.session_state[_TEXT] = ""


def loading(city: City) -> None:
    """Let the reader load a file with own areas."""
    version = st.session_state.setdefault(_LOADED, 0)
    given = st.file_uploader(
        WAYS["yaml"], type=["yml", "yaml"], key=f"eg_datei_{version}", help=WAYS["yaml_help"]
    )
    if given is None:
        return
    try:
        found = read_own_areas(given.getvalue(), given.name, city.catalogue.city.id)
    except OwnAreasError as error:
        for problem in error.problems:
            st.error(literal(problem))
        return
    shown = resolved(found, city).own
    for fault in shown.faults:
        st.warning(literal(fault))
    show_table(content.own_table(city, shown, counted=False))
    st.button(
        WAYS["accept"],
        key="eg_laden",
        type="primary",
        disabled=not shown.areas,
        on_click=_load,
        args=(shown.areas, given.name),
    )


def _load(areas: tuple[OwnArea, ...], file: str) -> None:
    current.join(areas)
    note(WAYS["loaded"].format(count=formats.number(len(areas), 0), file=file[:60]))
    st.session_state[_LOADED] += 1
