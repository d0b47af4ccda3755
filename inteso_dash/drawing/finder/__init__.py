"""The field that searches everything, and the list of what it has found.

What is typed is answered by our own server at an address, without a run of the script; the page
hears only what was chosen. As it stands on every page, it also runs the script when a lost
connection is there again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from inteso_dash.drawing.components import loader, module

TEXTS = {
    "label": "Suche",
    "hint": "Suche: Gebiet, Indikator, Seite",
    "none": "Kein Treffer für „{query}“",
    "found": "{count} Treffer",
    "some": "{shown} von {count} Treffern; tippen Sie weiter",
    "failed": "Die Suche antwortet nicht. Bitte laden Sie die Seite neu.",
    "no_module": "Die Suche konnte nicht geladen werden. Bitte laden Sie die Seite neu.",
}

_FOLDER = Path(__file__).parent
MODULE = module(_FOLDER, ("../area_map/dom.js", "finder.js"), "finder.css", TEXTS)
"""The component's program text, to be served at its address."""

_component = st.components.v2.component("inteso_finder", js=loader(MODULE, TEXTS["no_module"]))


def finder(url: str, *, key: str, on_chosen: Callable[[str], None]) -> None:
    """Draw the search.

    Parameters
    ----------
    url
        Where the server answers, relative to its root; what is typed is added as ``q``. The answer
        is JSON: ``count``, and ``hits`` with ``key``, ``title`` and ``told``, best first.
    key
        Key of the component.
    on_chosen
        Called with the ``key`` of the hit chosen.
    """

    def chosen() -> None:
        told = st.session_state.get(key)
        if told is not None:
            on_chosen(str(told["chosen"]))

    _component(key=key, data={"url": url}, on_chosen_change=chosen, on_back_change=lambda: None)
