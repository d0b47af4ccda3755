"""What a data folder may declare, as immutable objects: levels, indicators, sources, tables."""

from __future__ import annotations

from inteso_dash.declarations.base import Declared, Text
from inteso_dash.declarations.city import (
    Accommodation,
    City,
    Division,
    Event,
    Form,
    Level,
    Preset,
    Publication,
    StudyArea,
    Topic,
    View,
)
from inteso_dash.declarations.indicators import Break, Derivation, Difference, Indicator
from inteso_dash.declarations.tables import (
    TO_FILL_IN,
    AreaStatus,
    Column,
    Correction,
    Explained,
    Protection,
    Source,
    Table,
)

__all__ = [
    "TO_FILL_IN",
    "Accommodation",
    "AreaStatus",
    "Break",
    "City",
    "Column",
    "Correction",
    "Declared",
    "Derivation",
    "Difference",
    "Division",
    "Event",
    "Explained",
    "Form",
    "Indicator",
    "Level",
    "Preset",
    "Protection",
    "Publication",
    "Source",
    "StudyArea",
    "Table",
    "Text",
    "Topic",
    "View",
]
