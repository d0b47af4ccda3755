"""Scenarios that a reader keeps beside the one that is worked on: chart and table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from inteso_dash.catalogue.scenarios import ScenarioPlan
from inteso_dash.pages.unterbringung.scenario import ScenarioResult
from inteso_dash.pages.unterbringung.scenario_compare import (
    BESIDE,
    MOST_BESIDE,
    NamedScenario,
    compared_lines,
    compared_sheet,
    packed,
    read_beside,
)
from inteso_dash.pages.unterbringung.scenario_content import sources
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.parts import Section, show_table, source
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.texts import SCENARIO
from inteso_dash.session import address
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import note
from inteso_dash.session.literal import literal

LOADED = "s_geladen"
"""A scenario that the next run goes on with."""


def kept_beside(section: Section) -> dict[str, ScenarioResult]:
    """Return the scenarios that the address keeps beside the one that is worked on."""
    level, notes = section.shown.level, list[str]()
    found = read_beside(
        section.city, level, address.get_all(BESIDE), partial(kept.scenario, level), notes
    )
    for each in notes:
        note(each)
    address.draw(BESIDE, *found)
    return found


def comparison(
    section: Section, plan: ScenarioPlan, shown: list[NamedScenario], beside: list[str]
) -> list[FileTable]:
    """Let the reader keep scenarios, and set them beside the one that is worked on.

    Parameters
    ----------
    section : Section
    plan : ScenarioPlan
        The one that is worked on.
    shown : list of NamedScenario
        Those kept and, last, the one that is worked on.
    beside : list of str
        Those kept, as they stand in the address.
    """
    st.header(SCENARIO["compare"], anchor=False)
    st.caption(SCENARIO["compare_note"])
    full = len(beside) >= MOST_BESIDE
    st.button(
        SCENARIO["keep_beside"],
        key="s_festhalten",
        on_click=address.put,
        args=(BESIDE, *beside, packed(plan)),
        disabled=full,
        help=SCENARIO["keep_beside_full"] if full else None,
    )
    for place, one in enumerate(shown[:-1]):
        _kept(plan, beside, place, one)
    lines = compared_lines(shown)
    if beside and lines.courses:
        st.subheader(lines.title, anchor=False)
        show_chart(lines, key="s_vergleich")
        st.caption(literal(lines.note))
    sheet = compared_sheet(section.city, shown)
    st.subheader(sheet.title, anchor=False)
    show_table(sheet)
    st.caption(literal(SCENARIO["compared_more"].format(point=section.declared.points.title)))
    for each in dict.fromkeys(sources(section.city, one.result) for one in shown):
        source(section.city, each)
    return [sheet]


def _kept(plan: ScenarioPlan, beside: list[str], place: int, one: NamedScenario) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(one.name)}**", width="content")
        st.button(
            SCENARIO["open_beside"],
            key=f"s_tauschen_{place}",
            help=SCENARIO["open_beside_help"],
            on_click=_swap,
            args=(plan, one.result.plan, beside, place),
        )
        st.button(
            SCENARIO["remove_beside"],
            key=f"s_entfernen_{place}",
            on_click=address.put,
            args=(BESIDE, *beside[:place], *beside[place + 1 :]),
        )


def _swap(plan: ScenarioPlan, other: ScenarioPlan, beside: list[str], place: int) -> None:
    """Go on with a kept scenario, and keep the one that was worked on in its place."""
    st.session_state[LOADED] = other
    address.put(BESIDE, *beside[:place], packed(plan), *beside[place + 1 :])
