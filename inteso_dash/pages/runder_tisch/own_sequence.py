"""Changes of one's own sequence; what is lost by one can be taken back."""

from __future__ import annotations

import streamlit as st

from inteso_dash.pages.remember import own, set_own
from inteso_dash.views.sequences import Sequence

REMOVED = "Folie {place} ist entfernt."
BEFORE = "rt_vorher"


def keep(sequence: Sequence, undone: str = "") -> None:
    """Keep the own sequence; ``undone`` says what has been lost, which can then be taken back."""
    if undone:
        st.session_state[BEFORE] = (undone, own())
    else:
        st.session_state.pop(BEFORE, None)
    set_own(sequence)


def take_back() -> None:
    """Bring back the own sequence as it was before something was lost."""
    _, before = st.session_state.pop(BEFORE)
    set_own(before)
    redraw()


def update(place: int, **changes: str) -> None:
    """Change one slide of the own sequence."""
    kept = own()
    changed = list(kept.slides)
    changed[place] = changed[place].model_copy(update=changes)
    keep(kept.model_copy(update={"slides": tuple(changed)}))


def take_text(place: int, field: str, key: str) -> None:
    """Take over what was typed."""
    update(place, **{field: str(st.session_state[key]).strip()})


def reorder(place: int, by: int) -> None:
    """Move a slide up or down, or take it out where ``by`` is 0."""
    kept = own()
    moved = list(kept.slides)
    slide = moved.pop(place)
    if by:
        moved.insert(place + by, slide)
    lost = "" if by else REMOVED.format(place=place + 1)
    keep(kept.model_copy(update={"slides": tuple(moved)}), lost)
    redraw()


def stand() -> int:
    """Return how often the fields have been drawn anew."""
    drawn: int = st.session_state.get("rt_stand", 0)
    return drawn


def redraw() -> None:
    """Draw the fields anew: they belong to other slides now."""
    st.session_state["rt_stand"] = stand() + 1
