"""Section: how unevenly persons are spread over areas and sites, and what borders hide."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.language import formats
from inteso_dash.measures.distribution import size_classes
from inteso_dash.pages.unterbringung.charts import border_pairs, lorenz_curve, size_columns
from inteso_dash.pages.unterbringung.fairness import (
    KeyPart,
    border_effect,
    concentration,
    site_limit,
)
from inteso_dash.pages.unterbringung.screen import kept
from inteso_dash.pages.unterbringung.screen.parts import SIGN, Section, show_table, source
from inteso_dash.pages.unterbringung.sentences import concentration_sentence
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.tables import (
    border_sheet,
    group_name,
    key_sources,
    lorenz_sheet,
    measures_sheet,
    sites_sheet,
    sizes_sheet,
)
from inteso_dash.pages.unterbringung.texts import HELP, TEXTS
from inteso_dash.session import store
from inteso_dash.session.charts import show_chart
from inteso_dash.session.controls import bound_number, show_notes
from inteso_dash.session.literal import literal

_LIMITS, _RADII = (10, 5000), (0, 5000)
_WIDTH = 220


def concentrated(section: Section) -> list[FileTable]:
    """Show the measures, the Lorenz curve, the sizes of the sites and the effect of borders."""
    city, shown = section.city, section.shown
    rule, told = site_limit(city)
    limit = float(rule)
    if _sized(section)[1].notna().any():
        limit = bound_number(
            section.controls.number_input,
            TEXTS["limit"],
            *_LIMITS,
            min(max(int(rule), _LIMITS[0]), _LIMITS[1]),
            "u_grenze",
            step=10,
            width=_WIDTH,
        )
        show_notes()
    parts = kept.key_parts(shown.level, shown.date)
    found = concentration(shown, parts, limit)
    section.answer(concentration_sentence(found, limit))
    least = "mindestens " if found.lower_bound else ""

    def written(value: float | None) -> str:
        return SIGN if value is None else f"{least}{formats.number(value, 3)}"

    first, second, third = st.columns(3, vertical_alignment="top")
    first.metric("Gini-Koeffizient", written(found.gini), help=HELP["gini"])
    second.metric("Dissimilaritätsindex", written(found.dissimilarity), help=HELP["dissimilarity"])
    share = SIGN if found.above is None else formats.with_unit(found.above * 100, 1, "%")
    over = formats.number(limit, 0)
    third.metric(f"In Unterkünften über {over}", share, help=HELP["above"].format(rule=told))
    for reason in filter(None, (found.reason, found.above_reason)):
        st.caption(literal(reason))
    if found.lower_bound and shown.rest is not None:
        said = TEXTS["lower_outside" if shown.rest.outside else "lower"]
        st.caption(said.format(count=len(shown.rest.areas)))
    sheets = [measures_sheet(city, shown, parts, found, limit)]
    if found.lorenz is not None:
        names = ["", *(group_name(shown, parts, str(key)) for key in found.lorenz.index[1:])]
        sheet = lorenz_sheet(city, shown, parts, found.lorenz)
        st.header(TEXTS["over_areas"], anchor=False)
        left, right = st.columns([1.2, 1], gap="large")
        with left:
            show_chart(lorenz_curve(found.lorenz, names, written(found.gini)), key="u_lorenz")
        with right:
            show_table(sheet)
            source(city, key_sources(city, shown, parts, [KeyPart.POPULATION]))
        sheets.append(sheet)
    sheets += sizes(section, limit)
    sheets += border(section)
    listed = sites_sheet(city)
    if not listed.table.empty:
        st.header(TEXTS["site_list"], anchor=False)
        show_table(listed)
        sheets.append(listed)
    return sheets


def _sized(section: Section) -> tuple[bool, pd.Series[float]]:
    """Return the sizes of the sites: persons where all are listed, else places of those known."""
    persons = section.shown.sites["occupied"]
    complete = bool(persons.notna().any())
    return complete, persons if complete else section.city.sites["places"]


def sizes(section: Section, limit: float) -> list[FileTable]:
    """Show how many sites have which size."""
    city, shown = section.city, section.shown
    complete, sized = _sized(section)
    table = shown.sites if complete else city.sites
    unit = "Personen" if complete else "Plätze"
    sized = sized.dropna()
    if sized.empty:
        return []
    days = table.loc[sized.index, "date"].dropna()
    ends = [formats.date(day) for day in dict.fromkeys((days.min(), days.max()))]
    note = TEXTS["sites_full" if complete else "sites_note"].format(
        count=len(sized), date=" bis ".join(ends)
    )
    sources = joined_ids(table.loc[sized.index, "source_id"])
    classes = size_classes(sized, limit)
    when = shown.date if complete else " bis ".join(ends)
    sheet = sizes_sheet(city, classes, sources, when, unit)
    st.header(TEXTS["over_sites"], anchor=False)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        words = (
            f"Größen von {len(sized)} Unterkünften; {int((sized > limit).sum())} über "
            f"{formats.number(limit, 0)}."
        )
        show_chart(size_columns(classes, limit, unit, words), key="u_groessen")
    with right:
        show_table(sheet, note=False)
        source(city, sources, note)
    return [sheet]


def border(section: Section) -> list[FileTable]:
    """Show who lives near an area beside who lives in it, where positions are public."""
    city, shown = section.city, section.shown
    st.header(TEXTS["border"], anchor=False)
    areas = store.shapes(shown.level)
    if areas is None or border_effect(shown, areas, 0) is None:
        st.caption(TEXTS["no_border"])
        return []
    st.write(TEXTS["border_note"])
    radius = bound_number(
        st.number_input, TEXTS["radius"], *_RADII, 500, "u_umkreis", step=100, width=_WIDTH
    )
    show_notes()
    counted = border_effect(shown, areas, radius)
    if counted is None:
        return []
    sheet = border_sheet(city, shown, counted, radius)
    names = sheet.table["Gebiet"].tolist()
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        show_chart(border_pairs(counted, names), key="u_rand")
    with right:
        show_table(sheet)
        source(city, shown.sites["source_id"])
    return [sheet]
