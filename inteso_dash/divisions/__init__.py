"""Several divisions of one level: what became of the areas, and figures carried across; pure."""

from __future__ import annotations

from inteso_dash.divisions.between import (
    UNION,
    DivisionError,
    between,
    counted,
    divisions_with_boundaries,
    level_of,
    sentence,
    shapes,
    tested_head,
    written,
)
from inteso_dash.divisions.carrying import (
    METHOD_TITLES,
    Carried,
    Method,
    carry,
    dates_of,
    key_between,
    methods,
    tested,
)

__all__ = [
    "METHOD_TITLES",
    "UNION",
    "Carried",
    "DivisionError",
    "Method",
    "between",
    "carry",
    "counted",
    "dates_of",
    "divisions_with_boundaries",
    "key_between",
    "level_of",
    "methods",
    "sentence",
    "shapes",
    "tested",
    "tested_head",
    "written",
]
