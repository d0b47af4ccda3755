"""Several divisions of one level: what became of the areas, and figures carried across; pure."""

from __future__ import annotations

from inteso_dash.divisions.between import (
    DivisionError,
    Layers,
    between,
    counted,
    divided_levels,
    divisions_with_boundaries,
    level_of,
    shapes,
    written,
)
from inteso_dash.divisions.carrying import (
    Carried,
    carry,
    finer_layer,
    key_between,
    methods,
    population_indicator,
)
from inteso_dash.divisions.conversion import (
    METHOD_TITLES,
    SHARE_COLUMNS,
    Method,
    apportioned,
    convert,
    divided_share,
    estimated_shares,
    later_union_shares,
    union_shares,
)
from inteso_dash.divisions.matching import (
    KIND_TITLES,
    TABLE_COLUMNS,
    TOLERANCE,
    Kind,
    Match,
    match,
    table,
)

__all__ = [
    "KIND_TITLES",
    "METHOD_TITLES",
    "SHARE_COLUMNS",
    "TABLE_COLUMNS",
    "TOLERANCE",
    "Carried",
    "DivisionError",
    "Kind",
    "Layers",
    "Match",
    "Method",
    "apportioned",
    "between",
    "carry",
    "convert",
    "counted",
    "divided_levels",
    "divided_share",
    "divisions_with_boundaries",
    "estimated_shares",
    "finer_layer",
    "key_between",
    "later_union_shares",
    "level_of",
    "match",
    "methods",
    "population_indicator",
    "shapes",
    "table",
    "union_shares",
    "written",
]
