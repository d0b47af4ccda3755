"""Section of the page on change: areas that were redrawn, and change across their boundaries."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from inteso_dash.catalogue.city import Level
from inteso_dash.city import City
from inteso_dash.city.overlay import matching as overlay_matching
from inteso_dash.city.overlay.matching import KIND_TITLES, Fate, Match, cut_anew
from inteso_dash.city.overlay.probes import UNTESTED, JoinedTrial
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import Frame, MapData, status_letters
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.divisions.between import (
    UNION,
    divisions_with_boundaries,
    sentence,
    tested_head,
    written,
)
from inteso_dash.pages.veraenderung.screen.across import across, matched, tested
from inteso_dash.pages.veraenderung.screen.comparison import select
from inteso_dash.pages.veraenderung.screen.maps import overlays
from inteso_dash.pages.veraenderung.screen.sections import SectionFile, show_table
from inteso_dash.pages.veraenderung.view import (
    AREA,
    TOLERATED,
    ChangeView,
    earlier_division,
    later_division,
)
from inteso_dash.session import address, store
from inteso_dash.session.controls import bound_number, bound_selectbox, bound_switch
from inteso_dash.session.literal import literal
from inteso_dash.views.colours import sequential

TEXTS = {
    "one": "Für die {plural} ist nur eine Gliederung erklärt ({id}). Es gibt keine früheren "
    "Grenzen, mit denen sich vergleichen ließe.",
    "none": "Die {plural} wurden neu gegliedert: {counts}. Grenzen liegen nur für {there} vor; "
    "deshalb lässt sich hier nicht zeigen, welche Gebiete sich geändert haben. Wie Sie frühere "
    "Grenzen, Zahlen und Schlüssel ergänzen, steht in docs/data-format.md unter „Mehrere "
    "Gliederungen“.",
    "tolerance": "Toleranz",
    "tolerance_label": "Ungenauigkeit der Zeichnung (%)",
    "tolerance_help": "Überdeckungen, die höchstens diesen Anteil des alten und des neuen Gebiets "
    "ausmachen, zählen nicht. Das fängt Unterschiede auf, die nur beim Zeichnen entstanden sind.",
    "what": "Was aus den Gebieten wurde",
    "map_date": "{before} bis {after}",
    "map_note": "Gezeigt sind die Gebiete von {after}. Verglichen wird jedes mit dem ähnlichsten "
    "Gebiet von {before}.",
    "earlier": "{kind}; {before}: {names}",
    "outlines": "Grenzen: {origins}.",
    "file": "Gebiete {before} bis {after}",
    "all": "auch unveränderte Gebiete",
    "table_note": "Übereinstimmung: gemeinsamer Teil der Fläche, die sich aus beiden Gliederungen "
    "bilden lässt.",
    "across": "{indicator} über die Grenzen hinweg",
}


def bounds(city: City, view: ChangeView) -> SectionFile | None:
    """Show what became of the areas, and the change of the indicator across divisions."""
    level = city.catalogue.level(view.level)
    there = divisions_with_boundaries(city.catalogue, city.layers, level.id)
    if len(level.divisions) < 2:
        st.info(TEXTS["one"].format(plural=level.plural, id=level.current.id))
        return None
    if len(there) < 2:
        counts = ", ".join(f"{each.areas} ({each.id})" for each in level.divisions)
        known = formats.listed(there) or "keine von ihnen"
        st.info(TEXTS["none"].format(plural=level.plural, counts=counts, there=known))
        return None
    left, middle, right, _ = st.columns([1, 1, 1, 1], vertical_alignment="bottom")
    with left:
        before = bound_selectbox(*earlier_division(there).control)
    with middle:
        after = bound_selectbox(*later_division(there, before).control)
    with right, st.popover(TEXTS["tolerance"]):
        tolerance = bound_number(
            st.number_input,
            TEXTS["tolerance_label"],
            0.0,
            49.0,
            100 * overlay_matching.TOLERANCE,
            TOLERATED,
            step=0.5,
            format="%.1f",
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
    drawn = changed_map(city, level, found, pair, address.get(AREA))
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
    return SectionFile(part, rows, (), (), boundaries=cited)


def changed_map(
    city: City, level: Level, found: Match, pair: tuple[str, str], selected: str | None = None
) -> MapData | None:
    """Put the share of every later area that is cut anew on a map."""
    geometry = store.geometries().get((level.id, pair[1]))
    if geometry is None:
        return None
    order = list(geometry.area_ids)
    values = cut_anew(found).reindex(order).fillna(0.0)
    colours = sequential(len(change_views.CUT_BOUNDS) - 1)
    return MapData(
        geometry_url=geometry.asset.url,
        count=len(order),
        areas_label=level.plural,
        title=change_views.CUT,
        frames=(
            Frame(
                TEXTS["map_date"].format(before=pair[0], after=pair[1]),
                tuple(map(float, values)),
                status_letters([str(Status.MEASURED)] * len(order)),
                (None,) * len(order),
                notes=tuple(_earlier(found, area, pair[0]) for area in order),
            ),
        ),
        breaks=change_views.CUT_BOUNDS,
        colors_light=colours,
        colors_dark=colours,
        reference_label=city.catalogue.city.name,
        unit="%",
        decimals=0,
        selected=selected if selected in order else None,
        overlays=overlays(city, level.id),
        table=False,
    )


def _earlier(found: Match, area: str, before: str) -> str:
    """Say what an area was before."""
    union = found.unions.loc[found.members("to")[area]]
    kind = KIND_TITLES[Fate(union["kind"])]
    if union["kind"] == Fate.UNCHANGED or not union["areas_from"]:
        return kind
    pairs = found.pairs[found.pairs["significant"] & (found.pairs["area_to"] == area)]
    named = [
        f"{key} {found.names_from[key]} ({formats.with_unit(100 * share, 0, '%')})"
        for key, share in zip(pairs["area_from"], pairs["share_to"], strict=True)
    ]
    return TEXTS["earlier"].format(kind=kind, before=before, names=", ".join(named))
