"""Charts as Plotly figures; the numbers they show stand in a table beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.drawing.screen.style import INK
from inteso_dash.views.figures import Bar

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""Plotly settings of every chart: no tools over it, no zoom by accident."""

_BAR = "#4f7ea8"
_ROW_HEIGHT = 38
_EDGES = 48
_SHARE_DECIMALS = 1


def _label(city: City, indicator: Indicator) -> str:
    """Name an age group: a count as its share is named, where the catalogue has one."""
    shares = (each for each in city.catalogue.indicators if each.numerator == (indicator.id,))
    return next(shares, indicator).short.de


def share_unit(indicator: Indicator) -> str:
    """Return the unit of an age group's share."""
    return "%" if indicator.kind == "extensive" else indicator.unit


def _share(
    city: City, groups: Sequence[str], indicator: Indicator, level: str, area_id: str, day: dt.date
) -> float | None:
    """Return the share of an age group, None where it cannot be had."""

    def value(name: str) -> float | None:
        cell = city.cell(level, area_id, name, day)
        return None if cell is None or pd.isna(cell["value"]) else float(cell["value"])

    own = value(indicator.id)
    if indicator.kind == "intensive" or own is None:
        return own
    wholes = [
        each.id
        for each in city.catalogue.indicators
        if any(set(groups) <= set(parts) for parts in each.partitions)
    ]
    parts = [value(name) for name in (wholes[:1] or groups)]
    whole = sum(part for part in parts if part is not None)
    return None if None in parts or not whole else own / whole * 100


def bar_chart(
    bars: Sequence[Bar], name: str, reference_name: str, *, theme: str = "light"
) -> Figure:
    """Draw bars from zero, the first one at the bottom, and the city as a thin line across each.

    Parameters
    ----------
    bars : sequence of Bar
    name, reference_name : str
        Names of the area and of the city.
    theme : str
        light or dark: decides the colour of the line.
    """
    import plotly.graph_objects as go

    labels = [f"{bar.label}   <b>{bar.written}</b>" for bar in bars]
    compared = [
        (label, bar) for label, bar in zip(labels, bars, strict=True) if bar.reference is not None
    ]
    figure = go.Figure(
        go.Bar(
            x=[bar.value for bar in bars],
            y=labels,
            orientation="h",
            name=name,
            marker={"color": _BAR, "line": {"width": 0}},
            hoverinfo="skip",
        )
    )
    figure.add_scatter(
        x=[bar.reference for _, bar in compared],
        y=[label for label, _ in compared],
        mode="markers",
        name=reference_name,
        marker={
            "symbol": "line-ns",
            "size": 13,
            "line": {"width": 2, "color": INK[theme]},
            "color": INK[theme],
        },
        text=[bar.reference_written for _, bar in compared],
        hovertemplate=f"{reference_name}: %{{text}}<extra></extra>",
        visible=bool(compared),
    )
    longest = max((max(bar.value, bar.reference or 0) for bar in bars), default=0)
    figure.update_layout(
        height=_ROW_HEIGHT * len(bars) + _EDGES,
        margin={"l": 0, "r": 0, "t": 40, "b": 0},
        bargap=0.42,
        separators=",.",
        dragmode=False,
        showlegend=bool(compared),
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "font": {"size": 13, "color": INK[theme]},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={"range": [0, longest * 1.02 or 1], "visible": False, "fixedrange": True},
        yaxis={
            "fixedrange": True,
            "showgrid": False,
            "showline": False,
            "ticks": "",
            "ticklabelstandoff": 8,
            "automargin": True,
            "tickfont": {"size": 14, "color": INK[theme]},
        },
    )
    return figure


def bar_words(bars: Sequence[Bar], title: str, reference_name: str) -> str:
    """Say what a bar chart shows.

    Examples
    --------
    >>> bar_words([Bar("unter 6", 6.2, "6,2 %", 5.6, "5,6 %")], "Alter in Rath", "Stadt")
    'Alter in Rath: unter 6 6,2 % (Stadt 5,6 %).'
    """
    said = [
        f"{bar.label} {bar.written}"
        + (f" ({reference_name} {bar.reference_written})" if bar.reference is not None else "")
        for bar in bars
    ]
    return f"{title}: {', '.join(said)}."
