"""What a visitor sees where the application itself fails: a German sentence, never a traceback."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

LOG = logging.getLogger("inteso_dash.mishaps")
SENTENCE = (
    "Dieser Teil lässt sich nicht zeigen: In der Anwendung ist ein Fehler aufgetreten. Laden Sie "
    "die Seite neu. Bleibt es dabei, nennen Sie der Stelle, die die Anwendung betreibt, die "
    "Kennung {mark}; unter ihr steht der Fehler im Protokoll."
)
_FRAME = str(Path(__file__).parents[1] / "app" / "frame.py")
_LEFT = "fehler_vorher"


def said(error: Exception) -> str:
    """Write an error into the operator's log; return what the visitor is told."""
    mark = secrets.token_hex(3)
    LOG.error("Kennung %s", mark, exc_info=error)
    return SENTENCE.format(mark=mark)


@contextmanager
def part() -> Iterator[None]:
    """Keep an error within one part of a page or slide, so that the rest of it stands."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        st.error(said(error))


def outside(error: Exception) -> bool:
    """Say what no part has caught; returns True, so that Streamlit shows nothing of its own.

    Where the page has not begun, as in a callback, it is drawn again below the sentence.
    """
    words, context = said(error), get_script_run_ctx()
    frames = traceback.walk_tb(error.__traceback__)
    if any(frame.f_code.co_filename == _FRAME for frame, _ in frames) or context is None:
        st.error(words)
        return True
    st.session_state[_LEFT] = words
    if context.script_requests is not None:
        context.script_requests.request_rerun(
            RerunData(query_string=context.query_string, page_script_hash=context.page_script_hash)
        )
    return True


def left_over() -> None:
    """Show what has failed before the page could be drawn."""
    words = st.session_state.pop(_LEFT, None)
    if words is not None:
        st.error(words)
