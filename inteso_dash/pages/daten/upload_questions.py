"""What a delivered table does not say for itself, asked on the page and read from its widgets."""

from __future__ import annotations

import streamlit as st

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Level
from inteso_dash.catalogue.tables import TO_FILL_IN
from inteso_dash.intake.delivery.draft import Answers, Draft, Drawn
from inteso_dash.intake.recognise.days import read_day_of_year
from inteso_dash.intake.recognise.meaning import Meanings
from inteso_dash.intake.recognise.shape import Shape
from inteso_dash.language import formats
from inteso_dash.language.values import parse_date
from inteso_dash.pages.daten.texts import QUESTIONS as TEXTS
from inteso_dash.pages.daten.texts import ROLE_TITLES
from inteso_dash.session.literal import literal

_BETWEEN = "\x1f"


def answered(key: str) -> Answers:
    """Read from the widgets what a person has said about a file."""

    def said(field: str) -> str:
        return str(st.session_state.get(f"{key}_{field}") or "").strip()

    public = "true" if st.session_state.get(f"{key}_oeffentlich") else ""
    source = {"title": said("titel"), "producer": said("herausgeber"), "public": public}
    level = said("ebene") or None
    return Answers(
        level,
        said(f"gliederung_{level}") or None,
        parse_date(said("stichtag")),
        {**_said_of(key, "spalte"), **_others_of(key)},
        {field: text for field, text in source.items() if text},
        _said_of(key, "rolle"),
        _said_of(key, "zeilen"),
        read_day_of_year(said("tag")),
        bool(st.session_state.get(f"{key}_vollstaendig")),
    )


def _said_of(key: str, about: str) -> dict[str, str]:
    """Return what the widgets of a kind say, by the column or role that they ask about."""
    marker = f"{key}_{about}_"
    return {
        name.removeprefix(marker): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(marker) and value is not None
    }


def _others_of(key: str) -> dict[str, str]:
    """Return the columns that are not taken because another one of the same head is."""
    return {
        column: ""
        for columns, chosen in _said_of(key, "doppelt").items()
        for column in columns.split(_BETWEEN)
        if column != chosen
    }


def ask(catalogue: Catalogue, key: str, name: str, draft: Draft) -> None:
    """Show what is recognised and let it be said otherwise."""
    found, shape = draft.recognised, draft.shape
    if shape is not None and (shape.roles or shape.doubled or _layout_asked(draft)):
        _ask_layout(key, shape, opened=_layout_asked(draft))
    if found is None and shape is not None and shape.questions:
        return
    said_by_rows = shape is not None and "ebene" in shape.roles
    dated = shape is not None and any(part.date for part in shape.parts)
    left, middle, right = st.columns(3)
    level = None
    if not said_by_rows:
        with left:
            levels = {each.id: each for each in catalogue.levels}
            chosen = None if found is None else found.level
            level = _choice(TEXTS["level"], levels, f"{key}_ebene", chosen)
    with middle:
        if level is not None and len(level.divisions) > 1:
            divisions = {each.id: each for each in level.divisions}
            asked = any(each.about == "division" for each in draft.questions)
            division = found.division if found and not asked and found.level == level.id else None
            st.selectbox(
                TEXTS["division"],
                [*divisions],
                index=[*divisions].index(division) if division in divisions else None,
                key=f"{key}_gliederung_{level.id}",
                placeholder=TEXTS["choose"],
            )
    with right:
        if not dated:
            told = st.text_input(
                TEXTS["date"],
                value="" if draft.date is None else formats.date(draft.date),
                key=f"{key}_stichtag",
            )
            if date_wrong(key):
                st.caption(literal(TEXTS["date_wrong"].format(found=told[:30])))
    _ask_source(key, name)
    if draft.parts:
        _ask_columns(catalogue, key, draft)


def ask_of_sites(key: str, name: str) -> None:
    """Let be said what a table of sites does not say for itself."""
    st.checkbox(TEXTS["complete"], key=f"{key}_vollstaendig", help=TEXTS["complete_help"])
    _ask_source(key, name)


def _ask_source(key: str, name: str) -> None:
    left, middle, _ = st.columns(3)
    left.text_input(TEXTS["title"], key=f"{key}_titel", placeholder=name)
    middle.text_input(TEXTS["producer"], key=f"{key}_herausgeber", placeholder=TO_FILL_IN)


def _layout_asked(draft: Draft) -> bool:
    doubled = draft.shape is not None and bool(draft.shape.doubled)
    return doubled or any(each.about in {"roles", "where", "day"} for each in draft.questions)


def _ask_layout(key: str, shape: Shape, *, opened: bool) -> None:
    with st.expander(TEXTS["layout"], expanded=opened):
        if shape.years or any(each.about == "day" for each in shape.questions):
            half, _ = st.columns(2)
            told = half.text_input(TEXTS["day"], key=f"{key}_tag", placeholder=TEXTS["day_example"])
            if told and read_day_of_year(told) is None:
                st.caption(literal(TEXTS["day_wrong"].format(found=told[:30])))
        for columns in shape.doubled:
            st.selectbox(
                literal(TEXTS["doubled"].format(column=columns[0])),
                columns,
                index=None,
                key=f"{key}_doppelt_{_BETWEEN.join(columns)}",
                placeholder=TEXTS["choose"],
            )
        for column, cells in shape.choices.items():
            chosen = shape.chosen.get(column)
            st.selectbox(
                literal(TEXTS["rows"].format(column=column)),
                [*cells],
                index=None if chosen is None else cells.index(chosen),
                format_func=lambda each: each or TEXTS["empty"],
                key=f"{key}_zeilen_{column}",
                placeholder=TEXTS["choose"],
            )
        row = st.columns(4)
        for at, (role, label) in enumerate(ROLE_TITLES.items()):
            recognised = shape.roles.get(role)
            row[at % 4].selectbox(
                label,
                ["", *shape.columns],
                index=None if recognised is None else 1 + shape.columns.index(recognised),
                format_func=lambda each: each or TEXTS["no_column"],
                key=f"{key}_rolle_{role}",
                placeholder=TEXTS["recognised"],
            )


def part_name(catalogue: Catalogue, part: Drawn) -> str:
    """Name a part of a file by its Stichtag and level."""
    plural = catalogue.level(part.recognised.level).plural
    return plural if part.date is None else f"{formats.date(part.date)} · {plural}"


def date_wrong(key: str) -> bool:
    """Say whether the Stichtag that was entered is no day."""
    told = st.session_state.get(f"{key}_stichtag")
    return bool(told) and parse_date(told) is None


def _choice(label: str, levels: dict[str, Level], key: str, chosen: str | None) -> Level | None:
    ids = [*levels]
    picked = st.selectbox(
        label,
        ids,
        index=ids.index(chosen) if chosen in levels else None,
        format_func=lambda each: levels[each].plural,
        key=key,
        placeholder=TEXTS["choose"],
    )
    return None if picked is None else levels[picked]


def _ask_columns(catalogue: Catalogue, key: str, draft: Draft) -> None:
    titles = {"": TEXTS["leave"]} | {
        each.id: f"{each.title.de} ({each.unit})" for each in catalogue.indicators
    }
    chosen: dict[str, str] = {}
    for part in draft.parts:
        by_indicator = {indicator: head for head, indicator in part.recognised.indicators.items()}
        for label in part.recognised.cells:
            header = by_indicator.get(label, label)
            chosen[header] = chosen.get(header) or part.recognised.indicators.get(header, "")
    meanings = Meanings(catalogue)
    unknown = [each for each in chosen if meanings.one(each) is None]
    known = [each for each in chosen if each not in unknown]
    for label, group, opened in ((TEXTS["unknown"], unknown, True), (TEXTS["known"], known, False)):
        if not group:
            continue
        with st.expander(f"{label}: {len(group)}", expanded=opened):
            cells = st.columns(3)
            for at, header in enumerate(group):
                cells[at % 3].selectbox(
                    literal(header),
                    [*titles],
                    index=[*titles].index(chosen[header]),
                    format_func=lambda each: titles[each],
                    key=f"{key}_spalte_{header}",
                )
