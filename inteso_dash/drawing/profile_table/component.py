"""The component that draws the tables of profiles in the browser.

The program text is fetched once from our own server, which has to send `MODULE` at its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from inteso_dash.drawing.components import loader, module
from inteso_dash.drawing.profile_table.data import Facts, ProfileTable
from inteso_dash.drawing.profile_table.texts import TEXTS
from inteso_dash.views.colours import COMPARED

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "../area_map/dom.js",
    "../area_map/geometry.js",
    "../ahead.js",
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
    "inteso_profile_table",
    js=loader(MODULE, TEXTS["no_module"]),
)


def payload(
    shown: Sequence[ProfileTable],
    facts: Facts | None = None,
    beside: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return tables as the browser draws them.

    Parameters
    ----------
    shown
    facts
        What the area is, drawn above the tables.
    beside
        Words that other parts of the page say of the same area, by their CSS selector.

    Returns
    -------
    dict
        Of what JSON knows.
    """
    return {
        "beside": list((beside or {}).items()),
        "strokes": [[stroke.light, stroke.dark] for stroke in COMPARED],
        "name": shown[0].title if shown else "",
        "facts": None if facts is None else facts.to_payload(),
        "tables": [table.to_payload() for table in shown],
    }


def profile_table(
    drawn: Mapping[str, Any], *, key: str, ahead: Mapping[str, str] | None = None
) -> None:
    """Draw tables.

    Parameters
    ----------
    drawn
        As `payload` makes it.
    key
        Key of the component.
    ahead
        Lists of the page, and where what their options show is fetched before one is chosen.
    """
    _component(key=key, data={**drawn, "ahead": list((ahead or {}).items())})
