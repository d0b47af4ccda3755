"""What is shown, as files: named, sourced, with the status of every value and a hash of the data.

Two exports of the same view from the same data are the same bytes, apart from the one creation
date that `Statement` carries. Only the tables as text are loaded with this package; workbooks and
geodata are modules of their own, to be imported where they are asked for.
"""

from __future__ import annotations

from inteso_dash.exports.overview import overview, used_sources
from inteso_dash.exports.statement import (
    Statement,
    age_statement,
    creation_date,
    map_address,
    map_statement,
    profile_address,
    profile_statement,
    signed,
    statement,
)
from inteso_dash.exports.tables import definitions, statuses
from inteso_dash.exports.text import (
    COLUMNS,
    Dialect,
    file_name,
    guarded,
    labelled,
    read_csv,
    to_csv,
    to_records,
)

__all__ = [
    "COLUMNS",
    "Dialect",
    "Statement",
    "age_statement",
    "creation_date",
    "definitions",
    "file_name",
    "guarded",
    "labelled",
    "map_address",
    "map_statement",
    "overview",
    "profile_address",
    "profile_statement",
    "read_csv",
    "signed",
    "statement",
    "statuses",
    "to_csv",
    "to_records",
    "used_sources",
]
