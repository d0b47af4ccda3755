"""Recognise what a delivered file holds, without a declaration: keys, level, division, columns."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.context import (
    GENERALISED,
    CheckContext,
    PolygonAreas,
    sorted_findings,
)
from inteso_dash.intake.checks.structure import key_table
from inteso_dash.intake.recognise.columns import sort_columns
from inteso_dash.intake.recognise.days import stichtage
from inteso_dash.intake.recognise.keys import best_keys, cells_of, known_keys
from inteso_dash.intake.recognise.levels import fit
from inteso_dash.intake.recognise.parting import (
    TablePart,
    each_once,
    incomplete_sites,
    listed,
    of_scenario,
    unit_findings,
)
from inteso_dash.intake.recognise.questions import Layout
from inteso_dash.intake.recognise.rows import Stray, rows_beside
from inteso_dash.intake.recognise.saying import few_known, nothing, strays, summary, unreadable
from inteso_dash.intake.recognise.shape import shape
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.values import ParsedValue, cell_text
from inteso_dash.tables.reading import read_content
from inteso_dash.tables.reading.apart import read_apart
from inteso_dash.tables.reading.raw import RawTable, ReadError
from inteso_dash.tables.register import Areas


@dataclass(frozen=True)
class Told:
    """What somebody has said about a file, so that it need not be recognised.

    ``columns``: header → indicator id, None for a column that is no indicator; ``among``: columns
    that may hold the areas, empty for any.
    """

    level: str | None = None
    division: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    among: tuple[str, ...] = ()


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
    of_city : bool
        Whether the total is said to be the city's own.
    strays : tuple of (Stray, mapping)
        Rows that belong to no area, with their cells by column of the frame.
    contested : mapping
        Indicator id → columns that are headed as it and differ.
    unclear : mapping
        Name → areas that it may mean.
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
    of_city: bool
    strays: tuple[tuple[Stray, Mapping[str, ParsedValue]], ...]
    contested: Mapping[str, tuple[str, ...]]
    unclear: Mapping[str, tuple[str, ...]]
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
        totals = self._totals_of_areas(catalogue)
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

    def _totals_of_areas(self, catalogue: Catalogue) -> pd.Series[float]:
        """Return the file's totals without what it could not give to an area."""
        totals = self.totals.copy()
        counts = [
            column
            for column in totals.index
            if not catalogue.has_indicator(column)
            or catalogue.indicator(column).kind == "extensive"
        ]
        for stray, cells in self.strays:
            for column in counts:
                if stray.remainder and not math.isnan(cells[column].value):
                    totals[column] -= cells[column].value
        return totals


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
    keys = best_keys(raw, catalogue, areas, told.level, told.division, told.among)
    if keys is None:
        few = known_keys(raw, catalogue, areas)
        return few_known(raw, few, catalogue, areas) if few else nothing(raw, catalogue)
    keys = replace(keys, division=told.division or keys.division)
    columns = sort_columns(raw, keys, catalogue, areas, told.columns)
    names = columns.texts[columns.name] if columns.name else [""] * len(raw.rows)
    beside = rows_beside(raw, keys, names, catalogue, areas)
    remainder = {each.place for each in beside.strays if each.remainder}
    table = key_table([row.number for row in raw.rows], keys.keys, names)
    for level, column in columns.parents.items():
        table[level] = [cell_text(cell) for cell in cells_of(raw, column)]
    table = table.drop(index=sorted(beside.totals | remainder))
    first = table[(table["key"] != "") & ~table["key"].duplicated()]
    labels = {name: columns.indicators.get(name, name) for name in columns.numbers}

    def by_area(values: Mapping[str, Sequence[object]]) -> pd.DataFrame:
        chosen = {name: [cells[at] for at in first.index] for name, cells in values.items()}
        return pd.DataFrame(chosen, index=pd.Index(first["key"], name="area_id"))

    parsed = columns.numbers
    frame = by_area({labels[name]: [each.value for each in parsed[name]] for name in parsed})
    decimals = by_area({labels[name]: [each.decimals for each in parsed[name]] for name in parsed})
    texts = by_area(columns.texts)
    total = beside.total
    total_cells = {labels[name]: parsed[name][total] for name in parsed if total is not None}
    held = tuple(
        (each, {labels[name]: parsed[name][each.place] for name in parsed})
        for each in beside.strays
    )
    cells = {
        labels[name]: {
            str(key): parsed[name][at] for at, key in zip(first.index, first["key"], strict=True)
        }
        for name in parsed
    }
    found = (
        summary(raw, keys, columns, len(first)),
        *unreadable(raw, columns, keys),
        *strays(raw, beside.strays, columns, total=beside.total is not None),
    )
    return Recognised(
        raw.name,
        keys.level.id,
        keys.division,
        stichtage(raw).only,
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
        beside.of_city,
        held,
        columns.contested,
        keys.unclear,
        found,
    )


def recognise_at(
    part: TablePart, catalogue: Catalogue, register: pd.DataFrame, told: Told, date: dt.date | None
) -> tuple[Recognised | Finding, dt.date | None, str]:
    """Recognise a part in the division that was in force at its Stichtag.

    Parameters
    ----------
    part : TablePart
    catalogue : Catalogue
    register : DataFrame
    told : Told
        Level and division of the part take precedence.
    date : date, optional
        Stichtag, where somebody has said it.

    Returns
    -------
    Recognised or Finding
    date, optional
        Stichtag, where it is known.
    str
        What to ask about the division; empty for nothing.
    """
    told = replace(
        told,
        level=part.level or told.level,
        division=part.division or told.division,
        among=part.among,
    )
    if told.level is not None and told.division is not None:
        level = catalogue.level(told.level)
        if all(each.id != told.division for each in level.divisions):
            told = replace(told, division=None)
    found = recognise(part.raw, catalogue, register, told)
    date = part.date or date or stichtage(part.raw).only
    if isinstance(found, Finding) or told.division is not None:
        return found, date, ""
    best = fit(
        set(found.frame.index),
        found.division,
        catalogue.level(found.level),
        Areas(register),
        date,
        named=found.key_column == found.name_column,
    )
    if best.ids and best.ids[0] != found.division:
        told = replace(told, level=found.level, division=best.ids[0])
        again = recognise(part.raw, catalogue, register, told)
        found = found if isinstance(again, Finding) else again
    return found, date, best.question


def check_file(
    path: Path,
    catalogue: Catalogue,
    register: pd.DataFrame,
    polygon_area_ha: PolygonAreas | None = None,
    *,
    polygon_tolerance: float = GENERALISED,
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

    Returns
    -------
    list of Finding
        A file that cannot be read or recognised yields one error instead.
    """
    try:
        raw = read_apart(read_content(path), path.name)
    except ReadError as error:
        return [error.finding]
    refused = of_scenario(raw) or incomplete_sites(raw)
    if refused is not None:
        return [refused]
    shaped = shape(raw, catalogue, Areas(register), Layout())
    findings = [*shaped.findings]
    findings += [_asked(raw, question.text) for question in shaped.questions]
    by_part: list[tuple[TablePart, list[Finding]]] = [
        (part, [*part.raw.notes]) for part in shaped.parts
    ]
    for part, told in by_part:
        found, _, asked = recognise_at(part, catalogue, register, Told(), None)
        if isinstance(found, Finding):
            told.append(found)
            continue
        if asked:
            told.append(_asked(raw, asked))
        context = found.context(catalogue, register, polygon_area_ha, polygon_tolerance)
        told.extend((*found.findings, *run_checks(found.frame, context)))
        told.extend(unit_findings(part, found.indicators, catalogue, found.frame))
        told.extend(_asked(raw, text) for text in open_points(found, catalogue))
        if shaped.doubtful and not found.indicators:
            told.append(_asked(raw, shaped.doubtful))
    findings += each_once(by_part)
    return sorted_findings(findings)


def open_points(found: Recognised, catalogue: Catalogue) -> Iterator[str]:
    """Yield what a table says in two ways, as something to ask."""
    for indicator, columns in found.contested.items():
        yield (
            f"Mehrere Spalten können „{catalogue.indicator(indicator).title.de}“ sein und "
            f"enthalten Verschiedenes: {listed(columns)} Welche ist gemeint?"
        )
    for name, keys in found.unclear.items():
        yield (
            f"Der Name „{name}“ steht im Verzeichnis für mehrere Gebiete: {listed(keys)} Ergänzen "
            "Sie in der Datei eine Spalte mit Schlüsseln."
        )


def _asked(raw: RawTable, text: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "layout",
        f"{text} Geben Sie es beim Übernehmen an.",
        raw.name,
        expected="eine Angabe",
    )
