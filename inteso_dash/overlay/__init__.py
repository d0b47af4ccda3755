"""Two divisions of a level laid over each other: what became of the areas, and who lives where."""

from __future__ import annotations

from inteso_dash.overlay.bridges import Bridge, bridges, key_shares, public
from inteso_dash.overlay.matching import (
    KIND_TITLES,
    TABLE_COLUMNS,
    TOLERANCE,
    Kind,
    Match,
    cut_anew,
    match,
    table,
)
from inteso_dash.overlay.people import (
    Basis,
    Layers,
    People,
    Weights,
    population_indicator,
)
from inteso_dash.overlay.probes import UNTESTED, Estimated, Joined, estimate_tested, unions_tested
from inteso_dash.overlay.shares import SHARE_COLUMNS, estimated_shares, union_shares

__all__ = [
    "KIND_TITLES",
    "SHARE_COLUMNS",
    "TABLE_COLUMNS",
    "TOLERANCE",
    "UNTESTED",
    "Basis",
    "Bridge",
    "Estimated",
    "Joined",
    "Kind",
    "Layers",
    "Match",
    "People",
    "Weights",
    "bridges",
    "cut_anew",
    "estimate_tested",
    "estimated_shares",
    "key_shares",
    "match",
    "population_indicator",
    "public",
    "table",
    "union_shares",
    "unions_tested",
]
