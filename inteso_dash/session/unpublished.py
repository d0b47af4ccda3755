"""Tables that one session has loaded: shown on every page as unpublished, kept nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.session import editions, store
from inteso_dash.session.literal import literal

if TYPE_CHECKING:
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
HIDDEN = {
    "all": "Alle {count} Zahlen werden nicht gezeigt",
    "some": "{withheld} von {count} Zahlen werden nicht gezeigt",
    "of": "{withheld} von {count} bei {name}",
    "base": "Bei {names} fehlt die Bezugsgröße: von wie vielen Personen der Anteil ist. Nennt die "
    "Datei auch {bases}, sind die Anteile an größeren Gruppen zu sehen.",
    "public": "Sind die Zahlen schon veröffentlicht, geben Sie das an; dann wird nichts geheim "
    "gehalten.",
}


def mark(*, brief: bool = False) -> None:
    """Say on a page that it shows what nobody has published, and offer to discard it.

    ``brief`` says it in two words, for the whole screen.
    """
    mine = editions.edition()
    if mine is None or not mine.deliveries:
        return
    if brief:
        st.badge(TEXTS["brief"], icon=":material/visibility_lock:", color="orange")
        return
    tables = ", ".join(f"„{literal(each.table.title)}“" for each in mine.deliveries)
    told, button = st.columns([6, 1], vertical_alignment="center")
    days = ", ".join(formats.date(day) for day in store.city().set_aside)
    aside = TEXTS["aside"].format(days=days) if days else ""
    hidden = withheld(store.city(), mine.deliveries)
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
    mine = editions.edition()
    unpublished = mine is not None and bool(mine.deliveries)
    return TEXTS["title"].format(title=ordinary) if unpublished else ordinary


def add(delivery: Delivery) -> None:
    """Show this session one more table."""
    editions.choose_edition(with_table(delivery))


def withheld_of(delivery: Delivery) -> str:
    """Say what of one more table would be withheld; empty where all of it is shown."""
    with editions.seen_as(with_table(delivery)):
        return withheld(store.city(), [delivery])


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


def withheld(city: City, deliveries: Iterable[Delivery]) -> str:
    """Say how many figures of loaded tables are withheld, by which rule; empty where none is.

    Parameters
    ----------
    city : City
        With the tables, as the session would see it.
    deliveries : iterable of Delivery
        The tables to speak of.
    """
    sources = {source.id for each in deliveries for source in each.table.sources}
    own = city.figures[city.figures["source_id"].isin(sources)]
    hidden = own[own["status"] == str(Status.SUPPRESSED)]
    hidden = hidden[hidden["note"] != ""]
    if hidden.empty:
        return ""
    count = int(own["value"].notna().sum()) + len(hidden)
    numbers = {"withheld": formats.number(len(hidden), 0), "count": formats.number(count, 0)}
    title = {each.id: each.title.de for each in city.catalogue.indicators}
    parts = [
        HIDDEN["of"].format(
            withheld=formats.number(len(rows), 0),
            count=formats.number(
                int(own.loc[own["indicator_id"] == name, "value"].notna().sum()) + len(rows), 0
            ),
            name=f"„{title[str(name)]}“",
        )
        for name, rows in hidden.groupby("indicator_id", sort=False)
    ]
    whole = HIDDEN["all" if len(hidden) == count else "some"].format(**numbers)
    reason = " ".join(dict.fromkeys(hidden["note"]))
    base = _base(city, set(own["indicator_id"]), hidden["indicator_id"].unique())
    return " ".join(filter(None, [f"{whole}: {', '.join(parts)}.", reason, base, HIDDEN["public"]]))


def _base(city: City, given: set[str], hidden: Iterable[str]) -> str:
    """Name the denominators without which shares are withheld."""
    names, bases = [], dict[str, None]()
    for share in map(city.catalogue.indicator, hidden):
        below = share.denominator or share.weight
        if share.kind == "intensive" and below and not given & set(below):
            names.append(f"„{share.title.de}“")
            bases |= dict.fromkeys(f"„{city.catalogue.indicator(each).title.de}“" for each in below)
    if not names:
        return ""
    return HIDDEN["base"].format(names=", ".join(names), bases=", ".join(bases))
