"""Rows that lost or gained a cell: what stands behind it stands below the wrong headers.

A row is held against the other rows of its table. It is read where its cells fit their columns as
they stand, and left out where they fit only when they are moved, or where they fit both ways.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import Cell, Convention, cell_text, column_convention, parse_value
from inteso_dash.tables.reading.raw import ReadError

Line = tuple[int, list[Cell], int]
"""Number of a row as the file shows it, its cells, and how many of them hold something."""

_LISTED = 10
_MOSTLY = 0.75
_ALMOST = 0.9
_RARELY = 0.1
_ENOUGH = 5
_SAMPLE = 2_000
_LEAST = 2
_MOST_LOST = 3
_LOOSE = 2.0
_TIGHT = 1.3
_ANYHOW = 10.0


@dataclass(frozen=True)
class _Column:
    """What the cells of a column are like; ``low`` and ``high`` where all are positive numbers."""

    convention: Convention
    number: bool
    text: bool
    whole: bool
    low: float
    high: float

    def fits(self, cell: Cell, slack: float = 1.0) -> bool:
        """Say whether a cell could stand in this column; an empty cell or a sign always could."""
        if cell is None:
            return True
        value, read = _number(cell, self.convention)
        if read and math.isnan(value):
            return True
        if self.text:
            return not read
        if not self.number:
            return True
        whole = not self.whole or value.is_integer()
        return read and whole and self.low / slack <= value <= self.high * slack


@dataclass(frozen=True)
class _Place:
    """A row that does not fit: the column where that shows, and what was found there."""

    number: int
    column: str
    found: str
    expected: str
    why: str


def even(
    body: list[Line], names: Sequence[str], name: str, notes: list[Finding], *, delimited: bool
) -> list[Line]:
    """Leave out rows whose cells stand below the wrong headers, and report them.

    Parameters
    ----------
    body : list of Line
    names : sequence of str
        Headers; empty for columns without one.
    name : str
        Name of the file.
    notes : list of Finding
        Findings are added to it.
    delimited : bool
        Whether every row says by itself how many cells it has.

    Raises
    ------
    ReadError
        Where many rows have more cells than the header.
    """
    width = len(names)
    long = {number: len(row) for number, row, _ in body if delimited and any(row[width:])}
    if len(long) > max(2, len(body) // 4):
        raise ReadError(
            name,
            f"{len(long)} von {len(body)} Zeilen mit mehr Zellen als die Kopfzeile ({width})",
            "eine Tabelle mit gleich langen Zeilen",
            "Prüfen Sie, ob die Datei eine Tabelle ist und ihr Trennzeichen in Texten zwischen "
            "Anführungszeichen steht.",
        )
    rest = [line for line in body if line[0] not in long]
    shifted = {each.number: each for each in _shifted(rest, names, delimited=delimited)}
    needed = _needed(names)
    short = [
        (number, len(row))
        for number, row, _ in rest
        if delimited and len(row) < needed and number not in shifted
    ]
    if short:
        what = "haben weniger Zellen als die Kopfzeile; die fehlenden gelten als leer"
        notes.append(_listed(Severity.WARNING, short, width, name, what))
    if long:
        what = (
            "haben mehr Zellen als die Kopfzeile und sind ausgelassen; meist steht das "
            "Trennzeichen in einem Text ohne Anführungszeichen"
        )
        notes.append(_listed(Severity.ERROR, list(long.items()), width, name, what))
    notes += [_left_out(each, name) for each in [*shifted.values()][:_LISTED]]
    if len(shifted) > _LISTED:
        more = [*shifted.values()][_LISTED:]
        numbers = ", ".join(str(each.number) for each in more)
        notes.append(
            Finding(
                Severity.ERROR,
                "shifted_row",
                f"Auch die Zeilen {numbers} sind verschoben und ausgelassen.",
                name,
                str(more[0].number),
            )
        )
    return [line for line in rest if line[0] not in shifted]


def _needed(names: Sequence[str]) -> int:
    return max((at + 1 for at, each in enumerate(names) if each), default=0)


def _listed(
    severity: Severity, rows: list[tuple[int, int]], width: int, name: str, what: str
) -> Finding:
    listed = formats.listed((str(number) for number, _ in rows), most=_LISTED)
    return Finding(
        severity,
        "ragged",
        f"Die Zeilen {listed} {what}.",
        file=name,
        row=str(rows[0][0]),
        found=f"{rows[0][1]} Zellen",
        expected=f"{width} Zellen",
    )


def _left_out(place: _Place, name: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "shifted_row",
        f"Zeile {place.number}: {place.why} Die Zeile ist ausgelassen, damit keine Zahl unter "
        "einer falschen Überschrift steht. Berichtigen Sie die Zeile.",
        name,
        str(place.number),
        place.column,
        place.found,
        place.expected,
    )


def _shifted(body: list[Line], names: Sequence[str], *, delimited: bool) -> Iterator[_Place]:
    """Yield the rows whose cells fit their columns only, or as well, when they are moved."""
    needed = _needed(names) if delimited else 0
    complete = [line for line in body if len(line[1]) >= needed]
    filled = [0] * max([needed, *(len(row) for _, row, _ in complete)])
    for _, row, _ in complete:
        for at, cell in enumerate(row):
            filled[at] += cell is not None
    usual = [at for at, count in enumerate(filled) if count >= _MOSTLY * len(complete)]
    if not usual or len(complete) <= _LEAST:
        return
    last = usual[-1] + 1
    rare = all(count <= _RARELY * len(complete) for count in filled[last:])
    suspects = [(number, row, True) for number, row, _ in body if len(row) < needed]
    full: list[list[Cell]] = []
    for number, row, _ in complete:
        content = row[: _length(row)]
        lost = last - len(content)
        if (0 < lost <= _MOST_LOST and len(content) > lost) or (lost < 0 and rare):
            suspects.append((number, content, False))
        elif lost <= 0 and len(full) < _SAMPLE:
            full.append(row)
    if not suspects:
        return
    width = max(last, needed)
    columns = [_column([row[at] if at < len(row) else None for row in full]) for at in range(width)]
    for number, content, short in sorted(suspects, key=lambda suspect: suspect[0]):
        own = columns if short else columns[:last]
        place = _judged(number, content, own, names, short=short, enough=len(full) >= _ENOUGH)
        if place is not None:
            yield place


def _judged(
    number: int,
    content: list[Cell],
    columns: list[_Column],
    names: Sequence[str],
    *,
    short: bool,
    enough: bool,
) -> _Place | None:
    lost = len(columns) - len(content)
    pairs = [*zip(content, columns, strict=False)]
    wrong = next((at for at, (cell, each) in enumerate(pairs) if not each.fits(cell, _LOOSE)), None)
    of_other_kind = not all(each.fits(cell, math.inf) for cell, each in pairs)
    slack = _ANYHOW if short or of_other_kind else _TIGHT
    moved = _fitting_places(content, columns, slack)
    if (wrong is None and not enough) or (not moved and not (short and wrong is not None)):
        return None
    if wrong is not None:
        cell, column = cell_text(content[wrong]), columns[wrong]
        where = f", vermutlich in „{_header(names, moved[0])}“" if len(moved) == 1 else ""
        why = f"Es fehlt eine Zelle{where}." if lost > 0 else "Es steht eine Zelle zu viel da."
        wanted = "ein Text" if column.text else "eine Zahl wie in den anderen Zeilen"
        header = _header(names, wrong)
        return _Place(number, header, cell, wanted, f"{why} In „{header}“ stünde {cell}.")
    if not short:
        return None
    why = "Es fehlt eine Zelle, und an mehr als einer Stelle kann sie fehlen."
    counted = f"{len(content)} Zellen", f"{len(columns)} Zellen"
    return _Place(number, _header(names, moved[0]), *counted, why)


def _header(names: Sequence[str], at: int) -> str:
    named = names[at] if at < len(names) else ""
    return named or f"Spalte {at + 1}"


def _fitting_places(content: list[Cell], columns: list[_Column], slack: float) -> list[int]:
    """Return where the row fits with a gap before a place, or without the cell in it."""
    lost = len(columns) - len(content)
    surplus, places = max(-lost, 0), min(len(content), len(columns))
    standing = 0
    while standing < places and columns[standing].fits(content[standing], slack):
        standing += 1
    fits_from = len(content)
    while fits_from > surplus and columns[fits_from - 1 + lost].fits(content[fits_from - 1], slack):
        fits_from -= 1
    filled = _length(content)
    return [
        at
        for at in range(places)
        if at <= standing and at + surplus >= fits_from and at + surplus < filled
    ]


def _length(row: list[Cell]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0)


def _column(cells: list[Cell]) -> _Column:
    convention = column_convention(cells)
    read = [_number(cell, convention) for cell in cells if cell is not None]
    values = [value for value, is_number in read if is_number and not math.isnan(value)]
    texts = sum(not is_number for _, is_number in read)
    number = bool(values) and len(values) >= _ALMOST * (len(values) + texts)
    text = bool(texts) and not values
    positive = bool(values) and min(values) > 0
    low, high = (min(values), max(values)) if positive else (-math.inf, math.inf)
    whole = all(value.is_integer() for value in values)
    return _Column(convention, number, text, whole, low, high)


def _number(cell: Cell, convention: Convention) -> tuple[float, bool]:
    """Return the number in a cell, NaN for a sign, and whether it is one of the two."""
    parsed = parse_value(cell, convention=convention)
    return parsed.value, not parsed.problem
