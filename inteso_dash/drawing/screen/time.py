"""Charts over true time: the whole city, and from when to when every site was open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.catalogue.city import Event
from inteso_dash.drawing.screen.naming import beside_lines
from inteso_dash.drawing.screen.style import BAR, INK, QUIET, layout
from inteso_dash.language import formats

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LINES = {
    "light": ("#1d5f8a", "#b8690f", "#7a6db3", "#5f6b76", "#2e7d6b"),
    "dark": ("#6db6e2", "#f1a340", "#a99ee0", "#b3bcc5", "#6cc3ad"),
}
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")


def development_chart(
    table: pd.DataFrame,
    events: Sequence[Event],
    *,
    theme: str = "light",
    letters: float = 13,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Draw persons, places and their parts over true time, with resolutions as marks.

    Every line has its name at its last point, or at its first one where other lines run there;
    where the width is not known, the names stand in a legend.

    Parameters
    ----------
    table : DataFrame
        As of `accommodation.series`, with a column source (text).
    events : sequence of Event
        In the order in which they are numbered.
    theme : str
        light or dark.
    letters : float
        Size of the type in pixels.
    size : (float, float), optional
        About how many pixels the axes take: names find their places by it.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for place, (name, rows) in enumerate(table.groupby("series", sort=False)):
        ordered = rows.sort_values("date")
        figure.add_scatter(
            x=ordered["date"],
            y=ordered["value"],
            name=str(name),
            mode="lines+markers",
            line={
                "color": _LINES[theme][place % 5],
                "width": 3 if place == 0 else 2,
                "dash": _DASHES[place % 5],
            },
            marker={"size": 8, "symbol": _SYMBOLS[place % 5]},
            text=[
                f"{formats.date(day)}: {formats.number(value, 0)}<br>{source}"
                for day, value, source in zip(
                    ordered["date"], ordered["value"], ordered["source"], strict=True
                )
            ],
            hovertemplate=f"<b>{name}</b><br>%{{text}}<extra></extra>",
        )
    for place, event in enumerate(events, 1):
        figure.add_shape(
            type="line",
            x0=event.date,
            x1=event.date,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": QUIET[theme], "width": 1},
        )
        figure.add_annotation(
            x=event.date,
            y=1,
            yref="paper",
            text=f"<b>{place}</b>",
            showarrow=False,
            yanchor="bottom",
            font={"color": INK[theme]},
        )
    days = [*table["date"], *(event.date for event in events)]
    length = max((max(days) - min(days)).days, 365)
    right = 0.03 if size is None else 0.22
    ends = [
        min(days) - dt.timedelta(days=round(length * 0.03)),
        max(days) + dt.timedelta(days=round(length * right)),
    ]
    if size is not None:
        _name_lines(figure, table, events, ends, theme, letters, size)
    return layout(
        figure,
        theme,
        420 if size is not None else 480,
        xaxis={"type": "date", "tickformat": "%m/%Y", "showgrid": False, "range": ends},
        yaxis={"rangemode": "tozero", "tickformat": ",d"},
        showlegend=size is None,
        legend={
            "orientation": "h",
            "x": 0,
            "y": -0.12,
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": letters},
        },
    )


def _name_lines(
    figure: Figure,
    table: pd.DataFrame,
    events: Sequence[Event],
    ends: Sequence[dt.date],
    theme: str,
    letters: float,
    size: tuple[float, float],
) -> None:
    """Write the name of every line where no other line runs."""
    across = size[0] / (ends[1] - ends[0]).days
    up = size[1] / (float(table["value"].max()) * 1.06 or 1.0)
    lines = {
        str(name): [
            ((day - ends[0]).days * across, value * up)
            for day, value in rows.sort_values("date")[["date", "value"]].itertuples(index=False)
        ]
        for name, rows in table.groupby("series", sort=False)
    }
    marks = [(event.date - ends[0]).days * across for event in events]
    for place, each in enumerate(beside_lines(lines, marks, letters, size)):
        x, y = each.point
        figure.add_annotation(
            x=ends[0] + dt.timedelta(days=round(x / across)),
            y=y / up,
            text=each.name,
            showarrow=False,
            xanchor=each.anchor,
            xshift=each.right,
            yshift=each.up,
            font={"color": _LINES[theme][place % 5], "size": letters},
        )


def openings_chart(table: pd.DataFrame, *, theme: str = "light") -> Figure:
    """Draw from when to when every site was open; one that is not closed ends at its Stichtag.

    Parameters
    ----------
    table : DataFrame
        As of `accommodation.openings`.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    rows = table.iloc[::-1].reset_index(drop=True)
    is_closed = rows["closed"].notna()
    ends = rows["closed"].where(is_closed, rows[["date", "opened"]].max(axis=1))
    gap = [pd.NaT] * len(rows)
    figure = go.Figure()
    figure.add_scatter(
        x=[day for ends_of in zip(rows["opened"], ends, gap, strict=True) for day in ends_of],
        y=[place for place in rows.index for _ in range(3)],
        mode="lines",
        line={"color": BAR[theme], "width": 5},
        hoverinfo="skip",
    )
    marks = (
        ("eröffnet", rows["opened"], rows.index == rows.index, "circle", INK[theme]),
        ("geschlossen", ends, is_closed, "line-ns", INK[theme]),
        ("noch geöffnet am Stichtag", ends, ~is_closed, "triangle-right", BAR[theme]),
    )
    for title, days, chosen, symbol, colour in marks:
        figure.add_scatter(
            x=days[chosen],
            y=rows.index[chosen],
            mode="markers",
            name=title,
            marker={
                "size": 9,
                "symbol": symbol,
                "color": colour,
                "line": {"width": 2 if symbol == "line-ns" else 0, "color": colour},
            },
            text=rows["form"][chosen],
            hovertemplate=f"%{{text}}<br>{title}: %{{x|%d.%m.%Y}}<extra></extra>",
        )
    figure.data[0].showlegend = False
    return layout(
        figure,
        theme,
        max(200, 17 * len(rows) + 90),
        margin={"l": 0, "r": 8, "t": 64, "b": 0},
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "yref": "paper",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 13, "color": INK[theme]},
        },
        xaxis={"type": "date", "tickformat": "%m/%Y"},
        yaxis={
            "showgrid": False,
            "tickfont": {"size": 11},
            "tickvals": rows.index,
            "ticktext": rows["name"],
            "range": [-0.8, len(rows) - 0.2],
        },
    )
