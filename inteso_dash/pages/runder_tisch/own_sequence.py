"""Changes of one's own sequences; what is lost by one can be taken back until the next."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from inteso_dash.pages.own import own, set_own
from inteso_dash.pages.runder_tisch.playing import SEQUENCE
from inteso_dash.session import address
from inteso_dash.views.own_sequences import copied
from inteso_dash.views.sequences import Sequence

REMOVED = "Folie {place} ist entfernt."
DELETED = "Die Folge „{title}“ ist gelöscht."
_BEFORE = "rt_vorher"


@dataclass(frozen=True)
class Lost:
    """What the last change has taken away, and how it was before.

    Attributes
    ----------
    told : str
    key : str
        Of the sequence.
    sequence : Sequence
        As it was.
    place : int or None
        Where the slide stood; None where the whole sequence is gone.
    """

    told: str
    key: str
    sequence: Sequence
    place: int | None = None


def lost() -> Lost | None:
    """Return what can be taken back."""
    found: Lost | None = st.session_state.get(_BEFORE)
    return found


def keep(key: str, sequence: Sequence, gone: Lost | None = None) -> None:
    """Keep a sequence and go on showing it; with ``gone`` the change can be taken back."""
    address.put(SEQUENCE, key)
    if set_own(own().put(key, sequence)):
        _remember(gone)


def _remember(gone: Lost | None) -> None:
    if gone is None:
        st.session_state.pop(_BEFORE, None)
    else:
        st.session_state[_BEFORE] = gone


def take_back() -> None:
    """Bring back what the last change has taken away."""
    gone: Lost = st.session_state.pop(_BEFORE)
    mine, key = own(), gone.key
    if gone.place is None:
        mine, key = mine.add(gone.sequence)
    else:
        mine = mine.put(key, gone.sequence)
    set_own(mine)
    show(key)


def show(key: str) -> None:
    """Show a sequence, its fields drawn anew."""
    address.put(SEQUENCE, key)
    redraw()


def add(sequence: Sequence) -> None:
    """Keep another sequence and show it."""
    mine, key = own().add(sequence)
    if set_own(mine):
        _remember(None)
        show(key)


def duplicate(key: str) -> None:
    """Keep a copy of a sequence and show it."""
    add(copied(own().sequences[key]))


def delete(key: str) -> None:
    """Delete a sequence; it can be taken back."""
    sequence = own().sequences[key]
    left = own().remove(key)
    if set_own(left):
        _remember(Lost(DELETED.format(title=sequence.title), key, sequence))
        show(next(iter(left.sequences)))


def throw_away(key: str) -> None:
    """Delete what could not be read."""
    set_own(own().remove(key))


def update(key: str, place: int, **changes: str) -> None:
    """Change one slide of a sequence."""
    kept = own().sequences[key]
    changed = list(kept.slides)
    changed[place] = changed[place].model_copy(update=changes)
    keep(key, kept.model_copy(update={"slides": tuple(changed)}))


def take_text(key: str, place: int, field: str, widget: str) -> None:
    """Take over what was typed."""
    update(key, place, **{field: str(st.session_state[widget]).strip()})


def rename(key: str, widget: str) -> None:
    """Take over the title of a sequence."""
    title = str(st.session_state[widget]).strip()
    if title:
        keep(key, own().sequences[key].model_copy(update={"title": title[:200]}))


def reorder(key: str, place: int, by: int) -> None:
    """Move a slide up or down, or take it out where ``by`` is 0."""
    kept = own().sequences[key]
    moved = list(kept.slides)
    slide = moved.pop(place)
    gone = None
    if by:
        moved.insert(place + by, slide)
    else:
        gone = Lost(REMOVED.format(place=place + 1), key, kept, place)
    keep(key, kept.model_copy(update={"slides": tuple(moved)}), gone)
    redraw()


def stand() -> int:
    """Return how often the fields have been drawn anew."""
    drawn: int = st.session_state.get("rt_stand", 0)
    return drawn


def redraw() -> None:
    """Draw the fields anew: they belong to other slides now."""
    st.session_state["rt_stand"] = stand() + 1
