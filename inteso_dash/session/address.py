"""The view as it stands in the address: read at the start of a run, written once at its end.

Streamlit can tie a control to the address by itself, but then writes what the control shows: a
title, which somebody renames one day. Here an address holds ids and keys. What a reader changes
becomes one step of the browser's history, so that its Back button goes back one choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

_STATE = "adresse"
Parameters = dict[str, list[str]]


@dataclass
class _Stand:
    """What a session knows of its address.

    Attributes
    ----------
    page : str
    written : dict
        What the browser shows, as far as the session knows.
    views : dict
        Page → everything that was chosen there, also by controls that are not drawn now.
    asked : set of str
        Parameters that somebody else has changed: an opened link, the Back button.
    controls : set of str
        Parameters that belong to controls.
    drawn : list of str
        Those of them that this run has drawn, in their order.
    """

    page: str = ""
    written: Parameters = field(default_factory=dict)
    views: dict[str, Parameters] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    drawn: list[str] = field(default_factory=list)

    @property
    def view(self) -> Parameters:
        """The choices on this page."""
        return self.views.setdefault(self.page, {})

    @property
    def shown(self) -> list[str]:
        """What stands in the address: nothing of controls that are not drawn."""
        return [*self.drawn, *(key for key in self.view if key not in self.controls)]


def _stand() -> _Stand:
    found: _Stand = st.session_state.setdefault(_STATE, _Stand())
    return found


def _browser() -> Parameters:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def arrive(page: str) -> None:
    """Read the address of a page, or come back to the view in which the page was left.

    Parameters
    ----------
    page : str
        Its id.
    """
    stand, now = _stand(), _browser()
    left, stand.page = stand.page != page, page
    stand.drawn = []
    if now and (left or now != stand.written):
        before = {} if left else stand.written
        stand.asked = {key for key, values in now.items() if values != before.get(key)}
        kept = {key: values for key, values in stand.view.items() if key in stand.controls}
        stand.views[page] = {**kept, **now}
    else:
        stand.asked = set(stand.view) if left else set()
    stand.written = now


def leave() -> None:
    """Name the view in the address, as one step of the browser's history."""
    stand = _stand()
    named = {key: stand.view[key] for key in stand.shown if stand.view.get(key)}
    if named != stand.written:
        st.query_params.from_dict(named)
        stand.written = named


def get(key: str) -> str | None:
    """Return the first value of a parameter, None where there is none."""
    return next(iter(get_all(key)), None)


def get_all(key: str) -> list[str]:
    """Return all values of a parameter."""
    return list(_stand().view.get(key, ()))


def asked(key: str) -> bool:
    """Say whether somebody else has just changed a parameter: a link, or the Back button."""
    return key in _stand().asked


def ask(key: str, value: str) -> None:
    """Let a control read its parameter anew, as if a link had named it."""
    put(key, value)
    _stand().asked.add(key)


def put(key: str, *values: str) -> None:
    """Keep a parameter; without a value it goes."""
    if values:
        _stand().view[key] = list(values)
    else:
        _stand().view.pop(key, None)


def draw(key: str, *values: str) -> None:
    """Keep what a control shows; its parameter stands in the address while it is drawn.

    An empty id is the default that needs no name.
    """
    stand = _stand()
    stand.controls.add(key)
    stand.drawn.append(key)
    put(key, *filter(None, values))


def pairs() -> tuple[tuple[str, str], ...]:
    """Return the parameters of this view with each value, those of controls first."""
    stand = _stand()
    return tuple((key, value) for key in stand.shown for value in get_all(key))
