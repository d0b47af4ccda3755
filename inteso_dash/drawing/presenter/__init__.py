"""The frame of a slide on the whole screen: keys, clicker, counter, large type.

It draws a small bar and does what Streamlit cannot: it hears the keys of the whole page before
any figure does, asks for the whole screen, makes the type large and tells how much room a slide's
figure has. Everything it puts on the page goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from inteso_dash.drawing.components import loader, module

TEXTS = {
    "bar": "Vorführung",
    "count": "{place} / {count}",
    "spoken": "Folie {place} von {count}",
    "back": "Vorige Folie (Pfeil links, Bild auf)",
    "on": "Nächste Folie (Pfeil rechts, Bild ab)",
    "reset": "Vorbereiteter Zustand (R)",
    "whole": "Ganzer Bildschirm (F)",
    "leave": "Beenden (Esc)",
    "no_module": "Die Vorführung konnte nicht geladen werden. Bitte laden Sie die Seite neu.",
}
HEAD, FIGURE, FOOT = "folie_kopf", "folie_bild", "folie_fuss"
"""Keys of the containers that hold headline and figure of a slide and what stands below it."""

_FOLDER = Path(__file__).parent
MODULE = module(_FOLDER, ("presenter.js",), "presenter.css", TEXTS)
"""The component's program text, to be served at its address."""

_component = st.components.v2.component("inteso_presenter", js=loader(MODULE, TEXTS["no_module"]))


def presenter(
    place: int,
    count: int,
    *,
    key: str,
    screen: tuple[int, int],
    on_go: Callable[[int], None],
    on_reset: Callable[[], None],
    on_leave: Callable[[], None],
    on_screen: Callable[[tuple[int, int]], None],
) -> None:
    """Show where in a sequence the slide is, and hear the keys.

    Parameters
    ----------
    place, count
        The slide, from 1, and how many there are.
    key
        Key of the component.
    screen
        Width and height in pixels that charts are drawn for.
    on_go
        Called with the slide to show.
    on_reset
        Called to bring back the prepared state.
    on_leave
        Called when the presentation ends.
    on_screen
        Called with width and height where the screen has others.
    """

    # What is told while the show ends is meant for no page.
    def go() -> None:
        told = st.session_state.get(key)
        if told is not None:
            on_go(int(told["go"]))

    def tell_screen() -> None:
        told = st.session_state.get(key)
        if told is not None:
            width, height = told["screen"]
            on_screen((int(width), int(height)))

    names = {"head": HEAD, "figure": FIGURE, "foot": FOOT}
    _component(
        key=key,
        data={"place": place, "count": count, "screen": list(screen), **names},
        on_go_change=go,
        on_screen_change=tell_screen,
        on_reset_change=on_reset,
        on_leave_change=on_leave,
    )
