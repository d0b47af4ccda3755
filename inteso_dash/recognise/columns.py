"""Sort the other columns of a table by what they hold: indicators, higher areas, numbers, texts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from inteso_dash.catalogue import Catalogue
from inteso_dash.reading import RawTable
from inteso_dash.recognise.keys import Keys, cells_of, parent_level
from inteso_dash.register import Areas
from inteso_dash.sources.frames import NO_VALUE
from inteso_dash.statuses import Status
from inteso_dash.values import Convention, ParsedValue, cell_text, column_convention, parse_value

_HALF = 0.5
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_FOOTNOTE = re.compile(r"\s?(?:(?<!\d)\d+\)|(?<!\*)\*+)$")


@dataclass
class Columns:
    """The columns of the file sorted by what they hold."""

    name: str | None = None
    parents: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, list[ParsedValue]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)


def sort_columns(
    raw: RawTable,
    keys: Keys,
    catalogue: Catalogue,
    areas: Areas,
    told: Mapping[str, str | None] | None = None,
) -> Columns:
    """Sort the columns beside the keys; what looks like no number is text.

    ``told`` says of columns which indicator they hold, or that they hold none.
    """
    columns = Columns()
    told = told or {}
    known = _headers(raw, catalogue, told)
    registered = areas.of(keys.level.id, keys.division)
    names = set(registered.values())
    everything = [cell for name in raw.columns for cell in cells_of(raw, name)]
    whole = column_convention(everything)
    agreeing: dict[str, int] = {}
    for at, column in enumerate(raw.columns):
        if at == keys.column:
            continue
        cells = cells_of(raw, column)
        indicator = known.get(column)
        parent = None if indicator else parent_level(cells, keys, catalogue, areas)
        if parent is not None and parent not in columns.parents:
            columns.parents[parent] = column
            continue
        convention = column_convention(cells)
        if convention is Convention.UNDECIDED and whole is not Convention.MIXED:
            convention = whole
        parsed = [
            _as_stated(parse_value(cell, convention=convention), raw.stated.get((place, column)))
            for place, cell in enumerate(cells)
        ]
        unread = sum(bool(value.problem) for value in parsed)
        filled = sum(cell is not None for cell in cells)
        if indicator is None and unread > _HALF * filled:
            columns.texts[column] = [cell_text(cell) for cell in cells]
            pairs = zip(keys.keys, columns.texts[column], strict=True)
            agreeing[column] = sum(registered.get(key) == text for key, text in pairs)
            agreeing[column] += sum(text in names for text in columns.texts[column])
            continue
        columns.numbers[column] = parsed
        if indicator is not None and indicator not in columns.indicators.values():
            columns.indicators[column] = indicator
    columns.name = max(agreeing, key=lambda name: agreeing[name], default=None)
    return columns


def _as_stated(cell: ParsedValue, stated: Status | None) -> ParsedValue:
    """Return a cell with the status that the file states beside it, where the two agree."""
    if stated in NO_VALUE:
        return ParsedValue(math.nan, stated, cell.mark, "")
    has_value = not math.isnan(cell.value)
    agrees = has_value and (stated is not Status.ZERO or cell.value == 0)
    return cell if stated is None or not agrees else cell._replace(status=stated)


def _headers(raw: RawTable, catalogue: Catalogue, told: Mapping[str, str | None]) -> dict[str, str]:
    """Return column → indicator id, as told or as the catalogue knows the header."""
    found = {column: indicator for column, indicator in told.items() if indicator is not None}
    taken, by_header = set(found.values()), indicator_headers(catalogue)
    for column in raw.columns:
        indicator = by_header.get(normalise_header(column))
        if column not in told and indicator is not None and indicator not in taken:
            found[column] = indicator
    return found


def normalise_header(text: str) -> str:
    """Write a header so that spellings of the same thing are equal.

    Examples
    --------
    >>> normalise_header("  Wohnfläche  m²/EW 1)"), normalise_header("6 – 17 Jahre")
    ('wohnfläche m2/ew', '6-17 jahre')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    plain = _FOOTNOTE.sub("", " ".join(plain.split()))
    return re.sub(r"\s*-\s*", "-", plain)


def indicator_headers(catalogue: Catalogue) -> dict[str, str]:
    """Return normalised header → indicator id; aliases win over titles, titles over short titles.

    A short title that two indicators share stands for neither.
    """
    found: dict[str, str] = {}
    levels: tuple[list[tuple[str, str]], ...] = (
        [(alias, each.id) for each in catalogue.indicators for alias in each.aliases],
        [(name, each.id) for each in catalogue.indicators for name in (each.id, each.title.de)],
        [(each.short.de, each.id) for each in catalogue.indicators],
    )
    for level in levels:
        own: dict[str, set[str]] = {}
        for text, indicator in level:
            own.setdefault(normalise_header(text), set()).add(indicator)
        found = {name: next(iter(ids)) for name, ids in own.items() if len(ids) == 1} | found
    return found
