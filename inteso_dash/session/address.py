"""The view as it stands in the address: read at the start of a run, written once at its end.

Streamlit can tie a control to the address by itself, but then writes what the control shows: a
title, which somebody renames one day. Here an address holds ids and keys. What a reader changes
becomes one step of the browser's history, so that its Back button goes back one choice. A part of a
page that runs alone does the same for itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from inteso_dash.session import mishaps
from inteso_dash.views.sequences import Address

_STATE = "adresse"
Parameters = dict[str, list[str]]
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class _Stand:
    """What a session knows of its address.

    Attributes
    ----------
    page : str
    written : dict
        What the browser shows, or will once it has heard of it.
    waiting : list of dict
        What it may still show until then: a reader who is quick sends it with the next choice.
    views : dict
        Page → everything that was chosen there, also by controls that are not drawn now.
    asked : set of str
        Parameters that somebody else has changed: an opened link, the Back button.
    unread : set of str
        Those of them that no control has taken over yet: the run that was to may be interrupted.
    aside : set of str
        Those of controls that the Back button does not name: what is drawn of them begins anew.
    controls : set of str
        Parameters that belong to controls.
    drawn : list of str
        Those of them that stand on the page, in their order.
    within : dict
        Part of the page that can run alone → those of them that it has drawn.
    part : str
        That which is being drawn.
    moved : bool
        Whether the view is another one than when `settled` was last asked.
    said : set of str
        Remarks that this run has shown.
    returned : bool
        Whether this run has come from another page and names no view.
    unsure : bool
        Whether the browser may show another address than this run was asked for from: what was
        written is lost where the run that wrote it had just ended (Streamlit then hears it no
        more), and comes after the Back button where that was quicker.
    by_part : bool
        Whether a part of the page wrote the address last, not the whole page.
    """

    page: str = ""
    written: Parameters = field(default_factory=dict)
    waiting: list[Parameters] = field(default_factory=list)
    views: dict[str, Parameters] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    drawn: list[str] = field(default_factory=list)
    within: dict[str, set[str]] = field(default_factory=dict)
    part: str = ""
    moved: bool = False
    said: set[str] = field(default_factory=set)
    returned: bool = False
    unsure: bool = False
    by_part: bool = False

    @property
    def view(self) -> Parameters:
        """The choices on this page."""
        return self.views.setdefault(self.page, {})

    @property
    def shown(self) -> list[str]:
        """What stands in the address: nothing of controls that are not drawn."""
        return [*self.drawn, *(key for key in self.view if key not in self.controls)]


_stands: ContextVar[tuple[object, _Stand]] = ContextVar("adresse")
"""What the thread of a session has asked Streamlit for, which takes its time over every answer."""


def _stand() -> _Stand:
    context = get_script_run_ctx(suppress_warning=True)
    known = _stands.get(None)
    if known is not None and known[0] is context:
        return known[1]
    found: _Stand = st.session_state.setdefault(_STATE, _Stand())
    if context is not None:
        _stands.set((context, found))
    return found


def _browser() -> Parameters:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def gone_back() -> bool:
    """Say whether this run follows the browser's Back button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _late(stand: _Stand, now: Parameters) -> bool:
    """Say whether the browser names a view that it was to leave, and not by its Back button."""
    return now in stand.waiting and now != stand.written and not gone_back()


def fresh() -> bool:
    """Say whether the browser names a view that this session has not written: a link, say."""
    stand, now = _stand(), _browser()
    return bool(now) and now != stand.written and not _late(stand, now)


def ahead(key: str) -> str | None:
    """Return a parameter as `arrive` is going to read it, before the page is known."""
    return next(iter(_browser().get(key, ())), None) if fresh() else get(key)


def correct(change: Callable[[str], str]) -> None:
    """Change each value of the address before it is read."""
    st.query_params.from_dict(
        {key: [change(value) for value in values] for key, values in _browser().items()}
    )


def arrive(page: str) -> None:
    """Read the address of a page, or come back to the view in which the page was left.

    Parameters
    ----------
    page : str
        Its id.
    """
    stand = _stand()
    stand.drawn, stand.within, stand.part = [], {}, ""
    _arrive(page)


def _arrive(page: str) -> None:
    stand, now = _stand(), _browser()
    left, stand.page = stand.page != page, page
    stand.said = set()
    stand.moved |= left
    stand.returned = left and not now and not gone_back()
    if left:
        stand.unread, stand.aside = set(), set()
    stand.unsure = bool(stand.waiting) and gone_back()
    if not left and _late(stand, now):
        stand.unsure = True
        stand.asked = set(stand.unread)
        return
    if now != stand.written or now not in stand.waiting:
        stand.waiting.clear()
    if (now or gone_back()) and (left or now != stand.written):
        before = {} if left else stand.written
        stand.unread |= {key for key, values in now.items() if values != before.get(key)}
        stand.moved = True
        kept = {key: values for key, values in stand.view.items() if key in stand.controls}
        stand.views[page] = {**kept, **now}
        stand.aside = {*kept} - {*now} if gone_back() else set()
        stand.unread |= stand.aside
    elif left:
        stand.unread = set(stand.view)
    stand.asked = set(stand.unread)
    stand.written = now


def leave() -> None:
    """Name the view in the address, as one step of the browser's history."""
    stand = _stand()
    stand.unread, stand.aside = set(), set()
    named = {key: stand.view[key] for key in stand.shown if stand.view.get(key)}
    if named != stand.written or stand.unsure:
        st.query_params.from_dict(named)
    if named != stand.written:
        stand.waiting.append(stand.written)
        stand.written, stand.by_part = named, alone()


def part(
    draw: Callable[P, R], *, around: Callable[[], bool] = lambda: False
) -> Callable[P, R | None]:
    """Let a function that draws a part of a page run alone when the reader changes something in it.

    What it is given and what stands around it stay as the whole page has drawn them last; where the
    browser may not have heard the end of that, the whole page is drawn. It must write to the same
    places outside of it in every run.

    Parameters
    ----------
    draw : callable
    around : callable, optional
        Says that what stands around the part is to be drawn with it this time.

    Returns
    -------
    callable
        Returns None where the part fails; that stands in its place.
    """

    @st.fragment
    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R | None:
        running_alone = alone()
        if running_alone:
            whole_unheard = _late(_stand(), _browser()) and not _stand().by_part
            if fresh() or around() or whole_unheard:
                st.rerun()
            _arrive(_stand().page)
        found = None
        with mishaps.part(), _within(draw.__qualname__):
            found = draw(*args, **kwargs)
        if running_alone:
            leave()
        return found

    return drawn


def alone() -> bool:
    """Say whether this run is that of a `part` alone."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


@contextmanager
def _within(name: str) -> Iterator[None]:
    """Keep account of the controls of a part, and forget those that it no longer draws.

    Where the reader interrupts it, all may still stand there.
    """
    stand, before = _stand(), _stand().within.get(name, set())
    stand.part, stand.within[name] = name, set()
    try:
        yield
    except BaseException:
        stand.within[name] |= before
        raise
    finally:
        stand.part = ""
    gone = before - stand.within[name]
    stand.drawn = [key for key in stand.drawn if key not in gone]


def get(key: str) -> str | None:
    """Return the first value of a parameter, None where there is none."""
    return next(iter(get_all(key)), None)


def get_all(key: str) -> list[str]:
    """Return all values of a parameter."""
    stand = _stand()
    return [] if key in stand.aside else list(stand.view.get(key, ()))


def asked(key: str) -> bool:
    """Say whether somebody else has just changed a parameter: a link, or the Back button."""
    return key in _stand().asked


def settled() -> bool:
    """Say whether the view is still the one that it was when this was asked last."""
    stand = _stand()
    same, stand.moved = not stand.moved, False
    return same


def unsaid(texts: Iterable[str]) -> list[str]:
    """Return those remarks that this run has not shown yet, each once; now it has."""
    said = _stand().said
    fresh = [text for text in dict.fromkeys(texts) if text not in said]
    said.update(fresh)
    return fresh


def returned() -> bool:
    """Say whether the reader has come from another page by its name alone."""
    return _stand().returned


def page() -> str:
    """Return the id of the page whose address was read last, empty at first."""
    return _stand().page


def view_of(page: str) -> Parameters:
    """Return the choices on a page, as it was left or as this run has read them."""
    return _stand().views.get(page, {})


def ask(key: str, *values: str) -> None:
    """Let a control read its parameter anew, as if a link had named it; without a value, not."""
    stand = _stand()
    put(key, *values)
    stand.asked.add(key)
    stand.unread.add(key)


def put(key: str, *values: str) -> None:
    """Keep a parameter; without a value it goes."""
    stand = _stand()
    stand.moved |= stand.view.get(key, []) != list(values)
    stand.view.pop(key, None)
    stand.aside.discard(key)
    if values:
        stand.view[key] = list(values)


def reserve(key: str) -> None:
    """Keep the place of a control that is drawn later among those that are drawn now."""
    _stand().drawn.append(key)


def draw(key: str, *values: str) -> None:
    """Keep what a control shows; its parameter stands in the address while it is drawn.

    An empty id is the default that needs no name.
    """
    stand, moved = _stand(), _stand().moved
    new = key not in stand.controls
    stand.controls.add(key)
    stand.within.setdefault(stand.part, set()).add(key)
    if key not in stand.drawn:
        stand.drawn.append(key)
    stand.unread.discard(key)
    put(key, *filter(None, values))
    if new:
        stand.moved = moved


def view(page: str, *besides: tuple[str, str]) -> Address:
    """Return the address of the view that a page shows, relative to the application.

    Parameters
    ----------
    page : str
        Its id.
    *besides : (parameter, value)
        What makes up the view and does not stand in the address because it is the default, such
        as the newest Stichtag.
    """
    return Address(page, pairs()).completed(*besides)


def pairs() -> tuple[tuple[str, str], ...]:
    """Return the parameters of this view with each value, those of controls first."""
    return tuple((key, value) for key in _stand().shown for value in get_all(key))
