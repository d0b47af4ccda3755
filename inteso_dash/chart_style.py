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
