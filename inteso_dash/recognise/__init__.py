"""Recognise what a delivered file holds, without a declaration: keys, level, division, columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.checks import RULES, CheckContext, key_table, run_checks, sorted_findings
from inteso_dash.checks.context import GENERALISED, PolygonAreas
from inteso_dash.findings import Finding, Severity
from inteso_dash.reading import RawTable, ReadError, read_apart, read_content
from inteso_dash.recognise.columns import Columns, indicator_headers, normalise_header, sort_columns
from inteso_dash.recognise.days import read_day_of_year
from inteso_dash.recognise.keys import Keys, best_keys, cells_of
from inteso_dash.recognise.parting import Part, each_once, unit_findings
from inteso_dash.recognise.roles import ROLES
from inteso_dash.recognise.shape import Layout, Question, Shape, shape
from inteso_dash.register import Areas
from inteso_dash.values import ParsedValue, cell_text, parse_date

__all__ = [
    "ROLES",
    "Layout",
    "Part",
    "Question",
    "Recognised",
    "Shape",
    "Told",
    "check_file",
    "each_once",
    "indicator_headers",
    "normalise_header",
    "read_day_of_year",
    "recognise",
    "shape",
    "unit_findings",
]

_DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
_TOTAL = re.compile(r"\b(insgesamt|gesamt\w*|summe|zusammen|total)\b")
_SHOWN = 5


@dataclass(frozen=True)
class Told:
    """What somebody has said about a file, so that it need not be recognised.

    ``columns``: header → indicator id, None for a column that is no indicator.
    """

    level: str | None = None
    division: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Recognised:
    """A delivered table with the meaning of its columns.

    Attributes
    ----------
    file : str
    level, division : str
        ``division`` is empty where the number of areas fits none.
    date : date, optional
        Stichtag, where a title row or a footnote names one.
    key_column : str
    name_column : str, optional
    parents : mapping
        Level → column that holds the keys of that higher level.
    indicators : mapping
        Column → indicator id.
    frame, decimals : DataFrame
        Numbers and their written decimals; index area id, columns as `CheckContext` wants them.
    keys : DataFrame
        All rows with number, key and name; see `CheckContext`.
    names : Series
    text_columns : mapping
        Column → its texts by area id.
    totals : Series
        Values of the file's own total row; empty where it has none.
    cells, total_cells : mapping
        What was read, as it was read: column of the frame → area id → cell, and column → cell.
    findings : tuple of Finding
        What was recognised, and cells that could not be read.
    """

    file: str
    level: str
    division: str
    date: dt.date | None
    key_column: str
    name_column: str | None
    parents: Mapping[str, str]
    indicators: Mapping[str, str]
    frame: pd.DataFrame
    decimals: pd.DataFrame
    keys: pd.DataFrame
    names: pd.Series[str]
    text_columns: Mapping[str, pd.Series[str]]
    totals: pd.Series[float]
    cells: Mapping[str, Mapping[str, ParsedValue]]
    total_cells: Mapping[str, ParsedValue]
    findings: tuple[Finding, ...]

    def context(
        self,
        catalogue: Catalogue,
        register: pd.DataFrame,
        polygon_area_ha: PolygonAreas | None,
        polygon_tolerance: float,
        reference_totals: pd.Series[float] | None = None,
    ) -> CheckContext:
        """Return what the checks need beside the frame; the file's own totals take precedence."""
        totals = self.totals
        if reference_totals is not None:
            totals = totals.combine_first(reference_totals)
        headers = {indicator: column for column, indicator in self.indicators.items()}
        return CheckContext(
            catalogue,
            self.file,
            self.level,
            self.division,
            register,
            (polygon_area_ha or {}).get((self.level, self.division)),
            polygon_tolerance,
            reference_totals=totals if len(totals) else None,
            decimals=self.decimals,
            names=self.names,
            headers={
                **headers,
                **self.parents,
                "area_id": self.key_column,
                "name": self.name_column or "",
            },
            keys=self.keys,
            text_columns=self.text_columns,
        )


def recognise(
    raw: RawTable, catalogue: Catalogue, register: pd.DataFrame, told: Told | None = None
) -> Recognised | Finding:
    """Recognise a delivered table of areas.

    Parameters
    ----------
    raw : RawTable
    catalogue : Catalogue
    register : DataFrame
        All areas with ``level``, ``division``, ``area_id``, ``name`` and ``parent_id``.
    told : Told, optional

    Returns
    -------
    Recognised or Finding
        The finding says what was looked for where no column holds the keys of areas.
    """
    areas, told = Areas(register), told or Told()
    keys = best_keys(raw, catalogue, areas, told.level)
    if keys is None:
        return _nothing(raw, catalogue)
    keys = replace(keys, division=told.division or keys.division)
    columns = sort_columns(raw, keys, catalogue, areas, told.columns)
    names = columns.texts[columns.name] if columns.name else [""] * len(raw.rows)
    totals_at = _total_rows(raw, keys, names, catalogue, areas)
    table = key_table([row.number for row in raw.rows], keys.keys, names)
    for level, column in columns.parents.items():
        table[level] = [cell_text(cell) for cell in cells_of(raw, column)]
    table = table.drop(index=sorted(totals_at))
    first = table[(table["key"] != "") & ~table["key"].duplicated()]
    labels = {name: columns.indicators.get(name, name) for name in columns.numbers}

    def by_area(values: Mapping[str, Sequence[object]]) -> pd.DataFrame:
        chosen = {name: [cells[at] for at in first.index] for name, cells in values.items()}
        return pd.DataFrame(chosen, index=pd.Index(first["key"], name="area_id"))

    parsed = columns.numbers
    frame = by_area({labels[name]: [each.value for each in parsed[name]] for name in parsed})
    decimals = by_area({labels[name]: [each.decimals for each in parsed[name]] for name in parsed})
    texts = by_area(columns.texts)
    total = next(iter(sorted(totals_at)), None)
    total_cells = {labels[name]: parsed[name][total] for name in parsed if total is not None}
    cells = {
        labels[name]: {
            str(key): parsed[name][at] for at, key in zip(first.index, first["key"], strict=True)
        }
        for name in parsed
    }
    found = (_summary(raw, keys, columns, len(first)), *_unreadable(raw, columns, keys))
    return Recognised(
        raw.name,
        keys.level.id,
        keys.division,
        _date(raw),
        raw.columns[keys.column],
        columns.name,
        columns.parents,
        columns.indicators,
        frame,
        decimals,
        table.reset_index(drop=True),
        texts[columns.name] if columns.name else pd.Series("", index=frame.index, dtype=str),
        {name: texts[name] for name in columns.texts},
        pd.Series({name: cell.value for name, cell in total_cells.items()}, dtype=float).dropna(),
        cells,
        total_cells,
        found,
    )


def check_file(
    path: Path,
    catalogue: Catalogue,
    register: pd.DataFrame,
    polygon_area_ha: PolygonAreas | None = None,
    *,
    polygon_tolerance: float = GENERALISED,
    reference_totals: pd.Series[float] | None = None,
) -> list[Finding]:
    """Read a delivered file, recognise what it holds and check it.

    Parameters
    ----------
    path : Path
    catalogue : Catalogue
    register : DataFrame
    polygon_area_ha : mapping, optional
        (level, division) → area id → area of its polygon in hectares.
    polygon_tolerance : float
        How far these may be off, as a share.
    reference_totals : Series, optional
        Indicator id → published value of the whole city at the same date.

    Returns
    -------
    list of Finding
        A file that cannot be read or recognised yields one error instead.
    """
    try:
        raw = read_apart(read_content(path), path.name)
    except ReadError as error:
        return [error.finding]
    shaped = shape(raw, catalogue, Areas(register), Layout())
    findings = [*shaped.findings]
    findings += [_asked(raw, question) for question in shaped.questions]
    by_part: list[tuple[Part, list[Finding]]] = [(part, [*part.raw.notes]) for part in shaped.parts]
    for part, told in by_part:
        found = recognise(part.raw, catalogue, register, Told(part.level, part.division))
        if isinstance(found, Finding):
            told.append(found)
            continue
        context = found.context(
            catalogue, register, polygon_area_ha, polygon_tolerance, reference_totals
        )
        told.extend((*found.findings, *run_checks(found.frame, context)))
        told.extend(unit_findings(part, found.indicators, catalogue))
    findings += each_once(by_part)
    return sorted_findings(findings)


def _asked(raw: RawTable, question: Question) -> Finding:
    return Finding(
        Severity.WARNING,
        "layout",
        f"{question.text} Geben Sie es beim Übernehmen an.",
        raw.name,
        expected="eine Angabe",
    )


def _total_rows(
    raw: RawTable, keys: Keys, names: list[str], catalogue: Catalogue, areas: Areas
) -> set[int]:
    """Return the places of rows that hold the total of all areas."""
    root = catalogue.root
    ids = {area for each in root.divisions for area in areas.of(root.id, each.id)}
    ids.add(catalogue.city.id)
    city = catalogue.city.name.casefold()
    registered = areas.of(keys.level.id, keys.division)
    found = set()
    for place, (row, key, name) in enumerate(zip(raw.rows, keys.keys, names, strict=True)):
        written = cell_text(row.cells[keys.column])
        label = f"{'' if key else written} {name}".strip().casefold()
        if key in registered:
            continue
        if written in ids or (not key and (label == city or _TOTAL.search(label))):
            found.add(place)
    return found


def _date(raw: RawTable) -> dt.date | None:
    for text in (raw.title, *raw.footnotes):
        for match in _DATE.finditer(text):
            date = parse_date(match[0])
            if date is not None:
                return date
    return None


def _summary(raw: RawTable, keys: Keys, columns: Columns, areas: int) -> Finding:
    strange = [name for name in columns.numbers if name not in columns.indicators]
    others = (
        f"; nicht erkannt und ohne Kenntnis des Inhalts geprüft: {', '.join(strange)}"
        if strange
        else ""
    )
    division = f"Gliederung {keys.division}" if keys.division else "Gliederung unbekannt"
    return Finding(
        Severity.NOTE,
        "recognised",
        f"Gelesen als {areas} Gebiete der Ebene {keys.level.title.de} ({division}), Schlüssel in "
        f"„{raw.columns[keys.column]}“; {len(columns.indicators)} von {len(columns.numbers)} "
        f"Zahlenspalten sind Indikatoren des Katalogs{others}.",
        raw.name,
        column=raw.columns[keys.column],
        found=f"{keys.level.id} {keys.division}".strip(),
    )


def _unreadable(raw: RawTable, columns: Columns, keys: Keys) -> Iterator[Finding]:
    for column, cells in columns.numbers.items():
        wrong = [place for place, value in enumerate(cells) if value.problem]
        if not wrong:
            continue
        lines = [f"Zeile {raw.line(place, column)}" for place in wrong]
        labels = [keys.keys[place] or line for place, line in zip(wrong, lines, strict=True)]
        shown = "; ".join(
            f"{line if label == line else f'{line}, {label}'}: „{cells[place].raw}“"
            for line, label, place in zip(lines[:_SHOWN], labels, wrong, strict=False)
        )
        more = f" und {len(wrong) - _SHOWN} weitere" if len(wrong) > _SHOWN else ""
        yield Finding(
            Severity.ERROR,
            "value",
            f"„{column}“ enthält Zellen, die keine Zahl und kein Zeichen der amtlichen Statistik "
            f"sind: {shown}{more}. Sie gelten als nicht geliefert.",
            raw.name,
            labels[0] if len(labels) == 1 else "",
            column,
            cells[wrong[0]].raw,
            "eine Zahl oder ein Zeichen der amtlichen Statistik",
        )


def _nothing(raw: RawTable, catalogue: Catalogue) -> Finding:
    wanted = "; ".join(
        f"{level.title.de} mit {level.key_length} Stellen" for level in catalogue.levels
    )
    return Finding(
        RULES["unreadable"].severity,
        "unreadable",
        f"In keiner Spalte stehen Schlüssel von Gebieten, die das Verzeichnis kennt. Gesucht "
        f"wurde eine Zeile je Gebiet mit Schlüsseln von {catalogue.city.name} ({wanted}). Prüfen "
        "Sie, ob die Datei eine Schlüsselspalte hat.",
        raw.name,
        found="Spalten " + ", ".join(raw.columns[:10]) + (" …" if len(raw.columns) > 10 else ""),
        expected="eine Spalte mit Gebietsschlüsseln",
    )
