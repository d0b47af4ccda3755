"""Sequences of views for a meeting: order them, edit them, play them full screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from inteso_dash.catalogue import Catalogue
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import file_name
from inteso_dash.pages import slides
from inteso_dash.pages.own import asking, keep_in_browser, own, where
from inteso_dash.pages.runder_tisch.kept import shipped_sequences
from inteso_dash.pages.runder_tisch.own_sequence import (
    add,
    delete,
    duplicate,
    lost,
    rename,
    reorder,
    stand,
    take_back,
    take_text,
    throw_away,
    update,
)
from inteso_dash.pages.runder_tisch.playing import PLAY, SEQUENCE, begin, play
from inteso_dash.pages.runder_tisch.texts import PAGE as TEXTS
from inteso_dash.pages.slides import CHANGED, NOTHING
from inteso_dash.pages.take_along import describe, head, take_along
from inteso_dash.session import address, downloads, store
from inteso_dash.session.controls import show_notes
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.views import sequences
from inteso_dash.views.own_sequences import FIRST, MOST, is_key, told_apart
from inteso_dash.views.sequences import Sequence, SequenceError, Slide
from inteso_dash.views.shown import Shown

ONE, MANY = "1 Folie", "{count} Folien"
REFUSED = "rt_fehler"
MAX_SHOWN = 60


def counted(sequence: Sequence) -> str:
    """Say how many slides a sequence has."""
    count = len(sequence.slides)
    return ONE if count == 1 else MANY.format(count=count)


def offered() -> dict[str, Sequence]:
    """Return all sequences by the name they have in addresses, one's own first."""
    return {**own().sequences, **shipped_sequences()}


def chosen(found: dict[str, Sequence]) -> str:
    """Return the name of the sequence in the address, the first with slides by default."""
    asked = address.get(SEQUENCE)
    if asked in found:
        return str(asked)
    first = next(iter(found))
    if asked == FIRST:
        return first
    return next((name for name, each in found.items() if each.slides), first)


def load(catalogue: Catalogue) -> None:
    """Read an uploaded sequence; what is wrong with it is said on the page."""
    file = st.session_state["rt_datei"]
    st.session_state.pop(REFUSED, None)
    if file is None:
        return
    if own().full:
        st.session_state[REFUSED] = (TEXTS["full"].format(most=MOST),)
        return
    try:
        read = sequences.of_city(sequences.read(file.getvalue(), file.name), catalogue, file.name)
    except SequenceError as error:
        st.session_state[REFUSED] = error.problems
        return
    add(read)
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
        if name in own().sequences:
            fields(name, place, slide, shown)
        tools(name, place, slide, shown, count)


def fields(name: str, place: int, slide: Slide, shown: Shown | str) -> None:
    """Offer headline and remark of a slide to be changed."""
    drafted = None if isinstance(shown, str) else shown.headline
    with st.expander(TEXTS["fields"], icon=":material/edit:"):
        for field, limit in (("headline", 400), ("remark", 4000)):
            key = f"rt_{field}_{stand()}_{name}_{place}"
            st.text_area(
                TEXTS[field],
                getattr(slide, field),
                placeholder=drafted if field == "headline" else None,
                help=TEXTS[f"{field}_help"],
                max_chars=limit,
                height=90,
                key=key,
                on_change=take_text,
                args=(name, place, field, key),
            )
            if field == "headline" and slide.headline and drafted:
                st.caption(literal(TEXTS["drafted"].format(drafted=drafted)))


def tools(name: str, place: int, slide: Slide, shown: Shown | str, count: int) -> None:
    """Offer what can be done with a slide."""
    row = st.container(horizontal=True, gap="small")
    mine = name in own().sequences
    if mine and not isinstance(shown, str) and slides.changed(slide, shown):
        row.button(
            TEXTS["confirm"],
            key=f"rt_ok_{stand()}_{place}",
            icon=":material/check:",
            on_click=update,
            args=(name, place),
            kwargs={"data": shown.data},
        )
    actions = (
        ("up", ":material/arrow_upward:", place == 0, -1),
        ("down", ":material/arrow_downward:", place == count - 1, 1),
        ("remove", ":material/delete:", False, 0),
    )
    for action, icon, disabled, by in actions if mine else ():
        row.button(
            TEXTS[action],
            key=f"rt_{action}_{place}",
            icon=icon,
            type="tertiary",
            disabled=disabled,
            on_click=reorder,
            args=(name, place, by),
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
    heading, row = head()
    heading.title(TEXTS["title"], anchor=False)
    st.write(TEXTS["lead"])
    asked = address.get(SEQUENCE)
    if asked is not None and asked not in found and not (is_key(asked) and asking()):
        unknown = TEXTS["unknown"].format(found=asked[:MAX_SHOWN], shown=found[name].title)
        st.info(literal(unknown))
    titles = told_apart(
        {
            each: TEXTS["own" if each in own().sequences else "shipped"].format(
                title=sequence.title, count=counted(sequence)
            )
            for each, sequence in found.items()
        }
    )
    show_notes()
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    picked = str(
        left.selectbox(
            TEXTS["choose"],
            list(found),
            list(found).index(name),
            format_func=lambda each: titles[each],
            key=f"rt_folge_{name}_{titles[name]}",
        )
    )
    if picked != name:
        address.put(SEQUENCE, picked)
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
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if name in own().sequences:
            key = f"rt_titel_{stand()}_{name}"
            st.text_input(
                TEXTS["sequence_title"],
                sequence.title,
                key=key,
                max_chars=200,
                on_change=rename,
                args=(name, key),
            )
        manage(name)
    offer_undo(name, None)
    if not sequence.slides:
        st.info(TEXTS["empty"])
    for place, slide in enumerate(sequence.slides):
        offer_undo(name, place)
        listed(name, place, slide, len(sequence.slides))
    offer_undo(name, len(sequence.slides))
    files(sequence, catalogue)
    unread()
    st.caption(literal(where()))
    take_along(row, address.view("runder_tisch", (SEQUENCE, name)), lambda: things(sequence))


def offer_undo(name: str, place: int | None) -> None:
    """Offer to bring back what was lost here: a slide at its place, a sequence at the top."""
    gone = lost()
    if gone is None or gone.place != place or (place is not None and gone.key != name):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(literal(gone.told))
        st.button(TEXTS["undo"], icon=":material/undo:", on_click=take_back)


def unread() -> None:
    """Say what lies among one's own sequences and is none, and let it be taken out."""
    for name, found in own().unread.items():
        problems = "\n".join(f"- {literal(problem)}" for problem in found.problems)
        st.error(f"{TEXTS['unread']}\n\n{problems}")
        with st.container(horizontal=True):
            st.download_button(
                TEXTS["raw"].format(name=name),
                found.text,
                file_name(["folge", name], "txt"),
                on_click="ignore",
                icon=":material/download:",
            )
            st.button(
                TEXTS["throw_away"].format(name=name),
                icon=":material/delete:",
                on_click=throw_away,
                args=(name,),
            )


def manage(name: str) -> None:
    """Offer what can be done with sequences of one's own."""
    mine = own()
    said = TEXTS["full"].format(most=MOST)
    actions: list[tuple[str, str, bool, Callable[[], None]]] = [
        ("new", ":material/add:", mine.full, partial(add, blank_one()))
    ]
    if name in mine.sequences:
        copy = partial(duplicate, name)
        actions.append(("duplicate", ":material/content_copy:", mine.full, copy))
        actions.append(("delete", ":material/delete:", mine.untouched, partial(delete, name)))
    else:
        copy = partial(add, shipped_sequences()[name])
        actions.append(("copy", ":material/edit:", mine.full, copy))
    for action, icon, disabled, act in actions:
        note = TEXTS["shipped_note"] if action == "copy" else None
        st.button(
            TEXTS[action],
            key=f"rt_{action}",
            icon=icon,
            disabled=disabled,
            help=said if mine.full and disabled else note,
            on_click=act,
        )


def blank_one() -> Sequence:
    """Return an empty sequence."""
    return Sequence(title=TEXTS["new_title"], city=store.city().catalogue.city.id)


def handed_out(sequence: Sequence, kind: FileKind) -> bytes:
    """Return a sequence as file; called when it is asked for."""
    from inteso_dash.pages.runder_tisch import handout

    return handout.WRITERS[f".{kind.suffix}"](store.city(), sequence, None)


def things(sequence: Sequence) -> list[Thing]:
    """Return what can be taken along: what is handed out, and the sequence itself."""
    if not sequence.slides:
        return []
    made: downloads.Files = {
        kind: partial(handed_out, sequence, kind)
        for kind in (FileKind.HANDOUT, FileKind.PRESENTATION)
    }
    made[FileKind.SEQUENCE] = partial(sequences.write, sequence)
    return [Thing(sequence.title, ["folge", sequence.title], made)]


def files(sequence: Sequence, catalogue: Catalogue) -> None:
    """Take a sequence in from a file."""
    refused = st.session_state.get(REFUSED, ())
    is_open = bool(refused) or not sequence.slides
    with st.expander(TEXTS["keeping"], icon=":material/folder_open:", expanded=is_open):
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
    if address.get(PLAY) and found[name].slides:
        play(found[name])
        keep_in_browser()
    else:
        edit(found, name)


page()
