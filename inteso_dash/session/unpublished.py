"""Tables that one session has loaded: shown on every page as unpublished, kept nowhere else."""

from __future__ import annotations

import hashlib

import streamlit as st

from inteso_dash.language import formats
from inteso_dash.session import editions, store, withheld
from inteso_dash.session.literal import literal
from inteso_dash.tables.sources import Delivery

TEXTS = {
    "mark": "**Unveröffentlichte Daten:** Sie sehen {tables} neben den Zahlen der Anwendung. Das "
    "zeigt nur diese Sitzung im Browser; laden Sie die Seite neu, sind sie fort.",
    "aside": " Die nicht öffentlichen Zahlen des Datenordners vom {days} sind so lange "
    "ausgeblendet: zusammen mit Ihren ließen sich geheime Zahlen zurückrechnen.",
    "brief": "Unveröffentlichte Daten",
    "discard": "Verwerfen",
    "public": "Die Zahlen dieser Datei sind schon veröffentlicht, jeder kann sie nachlesen",
    "title": "Unveröffentlicht · {title}",
}


def mark(*, brief: bool = False) -> None:
    """Say on a page that it shows what nobody has published, and offer to discard it.

    ``brief`` says it in two words, for the whole screen.
    """
    mine = editions.edition()
    if mine is None:
        return
    if brief:
        st.badge(TEXTS["brief"], icon=":material/visibility_lock:", color="orange")
        return
    tables = ", ".join(f"„{literal(each.table.title)}“" for each in mine.deliveries)
    told, button = st.columns([6, 1], vertical_alignment="center")
    days = ", ".join(formats.date(day) for day in store.city().set_aside)
    aside = TEXTS["aside"].format(days=days) if days else ""
    hidden = withheld.told(store.city(), mine.deliveries)
    said = " ".join(filter(None, [TEXTS["mark"].format(tables=tables) + aside, literal(hidden)]))
    told.warning(said, icon=":material/visibility_lock:")
    button.button(
        TEXTS["discard"],
        key="unveroeffentlicht_verwerfen",
        icon=":material/delete:",
        on_click=discard,
        width="stretch",
    )


def title(ordinary: str) -> str:
    """Return the title of the browser's window."""
    return ordinary if editions.edition() is None else TEXTS["title"].format(title=ordinary)


def add(delivery: Delivery) -> None:
    """Show this session one more table."""
    editions.choose_edition(with_table(delivery))


def withheld_of(delivery: Delivery) -> str:
    """Say what of one more table would be withheld; empty where all of it is shown."""
    with editions.seen_as(with_table(delivery)):
        return withheld.told(store.city(), [delivery])


def ask_public(delivery: Delivery | None, key: str) -> None:
    """Say what will be withheld of a table, and let it be said that its figures are public."""
    hidden = "" if delivery is None else withheld_of(delivery)
    if hidden:
        st.warning(literal(hidden), icon=":material/visibility_off:")
    if hidden or st.session_state.get(key):
        st.checkbox(TEXTS["public"], key=key)


def with_table(delivery: Delivery) -> editions.Edition:
    """Return what this session sees with one more table."""
    mine = editions.edition()
    deliveries = (*(mine.deliveries if mine else ()), delivery)
    held = hashlib.sha256()
    for each in deliveries:
        described = each.table.model_dump_json(exclude={"sources": {"__all__": {"delivered"}}})
        held.update(described.encode())
    return editions.Edition(held.hexdigest(), deliveries)


def discard() -> None:
    """Show this session the shared city again."""
    editions.choose_edition(None)
