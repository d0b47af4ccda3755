"""The sections of the page: what each draws, and what it gives away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.muster import apart, content, files, kept, pattern, strongest, two
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.apart import Apart, ApartChoice
from inteso_dash.pages.muster.choice import PAGE
from inteso_dash.pages.muster.pattern import PatternChoice
from inteso_dash.pages.muster.strongest import OneChoice
from inteso_dash.pages.muster.texts import HEADS, TEXTS
from inteso_dash.pages.muster.two import TwoChoice
from inteso_dash.session import address, downloads, mishaps
from inteso_dash.session.charts import picture_of, show_chart
from inteso_dash.session.controls import (
    bound_multiselect,
    bound_selectbox,
    bound_switch,
    chosen_area,
)
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views import dated
from inteso_dash.views.addresses import method_link
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.figures import Chart, Figure
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import when

OPEN = "m_profil"
LINKED = ("m_sicht", "m_linien")
"""Parameters for what is seen of a map."""
_ROWS = 420
_COLUMNS = [1.5, 1.5, 1, 0.9, 0.8]


@dataclass(frozen=True)
class SectionShown:
    """What a section says at the top, and what it gives away.

    Attributes
    ----------
    says : str
    named : tuple of (str, str)
        What makes up the view besides what stands in the address.
    things : callable
        Returns what can be taken along of a view.
    """

    says: str
    named: tuple[tuple[str, str], ...]
    things: Callable[[Address], list[Thing]]


def keep_area(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    address.put(asked.AREA, *filter(None, [area_id]))


def keep_light(kind: int | None) -> None:
    """Keep the class that stands out in the address."""
    address.put(asked.LIT, *([] if kind is None else [str(kind)]))


def open_profile(area_id: str) -> None:
    """Remember to show the profile of an area."""
    st.session_state[OPEN] = area_id


def picked(key: str, areas: list[str]) -> None:
    """Select the area of a row that was chosen in a table."""
    rows = st.session_state[key]["selection"]["rows"]
    keep_area(areas[rows[0]] if rows else None)


def pointed(key: str, areas: list[str]) -> None:
    """Select the area of a dot that was clicked."""
    dots = [
        each["point_index"]
        for each in st.session_state[key]["selection"]["points"]
        if each["curve_number"] == 0
    ]
    if dots:
        keep_area(areas[dots[0]])


def choose_two(city: City) -> TwoChoice:
    """Draw the controls of two indicators."""
    columns = st.columns(_COLUMNS, vertical_alignment="bottom")
    with columns[2]:
        level = bound_selectbox(*asked.levels(city).control)
    with columns[0]:
        first = bound_selectbox(*asked.indicators(city, level).control)
    with columns[1]:
        second = bound_selectbox(*asked.seconds(city, level, first).control)
    with columns[3]:
        day = bound_selectbox(*asked.days(city, level, first).control)
    offered = asked.second_days(city, level, second, day)
    other = offered.first
    with columns[4], st.popover(TEXTS["classes"], width="stretch"):
        method = bound_selectbox(*asked.METHODS.control, help=method_link("zwei-klassen"))
        if len(offered.options) > 1:
            other = bound_selectbox(*offered.control)
        weighted = city.catalogue.population is not None and bound_switch(
            TEXTS["weighted"], asked.WEIGHTED
        )
        bound_multiselect(
            TEXTS["named"],
            {
                f"{city.name_beside_key(level, each)} ({each})": each
                for each in city.areas(level).index
            },
            asked.NAMED,
            most=asked.MOST_NAMED,
            unknown=TEXTS["named_unknown"],
            placeholder=TEXTS["named_placeholder"],
        )
    return TwoChoice(level, first, second, day, other, method, weighted)


def show_two(city: City, chosen: TwoChoice) -> SectionShown:
    """Draw two indicators: map, dots, coefficients, table."""
    shown = kept.related(chosen)
    level = chosen.level
    chosen_area(city, level, asked.AREA)
    marks = two.marked(city, level, address.view(PAGE), [])
    st.caption(TEXTS["caution"])
    figure = kept.two_map(chosen, marks)
    drawn = figure.on_screen(city)
    if drawn is None:
        st.info(NO_MAP)
    else:
        area_map(
            drawn,
            key="m_karte",
            on_select=keep_area,
            on_open=open_profile,
            names=LINKED,
            on_move=address.put,
            on_light=keep_light,
        )
        lit = TEXTS["legend"]
        if marks.lit is not None:
            lit = TEXTS["lit"].format(kind=shown.kind_name(marks.lit))
        st.caption(literal(lit))
    dots = kept.dots(chosen, marks)
    with mishaps.part():
        st.header(TEXTS["scatter"], anchor=False)
        areas = [str(each) for each in shown.both]
        st.markdown(literal(" ".join(two.details(city, shown))))
        show_chart(dots, key="m_punkte", on_point=partial(pointed, "m_punkte", areas))
    with mishaps.part():
        st.header(TEXTS["all"], anchor=False)
        table = kept.rows(chosen)
        order = [str(each) for each in table.index]
        show_rows(table, content.digits(shown), "m_tabelle", partial(picked, "m_tabelle", order))
    source(city, shown.first, shown.second)

    def things(here: Address) -> list[Thing]:
        last = max(chosen.first_day, chosen.second_day)
        return _things(
            _Given(city, level, two.title(shown), last.isoformat(), here),
            (shown.first, shown.second),
            lambda: files.two_table(city, shown),
            {TEXTS["map"]: figure, TEXTS["scatter"]: dots},
        )

    days = (
        (asked.DAY, chosen.first_day.isoformat()),
        (asked.SECOND_DAY, chosen.second_day.isoformat()),
    )
    return SectionShown(two.sentence(city, shown), days, things)


def choose_dated(city: City, columns: Sequence[DeltaGenerator]) -> tuple[str, str, dt.date]:
    """Draw the controls of one indicator; return level, indicator and Stichtag."""
    with columns[1]:
        level = bound_selectbox(*asked.levels(city).control)
    with columns[0]:
        indicator = bound_selectbox(TEXTS["indicator"], *asked.indicators(city, level).control[1:])
    with columns[2]:
        day = bound_selectbox(*asked.days(city, level, indicator).control)
    return level, indicator, day


def choose_one(city: City) -> OneChoice:
    """Draw the controls of one indicator among all."""
    columns = st.columns([2, 1, 1, 1.6], vertical_alignment="bottom")
    chosen = choose_dated(city, columns)
    with columns[3]:
        return OneChoice(*chosen, bound_switch(TEXTS["only_free"], asked.FREE))


def choose_pattern(city: City) -> PatternChoice:
    """Draw the controls of a spatial pattern."""
    return PatternChoice(*choose_dated(city, st.columns([2, 1, 1], vertical_alignment="bottom")))


def show_strongest(city: City, chosen: OneChoice) -> SectionShown:
    """List what goes together with one indicator; a row leads to both."""
    shown = kept.all_of(chosen)
    st.markdown(strongest.counted(shown))
    st.caption(TEXTS["caution"])
    table = strongest.rows(shown)
    ids = [str(each) for each in table.index]
    coefficients = dict.fromkeys(HEADS[1:5], 2)
    show_rows(
        table,
        {HEADS[5]: 0},
        "m_rangliste",
        partial(follow, ids, chosen),
        {**dict.fromkeys(coefficients, two.coefficient), HEADS[6]: strongest.written_q},
    )
    st.caption(TEXTS["strongest_note"])
    source(city, shown.indicator, *shown.others.values())

    def things(here: Address) -> list[Thing]:
        name = TEXTS["strongest_title"].format(title=shown.indicator.indicator.title.de)
        return _things(
            _Given(city, chosen.level, name, chosen.day.isoformat(), here),
            (shown.indicator, *shown.others.values()),
            lambda: files.strongest_table(shown),
            {},
        )

    return SectionShown(strongest.sentence(shown), ((asked.DAY, chosen.day.isoformat()),), things)


def show_pattern(city: City, chosen: PatternChoice) -> SectionShown:
    """Draw where high and low values lie together: map, dots, table."""
    with st.spinner(TEXTS["computing"]):
        shown = kept.spatial(chosen)
    selected = chosen_area(city, chosen.level, asked.AREA)
    st.caption(" ".join([pattern.chance(shown), *pattern.left_out(city, shown)]))
    figure = pattern.pattern_map(shown, selected)
    drawn = figure.on_screen(city)
    if drawn is not None:
        area_map(
            drawn,
            key="m_muster",
            on_select=keep_area,
            on_open=open_profile,
            names=LINKED,
            on_move=address.put,
        )
    dots = pattern.dots(city, shown, selected)
    with mishaps.part():
        st.header(TEXTS["dots"], anchor=False)
        areas = [str(each) for each in shown.found.areas.index]
        show_chart(dots, key="m_nachbarn", on_point=partial(pointed, "m_nachbarn", areas))
    with mishaps.part():
        st.header(TEXTS["all"], anchor=False)
        table = pattern.rows(city, shown)
        order = [str(each) for each in table.index]
        decimals = shown.indicator.indicator.decimals
        digits = {shown.indicator.axis: decimals, pattern.around(shown): decimals}
        show_rows(
            table,
            digits,
            "m_gebietsliste",
            partial(picked, "m_gebietsliste", order),
            {"q": strongest.written_q},
        )
        st.caption(TEXTS["pattern_note"])
    source(city, shown.indicator)

    def things(here: Address) -> list[Thing]:
        return _things(
            _Given(city, chosen.level, pattern.title(shown), chosen.day.isoformat(), here),
            (shown.indicator,),
            lambda: files.pattern_table(city, shown),
            {TEXTS["map"]: figure, TEXTS["dots"]: dots},
        )

    return SectionShown(
        pattern.sentence(city, shown), ((asked.DAY, chosen.day.isoformat()),), things
    )


def choose_apart(city: City) -> Apart:
    """Draw the controls of segregation (`ViewError` where no group can be measured)."""
    columns = st.columns([1, 1, 1.4], vertical_alignment="bottom")
    with columns[0]:
        level = bound_selectbox(*kept.group_levels().control)
    groups = kept.groups(level)
    with columns[1]:
        day = bound_selectbox(*apart.days(groups).control)
    with columns[2]:
        measure = bound_selectbox(*apart.MEASURE.control)
    return Apart(ApartChoice(level, day, measure), groups)


def show_apart(city: City, shown: Apart) -> SectionShown:
    """Draw how far groups live apart: all at one Stichtag, each over time, table."""
    plural, day = city.catalogue.level(shown.choice.level).plural, shown.choice.day
    st.caption(TEXTS["apart_caution"])
    figures: dict[str, Chart] = {TEXTS["compared"]: apart.bars(city, shown)}
    course = apart.course(city, shown)
    if course is not None:
        figures[TEXTS["course"]] = course
    for heading, figure in figures.items():
        with mishaps.part():
            st.header(heading, anchor=False)
            show_chart(figure, key=f"m_{heading}")
    if course is None:
        st.caption(literal(TEXTS["one_day"].format(plural=plural, day=formats.date(day))))
    else:
        st.caption(TEXTS["course_note"])
        for mark in course.marks:
            st.markdown(literal(f"{formats.date(mark.date)}: {mark.words}"))
    with mishaps.part():
        st.header(TEXTS["table"], anchor=False)
        show_rows(apart.rows(shown), apart.digits(), "m_gruppen")
        st.caption(TEXTS["segregation_note"])
    missing = kept.left_out(shown.choice.level, day)
    if missing:
        st.caption(literal(TEXTS["groups_left_out"].format(groups="; ".join(missing))))
    drawn = shown.now if course is None else shown.groups
    cited = city.source_titles(each.source_id for each in drawn)
    st.caption(literal(TEXTS["source"].format(source=cited, date=when(each.day for each in drawn))))

    def things(here: Address) -> list[Thing]:
        told = files.apart_told(city, shown, address=downloads.absolute(here))
        made = ["inteso", PAGE, plural, TEXTS["segregation"], day.isoformat()]
        ids = tuple(each.indicator.id for each in shown.now)
        tables = downloads.tables(city, lambda: files.apart_table(city, shown), lambda: told, ids)
        found = [Thing(downloads.TEXTS["table"], made, tables)]
        for heading, figure in figures.items():
            make = picture_of(figure, apart.title(shown), plural)
            found.append(Thing(heading, [*made, heading], downloads.pictures(partial(make, told))))
        return found

    return SectionShown(apart.sentence(city, shown), ((asked.DAY, day.isoformat()),), things)


def follow(ids: list[str], chosen: OneChoice) -> None:
    """Go to the two indicators of a row that was chosen."""
    rows = st.session_state["m_rangliste"]["selection"]["rows"]
    if rows:
        for key, value in strongest.way(kept.all_of(chosen), ids[rows[0]]):
            address.ask(key, value)


def show_rows(
    table: pd.DataFrame,
    digits: dict[str, int],
    key: str,
    on_row: Callable[[], None] | None = None,
    writers: dict[str, Callable[[float], str]] | None = None,
) -> None:
    """Show a table with German numbers, of which a row can be chosen where that leads somewhere."""
    silent = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
    written: dict[Any, Any] = dict(writers or {})
    for head, count in digits.items():
        written[head] = partial(formats.number, decimals=count)
    shown = table.reset_index(drop=True)
    texts = [head for head in shown.columns if not pd.api.types.is_numeric_dtype(shown[head])]
    shown[texts] = shown[texts].map(lambda cell: literal(cell) if isinstance(cell, str) else cell)
    st.dataframe(
        shown.style.format(written, na_rep=silent),
        hide_index=True,
        width="stretch",
        height=_ROWS,
        key=key,
        on_select=on_row or "ignore",
        selection_mode="single-row",
        placeholder=silent,
        column_config={head: st.column_config.Column(width="small") for head in written},
    )


def source(city: City, *shown: DatedIndicator) -> None:
    """Name sources and Stichtage under a figure, and what estimated values rest on."""
    for told in dated.told_estimates(shown):
        st.caption(literal(told))
    cited = city.source_titles(dated.source_ids(shown))
    days = when(each.day for each in shown)
    st.caption(literal(TEXTS["source"].format(source=cited, date=days)))


@dataclass(frozen=True)
class _Given:
    """What is given away: of what, named how, and the address of the view."""

    city: City
    level: str
    name: str
    day: str
    here: Address


def _things(
    given: _Given,
    rests_on: Sequence[DatedIndicator],
    table: Callable[[], pd.DataFrame],
    figures: Mapping[str, Figure],
) -> list[Thing]:
    """Return a table and figures as things to take along."""
    city, level = given.city, given.city.catalogue.level(given.level)
    outlines = city.layers.get((level.id, level.current.id))
    cited = "" if outlines is None else outlines.citation
    link = downloads.absolute(given.here)
    told = dated.level_statement(city, level.id, given.name, rests_on, address=link)
    on_map = replace(told, boundaries=cited)
    made = ["inteso", PAGE, level.plural, given.name, given.day]
    ids = tuple(each.indicator.id for each in rests_on)
    tables = downloads.tables(city, table, lambda: told, ids)
    found = [Thing(downloads.TEXTS["table"], made, tables)]
    for heading, figure in figures.items():
        on_paper = isinstance(figure, Map)
        if on_paper and outlines is None:
            continue
        make = picture_of(figure, given.name, level.plural)
        pictures = downloads.pictures(partial(make, on_map if on_paper else told))
        found.append(Thing(heading, [*made, heading], pictures))
    return found
