"""The search on every page, and the area that goes along: what is found, chosen and brought."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field, replace

import streamlit as st

from inteso_dash.app import SEARCH_ROUTE
from inteso_dash.drawing.finder import finder
from inteso_dash.pages import PAGES, script, titles
from inteso_dash.pages.slides import SHOWN, viewer
from inteso_dash.session import address, store
from inteso_dash.session.editions import cached, edition
from inteso_dash.views import along, finding
from inteso_dash.views.along import FoundOn, Named, Place
from inteso_dash.views.finding import Finder

KEY = "suche_oben"
_CHOSEN, _WAY = "suche_gefunden", "gebiet_unterwegs"
_RUN, _KEY = secrets.token_hex(4), secrets.token_bytes(32)
_MOST_OWN, _LONGEST = 64, 100
_own: dict[str, Finder] = {}
"""What sessions can find that have loaded tables of their own, by a token of their edition."""


@dataclass
class GoingAlong:
    """The area that goes along with a session, and what its pages know of it.

    Attributes
    ----------
    place : (str, str) or None
        The area last chosen on any page.
    told : set of str
        Pages that have shown it: what the reader does there since is not undone.
    seen : dict
        Page → its parameters when it was drawn last.
    """

    place: Place | None = None
    told: set[str] = field(default_factory=set)
    seen: dict[str, Named] = field(default_factory=dict)

    def hear(self, page: str, chosen: Place | None, view: Named) -> None:
        """Take in what a page shows: another area goes along from now on."""
        self.seen[page] = dict(view)
        if chosen is None or not store.city().has_area(*chosen):
            return
        if chosen != self.place:
            self.place, self.told = chosen, set()
        self.told.add(page)


@cached()
def everything() -> Finder:
    """Return all that can be found in the city that this session sees."""
    city = store.city()
    return finding.of_city(city, titles(city.catalogue))


@cached()
def _shows(page: str) -> FoundOn:
    levels = tuple(viewer(page).shown_levels(store.city())) if page in SHOWN else ()
    return replace(next(each.shows for each in PAGES if each.id == page), levels=levels)


def pages() -> dict[str, FoundOn]:
    """Return what every page can show, with its levels in this city."""
    return {each.id: _shows(each.id) for each in PAGES}


def answer(token: str, query: str) -> bytes:
    """Answer what is typed, outside of any session, as `finder` reads it.

    Parameters
    ----------
    token : str
        As it stands in the address that the session was given.
    query : str
        What goes beyond 100 characters is not read: anybody may ask.
    """
    found = (_own.get(token) or everything()).find(query[:_LONGEST])
    hits = [{"key": each.key, "title": each.title, "told": each.told} for each in found.shown]
    return json.dumps({"count": found.count, "hits": hits}, ensure_ascii=False).encode()


def draw() -> None:
    """Draw the search."""
    mine = edition()
    # Its id is a hash of what was loaded, which is not to be tried out on addresses.
    token = _RUN if mine is None else hmac.digest(_KEY, mine.id.encode(), "sha256").hex()
    if mine is not None:
        _own.pop(token, None)
        _own[token] = everything()
        while len(_own) > _MOST_OWN:
            del _own[next(iter(_own))]
    with st.container(key=KEY):
        finder(f"{SEARCH_ROUTE}/{token}", key="suche_feld", on_chosen=_choose)


def _choose(key: str) -> None:
    st.session_state[_CHOSEN] = key


def follow(page: str) -> None:
    """Bring the area along to a page come to by its name, and show there what was found.

    Parameters
    ----------
    page : str
        Id of the page, whose address has been read.
    """
    way: GoingAlong = st.session_state.setdefault(_WAY, GoingAlong())
    city = store.city()
    if address.returned() and way.place is not None and page not in way.told:
        _ask(along.shown_on(city, _shows(page), way.place, address.view_of(page)))
    key = st.session_state.pop(_CHOSEN, None)
    found = None if key is None else everything().get(key)
    if found is None:
        return
    known = pages()
    views = {each: address.view_of(each) for each in known}
    target, asked = along.leads(city, known, page, found, views)
    if target != page:
        # There it is asked for once more, beside all that was chosen on that page.
        st.session_state[_CHOSEN] = key
        st.switch_page(script(target))
    _ask(asked)


def _ask(asked: along.Asked | None) -> None:
    for name, values in (asked or {}).items():
        address.ask(name, *values)


def note(page: str) -> None:
    """Note which area a page shows, after it has been drawn."""
    way: GoingAlong = st.session_state.setdefault(_WAY, GoingAlong())
    shown, view = _shows(page), address.view_of(page)
    if shown.areas is None:
        return
    linked = not address.returned() and any(map(address.asked, shown.areas.all))
    before = {} if linked else way.seen.get(page, view)
    way.hear(page, along.chosen(shown, before, view), view)
