"""The controls of the page; what they say stands in the address, from which `index.read` reads."""

from __future__ import annotations

import streamlit as st

from inteso_dash.catalogue.indices import CompositeIndex, Ingredient
from inteso_dash.city import City
from inteso_dash.city.indices import index_days
from inteso_dash.language import formats
from inteso_dash.measures.index import CONCENTRATION
from inteso_dash.pages.handlungsbedarf import index
from inteso_dash.pages.handlungsbedarf.texts import (
    CLASSINGS,
    CONCENTRATIONS,
    DIRECTIONS,
    OWN,
    TEXTS,
    TRANSFORMATIONS,
)
from inteso_dash.session import address
from inteso_dash.session.controls import (
    bound_multiselect,
    bound_number,
    bound_segments,
    bound_selectbox,
    bound_text,
    bound_typed,
)
from inteso_dash.session.literal import literal

_KEEP = (index.INDEX, index.LEVEL, index.AREA)
_MOST_PEOPLE = 100_000


def reset() -> None:
    """Go back to the index as it is declared."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith("h_") and key not in _KEEP:
            del st.session_state[key]
            address.put(key)


def choose(city: City) -> bool:
    """Draw the controls; say whether any part is chosen."""
    offered, levels = index.presets(city), index.offered_levels(city)
    several = len(offered) > 1
    columns = st.columns([1.5, 1, 1.2, 1, 1][0 if several else 1 :], vertical_alignment="bottom")
    preset = next(iter(offered.values()))
    if several:
        with columns.pop(0):
            preset = bound_selectbox(TEXTS["index"], offered, index.INDEX, on_change=reset)
    with columns[0]:
        first = list(levels.values()).index(index.first_level(city, preset))
        level = bound_selectbox(TEXTS["level"], levels, index.LEVEL, first)
    with columns[1], st.popover(TEXTS["make"], width="stretch"):
        parts = _choose_parts(city, preset, level)
        st.button(TEXTS["reset"], on_click=reset, key="zurueck_zum_index", type="tertiary")
    with columns[2], st.popover(TEXTS["how"], width="stretch"):
        _choose_way(city, preset, level, parts)
    with columns[3], st.popover(TEXTS["classes"], width="stretch"):
        way = bound_selectbox(TEXTS["classes"], CLASSINGS, index.CLASSES)
        if way == OWN:
            text = bound_text(TEXTS["bounds"], index.BOUNDS, TEXTS["bounds_help"])
            if text and index.own_steps(text) is None:
                st.warning(literal(TEXTS["bounds_wrong"].format(found=text[:60])))
        begin = list(CONCENTRATIONS.values()).index(f"{CONCENTRATION:g}")
        spread = TEXTS["concentration"], CONCENTRATIONS, index.SPREAD, begin
        bound_selectbox(*spread, help=TEXTS["concentration_help"])
    return bool(parts)


def _choose_parts(city: City, preset: CompositeIndex, level: str) -> list[str]:
    offered = index.offered_parts(city, level)
    begun = {part.indicator: part for part in preset.parts}
    titles = {each: title for title, each in offered.items()}
    chosen = bound_multiselect(
        TEXTS["parts"],
        offered,
        index.PARTS,
        [titles[each] for each in begun if each in titles],
        most=index.MOST_PARTS,
        unknown=TEXTS["parts_unknown"],
        placeholder=TEXTS["placeholder"],
    )
    for each in chosen:
        title = city.catalogue.indicator(each).short.de
        own = begun.get(each, Ingredient(indicator=each))
        left, right = st.columns([1, 1.2], vertical_alignment="bottom")
        with left:
            label = TEXTS["weight"].format(title=title)
            bound_typed(label, 0.0, index.MOST_WEIGHT, own.weight, index.WEIGHT + each)
        with right:
            at = list(DIRECTIONS.values()).index(own.direction)
            title = TEXTS["direction"].format(title=title)
            bound_selectbox(title, DIRECTIONS, index.DIRECTION + each, at)
    return chosen


def _choose_way(city: City, preset: CompositeIndex, level: str, parts: list[str]) -> None:
    based = preset.base or city.catalogue.population
    ways = {title: way for title, way in TRANSFORMATIONS.items() if based or way != "weighted"}
    bound_selectbox(
        TEXTS["transformation"],
        ways,
        index.TRANSFORMATION,
        list(ways.values()).index(preset.transformation),
        help=TEXTS["transformation_help"],
    )
    again = index.AGAIN_WAYS if preset.again else dict(reversed(index.AGAIN_WAYS.items()))
    bound_segments(TEXTS["again"], again, index.AGAIN, bare=False)
    counts = {str(count): str(count) for count in range(1, max(len(parts), 1) + 1)}
    begin = min(preset.least, len(counts)) - 1
    bound_selectbox(TEXTS["least"], counts, index.LEAST, begin, help=TEXTS["least_help"])
    if based:
        bound_number(
            st.number_input,
            TEXTS["smallest"],
            0,
            _MOST_PEOPLE,
            int(preset.smallest),
            index.SMALLEST,
            step=100,
            help=TEXTS["smallest_help"],
        )
    days = {formats.date(day): day for day in reversed(index_days(city, preset, level))}
    if len(days) > 1:
        bound_selectbox(TEXTS["date"], days, index.DATE)
