"""Section: who carries more or less than a target that follows from weights of the reader's own."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.catalogue.city import Accommodation, Preset
from inteso_dash.language import formats
from inteso_dash.pages.unterbringung.charts import target_bars
from inteso_dash.pages.unterbringung.content import HOLDS, VIEWS, fairness_map
from inteso_dash.pages.unterbringung.fairness import (
    Fairness,
    KeyPart,
    Parts,
    fairness,
    need_estimates,
    needs,
)
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.parts import (
    Section,
    choice,
    draw_map,
    show_table,
    source,
)
from inteso_dash.pages.unterbringung.sentences import fairness_sentence
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import (
    PART_TITLES,
    SIGNS,
    VERDICTS,
    fairness_sheet,
    group_name,
    key_sources,
)
from inteso_dash.pages.unterbringung.texts import HELP, TEXTS
from inteso_dash.pages.unterbringung.view import AREA
from inteso_dash.session import address
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_number, bound_segments, bound_selectbox, show_notes
from inteso_dash.session.literal import literal

WIDTH = 880
"""Of the key beside level and Stichtag; on a phone it is as wide as the page."""
_NEED_WIDTH = 260
OWN_KEY = "eigene"


def _apply_preset(prefix: str, presets: dict[str, Preset]) -> None:
    """Set the weights to those of the chosen key."""
    preset = presets.get(str(st.session_state[f"{prefix}_schluessel"]))
    if preset is not None:
        for part in KeyPart:
            st.session_state[f"{prefix}_{part}"] = getattr(preset, str(part))


def _own_weights(prefix: str) -> None:
    """Say that the weights are no longer those of a preset."""
    st.session_state[f"{prefix}_schluessel"] = TEXTS["own_key"]


def choose_key(
    row: DeltaGenerator, declared: Accommodation, parts: Parts, prefix: str = "u"
) -> dict[KeyPart, float] | None:
    """Let the reader weigh the parts; None where nothing has a weight.

    Parameters
    ----------
    row : DeltaGenerator
        Where the controls stand.
    declared : Accommodation
    parts : Parts
    prefix : str
        Of the parameters.
    """
    presets = {preset.title: preset for preset in declared.presets}
    columns = row.columns([1.3, 1, 1, 1], vertical_alignment="top")
    with columns[0]:
        chosen = bound_selectbox(
            TEXTS["preset"],
            {**presets, TEXTS["own_key"]: OWN_KEY},
            f"{prefix}_schluessel",
            on_change=partial(_apply_preset, prefix, presets),
            help=HELP["key"],
        )
    preset = chosen if isinstance(chosen, Preset) else None
    begin = preset or declared.presets[0]
    weights: dict[KeyPart, float] = {}
    for column, part in zip(columns[1:], KeyPart, strict=True):
        weight = bound_number(
            column.slider,
            PART_TITLES[part],
            0,
            100,
            int(getattr(begin, str(part))),
            f"{prefix}_{part}",
            step=5,
            on_change=partial(_own_weights, prefix),
            disabled=part not in parts.amounts,
            help=parts.absent.get(part),
        )
        weights[part] = weight if part in parts.amounts else 0.0
    show_notes()
    total = sum(weights.values())
    if not total:
        st.info(TEXTS["weights_none"])
        return None
    key = {part: weight / total * 100 for part, weight in weights.items()}
    written = ", ".join(
        f"{PART_TITLES[part]} {formats.with_unit(weight, 0, '%')} "
        f"({formats.date(parts.dates[part])})"
        for part, weight in key.items()
        if part in parts.dates
    )
    st.caption(TEXTS["weights_note"].format(parts=written))
    if preset is not None and preset.note:
        note = literal(preset.note)
        st.caption(f"{note} [Quelle]({preset.url})" if preset.url else note)
    return key


def fair(section: Section) -> list[FileTable]:
    """Show persons beside their target after the reader's key, as bars, map and table."""
    city, shown = section.city, section.shown
    with section.controls:
        need = choice(*needs(city, shown.level).control, width=_NEED_WIDTH)
    parts = kept.key_parts(shown.level, shown.date, need)
    if parts.reason:
        section.answer(parts.reason)
        return []
    key = choose_key(section.controls.container(width=WIDTH), section.declared, parts)
    if key is None:
        section.answer("")
        return []
    result = fairness(parts, key)
    section.answer(fairness_sentence(shown, parts, result))
    bars(section, parts, result)
    view = bound_segments(TEXTS["show_as"], VIEWS, "u_ansicht", bare=False)
    draw_map(fairness_map(city, shown, result, view, address.get(AREA)))
    sheet = fairness_sheet(city, shown, parts, key, result)
    show_table(sheet)
    said = TEXTS["need" if city.catalogue.index(need) is None else "need_index"]
    told = " ".join(
        (
            said.format(title=city.catalogue.indicator(need).short.de),
            *need_estimates(city, shown, parts),
        )
    )
    source(city, key_sources(city, shown, parts), told if key[KeyPart.NEED] else "")
    return [sheet]


def bars(section: Section, parts: Parts, result: Fairness) -> None:
    """Draw the ranking, and say what holds whatever the weights."""
    table = result.table.sort_values("difference", ascending=False)
    titles = [group_name(section.shown, parts, str(key)) for key in table.index]
    left, right = st.columns([3, 2], gap="large")
    left.header(TEXTS["bars"].format(date=formats.date(section.shown.date)), anchor=False)
    left.caption(TEXTS["bars_key"])
    with left:
        show_chart(target_bars(table, titles), key="u_balken")
    right.header(HOLDS, anchor=False)
    for verdict, words in VERDICTS.items():
        names = [
            literal(name)
            for name, own in zip(titles, table["verdict"], strict=True)
            if own == verdict
        ]
        right.markdown(
            TEXTS["verdict"].format(
                sign=SIGNS[verdict],
                verdict=words,
                names=formats.listed(names) or TEXTS["nobody"],
            )
        )
    rest = section.shown.rest
    if rest is not None:
        said = TEXTS["rest_outside" if rest.outside else "rest_note"]
        right.caption(said.format(count=len(rest.areas)))
