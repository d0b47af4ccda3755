"""Charts of the page on accommodation; the numbers they show stand in a table beside them."""

from __future__ import annotations

from inteso_dash.accommodation_figures.comparison import (
    border_chart,
    form_bars,
    lorenz_chart,
    size_histogram,
)
from inteso_dash.accommodation_figures.style import CIRCLE_COLOURS
from inteso_dash.accommodation_figures.target import difference_bars, target_bars
from inteso_dash.accommodation_figures.time import development_chart, openings_chart

__all__ = [
    "CIRCLE_COLOURS",
    "border_chart",
    "development_chart",
    "difference_bars",
    "form_bars",
    "lorenz_chart",
    "openings_chart",
    "size_histogram",
    "target_bars",
]
