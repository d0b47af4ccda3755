"""Exported tables, read back: proof that writing them loses nothing."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pandas as pd

from inteso_dash.files.text import BOUNDS, COLUMNS, is_formula
from inteso_dash.tables.reading import read_raw_bytes


def read_csv(content: bytes, name: str) -> pd.DataFrame:
    """Return a table of `labelled` as it was before `to_csv` wrote it."""
    raw = read_raw_bytes(content, name)
    table = pd.DataFrame([row.cells for row in raw.rows], columns=list(raw.columns))
    kept = [head for head in (*COLUMNS, *BOUNDS) if head in table]
    table = table[kept].astype(object)
    table = table.where(table.notna(), "")
    for head in table.columns:
        read = _READERS.get(head, _unguarded)
        table[head] = pd.Series([read(str(cell)) for cell in table[head]], dtype=object)
    return table


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def _decimal(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def _date(text: str) -> dt.date:
    german = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    return (
        dt.date(int(german[3]), int(german[2]), int(german[1]))
        if german
        else dt.date.fromisoformat(text)
    )


_READERS = {
    "Wert": _decimal,
    **dict.fromkeys(BOUNDS[:2], _decimal),
    "Rundungsfehler": _decimal,
    "Stichtag": _date,
}
