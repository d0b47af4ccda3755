"""What the page works out once for all sessions."""

from __future__ import annotations

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.session.editions import edition
from inteso_dash.session.store import city
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, View

_VIEWS = 256


def picking_view(level: str, indicator: str) -> View:
    """Return the values that the map shows while areas are picked: the same for all own ones."""
    mine = edition()
    loaded = "" if mine is None or not mine.deliveries else mine.loaded or mine.id
    return _picking_view(loaded, level, indicator)


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def _picking_view(loaded: str, level: str, indicator: str) -> View:
    return map_view.view(city().official, Choice(level, indicator))


def citation(level: str, indicator: str) -> str:
    """Say where these values come from."""
    layer = picking_view(level, indicator).layers[-1]
    source = city().source_titles(layer.values["source_id"])
    return TEXTS["source"].format(source=source, date=formats.date(layer.date))
