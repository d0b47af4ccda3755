"""Make one row an area and one column an indicator of tables that are laid out otherwise.

Statistical offices also deliver *long* tables (one row an area, indicator and date, as the flat
files of Destatis are) and tables with a column for each year. Each Stichtag and level of such a
table becomes a table of its own, which `recognise` reads as it reads every other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inteso_dash.catalogue import Catalogue
from inteso_dash.findings import Finding, Severity
from inteso_dash.reading import RawTable
from inteso_dash.recognise.columns import indicator_headers, normalise_header
from inteso_dash.recognise.days import day_named, read_day
from inteso_dash.recognise.keys import cells_of
from inteso_dash.recognise.parting import Maker, Part, Row, cell_of, listed, slot
from inteso_dash.recognise.roles import ROLES, Roles, find_roles, texts_of
from inteso_dash.register import Areas
from inteso_dash.values import cell_text, parse_value

_TOTAL = re.compile(r"(insgesamt|gesamt|zusammen|total|summe|alle|beide)\b", re.IGNORECASE)
_LEAST = 6
_YEAR_ALONE = "Die Datei nennt Jahre ohne Tag: {years}. Auf welchen Tag im Jahr beziehen sie sich?"


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
    """

    level: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    day: tuple[int, int] | None = None


@dataclass(frozen=True)
class Shape:
    """How a file is laid out, and its parts.

    Attributes
    ----------
    parts : tuple of Part
        None of them while there are questions.
    roles : mapping
        As `Layout.roles`, recognised or said; empty for a table with one row an area.
    columns : tuple of str
        Those of the file.
    choices : mapping
        Column that tells figures of the same area, indicator and day apart → its cells.
    chosen : mapping
        Column → the one of them that is taken.
    years : bool
        Whether the file names years where a day is wanted.
    questions : tuple of Question
    findings : tuple of Finding
    """

    parts: tuple[Part, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    years: bool = False
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


def shape(raw: RawTable, catalogue: Catalogue, areas: Areas, told: Layout) -> Shape:
    """Say how a table is laid out and part it into tables with one row an area.

    Parameters
    ----------
    raw : RawTable
    catalogue : Catalogue
    areas : Areas
    told : Layout
        What is not said is recognised.

    Returns
    -------
    Shape
        A table that has one row an area already is its own only part.
    """
    wrong = tuple(_wrong(raw, told))
    if wrong:
        return Shape(columns=raw.columns, questions=wrong, findings=raw.notes)
    roles = find_roles(raw, catalogue, areas, told.roles, told.level)
    named = roles.columns
    long = "merkmal" in named and ("wert" in named or bool(roles.days))
    dated = "stichtag" in named
    if "schluessel" not in named or not (long or dated or roles.days):
        asked = tuple(_repeated(raw, roles))
        notes = raw.notes if asked else ()
        return Shape((Part(raw),), columns=raw.columns, questions=asked, findings=notes)
    return _parts(raw, catalogue, roles, told, long=long)


def _wrong(raw: RawTable, told: Layout) -> Iterator[Question]:
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


def _repeated(raw: RawTable, roles: Roles) -> Iterator[Question]:
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


def _parts(raw: RawTable, catalogue: Catalogue, roles: Roles, told: Layout, *, long: bool) -> Shape:
    named, findings = roles.columns, [*raw.notes]
    rows = list(_rows(raw, catalogue, roles, findings, long=long))
    used = {*named.values(), *roles.days}
    rest = [column for column in raw.columns if column not in used]
    measured = [] if long or roles.days else _number_columns(raw, rest)
    rest = [column for column in rest if column not in measured]
    if not long and not roles.days and "wert" in named:
        measured.insert(0, named["wert"])
    rows, choices, chosen, questions = _narrowed(raw, rows, rest, told.where, findings)
    years = sorted({row.day for row in rows if isinstance(row.day, int)})
    years += sorted({day for day in roles.days.values() if isinstance(day, int)})
    day = told.day or day_named(raw)
    if years and day is None:
        asked = _YEAR_ALONE.format(years=listed(map(str, years)).rstrip("."))
        questions = (*questions, Question("day", asked))
    shaped = Shape(
        roles=dict(named),
        columns=raw.columns,
        choices=choices,
        chosen=chosen,
        years=bool(years),
        questions=questions,
        findings=tuple(findings),
    )
    if questions:
        return shaped
    named_so = _named_indicator(raw, catalogue)
    made = Maker(raw, roles, measured, _steady(raw, rows, rest), named_so or "", day)
    parts = tuple(made.parts(rows))
    doubled = [finding for part in parts for finding in part.raw.notes]
    parts = tuple(replace(part, raw=replace(part.raw, notes=())) for part in parts)
    return replace(shaped, parts=parts, findings=(*findings, *doubled))


def _rows(
    raw: RawTable, catalogue: Catalogue, roles: Roles, findings: list[Finding], *, long: bool
) -> Iterator[Row]:
    """Yield the rows with what each is about; those that do not say it are reported."""
    named = roles.columns
    at = {role: raw.columns.index(column) for role, column in named.items()}
    levels = {
        name.casefold(): each.id
        for each in catalogue.levels
        for name in (each.id, each.title.de, each.plural)
    }
    wrong: dict[str, list[tuple[int, str]]] = {}
    texts = [raw.columns.index(c) for c in raw.columns if c not in {*named.values(), *roles.days}]
    for place, row in enumerate(raw.rows):
        said = {role: cell_text(row.cells[index]) for role, index in at.items()}
        level = levels.get(said["ebene"].casefold()) if said.get("ebene") else None
        if said.get("ebene") and level is None:
            wrong.setdefault("ebene", []).append((row.number, said["ebene"]))
            continue
        day = None
        if "stichtag" in at and not roles.days:
            day = read_day(row.cells[at["stichtag"]], serials=True)
            if day is None:
                wrong.setdefault("stichtag", []).append((row.number, said["stichtag"]))
                continue
        if long and not said["merkmal"]:
            wrong.setdefault("merkmal", []).append((row.number, ""))
            continue
        key = said["schluessel"] or " ".join(cell_text(row.cells[index]) for index in texts)
        label = said["merkmal"] if long else ""
        yield Row(place, row.number, level, said.get("gliederung") or None, day, key, label)
    expected = {
        "ebene": listed(each.id for each in catalogue.levels),
        "stichtag": "einen Tag wie 31.12.2022 oder ein Jahr.",
        "merkmal": "ein Merkmal.",
    }
    for role, places in wrong.items():
        number, found = places[0]
        findings.append(
            Finding(
                Severity.ERROR,
                "row_without_place",
                f"{len(places)} Zeilen sind ausgelassen, weil „{named[role]}“ nicht zu lesen ist, "
                f"zuerst Zeile {number}: gefunden „{found}“; erwartet {expected[role]} Ergänzen "
                "Sie die Zellen.",
                raw.name,
                str(number),
                named[role],
                found,
                expected[role],
            )
        )


def _narrowed(
    raw: RawTable,
    rows: list[Row],
    rest: Sequence[str],
    where: Mapping[str, str],
    findings: list[Finding],
) -> tuple[list[Row], dict[str, tuple[str, ...]], dict[str, str], tuple[Question, ...]]:
    """Keep of rows that say the same figure those that are meant: as told, else the totals."""
    texts = {column: [cell_text(cell) for cell in cells_of(raw, column)] for column in rest}
    choices = {column: tuple(dict.fromkeys(texts[column])) for column in where if column in texts}
    chosen = dict(where)
    for column, wanted in where.items():
        rows = [row for row in rows if cell_text(cell_of(raw, row.place, column)) == wanted]
    while True:
        varying = _varying(rows, texts)
        if not varying:
            return rows, choices, chosen, ()
        cells = {
            each: tuple(dict.fromkeys(texts[each][row.place] for row in rows)) for each in varying
        }
        totals = {each: [cell for cell in cells[each] if _TOTAL.match(cell)] for each in varying}
        clear = [each for each in varying if len(totals[each]) == 1]
        if not clear:
            choices[varying[0]] = cells[varying[0]]
            text = (
                f"Je Gebiet, Merkmal und Stichtag stehen mehrere Werte da; sie unterscheiden sich "
                f"in „{varying[0]}“. Welche Zeilen sind gemeint: {listed(cells[varying[0]])}"
            )
            return rows, choices, chosen, (Question("where", text),)
        column = clear[0]
        choices[column], chosen[column] = cells[column], totals[column][0]
        kept = [row for row in rows if texts[column][row.place] == chosen[column]]
        findings.append(
            Finding(
                Severity.NOTE,
                "rows_left_out",
                f"Übernommen sind nur die {len(kept)} Zeilen mit „{chosen[column]}“ in „{column}“; "
                f"{len(rows) - len(kept)} andere sind ausgelassen.",
                raw.name,
                column=column,
                found=listed(cells[column]),
                expected=chosen[column],
            )
        )
        rows = kept


def _varying(rows: Iterable[Row], texts: Mapping[str, list[str]]) -> list[str]:
    """Return the columns in which rows differ that otherwise say the same figure."""
    first: dict[tuple[object, ...], int] = {}
    found: dict[str, None] = {}
    for row in rows:
        before = first.setdefault(slot(row), row.place)
        for column, cells in texts.items():
            if cells[row.place] != cells[before]:
                found[column] = None
    return [column for column in texts if column in found]


def _number_columns(raw: RawTable, columns: Iterable[str]) -> list[str]:
    """Return the columns that hold numbers, most of all."""
    found = []
    for column in columns:
        filled = [cell for cell in cells_of(raw, column) if cell is not None]
        if 2 * sum(bool(parse_value(cell).problem) for cell in filled) <= len(filled):
            found.append(column)
    return found


def _steady(raw: RawTable, rows: Sequence[Row], rest: Iterable[str]) -> list[str]:
    """Return the columns that say something of the areas: the same in each row of an area."""
    found = []
    for column in rest:
        cells: dict[tuple[str | None, str], str] = {}
        for row in rows:
            text = cell_text(cell_of(raw, row.place, column))
            if cells.setdefault((row.level, row.key), text) != text:
                break
        else:
            if len(set(cells.values())) > 1:
                found.append(column)
    return found


def _named_indicator(raw: RawTable, catalogue: Catalogue) -> str | None:
    """Return the title of the one indicator that title, sheet or file name speak of."""
    stem = raw.name.rpartition(".")[0].replace("_", " ")
    text = normalise_header(" ".join((raw.title, raw.sheet, stem)))
    found = {
        name: indicator
        for name, indicator in indicator_headers(catalogue).items()
        if len(name) >= _LEAST and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    }
    longest = {
        indicator
        for name, indicator in found.items()
        if not any(name != other and name in other for other in found)
    }
    return catalogue.indicator(longest.pop()).title.de if len(longest) == 1 else None
