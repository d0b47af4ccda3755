"""The row at the top of every page: what it shows as files, kept for a meeting, and as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.drawing.link_copier import link_copier
from inteso_dash.pages import slides
from inteso_dash.pages.own import keep_in_browser, own, set_own, where
from inteso_dash.pages.slides import SHOWN
from inteso_dash.pages.slides import kept as kept_slide
from inteso_dash.session import downloads, mishaps, own_areas, store
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.views import sequences
from inteso_dash.views.own_sequences import told_apart
from inteso_dash.views.sequences import Address, Sequence, Slide
from inteso_dash.views.shown import Shown, ViewError

KEY, LINK = "mitnehmen", "link_kopieren"
TEXTS = {
    "button": "Merken",
    "button_help": "Für den Runden Tisch",
    "title": "Für den Runden Tisch merken",
    "headline": "Überschrift",
    "headline_help": "Leer: Die Anwendung entwirft sie aus den jeweils geltenden Zahlen.",
    "remark": "Anmerkung",
    "remark_help": "Steht im Handzettel und in den Notizen der Präsentation, nicht auf der Folie.",
    "figure": "Was die Folie zeigt",
    "keep": "Merken",
    "kept": "Gemerkt als Folie {count} der Folge „{title}“. Die Seite „Runder Tisch“ ordnet und "
    "spielt sie.",
    "sequence": "Folge",
    "new": "Neue Folge anlegen",
    "untitled": "Neue Folge",
    "new_title": "Titel der neuen Folge",
    "full": "Eine Folge hat höchstens {most} Folien. Wählen Sie eine andere.",
}
_DONE, _TARGET = "runder_tisch_gemerkt", "runder_tisch_ziel"
_ASKING, _NEW = "merken_gefragt", "neu"


def describe(slide: Slide) -> Shown | str:
    """Return what a slide shows, or why it shows nothing."""
    try:
        with own_areas.of(slide.view):
            return kept_slide(slide.address, slide.figure)
    except ViewError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001
        return mishaps.said(error)


def remember(view: Address) -> None:
    """Offer to keep the view that a page shows.

    Parameters
    ----------
    view : Address
    """
    if st.button(
        TEXTS["button"],
        key="merken",
        icon=":material/bookmark_add:",
        type="tertiary",
        help=TEXTS["button_help"],
    ):
        st.session_state[_ASKING] = view.text
    # A run that the reader has not asked for, as when the browser tells what it keeps, would close
    # what is not opened again.
    if st.session_state.get(_ASKING) == view.text:
        _ask(view)
    else:
        _close()
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.toast(literal(done), icon=":material/bookmark_added:")


def _close() -> None:
    st.session_state.pop(_ASKING, None)


@st.dialog(TEXTS["title"], on_dismiss=_close)
def _ask(view: Address) -> None:
    figure = ""
    offered = slides.viewer(view.page).figures_of(store.city(), view)
    if offered:
        figure = offered[str(st.selectbox(TEXTS["figure"], list(offered), key="merken_teil"))]
    shown = describe(Slide(address=view.text, figure=figure))
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
    target = _choose_sequence()
    st.caption(literal(where()))
    kept = own().sequences.get(target)
    if kept is not None and len(kept.slides) >= sequences.MAX_SLIDES:
        st.warning(TEXTS["full"].format(most=sequences.MAX_SLIDES))
        return
    slide = Slide(address=view.text, figure=figure, data=shown.data)
    if st.button(TEXTS["keep"], type="primary", key="merken_jetzt", on_click=_keep, args=(slide,)):
        st.rerun()


def _choose_sequence() -> str:
    """Let the reader choose the sequence that a view goes to, at first the one used last."""
    mine = own()
    titles = {key: each.title for key, each in mine.sequences.items()}
    titles |= {} if mine.full else {_NEW: TEXTS["new"]}
    titles = told_apart(titles)
    last = st.session_state.get(_TARGET)
    keys = list(titles)
    target = st.selectbox(
        TEXTS["sequence"],
        keys,
        keys.index(last) if last in titles else 0,
        format_func=lambda key: titles[key],
        key="merken_folge",
    )
    if target == _NEW:
        st.text_input(TEXTS["new_title"], max_chars=200, key="merken_titel")
    return str(target)


def _keep(slide: Slide) -> None:
    """Add a slide with the words typed in the dialog."""
    said = {
        field: str(st.session_state.get(key) or "").strip()
        for field, key in (("headline", "merken_ueberschrift"), ("remark", "merken_anmerkung"))
    }
    _close()
    mine, target = own(), str(st.session_state["merken_folge"])
    if target not in mine.sequences:
        title = str(st.session_state.get("merken_titel") or "").strip() or TEXTS["untitled"]
        fresh = Sequence(title=title, city=store.city().catalogue.city.id)
        mine, target = mine.add(fresh)
    kept = mine.sequences[target]
    added = (*kept.slides, slide.model_copy(update=said))
    st.session_state[_TARGET] = target
    if set_own(mine.put(target, kept.model_copy(update={"slides": added}))):
        st.session_state[_DONE] = TEXTS["kept"].format(count=len(added), title=kept.title)


def head() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Lay out the first line of a page: the place of its title, and of the row beside it."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        return st.empty(), st.container(
            horizontal=True, vertical_alignment="center", width="content", gap="medium", key=KEY
        )


def take_along(
    place: DeltaGenerator,
    view: Address,
    things: Callable[[], Iterable[Thing]] = tuple,
    *,
    changing: bool = False,
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
    changing : bool
        Whether a part of the page that runs alone changes the address: that of the browser is the
        link then, with what the part adds.
    """
    city = store.city()
    with place:
        downloads.menu(city, lambda: (*things(), downloads.package(city)))
        if view.page in SHOWN:
            remember(view)
        link_copier(None if changing else view.query, key=LINK)
    keep_in_browser()
