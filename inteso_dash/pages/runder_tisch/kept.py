"""."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from inteso_dash.pages.runder_tisch import show as slides
from inteso_dash.session.editions import cached
from inteso_dash.session.store import city, shared_city
from inteso_dash.views import map_view, sequences
from inteso_dash.views.shown import Shown

if TYPE_CHECKING:
    pass


@st.cache_resource(show_spinner=False)
def shipped_sequences() -> dict[str, sequences.Sequence]:
    """Return the sequences of views that the city folder holds, by file name."""
    here = shared_city()
    return sequences.shipped(here.root, here.catalogue)[0]


@cached(max_entries=500, rare=map_view.made_up)
def slide(address: str, figure: str = "") -> Shown:
    """Return what the slide of an address shows (`slides.ViewError` where there is nothing)."""
    return slides.show(city(), sequences.Slide(address=address, figure=figure))
