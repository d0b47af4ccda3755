"""The component that draws the tables of profiles in the browser.

The program text is fetched once from our own server, which has to send `MODULE` at its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from inteso_dash.boundaries.assets import loader, module
from inteso_dash.drawing.profile_table.data import Facts, ProfileTable
from inteso_dash.drawing.profile_table.texts import TEXTS
from inteso_dash.views.colours import COMPARED

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "../area_map/dom.js",
    "../area_map/geometry.js",
    "explain.js",
    "signs.js",
    "jumps.js",
    "heads.js",
    "place.js",
    "minimap.js",
    "trend.js",
    "table.js",
    "main.js",
)

MODULE = module(_FOLDER, _SCRIPTS, "profile_table.css", TEXTS)

_component = st.components.v2.component(
    "inteso_profile_table", js=loader(_FOLDER / "loader.js", MODULE, TEXTS["no_module"])
)


def profile_table(shown: Sequence[ProfileTable], *, key: str, facts: Facts | None = None) -> None:
    """Draw tables, below what the area is where ``facts`` are given.

    Parameters
    ----------
    shown
        Tables, first to last.
    key
        Key of the component.
    facts
        Statements on the area and its mini map.
    """
    data = {
        "strokes": [[stroke.light, stroke.dark] for stroke in COMPARED],
        "name": shown[0].title if shown else "",
        "facts": None if facts is None else facts.to_payload(),
        "tables": [table.to_payload() for table in shown],
    }
    _component(key=key, data=data)
