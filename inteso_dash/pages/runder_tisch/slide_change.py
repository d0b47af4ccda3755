"""Figures of the slides on change on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.drawing.screen.pairs import dumbbell, standout_bars
from inteso_dash.drawing.small_maps import small_maps
from inteso_dash.language import formats
from inteso_dash.pages.unterbringung.screen.parts import theme
from inteso_dash.pages.veraenderung.content import (
    BothValues,
    ChangeMap,
    CutMap,
    DatedMap,
    SmallMaps,
    Strongest,
)
from inteso_dash.pages.veraenderung.screen.divisions import changed_map
from inteso_dash.pages.veraenderung.screen.maps import change_map, dated_map

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

NO_MAP = "Für diese Ebene liegen keine Grenzen vor."


def show_map(
    city: City,
    content: ChangeMap | DatedMap | SmallMaps | CutMap,
    *,
    key: str,
    on_select: Callable[[str | None], None],
) -> None:
    """Draw the map or the maps of a slide; selections are told where there is one map."""
    data = map_of(city, content)
    if data is None:
        st.info(NO_MAP)
    elif isinstance(content, SmallMaps):
        days = {formats.date(day) for day in content.days}
        kept = tuple(frame for frame in data.frames if frame.date_label in days)
        small_maps(replace(data, frames=kept), key=key)
    else:
        area_map(data, key=key, on_select=on_select)


def map_of(city: City, content: ChangeMap | DatedMap | SmallMaps | CutMap) -> MapData | None:
    """Return the map that the page shows, None where there are no boundaries."""
    if isinstance(content, ChangeMap):
        return change_map(city, content.found, content.measure, content.selected)
    if isinstance(content, CutMap):
        level = city.catalogue.level(content.level)
        return changed_map(city, level, content.found, content.pair, content.selected)
    days = content.period if isinstance(content, DatedMap) else content.days
    period = days[0], days[-1]
    drawn = dated_map(city, content.level, content.indicator_id, period, content.small_base)
    selected = content.selected if isinstance(content, DatedMap) else None
    return None if drawn is None else replace(drawn, selected=selected)


def chart_of(content: BothValues | Strongest) -> Figure:
    """Return the chart that the page shows."""
    if isinstance(content, BothValues):
        unit, decimals = content.unit, content.decimals
        return dumbbell(content.rows, content.days, unit, decimals, words=True, theme=theme())
    return standout_bars(content.rows, content.head, theme=theme())
