"""What a table does not say about its layout, and what somebody has said about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inteso_dash.intake.recognise.days import read_month
from inteso_dash.intake.recognise.keys import cells_of
from inteso_dash.intake.recognise.meaning import normalise_header
from inteso_dash.intake.recognise.parting import listed
from inteso_dash.intake.recognise.roles import ROLES, Roles, texts_of
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import cell_text
from inteso_dash.tables.reading.raw import RawTable


@dataclass(frozen=True)
class Question:
    """What the file does not say and nobody has said: ``about`` is a field of the answers."""

    about: str
    text: str


@dataclass(frozen=True)
class Layout:
    """What somebody has said about how a table is laid out.

    Attributes
    ----------
    level : str, optional
    roles : mapping
        Name in `ROLES` → column, empty for none.
    where : mapping
        Column → the cell of the rows that are meant.
    day : tuple of int, optional
        Month and day that years stand for.
    left : frozenset of str
        Columns that are not to be taken.
    """

    level: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    day: tuple[int, int] | None = None
    left: frozenset[str] = frozenset()


def wrong_answers(raw: RawTable, told: Layout) -> Iterator[Question]:
    """Yield what is said of the layout and fits nothing."""
    has = f"die Datei hat: {listed(raw.columns)}"
    for role, column in told.roles.items():
        if role not in ROLES:
            yield Question("roles", f"Die Angabe „{role}“ gibt es nicht; bekannt: {listed(ROLES)}")
        elif column and column not in raw.columns:
            yield Question("roles", f"Die Spalte „{column}“ gibt es nicht; {has}")
    for column, wanted in told.where.items():
        if column not in raw.columns:
            yield Question("where", f"Die Spalte „{column}“ gibt es nicht; {has}")
            continue
        cells = dict.fromkeys(cell_text(cell) for cell in cells_of(raw, column))
        if wanted not in cells:
            text = f"In der Spalte „{column}“ steht nirgends „{wanted}“, sondern: {listed(cells)}"
            yield Question("where", text)


def repeated(raw: RawTable, roles: Roles) -> Iterator[Question]:
    """Ask what tells rows apart, where most areas stand in several and nothing says why."""
    if not roles.repeated:
        return
    keys = [text for text in texts_of(raw, roles.columns["schluessel"]) if text]
    if 2 * len(set(keys)) >= len(keys):
        return
    yield Question(
        "roles",
        f"In der Spalte „{roles.columns['schluessel']}“ steht jedes Gebiet mehrfach. Welche Spalte "
        f"nennt das Merkmal oder den Stichtag, welche den Wert? Spalten: {listed(raw.columns)}",
    )


def doubled(
    raw: RawTable, roles: Roles, left: Collection[str], day: tuple[int, int] | None
) -> tuple[tuple[tuple[str, ...], ...], tuple[Question, ...]]:
    """Return the columns of one day that say the same thing, with what is to be asked.

    Parameters
    ----------
    raw : RawTable
    roles : Roles
    left : collection of str
        Columns that are not to be taken.
    day : tuple of int, optional
        Month and day that years stand for.
    """
    same: dict[object, list[str]] = {}
    for column, named in roles.days.items():
        when = dt.date(named, *day) if isinstance(named, int) and day is not None else named
        same.setdefault((when, *map(normalise_header, roles.heads[column])), []).append(column)
    found, questions = [], []
    for columns in same.values():
        cells = {each: [cell_text(cell) for cell in cells_of(raw, each)] for each in columns}
        if len({tuple(each) for each in cells.values()}) < 2:
            continue
        found.append(tuple(columns))
        taken = [each for each in columns if each not in left]
        place = next(
            at for at in range(len(raw.rows)) if len({each[at] for each in cells.values()}) > 1
        )
        said = formats.listed(
            (f"„{each}“ ({cells[each][place] or 'leer'})" for each in columns), "or"
        )
        text = (
            f"{_twice(raw, columns)}, mit verschiedenen Werten: in Zeile {raw.rows[place].number} "
            f"{said}. Welche Spalte ist gemeint? Lassen Sie die anderen weg, wie „{columns[-1]}=“."
        )
        questions += [Question("columns", text)] * (len(taken) > 1)
    return tuple(found), tuple(questions)


def _twice(raw: RawTable, columns: Sequence[str]) -> str:
    written = {normalise_header(" ".join(raw.heads.get(each, (each,)))) for each in columns}
    if len(written) == 1:
        return f"Die Überschrift „{columns[0]}“ steht {len(columns)}-mal da"
    return f"{len(columns)} Spalten nennen dasselbe und denselben Tag"


def months(raw: RawTable, roles: Roles) -> Iterator[Finding]:
    """Say where months stand for their last day."""
    said = [*roles.days]
    column = roles.columns.get("stichtag", "")
    if column and not roles.days:
        said = [cell_text(cell) for cell in cells_of(raw, column)]
    days = {text: day for text in dict.fromkeys(said) if (day := read_month(text, column))}
    named = [*days]
    if named:
        day = days[named[0]]
        yield Finding(
            Severity.NOTE,
            "months",
            f"Die Datei nennt Monate statt Tagen; gemeint ist der letzte Tag: „{named[0]}“ gilt "
            f"als {day:%d.%m.%Y}.",
            raw.name,
            column=column,
            found=listed(named).rstrip("."),
            expected="einen Tag",
        )
