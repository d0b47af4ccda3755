"""Controls whose choice stands in the address: as an id, whatever its title is.

Each names its choice to the browser twice, as its state and as what it begins with: a run that is
interrupted takes along what it has set, and the next one would begin with another choice than it
works with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from inteso_dash.city import City
from inteso_dash.language.values import Convention, parse_value
from inteso_dash.session import address
from inteso_dash.session.literal import literal
from inteso_dash.views.addresses import as_id, title_of

UNKNOWN = (
    "In der Adresse stand für {label} „{found}“. Das gibt es hier nicht; gezeigt wird „{shown}“."
)
OUTSIDE = (
    "In der Adresse stand für {label} „{found}“; erwartet wird eine {kind} von {low} bis {high}."
)
NOT_TYPED = "„{found}“ ist hier keine Zahl; es gilt weiter {known}. Beispiel: 8,5"
NO_AREA = "Das Gebiet „{found}“ aus der Adresse gibt es auf dieser Ebene nicht."
TOO_MANY = "In der Adresse stand für {label} zu viel; gezeigt werden höchstens {most}."
NOTES, _KEPT_NOTES = "notes", "notes_gezeigt"
T = TypeVar("T")
Change = Callable[[], None]


def bound_selectbox(
    label: str,
    options: Mapping[str, T],
    key: str,
    index: int = 0,
    *,
    on_change: Change | None = None,
    help: str | None = None,  # noqa: A002 - as Streamlit names it
    disabled: bool = False,
) -> T:
    """Offer a choice that stands in the address; say so where the address held nonsense.

    Parameters
    ----------
    label : str
    options : mapping
        Title → what is chosen: an id, a date or a member of an enumeration.
    key : str
        Parameter of the address, and key of the control, whose state is the title.
    index : int
        Which one is the first.
    on_change : callable, optional
    help : str, optional
    disabled : bool
    """
    titles = list(options)
    _begin(label, options, key, titles[index])
    shown = str(
        st.selectbox(
            label,
            titles,
            titles.index(st.session_state[key]),
            key=key,
            on_change=on_change,
            help=help,
            disabled=disabled,
        )
    )
    address.draw(key, as_id(options[shown]))
    return options[shown]


def bound_segments(
    label: str,
    options: Mapping[str, T],
    key: str,
    index: int = 0,
    *,
    bare: bool = True,
    on_change: Change | None = None,
) -> T:
    """Offer a few choices side by side; the choice stands in the address.

    ``bare`` leaves the label to screen readers.
    """
    titles = list(options)
    _begin(label, options, key, titles[index])
    shown = str(
        st.segmented_control(
            label,
            titles,
            default=st.session_state[key],
            required=True,
            key=key,
            wrap=True,
            label_visibility="collapsed" if bare else "visible",
            on_change=on_change,
        )
    )
    address.draw(key, as_id(options[shown]))
    return options[shown]


def bound_toggles(label: str, options: Mapping[str, object], key: str) -> str | None:
    """Offer a few choices side by side of which none has to be chosen; return the title."""
    if address.asked(key) or key not in st.session_state:
        asked = address.get(key)
        found = None if asked is None else title_of(asked, options)
        if asked is not None and found is None:
            note(UNKNOWN.format(label=label, found=asked[:60], shown="nichts"))
        st.session_state[key] = found
    elif st.session_state[key] not in options:
        st.session_state[key] = None
    shown = st.segmented_control(label, list(options), default=st.session_state[key], key=key)
    address.draw(key, *([] if shown is None else [as_id(options[str(shown)])]))
    return None if shown is None else str(shown)


def bound_multiselect(
    label: str,
    options: Mapping[str, T],
    key: str,
    begin: Sequence[str] = (),
    *,
    most: int,
    unknown: str,
    placeholder: str,
    none: str = "",
    help: str | None = None,  # noqa: A002 - as Streamlit names it
) -> list[T]:
    """Offer a choice of several; all of them stand in the address.

    Parameters
    ----------
    label : str
    options : mapping
        As for `bound_selectbox`.
    key : str
    begin : sequence of str
        Titles to begin with where the address names none that exists.
    most : int
        So many can be chosen; more of them in an address are left out.
    unknown : str
        What is said of a value of the address that does not exist: ``{found}``.
    placeholder : str
    none : str
        Stands in the address where nothing is chosen, for a page that shows something then.
    help : str, optional
    """
    if address.asked(key) or key not in st.session_state:
        asked = address.get_all(key)
        if none and asked == [none]:
            asked, begin = [], ()
        titles = [title_of(each, options) for each in asked]
        for each, title in zip(asked, titles, strict=True):
            if title is None:
                note(unknown.format(found=each[:60]))
        there = [title for title in dict.fromkeys(titles) if title is not None]
        if len(there) > most:
            note(TOO_MANY.format(label=label, most=most))
        st.session_state[key] = (there or list(begin))[:most]
    st.session_state[key] = [each for each in st.session_state[key] if each in options]
    chosen = st.multiselect(
        label,
        list(options),
        st.session_state[key],
        key=key,
        max_selections=most,
        placeholder=placeholder,
        select_all=False,
        help=help,
    )
    address.draw(key, *([as_id(options[each]) for each in chosen] or [none]))
    return [options[each] for each in chosen]


def bound_number(
    draw: Callable[..., object],
    label: str,
    low: int,
    high: int,
    default: int,
    key: str,
    **more: object,
) -> float:
    """Offer a whole number that stands in the address; others are for `bound_typed`.

    Parameters
    ----------
    draw : callable
        ``number_input`` or ``slider``, of Streamlit or of a column.
    label : str
    low, high, default : int
    key : str
    **more
        Of the control itself.
    """
    if address.asked(key) or key not in st.session_state:
        st.session_state[key] = default
        asked = address.get(key)
        try:
            value: float = default if asked is None else int(asked)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            st.session_state[key] = value
        else:
            found = (asked or "")[:60]
            note(OUTSIDE.format(label=label, found=found, kind="ganze Zahl", low=low, high=high))
    shown = draw(label, low, high, st.session_state[key], key=key, **more)
    address.draw(key, str(shown))
    return float(str(shown))


def typed_number(
    label: str,
    value: float,
    key: str,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    help: str | None = None,  # noqa: A002 - as Streamlit names it
) -> float:
    """Offer to type a number as Germans write it; the browser's own field may read "8,5" as 85.

    Parameters
    ----------
    label : str
    value : float
        What holds where no number between ``low`` and ``high`` is typed; the reader is told.
    key : str
    low, high : float
    help : str, optional
    """
    if key not in st.session_state:
        st.session_state[key] = _typed(value)
    text = str(st.text_input(label, st.session_state[key], key=key, help=help))
    read = parse_value(text, convention=Convention.UNDECIDED)
    if not read.problem and low <= read.value <= high:
        return read.value
    st.error(literal(NOT_TYPED.format(found=text[:60], known=_typed(value))))
    return value


def bound_typed(
    label: str,
    low: float,
    high: float,
    default: float,
    key: str,
    help: str | None = None,  # noqa: A002 - as Streamlit names it
) -> float:
    """Offer to type a number that stands in the address; as `bound_number` and `typed_number`."""
    known = f"{key}_zahl"
    if address.asked(key) or known not in st.session_state:
        asked = address.get(key)
        try:
            found = default if asked is None else float(asked)
        except ValueError:
            found = math.nan
        if not low <= found <= high:
            bounds = {"low": _typed(low), "high": _typed(high)}
            note(OUTSIDE.format(label=label, found=(asked or "")[:60], kind="Zahl", **bounds))
            found = default
        st.session_state[known], st.session_state[key] = found, _typed(found)
    st.session_state[known] = typed_number(
        label, st.session_state[known], key, low, high, help=help
    )
    address.draw(key, f"{st.session_state[known]:g}")
    return float(st.session_state[known])


def _typed(value: float) -> str:
    """Write a number as it is typed.

    Examples
    --------
    >>> _typed(8.5), _typed(-20.0), _typed(1250000.0)
    ('8,5', '−20', '1250000')
    """
    return format(round(value, 6), ".12g").replace(".", ",").replace("-", "−")


def bound_switch(label: str, key: str) -> bool:
    """Offer to see more; it stands in the address while it is on."""
    if address.asked(key) or key not in st.session_state:
        st.session_state[key] = address.get(key) in {"1", "true"}
    shown = st.toggle(label, st.session_state[key], key=key)
    address.draw(key, *(["1"] if shown else []))
    return shown


def bound_text(label: str, key: str, help: str) -> str:  # noqa: A002 - as Streamlit names it
    """Offer to type what then stands in the address."""
    if address.asked(key) or key not in st.session_state:
        st.session_state[key] = address.get(key) or ""
    shown = st.text_input(label, st.session_state[key], key=key, help=help)
    address.draw(key, *([shown] if shown else []))
    return str(shown)


def chosen_area(city: City, level: str, key: str, division: str | None = None) -> str | None:
    """Return the area that a parameter names; None, with a note, where the division has none."""
    asked = address.get(key)
    if asked is None or city.has_area(level, asked, division):
        return asked
    address.put(key)
    note(NO_AREA.format(found=asked[:60]))
    return None


def _begin(label: str, options: Mapping[str, object], key: str, default: str) -> None:
    """Set a control to what its address asks for, and to the default where that is nothing."""
    if address.asked(key) or key not in st.session_state:
        asked = address.get(key)
        found = None if asked is None else title_of(asked, options)
        if asked is not None and found is None and address.asked(key):
            note(UNKNOWN.format(label=label, found=asked[:60], shown=default))
        st.session_state[key] = found or default
    elif st.session_state[key] not in options:
        st.session_state[key] = default


def note(text: str) -> None:
    """Keep a remark on the address until it is shown."""
    st.session_state.setdefault(NOTES, []).append(text)


def show_notes() -> None:
    """Show the remarks on the address; they stand until the view is another one."""
    fresh = st.session_state.pop(NOTES, [])
    kept = st.session_state.get(_KEPT_NOTES, []) if address.settled() else []
    st.session_state[_KEPT_NOTES] = list(dict.fromkeys([*kept, *fresh]))
    for text in address.unsaid(st.session_state[_KEPT_NOTES]):
        st.info(literal(text))
