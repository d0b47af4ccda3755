"""Accommodation of refugees: who carries how much, is that fair, how concentrated, in what form."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from inteso_dash import accommodation as acc
from inteso_dash import accommodation_figures as draw
from inteso_dash import formats, store
from inteso_dash.area_map import MapData, area_map
from inteso_dash.catalogue import Accommodation, Preset
from inteso_dash.city import City
from inteso_dash.figures import CONFIG
from inteso_dash.web.accommodation_maps import CIRCLES, VIEWS, fairness_map, measure_map
from inteso_dash.web.accommodation_sections import (
    TEXTS,
    concentrated,
    developed,
    download,
    formed,
    offer_templates,
    served,
    show_table,
    source,
    theme,
)
from inteso_dash.web.remember import parameters, remember

SECTIONS = (
    "Verteilung",
    "Gerechtigkeit",
    "Konzentration",
    "Entwicklung",
    "Formen",
    "Welcome Points",
)
PART_TITLES = {
    acc.Part.POPULATION: "Einwohner",
    acc.Part.AREA: "Fläche",
    acc.Part.NEED: "Soziale Lage",
}
MAP_KEY, AREA = "u_karte", "u_gebiet"
DETAILS = {
    SECTIONS[0]: ("u_was", "u_kreise", AREA),
    SECTIONS[1]: ("u_schluessel", *(f"u_{part}" for part in acc.Part), "u_ansicht", AREA),
    SECTIONS[2]: ("u_grenze",),
    SECTIONS[3]: (),
    SECTIONS[4]: (),
    SECTIONS[5]: (),
}
"""What else makes up the view of a section, as parameters of the address."""


def select(area_id: str | None) -> None:
    """Keep the selected area in the address."""
    if area_id is None:
        st.query_params.pop(AREA, None)
    else:
        st.query_params[AREA] = area_id


def draw_map(data: MapData | None) -> None:
    """Draw a map, or say that there are no boundaries."""
    if data is None:
        st.info(TEXTS["no_map"])
    else:
        area_map(data, key=MAP_KEY, on_select=select)


def distribution(city: City, shown: acc.Situation) -> pd.DataFrame:
    """Show one figure of every area on the map, all of them in the table."""
    titles = {measure.title: measure for measure in acc.MEASURES}
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    title = left.selectbox(TEXTS["measure"], list(titles), key="u_was", bind="query-params")
    measure = titles[str(title)]
    sized = right.segmented_control(
        TEXTS["circles"], list(CIRCLES), key="u_kreise", bind="query-params"
    )
    sizes = str(sized) if sized else None
    draw_map(measure_map(city, shown, measure, sizes, st.query_params.get(AREA)))
    if shown.unplaced:
        st.write(TEXTS["unplaced"].format(persons=formats.number(shown.unplaced, 0)))
    table = acc.area_table(city, shown)
    st.subheader(TEXTS["own_table"], anchor=False)
    show_table(table.drop(columns=["Schlüssel", "Name der größten", "Stichtag", "Quelle"]))
    source(city, ", ".join(shown.areas["source_id"]))
    return table


def apply_preset(presets: dict[str, Preset]) -> None:
    """Set the weights to those of the chosen key."""
    preset = presets.get(str(st.session_state["u_schluessel"]))
    if preset is not None:
        for part in acc.Part:
            st.session_state[f"u_{part}"] = getattr(preset, str(part))


def own_weights() -> None:
    """Say that the weights are no longer those of a preset."""
    st.session_state["u_schluessel"] = TEXTS["own_key"]


def choose_key(declared: Accommodation, parts: acc.Parts) -> dict[acc.Part, float] | None:
    """Let the reader weigh the parts; None where nothing has a weight."""
    presets = {preset.title: preset for preset in declared.presets}
    columns = st.columns([1.3, 1, 1, 1], vertical_alignment="top")
    chosen = columns[0].selectbox(
        TEXTS["preset"],
        [*presets, TEXTS["own_key"]],
        key="u_schluessel",
        bind="query-params",
        on_change=apply_preset,
        args=(presets,),
    )
    begin = presets.get(str(chosen), declared.presets[0])
    weights: dict[acc.Part, float] = {}
    for column, part in zip(columns[1:], acc.Part, strict=True):
        key = f"u_{part}"
        if key not in st.session_state and key not in st.query_params:
            st.session_state[key] = getattr(begin, str(part))
        weight = column.slider(
            PART_TITLES[part],
            0,
            100,
            step=5,
            key=key,
            bind="query-params",
            on_change=own_weights,
            disabled=part not in parts.amounts,
            help=parts.absent.get(part),
        )
        weights[part] = float(weight) if part in parts.amounts else 0.0
    total = sum(weights.values())
    if not total:
        st.info(TEXTS["weights_none"])
        return None
    key_ = {part: weight / total * 100 for part, weight in weights.items()}
    written = ", ".join(
        f"{PART_TITLES[part]} {formats.with_unit(weight, 0, '%')} "
        f"({formats.date(parts.dates[part])})"
        for part, weight in key_.items()
        if part in parts.dates
    )
    st.caption(TEXTS["weights_note"].format(parts=written))
    preset = presets.get(str(chosen))
    if preset is not None and preset.note:
        st.caption(f"{preset.note} [Quelle]({preset.url})" if preset.url else preset.note)
    return key_


def fair(city: City, declared: Accommodation, shown: acc.Situation) -> pd.DataFrame | None:
    """Show who carries more or less than the target after the reader's key."""
    parts = acc.key_parts(city, shown)
    if parts.reason:
        st.info(parts.reason)
        return None
    key = choose_key(declared, parts)
    if key is None:
        return None
    result = acc.fairness(parts, key)
    table = acc.fairness_table(shown, parts, result)
    named = {
        verdict: ", ".join(table.loc[table["Urteil"] == text, "Gebiet"]) or "keines"
        for verdict, text in acc.VERDICTS.items()
    }
    st.write(TEXTS["verdict"].format(**{str(verdict): text for verdict, text in named.items()}))
    if shown.rest is not None:
        st.write(TEXTS["rest_note"].format(count=len(shown.rest.areas)))
    title = str(st.selectbox(TEXTS["show_as"], list(VIEWS), key="u_ansicht", bind="query-params"))
    draw_map(fairness_map(city, shown, result, title, st.query_params.get(AREA)))
    st.plotly_chart(
        draw.difference_bars(
            table["Gebiet"].tolist(), table["Ist minus Soll"].tolist(), theme=theme()
        ),
        config=CONFIG,
        key="u_balken",
        alt="Ist minus Soll: "
        + ", ".join(
            f"{row.Gebiet} {formats.number(row[4], 0)}" for row in table.itertuples(name="Zeile")
        ),
    )
    show_table(table)
    st.caption(TEXTS["need"].format(title=city.catalogue.indicator(declared.need).short.de))
    source(city, ", ".join(shown.areas["source_id"]))
    return table


def page() -> None:
    """Draw the page."""
    city = store.city()
    st.header(TEXTS["title"], anchor=False)
    declared = city.catalogue.accommodation
    if declared is None:
        st.info(TEXTS["nothing"])
        return
    levels = acc.levels(city)
    if not levels:
        st.info(TEXTS["no_figures"])
        offer_templates(city, declared)
        return
    lead = st.empty()
    section_column, level_column, date_column = st.columns([3.4, 1, 1], vertical_alignment="bottom")
    section = section_column.segmented_control(
        TEXTS["part"],
        SECTIONS,
        default=SECTIONS[0],
        required=True,
        key="u_bereich",
        bind="query-params",
        label_visibility="collapsed",
    )
    plurals = {city.catalogue.level(level).plural: level for level in levels}
    plural = level_column.selectbox(
        TEXTS["level"], list(plurals), key="u_ebene", bind="query-params"
    )
    level = plurals[str(plural)]
    days = {formats.date(day): day for day in reversed(acc.dates(city, level))}
    label = date_column.selectbox(TEXTS["date"], list(days), key="u_stichtag", bind="query-params")
    shown = acc.situation(city, level, days[str(label)])
    lead.write(acc.sentence(city, shown))
    draws: dict[str, Callable[[], pd.DataFrame | None]] = {
        SECTIONS[0]: lambda: distribution(city, shown),
        SECTIONS[1]: lambda: fair(city, declared, shown),
        SECTIONS[2]: lambda: concentrated(city, declared, shown),
        SECTIONS[3]: lambda: developed(city, declared),
        SECTIONS[4]: lambda: formed(city, shown),
        SECTIONS[5]: lambda: served(city, shown),
    }
    table = draws[str(section)]()
    if table is not None:
        download(city, declared, str(section), shown, table)
    here = [("u_bereich", str(section)), ("u_ebene", str(plural)), ("u_stichtag", str(label))]
    remember("unterbringung", [*here, *parameters(DETAILS[str(section)])])
    offer_templates(city, declared)


page()
