"""Several divisions of one level: what became of the areas, and figures carried across; pure."""

from __future__ import annotations

from inteso_dash.divisions.between import (
    DivisionError,
    Layers,
    between,
    counted,
    divisions_with_boundaries,
    level_of,
    sentence,
    shapes,
    written,
)
from inteso_dash.divisions.carrying import (
    Carried,
    carry,
    dates_of,
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
    union_shares,
)
from inteso_dash.divisions.matching import (
    KIND_TITLES,
    TABLE_COLUMNS,
    TOLERANCE,
    Kind,
    Match,
    cut_anew,
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
    "cut_anew",
    "dates_of",
    "divided_share",
    "divisions_with_boundaries",
    "estimated_shares",
    "finer_layer",
    "key_between",
    "level_of",
    "match",
    "methods",
    "population_indicator",
    "sentence",
    "shapes",
    "table",
    "union_shares",
    "written",
]
