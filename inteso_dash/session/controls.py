"""Controls whose choice stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from inteso_dash.session.literal import literal

UNKNOWN = (
    "In der Adresse stand für {label} „{found}“. Das gibt es hier nicht; gezeigt wird „{shown}“."
)
OUTSIDE = (
    "In der Adresse stand für {label} „{found}“; erwartet wird eine ganze Zahl von {low} bis "
    "{high}."
)
NOTES = "notes"


def bound_selectbox(
    label: str,
    options: list[str],
    key: str,
    index: int = 0,
    *,
    on_change: Callable[[], None] | None = None,
) -> str:
    """Offer a choice that stands in the address; say so where the address held nonsense.

    Only the address with which a page is opened can hold nonsense: later it follows the choice.
    """
    asked = None if key in st.session_state else st.query_params.get(key)
    shown = st.selectbox(
        label,
        options,
        index=index,
        key=key,
        bind="query-params",
        on_change=on_change,
    )
    if asked is not None and asked not in options:
        note(UNKNOWN.format(label=label, found=asked[:60], shown=shown))
    return str(shown)


def keyed_selectbox(label: str, options: Mapping[str, str], key: str) -> str:
    """Offer a choice of texts by their keys; the key stands in the address, unless it is the first.

    Parameters
    ----------
    label : str
    options : mapping of str to str
        Key and text, the default first; with no other one nothing can be chosen.
    key : str
        Parameter of the address.

    Returns
    -------
    str
        The key chosen; the first where the address held nonsense, with a note.
    """
    first, widget = next(iter(options)), f"{key}_wahl"
    asked = st.query_params.get(key, first)
    if asked not in options:
        del st.query_params[key]
        note(UNKNOWN.format(label=label, found=asked[:60], shown=options[first]))
        asked = first
    st.session_state[widget] = asked

    def keep() -> None:
        chosen = st.session_state[widget]
        if chosen == first:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = chosen

    return str(
        st.selectbox(
            label,
            list(options),
            key=widget,
            format_func=lambda each: options[each],
            on_change=keep,
            disabled=len(options) == 1,
        )
    )


def bound_segments(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    bare: bool = True,
    on_change: Callable[[], None] | None = None,
) -> str:
    """Offer a few choices side by side, the first by default; the choice stands in the address.

    ``bare`` leaves the label to screen readers.
    """
    asked = None if key in st.session_state else st.query_params.get(key)
    shown = st.segmented_control(
        label,
        list(options),
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
        wrap=True,
        label_visibility="collapsed" if bare else "visible",
        on_change=on_change,
    )
    if asked is not None and asked not in options:
        note(UNKNOWN.format(label=label, found=asked[:60], shown=shown))
    return str(shown)


def check_number(label: str, key: str, low: int, high: int) -> None:
    """Take out of the address what a control of whole numbers cannot show, and say so."""
    asked = None if key in st.session_state else st.query_params.get(key)
    if asked is None:
        return
    try:
        shown = low <= int(asked) <= high
    except ValueError:
        shown = False
    if not shown:
        del st.query_params[key]
        note(OUTSIDE.format(label=label, found=asked[:60], low=low, high=high))


def note(text: str) -> None:
    """Keep a remark on the address until it is shown."""
    st.session_state.setdefault(NOTES, []).append(text)


def show_notes() -> None:
    """Show the remarks on the address."""
    for text in st.session_state.pop(NOTES, []):
        st.info(literal(text))
