"""Colours and measures that only the charts of the page on accommodation have."""

from __future__ import annotations

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
