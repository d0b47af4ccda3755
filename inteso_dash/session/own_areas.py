"""Areas that a session has made: a level of its city on every page, named in every address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from inteso_dash.catalogue.own_areas import (
    MAX_ADDRESS,
    OWN_LEVEL,
    OwnAreas,
    from_address,
    to_address,
)
from inteso_dash.city.own_areas import coarsest, resolved
from inteso_dash.session import address, editions, store
from inteso_dash.session.literal import literal
from inteso_dash.views.addresses import as_id
from inteso_dash.views.sequences import Address

TEXTS = {
    "long": "Ihre eigenen Gebiete passen nicht in eine Adresse: gefunden {found} Zeichen, erwartet "
    "höchstens {most}. Links und Folien tragen sie nicht; nehmen Sie die YAML-Datei mit.",
}

_LEFT = "eigene_gebiete_verlassen"
_LINKS = 8
"""How many changes back a link may have been drawn that the reader still presses."""


def chosen() -> OwnAreas:
    """Return the areas that this session has made, as it has described them."""
    return editions.own_areas()


def choose(own: OwnAreas) -> None:
    """Show this session areas of its own from now on; without areas, none."""
    before, after = chosen(), coarsest(own, store.city()) if own.areas else own
    if after != before:
        here, left = st.session_state.get(_LEFT, ("", ()))
        page = address.page()
        earlier = left if here == page else ()
        st.session_state[_LEFT] = page, (*earlier, to_address(before))[-_LINKS:]
    editions.choose_own(after)
    keep_address()


def arrive() -> None:
    """Take over the areas that an address names, before anything of the city is read.

    A link of the page on which the reader has just changed them may still name them as they were;
    it leads to what they have become.
    """
    if not address.fresh():
        return
    text = address.ahead(OWN_LEVEL)
    before = to_address(chosen())
    if text is not None and text != before and _overtaken(text):
        renamed = {text: before} | dict(_renamed(from_address(text), chosen()))
        address.correct(lambda value: renamed.get(value, value))
    elif text != before and not (text is None and len(before) > MAX_ADDRESS):
        editions.choose_own(from_address(text or ""))


def _overtaken(text: str) -> bool:
    here, left = st.session_state.get(_LEFT, ("", ()))
    return here == address.page() and text in left and not address.gone_back()


def _renamed(then: OwnAreas, now: OwnAreas) -> Iterator[tuple[str, str]]:
    for was in then.areas:
        for each in now.areas:
            if (was.parts, was.cut) == (each.parts, each.cut):
                yield was.id, each.id
                yield as_id((then.level, was.id)), as_id((now.level, each.id))


def keep(*, brief: bool = False) -> None:
    """Name the areas in the address of the page, and say what of them cannot be shown.

    ``brief`` says nothing, for the whole screen.
    """
    keep_address()
    own = chosen()
    told = list(resolved(own, store.city()).own.faults)
    found = len(to_address(own))
    if found > MAX_ADDRESS:
        told.append(TEXTS["long"].format(found=found, most=MAX_ADDRESS))
    if told and not brief:
        st.warning("  \n".join(map(literal, told)), icon=":material/warning:")


def keep_address() -> None:
    """Let the address of this page name the areas, where they fit into one."""
    text = to_address(chosen())
    address.put(OWN_LEVEL, *([text] if text and len(text) <= MAX_ADDRESS else []))


def along(view: Address) -> Address:
    """Return an address with the areas of this session, for links that open anew."""
    mine = editions.edition()
    text = "" if mine is None else to_address(mine.own)
    return view.completed((OWN_LEVEL, text)) if text and len(text) <= MAX_ADDRESS else view


@contextmanager
def of(view: Address) -> Iterator[None]:
    """Show the session the areas that a view names, where it names some, while the block lasts."""
    text = view.get(OWN_LEVEL)
    if text is None or text == to_address(chosen()):
        yield
        return
    with editions.seen_with(from_address(text)):
        yield
