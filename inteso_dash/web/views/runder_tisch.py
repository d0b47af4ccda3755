"""Sequences of views for a meeting: order them, edit them, play them full screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from inteso_dash import exports, sequences, slides, store
from inteso_dash.catalogue import Catalogue
from inteso_dash.sequences import Sequence, SequenceError, Slide
from inteso_dash.web.playing import CHANGED, PLAY, SEQUENCE, begin, escaped, play
from inteso_dash.web.remember import own, set_own, where

TEXTS = {
    "title": "Runder Tisch",
    "lead": "Eine Folge von Ansichten, die Sie vorführen und mitgeben. Jede Zahl bleibt "
    "anklickbar; „R“ stellt die vorbereitete Ansicht wieder her.",
    "choose": "Folge",
    "unknown": "In der Adresse stand die Folge „{found}“. Die gibt es hier nicht; gezeigt wird "
    "„{shown}“.",
    "own": "Eigene: {title} ({count} Folien)",
    "shipped": "{title} ({count} Folien)",
    "play": "Vorführen",
    "empty": "Diese Folge hat noch keine Folien. Öffnen Sie eine Karte, ein Profil, die Seite "
    "Veränderung oder Unterbringung und wählen Sie „Für den Runden Tisch merken“, laden Sie eine "
    "Datei oder übernehmen Sie eine der mitgelieferten Folgen.",
    "copy": "Zum Bearbeiten übernehmen",
    "copied": "Ihre bisherige Folge wird dabei ersetzt. Laden Sie sie vorher herunter, wenn Sie "
    "sie behalten wollen.",
    "really": "Ersetzen",
    "download": "Folge (YAML)",
    "upload": "Folge laden (YAML)",
    "upload_note": "Eine geladene Folge ersetzt Ihre bisherige.",
    "refused": "Die Datei wurde nicht übernommen:",
    "sequence_title": "Titel der Folge",
    "headline": "Überschrift",
    "remark": "Anmerkung",
    "up": "Nach oben",
    "down": "Nach unten",
    "remove": "Entfernen",
    "open": "Ansicht öffnen",
    "confirm": "Neue Zahlen bestätigen",
    "keys": "Pfeiltasten, Bild auf und Bild ab (Klicker): blättern · Pos1, Ende: erste, letzte "
    "Folie · R: vorbereiteter Zustand · F: ganzer Bildschirm · Esc: beenden",
}
OWN = "eigene"
HANDOUTS = (
    (".pdf", "Handzettel (PDF)", "application/pdf"),
    (
        ".pptx",
        "Präsentation (PPTX)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)
MAX_SHOWN = 60


def offered() -> dict[str, Sequence]:
    """Return all sequences by the name they have in addresses, one's own first."""
    return {OWN: own(), **store.shipped_sequences()}


def chosen(found: dict[str, Sequence]) -> str:
    """Return the name of the sequence in the address, the first with slides by default."""
    asked = st.query_params.get(SEQUENCE)
    if asked in found:
        return str(asked)
    return next((name for name, each in found.items() if each.slides), OWN)


def update(place: int, **changes: str) -> None:
    """Change one slide of the own sequence."""
    kept = own()
    changed = list(kept.slides)
    changed[place] = changed[place].model_copy(update=changes)
    set_own(kept.model_copy(update={"slides": tuple(changed)}))


def take_text(place: int, field: str, key: str) -> None:
    """Take over what was typed."""
    update(place, **{field: str(st.session_state[key]).strip()})


def reorder(place: int, by: int) -> None:
    """Move a slide up or down, or take it out where ``by`` is 0."""
    kept = own()
    moved = list(kept.slides)
    slide = moved.pop(place)
    if by:
        moved.insert(place + by, slide)
    set_own(kept.model_copy(update={"slides": tuple(moved)}))
    redraw()


def stand() -> int:
    """Return how often the fields have been drawn anew."""
    drawn: int = st.session_state.get("rt_stand", 0)
    return drawn


def redraw() -> None:
    """Draw the fields anew: they belong to other slides now."""
    st.session_state["rt_stand"] = stand() + 1


def rename() -> None:
    """Take over the title of the own sequence."""
    title = str(st.session_state[f"rt_titel_{stand()}"]).strip()
    if title:
        set_own(own().model_copy(update={"title": title[:200]}))


def take_over(sequence: Sequence) -> None:
    """Replace the own sequence."""
    set_own(sequence)
    redraw()
    st.query_params[SEQUENCE] = OWN


def load(catalogue: Catalogue) -> None:
    """Read an uploaded sequence; what is wrong with it is said on the page."""
    file = st.session_state["rt_datei"]
    st.session_state.pop("rt_fehler", None)
    if file is None:
        return
    try:
        take_over(
            sequences.of_city(sequences.read(file.getvalue(), file.name), catalogue, file.name)
        )
    except SequenceError as error:
        st.session_state["rt_fehler"] = error.problems


def describe(slide: Slide) -> slides.Shown | str:
    """Return what a slide shows, or why it shows nothing."""
    try:
        return store.slide(slide.address, slide.figure)
    except slides.ViewError as error:
        return str(error)


def listed(place: int, slide: Slide, count: int, *, editable: bool) -> None:
    """Show one slide of the sequence, with its fields where it may be changed."""
    shown = describe(slide)
    drafted = shown if isinstance(shown, str) else shown.headline
    with st.container(border=True):
        st.markdown(f"**{place + 1}** · {escaped(slide.headline or drafted)}")
        if isinstance(shown, slides.Shown):
            st.caption(f"{shown.title}, {shown.date}")
            for note in shown.notes:
                st.warning(note)
            if slides.changed(slide, shown):
                st.warning(CHANGED)
        if not editable:
            if slide.remark:
                st.text(slide.remark)
            return
        with st.expander(f"{TEXTS['headline']}, {TEXTS['remark']}"):
            for field, limit in (("headline", 400), ("remark", 4000)):
                key = f"rt_{field}_{stand()}_{place}"
                st.text_area(
                    TEXTS[field],
                    getattr(slide, field),
                    placeholder=drafted if field == "headline" else None,
                    max_chars=limit,
                    height=90,
                    key=key,
                    on_change=take_text,
                    args=(place, field, key),
                )
            if isinstance(shown, slides.Shown) and slides.changed(slide, shown):
                st.button(
                    TEXTS["confirm"],
                    key=f"rt_ok_{stand()}_{place}",
                    on_click=update,
                    args=(place,),
                    kwargs={"data": shown.data},
                )
        tools = st.container(horizontal=True, gap="small")
        actions: tuple[tuple[str, str, bool, Callable[..., None], tuple[int, ...]], ...] = (
            ("up", ":material/arrow_upward:", place == 0, reorder, (place, -1)),
            ("down", ":material/arrow_downward:", place == count - 1, reorder, (place, 1)),
            ("remove", ":material/delete:", False, reorder, (place, 0)),
        )
        for name, icon, disabled, action, args in actions:
            tools.button(
                TEXTS[name],
                key=f"rt_{name}_{place}",
                icon=icon,
                type="tertiary",
                disabled=disabled,
                on_click=action,
                args=args,
            )
        tools.link_button(
            TEXTS["open"], slide.view.url, icon=":material/open_in_new:", type="tertiary"
        )


def edit(found: dict[str, Sequence], name: str) -> None:
    """Choose, order and describe the slides of a sequence."""
    catalogue = store.city().catalogue
    st.header(TEXTS["title"], anchor=False)
    st.write(TEXTS["lead"])
    asked = st.query_params.get(SEQUENCE)
    if asked is not None and asked not in found:
        unknown = TEXTS["unknown"].format(found=asked[:MAX_SHOWN], shown=found[name].title)
        st.info(unknown)
    for problem in st.session_state.pop("rt_fehler", ()):
        st.error(f"{TEXTS['refused']} {escaped(problem)}")
    titles = {
        each: TEXTS["own" if each == OWN else "shipped"].format(
            title=sequence.title, count=len(sequence.slides)
        )
        for each, sequence in found.items()
    }
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    picked = str(
        left.selectbox(
            TEXTS["choose"],
            list(found),
            list(found).index(name),
            format_func=lambda each: titles[each],
            key=f"rt_folge_{name}",
        )
    )
    if picked != name:
        st.query_params[SEQUENCE] = picked
        st.rerun()
    sequence = found[name]
    right.button(
        TEXTS["play"],
        type="primary",
        icon=":material/slideshow:",
        width="stretch",
        disabled=not sequence.slides,
        on_click=begin,
        args=(name,),
    )
    st.caption(TEXTS["keys"])
    if name == OWN and sequence.slides:
        st.text_input(
            TEXTS["sequence_title"],
            sequence.title,
            key=f"rt_titel_{stand()}",
            max_chars=200,
            on_change=rename,
        )
    if not sequence.slides:
        st.info(TEXTS["empty"])
    for place, slide in enumerate(sequence.slides):
        listed(place, slide, len(sequence.slides), editable=name == OWN)
    files(found, name, catalogue)


def handed_out(sequence: Sequence, ending: str) -> bytes:
    """Return a sequence as file; called when it is asked for."""
    from inteso_dash import handout

    return handout.WRITERS[ending](store.city(), store.layers(), sequence, None)


def files(found: dict[str, Sequence], name: str, catalogue: Catalogue) -> None:
    """Take sequences out and in."""
    sequence = found[name]
    with st.container(horizontal=True):
        st.download_button(
            TEXTS["download"],
            sequences.write(sequence),
            exports.file_name(["folge", sequence.title], "yml"),
            mime="application/yaml",
            on_click="ignore",
            icon=":material/download:",
            disabled=not sequence.slides,
        )
        for ending, label, kind in HANDOUTS:
            st.download_button(
                label,
                store.in_this_edition(partial(handed_out, sequence, ending)),
                exports.file_name(["folge", sequence.title], ending.removeprefix(".")),
                mime=kind,
                on_click="ignore",
                icon=":material/print:" if ending == ".pdf" else ":material/co_present:",
                disabled=not sequence.slides,
            )
        if name != OWN and not found[OWN].slides:
            st.button(TEXTS["copy"], icon=":material/edit:", on_click=take_over, args=(sequence,))
        elif name != OWN:
            with st.popover(TEXTS["copy"], icon=":material/edit:"):
                st.write(TEXTS["copied"])
                st.button(TEXTS["really"], on_click=take_over, args=(sequence,))
    st.file_uploader(
        TEXTS["upload"],
        ["yml", "yaml"],
        key="rt_datei",
        help=TEXTS["upload_note"],
        on_change=load,
        args=(catalogue,),
    )
    if name == OWN:
        st.caption(where())


def page() -> None:
    """Draw the page."""
    found = offered()
    name = chosen(found)
    if st.query_params.get(PLAY) and found[name].slides:
        play(found[name])
    else:
        edit(found, name)


page()
