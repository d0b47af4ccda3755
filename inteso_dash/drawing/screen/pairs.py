"""Two Stichtage side by side, and what stands out between them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.drawing.screen.style import ABOVE, BELOW, GRID, INK, LINES, QUIET, layout, short
from inteso_dash.language import formats

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_ROW = 30
_WORDS = 128
"""Pixels that the change needs beside a line."""


def dumbbell(
    rows: pd.DataFrame,
    days: tuple[dt.date, dt.date],
    unit: str,
    decimals: int,
    *,
    words: bool = False,
    theme: str = "light",
) -> Figure:
    """Draw both values of every area on one line, those with only one as a single mark.

    Parameters
    ----------
    rows : DataFrame
        Columns name, before, after, told (text of the change); the first row on
        top.
    days : (date, date)
    unit : str
    decimals : int
    words : bool
        Whether the change is written beside every line.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    labels = [short(name) for name in rows["name"]]
    places = list(range(len(rows)))[::-1]
    figure = go.Figure()
    spans_x: list[float | None] = []
    spans_y: list[float | None] = []
    for place, before, after in zip(places, rows["before"], rows["after"], strict=True):
        if not (pd.isna(before) or pd.isna(after)):
            spans_x += [before, after, None]
            spans_y += [place, place, None]
    line = {"color": QUIET[theme], "width": 2}
    figure.add_scatter(
        x=spans_x, y=spans_y, mode="lines", line=line, hoverinfo="skip", showlegend=False
    )
    marks = (
        ("before", days[0], {"symbol": "circle-open", "color": INK[theme], "line": {"width": 2}}),
        ("after", days[1], {"symbol": "circle", "color": LINES[theme][0]}),
    )
    for column, day, marker in marks:
        figure.add_scatter(
            x=rows[column],
            y=places,
            mode="markers",
            name=formats.date(day),
            marker={"size": 11, **marker},
            text=[
                "" if pd.isna(value) else _pair(name, day, value, told, unit, decimals)
                for name, value, told in zip(rows["name"], rows[column], rows["told"], strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    if words:
        for place, told in zip(places, rows["told"], strict=True):
            figure.add_annotation(
                x=1,
                xref="paper",
                y=place,
                text=told,
                showarrow=False,
                xanchor="left",
                xshift=6,
                font={"color": INK[theme], "size": 13},
            )
    return layout(
        figure,
        theme,
        _ROW * len(rows) + 90,
        margin={"l": 0, "r": _WORDS if words else 8, "t": 44, "b": 0},
        xaxis={"tickformat": f",.{decimals}f", "zeroline": False, "nticks": 5},
        yaxis={
            "tickvals": places,
            "ticktext": labels,
            "range": [-0.7, len(rows) - 0.3],
            "gridcolor": GRID[theme],
            "zeroline": False,
        },
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        hoverlabel={"align": "left"},
    )


def _pair(name: str, day: dt.date, value: float, told: str, unit: str, decimals: int) -> str:
    written = formats.with_unit(value, decimals, unit)
    return f"<b>{name}</b><br>{formats.date(day)}: {written}<br>{told}"


def standout_bars(rows: pd.DataFrame, unit: str, *, theme: str = "light") -> Figure:
    """Draw the strongest changes as bars on both sides of zero, the highest on top.

    Parameters
    ----------
    rows : DataFrame
        Columns name, value, told (text at the end of the bar).
    unit : str
        Title of the axis.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    places = list(range(len(rows)))[::-1]
    figure = go.Figure(
        go.Bar(
            x=rows["value"],
            y=places,
            orientation="h",
            marker={
                "color": [ABOVE[theme] if value > 0 else BELOW[theme] for value in rows["value"]],
                "line": {"width": 0},
            },
            text=rows["told"],
            customdata=[short(name) for name in rows["name"]],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    widest = float(rows["value"].abs().max()) * 1.45 or 1.0
    return layout(
        figure,
        theme,
        _ROW * len(rows) + 70,
        bargap=0.4,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        minreducedheight=_ROW,
        xaxis={
            "range": [-widest, widest],
            "zeroline": True,
            "zerolinecolor": INK[theme],
            "title": unit,
            "tickformat": ",~f",
            "nticks": 5,
        },
        yaxis={"tickvals": places, "ticktext": [short(name) for name in rows["name"]]},
    )
