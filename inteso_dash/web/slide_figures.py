"""The figure of a slide on the screen: the same maps, charts and tables as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from inteso_dash import accommodation_figures as draw
from inteso_dash import figures, formats, slides, store
from inteso_dash.area_map import MapData, Mark, Overlay, area_map
from inteso_dash.change_figures import line_chart
from inteso_dash.city import City
from inteso_dash.profile_table import TEXTS as TABLE_TEXTS
from inteso_dash.profile_table import Table
from inteso_dash.profile_table.component import profile_table
from inteso_dash.profile_table.data import Figure as Written
from inteso_dash.profile_table.data import Group
from inteso_dash.web.accommodation.maps import measure_map
from inteso_dash.web.accommodation.parts import theme
from inteso_dash.web.accommodation.texts import TEXTS as WORDS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LETTERS = 32
_LINE = 4
_MARKER = 14
_ROOM = 1.55
_WIDER = 2.3


def show(
    city: City,
    shown: slides.Shown,
    *,
    key: str,
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
    on_select, on_date
        Called when the audience selects an area or moves to another Stichtag.
    """
    content = shown.content
    if isinstance(content, slides.MapContent | slides.MeasureMap):
        data = (
            map_of(city, content)
            if isinstance(content, slides.MapContent)
            else measure_map(
                city, content.situation, content.measure, content.circles, content.selected
            )
        )
        if data is None:
            st.info(WORDS["no_map"])
        else:
            area_map(data, key=key, on_select=on_select, on_date=on_date)
    elif isinstance(content, slides.TopicTable):
        profile_table(topic_tables(content), key=key)
    elif isinstance(content, slides.PlainTable):
        heads, *rows = content.rows
        table = pd.DataFrame(rows, columns=list(heads))
        right = table.columns[slides.numeric(content.rows)]
        styled = table.style.set_properties(subset=right, **{"text-align": "right !important"})
        st.table(styled, hide_index=True, border="horizontal")
    else:
        chart = enlarged(chart_of(content))
        st.plotly_chart(chart, height="stretch", config=figures.CONFIG, key=key, alt=shown.headline)


def map_of(city: City, content: slides.MapContent) -> MapData | None:
    """Return the map of the map page without what belongs to that page."""
    drawn = store.blank_map(content.choice)
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


def topic_tables(content: slides.TopicTable) -> list[Table]:
    """Return the table of the profile page with the rows of one topic only."""
    place, *others = content.profile.places
    compared = tuple((other.level, other.area_id) for other in others)
    found = store.profile_tables(place.level, place.area_id, compared)
    return [
        replace(table, groups=groups, key=_signs(table, groups), source="", folded=False)
        for table in found[:1]
        if (groups := tuple(group for group in table.groups if group.title == content.topic))
    ]


def _signs(table: Table, groups: tuple[Group, ...]) -> tuple[tuple[str, str], ...]:
    """Return the signs of a table's key that occur in these rows, and what has no sign."""
    cells = [cell for group in groups for row in group.rows for cell in row.cells]
    used = {"±" if part.startswith("±") else part for cell in cells for part in _parts(cell)}
    ranked = TABLE_TEXTS["rank_key"]
    return tuple((sign, text) for sign, text in table.key if sign in used or text == ranked)


def _parts(cell: object) -> tuple[str, ...]:
    return (cell.text, cell.mark, cell.below) if isinstance(cell, Written) else ()


def chart_of(content: slides.Content) -> Figure:
    """Return the chart that the page shows (`TypeError` for maps and tables)."""
    look = theme()
    if isinstance(content, slides.AgeBars):
        return figures.bar_chart(content.bars, content.name, content.reference_name, theme=look)
    if isinstance(content, slides.Development):
        return draw.development_chart(content.series, content.events, theme=look)
    if isinstance(content, slides.Course):
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
    if isinstance(content, slides.FormBars):
        return draw.form_bars(content.forms, WORDS["unnamed"], theme=look)
    if isinstance(content, slides.Differences):
        return draw.difference_bars(content.names, content.values, theme=look)
    if isinstance(content, slides.Curve):
        return draw.lorenz_chart(content.lorenz, content.names, theme=look)
    raise TypeError(f"found {type(content).__name__}, expected a chart")


def enlarged(figure: Figure) -> Figure:
    """Give a chart letters, lines and marks that are read from the back of a room."""
    import plotly.graph_objects as go

    drawn: dict[str, Any] = figure.to_plotly_json()
    layout = drawn["layout"]
    layout.pop("height", None)
    _letters(layout)
    layout["font"] = {**layout.get("font", {}), "size": _LETTERS}
    given = layout.get("margin", {})
    layout["margin"] = {
        "l": given.get("l", 0) * _WIDER,
        "r": max(given.get("r", 0) * _WIDER, 16),
        "t": _LETTERS + 12,
        "b": given.get("b", 0) * _WIDER,
    }
    for axis in ("xaxis", "yaxis"):
        _axis(layout.setdefault(axis, {}))
    if layout.get("showlegend"):
        legend = layout["legend"]
        legend["font"] = {**legend.get("font", {}), "size": _LETTERS}
        if legend.get("y", 1) < 0:
            layout["legend"] = {**legend, "yref": "container", "y": 0, "yanchor": "bottom"}
            layout["margin"]["b"] = 4 * _LETTERS
    for trace in drawn["data"]:
        _trace(trace)
    if any(trace.get("textposition") == "outside" for trace in drawn["data"]):
        layout["xaxis"]["range"] = [bound * _ROOM for bound in layout["xaxis"]["range"]]
    return go.Figure(drawn)


def _axis(axis: dict[str, Any]) -> None:
    axis["tickfont"] = {**axis.get("tickfont", {}), "size": _LETTERS}
    title = axis.get("title")
    if title:
        title = {"text": title} if isinstance(title, str) else title
        axis["title"] = {**title, "font": {**title.get("font", {}), "size": _LETTERS}}


def _trace(trace: dict[str, Any]) -> None:
    trace["textfont"] = {**trace.get("textfont", {}), "size": _LETTERS}
    trace["hoverlabel"] = {"font": {"size": _LETTERS}}
    if trace["type"] == "bar":
        trace["constraintext"] = "none"
        return
    marker = trace.get("marker", {})
    if "line" in trace:
        trace["line"] = {**trace["line"], "width": _LINE}
    if marker.get("symbol") == "line-ns":
        trace["marker"] = {**marker, "size": _LETTERS, "line": {**marker["line"], "width": _LINE}}
    elif "markers" in trace.get("mode", ""):
        trace["marker"] = {**marker, "size": _MARKER}


def _letters(part: Any) -> None:
    """Make every font below a part of the layout as large as it has to be."""
    if isinstance(part, dict):
        for name, below in part.items():
            if name in ("font", "tickfont") and isinstance(below, dict):
                below["size"] = _LETTERS
            else:
                _letters(below)
    elif isinstance(part, list | tuple):
        for below in part:
            _letters(below)
