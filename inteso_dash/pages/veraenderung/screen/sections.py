"""Sections of the page on change: the course over time, and what is shared by all sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.files.text import labelled
from inteso_dash.language import formats
from inteso_dash.language import formats as change_formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.veraenderung import kept
from inteso_dash.pages.veraenderung.charts import (
    MAX_LINES,
    Axis,
    axis,
    course_chart,
    course_marks,
    cuts_of,
    estimated,
)
from inteso_dash.pages.veraenderung.series import Mode, start_areas
from inteso_dash.pages.veraenderung.tables import numbered
from inteso_dash.pages.veraenderung.texts import SECTIONS as TEXTS
from inteso_dash.pages.veraenderung.view import (
    AREAS,
    NO_AREAS,
    ChangeView,
    bases,
    modes,
    told_points,
)
from inteso_dash.pages.veraenderung.words import sentence
from inteso_dash.session import downloads, store
from inteso_dash.session.charts import Picture, picture_of, show_chart
from inteso_dash.session.controls import bound_multiselect, bound_segments, bound_selectbox
from inteso_dash.session.downloads import Thing
from inteso_dash.session.literal import literal
from inteso_dash.views.sequences import Address
from inteso_dash.views.statement import Statement, statement

_BASE_WIDTH = 160
KEPT_AREAS = "v_gebiete_zuletzt"
LONGEST_TABLE = 20
_RANK = "Rang"


@dataclass(frozen=True)
class SectionFile:
    """What is shown as files: a table of what part, which Stichtage, sources; and a picture.

    Table and picture are worked out when somebody asks for the file. Without a Stichtag it is about
    boundaries, whose origin is named. ``estimates`` is as in `Statement`; ``besides`` holds what
    else the section shows.
    """

    part: str
    table: Callable[[], pd.DataFrame]
    days: tuple[dt.date, ...]
    sources: tuple[str, ...]
    picture: Picture | None = None
    boundaries: str = ""
    estimates: tuple[str, ...] = ()
    besides: tuple[SectionFile, ...] = ()


def source(city: City, ids: Sequence[str]) -> None:
    """Name the sources under a figure."""
    if cited := city.source_titles(ids):
        st.caption(literal(TEXTS["source"].format(source=cited)))


def show_table(
    table: pd.DataFrame,
    digits: dict[str, int],
    signed: Sequence[str] = (),
    statuses: pd.DataFrame | None = None,
) -> None:
    """Show a table with German numbers; missing ones as the signs of official statistics.

    Parameters
    ----------
    table : DataFrame
    digits : dict
        Decimals by column.
    signed : sequence of str
        Columns that hold changes.
    statuses : DataFrame, optional
        Status of the values of some columns, row by row; without it a missing value is one that
        no source names.
    """
    silent = STATUS_MEANINGS[Status.NOT_DELIVERED]
    shown = table.reset_index(drop=True)
    written: dict[Any, str | Callable[[Any], str] | None] = {
        name: partial(change_formats.signed, digits=count)
        if name in signed
        else partial(formats.number, decimals=count)
        for name, count in digits.items()
    }
    for name in shown.columns:
        if str(name).startswith("Stichtag"):
            written[name] = formats.date
    styled = shown.style.format(written, na_rep=silent.sign)
    if _RANK in shown.columns:
        styled.format(na_rep="", subset=[_RANK])
    gaps = shown.drop(columns=_RANK, errors="ignore").isna().to_numpy().any()
    signs = {silent.sign: silent.title} if gaps else {}
    known = pd.DataFrame() if statuses is None else statuses
    for name in known.columns:
        for status, meaning in STATUS_MEANINGS.items():
            rows = [
                at
                for at, (own, value) in enumerate(zip(known[name], shown[name], strict=True))
                if own == status and pd.isna(value)
            ]
            if rows and meaning.sign:
                styled.format(na_rep=meaning.sign, subset=(rows, [name]))
                signs[meaning.sign] = meaning.title
    st.dataframe(
        styled,
        hide_index=True,
        width="stretch",
        height="content" if len(shown) <= LONGEST_TABLE else "auto",
        placeholder=silent.sign,
    )
    key = [f"{sign} {title}" for sign, title in signs.items()]
    st.caption(TEXTS["signs"].format(key=" · ".join(key) + ". " if key else ""))


def things(city: City, view: ChangeView, found: SectionFile, here: Address) -> list[Thing]:
    """Return what can be taken along of a section: its tables and its picture."""
    address = downloads.absolute(here)
    indicator, level = view.indicator, city.catalogue.level(view.level)
    offered = []
    for each in (found, *found.besides):
        about = [indicator.title.de] if each.days else []
        told = partial(
            statement,
            city,
            what=f"{TEXTS['title']}: {', '.join([*about, each.part])}",
            where=f"{level.plural}, {city.catalogue.city.name}",
            dates=each.days,
            source_ids=each.sources,
            address=address,
            boundaries=each.boundaries,
            estimates=each.estimates,
        )
        days = dict.fromkeys(day.isoformat() for day in (*each.days[:1], *each.days[-1:]))
        name = ["inteso", TEXTS["title"], each.part, level.plural, *about, *days]
        table = downloads.tables(city, each.table, told)
        offered.append(Thing(each.part, name, table))
        if each.picture is not None:
            drawn = downloads.pictures(partial(each.picture, told()))
            offered.append(Thing(downloads.TEXTS["picture"], name, drawn))
    return offered


def begin_with(city: City, indicator: Indicator, level: str) -> list[str]:
    """Return the labels of the areas to begin with."""
    return [store.area_label(level, key) for key in start_areas(city, level, indicator.id)]


def choose_areas(city: City, view: ChangeView) -> tuple[ChangeView, DeltaGenerator]:
    """Let the reader choose the areas of a course; return the place beside them, too."""
    begin = begin_with(city, view.indicator, view.level)
    left, beside = st.columns([3, 2], gap="medium")
    with left:
        chosen = bound_multiselect(
            TEXTS["areas"],
            store.area_labels(view.level),
            AREAS,
            st.session_state.get(KEPT_AREAS, begin),
            most=MAX_LINES,
            unknown=TEXTS["unknown_area"],
            placeholder=TEXTS["areas_placeholder"],
            none=NO_AREAS,
            help=TEXTS["areas_help"].format(most=MAX_LINES),
        )
    st.session_state[KEPT_AREAS] = list(st.session_state[AREAS])
    return replace(view, areas=tuple(chosen)), beside.container(horizontal=True)


def places(city: City, level: str, areas: Sequence[str]) -> kept.Places:
    """Return some areas and the whole city, each once."""
    whole = (city.catalogue.root.id, city.catalogue.city.id)
    return tuple(dict.fromkeys([*((level, area) for area in areas), whole]))


def course(city: City, view: ChangeView, beside: DeltaGenerator) -> SectionFile | None:
    """Show the areas over time beside the whole city."""
    shown = places(city, view.level, view.areas)
    points = kept.points(view.indicator.id, shown, view.start, view.end)
    if points.empty:
        st.info(TEXTS["no_points"])
        return None
    mode, base = Mode.ABSOLUTE, points["date"].min()
    if points["date"].nunique() > 1:
        with beside:
            mode, base = choose_mode(view.indicator, points)
    told = told_points(city, view, points, mode, base)
    written = axis(view.indicator, mode, base)
    if points["date"].nunique() > 1:
        lines(city, view, points, told, mode, written)
    left_out = [name for name in dict.fromkeys(points["name"]) if name not in set(told["name"])]
    if left_out:
        st.caption(
            literal(TEXTS["no_base"].format(base=formats.date(base), names=", ".join(left_out)))
        )
    return course_table(city, view, told, mode, written)


def lines(
    city: City,
    view: ChangeView,
    points: pd.DataFrame,
    told: pd.DataFrame,
    mode: Mode,
    written: Axis,
) -> None:
    """Draw the chart; counts of the whole city get one of their own, with their own scale."""
    indicator, root = view.indicator, city.catalogue.root
    period = points["date"].min(), points["date"].max()
    start, end = map(formats.date, period)
    heading = TEXTS["heading"].format(indicator=indicator.title.de, start=start, end=end)
    st.header(literal(heading), anchor=False)
    st.caption(literal(written.label))
    cuts = cuts_of(city, indicator, points)
    marks = course_marks(city, indicator, points)
    parts = [told]
    if view.separate(city, mode):
        parts = [told[told["level"] == view.level], told[told["level"] == root.id]]
    for place, part in enumerate(parts):
        if part.empty:
            continue
        if place:
            st.caption(TEXTS["city_apart"].format(city=city.catalogue.city.name))
        own = {cut.date for level in set(part["level"]) for cut in cuts[level]}
        chart = course_chart(
            city,
            view.level,
            part,
            written,
            [mark for mark in marks if mark.date in own],
            period=period,
            words=f"{indicator.title.de}. {sentence(city, indicator, view.level, part)}",
        )
        show_chart(chart, key=f"v_verlauf_{place}", height=240 if place else None)
    for mark in marks:
        st.markdown(literal(mark.words))
    if cuts.get(root.id) and not cuts.get(view.level):
        st.caption(
            TEXTS["city_break"].format(
                plural=formats.definite(city.catalogue.level(view.level).plural)
            )
        )


def choose_mode(indicator: Indicator, points: pd.DataFrame) -> tuple[Mode, dt.date]:
    """Let the reader choose between values, index and change since the start."""
    mode = bound_segments(*modes(indicator).control, bare=False)
    if mode is not Mode.INDEX:
        return mode, points["date"].min()
    with st.container(width=_BASE_WIDTH):
        return mode, bound_selectbox(*bases(points).control)


def course_table(
    city: City, view: ChangeView, told: pd.DataFrame, mode: Mode, written: Axis
) -> SectionFile:
    """Show the points of the chart as a table; return what goes into files."""
    indicator = view.indicator
    value = f"Wert ({indicator.unit})"
    numbers, cited = numbered(told["source_id"])
    table = pd.DataFrame(
        {
            "Gebiet": told["name"],
            "Stichtag": told["date"],
            value: told["value"],
            "Quelle": numbers,
            "Status": city.status_titles(told),
        }
    )
    guessed = told["note"].where(told["status"] == str(Status.ESTIMATED), "")
    if (guessed != "").any():
        table["Hinweis"] = guessed
    decimals = {value: indicator.decimals}
    if mode is not Mode.ABSOLUTE:
        table.insert(3, written.label, told["shown"])
        decimals[written.label] = written.decimals
    show_table(table, decimals, [written.label] if mode is Mode.SINCE_START else [])
    titles = (f"[{at}] {city.source_titles(each)}" for at, each in enumerate(cited, 1))
    st.caption(TEXTS["sources"].format(sources="  \n".join(map(literal, titles))))
    days = tuple(sorted(set(told["date"])))
    return SectionFile(
        f"Verlauf, {mode}",
        partial(course_rows, city, told, mode, written),
        days,
        tuple(told["source_id"]),
        partial(course_picture, city, view, told, mode, written) if len(days) > 1 else None,
        estimates=estimated(told),
    )


def course_rows(city: City, told: pd.DataFrame, mode: Mode, written: Axis) -> pd.DataFrame:
    """Return the points of the chart as they go into a file."""
    rows = labelled(told.drop(columns=["segment", "shown", "source"]), city)
    if mode is not Mode.ABSOLUTE:
        exact = [formats.rounded(each, written.decimals) for each in told["shown"]]
        rows[written.label] = pd.Series(exact, index=rows.index, dtype=object)
    return rows


def course_picture(
    city: City,
    view: ChangeView,
    told: pd.DataFrame,
    mode: Mode,
    written: Axis,
    said: Statement,
    kind: str,
) -> bytes:
    """Draw the chart for a file."""
    drawn = told[told["level"] == view.level] if view.separate(city, mode) else told
    title = view.indicator.title.de
    if mode is not Mode.ABSOLUTE:
        title = f"{title}: {written.label}"
    marks = course_marks(city, view.indicator, drawn)
    chart = course_chart(city, view.level, drawn, written, marks)
    span = f"{formats.date(told['date'].min())} bis {formats.date(told['date'].max())}"
    named = [f"{mark.label} zum {formats.date(mark.date)}" for mark in marks]
    return picture_of(chart, title, "; ".join([span, *named]))(said, kind)
