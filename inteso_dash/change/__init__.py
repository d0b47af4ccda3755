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
from inteso_dash.change.scale import around_zero
from inteso_dash.change.series import COLUMNS, Mode, breaks, declared_breaks, series, shown
from inteso_dash.change.tables import (
    HEADS,
    comparison_file,
    comparison_table,
    head,
    ordered,
    told_measures,
)
from inteso_dash.change.words import (
    Different,
    break_words,
    comparison_sentence,
    different,
    one_date,
    published_changes,
    remarks,
    sentence,
    signed,
    told,
)

__all__ = [
    "COLUMNS",
    "HEADS",
    "SMALL_BASE",
    "CityChange",
    "Comparison",
    "Different",
    "Measure",
    "Mode",
    "Standouts",
    "around_zero",
    "best_pair",
    "break_words",
    "breaks",
    "compare",
    "comparison_file",
    "comparison_sentence",
    "comparison_table",
    "decimals",
    "declared_breaks",
    "different",
    "head",
    "measures",
    "one_date",
    "ordered",
    "published_changes",
    "remarks",
    "sentence",
    "series",
    "shown",
    "signed",
    "standouts",
    "tells_percent",
    "told",
    "told_measures",
    "unit",
]
