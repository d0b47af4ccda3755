"""Controls whose choice stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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


def first_word(label: str) -> str:
    """Return the key that a label of an area begins with."""
    return label.strip().partition(" ")[0]


def by_key(script: str, named: Mapping[str, tuple[Iterable[str], Callable[[str], str]]]) -> None:
    """Let the address with which a page is opened name areas by key, whatever their names are.

    A page whose address names an area otherwise than its controls do is opened anew.

    Parameters
    ----------
    script : str
        The page; before its first control.
    named : mapping
        Parameter → labels that its control offers, and what of a label, or of the text in the
        address, says which area is meant.
    """
    changed = {}
    for name, (labels, key_of) in named.items():
        asked = [] if name in st.session_state else st.query_params.get_all(name)
        known = {key_of(label): label for label in labels} if asked else {}
        meant = [known.get(key_of(each), each) for each in asked]
        if meant != asked:
            changed[name] = meant
    if changed:
        address = {each: st.query_params.get_all(each) for each in st.query_params}
        st.switch_page(script, query_params=address | changed)


def note(text: str) -> None:
    """Keep a remark on the address until it is shown."""
    st.session_state.setdefault(NOTES, []).append(text)


def show_notes() -> None:
    """Show the remarks on the address."""
    for text in st.session_state.pop(NOTES, []):
        st.info(literal(text))
