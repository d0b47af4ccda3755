"""Charts of the page on accommodation; the numbers they show stand in a table beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from inteso_dash import formats
from inteso_dash.catalogue import Event

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_INK = {"light": "#24262b", "dark": "#f2f3f5"}
_QUIET = {"light": "#6b7480", "dark": "#a7b0ba"}
_BAR = {"light": "#4f7ea8", "dark": "#7fb2dc"}
_BELOW = {"light": "#7a6db3", "dark": "#a99ee0"}
_ABOVE = {"light": "#b8690f", "dark": "#f1a340"}
_LINES = {
    "light": ("#1d5f8a", "#b8690f", "#7a6db3", "#5f6b76", "#2e7d6b"),
    "dark": ("#6db6e2", "#f1a340", "#a99ee0", "#b3bcc5", "#6cc3ad"),
}
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_ROW = 34
_BIN = 50


def _layout(figure: Figure, theme: str, height: int, **more: Any) -> Figure:
    axis = {"fixedrange": True, "tickfont": {"size": 13, "color": _INK[theme]}, "automargin": True}
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 28, "b": 0},
        separators=",.",
        dragmode=False,
        showlegend=False,
        font={"size": 13, "color": _INK[theme]},
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    figure.update_layout(**more)
    return figure


def lorenz_chart(curve: pd.DataFrame, names: Sequence[str], *, theme: str = "light") -> Figure:
    """Draw a Lorenz curve beside the line of equal burden.

    Parameters
    ----------
    curve : DataFrame
        As of `distribution.lorenz`.
    names : sequence of str
        Name of the area of every point; the first one is the origin.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": _QUIET[theme], "width": 1},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=curve["weight"] * 100,
        y=curve["value"] * 100,
        mode="lines+markers",
        line={"color": _LINES[theme][0], "width": 2.5},
        text=list(names),
        hovertemplate="bis %{text}: %{x:.1f} % der Einwohner, %{y:.1f} % der "
        "Untergebrachten<extra></extra>",
    )
    figure.add_annotation(
        x=32,
        y=32,
        text="gleiche Last",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"color": _QUIET[theme]},
    )
    percent = {"range": [0, 101], "ticksuffix": " %", "dtick": 25}
    return _layout(
        figure,
        theme,
        380,
        xaxis={**percent, "title": "Einwohner, von der geringsten zur höchsten Last"},
        yaxis={**percent, "title": "Untergebrachte"},
    )


def development_chart(
    table: pd.DataFrame, events: Sequence[Event], *, theme: str = "light"
) -> Figure:
    """Draw persons, places and their parts over true time, with resolutions as marks.

    Parameters
    ----------
    table : DataFrame
        As of `accommodation.series`, with a column source (text).
    events : sequence of Event
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for place, (name, rows) in enumerate(table.groupby("series", sort=False)):
        ordered = rows.sort_values("date")
        color, dash = _LINES[theme][place % 5], _DASHES[place % 5]
        figure.add_scatter(
            x=ordered["date"],
            y=ordered["value"],
            name=str(name),
            mode="lines+markers",
            line={"color": color, "width": 2, "dash": dash},
            marker={"size": 7},
            text=[
                f"{formats.date(day)}: {formats.number(value, 0)}<br>{source}"
                for day, value, source in zip(
                    ordered["date"], ordered["value"], ordered["source"], strict=True
                )
            ],
            hovertemplate=f"<b>{name}</b><br>%{{text}}<extra></extra>",
        )
    for place, event in enumerate(sorted(events, key=lambda each: each.date)):
        figure.add_shape(
            type="line",
            x0=event.date,
            x1=event.date,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": _QUIET[theme], "width": 1},
        )
        figure.add_annotation(
            x=event.date,
            y=1,
            yref="paper",
            text=f"<b>{place + 1}</b>",
            showarrow=False,
            yanchor="bottom",
            font={"color": _INK[theme]},
        )
    return _layout(
        figure,
        theme,
        440,
        xaxis={"type": "date", "tickformat": "%m/%Y", "showgrid": False},
        yaxis={"rangemode": "tozero", "tickformat": ",d"},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "itemclick": False},
    )


def difference_bars(
    names: Sequence[str], differences: Sequence[float], *, theme: str = "light"
) -> Figure:
    """Draw persons above and below the target, the highest on top."""
    import plotly.graph_objects as go

    order = np.argsort(differences)
    values = [differences[at] for at in order]
    labels = [formats.number(value, 0) for value in values]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[names[at] for at in order],
            orientation="h",
            marker={
                "color": [_ABOVE[theme] if value > 0 else _BELOW[theme] for value in values],
                "line": {"width": 0},
            },
            text=[
                f"+{text}" if value > 0 else text
                for value, text in zip(values, labels, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    widest = max((abs(value) for value in values), default=1) * 1.3 or 1
    return _layout(
        figure,
        theme,
        _ROW * len(values) + 60,
        bargap=0.4,
        xaxis={
            "range": [-widest, widest],
            "tickformat": ",d",
            "zeroline": True,
            "zerolinecolor": _INK[theme],
            "title": "Personen über (+) und unter (−) dem Soll",
        },
        yaxis={"showgrid": False},
    )


def size_histogram(sizes: pd.Series[float], limit: float, *, theme: str = "light") -> Figure:
    """Draw how many sites have which size, in steps of 50, with the limit as a line."""
    import plotly.graph_objects as go

    top = float(np.ceil(max(sizes.max(), limit + 1) / _BIN) * _BIN)
    edges = np.arange(0, top + _BIN, _BIN)
    bins = np.clip(np.ceil(sizes / _BIN) - 1, 0, len(edges) - 2).astype(int)
    counts = np.bincount(bins, minlength=len(edges) - 1)
    figure = go.Figure(
        go.Bar(
            x=edges[:-1] + _BIN / 2,
            y=counts,
            width=_BIN * 0.94,
            marker={"color": _BAR[theme], "line": {"width": 0}},
            text=[f"{low:.0f} bis {low + _BIN:.0f}" for low in edges[:-1]],
            textposition="none",
            hovertemplate="%{text}: %{y} Unterkünfte<extra></extra>",
        )
    )
    figure.add_vline(x=limit, line={"color": _ABOVE[theme], "width": 2})
    figure.add_annotation(
        x=limit,
        y=1,
        yref="paper",
        text=f"Grenze {formats.number(limit, 0)}",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        xshift=4,
        font={"color": _INK[theme]},
    )
    return _layout(
        figure,
        theme,
        320,
        xaxis={"range": [0, top], "dtick": 100, "showgrid": False, "title": "Größe"},
        yaxis={"title": "Unterkünfte", "tickformat": ",d", "rangemode": "tozero"},
    )


def form_bars(table: pd.DataFrame, unnamed: str, *, theme: str = "light") -> Figure:
    """Draw places by form, the largest on top.

    Parameters
    ----------
    table : DataFrame
        As of `accommodation.forms`.
    unnamed : str
        What to call places without a form.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    rows = table.iloc[::-1]
    figure = go.Figure(
        go.Bar(
            x=rows["places"],
            y=[str(form) or unnamed for form in rows.index],
            orientation="h",
            marker={
                "color": [_BAR[theme] if form else _QUIET[theme] for form in rows.index],
                "line": {"width": 0},
            },
            text=[
                formats.number(places, 0)
                + ("" if pd.isna(share) else f" · {formats.number(share, 1)} %")
                for places, share in zip(rows["places"], rows["share"], strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    return _layout(
        figure,
        theme,
        _ROW * len(rows) + 40,
        bargap=0.4,
        xaxis={"visible": False, "range": [0, (float(rows["places"].max()) or 1) * 1.3]},
        yaxis={"showgrid": False},
    )


def openings_chart(table: pd.DataFrame, until: dt.date, *, theme: str = "light") -> Figure:
    """Draw from when to when every site was open; open ones reach to the last day known."""
    import plotly.graph_objects as go

    last = pd.Timestamp(until)
    rows = table.iloc[::-1]
    figure = go.Figure()
    for row in rows.to_dict("records"):
        closed = row["closed"]
        end = max(last, row["opened"]) if pd.isna(closed) else closed
        figure.add_scatter(
            x=[row["opened"], end],
            y=[row["name"], row["name"]],
            mode="lines+markers",
            line={"color": _BAR[theme], "width": 5},
            marker={
                "size": [7, 0 if pd.isna(closed) else 9],
                "symbol": ["circle", "line-ns"],
                "line": {"width": 2, "color": _INK[theme]},
            },
            hovertemplate=f"{row['form']}<br>%{{x|%d.%m.%Y}}<extra></extra>",
        )
    return _layout(
        figure,
        theme,
        max(160, 17 * len(rows) + 60),
        xaxis={"type": "date", "tickformat": "%m/%Y", "side": "top"},
        yaxis={"showgrid": False, "tickfont": {"size": 11}},
    )
