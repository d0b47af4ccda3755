"""What the page on accommodation shows, worked out from the city's figures; pure."""

from __future__ import annotations

from inteso_dash.accommodation.fairness import (
    REST,
    Concentration,
    Fairness,
    Key,
    Part,
    Parts,
    border_effect,
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
    by_form,
    dates,
    levels,
    sentence,
    situation,
    snapshot,
)
from inteso_dash.accommodation.tables import (
    DECIMALS,
    VERDICTS,
    area_table,
    fairness_table,
    for_file,
    group_name,
)

__all__ = [
    "DECIMALS",
    "MEASURES",
    "REST",
    "VERDICTS",
    "Concentration",
    "Fairness",
    "Key",
    "Measure",
    "Part",
    "Parts",
    "Rest",
    "Situation",
    "area_table",
    "border_effect",
    "by_form",
    "concentration",
    "dates",
    "fairness",
    "fairness_table",
    "for_file",
    "form_source",
    "forms",
    "group_name",
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
