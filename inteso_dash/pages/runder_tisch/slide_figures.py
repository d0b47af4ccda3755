"""The figure of a slide on the screen: the same maps, charts and tables as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.profile_table.component import payload, profile_table
from inteso_dash.drawing.profile_table.data import Group, ProfileTable
from inteso_dash.drawing.profile_table.data import TableNumber as Written
from inteso_dash.drawing.profile_table.texts import TEXTS as TABLE_TEXTS
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import CONFIG, Look
from inteso_dash.drawing.small_maps import small_maps
from inteso_dash.pages.stadtteilprofil.kept import profile_tables
from inteso_dash.pages.stadtteilprofil.view import TopicTable
from inteso_dash.session.charts import show_table, theme
from inteso_dash.session.maps import NO_MAP
from inteso_dash.views.figures import Table
from inteso_dash.views.maps import Map
from inteso_dash.views.shown import (
    Shown,
)

Screen = tuple[int, int]
_OF_HEIGHT, _OF_WIDTH, _LEAST = 0.031, 0.022, 14
"""Size of the type as a share of the screen's height and width at most, and in pixels at least."""
_PLACE = (0.94, 0.62)
"""Shares of the screen that a chart takes."""
_DRAWN, _DRAWN_ROWS, _DRAWN_COLUMNS = ("place", "trend"), 9, 3
"""Kinds of columns with small drawings; how many rows and areas a table with them may have."""


def show(
    city: City,
    shown: Shown,
    *,
    key: str,
    screen: Screen,
    on_select: Callable[[str | None], None],
    on_date: Callable[[str], None],
) -> None:
    """Draw the figure of a slide.

    Parameters
    ----------
    city : City
    shown : Shown
    key : str
        Key of the element; another key brings a figure back to its prepared state.
    screen : (int, int)
        Width and height in pixels: charts are drawn for them.
    on_select, on_date
        Called when the audience selects an area or moves to another Stichtag.
    """
    figure = shown.content
    if isinstance(figure, Map):
        data = figure.on_screen(city)
        if data is None:
            st.info(NO_MAP)
        elif figure.several:
            small_maps(data, key=key)
        else:
            area_map(data, key=key, on_select=on_select, on_date=on_date)
    elif isinstance(figure, TopicTable):
        profile_table(payload(topic_tables(figure, shown)), key=key)
    elif isinstance(figure, Table):
        show_table(figure)
    else:
        place = (screen[0] * _PLACE[0], screen[1] * _PLACE[1])
        look = Look(theme(), letters_for(screen), place)
        st.plotly_chart(
            draw(figure, look), height="stretch", config=CONFIG, key=key, alt=shown.headline
        )


def topic_tables(content: TopicTable, shown: Shown) -> list[ProfileTable]:
    """Return the table of the profile page with the rows of one topic only."""
    place, *others = content.profile.places
    compared = tuple((other.level, other.area_id) for other in others)
    found = profile_tables(place.level, place.area_id, compared)
    return [
        _told(
            replace(
                table,
                title=f"{shown.title}, {shown.date}",
                groups=tuple(replace(group, title="") for group in groups),
                source="",
                folded=False,
            )
        )
        for table in found[:1]
        if (groups := tuple(group for group in table.groups if group.title == content.topic))
    ]


def _told(table: ProfileTable) -> ProfileTable:
    """Leave out columns that tell nothing, small drawings in large tables, unused signs."""
    rows = [row for group in table.groups for row in group.rows]
    areas = sum(column.kind in {"own", "value"} for column in table.columns)
    drawn = len(rows) <= _DRAWN_ROWS and areas <= _DRAWN_COLUMNS
    kept = [
        place
        for place in range(len(table.columns))
        if any(row.cells[place] is not None for row in rows)
        and (drawn or table.columns[place].kind not in _DRAWN)
    ]
    groups = tuple(
        replace(
            group,
            rows=tuple(
                replace(row, cells=tuple(row.cells[place] for place in kept)) for row in group.rows
            ),
        )
        for group in table.groups
    )
    columns = tuple(table.columns[place] for place in kept)
    lost = {column.kind for column in table.columns} - {column.kind for column in columns}
    key = _signs(table, groups)
    if "trend" in lost:
        key = tuple((sign, text) for sign, text in key if text != TABLE_TEXTS["trend_key"])
    place_key = "" if "place" in lost else table.place_key
    return replace(table, columns=columns, groups=groups, key=key, place_key=place_key)


def _signs(table: ProfileTable, groups: tuple[Group, ...]) -> tuple[tuple[str, str], ...]:
    """Return the signs of a table's key that occur in these rows, and what has no sign."""
    cells = [cell for group in groups for row in group.rows for cell in row.cells]
    used = {"±" if part.startswith("±") else part for cell in cells for part in _parts(cell)}
    ranked = TABLE_TEXTS["rank_key"]
    return tuple((sign, text) for sign, text in table.key if sign in used or text == ranked)


def _parts(cell: object) -> tuple[str, ...]:
    return (cell.text, cell.mark, cell.below) if isinstance(cell, Written) else ()


def letters_for(screen: Screen) -> int:
    """Return the size of the type in pixels that is read from the back of a room.

    Examples
    --------
    >>> letters_for((1920, 1080)), letters_for((1280, 720))
    (33, 22)
    """
    return max(_LEAST, round(min(screen[1] * _OF_HEIGHT, screen[0] * _OF_WIDTH)))
