"""What the reader of the page on change chooses for all sections, and where else one can go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

import streamlit as st

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.formats import signed
from inteso_dash.pages.veraenderung.reach import Reach, of_other_indicators, on_other_levels
from inteso_dash.pages.veraenderung.screen.sections import KEPT_AREAS, begin_with
from inteso_dash.pages.veraenderung.texts import CHOICE as TEXTS
from inteso_dash.pages.veraenderung.view import (
    AREAS,
    BOUNDS,
    FROM,
    INDICATOR,
    LEVEL,
    SECTION,
    SECTIONS,
    TO,
    ChangeView,
    indicators,
    levels,
    start_days,
)
from inteso_dash.pages.veraenderung.words import Different, different, published_changes
from inteso_dash.session import address
from inteso_dash.session.controls import bound_segments, bound_selectbox, note
from inteso_dash.session.literal import literal
from inteso_dash.views.addresses import title_of
from inteso_dash.views.shown import Offer

LISTED = 6
_KEPT_SECTION = "v_bereich_zuletzt"


@dataclass(frozen=True)
class Options:
    """The indicators and levels that can be chosen."""

    city: City
    indicators: Offer[str]
    levels: Offer[str]

    @property
    def chosen(self) -> tuple[str, str]:
        """Level and indicator that stand in the controls."""
        state = st.session_state
        return self.levels.options[state[LEVEL]], self.indicators.options[state[INDICATOR]]


def options(city: City) -> Options:
    """Return what can be chosen (`ViewError` where there are no figures)."""
    return Options(city, indicators(city), levels(city))


def sections(city: City) -> dict[str, str]:
    """Return the sections of a city; what became of its areas only where any were redrawn."""
    redrawn = any(len(level.divisions) > 1 for level in city.catalogue.levels)
    return {title: own for title, own in SECTIONS.items() if redrawn or own != BOUNDS}


def choose(offered: Options) -> ChangeView:
    """Show the controls of all sections; return what was chosen."""
    controls = st.container()
    shown = sections(offered.city)
    gone = title_of(address.get(SECTION) or "", SECTIONS)
    if gone is not None and gone not in shown:
        address.put(SECTION)
        note(TEXTS["one_division"].format(found=gone, shown=next(iter(shown))))
    follow = partial(follow_section, offered)
    section = bound_segments(TEXTS["part"], shown, SECTION, on_change=follow)
    st.session_state[_KEPT_SECTION] = section
    with controls:
        return _choose(offered, section)


def _choose(offered: Options, section: str) -> ChangeView:
    city, follow = offered.city, partial(begin_anew, offered)
    columns = st.columns([2.4, 1.2, 1, 1], vertical_alignment="bottom")
    with columns[0]:
        key = bound_selectbox(*offered.indicators.control, on_change=follow)
    with columns[1]:
        level = bound_selectbox(*offered.levels.control, on_change=follow)
    indicator = city.catalogue.indicator(key)
    days = {formats.date(day): day for day in city.dates(level, indicator.id)}
    period = start_days(city, level, indicator.id, section)
    if period is None:
        return ChangeView(section, indicator, level, None, next(iter(days.values()), None))
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
    return ChangeView(section, indicator, level, begin, end)


def take(days: tuple[dt.date, dt.date]) -> None:
    """Choose two Stichtage for the reader."""
    st.session_state[FROM], st.session_state[TO] = (formats.date(day) for day in days)


def begin_anew(offered: Options) -> None:
    """Begin with the areas and the period of an indicator and level just chosen."""
    city, (level, indicator_id) = offered.city, offered.chosen
    indicator = city.catalogue.indicator(indicator_id)
    st.session_state[KEPT_AREAS] = begin_with(city, indicator, level)
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
    wanted = (found.indicator.id, offered.indicators), (found.level.id, offered.levels)
    for own, offer in wanted:
        titles = {chosen: title for title, chosen in offer.options.items()}
        st.session_state[offer.key] = titles[own]
    begin_anew(offered)


def ways(city: City, indicator: Indicator, level_id: str) -> None:
    """Say what can be compared instead, and offer to go there."""
    level = city.catalogue.level(level_id)
    offered = options(city)
    names = {own: name for name, own in offered.levels.options.items()}
    levels = on_other_levels(city, indicator.id, level.id)
    others = of_other_indicators(city, level.id, indicator.id)[:LISTED]
    with st.container(border=True):
        st.markdown(f"**{TEXTS['heading']}**")
        said = TEXTS["levels" if levels else "no_levels"].format(indicator=indicator.title.de)
        _offer(offered, said, {names[each.level.id]: each for each in levels})
        said = TEXTS["indicators" if others else "no_indicators"].format(
            plural=formats.definite(level.plural)
        )
        _offer(offered, said, {each.indicator.short.de: each for each in others})


def _offer(offered: Options, said: str, found: dict[str, Reach]) -> None:
    st.markdown(literal(said))
    row = st.container(horizontal=True)
    for name, each in found.items():
        words = TEXTS["path"].format(name=name, period=period(each.start, each.end))
        if each.areas > 1:
            words += TEXTS["shared"].format(shared=each.shared, areas=each.areas)
        row.button(
            words,
            key=f"v_weg_{each.level.id}_{each.indicator.id}",
            on_click=partial(go, offered, each),
            icon=":material/arrow_forward:",
        )


def period(start: dt.date, end: dt.date) -> str:
    """Write two Stichtage briefly: their years where both end one.

    Examples
    --------
    >>> period(dt.date(2015, 12, 31), dt.date(2021, 12, 31))
    '2015–2021'
    >>> period(dt.date(2016, 8, 31), dt.date(2017, 3, 31))
    '31.08.2016 und 31.03.2017'
    """
    if all((day.month, day.day) == (12, 31) for day in (start, end)):
        return f"{start.year}–{end.year}"
    return TEXTS["days"].format(start=formats.date(start), end=formats.date(end))


def not_joined(city: City, view: ChangeView) -> None:
    """Say which indicators look alike and are not joined, and show published changes."""
    indicator = view.indicator
    for each in published_changes(city.catalogue, indicator.id):
        st.markdown(literal(published_words(city, each)))
    groups: dict[str, list[Different]] = {}
    for found in different(city, indicator, view.level):
        groups.setdefault(found.reason, []).append(found)
    if not groups:
        return
    st.header(TEXTS["different"], anchor=False)
    for reason, members in groups.items():
        days = sorted({day for member in members for day in member.dates})
        template = TEXTS["different_dates" if days else "different_none"]
        st.markdown(
            template.format(
                titles=literal(", ".join(member.indicator.title.de for member in members)),
                dates=", ".join(formats.date(day) for day in days),
                reason=literal(reason),
            )
        )


def explain(indicator: Indicator) -> None:
    """Say what the indicator means, folded away."""
    with st.expander(TEXTS["meaning"]):
        for text in filter(None, (indicator.meaning, indicator.caveat)):
            st.write(literal(text))


def published_words(city: City, indicator: Indicator) -> str:
    """Write a published change as it was published; empty where there is none."""
    said: list[str] = []
    ids: list[str] = []
    for level in reversed(city.catalogue.levels):
        for day in city.dates(level.id, indicator.id):
            for area, value in city.known(level.id, indicator.id, day).items():
                cell = city.cell(level.id, str(area), indicator.id, day)
                name = city.areas(level.id, city.division(level.id, day, indicator.id))["name"].get(
                    area, area
                )
                written = signed(float(value), indicator.decimals, indicator.unit)
                said.append(f"{name} {written}")
                ids += [] if cell is None else [str(cell["source_id"])]
    if not said:
        return ""
    return TEXTS["published"].format(
        title=indicator.title.de,
        values=", ".join(said),
        meaning=indicator.not_aggregable,
        source=city.source_titles(ids),
    )
