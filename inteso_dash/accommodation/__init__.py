"""What the page on accommodation shows, worked out from the city's figures; pure."""

from __future__ import annotations

from inteso_dash.accommodation.fairness import (
    REST,
    Concentration,
    Fairness,
    Key,
    Part,
    Parts,
    concentration,
    fairness,
    key_parts,
)
from inteso_dash.accommodation.history import (
    form_source,
    forms,
    openings,
    points,
    published_sites,
    series,
)
from inteso_dash.accommodation.situation import (
    MEASURES,
    Measure,
    Rest,
    Situation,
    dates,
    levels,
    sentence,
    situation,
    snapshot,
)

__all__ = [
    "MEASURES",
    "REST",
    "Concentration",
    "Fairness",
    "Key",
    "Measure",
    "Part",
    "Parts",
    "Rest",
    "Situation",
    "concentration",
    "dates",
    "fairness",
    "form_source",
    "forms",
    "key_parts",
    "levels",
    "openings",
    "points",
    "published_sites",
    "sentence",
    "series",
    "situation",
    "snapshot",
]
