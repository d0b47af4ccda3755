"""The figure of a slide on the screen: the same maps, charts and tables as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from inteso_dash.city import City
from inteso_dash.drawing.area_map import area_map
from inteso_dash.drawing.area_map.data import MapData, Mark, Overlay
from inteso_dash.drawing.profile_table.component import profile_table
from inteso_dash.drawing.profile_table.data import Figure as Written
from inteso_dash.drawing.profile_table.data import Group, Table
from inteso_dash.drawing.profile_table.texts import TEXTS as TABLE_TEXTS
from inteso_dash.drawing.screen import bars as figures
from inteso_dash.drawing.screen.lines import line_chart
from inteso_dash.drawing.screen.spread import form_bars, lorenz_chart
from inteso_dash.drawing.screen.target import difference_bars
from inteso_dash.drawing.screen.time import development_chart
from inteso_dash.language import formats
from inteso_dash.pages.karte.kept import blank_map
from inteso_dash.pages.runder_tisch import slide_change
from inteso_dash.pages.stadtteilprofil.kept import profile_tables
from inteso_dash.pages.unterbringung.screen.maps import measure_map
from inteso_dash.pages.unterbringung.screen.parts import theme
from inteso_dash.pages.unterbringung.screen.texts import TEXTS as WORDS
from inteso_dash.pages.veraenderung.content import (
    BothValues,
    ChangeMap,
    CutMap,
    DatedMap,
    SmallMaps,
    Strongest,
)
from inteso_dash.session import store
from inteso_dash.session.literal import literal_table
from inteso_dash.views.shown import (
    AgeBars,
    Content,
    Course,
    Curve,
    Development,
    Differences,
    FormBars,
    MapContent,
    MeasureMap,
    PlainTable,
    Shown,
    TopicTable,
    numeric,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Screen = tuple[int, int]
_OF_HEIGHT, _OF_WIDTH, _LEAST = 0.031, 0.022, 14
"""Size of the type as a share of the screen's height and width at most, and in pixels at least."""
_LINE, _MARKER = 0.125, 0.44
"""Width of lines and size of marks in sizes of the type."""
_DRAWN_FOR = 14
"""Size of the type in pixels that the margins of charts are meant for."""
_AXES = (0.88, 0.5)
"""Shares of the screen that the axes of a chart take at most."""
_DRAWN, _DRAWN_ROWS, _DRAWN_COLUMNS = ("place", "trend"), 9, 3
"""Kinds of columns with small drawings; how many rows and areas a table with them may have."""
_LETTER = 0.52
"""Width of a letter in sizes of the type."""


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
    content = shown.content
    if isinstance(content, ChangeMap | DatedMap | SmallMaps | CutMap):
        slide_change.show_map(city, content, key=key, on_select=on_select)
    elif isinstance(content, MapContent | MeasureMap):
        data = (
            map_of(city, content)
            if isinstance(content, MapContent)
            else measure_map(
                city, content.situation, content.measure, content.circles, content.selected
            )
        )
        if data is None:
            st.info(WORDS["no_map"])
        else:
            area_map(data, key=key, on_select=on_select, on_date=on_date)
    elif isinstance(content, TopicTable):
        profile_table(topic_tables(content, shown), key=key)
    elif isinstance(content, PlainTable):
        heads, *rows = content.rows
        table = literal_table(pd.DataFrame(rows, columns=list(heads)))
        right = table.columns[numeric(content.rows)]
        styled = table.style.set_properties(subset=right, **{"text-align": "right !important"})
        st.table(styled, hide_index=True, border="horizontal")
    else:
        chart = enlarged(chart_of(content, screen), screen)
        st.plotly_chart(chart, height="stretch", config=figures.CONFIG, key=key, alt=shown.headline)


def map_of(city: City, content: MapContent) -> MapData | None:
    """Return the map of the map page without what belongs to that page."""
    drawn = blank_map(content.choice)
    if drawn is None:
        return None
    catalogue, geometries = city.catalogue, store.geometries()
    higher = [
        catalogue.level(above)
        for above in catalogue.ancestors(content.choice.level)
        if above != catalogue.root.id
    ]
    return replace(
        drawn,
        date=formats.date(content.date),
        selected=content.selected,
        overlays=tuple(
            Overlay(geometries[(above.id, above.current.id)].asset.url, above.plural)
            for above in higher
            if (above.id, above.current.id) in geometries
        ),
        marked=tuple(
            Mark(area.area, area.title)
            for area in catalogue.study_areas
            if area.level in {above.id for above in higher}
        ),
    )


def topic_tables(content: TopicTable, shown: Shown) -> list[Table]:
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


def _told(table: Table) -> Table:
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


def _signs(table: Table, groups: tuple[Group, ...]) -> tuple[tuple[str, str], ...]:
    """Return the signs of a table's key that occur in these rows, and what has no sign."""
    cells = [cell for group in groups for row in group.rows for cell in row.cells]
    used = {"±" if part.startswith("±") else part for cell in cells for part in _parts(cell)}
    ranked = TABLE_TEXTS["rank_key"]
    return tuple((sign, text) for sign, text in table.key if sign in used or text == ranked)


def _parts(cell: object) -> tuple[str, ...]:
    return (cell.text, cell.mark, cell.below) if isinstance(cell, Written) else ()


def chart_of(content: Content, screen: Screen) -> Figure:
    """Return the chart that the page shows (`TypeError` for maps and tables)."""
    look = theme()
    if isinstance(content, BothValues | Strongest):
        return slide_change.chart_of(content)
    if isinstance(content, AgeBars):
        return figures.bar_chart(content.bars, content.name, content.reference_name, theme=look)
    if isinstance(content, Development):
        axes = (screen[0] * _AXES[0], screen[1] * _AXES[1])
        return development_chart(
            content.series, content.events, theme=look, letters=letters_for(screen), size=axes
        )
    if isinstance(content, Course):
        days = sorted(set(content.points["date"]))
        return line_chart(
            content.points,
            content.marks,
            (days[0], days[-1]),
            content.unit,
            content.decimals,
            reference=content.reference,
            neutral=content.neutral,
            theme=look,
        )
    if isinstance(content, FormBars):
        return form_bars(content.forms, WORDS["unnamed"], theme=look)
    if isinstance(content, Differences):
        return difference_bars(content.names, content.values, theme=look)
    if isinstance(content, Curve):
        return lorenz_chart(content.lorenz, content.names, theme=look)
    raise TypeError(f"found {type(content).__name__}, expected a chart")


def letters_for(screen: Screen) -> int:
    """Return the size of the type in pixels that is read from the back of a room.

    Examples
    --------
    >>> letters_for((1920, 1080)), letters_for((1280, 720))
    (33, 22)
    """
    return max(_LEAST, round(min(screen[1] * _OF_HEIGHT, screen[0] * _OF_WIDTH)))


def enlarged(figure: Figure, screen: Screen) -> Figure:
    """Give a chart letters, lines and marks that are read from the back of a room."""
    import plotly.graph_objects as go

    letters = letters_for(screen)
    drawn: dict[str, Any] = figure.to_plotly_json()
    layout = drawn["layout"]
    layout.pop("height", None)
    _letters(layout, letters)
    layout["font"] = {**layout.get("font", {}), "size": letters}
    margin = layout.get("margin", {})
    wider = letters / _DRAWN_FOR
    layout["margin"] = {
        "l": margin.get("l", 0) * wider,
        "r": max(margin.get("r", 0) * wider, letters / 2),
        "t": letters * 1.4,
        "b": margin.get("b", 0) * wider,
    }
    for axis in ("xaxis", "yaxis"):
        _axis(layout.setdefault(axis, {}), letters)
    if layout.get("showlegend"):
        legend = layout["legend"]
        legend["font"] = {**legend.get("font", {}), "size": letters}
        if legend.get("y", 1) < 0:
            layout["legend"] = {**legend, "yref": "container", "y": 0, "yanchor": "bottom"}
            layout["margin"]["b"] = 4 * letters
    for trace, given in zip(drawn["data"], figure.data, strict=True):
        _trace(trace, letters)
        if given.textposition == "outside":
            layout["xaxis"]["range"] = _with_room(given, screen[0] / letters)
    return go.Figure(drawn)


def _with_room(bars: Any, width: float) -> list[float]:
    """Return the axis of bars on which their labels have room beside them.

    ``width`` is that of the screen, in sizes of the type.
    """
    names = bars.y if bars.customdata is None else bars.customdata
    longest = max((len(str(name)) for name in names), default=0)
    axes = max(width * 0.94 - longest * _LETTER, 10)
    values = [float(value) for value in bars.x]
    both = min(values) < 0
    free = axes / 2 if both else axes
    most = max(
        (
            abs(value) / max(1 - (len(text) + 2) * _LETTER / free, 0.2)
            for value, text in zip(values, bars.text, strict=True)
        ),
        default=1.0,
    )
    return [-most if both else 0.0, most or 1.0]


def _axis(axis: dict[str, Any], letters: int) -> None:
    axis["tickfont"] = {**axis.get("tickfont", {}), "size": letters}
    title = axis.get("title")
    if title:
        title = {"text": title} if isinstance(title, str) else title
        axis["title"] = {**title, "font": {**title.get("font", {}), "size": letters}}


def _trace(trace: dict[str, Any], letters: int) -> None:
    trace["textfont"] = {**trace.get("textfont", {}), "size": letters}
    trace["hoverlabel"] = {"font": {"size": letters}}
    if trace["type"] == "bar":
        trace["constraintext"] = "none"
        if trace.get("textposition") == "outside":
            trace["text"] = [f"\u2002{text}\u2002" for text in trace["text"]]
        return
    marker = trace.get("marker", {})
    line = letters * _LINE
    if "line" in trace:
        trace["line"] = {**trace["line"], "width": line}
    if marker.get("symbol") == "line-ns":
        trace["marker"] = {**marker, "size": letters, "line": {**marker["line"], "width": line}}
    elif "markers" in trace.get("mode", ""):
        trace["marker"] = {**marker, "size": letters * _MARKER}


def _letters(part: Any, letters: int) -> None:
    """Make every font below a part of the layout as large as it has to be."""
    if isinstance(part, dict):
        for name, below in part.items():
            if name in ("font", "tickfont") and isinstance(below, dict):
                below["size"] = letters
            else:
                _letters(below, letters)
    elif isinstance(part, list | tuple):
        for below in part:
            _letters(below, letters)
