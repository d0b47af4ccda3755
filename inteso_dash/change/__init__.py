"""Change over time: series with their breaks, two Stichtage compared, what stands out; pure."""

from __future__ import annotations

from inteso_dash.change.comparison import (
    SMALL_BASE,
    CityChange,
    Comparison,
    Measure,
    Standouts,
    best_pair,
    compare,
    decimals,
    measures,
    standouts,
    tells_percent,
    unit,
)
from inteso_dash.change.series import COLUMNS, Mode, breaks, declared_breaks, series, shown
from inteso_dash.change.words import (
    Different,
    break_words,
    dates_elsewhere,
    different,
    published_changes,
    sentence,
    signed,
    told,
)

__all__ = [
    "COLUMNS",
    "SMALL_BASE",
    "CityChange",
    "Comparison",
    "Different",
    "Measure",
    "Mode",
    "Standouts",
    "best_pair",
    "break_words",
    "breaks",
    "compare",
    "dates_elsewhere",
    "decimals",
    "declared_breaks",
    "different",
    "measures",
    "published_changes",
    "sentence",
    "series",
    "shown",
    "signed",
    "standouts",
    "tells_percent",
    "told",
    "unit",
]
