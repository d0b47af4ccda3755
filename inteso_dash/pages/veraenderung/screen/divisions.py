"""Section of the page on change: areas that were redrawn, and change across their boundaries."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from inteso_dash.catalogue.city import Level
from inteso_dash.city import City
from inteso_dash.city.overlay import matching as overlay_matching
from inteso_dash.city.overlay.matching import KIND_TITLES, Fate, Match
from inteso_dash.city.overlay.probes import UNTESTED, JoinedTrial
from inteso_dash.drawing.area_map import area_map
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung.content import cut
from inteso_dash.pages.veraenderung.divisions.between import (
    UNION,
    divisions_with_boundaries,
    sentence,
    tested_head,
    written,
)
from inteso_dash.pages.veraenderung.screen.across import across, matched, tested
from inteso_dash.pages.veraenderung.screen.comparison import select
from inteso_dash.pages.veraenderung.screen.sections import SectionFile, show_table
from inteso_dash.pages.veraenderung.texts import DIVISIONS as TEXTS
from inteso_dash.pages.veraenderung.view import (
    AREA,
    TOLERATED,
    ChangeView,
    earlier_division,
    later_division,
)
from inteso_dash.session import address
from inteso_dash.session.controls import bound_selectbox, bound_switch, bound_typed
from inteso_dash.session.literal import literal


def bounds(city: City, view: ChangeView) -> SectionFile | None:
    """Show what became of the areas, and the change of the indicator across divisions."""
    level = city.catalogue.level(view.level)
    there = divisions_with_boundaries(city.catalogue, city.layers, level.id)
    if len(level.divisions) < 2:
        st.info(TEXTS["one"].format(plural=formats.definite(level.plural), id=level.current.id))
        return None
    if len(there) < 2:
        counts = ", ".join(f"{each.areas} ({each.id})" for each in level.divisions)
        known = formats.listed(there) or "keine von ihnen"
        st.info(
            TEXTS["none"].format(plural=formats.definite(level.plural), counts=counts, there=known)
        )
        return None
    left, middle, right, _ = st.columns([1, 1, 1, 1], vertical_alignment="bottom")
    with left:
        before = bound_selectbox(*earlier_division(there).control)
    with middle:
        after = bound_selectbox(*later_division(there, before).control)
    with right, st.popover(TEXTS["tolerance"]):
        tolerance = bound_typed(
            TEXTS["tolerance_label"],
            0.0,
            49.0,
            100 * overlay_matching.TOLERANCE,
            TOLERATED,
            help=TEXTS["tolerance_help"],
        )
    found = matched(level.id, before, after, tolerance / 100)
    st.header(TEXTS["what"], anchor=False)
    trial = tested(level.id, before, after, found.tolerance)
    areas = became(city, level, found, (before, after), trial)
    st.header(literal(TEXTS["across"].format(indicator=view.indicator.title.de)), anchor=False)
    figures = across(city, view, found, (before, after), tolerance / 100)
    return areas if figures is None else replace(figures, besides=(areas,))


def became(
    city: City, level: Level, found: Match, pair: tuple[str, str], tested: JoinedTrial | None
) -> SectionFile:
    """Show what became of the areas as sentence, map and table; return it for a file."""
    before, after = pair
    st.markdown(literal(sentence(found, level.plural, before, after)))
    st.markdown(literal(UNTESTED if tested is None else tested.words(city.catalogue)))
    drawn = cut(level.id, found, pair, address.get(AREA)).on_screen(city)
    if drawn is not None:
        area_map(drawn, key="v_grenzen", on_select=select)
        st.caption(TEXTS["map_note"].format(before=before, after=after))
    rows = written(found, before, after, tested)
    every = bound_switch(TEXTS["all"], "v_alle")
    unchanged = rows["Art"] == KIND_TITLES[Fate.UNCHANGED]
    differs = rows[UNION].isin([] if tested is None else tested.differing.index)
    shown = rows if every else rows[~unchanged | differs]
    digits = {str(name): 1 for name in shown.columns if str(name).endswith("(%)")}
    if tested is not None:
        digits[tested_head(tested)] = 0
    shown = shown.drop(columns=UNION)
    show_table(shown.astype(dict.fromkeys(digits, float)), digits)
    st.caption(TEXTS["table_note"])
    cited = "; ".join(dict.fromkeys(city.layers[level.id, each].citation for each in pair))
    st.caption(literal(TEXTS["outlines"].format(origins=cited)))
    part = TEXTS["file"].format(before=before, after=after)
    return SectionFile(part, lambda: rows, (), (), boundaries=cited)
