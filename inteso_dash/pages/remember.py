"""Keep a view for a meeting: in the browser session, and in the user's folder where one is."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from inteso_dash.pages import slides
from inteso_dash.pages.slides import kept as kept_slide
from inteso_dash.session import mishaps, store
from inteso_dash.session.address import pairs
from inteso_dash.session.controls import note
from inteso_dash.session.literal import literal
from inteso_dash.views import sequences
from inteso_dash.views.sequences import Address, Sequence, SequenceError, Slide
from inteso_dash.views.shown import Shown, ViewError

TEXTS = {
    "button": "Für den Runden Tisch merken",
    "title": "Für den Runden Tisch merken",
    "headline": "Überschrift",
    "headline_help": "Leer: Die Anwendung entwirft sie aus den jeweils geltenden Zahlen.",
    "remark": "Anmerkung",
    "remark_help": "Steht im Handzettel und in den Notizen der Präsentation, nicht auf der Folie.",
    "figure": "Was die Folie zeigt",
    "keep": "Merken",
    "kept": "Gemerkt als Folie {count}. Die Seite „Runder Tisch“ ordnet und spielt die Folge.",
    "private": "Die Folge liegt nur in dieser Browsersitzung. Laden Sie sie auf der Seite „Runder "
    "Tisch“ herunter, bevor Sie den Browser schließen.",
    "stored": "Die Folge liegt in {path}.",
    "not_stored": "Die Folge ließ sich nicht in {path} ablegen ({why}). Sie liegt nur in dieser "
    "Browsersitzung: laden Sie sie herunter, bevor Sie den Browser schließen.",
    "full": "Eine Folge hat höchstens {most} Folien.",
    "own": "Meine Folge",
}
_OWN, _DONE = "runder_tisch_folge", "runder_tisch_gemerkt"


def own() -> Sequence:
    """Return the views kept in this session, at first those of the user's folder."""
    if _OWN not in st.session_state:
        st.session_state[_OWN] = _stored()
    kept: Sequence = st.session_state[_OWN]
    return kept


def _stored() -> Sequence:
    catalogue = store.city().catalogue
    empty = Sequence(title=TEXTS["own"], city=catalogue.city.id)
    path = sequences.kept_path(catalogue)
    if path is None or not path.is_file():
        return empty
    try:
        found = sequences.read(path.read_bytes(), path.name)
        return sequences.of_city(found, catalogue, path.name)
    except (SequenceError, OSError):
        return empty


def set_own(sequence: Sequence) -> None:
    """Keep a sequence in this session, and in the user's folder where there is one."""
    st.session_state[_OWN] = sequence
    path = sequences.kept_path(store.city().catalogue)
    if path is None:
        return
    try:
        sequences.keep(sequence, path)
    except OSError as error:
        note(TEXTS["not_stored"].format(path=path, why=error.strerror))


def where() -> str:
    """Say where the views are kept."""
    path = sequences.kept_path(store.city().catalogue)
    return TEXTS["private"] if path is None else TEXTS["stored"].format(path=path)


def describe(slide: Slide) -> Shown | str:
    """Return what a slide shows, or why it shows nothing."""
    try:
        return kept_slide(slide.address, slide.figure)
    except ViewError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001
        return mishaps.said(error)


def remember(page: str, besides: Iterable[tuple[str, str]] = ()) -> None:
    """Offer to keep the view that a page shows.

    Parameters
    ----------
    page : str
        Name of the page in addresses.
    besides : iterable of (parameter, value)
        What makes up the view and does not stand in the address because it is the default, such
        as the newest Stichtag.
    """
    shown = dict(besides)
    address = Address(page, (*((k, v) for k, v in pairs() if k not in shown), *shown.items()))
    if st.button(TEXTS["button"], key="merken", icon=":material/bookmark_add:", type="tertiary"):
        _ask(address)
    count = st.session_state.pop(_DONE, None)
    if count is not None:
        st.toast(TEXTS["kept"].format(count=count), icon=":material/bookmark_added:")


@st.dialog(TEXTS["title"])
def _ask(address: Address) -> None:
    figure = ""
    offered = slides.viewer(address.page).figures_of(store.city(), address)
    if offered:
        figure = offered[str(st.selectbox(TEXTS["figure"], list(offered), key="merken_teil"))]
    shown = describe(Slide(address=address.text, figure=figure))
    if isinstance(shown, str):
        st.info(shown)
        return
    st.text_area(
        TEXTS["headline"],
        placeholder=shown.headline,
        help=TEXTS["headline_help"],
        max_chars=400,
        height=110,
        key="merken_ueberschrift",
    )
    st.text_area(TEXTS["remark"], help=TEXTS["remark_help"], max_chars=4000, key="merken_anmerkung")
    st.caption(literal(where()))
    if len(own().slides) >= sequences.MAX_SLIDES:
        st.warning(TEXTS["full"].format(most=sequences.MAX_SLIDES))
        return
    slide = Slide(address=address.text, figure=figure, data=shown.data)
    if st.button(TEXTS["keep"], type="primary", key="merken_jetzt", on_click=_keep, args=(slide,)):
        st.rerun()


def _keep(slide: Slide) -> None:
    """Add a slide with the words typed in the dialog."""
    said = {
        field: str(st.session_state.get(key) or "").strip()
        for field, key in (("headline", "merken_ueberschrift"), ("remark", "merken_anmerkung"))
    }
    kept = own()
    added = (*kept.slides, slide.model_copy(update=said))
    set_own(kept.model_copy(update={"slides": added}))
    st.session_state[_DONE] = len(added)
