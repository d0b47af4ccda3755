"""The same map at several Stichtage, side by side on one scale; geometry travels once.

The program text is fetched once from our own server, which has to send `MODULE` at its address.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.drawing.area_map.texts import TEXTS as MAP_TEXTS
from inteso_dash.drawing.components import loader, module

TEXTS = MAP_TEXTS | {
    "small_map": "{title}, {date}: {low} bis {high}, {known} von {count} {areas} mit Angabe",
    "small_map_none": "{title}, {date}: keine Angaben",
    "small_note": "{known} von {count}",
    "small_hint": "Zeigen Sie auf ein Gebiet, um seine Werte an allen Stichtagen zu lesen.",
}

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "../area_map/format.js",
    "../area_map/dom.js",
    "../area_map/geometry.js",
    "../area_map/patterns.js",
    "main.js",
)

MODULE = module(_FOLDER, _SCRIPTS, "small_maps.css", TEXTS)
"""The component's program text, to be served at its address."""

_component = st.components.v2.component("inteso_small_maps", js=loader(MODULE, TEXTS["no_module"]))


def small_maps(data: MapData, *, key: str) -> None:
    """Draw one small map per frame; all of them share breaks, colours and legend.

    Parameters
    ----------
    data
        What is shown, with its signs; selection, overlays and circles are left aside.
    key
        Key of the component.
    """
    told = data.view_payload()
    _component(
        key=key,
        data={
            **told,
            "geometry": data.geometry_url,
            "count": data.count,
            "areas": data.areas_label,
            "reference": data.reference_label,
            "signs": data.signs and data.signs.to_payload(),
        },
    )
