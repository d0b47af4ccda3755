"""Sections of the page on change: two Stichtage compared, small maps, what stands out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.city.comparable import comparable
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.small_maps import small_maps
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.veraenderung import chance, content
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung import tables as change_tables
from inteso_dash.pages.veraenderung import words as change_words
from inteso_dash.pages.veraenderung.charts import both_pairs, strongest_bars
from inteso_dash.pages.veraenderung.comparison import (
    Comparison,
    Measure,
    Standouts,
    compare,
    decimals,
    estimated,
    standouts,
)
from inteso_dash.pages.veraenderung.content import changed
from inteso_dash.pages.veraenderung.picked import pairs, spread, standout_rows
from inteso_dash.pages.veraenderung.reach import SMALL_BASE, best_pair
from inteso_dash.pages.veraenderung.screen.choice import take, ways
from inteso_dash.pages.veraenderung.screen.sections import (
    SectionFile,
    show_table,
    source,
)
from inteso_dash.pages.veraenderung.series import series
from inteso_dash.pages.veraenderung.tables import comparison_file, comparison_table, ordered
from inteso_dash.pages.veraenderung.texts import COMPARISON as TEXTS
from inteso_dash.pages.veraenderung.view import (
    AREA,
    BOTH_TITLE,
    MAP_VIEWS,
    MOST_MAPS,
    SMALL,
    SMALL_MAPS,
    ChangeView,
    map_days,
    measures,
)
from inteso_dash.pages.veraenderung.words import break_marks, remarks
from inteso_dash.session import address
from inteso_dash.session.charts import picture_of, show_chart
from inteso_dash.session.controls import bound_number, bound_segments, bound_selectbox
from inteso_dash.session.literal import literal
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views.addresses import method_link
from inteso_dash.views.map_view import Choice as MapChoice

LINKED = ("v_sicht", "v_linien")
"""Parameters for what is seen of the map of the section."""

SIDES = 12


def small_base() -> float:
    """Let the reader say what a small base is."""
    with st.popover(TEXTS["small"]):
        return bound_number(
            st.number_input,
            TEXTS["small_base"],
            0,
            100_000,
            SMALL_BASE,
            SMALL,
            step=50,
            help=TEXTS["small_help"],
        )


def choose_measure(found: Comparison) -> Measure | None:
    """Let the reader choose how change is told; None where there is none to tell."""
    offered = measures(found)
    return None if offered is None else bound_selectbox(*offered.control)


def caveats(city: City, found: Comparison) -> None:
    """Say what cannot be compared and why, and offer the Stichtage that more areas share."""
    for mark in break_marks(found.breaks, city.catalogue):
        st.markdown(literal(mark.words))
    if found.city.breaks and not found.breaks and found.level != city.catalogue.root.id:
        reason = found.city.breaks[0].reason
        st.caption(literal(TEXTS["city_break"].format(reason=reason)))
    pair = best_pair(city, found.level, found.indicator.id)
    if pair is None:
        ways(city, found.indicator, found.level)
        return
    if pair == (found.start, found.end):
        return
    other = compare(city, found.level, found.indicator.id, *pair)
    count = int(other.areas["change"].notna().sum())
    if count > int(found.areas["change"].notna().sum()):
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.markdown(
            TEXTS["better"].format(
                count=count, start=formats.date(pair[0]), end=formats.date(pair[1])
            )
        )
        right.button(TEXTS["choose"], on_click=take, args=(pair,), width="stretch")


def select(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(AREA, *filter(None, [area_id]))


def compared(city: City, view: ChangeView) -> SectionFile | None:
    """Show the map of change, both values side by side, and the ranked table."""
    if view.start is None:
        return None
    left, right, _ = st.columns([2, 1.2, 1.8], vertical_alignment="bottom")
    with right:
        view = replace(view, small_base=small_base())
    found = view.compared(city)
    with left:
        measure = choose_measure(found)
    caveats(city, found)
    picture = None
    if measure is not None and not view.of_city(city):
        figure = changed(city, found, measure, address.get(AREA))
        drawn = figure.on_screen(city)
        if drawn is None:
            st.info(NO_MAP)
        else:
            area_map(drawn, key="v_karte", on_select=select, names=LINKED, on_move=address.put)
            picture = picture_of(replace(figure, selected=drawn.selected))
    shown = measure or Measure.ABSOLUTE
    beside(found, shown)
    st.header(TEXTS["table"], anchor=False)
    table, digits, signed = comparison_table(city, found, shown)
    signs = missing_signs(found, shown, table)
    show_table(table, digits, signed, signs)
    if found.areas["base"].isna().all() and measure is not None:
        st.caption(TEXTS["no_base"])
    if said := chance.counted(city, found):
        st.caption(f"{literal(said)} {method_link('newcombe')}")
    st.caption(TEXTS["table_note"])
    source(city, [*found.areas["source_before"], *found.areas["source_after"]])
    file = partial(comparison_file, city, found, shown)
    return replace(compared_file(found, "Vergleich", file), picture=picture)


def missing_signs(found: Comparison, measure: Measure, table: pd.DataFrame) -> pd.DataFrame:
    """Return the status of every value in a table of `change.comparison_table`."""
    areas = ordered(found, measure)
    heads = zip(table.columns[2:4], ("status_before", "status_after"), strict=True)
    city = [str(Status.NOT_DELIVERED)] * (len(table) - len(areas))
    return pd.DataFrame({head: [*areas[status], *city] for head, status in heads})


def compared_file(found: Comparison, part: str, table: Callable[[], pd.DataFrame]) -> SectionFile:
    """Return a comparison as it goes into a file."""
    ids = (*found.areas["source_before"], *found.areas["source_after"])
    return SectionFile(part, table, (found.start, found.end), ids, estimates=estimated(found))


def beside(found: Comparison, measure: Measure) -> None:
    """Draw both values of the areas on one line each."""
    picked = pairs(found, measure, SIDES)
    rows, indicator = change_views.marked(picked.rows), found.indicator
    if rows.empty:
        return
    st.header(BOTH_TITLE, anchor=False)
    if picked.cut:
        st.caption(TEXTS["dumbbell_most"].format(most=SIDES))
    elif picked.single:
        st.caption(TEXTS["dumbbell_both"].format(count=picked.single))
    signs = [f"{change_views.SMALL_SIGN} {change_views.small_meaning(found.small_base)}"]
    st.caption("; ".join([indicator.unit, *(signs if rows["small"].any() else [])]))
    chart = both_pairs(rows, (found.start, found.end), indicator, words=False)
    show_chart(chart, key="v_paare")


def dated(city: City, view: ChangeView) -> SectionFile | None:
    """Show the same map at several Stichtage, side by side or with a slider."""
    if view.start is None:
        return None
    if view.of_city(city):
        st.info(TEXTS["whole_maps"])
        ways(city, view.indicator, view.level)
        return None
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        together = bound_segments(*MAP_VIEWS.control) == SMALL_MAPS
    with right:
        base = small_base()
    days = map_days(city, view)
    picked = spread(days, MOST_MAPS) if together else days
    figure = drawn = None
    if days:
        choice = MapChoice(view.level, view.indicator.id)
        figure = content.dated(city, choice, picked, base, together=together)
        drawn = figure.on_screen(city)
    if figure is None or drawn is None:
        st.info(NO_MAP)
        return None
    if together:
        heading = TEXTS["small_title"].format(indicator=view.indicator.title.de, count=len(picked))
        st.header(heading, anchor=False)
        small_maps(drawn, key="v_kleine_karten")
        if len(picked) < len(days):
            st.caption(TEXTS["picked"].format(all=len(days), most=MOST_MAPS))
    else:
        area_map(drawn, key="v_regler", on_select=select, names=LINKED, on_move=address.put)
    st.caption(TEXTS["scale"])
    offered = dated_table(city, view)
    return None if offered is None else replace(offered, picture=picture_of(figure))


def dated_table(city: City, view: ChangeView) -> SectionFile | None:
    """Show the values of all areas at the Stichtage of the maps as a table, if there are any."""
    indicator, level = view.indicator, city.catalogue.level(view.level)
    names = city.areas(level.id)["name"]
    places = [(level.id, str(area)) for area in names.index]
    points = series(city, indicator.id, places, view.start, view.end)
    drawn = points["division"] == level.current.id
    others = sorted(set(points.loc[~drawn, "date"]))
    points = points[drawn]
    if points.empty:
        return None
    cuts = breaks(city, indicator.id, level.id, points["date"].tolist())
    for mark in break_marks(cuts, city.catalogue):
        st.markdown(literal(mark.words))
    if others:
        days = ", ".join(formats.date(day) for day in others)
        st.markdown(TEXTS["other_divisions"].format(days=days))
    table, signs = pd.DataFrame({"Gebiet": names}), pd.DataFrame(index=names.index)
    for day in sorted(set(points["date"])):
        head = f"{formats.date(day)} ({indicator.unit})"
        values = comparable(city, level.id, indicator.id, day)
        table[head], signs[head] = values["value"].astype(float), values["status"]
    digits = dict.fromkeys(map(str, signs.columns), indicator.decimals)
    show_table(table, digits, statuses=signs)
    source(city, points["source_id"].tolist())
    rows = partial(labelled, points.drop(columns="segment"), city)
    return SectionFile(
        "Karten", rows, tuple(sorted(set(points["date"]))), tuple(points["source_id"])
    )


def standing_out(city: City, view: ChangeView) -> SectionFile | None:
    """Show the strongest rises and falls and the largest moves in rank."""
    if view.start is None:
        return None
    if view.of_city(city):
        st.info(TEXTS["whole_list"])
        ways(city, view.indicator, view.level)
        return None
    found = replace(view, small_base=small_base()).compared(city)
    caveats(city, found)
    picked = standouts(found)
    keys = [*picked.rises, *reversed(picked.falls)]
    if not keys and not picked.small:
        st.info(TEXTS["no_standout"])
        return None
    relative = picked.measure is Measure.RELATIVE
    st.header(TEXTS["standout_relative" if relative else "standout_plain"], anchor=False)
    if keys:
        strongest(found, picked)
    if picked.small:
        told = "; ".join(
            f"{row['name']} {_values(found, row)}"
            for row in found.areas.loc[list(picked.small)].to_dict("records")
        )
        threshold = formats.number(found.small_base, 0)
        st.markdown(literal(TEXTS["small_list"].format(base=threshold, areas=told)))
    st.header(TEXTS["moves"], anchor=False)
    if picked.moves:
        moved = found.areas.loc[list(picked.moves)]
        start, end = formats.date(found.start), formats.date(found.end)
        table = pd.DataFrame(
            {
                "Gebiet": moved["name"],
                f"Rang {start}": moved["rank_before"],
                f"Rang {end}": moved["rank_after"],
                "Plätze": moved["rank_move"].astype(int),
                "Werte": [_values(found, row) for row in moved.to_dict("records")],
            }
        )
        show_table(table, {"Plätze": 0}, ["Plätze"])
        st.caption(TEXTS["moves_note"])
    else:
        ranked = found.areas["rank_before"].notna().any()
        st.markdown(TEXTS["moves_none" if ranked else "moves_few"])
    source(city, [*found.both["source_before"], *found.both["source_after"]])
    kept = [*keys, *picked.moves, *picked.small]

    def file() -> pd.DataFrame:
        every = comparison_file(city, found, picked.measure)
        return every[every["Schlüssel"].isin(kept)]

    offered = compared_file(found, "Auffällig", file)
    if not keys:
        return offered
    title = TEXTS["strongest"].format(
        indicator=found.indicator.title.de, period=change_views.period(found)
    )
    small = ", ".join(found.areas.loc[list(picked.small), "name"])
    where = place_of(city, found.level) + (TEXTS["left_out"].format(areas=small) if small else "")
    return replace(offered, picture=picture_of(strongest_bars(found, picked), title, where))


def place_of(city: City, level: str) -> str:
    """Say which areas of which city a picture shows."""
    return f"{city.catalogue.level(level).plural}, {city.catalogue.city.name}"


def strongest(found: Comparison, picked: Standouts) -> None:
    """Draw rises and falls as bars, and show them as a table."""
    measure, drawn = picked.measure, standout_rows(found, picked)
    rows = found.areas.loc[drawn.index]
    digits = decimals(found.indicator, measure)
    show_chart(strongest_bars(found, picked), key="v_auffaellig")
    head = change_tables.head(found, measure)
    table = pd.DataFrame(
        {
            "Gebiet": rows["name"],
            head: rows[str(measure)],
            "Werte": [_values(found, row) for row in rows.to_dict("records")],
            "Hinweis": remarks(found)[rows.index],
        }
    )
    show_table(table, {head: digits}, [head])


def _values(found: Comparison, row: dict[Any, Any]) -> str:
    """Write both values of an area and the change between them."""
    indicator = found.indicator
    before = formats.number(row["before"], indicator.decimals)
    after = formats.with_unit(row["after"], indicator.decimals, indicator.unit)
    errors = (row["error_before"], row["error_after"])
    told = change_words.told(indicator, row["before"], row["after"], errors)
    return f"{before} → {after}, {told}"
