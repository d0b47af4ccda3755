"""Charts of change over time; the numbers they show stand in a table beside them."""

from __future__ import annotations

from inteso_dash.change_figures.comparison import dumbbell, standout_bars
from inteso_dash.change_figures.lines import MAX_LINES, line_chart, spread_out, time_ticks

__all__ = ["MAX_LINES", "dumbbell", "line_chart", "spread_out", "standout_bars", "time_ticks"]
