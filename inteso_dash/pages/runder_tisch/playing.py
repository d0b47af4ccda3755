"""A sequence on the whole screen: one statement and one live figure per slide."""

from __future__ import annotations

import re

import streamlit as st

from inteso_dash.boundaries.orientation import cited, read_orientation
from inteso_dash.drawing.presenter import FIGURE, FOOT, HEAD, presenter
from inteso_dash.pages import PAGES, slides
from inteso_dash.pages.runder_tisch import slide_figures
from inteso_dash.pages.slides import CHANGED, NOTHING
from inteso_dash.pages.take_along import describe
from inteso_dash.session import address, mishaps, own_areas, store
from inteso_dash.session.editions import cached
from inteso_dash.session.literal import literal
from inteso_dash.views import headlines
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Sequence, Slide

SEQUENCE, PLACE, PLAY = "folge", "folie", "vorfuehren"
STATE, FRESH, SCREEN = "folie_zustand", "folie_frisch", "folie_schirm"
TITLES = "Titel im Handzettel"
USUAL = (1920, 1080)
"""Screen that charts are drawn for until the browser has said which there is."""


def unbroken(text: str) -> str:
    """Keep numbers with their nouns, and both ends of a span, on one line.

    Examples
    --------
    >>> unbroken("30 bis 49 Jahre mit 28,1 %").replace("\u00a0", "_")
    '30_bis_49_Jahre mit 28,1 %'
    """
    return re.sub(r"(?<=\d) (?=[A-ZÄÖÜ])|(?<=\d) (?=bis \d)|(?<=\d bis) (?=\d)", "\u00a0", text)


def place_of(count: int) -> int:
    """Return the slide in the address, within the sequence."""
    asked = address.get(PLACE) or "1"
    return min(max(int(asked), 1), count) if asked.isdecimal() and len(asked) < 6 else 1


def prepared() -> None:
    """Forget what the audience has chosen on the slide."""
    st.session_state.pop(STATE, None)
    st.session_state[FRESH] = st.session_state.get(FRESH, 0) + 1


def go(place: int) -> None:
    """Show another slide, as prepared."""
    address.put(PLACE, str(place))
    prepared()


def leave() -> None:
    """End the presentation."""
    address.put(PLAY)
    prepared()


def begin(name: str, place: int = 1) -> None:
    """Start the presentation with a slide."""
    address.put(SEQUENCE, name)
    address.put(PLAY, "1")
    go(place)


def change(key: str, value: str | None) -> None:
    """Note what the audience has chosen on the slide: an area, a Stichtag."""
    st.session_state[STATE] = {**st.session_state.get(STATE, {}), key: value}


def change_date(label: str) -> None:
    """Note another Stichtag."""
    day, month, year = label.split(".")
    change("stichtag", f"{year}-{month}-{day}")


def tell_screen(screen: tuple[int, int]) -> None:
    """Note how large the screen is."""
    st.session_state[SCREEN] = screen


def live(slide: Slide) -> Slide:
    """Return the slide with what the audience has chosen in place of what was prepared."""
    state: dict[str, str | None] = st.session_state.get(STATE, {})
    if not state:
        return slide
    view = slide.view
    areas = next((page.shows.areas for page in PAGES if page.id == view.page), None)
    names = {} if areas is None else {"gebiet": areas.area}
    chosen_here = {names.get(key, key): value for key, value in state.items()}
    changed = view.completed(*((key, value or "") for key, value in chosen_here.items())).text
    return slide.model_copy(update={"address": changed, "headline": ""})


def play(sequence: Sequence) -> None:
    """Show one slide on the whole page."""
    place = place_of(len(sequence.slides))
    slide = sequence.slides[place - 1]
    screen = st.session_state.get(SCREEN, USUAL)
    with st.container(key=FOOT + "_leiste"):
        presenter(
            place,
            len(sequence.slides),
            key="vorfuehrung",
            screen=screen,
            on_go=go,
            on_reset=prepared,
            on_leave=leave,
            on_screen=tell_screen,
        )
    now = live(slide)
    with own_areas.of(now.view):
        _draw(slide, now, place, screen)


def _draw(slide: Slide, now: Slide, place: int, screen: tuple[int, int]) -> None:
    """Draw a slide as the audience has left it."""
    shown = describe(now)
    if isinstance(shown, str):
        st.title(literal(unbroken(slide.headline or NOTHING)), anchor=False)
        with st.container(key=FIGURE):
            st.info(literal(shown))
        st.container(key=FOOT)
        return
    with st.container(key=HEAD):
        st.title(literal(unbroken(now.headline or shown.headline)), anchor=False)
        if not shown.content.titled:
            st.header(literal(f"{shown.title}, {shown.date}"), anchor=False)
        for note in shown.notes:
            st.warning(literal(note))
        if slides.changed(slide, shown) and now is slide:
            st.warning(CHANGED)
    with st.container(key=FIGURE), mishaps.part():
        slide_figures.show(
            store.city(),
            shown,
            screen=screen,
            key=f"folie_{place}_{st.session_state.get(FRESH, 0)}",
            on_select=lambda area: change("gebiet", area),
            on_date=change_date,
        )
    with st.container(key=FOOT):
        if shown.content.note:
            st.markdown(literal(shown.content.note))
        told = [shown.in_brief(TITLES), headlines.ROUNDING]
        if isinstance(shown.content, Map):
            told.append(_orientation())
        st.caption(literal(" ".join(filter(None, told))))


@cached()
def _orientation() -> str:
    """Say where what helps to find one's way on the maps is from."""
    return cited(read_orientation(store.city().root))
