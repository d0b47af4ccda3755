"""Level and Stichtag: chosen once for all sections, offered where they change what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from inteso_dash.city import City
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.view import (
    DATE,
    DEVELOPMENT,
    FORMS,
    POINTS,
    SCENARIOS,
    AccommodationView,
    days_of,
    levels,
)
from inteso_dash.session import address
from inteso_dash.session.controls import UNKNOWN, bound_selectbox, note
from inteso_dash.views.addresses import title_of

_WIDTH = 172
T = TypeVar("T")


def choose(city: City, section: str) -> AccommodationView:
    """Let the reader choose level and Stichtag, where the section has another to show.

    Forms and development are of the whole city; offices serve areas of their own level; a
    scenario has a beginning of its own.
    """
    offered = kept.levels()
    if section == POINTS:
        offered = accommodation_history.point_levels(city, offered) or offered[:1]
    of_areas = section not in {DEVELOPMENT, FORMS}
    level = choice(*levels(city, offered).control, matters=of_areas)
    if section == SCENARIOS:
        of_areas = False
    if section == POINTS:
        of_areas = bool(accommodation_history.point_levels(city, (level,)))
    day = choice(*days_of(DATE, kept.dates(level)).control, matters=of_areas)
    return AccommodationView(section, level, day)


def choice(
    label: str,
    offered: Mapping[str, T],
    key: str,
    index: int = 0,
    *,
    matters: bool = True,
    width: int = _WIDTH,
) -> T:
    """Return what is chosen; a control is drawn only where another choice changes something.

    Parameters
    ----------
    label : str
    offered : mapping
        Title → what is chosen.
    key : str
    index : int
        Which one is the first.
    matters : bool
        Whether the section shows anything else after another choice.
    width : int
        Of the control, in pixels.
    """
    titles = list(offered)
    first = titles[index]
    if matters and len(titles) > 1:
        with st.container(width=width):
            return bound_selectbox(label, offered, key, index)
    asked = address.get(key)
    found = first if asked is None else title_of(asked, offered)
    if found is None and address.asked(key):
        note(UNKNOWN.format(label=label, found=(asked or "")[:60], shown=first))
        address.put(key)
    return offered[found or first]
