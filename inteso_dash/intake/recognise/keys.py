"""Find the column that holds the keys of areas, and the level and division they belong to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Level
from inteso_dash.intake.recognise.days import DATED
from inteso_dash.intake.recognise.meaning import Meanings, normalise_header
from inteso_dash.intake.recognise.naming import Naming, plain_name
from inteso_dash.language.values import Cell, cell_text, normalise_key
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

_MOSTLY = 0.8
_HALF = 0.5
_TELLING = 5
_NO_KEYS = re.compile(
    r"rang\w*|platz\w*|rank\w*|(?:lfd|lauf|laufende)\b.*|position|alter\w*|age|altersjahr\w*"
)


@dataclass(frozen=True)
class Keys:
    """A column of keys: its place, what it holds, and its keys row by row (empty: none).

    ``named`` says that the column holds names, ``unclear`` which names stand for several areas.
    """

    column: int
    level: Level
    division: str
    score: float
    keys: tuple[str, ...]
    named: bool = False
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def cells_of(raw: RawTable, column: str) -> list[Cell]:
    """Return a column's cells, row by row."""
    at = raw.columns.index(column)
    return [row.cells[at] for row in raw.rows]


def best_keys(
    raw: RawTable,
    catalogue: Catalogue,
    areas: Areas,
    wanted: str | None = None,
    division: str | None = None,
    among: Collection[str] = (),
) -> Keys | None:
    """Return the column whose cells are, most of all, keys of areas, or else names of them.

    Parameters
    ----------
    raw : RawTable
    catalogue : Catalogue
    areas : Areas
    wanted, division : str, optional
        Level and division that are meant, where somebody has said so.
    among : collection of str
        The columns that may be it, empty for any.
    """
    meanings = Meanings(catalogue)
    columns = [
        (at, each)
        for at, each in enumerate(raw.columns)
        if (each in among if among else meanings.one(each) is None)
    ]
    best: Keys | None = None
    levels = catalogue.levels if wanted is None else (catalogue.level(wanted),)
    found = [
        candidate
        for level in levels
        for at, column in columns
        if may_be_keys(column) and (candidate := as_keys(at, cells_of(raw, column), level, areas))
    ]
    found = [each for each in found if not _named_otherwise(raw, each, areas)]
    if found:
        return max(
            found, key=lambda each: (each.score * _filled(each), _agreeing(raw, each, areas))
        )
    for level in levels:
        for at, column in columns:
            candidate = as_names(
                at, cells_of(raw, column), level, catalogue, areas, division, headed=column
            )
            if candidate is not None and (best is None or _once(candidate) > _once(best)):
                best = candidate
    return best if best is not None or wanted is None else few_keys(raw, catalogue, areas, wanted)


def may_be_keys(column: str) -> bool:
    """Say whether a column may hold keys: a rank, an age, a month or a running number are none.

    >>> [may_be_keys(column) for column in ("Nr.", "Rang", "lfd. Nr.", "Alter", "Monat")]
    [True, False, False, False, False]
    """
    head = normalise_header(column)
    return not (_NO_KEYS.fullmatch(head) or DATED.fullmatch(head))


def _once(keys: Keys) -> float:
    """Return the score of a column, less where the same areas stand in it again and again."""
    told = [key for key in keys.keys if key]
    return keys.score * len(set(told)) / max(len(told), 1)


def _filled(keys: Keys) -> float:
    return sum(map(bool, keys.keys)) / max(len(keys.keys), 1)


def _named_otherwise(raw: RawTable, keys: Keys, areas: Areas) -> bool:
    """Say whether what look like some keys stand beside names, none of which is of their area.

    The keys of a country's states are so: 01, 02, … among longer ones.
    """
    known = areas.of(keys.level.id, keys.division)
    if not known or keys.score >= _MOSTLY or _agreeing(raw, keys, areas):
        return False
    places = [at for at, key in enumerate(keys.keys) if key in known]
    others = [at for at in range(len(raw.columns)) if at != keys.column]
    texts = ([cell_text(cell) for cell in row.cells] for row in raw.rows)
    words = [[any(map(str.isalpha, text)) for text in row] for row in texts]
    return any(all(words[at][column] for at in places) for column in others)


def _agreeing(raw: RawTable, keys: Keys, areas: Areas) -> int:
    """Count the rows that also hold the name of the area whose key they hold."""
    known = areas.of(keys.level.id, keys.division)
    return sum(
        key in known
        and plain_name(known[key]) in {plain_name(cell_text(cell)) for cell in row.cells}
        for key, row in zip(keys.keys, raw.rows, strict=True)
    )


def as_names(
    at: int,
    cells: list[Cell],
    level: Level,
    catalogue: Catalogue,
    areas: Areas,
    division: str | None = None,
    *,
    headed: str = "",
) -> Keys | None:
    """Read a column as keys written with more around them, or as names; None where it is neither.

    A column that is headed as the level is preferred.
    """
    distinct = {cell_text(cell): cell for cell in cells if cell_text(cell)}
    best: Keys | None = None
    for each in level.divisions:
        if division not in (None, each.id) or not areas.of(level.id, each.id):
            continue
        naming = Naming(catalogue, level, areas, each.id)
        found = {text: naming.areas(cell) for text, cell in distinct.items()}
        hits = sum(bool(ids) for ids in found.values())
        if not hits or hits < _HALF * len(distinct):
            continue
        title = plain_name(headed) in naming.titles
        filled = sum(bool(cell_text(cell)) for cell in cells) / max(len(cells), 1)
        score = filled * hits / len(distinct) + hits / len(naming.known) / 10 + title
        if best is None or score >= best.score:
            keys = tuple(found.get(cell_text(cell), ()) for cell in cells)
            unclear = {text: ids for text, ids in found.items() if len(ids) > 1}
            single = tuple(ids[0] if len(ids) == 1 else "" for ids in keys)
            named = sum(bool(naming.named(cell)) for cell in distinct.values()) >= hits
            best = Keys(at, level, each.id, score, single, named, unclear)
    return best


def known_keys(raw: RawTable, catalogue: Catalogue, areas: Areas) -> Keys | None:
    """Return the column of long keys few of which the register knows, as of a whole country."""
    levels = [each for each in catalogue.levels if each.key_length >= _TELLING]
    found = (few_keys(raw, catalogue, areas, each.id) for each in levels)
    return max((each for each in found if each), key=lambda each: each.score, default=None)


def few_keys(raw: RawTable, catalogue: Catalogue, areas: Areas, wanted: str) -> Keys | None:
    """Return the column that holds some keys of a level among those of other places."""
    level = catalogue.level(wanted)
    best: Keys | None = None
    for division in level.divisions:
        naming = Naming(catalogue, level, areas, division.id)
        for at, column in enumerate(raw.columns):
            cells = cells_of(raw, column)
            filled = [cell for cell in cells if cell is not None]
            if sum(_is_code(cell, level) for cell in filled) < _MOSTLY * len(filled):
                continue
            keys = tuple(naming.key(cell) or cell_text(cell) for cell in cells)
            hits = len({key for key in keys if key in naming.known})
            if hits and (best is None or hits / len(filled) > best.score):
                best = Keys(at, level, division.id, hits / len(filled), keys)
    return best if best is not None else _few_names(raw, catalogue, areas, level)


def _is_code(cell: Cell, level: Level) -> bool:
    """Say whether a cell looks like a key that tells an area of a country, or of its parts.

    Long keys may stand among shorter ones, those of the areas above them.
    """
    text = cell_text(cell)
    shortest = 1 if level.key_length >= _TELLING else _TELLING - 1
    return text.isascii() and text.isalnum() and len(text) >= shortest


def _few_names(raw: RawTable, catalogue: Catalogue, areas: Areas, level: Level) -> Keys | None:
    """Return the column that names the city among other places, where its level is meant."""
    if level.id != catalogue.root.id:
        return None
    naming = Naming(catalogue, level, areas, level.current.id)
    for at, column in enumerate(raw.columns):
        cells = cells_of(raw, column)
        named = [naming.named(cell) for cell in cells]
        if len({*filter(None, named)}) == 1:
            keys = tuple(
                ids[0] if ids else cell_text(cell) for ids, cell in zip(named, cells, strict=True)
            )
            return Keys(at, level, level.current.id, 1 / len(cells), keys, named=True)
    return None


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
