"""Find what the columns of a table are for that is not one row an area, one column an indicator."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.columns import numeric
from inteso_dash.intake.recognise.days import DATED, plain_year, read_day, split_day
from inteso_dash.intake.recognise.keys import as_keys, as_names, cells_of, few_keys, may_be_keys
from inteso_dash.intake.recognise.meaning import TOTAL, Meanings, normalise_header, without_version
from inteso_dash.language.values import cell_text
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

ROLES = {
    "schluessel": r"(gebiets)?schlüssel|area_id|gebiets?(nr\.?|nummer|kennung)",
    "merkmal": r"merkmal\w*|indikator\w*|indicator(_id)?|kennung|kennzahl\w*|variable|"
    r"value_variable_label|merkmal_label",
    "wert": r"wert\w*|value|zahl\w*|anzahl",
    "stichtag": DATED.pattern,
    "status": r"status|zeichen|kennzeichen|qualität\w*|value_q|quality",
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
    heads : mapping
        Such a column → what else its head says.
    further : tuple of str
        Columns that, with ``merkmal``, say what a figure is about.
    repeated : bool
        Whether the same area stands in several rows.
    """

    columns: dict[str, str] = field(default_factory=dict)
    days: dict[str, dt.date | int] = field(default_factory=dict)
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    further: tuple[str, ...] = ()
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
    meanings = Meanings(catalogue)
    free = [column for column in raw.columns if column not in roles.columns.values()]
    heads = {column: normalise_header(column) for column in free}
    for role, pattern in ROLES.items():
        if role in told or role == "schluessel":
            continue
        fitting = [each for each in free if re.fullmatch(pattern, heads[each])]
        if role == "merkmal":
            found, roles.further = _of_indicators(raw, meanings, free, fitting)
        else:
            found = next((each for each in fitting if _fits(role, raw, each, catalogue)), None)
        if found is not None:
            roles.columns[role] = found
            free.remove(found)
    free = [column for column in free if column not in roles.further]
    roles.days, roles.heads = _of_days(raw, meanings, free)
    free = [column for column in free if column not in roles.days]
    if "schluessel" not in roles.columns:
        others = [column for column in free if meanings.one(column) is None]
        found = _of_keys(raw, catalogue, areas, others, level)
        if found is not None:
            roles.columns["schluessel"] = found
    if "schluessel" in roles.columns:
        keys = [text for text in texts_of(raw, roles.columns["schluessel"]) if text]
        roles.repeated = len(set(keys)) < len(keys)
    if "wert" not in roles.columns and "merkmal" in roles.columns and not roles.days:
        free = [each for each in free if each not in roles.columns.values()]
        numbers = [
            each for each in free if each not in roles.further and numeric(cells_of(raw, each))
        ]
        if len(numbers) == 1 and not _of_whole(raw, meanings, roles, numbers[0]):
            roles.columns["wert"] = numbers[0]
    return roles


def level_words(catalogue: Catalogue) -> dict[str, str]:
    """Return words for levels → level: what they are called, and what only one may be meant by."""
    levels = {
        name.casefold(): each.id
        for each in catalogue.levels
        for name in (each.id, each.title.de, each.plural)
    }
    found = dict.fromkeys(("gesamtstadt", "insgesamt", "gesamt"), catalogue.root.id)
    for word in (
        "stadtbezirk",
        "stadtbezirke",
        "bezirk",
        "bezirke",
        "gemeinde",
        "kreisfreie stadt",
    ):
        ids = {each for name, each in levels.items() if word.endswith(name) or name.endswith(word)}
        if len(ids) == 1:
            found[word] = ids.pop()
    return found | levels


def _of_whole(raw: RawTable, meanings: Meanings, roles: Roles, column: str) -> bool:
    """Say whether a column is headed as the indicator whose total and parts the rows name."""
    whole = meanings.one(column)
    named = dict.fromkeys(texts_of(raw, roles.columns["merkmal"]))
    return whole is not None and all(meanings.belongs(text, whole) for text in named)


def texts_of(raw: RawTable, column: str) -> list[str]:
    """Return a column's cells as text, row by row."""
    return [cell_text(cell) for cell in cells_of(raw, column)]


def _fits(role: str, raw: RawTable, column: str, catalogue: Catalogue) -> bool:
    """Say whether a column that is headed as one of a kind also holds that."""
    cells = cells_of(raw, column)
    filled = [cell for cell in cells if cell is not None]
    if role == "stichtag":
        days = sum(read_day(cell, serials=True, head=column) is not None for cell in filled)
        return bool(filled) and days > _HALF * len(filled)
    if role == "wert":
        return numeric(cells)
    if role == "ebene":
        known = level_words(catalogue)
        return 2 * sum(cell_text(cell).casefold() in known for cell in filled) > len(filled)
    return not all(isinstance(cell, int | float) for cell in filled)


def _of_indicators(
    raw: RawTable, meanings: Meanings, free: list[str], headed: list[str]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the column that says what figures are about, and those that say it with it.

    It names indicators or is headed so and holds words; the others hold their parts.
    """
    naming: dict[str, int] = {}
    for column in free:
        distinct = {text for text in texts_of(raw, column) if text}
        hits = sum(meanings.one(text) is not None for text in distinct)
        if hits and hits >= _HALF * (len(distinct) - any(map(TOTAL.match, distinct))):
            naming[column] = hits
    wordy = [each for each in headed if not numeric(cells_of(raw, each))]
    subject = max(naming, key=lambda each: (each in headed, naming[each]), default=None)
    if wordy and subject not in headed:
        return wordy[0], tuple(naming)
    if subject is None:
        return None, ()
    return subject, tuple(column for column in naming if column != subject)


def _of_days(
    raw: RawTable, meanings: Meanings, free: list[str]
) -> tuple[dict[str, dt.date | int], dict[str, tuple[str, ...]]]:
    """Return the columns that are headed by a day or year, with what else their heads say."""
    days: dict[str, dt.date | int] = {}
    heads: dict[str, tuple[str, ...]] = {}
    for column in free:
        stack = raw.heads.get(column, (column,))
        if len(stack) == 1 and meanings.one(stack[0]) is not None:
            continue
        parted = [split_day(plain_year(text, raw.columns)) for text in stack]
        found = [day for _, day in parted if day is not None]
        if len(found) == 1 and numeric(cells_of(raw, column)):
            days[column] = found[0]
            heads[column] = tuple(text for rest, _ in parted if (text := without_version(rest)))
    bare = [column for column in days if not heads[column]]
    if len(bare) < _LEAST and len(set(days.values())) < _LEAST:
        return {}, {}
    return days, heads


def _of_keys(
    raw: RawTable, catalogue: Catalogue, areas: Areas, free: list[str], level: str | None
) -> str | None:
    """Return the column whose cells are keys of areas, however often each of them stands there."""
    best, most = None, 0.0
    for column in filter(may_be_keys, free):
        by_text = {cell_text(cell): cell for cell in cells_of(raw, column)}
        distinct = list(by_text.values())
        for each in catalogue.levels if level is None else (catalogue.level(level),):
            found = as_keys(0, distinct, each, areas)
            if found is not None and found.score * len(distinct) > most:
                best, most = column, found.score * len(distinct)
    if best is None:
        best = _of_names(raw, catalogue, areas, free, level)
    if best is None and level is not None:
        few = few_keys(raw, catalogue, areas, level)
        best = raw.columns[few.column] if few is not None else None
    if best is None:
        pattern = ROLES["schluessel"]
        best = next((each for each in free if re.fullmatch(pattern, normalise_header(each))), None)
    return best


def _of_names(
    raw: RawTable, catalogue: Catalogue, areas: Areas, free: list[str], level: str | None
) -> str | None:
    """Return the column whose cells are names of areas."""
    levels = catalogue.levels if level is None else (catalogue.level(level),)
    scores = {
        column: found.score * len(set(found.keys) - {""})
        for column in free
        for each in levels
        if (found := as_names(0, cells_of(raw, column), each, catalogue, areas, headed=column))
    }
    return max(scores, key=lambda column: scores[column], default=None)
