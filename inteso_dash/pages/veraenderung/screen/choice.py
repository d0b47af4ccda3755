"""What the reader of the page on change chooses for all sections, and where it begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

import streamlit as st

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.veraenderung import reach as change_reach
from inteso_dash.pages.veraenderung.reach import Reach
from inteso_dash.pages.veraenderung.screen.sections import (
    KEPT_AREAS,
    TEXTS,
    CourseChoice,
    start_areas,
)
from inteso_dash.pages.veraenderung.slide import MAPS, SECTIONS, STANDOUTS, TWO
from inteso_dash.session.controls import bound_segments, bound_selectbox

INDICATOR, LEVEL, FROM, TO = "v_indikator", "v_ebene", "v_von", "v_bis"
AREAS, SECTION = "v_gebiete", "v_bereich"
COMPARING = (TWO, MAPS, STANDOUTS)
_KEPT_SECTION = "v_bereich_zuletzt"


@dataclass(frozen=True)
class Options:
    """What can be chosen: ids of indicators by title, ids of levels by plural."""

    city: City
    titles: dict[str, str]
    plurals: dict[str, str]

    @property
    def chosen(self) -> tuple[str, str]:
        """Level and indicator that stand in the controls."""
        state = st.session_state
        return self.plurals[state[LEVEL]], self.titles[state[INDICATOR]]


def options(city: City) -> Options:
    """Return the indicators that have figures, in the order of their topics, and all levels."""
    catalogue = city.catalogue
    titles = {
        each.title.de: each.id
        for topic in catalogue.topics
        for each in catalogue.indicators
        if each.topic == topic.id
        and any(city.dates(level.id, each.id) for level in catalogue.levels)
    }
    plurals = {
        (level.plural if level.parent else level.title.de): level.id for level in catalogue.levels
    }
    return Options(city, titles, plurals)


def choose(city: City) -> tuple[CourseChoice, str]:
    """Show the controls of all sections; return what was chosen, and the section."""
    offered = options(city)
    controls = st.container()
    follow = partial(follow_section, offered)
    section = bound_segments(TEXTS["part"], SECTIONS, SECTION, on_change=follow)
    st.session_state[_KEPT_SECTION] = section
    with controls:
        return _choose(city, offered, section), section


def _choose(city: City, offered: Options, section: str) -> CourseChoice:
    catalogue, start = city.catalogue, city.catalogue.start
    columns = st.columns([2.4, 1.2, 1, 1], vertical_alignment="bottom")
    follow = partial(begin_anew, offered)
    with columns[0]:
        own = list(offered.titles.values())
        first = next(iter(start.key_figures), start.indicator)
        at = own.index(first) if first in own else 0
        key = bound_selectbox(TEXTS["indicator"], offered.titles, INDICATOR, at, on_change=follow)
    with columns[1]:
        at = list(offered.plurals.values()).index(start.profile_level)
        level = bound_selectbox(TEXTS["level"], offered.plurals, LEVEL, at, on_change=follow)
    indicator = catalogue.indicator(key)
    days = {formats.date(day): day for day in city.dates(level, indicator.id)}
    period = start_days(city, level, indicator.id, section)
    if period is None:
        return CourseChoice(indicator, level, None, next(iter(days.values()), None))
    first_day, last_day = period
    own_days = list(days.values())
    with columns[2]:
        earlier = {title: day for title, day in days.items() if day != own_days[-1]}
        begin = bound_selectbox(TEXTS["from"], earlier, FROM, own_days.index(first_day))
    later = {title: day for title, day in days.items() if day > begin}
    with columns[3]:
        there = list(later.values())
        at = there.index(last_day) if last_day in there else len(there) - 1
        end = bound_selectbox(TEXTS["to"], later, TO, at)
    return CourseChoice(indicator, level, begin, end)


def start_days(
    city: City, level: str, indicator_id: str, section: str
) -> tuple[dt.date, dt.date] | None:
    """Return the Stichtage that a section begins with."""
    return change_reach.period(city, level, indicator_id, shared=section in COMPARING)


def take(days: tuple[dt.date, dt.date]) -> None:
    """Choose two Stichtage for the reader."""
    st.session_state[FROM], st.session_state[TO] = (formats.date(day) for day in days)


def begin_anew(offered: Options) -> None:
    """Begin with the areas and the period of an indicator and level just chosen."""
    city, (level, indicator_id) = offered.city, offered.chosen
    indicator = city.catalogue.indicator(indicator_id)
    st.session_state[KEPT_AREAS] = start_areas(city, indicator, level)
    if AREAS in st.session_state:
        st.session_state[AREAS] = st.session_state[KEPT_AREAS]
    period = start_days(city, level, indicator_id, SECTIONS[st.session_state[SECTION]])
    if period is not None:
        take(period)


def follow_section(offered: Options) -> None:
    """Begin with the period of the section just chosen, unless the reader had chosen another."""
    level, indicator_id = offered.chosen
    before, now = (
        start_days(offered.city, level, indicator_id, section)
        for section in (st.session_state[_KEPT_SECTION], SECTIONS[st.session_state[SECTION]])
    )
    if before is None or now is None:
        return
    if [st.session_state[key] for key in (FROM, TO)] == [formats.date(day) for day in before]:
        take(now)


def go(offered: Options, found: Reach) -> None:
    """Choose the indicator and level of a comparison, and its Stichtage."""
    ids = {own: name for name, own in offered.titles.items()}
    levels = {own: name for name, own in offered.plurals.items()}
    st.session_state[INDICATOR] = ids[found.indicator.id]
    st.session_state[LEVEL] = levels[found.level.id]
    begin_anew(offered)
