"""Make one row an area and one column an indicator of tables that are laid out otherwise.

Statistical offices also deliver *long* tables (one row an area, indicator and date, as the flat
files of Destatis are) and tables with a column for each year. Each Stichtag and level of such a
table becomes a table of its own, which `recognise` reads as it reads every other one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.columns import numeric
from inteso_dash.intake.recognise.days import day_named, read_day, read_month
from inteso_dash.intake.recognise.keys import cells_of
from inteso_dash.intake.recognise.levels import levels_of_rows, with_sums
from inteso_dash.intake.recognise.meaning import TOTAL, Meanings, normalise_header
from inteso_dash.intake.recognise.naming import plain_name
from inteso_dash.intake.recognise.parting import Maker, TableLine, TablePart, cell_of, listed, slot
from inteso_dash.intake.recognise.questions import (
    Layout,
    Question,
    doubled,
    months,
    repeated,
    wrong_answers,
)
from inteso_dash.intake.recognise.roles import Roles, find_roles, level_words
from inteso_dash.intake.recognise.titles import Subject, subject
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import cell_text
from inteso_dash.tables.reading.raw import RawTable
from inteso_dash.tables.register import Areas

_FLAT = re.compile(r"[A-Z][A-Z0-9]{2,9}__(?P<label>.+)__(?P<unit>[^_]+)")
_CODES = re.compile(r"(?:Statistik|Zeit)_(?:Code|Label)|\d_Merkmal_(?:Code|Label)")
_OF_YEARS = re.compile(r"(?:berichts|bezugs|kalender)?jahr|year")
_OF_PARTS = re.compile(
    r"(?:berichts|bezugs|stich)?monat(?:s?(?:nr\.?|nummer|name))?|month|quartal|quarter|halbjahr"
)
_COUNT = {"anzahl", "personen"}
_YEAR_ALONE = "Die Datei nennt Jahre ohne Tag: {years}. Auf welchen Tag im Jahr beziehen sie sich?"


@dataclass(frozen=True)
class Shape:
    """How a file is laid out, and its parts.

    Attributes
    ----------
    parts : tuple of TablePart
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
    doubled : tuple of tuple of str
        Columns that are headed by the same day and say the same thing: one of each is meant.
    doubtful : str
        What to ask where the title may speak of something else than the indicator it contains.
    questions : tuple of Question
    findings : tuple of Finding
    """

    parts: tuple[TablePart, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    years: bool = False
    doubled: tuple[tuple[str, ...], ...] = ()
    doubtful: str = ""
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
    raw, summed = with_sums(_with_months(_plainly_headed(raw), told), catalogue, areas)
    wrong = tuple(wrong_answers(raw, told))
    if wrong:
        return Shape(columns=raw.columns, questions=wrong, findings=raw.notes)
    said = {"schluessel": summed, **told.roles} if summed else told.roles
    roles = find_roles(raw, catalogue, areas, said, told.level)
    named = roles.columns
    levels: list[str | None] | None = None
    if "schluessel" in named and "ebene" not in named:
        levels = levels_of_rows(raw, named["schluessel"], catalogue, areas, told.level)
    laid_out = {"merkmal", "stichtag", "ebene"} & {*named} or roles.days or levels
    if "schluessel" not in named or not laid_out:
        asked = tuple(repeated(raw, roles))
        notes = raw.notes if asked else ()
        return Shape((TablePart(raw),), columns=raw.columns, questions=asked, findings=notes)
    return _parts(raw, catalogue, areas, roles, told, levels)


def _plainly_headed(raw: RawTable) -> RawTable:
    """Return a flat file of the older GENESIS with its figures headed by what they are.

    Its heads are written as ``BEVSTD__Bevölkerungsstand__Anzahl``, beside columns of codes.
    """
    measured = {column: match for column in raw.columns if (match := _FLAT.fullmatch(column))}
    names = {
        column: match["label"].replace("_", " ")
        + ("" if match["unit"].casefold() in _COUNT else f" ({match['unit']})")
        for column, match in measured.items()
    }
    if "Zeit" not in raw.columns or not names or len(set(names.values())) < len(names):
        return raw
    keep = [at for at, column in enumerate(raw.columns) if not _CODES.fullmatch(column)]
    rows = [replace(row, cells=tuple(row.cells[at] for at in keep)) for row in raw.rows]
    columns = [names.get(raw.columns[at], raw.columns[at]) for at in keep]
    return replace(raw, columns=tuple(columns), rows=tuple(rows))


def _with_months(raw: RawTable, told: Layout) -> RawTable:
    """Return a table of years beside months, quarters or halves of them with the months as days.

    The column of these goes; it stays where somebody has said what it is for.
    """
    heads = {column: normalise_header(column) for column in raw.columns}
    years = [each for each in raw.columns if _OF_YEARS.fullmatch(heads[each])]
    parts = [each for each in raw.columns if _OF_PARTS.fullmatch(heads[each])]
    said = {*told.roles.values(), *told.where}
    if len(years) != 1 or len(parts) != 1 or parts[0] in said:
        return raw
    at, beside = raw.columns.index(years[0]), raw.columns.index(parts[0])
    rows = []
    for row in raw.rows:
        year, part = read_day(row.cells[at]), cell_text(row.cells[beside])
        day = read_month(f"{part}{'/' if part.isdecimal() else ' '}{year}", parts[0])
        if not isinstance(year, int) or day is None:
            return raw
        cells = [f"{day:%Y-%m}" if place == at else cell for place, cell in enumerate(row.cells)]
        rows.append(replace(row, cells=(*cells[:beside], *cells[beside + 1 :])))
    columns = tuple(column for column in raw.columns if column != parts[0])
    return replace(raw, columns=columns, rows=tuple(rows))


def _parts(
    raw: RawTable,
    catalogue: Catalogue,
    areas: Areas,
    roles: Roles,
    told: Layout,
    levels: Sequence[str | None] | None,
) -> Shape:
    named, findings, meanings = roles.columns, [*raw.notes], Meanings(catalogue)
    day = told.day or day_named(raw)
    same, unclear = doubled(raw, roles, told.left, day)
    roles.days = {column: day for column, day in roles.days.items() if column not in told.left}
    used = {*named.values(), *roles.days, *roles.further}
    rest = [column for column in raw.columns if column not in used]
    value = named.get("wert")
    measured: list[str] = []
    if not roles.days and (value is None or "merkmal" not in named):
        measured = [each for each in rest if each not in told.left and numeric(cells_of(raw, each))]
        rest = [column for column in rest if column not in measured]
        measured[:0] = [value] if value is not None else []
    rows = list(_rows(raw, catalogue, roles, levels, findings))
    rows, choices, chosen, questions = _narrowed(raw, rows, rest, told.where, findings)
    years = sorted({row.day for row in rows if isinstance(row.day, int)})
    years += sorted({day for day in roles.days.values() if isinstance(day, int)})
    if years and day is None:
        asked = _YEAR_ALONE.format(years=listed(map(str, years)).rstrip("."))
        questions = (*questions, Question("day", asked))
    told_by = subject(raw, catalogue) if _unnamed(roles) else Subject()
    notes = (told_by.finding(raw),) if told_by.title else ()
    shaped = Shape(
        roles=dict(named),
        columns=raw.columns,
        choices=choices,
        chosen=chosen,
        years=bool(years),
        doubled=same,
        questions=(*questions, *unclear),
        findings=(*findings, *notes, *months(raw, roles)),
    )
    if shaped.questions:
        return shaped
    steady = _steady(raw, rows, rest, {plain_name(name) for name in areas.names()})
    made = Maker(raw, roles, measured, steady, told_by.title, day, meanings)
    parts = tuple(made.parts(rows))
    twice = [finding for part in parts for finding in part.raw.notes]
    parts = tuple(replace(part, raw=replace(part.raw, notes=())) for part in parts)
    return replace(
        shaped, parts=parts, findings=(*shaped.findings, *twice), doubtful=told_by.question
    )


def _unnamed(roles: Roles) -> bool:
    """Say whether nothing beside the figures says what they are of."""
    if "merkmal" in roles.columns:
        return False
    return "wert" in roles.columns or any(not head for head in roles.heads.values())


def _rows(
    raw: RawTable,
    catalogue: Catalogue,
    roles: Roles,
    by_row: Sequence[str | None] | None,
    findings: list[Finding],
) -> Iterator[TableLine]:
    """Yield the rows with what each is about; those that do not say it are reported."""
    named = roles.columns
    at = {role: raw.columns.index(column) for role, column in named.items()}
    further = [raw.columns.index(column) for column in roles.further]
    levels = level_words(catalogue)
    wrong: dict[str, list[tuple[int, str]]] = {}
    texts = [raw.columns.index(c) for c in raw.columns if c not in {*named.values(), *roles.days}]
    for place, row in enumerate(raw.rows):
        said = {role: cell_text(row.cells[index]) for role, index in at.items()}
        level = levels.get(said["ebene"].casefold()) if said.get("ebene") else None
        if by_row is not None:
            level = by_row[place]
        if said.get("ebene") and level is None:
            wrong.setdefault("ebene", []).append((row.number, said["ebene"]))
            continue
        day = None
        if "stichtag" in at and not roles.days:
            cell = row.cells[at["stichtag"]]
            day = read_day(cell, serials=True, head=named["stichtag"])
            if day is None:
                wrong.setdefault("stichtag", []).append((row.number, said["stichtag"]))
                continue
        if "merkmal" in at and not said["merkmal"]:
            wrong.setdefault("merkmal", []).append((row.number, ""))
            continue
        key = said["schluessel"] or " ".join(cell_text(row.cells[index]) for index in texts)
        about = tuple(
            text
            for text in (said.get("merkmal", ""), *(cell_text(row.cells[each]) for each in further))
            if text
        )
        yield TableLine(place, row.number, level, said.get("gliederung") or None, day, key, about)
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
    rows: list[TableLine],
    rest: Sequence[str],
    where: Mapping[str, str],
    findings: list[Finding],
) -> tuple[list[TableLine], dict[str, tuple[str, ...]], dict[str, str], tuple[Question, ...]]:
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
        worded = {each: [cell for cell in cells[each] if TOTAL.match(cell)] for each in varying}
        totals = worded if any(worded.values()) else _empty_totals(rows, texts, varying)
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
                f"Übernommen sind nur die {len(kept)} Zeilen mit "
                f"{f'„{chosen[column]}“' if chosen[column] else 'leerer Zelle'} in „{column}“; "
                f"{len(rows) - len(kept)} andere sind ausgelassen.",
                raw.name,
                column=column,
                found=listed(cells[column]),
                expected=chosen[column],
            )
        )
        rows = kept


def _empty_totals(
    rows: Iterable[TableLine], texts: Mapping[str, list[str]], varying: Sequence[str]
) -> dict[str, list[str]]:
    """Return the empty cell of each column where rows leave all of them empty: the totals."""
    told = {tuple(not texts[each][row.place] for each in varying) for row in rows}
    empty = told == {(True,) * len(varying), (False,) * len(varying)}
    return {each: [""] if empty else [] for each in varying}


def _varying(rows: Iterable[TableLine], texts: Mapping[str, list[str]]) -> list[str]:
    """Return the columns in which rows differ that otherwise say the same figure."""
    first: dict[tuple[object, ...], int] = {}
    found: dict[str, None] = {}
    for row in rows:
        before = first.setdefault(slot(row), row.place)
        for column, cells in texts.items():
            if cells[row.place] != cells[before]:
                found[column] = None
    return [column for column in texts if column in found]


def _steady(
    raw: RawTable, rows: Sequence[TableLine], rest: Iterable[str], names: Collection[str]
) -> list[str]:
    """Return the columns that say something of the areas: their names, or what stays the same."""
    found = []
    for column in rest:
        called = [plain_name(cell_text(cell_of(raw, row.place, column))) in names for row in rows]
        if 2 * sum(called) > len(called):
            found.append(column)
            continue
        cells: dict[tuple[str | None, str], str] = {}
        for row in rows:
            text = cell_text(cell_of(raw, row.place, column))
            if cells.setdefault((row.level, row.key), text) != text:
                break
        else:
            if len(set(cells.values())) > 1:
                found.append(column)
    return found
