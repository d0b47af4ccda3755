"""The row at the top of every page: what it shows as files, kept for a meeting, and as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.drawing.link_copier import link_copier
from inteso_dash.pages.own import keep_in_browser
from inteso_dash.pages.remember import remember
from inteso_dash.pages.slides import SHOWN
from inteso_dash.session import downloads, store
from inteso_dash.session.downloads import Thing
from inteso_dash.views.sequences import Address

KEY, LINK = "mitnehmen", "link_kopieren"


def head() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Lay out the first line of a page: the place of its title, and of the row beside it."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        return st.empty(), st.container(
            horizontal=True, vertical_alignment="center", width="content", gap="medium", key=KEY
        )


def apart(row: DeltaGenerator) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Part the row where a part of the page offers the link: places of the others, and of it."""
    with row:
        return (
            st.container(
                horizontal=True, vertical_alignment="center", width="content", gap="medium"
            ),
            st.container(width="content"),
        )


def take_along(
    place: DeltaGenerator,
    view: Address,
    things: Callable[[], Iterable[Thing]] = tuple,
    *,
    linked: bool = True,
) -> None:
    """Offer what a page shows: as files, for the round table, and as a link; for once at its end.

    Parameters
    ----------
    place : DeltaGenerator
        As `head` lays it out.
    view : Address
        As `inteso_dash.session.address.view` returns it.
    things : callable
        Returns what the page gives away besides the whole package; called while the menu is open.
    linked : bool
        False where a part of the page does `offer_link` itself.
    """
    city = store.city()
    with place:
        downloads.menu(city, lambda: (*things(), downloads.package(city)))
        if view.page in SHOWN:
            remember(view)
    if linked:
        offer_link(place, view)
    keep_in_browser()


def offer_link(place: DeltaGenerator, view: Address) -> None:
    """Offer the address of what a page shows."""
    with place:
        link_copier(view.query, key=LINK)
