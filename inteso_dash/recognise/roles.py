"""Find what the columns of a table are for that is not one row an area, one column an indicator."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.reading import RawTable
from inteso_dash.recognise.columns import indicator_headers, normalise_header
from inteso_dash.recognise.days import read_day
from inteso_dash.recognise.keys import as_keys, cells_of
from inteso_dash.register import Areas
from inteso_dash.values import Cell, cell_text, parse_value

ROLES = {
    "schluessel": r"(gebiets)?schlüssel|area_id|gebiets?(nr\.?|nummer|kennung)",
    "merkmal": r"merkmal\w*|indikator\w*|indicator(_id)?|kennung|kennzahl\w*|variable|"
    r"value_variable_label|merkmal_label",
    "wert": r"wert\w*|value|zahl\w*|anzahl",
    "stichtag": r"stichtag|datum|date|zeit|time|jahr|year|berichtsjahr|bezugsjahr|zeitpunkt",
    "status": r"status|zeichen|kennzeichen|qualität",
    "einheit": r"einheit|unit|value_unit|maßeinheit",
    "ebene": r"ebene|level|raumebene|gebietsebene|raumbezug",
    "gliederung": r"gliederung|division",
}
"""What a column of a long table can hold, and how it is headed where an office names it so."""

_HALF = 0.5
_LEAST = 2


@dataclass
class Roles:
    """The columns of a table by what they are for.

    Attributes
    ----------
    columns : mapping
        Name in `ROLES` → column; what the table does not have is absent.
    days : mapping
        Column headed by a day or a year → that.
    repeated : bool
        Whether the same area stands in several rows.
    """

    columns: dict[str, str] = field(default_factory=dict)
    days: dict[str, dt.date | int] = field(default_factory=dict)
    repeated: bool = False


def find_roles(
    raw: RawTable,
    catalogue: Catalogue,
    areas: Areas,
    told: Mapping[str, str],
    level: str | None = None,
) -> Roles:
    """Say of the columns of a table what they are for.

    Parameters
    ----------
    raw : RawTable
    catalogue : Catalogue
    areas : Areas
    told : mapping
        Name in `ROLES` → column, as somebody has said it; empty for none.
    level : str, optional
        Level that is meant, where somebody has said so.
    """
    roles = Roles(columns={role: column for role, column in told.items() if column})
    free = [column for column in raw.columns if column not in roles.columns.values()]
    heads = {column: normalise_header(column) for column in free}
    for role, pattern in ROLES.items():
        if role in told or role == "schluessel":
            continue
        fitting = [each for each in free if re.fullmatch(pattern, heads[each])]
        if role == "merkmal":
            found = _of_indicators(raw, catalogue, free, fitting)
        else:
            found = next((each for each in fitting if _fits(role, cells_of(raw, each))), None)
        if found is not None:
            roles.columns[role] = found
            free.remove(found)
    roles.days = {column: day for column in free if (day := read_day(heads[column])) is not None}
    if len(roles.days) < _LEAST:
        roles.days = {}
    free = [column for column in free if column not in roles.days]
    if "schluessel" not in roles.columns:
        found = _of_keys(raw, catalogue, areas, free, level)
        if found is not None:
            roles.columns["schluessel"] = found
    if "schluessel" in roles.columns:
        keys = [text for text in texts_of(raw, roles.columns["schluessel"]) if text]
        roles.repeated = len(set(keys)) < len(keys)
    if "wert" not in roles.columns and "merkmal" in roles.columns and not roles.days:
        free = [each for each in free if each not in roles.columns.values()]
        numbers = [each for each in free if _numeric(cells_of(raw, each))]
        if len(numbers) == 1:
            roles.columns["wert"] = numbers[0]
    return roles


def texts_of(raw: RawTable, column: str) -> list[str]:
    """Return a column's cells as text, row by row."""
    return [cell_text(cell) for cell in cells_of(raw, column)]


def _fits(role: str, cells: list[Cell]) -> bool:
    """Say whether a column that is headed as one of a kind also holds that."""
    filled = [cell for cell in cells if cell is not None]
    if role == "stichtag":
        days = sum(read_day(cell, serials=True) is not None for cell in filled)
        return bool(filled) and days > _HALF * len(filled)
    if role == "wert":
        return _numeric(cells)
    return not all(isinstance(cell, int | float) for cell in filled)


def _numeric(cells: Iterable[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    unread = sum(bool(parse_value(cell).problem) for cell in filled)
    return unread <= _HALF * len(filled)


def _of_indicators(
    raw: RawTable, catalogue: Catalogue, free: list[str], headed: list[str]
) -> str | None:
    """Return the column whose cells name indicators, or that is headed so and holds words."""
    known, best, most = indicator_headers(catalogue), None, 0
    for column in free:
        distinct = {normalise_header(text) for text in texts_of(raw, column) if text}
        hits = sum(text in known for text in distinct)
        if hits > most and hits >= _HALF * len(distinct):
            best, most = column, hits
    if best is not None:
        return best
    return next((each for each in headed if not _numeric(cells_of(raw, each))), None)


def _of_keys(
    raw: RawTable, catalogue: Catalogue, areas: Areas, free: list[str], level: str | None
) -> str | None:
    """Return the column whose cells are keys of areas, however often each of them stands there."""
    best, most = None, 0.0
    for column in free:
        by_text = {cell_text(cell): cell for cell in cells_of(raw, column)}
        distinct = list(by_text.values())
        for each in catalogue.levels if level is None else (catalogue.level(level),):
            found = as_keys(0, distinct, each, areas)
            if found is not None and found.score * len(distinct) > most:
                best, most = column, found.score * len(distinct)
    if best is None:
        pattern = ROLES["schluessel"]
        best = next((each for each in free if re.fullmatch(pattern, normalise_header(each))), None)
    return best
