"""Other ways to make own areas: typed keys and names, shapes drawn elsewhere, a file."""

from __future__ import annotations

import streamlit as st

from inteso_dash.boundaries.drawn import DrawnShape, WholeAreas, read_drawn, whole_areas
from inteso_dash.boundaries.recipe import BoundaryError
from inteso_dash.catalogue.own_areas import OwnArea, OwnAreasError, read_own_areas
from inteso_dash.city import City
from inteso_dash.city.own_areas import resolved
from inteso_dash.drawing.area_map import area_map
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import content, current
from inteso_dash.pages.eigene_gebiete.parts import named_parts, typed_areas
from inteso_dash.pages.eigene_gebiete.texts import SHAPE_HEADS, TEXTS, WAYS
from inteso_dash.session import store
from inteso_dash.session.charts import show_table
from inteso_dash.session.controls import bound_segments, note
from inteso_dash.session.literal import literal
from inteso_dash.session.own_areas import chosen
from inteso_dash.views.figures import Table

_TEXT, _PROBLEMS = "eg_text", "eg_probleme"
_SHAPES, _LOADED = "eg_formen", "eg_geladen"
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
        shapes(city, level)
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


def shapes(city: City, level: str) -> None:
    """Let the reader upload shapes; show which areas stand for them before he takes them over."""
    version = st.session_state.setdefault(_SHAPES, 0)
    given = st.file_uploader(
        WAYS["upload"],
        type=["geojson", "json", "gpkg"],
        key=f"eg_formen_{version}",
        help=WAYS["upload_help"],
    )
    here = store.shapes(level)
    if given is None or here is None:
        return
    layer = city.layers[level, city.catalogue.level(level).current.id]
    try:
        drawn = read_drawn(given.getvalue(), given.name, layer.measuring_crs)
    except BoundaryError as error:
        for problem in error.problems:
            st.error(literal(problem))
        return
    found = {each.name: whole_areas(each.geometry, here) for each in drawn}
    plural = city.catalogue.level(level).plural
    st.caption(literal(WAYS["rule"].format(plural=plural)))
    show_table(preview(drawn, found, plural))
    empty = [name for name, each in found.items() if not each.taken]
    if empty:
        st.warning(literal(WAYS["empty"].format(names=formats.listed(empty))))
    names = list(found)
    shown = st.selectbox(WAYS["shape"], names, key=f"eg_form_{version}") if names[1:] else names[0]
    data = content.shape_map(city, level, str(shown), found[str(shown)]).on_screen(city)
    if data is not None:
        area_map(data, key="eigene_form")
    cut = cut_words(city, level, found[str(shown)])
    if cut:
        st.caption(literal(cut))
    st.button(
        WAYS["accept"],
        key="eg_uebernehmen",
        type="primary",
        disabled=len(empty) == len(found),
        on_click=_accept,
        args=(level, {name: each.taken for name, each in found.items()}),
    )


def preview(drawn: tuple[DrawnShape, ...], found: dict[str, WholeAreas], plural: str) -> Table:
    """Say of every shape how many areas stand for it, and what is cut off by that."""
    rows = [
        (
            each.name,
            TEXTS["parts_of"].format(count=len(found[each.name].taken), plural=plural),
            share(found[each.name].missed),
            share(found[each.name].added),
        )
        for each in drawn
    ]
    return Table(rows=(SHAPE_HEADS, *rows))


def share(part: float) -> str:
    """Write a share as per cent."""
    return formats.with_unit(100 * part, 1, "%")


def cut_words(city: City, level: str, found: WholeAreas) -> str:
    """Name the areas that a shape cuts, the nearest to a half first."""
    order = sorted(found.shares.items(), key=lambda each: abs(each[1] - 0.5))
    areas = [
        WAYS["cut_area"].format(name=city.name(level, key), share=share(part))
        for key, part in order
    ]
    return WAYS["cut"].format(areas=formats.listed(areas, most=12)) if areas else ""


def _accept(level: str, taken: dict[str, tuple[str, ...]]) -> None:
    city, own = store.city(), chosen()
    made = [
        OwnArea(
            name=current.free_name(own, name),
            parts=named_parts(city, content.cover_of_keys(city, level, keys)),
        )
        for name, keys in taken.items()
        if keys
    ]
    current.join(made)
    st.session_state[_SHAPES] += 1


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
