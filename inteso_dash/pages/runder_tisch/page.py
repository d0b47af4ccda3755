"""Sequences of views for a meeting: order them, edit them, play them full screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from inteso_dash.catalogue import Catalogue
from inteso_dash.files.text import file_name
from inteso_dash.pages import slides
from inteso_dash.pages.remember import describe, own, where
from inteso_dash.pages.runder_tisch.kept import shipped_sequences
from inteso_dash.pages.runder_tisch.own_sequence import (
    BEFORE,
    keep,
    redraw,
    reorder,
    stand,
    take_back,
    take_text,
    update,
)
from inteso_dash.pages.runder_tisch.playing import CHANGED, NOTHING, PLAY, SEQUENCE, begin, play
from inteso_dash.session import store
from inteso_dash.session.literal import literal
from inteso_dash.views import sequences
from inteso_dash.views.sequences import Sequence, SequenceError, Slide
from inteso_dash.views.shown import Shown

TEXTS = {
    "title": "Runder Tisch",
    "lead": "Eine Folge von Ansichten, die Sie vorführen und mitgeben. Jede Zahl bleibt "
    "anklickbar; „R“ stellt die vorbereitete Ansicht wieder her.",
    "choose": "Folge",
    "unknown": "In der Adresse stand die Folge „{found}“. Die gibt es hier nicht; gezeigt wird "
    "„{shown}“.",
    "own": "Eigene: {title} ({count})",
    "shipped": "{title} ({count})",
    "play": "Vorführen",
    "empty": "Diese Folge hat noch keine Folien. Öffnen Sie eine Karte, ein Profil, die Seite "
    "Veränderung oder Unterbringung und wählen Sie „Für den Runden Tisch merken“, laden Sie eine "
    "Datei oder übernehmen Sie eine der mitgelieferten Folgen.",
    "shipped_note": "Diese Folge ist mitgeliefert und bleibt, wie sie ist. Um sie zu ändern, "
    "übernehmen Sie sie als Ihre eigene.",
    "copy": "Zum Bearbeiten übernehmen",
    "copied": "Ihre bisherige Folge wird dabei ersetzt. Laden Sie sie vorher herunter, wenn Sie "
    "sie behalten wollen.",
    "really": "Ersetzen",
    "download": "Folge (YAML)",
    "keeping": "Folge als Datei sichern oder laden",
    "upload": "Folge laden (YAML)",
    "upload_note": "Eine geladene Folge ersetzt Ihre eigene.",
    "refused": "Die Datei wurde nicht übernommen:",
    "loaded": "Geladen: {title} ({count}).",
    "replaced": "Ihre bisherige Folge „{title}“ ({count}) ist ersetzt.",
    "undo": "Rückgängig",
    "sequence_title": "Titel der Folge",
    "fields": "Überschrift und Anmerkung",
    "headline": "Überschrift",
    "headline_help": "Leer: Die Anwendung entwirft sie aus den jeweils geltenden Zahlen.",
    "drafted": "Entwurf aus den Zahlen: {drafted}",
    "remark": "Anmerkung",
    "remark_help": "Steht im Handzettel und in den Notizen der Präsentation, nicht auf der Folie.",
    "remarked": "Anmerkung: {remark}",
    "play_here": "Ab hier zeigen",
    "up": "Nach oben",
    "down": "Nach unten",
    "remove": "Entfernen",
    "open": "Ansicht öffnen",
    "confirm": "Neue Zahlen bestätigen",
    "keys": "Pfeiltasten, Bild auf und Bild ab (Klicker): blättern · Pos1, Ende: erste, letzte "
    "Folie · R: vorbereiteter Zustand · F: ganzer Bildschirm · Esc: beenden",
}
ONE, MANY = "1 Folie", "{count} Folien"
OWN = "eigene"
REFUSED = "rt_fehler"
HANDOUTS = (
    (".pdf", "Handzettel (PDF)", "application/pdf"),
    (
        ".pptx",
        "Präsentation (PPTX)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)
MAX_SHOWN = 60


def counted(sequence: Sequence) -> str:
    """Say how many slides a sequence has."""
    count = len(sequence.slides)
    return ONE if count == 1 else MANY.format(count=count)


def offered() -> dict[str, Sequence]:
    """Return all sequences by the name they have in addresses, one's own first."""
    return {OWN: own(), **shipped_sequences()}


def chosen(found: dict[str, Sequence]) -> str:
    """Return the name of the sequence in the address, the first with slides by default."""
    asked = st.query_params.get(SEQUENCE)
    if asked in found:
        return str(asked)
    return next((name for name, each in found.items() if each.slides), OWN)


def rename() -> None:
    """Take over the title of the own sequence."""
    title = str(st.session_state[f"rt_titel_{stand()}"]).strip()
    if title:
        keep(own().model_copy(update={"title": title[:200]}))


def take_over(sequence: Sequence) -> None:
    """Replace the own sequence."""
    before = own()
    lost = TEXTS["replaced"].format(title=before.title, count=counted(before))
    keep(sequence, lost if before.slides else "")
    redraw()
    st.query_params[SEQUENCE] = OWN


def load(catalogue: Catalogue) -> None:
    """Read an uploaded sequence; what is wrong with it is said on the page."""
    file = st.session_state["rt_datei"]
    st.session_state.pop(REFUSED, None)
    if file is None:
        return
    try:
        read = sequences.of_city(sequences.read(file.getvalue(), file.name), catalogue, file.name)
    except SequenceError as error:
        st.session_state[REFUSED] = error.problems
        return
    take_over(read)
    st.toast(
        literal(TEXTS["loaded"].format(title=read.title, count=counted(read))),
        icon=":material/check:",
    )


def listed(name: str, place: int, slide: Slide, count: int) -> None:
    """Show one slide of a sequence, with its fields where it may be changed."""
    shown = describe(slide)
    told = NOTHING if isinstance(shown, str) else shown.headline
    with st.container(border=True, gap="small"):
        st.markdown(f"**{place + 1}** · {literal(slide.headline or told)}")
        if isinstance(shown, str):
            st.warning(literal(shown))
        else:
            st.caption(literal(f"{shown.title}, {shown.date}"))
            for note in shown.notes:
                st.warning(literal(note))
            if slides.changed(slide, shown):
                st.warning(CHANGED)
        if slide.remark:
            st.text(TEXTS["remarked"].format(remark=slide.remark))
        if name == OWN:
            fields(place, slide, shown)
        tools(name, place, slide, shown, count)


def fields(place: int, slide: Slide, shown: Shown | str) -> None:
    """Offer headline and remark of a slide to be changed."""
    drafted = None if isinstance(shown, str) else shown.headline
    with st.expander(TEXTS["fields"], icon=":material/edit:"):
        for field, limit in (("headline", 400), ("remark", 4000)):
            key = f"rt_{field}_{stand()}_{place}"
            st.text_area(
                TEXTS[field],
                getattr(slide, field),
                placeholder=drafted if field == "headline" else None,
                help=TEXTS[f"{field}_help"],
                max_chars=limit,
                height=90,
                key=key,
                on_change=take_text,
                args=(place, field, key),
            )
            if field == "headline" and slide.headline and drafted:
                st.caption(literal(TEXTS["drafted"].format(drafted=drafted)))


def tools(name: str, place: int, slide: Slide, shown: Shown | str, count: int) -> None:
    """Offer what can be done with a slide."""
    row = st.container(horizontal=True, gap="small")
    if name == OWN and not isinstance(shown, str) and slides.changed(slide, shown):
        row.button(
            TEXTS["confirm"],
            key=f"rt_ok_{stand()}_{place}",
            icon=":material/check:",
            on_click=update,
            args=(place,),
            kwargs={"data": shown.data},
        )
    actions: tuple[tuple[str, str, bool, Callable[..., None], tuple[int, ...]], ...] = (
        ("up", ":material/arrow_upward:", place == 0, reorder, (place, -1)),
        ("down", ":material/arrow_downward:", place == count - 1, reorder, (place, 1)),
        ("remove", ":material/delete:", False, reorder, (place, 0)),
    )
    for action, icon, disabled, act, args in actions if name == OWN else ():
        row.button(
            TEXTS[action],
            key=f"rt_{action}_{place}",
            icon=icon,
            type="tertiary",
            disabled=disabled,
            on_click=act,
            args=args,
        )
    row.button(
        TEXTS["play_here"],
        key=f"rt_ab_{place}",
        icon=":material/slideshow:",
        type="tertiary",
        on_click=begin,
        args=(name, place + 1),
    )
    row.link_button(TEXTS["open"], slide.view.url, icon=":material/open_in_new:", type="tertiary")


def edit(found: dict[str, Sequence], name: str) -> None:
    """Choose, order and describe the slides of a sequence."""
    catalogue = store.city().catalogue
    st.header(TEXTS["title"], anchor=False)
    st.write(TEXTS["lead"])
    asked = st.query_params.get(SEQUENCE)
    if asked is not None and asked not in found:
        unknown = TEXTS["unknown"].format(found=asked[:MAX_SHOWN], shown=found[name].title)
        st.info(literal(unknown))
    titles = {
        each: TEXTS["own" if each == OWN else "shipped"].format(
            title=sequence.title, count=counted(sequence)
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
    handouts(found, name)
    if name == OWN and sequence.slides:
        st.text_input(
            TEXTS["sequence_title"],
            sequence.title,
            key=f"rt_titel_{stand()}",
            max_chars=200,
            on_change=rename,
        )
    if name == OWN and BEFORE in st.session_state:
        lost, _ = st.session_state[BEFORE]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(literal(lost))
            st.button(TEXTS["undo"], icon=":material/undo:", on_click=take_back)
    if not sequence.slides:
        st.info(TEXTS["empty"])
    for place, slide in enumerate(sequence.slides):
        listed(name, place, slide, len(sequence.slides))
    files(sequence, catalogue)
    if name == OWN:
        st.caption(literal(where()))


def handed_out(sequence: Sequence, ending: str) -> bytes:
    """Return a sequence as file; called when it is asked for."""
    from inteso_dash.pages.runder_tisch import handout

    return handout.WRITERS[ending](store.city(), sequence, None)


def handouts(found: dict[str, Sequence], name: str) -> None:
    """Offer what is handed out, and a shipped sequence for changes of one's own."""
    sequence = found[name]
    with st.container(horizontal=True):
        for ending, label, kind in HANDOUTS:
            st.download_button(
                label,
                store.in_this_edition(partial(handed_out, sequence, ending)),
                file_name(["folge", sequence.title], ending.removeprefix(".")),
                mime=kind,
                on_click="ignore",
                icon=":material/print:" if ending == ".pdf" else ":material/co_present:",
                disabled=not sequence.slides,
            )
        if name == OWN:
            return
        note = TEXTS["shipped_note"]
        if not found[OWN].slides:
            st.button(
                TEXTS["copy"],
                icon=":material/edit:",
                help=note,
                on_click=take_over,
                args=(sequence,),
            )
            return
        with st.popover(TEXTS["copy"], icon=":material/edit:", help=note):
            st.write(TEXTS["copied"])
            st.button(TEXTS["really"], on_click=take_over, args=(sequence,))


def files(sequence: Sequence, catalogue: Catalogue) -> None:
    """Take sequences out and in as files."""
    refused = st.session_state.get(REFUSED, ())
    is_open = bool(refused) or not sequence.slides
    with st.expander(TEXTS["keeping"], icon=":material/folder_open:", expanded=is_open):
        st.download_button(
            TEXTS["download"],
            sequences.write(sequence),
            file_name(["folge", sequence.title], "yml"),
            mime="application/yaml",
            on_click="ignore",
            icon=":material/download:",
            disabled=not sequence.slides,
        )
        st.file_uploader(
            TEXTS["upload"], ["yml", "yaml"], key="rt_datei", on_change=load, args=(catalogue,)
        )
        if refused:
            problems = "\n".join(f"- {literal(problem)}" for problem in refused)
            st.error(f"{TEXTS['refused']}\n\n{problems}")
        st.caption(TEXTS["upload_note"])


def page() -> None:
    """Draw the page."""
    found = offered()
    name = chosen(found)
    if st.query_params.get(PLAY) and found[name].slides:
        play(found[name])
    else:
        edit(found, name)


page()
