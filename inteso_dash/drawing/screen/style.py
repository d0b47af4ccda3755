"""Type, colours and calm that all charts of the screen share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

INK = {"light": "#24262b", "dark": "#f2f3f5"}
QUIET = {"light": "#6b7480", "dark": "#a7b0ba"}
GRID = {"light": "#e3e7eb", "dark": "#2b353f"}
BELOW = {"light": "#7a6db3", "dark": "#a99ee0"}
ABOVE = {"light": "#b8690f", "dark": "#f1a340"}


def layout(figure: Figure, theme: str, height: int, **more: Any) -> Figure:
    """Give a chart the margins, fonts and fixed axes of all of them."""
    axis = {
        "fixedrange": True,
        "tickfont": {"size": 13, "color": INK[theme]},
        "title": {"font": {"size": 13, "color": QUIET[theme]}},
        "gridcolor": GRID[theme],
        "automargin": True,
    }
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 28, "b": 0},
        separators=",.",
        dragmode=False,
        showlegend=False,
        font={"size": 13, "color": INK[theme]},
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    figure.update_layout(**more)
    return figure


LINES = {
    "light": ("#1d5f8a", "#b8690f", "#7a6db3", "#2e7d6b", "#8a3b5f", "#5c6b1d"),
    "dark": ("#6db6e2", "#f1a340", "#a99ee0", "#6cc3ad", "#e08fb3", "#b9c86a"),
}
_NAME_LENGTH = 20


def short(name: str) -> str:
    """Cut a name to what fits beside a chart.

    Examples
    --------
    >>> short("Stadtbezirk 6"), short("Am Nordfriedhof und Umgebung")
    ('Stadtbezirk 6', 'Am Nordfriedhof und…')
    """
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1].rstrip()}…"


CIRCLE_COLOURS = {
    "light": ("#8c3b0e", "#f1a340", "#5e3c99"),
    "dark": ("#c65a1a", "#ffc477", "#a07fd6"),
}
BAND = {"light": "#c3ccd4", "dark": "#4a5967"}
BAR = {"light": "#4f7ea8", "dark": "#7fb2dc"}
ROW = 34
LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "itemclick": False,
    "itemdoubleclick": False,
}
