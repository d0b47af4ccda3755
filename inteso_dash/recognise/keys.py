"""Find the column that holds the keys of areas, and the level and division they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from inteso_dash.catalogue import Catalogue, Level
from inteso_dash.reading import RawTable
from inteso_dash.register import Areas
from inteso_dash.values import Cell, cell_text, normalise_key

_MOSTLY = 0.8
_HALF = 0.5


@dataclass(frozen=True)
class Keys:
    """A column of keys: its place, what it holds, and its keys row by row (empty: none)."""

    column: int
    level: Level
    division: str
    score: float
    keys: tuple[str, ...]


def cells_of(raw: RawTable, column: str) -> list[Cell]:
    """Return a column's cells, row by row."""
    at = raw.columns.index(column)
    return [row.cells[at] for row in raw.rows]


def best_keys(
    raw: RawTable, catalogue: Catalogue, areas: Areas, wanted: str | None = None
) -> Keys | None:
    """Return the column whose cells are, most of all, keys of areas; None where there is none.

    ``wanted`` names the level that is meant, where somebody has said so.
    """
    best: Keys | None = None
    for level in catalogue.levels if wanted is None else (catalogue.level(wanted),):
        for at, column in enumerate(raw.columns):
            candidate = as_keys(at, cells_of(raw, column), level, areas)
            if candidate is not None and (best is None or candidate.score > best.score):
                best = candidate
    return best


def as_keys(at: int, cells: list[Cell], level: Level, areas: Areas) -> Keys | None:
    """Read a column as the keys of a level, None where it does not look like them."""
    filled = sum(1 for cell in cells if cell_text(cell))
    if filled > max(each.areas for each in level.divisions) / _HALF:
        return None
    keys = tuple(normalise_key(cell, level.key_length) or "" for cell in cells)
    distinct = set(keys) - {""}
    if not distinct or len(distinct) < _HALF * filled:
        return None
    registered = {each.id: set(areas.of(level.id, each.id)) for each in level.divisions}
    matches = {each: len(distinct & known) for each, known in registered.items() if known}
    division, hits = max(matches.items(), key=lambda match: match[1], default=("", 0))
    score = hits / filled
    complete = bool(division) and hits == len(registered[division])
    by_size = [
        each.id
        for each in level.divisions
        if each.areas == len(distinct) and each.id not in matches
    ]
    if division and not complete and _by_chance(cells, level, registered[division], hits):
        return None
    full_length = sum(len(cell_text(cell)) >= level.key_length - 1 for cell in cells)
    if by_size and not complete and (score >= _HALF or (not matches and full_length >= filled)):
        return Keys(at, level, by_size[-1], max(score, _HALF), keys)
    return Keys(at, level, division, score, keys) if score >= _HALF else None


def _by_chance(cells: list[Cell], level: Level, known: set[str], hits: int) -> bool:
    """Say whether short numbers may only happen to be keys once they are filled up with zeros.

    They are taken for keys where the level's keys are few among the numbers of their length, where
    most cells are written in full length, or where a third of the areas is there.
    """
    rare = len(known) < 10**level.key_length / 1000
    written = [text for cell in cells if (text := cell_text(cell))]
    in_full = sum(len(text) == level.key_length for text in written) > _HALF * len(written)
    return not rare and not in_full and 3 * hits < len(known)


def parent_level(cells: list[Cell], keys: Keys, catalogue: Catalogue, areas: Areas) -> str | None:
    """Return the higher level whose keys a column holds: most agree with the register."""
    for higher in catalogue.ancestors(keys.level.id):
        length = catalogue.level(higher).key_length
        agree = known = 0
        for key, cell in zip(keys.keys, cells, strict=True):
            ancestor = areas.ancestor(catalogue, keys.level.id, key, higher) if key else None
            if ancestor is not None and cell is not None:
                known += 1
                agree += normalise_key(cell, length) == ancestor
        if known and agree >= _MOSTLY * known:
            return higher
    return None
