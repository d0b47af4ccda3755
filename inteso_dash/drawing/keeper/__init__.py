"""What a user keeps in the browser: texts by their keys, nothing of it on the server.

The component draws nothing. It tells the page once what lies in the browser, again where another
tab has changed it, and puts there what the page has changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from inteso_dash.drawing.components import loader, module

_FOLDER = Path(__file__).parent
MODULE = module(_FOLDER, ("keeper.js",), "", {})
"""The component's program text, to be served at its address."""

_component = st.components.v2.component("inteso_keeper", js=loader(MODULE, ""))


def keeper(
    place: str,
    texts: Mapping[str, str | None],
    *,
    key: str,
    most: int,
    asking: bool,
    on_found: Callable[[dict[str, Any]], None],
    on_failed: Callable[[str], None],
) -> None:
    """Keep texts in the browser.

    Parameters
    ----------
    place
        What the keys in the browser begin with.
    texts
        What this session has changed, by key; None where it is to be deleted.
    key
        Key of the component.
    most
        How many characters of a text are told at most.
    asking
        Whether the page does not know yet what lies there; nothing is written until it does.
    on_found
        Called with ``texts`` by key, and ``shut`` where the browser keeps nothing.
    on_failed
        Called with the key of a text that the browser did not take.
    """

    # What is told while the reader goes on to the next page is told there anew.
    def found() -> None:
        told = st.session_state.get(key)
        if told is not None:
            on_found(dict(told["found"]))

    def failed() -> None:
        told = st.session_state.get(key)
        if told is not None:
            on_failed(str(told["failed"]))

    _component(
        key=key,
        data={"place": place, "texts": dict(texts), "most": most, "asking": asking},
        on_found_change=found,
        on_failed_change=failed,
    )
