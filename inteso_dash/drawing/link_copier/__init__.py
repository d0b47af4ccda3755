"""A button that copies the address of what is shown, whatever the browser allows.

It is the browser's own, so that it works behind any proxy. The page says what makes up the view
besides; what parts of the page alone know, such as the part of a map that is seen, they add when
they are asked (an event on the document).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from inteso_dash.boundaries.assets import loader, module

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
    js=loader(_FOLDER / "../presenter/loader.js", MODULE, TEXTS["no_module"]),
)


def link_copier(besides: Sequence[tuple[str, str]], *, key: str) -> None:
    """Offer to copy the address of a view.

    Parameters
    ----------
    besides
        Parameters and values that do not stand in the browser's address because they are what holds
        by default.
    key
        Key of the component.
    """
    _component(key=key, data={"besides": list(besides)}, height="content")
