"""A button that copies the address of what is shown, whatever the browser allows.

The page says which parameters make up the view; what only the browser knows, such as the part of a
map that is seen, the parts of the page add when they are asked (an event on the document). Host and
path are those of the browser: the address works behind any proxy.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from inteso_dash.drawing.components import loader, module

TEXTS = {
    "copy": "Link kopieren",
    "copied": "Link kopiert",
    "said": "Der Link zu dieser Ansicht ist kopiert.",
    "by_hand": "Adresse dieser Ansicht",
    "keys": "Der Browser erlaubt das Kopieren nicht von selbst. Die Adresse ist markiert: "
    "Strg+C kopiert sie (auf dem Mac ⌘C).",
    "no_module": "„Link kopieren“ konnte nicht geladen werden. Bitte laden Sie die Seite neu.",
}

_FOLDER = Path(__file__).parent
MODULE = module(_FOLDER, ("link_copier.js",), "link_copier.css", TEXTS)
"""The component's program text, to be served at its address."""

_component = st.components.v2.component(
    "inteso_link_copier",
    js=loader(MODULE, TEXTS["no_module"]),
)


def link_copier(query: str | None, *, key: str) -> None:
    """Offer to copy the address of a view.

    Parameters
    ----------
    query
        Its parameters, percent-encoded; None where the browser's address has them, because a part
        of the page changes it alone.
    key
        Key of the component.
    """
    _component(key=key, data={"query": query}, height="content")
