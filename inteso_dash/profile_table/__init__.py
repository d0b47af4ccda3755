"""Profiles as real HTML tables: values beside comparisons, their rank and place among all areas.

What the tables say is pure and stands on paper too; `component` draws them in the browser and is
the only module that loads Streamlit.
"""

from __future__ import annotations

from inteso_dash.profile_table.data import Facts, MiniMap, Table
from inteso_dash.profile_table.printed import publications
from inteso_dash.profile_table.texts import TEXTS
from inteso_dash.profile_table.view import facts, main_date, tables
from inteso_dash.profile_table.words import sentence

__all__ = [
    "TEXTS",
    "Facts",
    "MiniMap",
    "Table",
    "facts",
    "main_date",
    "publications",
    "sentence",
    "tables",
]
