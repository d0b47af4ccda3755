"""A session that has loaded tables or made areas of its own sees an edition of the city with them.

The session holds its edition; what is computed from it is kept apart from what all sessions share,
and only for a few editions at a time.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from inteso_dash.catalogue.own_areas import OwnAreas
from inteso_dash.session.kept import Kept

if TYPE_CHECKING:
    from inteso_dash.tables.sources import Delivery

_EDITION, _OWN = "edition", "eigene_gebiete"
_OWN_ENTRIES = 64

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Edition:
    """The city with tables that one session has loaded, and areas that it has made.

    Attributes
    ----------
    id : str
        A hash of what both hold.
    deliveries : tuple of Delivery
    own : OwnAreas
    loaded : str
        A hash of what the tables hold, empty where there are none.
    """

    id: str
    deliveries: tuple[Delivery, ...]
    own: OwnAreas = field(default_factory=OwnAreas)
    loaded: str = ""


_later: ContextVar[Edition | None] = ContextVar("edition", default=None)
_seen: ContextVar[tuple[object, Edition | None]] = ContextVar("edition_seen")
"""What a run sees, until it chooses something else: everything that is kept asks for it."""


def edition() -> Edition | None:
    """Return the edition of this session, None for the city that all sessions share."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        return _later.get()
    known = _seen.get(None)
    if known is None or known[0] is not run:
        known = run, _chosen()
        _seen.set(known)
    return known[1]


def _chosen() -> Edition | None:
    loaded: Edition | None = st.session_state.get(_EDITION)
    own = own_areas()
    if not own.areas:
        return loaded
    tables = loaded or Edition("", ())
    digest = hashlib.sha256(f"{tables.id}\n{own.model_dump_json()}".encode()).hexdigest()
    return Edition(digest, tables.deliveries, own, tables.id)


def own_areas() -> OwnAreas:
    """Return the areas that this session has made."""
    found: OwnAreas = st.session_state.get(_OWN, OwnAreas())
    return found


def choose_own(own: OwnAreas) -> None:
    """Show this session areas of its own from now on, in place of those that it has."""
    st.session_state[_OWN] = own
    _seen.set((None, None))


def choose_edition(chosen: Edition | None) -> None:
    """Show this session loaded tables from now on, None for none; its own areas stay."""
    st.session_state[_EDITION] = chosen
    _seen.set((None, None))


@contextmanager
def seen_as(chosen: Edition) -> Iterator[None]:
    """Show the session these tables for as long as the block lasts, to look at them beforehand."""
    before: Edition | None = st.session_state.get(_EDITION)
    choose_edition(chosen)
    try:
        yield
    finally:
        choose_edition(before)


@contextmanager
def seen_with(own: OwnAreas) -> Iterator[None]:
    """Show the session these areas of its own for as long as the block lasts."""
    before = own_areas()
    choose_own(own)
    try:
        yield
    finally:
        choose_own(before)


def in_this_edition(function: Callable[[], R]) -> Callable[[], R]:
    """Return a function that can be called outside the session, such as for a download.

    Streamlit calls the ``data`` of a download button in a thread that knows no session; what such
    a function asks `inteso_dash.session.store` for would otherwise come from the shared city.
    """
    chosen = edition()

    def called_later() -> R:
        before = _later.set(chosen)
        try:
            return function()
        finally:
            _later.reset(before)

    return called_later


def cached(
    *,
    max_entries: int | None = None,
    own_entries: int = _OWN_ENTRIES,
    rare: Callable[..., bool] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns: once for all sessions, and apart from that for each edition.

    Parameters
    ----------
    max_entries : int, optional
        How many results of the shared city are kept.
    own_entries : int
        How many results of all editions together are kept, and with them those that are rare.
    rare : callable, optional
        Says of arguments that one reader has made them up, so that there is no end of them.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        def of_edition(edition_id: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs)

        shared, own = Kept(function, max_entries), Kept(of_edition, own_entries)

        @functools.wraps(function)
        def chosen(*args: P.args, **kwargs: P.kwargs) -> R:
            mine = edition()
            if mine is None and not (rare and rare(*args, **kwargs)):
                return shared(*args, **kwargs)
            return own("" if mine is None else mine.id, *args, **kwargs)

        return chosen

    return decorate
