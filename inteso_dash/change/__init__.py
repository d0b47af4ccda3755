"""Change over time: series with their breaks, two Stichtage compared, what stands out; pure."""

from __future__ import annotations

from inteso_dash.change.base import SMALL_BASE, smallest_base
from inteso_dash.change.comparison import (
    CityChange,
    Comparison,
    Measure,
    Standouts,
    compare,
    compare_values,
    decimals,
    from_zero,
    measures,
    standouts,
    tells_percent,
    unit,
)
from inteso_dash.change.picked import Pairs, pairs, spread, standout_rows
from inteso_dash.change.reach import (
    Reach,
    best_pair,
    of_other_indicators,
    on_other_levels,
    period,
    reach,
)
from inteso_dash.change.scale import around_zero
from inteso_dash.change.series import COLUMNS, Mode, breaks, declared_breaks, series, shown
from inteso_dash.change.tables import (
    HEADS,
    comparison_file,
    comparison_table,
    head,
    numbered,
    ordered,
    told_measures,
)
from inteso_dash.change.words import (
    Different,
    Mark,
    break_marks,
    comparison_sentence,
    different,
    one_date,
    published_changes,
    remarks,
    sentence,
    told,
)
from inteso_dash.formats import signed

__all__ = [
    "COLUMNS",
    "HEADS",
    "SMALL_BASE",
    "CityChange",
    "Comparison",
    "Different",
    "Mark",
    "Measure",
    "Mode",
    "Pairs",
    "Reach",
    "Standouts",
    "around_zero",
    "best_pair",
    "break_marks",
    "breaks",
    "compare",
    "compare_values",
    "comparison_file",
    "comparison_sentence",
    "comparison_table",
    "decimals",
    "declared_breaks",
    "different",
    "from_zero",
    "head",
    "measures",
    "numbered",
    "of_other_indicators",
    "on_other_levels",
    "one_date",
    "ordered",
    "pairs",
    "period",
    "published_changes",
    "reach",
    "remarks",
    "sentence",
    "series",
    "shown",
    "signed",
    "smallest_base",
    "spread",
    "standout_rows",
    "standouts",
    "tells_percent",
    "told",
    "told_measures",
    "unit",
]
