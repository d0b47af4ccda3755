"""Where new sites of a scenario lie: set on a map, by click or by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from inteso_dash.boundaries.payload import map_units, position
from inteso_dash.catalogue.scenarios import PlannedChange, ScenarioPlan
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.picking import Siting
from inteso_dash.language import formats
from inteso_dash.pages.unterbringung.content import figure_map
from inteso_dash.pages.unterbringung.scenario import POSITION, located
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.parts import Section
from inteso_dash.pages.unterbringung.texts import SCENARIO
from inteso_dash.pages.unterbringung.view import measures
from inteso_dash.session import store
from inteso_dash.session.literal import literal
from inteso_dash.views.colours import CIRCLE_COLOURS
from inteso_dash.views.maps import Circles, site_circles
from inteso_dash.views.shown import ViewError

_OPEN, _WHICH, _MAP, _OUTSIDE = "s_lage", "s_lage_von", "s_lage_karte", "s_lage_daneben"
_WIDTH = 320
Put = Callable[[tuple[PlannedChange, ...]], None]


def site_map(section: Section, plan: ScenarioPlan, put: Put) -> None:
    """Let the reader set where a site that opens lies.

    Parameters
    ----------
    section : Section
    plan : ScenarioPlan
    put : callable
        Takes the changes with another position.
    """
    opened = {at: each for at, each in enumerate(plan.changes) if each.kind == "eroeffnen"}
    if not opened or not st.toggle(SCENARIO["site"], key=_OPEN):
        return
    titles = {at: each.name or SCENARIO["new_one"] for at, each in opened.items()}
    with st.container(width=_WIDTH):
        chosen = st.selectbox(
            SCENARIO["site_of"], list(titles), key=_WHICH, format_func=lambda each: titles[each]
        )
        at = next(each for each in titles if each == chosen)
    if st.session_state.pop(_OUTSIDE, False):
        st.warning(literal(SCENARIO["site_outside"]))
    level = section.shown.level
    geometry = store.geometries().get((level, section.city.catalogue.level(level).current.id))
    start = kept.situation(level, plan.start)
    drawn = figure_map(start, measures(start).first, None, None)
    drawn = replace(drawn, circles=_sited(start.sites, plan))
    data = drawn.on_screen(section.city)
    if data is None or geometry is None:
        return
    here = opened[at].position
    units, where = None, ""
    if here is not None:
        lies = {name: formats.number(each, 5) for name, each in zip(POSITION, here, strict=True)}
        where = SCENARIO["lies"].format(**lies)
        (units,) = map_units([here[0]], [here[1]], geometry.frame, geometry.crs)

    def set_site(key: str, x: float, y: float) -> None:
        lon, lat = (round(each, 5) for each in position(x, y, geometry.frame, geometry.crs))
        change = opened.get(int(key))
        if change is None:
            return
        moved = change.model_copy(update={"lon": lon, "lat": lat, "area": ""})
        try:
            one = located(section.city, level, plan.model_copy(update={"changes": (moved,)}))
        except ViewError:
            st.session_state[_OUTSIDE] = True
            return
        put(tuple(one.changes[0] if own is change else own for own in plan.changes))

    siting = Siting(str(at), titles[at], units, where)
    area_map(replace(data, siting=siting), key=_MAP, on_site=set_site)


def _sited(sites: pd.DataFrame, plan: ScenarioPlan) -> Circles | None:
    """Return a circle for every site with a position: those of the register, and new ones."""
    new = [
        {"name": each.name, "form": "", "places": each.places, "lon": each.lon, "lat": each.lat}
        for each in plan.changes
        if each.position is not None
    ]
    known = sites[["name", "form", "places", *POSITION]]
    every = pd.concat([known, pd.DataFrame(new)]) if new else known
    return site_circles(SCENARIO["sited"], "Plätze", every, "places", CIRCLE_COLOURS["light"][0])
