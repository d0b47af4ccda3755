"""Two Stichtage of two divisions compared: how figures are carried across, map, table, file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from inteso_dash.catalogue.city import Level
from inteso_dash.city import City
from inteso_dash.city.breaks import declared_breaks
from inteso_dash.city.overlay.matching import Match
from inteso_dash.city.overlay.probes import JoinedTrial
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.language import formats
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure, compare_values
from inteso_dash.pages.veraenderung.content import changed
from inteso_dash.pages.veraenderung.divisions.between import between
from inteso_dash.pages.veraenderung.divisions.carrying import (
    METHOD_TITLES,
    Carried,
    ConversionMethod,
    carry,
    dates_of,
    key_between,
    methods,
)
from inteso_dash.pages.veraenderung.divisions.carrying import tested as tested_over
from inteso_dash.pages.veraenderung.screen.comparison import (
    choose_measure,
    missing_signs,
    select,
    small_base,
)
from inteso_dash.pages.veraenderung.screen.sections import (
    SectionFile,
    show_table,
    source,
)
from inteso_dash.pages.veraenderung.tables import comparison_file, comparison_table, ordered
from inteso_dash.pages.veraenderung.texts import ACROSS as TEXTS
from inteso_dash.pages.veraenderung.view import AREA, ChangeView
from inteso_dash.pages.veraenderung.words import break_marks
from inteso_dash.session import address, store
from inteso_dash.session.controls import bound_segments, bound_selectbox
from inteso_dash.session.editions import cached
from inteso_dash.session.kept import kept
from inteso_dash.session.literal import literal
from inteso_dash.session.store import _MATCHES, _PROFILES

METHOD, DAY_BEFORE, DAY_AFTER = "v_umrechnung", "v_tag_alt", "v_tag_neu"
_LISTED = 8


@kept(most=_MATCHES)
def matched(level: str, before: str, after: str, tolerance: float) -> Match:
    """Return two divisions of a level laid over each other.

    Raises
    ------
    DivisionError, BoundaryError
        If boundaries are missing or cannot be read.
    """
    here = store.shared_city()
    return between(here.catalogue, here.register, here.layers, level, before, after, tolerance)


@cached(max_entries=_PROFILES)
def carried_over(
    level: str,
    indicator_id: str,
    pair: tuple[str, str],
    days: tuple[dt.date, dt.date],
    method: ConversionMethod,
    tolerance: float,
) -> Carried:
    """Return two Stichtage of an indicator, of two divisions, on the same areas."""
    found = matched(level, *pair, tolerance)
    return carry(store.city(), found, level, indicator_id, pair, days, method)


@cached(max_entries=_MATCHES)
def tested(level: str, before: str, after: str, tolerance: float) -> JoinedTrial | None:
    """Return what figures of one day say of the common areas of two divisions, if there are any."""
    return tested_over(
        store.city(), matched(level, before, after, tolerance), level, (before, after)
    )


def across(
    city: City, view: ChangeView, found: Match, pair: tuple[str, str], tolerance: float
) -> SectionFile | None:
    """Compare two Stichtage across the boundaries: method, map and table."""
    indicator, level = view.indicator, city.catalogue.level(view.level)
    days = choose_days(city, view, level, pair)
    if days is None:
        return None
    allowed = {METHOD_TITLES[each]: each for each in methods(city, found, level.id, *pair)}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        method = bound_segments(TEXTS["method"], allowed, METHOD, bare=False)
    with right:
        base = small_base()
    carried = carried_over(level.id, indicator.id, pair, days, method, tolerance)
    explain(city, level, carried, pair)
    cuts = tuple(
        each
        for each in declared_breaks(city.catalogue, indicator.id, level.id)
        if days[0] < each.date <= days[1]
    )
    compared = compare_values(
        city,
        indicator,
        level.id,
        days,
        (carried.before, carried.after),
        carried.names,
        cuts,
        base=carried.base,
        small_base=base,
    )
    for mark in break_marks(cuts, city.catalogue):
        st.markdown(literal(mark.words))
    with st.columns([1, 2])[0]:
        measure = choose_measure(compared)
    if measure is not None:
        drawn = carried_map(city, compared, carried, measure, pair[1])
        if drawn is not None:
            area_map(drawn, key="v_uebergrenzen", on_select=select)
            if len(compared.areas) < len(carried.members):
                st.caption(TEXTS["union_note"])
    shown = measure or Measure.ABSOLUTE
    carried_table(city, compared, carried, shown)
    source(city, [*compared.areas["source_before"], *compared.areas["source_after"]])
    file = partial(carried_file, city, compared, carried, shown, pair)
    ids = (*compared.areas["source_before"], *compared.areas["source_after"])
    part = TEXTS["file"].format(before=pair[0], after=pair[1], method=METHOD_TITLES[method])
    return SectionFile(part, file, days, ids)


def choose_days(
    city: City, view: ChangeView, level: Level, pair: tuple[str, str]
) -> tuple[dt.date, dt.date] | None:
    """Let the reader choose a Stichtag of each division; say where one has none."""
    chosen = []
    columns = st.columns([1, 1, 2], vertical_alignment="bottom")
    sides = zip(pair, (DAY_BEFORE, DAY_AFTER), (view.start, view.end), columns, strict=False)
    for division, key, wished, column in sides:
        days = dates_of(city, level.id, division, view.indicator.id)
        if not days:
            st.info(
                TEXTS["no_days"].format(
                    division=division,
                    plural=formats.definite(level.plural),
                    indicator=view.indicator.title.de,
                )
            )
            return None
        at = days.index(wished) if wished in days else len(days) - 1
        if len(days) == 1:
            chosen.append(days[0])
            continue
        labels = {formats.date(day): day for day in days}
        with column:
            day = bound_selectbox(TEXTS["day"].format(division=division), labels, key, at)
        chosen.append(day)
    first, last = chosen
    if first >= last:
        st.info(TEXTS["order"].format(first=formats.date(first), last=formats.date(last)))
        return None
    return first, last


def explain(city: City, level: Level, carried: Carried, pair: tuple[str, str]) -> None:
    """Say how the figures are converted, whom it concerns and what was left out."""
    tested = carried.tested(city.catalogue)
    if carried.method is ConversionMethod.EXACT:
        sizes = carried.members.value_counts()
        joint = sizes[sizes > 1]
        joined = TEXTS["joined"].format(
            areas=int(joint.sum()), all=len(carried.members), unions=len(joint)
        )
        certain = "certain" if carried.joined is None else "certain_tested"
        if carried.joined is not None and len(carried.joined.differing):
            certain = "uncertain"
        words = TEXTS["exact"].format(
            certain=TEXTS[certain], joined=joined if len(joint) else "", tested=tested
        )
        st.markdown(" ".join(words.split()))
    else:
        if carried.method is ConversionMethod.KEY:
            keys = key_between(city, level.id, *pair)
            weights = [each for each in keys["weight"].unique() if each]
            by = [
                TEXTS["key_by"].format(weight=city.catalogue.indicator(each).title.de)
                for each in weights
            ]
            words = TEXTS["key"].format(by=literal(" ".join(by)), tested=literal(tested))
        else:
            by_words = carried.basis.words(city.catalogue)
            words = TEXTS["estimate"].format(by=literal(by_words), tested=literal(tested))
        if carried.concerned is None:
            words += f" {TEXTS['concerned_unknown']}"
        else:
            share = formats.with_unit(carried.concerned, 1, "%")
            words += f" {TEXTS['concerned'].format(share=share)}"
        st.markdown(" ".join(words.split()))
    if carried.left_out:
        listed = ", ".join(carried.left_out[:_LISTED])
        more = " …" if len(carried.left_out) > _LISTED else ""
        st.markdown(literal(TEXTS["left_out"].format(areas=listed + more)))


def carried_map(
    city: City,
    compared: Comparison,
    carried: Carried,
    measure: Measure,
    division: str,
) -> MapData | None:
    """Put the change on the map of the later division; areas of a union show its value."""
    members = carried.members
    areas = compared.areas.loc[members].set_axis(members.index)
    moved = replace(compared, areas=areas)
    drawn = changed(city, moved, measure, address.get(AREA), division).on_screen(city)
    if drawn is None:
        return None
    geometry = store.geometries()[compared.level, division]
    placed = ranks(compared.areas[str(measure)])
    sizes = members.value_counts()
    frame = drawn.frames[0]
    notes, ranked = [], []
    rows = members.reindex(list(geometry.area_ids)).fillna("").astype(str)
    for row, note in zip(rows, frame.notes, strict=True):
        rank = placed.get(row)
        ranked.append(None if rank is None or pd.isna(rank) else int(rank))
        union = sizes.get(row, 0) > 1
        shared = TEXTS["shared"].format(names=carried.names.at[row]) if union else ""
        notes.append("; ".join(each for each in (note, shared) if each))
    return replace(drawn, frames=(replace(frame, notes=tuple(notes), ranks=tuple(ranked)),))


def carried_table(city: City, compared: Comparison, carried: Carried, measure: Measure) -> None:
    """Show both values and the change of every row, with status and what is missing."""
    st.markdown(f"**{TEXTS['table']}**")
    table, digits, signed = comparison_table(city, compared, measure)
    rows = ordered(compared, measure)
    rest = [""] * (len(table) - len(rows))
    before = zip(rows["status_before"], rows["source_before"], strict=True)
    states = [city.status_title(status, source) for status, source in before]
    table["Status früher"] = [*states, *rest]
    remarks = [*_remarks(carried, rows.index), *rest]
    table["Hinweis"] = [
        "; ".join(each for each in pair if each)
        for pair in zip(table["Hinweis"].fillna("").astype(str), remarks, strict=True)
    ]
    show_table(table, digits, signed, missing_signs(compared, measure, table))


def _remarks(carried: Carried, rows: pd.Index) -> list[str]:
    """Return why values of these rows are missing."""
    both = zip(
        carried.before["note"].reindex(rows), carried.after["note"].reindex(rows), strict=True
    )
    return ["; ".join(dict.fromkeys(each for each in pair if each)) for pair in both]


def carried_file(
    city: City,
    compared: Comparison,
    carried: Carried,
    measure: Measure,
    pair: tuple[str, str],
) -> pd.DataFrame:
    """Return the comparison as it goes into a file, with how it was converted."""
    file = comparison_file(city, compared, measure)
    unions = carried.method is ConversionMethod.EXACT
    before, after = pair
    file["Gliederung früher"], file["Gliederung später"] = before, after
    file["Gebiete"] = TEXTS["unions"].format(before=before, after=after) if unions else after
    file["Umrechnung"] = METHOD_TITLES[carried.method]
    file["Grundlage der Umrechnung"] = "" if unions else carried.basis.words(city.catalogue)
    file["Probe"] = carried.tested(city.catalogue)
    share = None if carried.concerned is None else formats.rounded(carried.concerned, 1)
    file["Einwohner in geteilten Gebieten (%)"] = pd.Series(
        [share] * len(file), index=file.index, dtype=object
    )
    reasons = _remarks(carried, pd.Index(file["Schlüssel"]))
    file["Hinweis"] = [
        "; ".join(each for each in one if each)
        for one in zip(file["Hinweis"].fillna("").astype(str), reasons, strict=True)
    ]
    return file
