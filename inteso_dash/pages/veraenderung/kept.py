"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from inteso_dash.city.overlay.matching import Match
from inteso_dash.city.overlay.probes import JoinedTrial
from inteso_dash.pages.veraenderung.divisions import carrying as divisions_carrying
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import Carried, carry
from inteso_dash.session.editions import cached
from inteso_dash.session.store import _MATCHES, _PROFILES, city, shared_city


@st.cache_resource(show_spinner=False, max_entries=_MATCHES)
def matched(level: str, before: str, after: str, tolerance: float) -> Match:
    """Return two divisions of a level laid over each other.

    Raises
    ------
    DivisionError, BoundaryError
        If boundaries are missing or cannot be read.
    """
    here = shared_city()
    return between(here.catalogue, here.register, here.layers, level, before, after, tolerance)


@cached(max_entries=_PROFILES)
def carried(
    level: str,
    indicator_id: str,
    pair: tuple[str, str],
    days: tuple[dt.date, dt.date],
    method: divisions_carrying.ConversionMethod,
    tolerance: float,
) -> Carried:
    """Return two Stichtage of an indicator, of two divisions, on the same areas."""
    found = matched(level, *pair, tolerance)
    return carry(city(), found, level, indicator_id, pair, days, method)


@cached(max_entries=_MATCHES)
def tested(level: str, before: str, after: str, tolerance: float) -> JoinedTrial | None:
    """Return what figures of one day say of the common areas of two divisions, if there are any."""
    return divisions_carrying.tested(
        city(), matched(level, before, after, tolerance), level, (before, after)
    )
