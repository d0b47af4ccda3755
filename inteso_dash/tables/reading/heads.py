"""The header of a table: which rows it has, and what they call the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from inteso_dash.language.values import Cell, cell_text, parse_value

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[0-9]{2})?")
_UNIT = re.compile(
    r"\(?(?:in )?(?:anzahl|zahl|absolut|abs\.|personen|prozent|%|‰|ha|hektar|km²|km2|m²|€|euro"
    r"|number|percent|per cent|insgesamt|zusammen|total)\)?",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"(?<=[a-zäöüß])-\s*\n\s*(?!(?:und|oder|bzw)\b)(?=[a-zäöüß])")
_HALF = 0.5

FilledRow = tuple[int, list[Cell], int]
"""A row that holds something: its number, its cells, how many of them are filled."""


class Header(NamedTuple):
    """Where the header of a table lies, and what it says.

    Attributes
    ----------
    first, end : int
        Places of its first row and of the first row below.
    names : list of str
        One for each column, empty where it has none.
    stacks : list of tuple of str
        What the header says of each column, from the top down.
    """

    first: int
    end: int
    names: list[str]
    stacks: list[tuple[str, ...]]


def find_header(filled: Sequence[FilledRow], typical: int) -> Header:
    """Find the header: the first row about as full as the data, and the rows that belong to it.

    Parameters
    ----------
    filled : sequence of FilledRow
    typical : int
        How many cells rows mostly have.
    """
    at = _main_row(filled, typical)
    first = end = at
    while first > 0 and _stands_over(filled[first - 1], filled[first]):
        first -= 1
    while end + 1 < len(filled) and _continues(filled, at, end):
        end += 1
    rows = [row for _, row, _ in filled[first : end + 1]]
    if end + 1 < len(filled) and _counts_columns(filled[end + 1][1]):
        end += 1
    stacks = _stacks(rows)
    return Header(first, end + 1, _names_of(stacks), stacks)


def _main_row(filled: Sequence[FilledRow], typical: int) -> int:
    at = next(
        i
        for i, (_, _, count) in enumerate(filled)
        if 2 * count > typical and count >= min(2, typical)
    )
    while at + 1 < len(filled) and filled[at + 1][2] > filled[at][2] and names(filled[at + 1][1]):
        at += 1
    if at and not names(filled[at][1]) and _names_figures(filled[at - 1], filled[at]):
        at -= 1
    return at


def _names_figures(above: FilledRow, data: FilledRow) -> bool:
    """Say whether a row names the columns of figures of the row below, and no others."""
    number, row, _ = above
    if number + 1 != data[0] or not names(row) or row[0] is not None:
        return False
    return all(
        (at < len(row) and row[at] is not None) == _is_figure(cell)
        for at, cell in enumerate(data[1])
        if cell is not None
    )


def _is_figure(cell: Cell) -> bool:
    """Say whether a cell is a number that is no key with zeros before it."""
    text = cell_text(cell)
    return not _is_name(text) and not (text.startswith("0") and text.isdecimal() and len(text) > 1)


def names(row: Sequence[Cell]) -> bool:
    """Say whether a row holds names of columns and no figures.

    >>> names(["Nr.", "2022", "unter 3"]), names(["01", "Nord", 12])
    (True, False)
    """
    return all(_is_name(cell_text(cell)) for cell in row if cell is not None)


def _is_name(text: str) -> bool:
    if _YEAR.fullmatch(text):
        return True
    parsed = parse_value(text)
    return bool(parsed.problem) or (parsed.value != parsed.value and len(text) > 1)


def _first(row: Sequence[Cell]) -> Cell:
    return row[0] if row else None


def _stands_over(above: FilledRow, header: FilledRow) -> bool:
    """Say whether a row names groups of the columns that the header below it names."""
    number, row, count = above
    if number + 1 != header[0] or not names(row):
        return False
    if _first(row) is not None:
        below = header[1]
        if _first(below) is None and count > 1:
            return True
        return any(
            row[at] is not None and (at >= len(below) or below[at] is None)
            for at in range(1, len(row))
        )
    return any(cell is not None for cell in header[1][1:])


def _continues(filled: Sequence[FilledRow], at: int, end: int) -> bool:
    """Say whether the row below goes on naming the columns."""
    header, (number, row, count) = filled[at][1], filled[end + 1]
    if number != filled[end][0] + 1 or not names(row):
        return False
    if _first(header) is None and _first(row) is not None:
        return False
    below = filled[end + 2 :]
    keyed = sum(_first(each) is not None for _, each, _ in below) > _HALF * len(below)
    gaps = any(
        row[place] is not None and (place >= len(header) or header[place] is None)
        for place in range(1, len(row))
    )
    if _first(row) is None:
        return gaps or (count > 1 and keyed)
    texts = [cell_text(cell) for cell in header if cell is not None]
    same = cell_text(_first(row)) == cell_text(_first(header))
    return same and (gaps or len(set(texts)) < len(texts))


def _counts_columns(row: Sequence[Cell]) -> bool:
    """Say whether a row numbers the columns from 1 on, those of areas perhaps left out."""
    texts = [cell_text(cell).strip("()") for cell in row]
    texts = texts[next((at for at, text in enumerate(texts) if text), 0) :]
    return len(texts) > 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _stacks(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Return what each column is called from the top down, groups written out."""
    width = max(map(len, rows))
    texts = [
        [_one_line(cell_text(row[at])) if at < len(row) else "" for at in range(width)]
        for row in rows
    ]
    for place, upper in enumerate(texts[:-1]):
        group = ""
        for at in range(width):
            lower = any(each[at] for each in texts[place + 1 :])
            if at and any(each[at] != each[at - 1] for each in texts[:place]):
                group = ""
            if upper[at]:
                group = upper[at] if lower else ""
            elif lower:
                upper[at] = group
    return [tuple(dict.fromkeys(text for row in texts if (text := row[at]))) for at in range(width)]


def _one_line(text: str) -> str:
    """Return a head as one line, with words that were broken made whole."""
    return " ".join(_BROKEN.sub("", text).split())


def _names_of(stacks: Sequence[tuple[str, ...]]) -> list[str]:
    """Name columns by the lowest row of their header, with upper ones before it where need be."""
    deepest = max((len(stack) for stack in stacks), default=0)
    found = [stack[-1] if stack else "" for stack in stacks]
    for depth in range(2, deepest + 1):
        unclear = [
            bool(name) and (found.count(name) > 1 or _UNIT.fullmatch(name) is not None)
            for name in found
        ]
        found = [
            " ".join(stack[-depth:]) if open_ and len(stack) >= depth else name
            for name, stack, open_ in zip(found, stacks, unclear, strict=True)
        ]
    return found
