"""Which levels and which division the keys of a table belong to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.city import Division, Level
from inteso_dash.intake.recognise.keys import as_keys, as_names, cells_of, may_be_keys
from inteso_dash.intake.recognise.meaning import TOTAL
from inteso_dash.intake.recognise.naming import WHOLE, Naming, plain_name
from inteso_dash.intake.recognise.parting import listed
from inteso_dash.intake.recognise.rows import REMAINDER
from inteso_dash.language import formats
from inteso_dash.language.values import Cell, cell_text, normalise_key, parse_value
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

_MOSTLY = 0.8
_MANY = 4
_Area = tuple[str, str]
"""Level and key."""


def levels_of_rows(
    raw: RawTable, column: str, catalogue: Catalogue, areas: Areas, wanted: str | None = None
) -> list[str | None] | None:
    """Return the level of each row, None where all rows are of one level.

    A row of the whole city stays with the areas that it is the total of.

    Parameters
    ----------
    raw : RawTable
    column : str
        That holds keys or names.
    catalogue : Catalogue
    areas : Areas
    wanted : str, optional
        Level of most rows, where somebody has said so; others are of those above it.
    """
    main = _main_level(raw, column, catalogue, areas, wanted)
    if main is None:
        return None
    cells = cells_of(raw, column)
    names = _names_beside(raw, column, areas)
    finder = _Finder(catalogue, areas)
    pairs = list(zip(map(cell_text, cells), names, strict=True))
    distinct = dict.fromkeys(pairs)
    allowed = {each.id for each in catalogue.levels}
    if wanted is not None:
        allowed = {wanted, *catalogue.ancestors(wanted)}
    options = {
        pair: {area for area in finder.options(*pair) if area[0] in allowed} for pair in distinct
    }
    own = {pair: {key for level, key in found if level == main} for pair, found in options.items()}
    taken = Counter(key for keys in own.values() for key in keys)
    root = catalogue.root.id
    strange = [
        pair
        for pair in distinct
        if not own[pair] and any(level != root for level, _ in options[pair])
    ]
    clear = {pair for pair, keys in own.items() if keys and all(taken[key] < 2 for key in keys)}
    if not strange and not any(count > 1 for count in taken.values()):
        return None
    level_of = {
        pair: main if pair in clear else finder.level(*pair, options[pair], main)
        for pair in distinct
    }
    levels: list[str | None] = [
        main if level_of[pair] == root else level_of[pair] for pair in pairs
    ]
    return levels if len(set(levels)) > 1 else None


def with_sums(raw: RawTable, catalogue: Catalogue, areas: Areas) -> tuple[RawTable, str]:
    """Return a table with the areas that sums are of in the column of what is summed, and that.

    Such rows leave that column empty or say "Summe" in it; another one names the higher area.
    Where there are none, the column is empty.
    """
    for level in reversed(catalogue.levels):
        naming = Naming(catalogue, level, areas, level.current.id)
        for column in filter(may_be_keys, raw.columns):
            cells = cells_of(raw, column)
            distinct = {cell_text(cell): cell for cell in cells}
            if len(distinct) > _MANY * len(naming.known) or not any(map(_of_sum, distinct)):
                continue
            ones = {text: _one(naming, cell) for text, cell in distinct.items()}
            keys = [ones[cell_text(cell)] for cell in cells]
            sums = {
                at
                for at, cell in enumerate(cells)
                if not keys[at] and _of_sum(cell) and _is_sum(raw, at)
            }
            if not sums or 2 * sum(map(bool, keys)) < len(keys):
                continue
            for higher in catalogue.ancestors(level.id)[:-1]:
                for beside in raw.columns:
                    above = cells_of(raw, beside)
                    named = _summed(above, keys, level, higher, catalogue, areas)
                    if beside != column and named:
                        return _with(raw, column, {at: named[at] for at in sums}), column
    return raw, ""


def _with(raw: RawTable, column: str, texts: Mapping[int, str]) -> RawTable:
    """Return a table with other texts, where there are any, in some cells of a column."""
    place = raw.columns.index(column)
    rows = [
        replace(row, cells=(*row.cells[:place], texts[at], *row.cells[place + 1 :]))
        if texts.get(at)
        else row
        for at, row in enumerate(raw.rows)
    ]
    return replace(raw, rows=tuple(rows))


def _one(naming: Naming, cell: Cell) -> str:
    """Return the one area that a cell tells by key or name, empty where it tells none."""
    named = naming.named(cell) if cell_text(cell) else ()
    return naming.key(cell) or (named[0] if len(named) == 1 else "")


def _of_sum(cell: Cell) -> bool:
    text = cell_text(cell)
    return not text.strip("0") or TOTAL.match(text) is not None


def _is_sum(raw: RawTable, at: int) -> bool:
    """Say whether a row has figures and is not of what belongs to no area."""
    cells = raw.rows[at].cells
    numbers = [cell for cell in map(parse_value, cells) if cell.value == cell.value]
    return bool(numbers) and not any(REMAINDER.search(cell_text(cell)) for cell in cells)


def _summed(
    above: Sequence[Cell],
    keys: Sequence[str],
    level: Level,
    higher: str,
    catalogue: Catalogue,
    areas: Areas,
) -> list[str]:
    """Return the higher areas of all rows by name; empty where a column does not hold them."""
    known = catalogue.level(higher)
    naming = Naming(catalogue, known, areas, known.current.id)
    city = Naming(catalogue, catalogue.root, areas, catalogue.root.current.id)
    ones = {text: _one(naming, text) for text in dict.fromkeys(map(cell_text, above))}
    told = [ones[cell_text(cell)] for cell in above]
    pairs = [
        (told[at], areas.ancestor(catalogue, level.id, key, higher))
        for at, key in enumerate(keys)
        if key and cell_text(above[at])
    ]
    if not pairs or sum(one == other for one, other in pairs) < _MOSTLY * len(pairs):
        return []
    return [
        f"{known.title.de} {naming.known[key]}"
        if key
        else city.known[catalogue.city.id]
        if city.named(cell) or plain_name(cell_text(cell)) in WHOLE
        else ""
        for key, cell in zip(told, above, strict=True)
    ]


def _main_level(
    raw: RawTable, column: str, catalogue: Catalogue, areas: Areas, wanted: str | None
) -> str | None:
    """Return the level of most rows."""
    if wanted is not None:
        return wanted
    distinct = list({cell_text(cell): cell for cell in cells_of(raw, column)}.values())
    found = [as_keys(0, distinct, each, areas) for each in catalogue.levels]
    if not any(found):
        found = [
            as_names(0, distinct, each, catalogue, areas, headed=column)
            for each in catalogue.levels
        ]
    best = max((each for each in found if each), key=lambda each: each.score, default=None)
    return None if best is None else best.level.id


def _names_beside(raw: RawTable, column: str, areas: Areas) -> list[str]:
    """Return the texts of the column beside the keys that holds the names of most areas."""
    known = {plain_name(name) for name in areas.names()}
    best, most = [""] * len(raw.rows), 0
    for each in raw.columns:
        if each == column:
            continue
        texts = [cell_text(cell) for cell in cells_of(raw, each)]
        hits = len(known & set(map(plain_name, texts)))
        if hits > most:
            best, most = texts, hits
    return best


class _Finder:
    """Looks up what a key and the name beside it may be."""

    def __init__(self, catalogue: Catalogue, areas: Areas) -> None:
        self._namings = {
            each.id: [Naming(catalogue, each, areas, division.id) for division in each.divisions]
            for each in catalogue.levels
        }
        self._length = {each.id: each.key_length for each in catalogue.levels}

    def options(self, text: str, name: str) -> set[_Area]:
        """Return the areas that key and name may mean together."""
        if REMAINDER.search(text):
            return set()
        found = self._areas(text)
        if text.startswith("0"):
            called = self._areas(text.lstrip("0")) & self._areas(name)
            found |= {each for each in called if each not in found}
        found = found or self._areas(name)
        fitting = {
            (level, key)
            for level, key in found
            if any(naming.agrees(key, name) for naming in self._namings[level])
        }
        return fitting or found

    def _areas(self, text: str) -> set[_Area]:
        """Return the areas whose key or name a text is."""
        return {
            (level, key)
            for level, namings in self._namings.items()
            for naming in namings
            for key in (naming.key(text), *naming.named(text))
            if key
        }

    def level(self, text: str, name: str, options: Sequence[_Area] | set[_Area], main: str) -> str:
        """Return the level of a row: as name or key say it, else that of most rows."""
        levels = list(dict.fromkeys(level for level, _ in sorted(options)))
        called = [
            level
            for level in levels
            if any(each.says_level(name) or each.says_level(text) for each in self._namings[level])
        ]
        exact = [level for level in levels if (level, text) in options]
        padded = [
            level
            for level in levels
            if (level, normalise_key(text, self._length[level]) or "") in options
        ]
        for fitting in (called, exact, padded, levels):
            if fitting:
                return main if main in fitting else fitting[0]
        return main


@dataclass(frozen=True)
class Fit:
    """Divisions that a table fits, best first, and what to ask where that leaves it open."""

    ids: tuple[str, ...]
    question: str = ""


def valid_at(division: Division, date: dt.date | None) -> bool:
    """Say whether the boundaries of a division were in force at a date, as far as it is declared.

    >>> valid_at(Division(id="a", areas=1, valid_until=dt.date(2016, 12, 31)), dt.date(2020, 1, 1))
    False
    """
    if date is None:
        return True
    begun = division.valid_from is None or division.valid_from <= date
    return begun and (division.valid_until is None or date <= division.valid_until)


def fit(
    keys: set[str], division: str, level: Level, areas: Areas, date: dt.date | None, *, named: bool
) -> Fit:
    """Return the divisions that keys fit best, those in force at the date first.

    Parameters
    ----------
    keys : set of str
    division : str
        The one that they are of by themselves; empty for none.
    level : Level
    areas : Areas
    date : date, optional
        Stichtag, where it is known.
    named : bool
        Whether the file holds names, so that keys of another division may be meant.
    """
    title, known = level.title.de, listed(each.id for each in level.divisions)
    if not division:
        text = f"Die Datei passt zu keiner Gliederung der Ebene {title}; bekannt sind: {known}"
        return Fit((), text)
    said = _said(keys, areas.of(level.id, division), named=named)
    hits = {
        each.id: len(said & _said(None, areas.of(level.id, each.id), named=named))
        for each in level.divisions
    }
    best = [each for each in level.divisions if hits[each.id] == max(hits.values())]
    if not hits.get(division):
        best = [each for each in level.divisions if each.id == division]
    valid = [each for each in best if valid_at(each, date)]
    if len(valid) == 1 and date is not None:
        return Fit((valid[0].id,))
    if not valid:
        ids = formats.listed((each.id for each in best), "or")
        return Fit(
            tuple(each.id for each in best),
            f"Die Schlüssel passen zur Gliederung {ids} der Ebene {title}, die am "
            f"{date:%d.%m.%Y} nicht galt; bekannt sind: {known} Welche ist gemeint?",
        )
    if len(valid) == 1:
        return Fit((valid[0].id,))
    text = f"Die Datei passt zu mehreren Gliederungen der Ebene {title}; bekannt sind: {known}"
    return Fit(tuple(each.id for each in valid), text)


def _said(keys: set[str] | None, known: dict[str, str], *, named: bool) -> set[str]:
    """Return keys, or all of a division, as the file would say them."""
    if not named:
        return {*known} if keys is None else keys
    return {plain_name(name) for key, name in known.items() if keys is None or key in keys}
