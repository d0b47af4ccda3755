"""Level and Stichtag: chosen once for all sections, offered where they change what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeVar

import streamlit as st

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.unterbringung import history as accommodation_history
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.texts import TEXTS
from inteso_dash.pages.unterbringung.view import DEVELOPMENT, FORM_DATE, FORMS, POINTS
from inteso_dash.session import address
from inteso_dash.session.controls import UNKNOWN, bound_selectbox, note
from inteso_dash.views.addresses import title_of

LEVEL, DATE = "u_ebene", "u_stichtag"
_WIDTH = 172
T = TypeVar("T")


def choose(city: City, section: str) -> tuple[str, dt.date]:
    """Let the reader choose level and Stichtag, where the section has another to show.

    Forms and development are of the whole city; offices serve areas of their own level.
    """
    levels = kept.levels()
    if section == POINTS:
        levels = accommodation_history.point_levels(city, levels) or levels[:1]
    plurals = {city.catalogue.level(each).plural: each for each in levels}
    of_areas = section not in {DEVELOPMENT, FORMS}
    level = choice(TEXTS["level"], plurals, LEVEL, matters=of_areas)
    if section == POINTS:
        of_areas = bool(accommodation_history.point_levels(city, (level,)))
    days = written(kept.dates(level))
    return level, choice(TEXTS["date"], days, DATE, matters=of_areas)


def choose_form_date(city: City, date: dt.date) -> dt.date | None:
    """Let the reader choose a Stichtag of the forms, at first the one that goes with ``date``."""
    days = written(accommodation_history.form_days(city))
    first = accommodation_history.form_day(city, date)
    if first is None:
        return None
    return choice(TEXTS["date"], days, FORM_DATE, first=formats.date(first))


def written(days: Iterable[dt.date]) -> dict[str, dt.date]:
    """Return Stichtage by how they are written, the newest first."""
    return {formats.date(day): day for day in sorted(days, reverse=True)}


def choice(
    label: str,
    offered: Mapping[str, T],
    key: str,
    *,
    matters: bool = True,
    first: str = "",
    width: int = _WIDTH,
) -> T:
    """Return what is chosen; a control is drawn only where another choice changes something.

    Parameters
    ----------
    label : str
    offered : mapping
        Title → what is chosen.
    key : str
    matters : bool
        Whether the section shows anything else after another choice.
    first : str
        Title of the first choice, the first of all by default.
    width : int
        Of the control, in pixels.
    """
    titles = list(offered)
    first = first or titles[0]
    if matters and len(titles) > 1:
        with st.container(width=width):
            return bound_selectbox(label, offered, key, titles.index(first))
    asked = address.get(key)
    found = first if asked is None else title_of(asked, offered)
    if found is None and address.asked(key):
        note(UNKNOWN.format(label=label, found=(asked or "")[:60], shown=first))
        address.put(key)
    return offered[found or first]
