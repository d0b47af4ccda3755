"""Rows of a long table, written as tables with one row an area."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from inteso_dash.catalogue import Catalogue
from inteso_dash.intake.recognise.keys import cells_of
from inteso_dash.intake.recognise.meaning import Meanings, narrowing
from inteso_dash.intake.recognise.roles import Roles
from inteso_dash.language import formats
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.statuses import PUBLISHABLE, STATUS_MEANINGS, Status
from inteso_dash.language.values import Cell, cell_text
from inteso_dash.tables.reading.raw import RawRow, RawTable
from inteso_dash.tables.sources.places import lacking

if TYPE_CHECKING:
    import pandas as pd

    from inteso_dash.catalogue.indicators import Indicator

_LISTED = 12
_SIGNS = {
    "‰": ("‰", "promille", "je 1.000", "je 1 000", "je 1000"),
    "%": ("%", "prozent", "je 100"),
}
_MONEY = re.compile(r"€|\beuro?\b", re.IGNORECASE)
_COUNTED = {"anzahl", "zahl", "number", "absolut", "personen"}


_STATUSES = {
    text.casefold(): status
    for status in PUBLISHABLE
    for text in (str(status), STATUS_MEANINGS[status].title, STATUS_MEANINGS[status].sign)
    if text
}
_SCENARIO = {str(Status.SCENARIO), STATUS_MEANINGS[Status.SCENARIO].title.casefold()}
_QUALITY: dict[str, Status | str] = {
    "e": "",
    "a": "",
    "p": "p",
    "r": "r",
    "()": "()",
    "s": Status.ESTIMATED,
    "g": Status.SUPPRESSED,
    "c": Status.SUPPRESSED,
    "-": Status.ZERO,
    "–": Status.ZERO,
    **dict.fromkeys(".*", Status.SUPPRESSED),
    **dict.fromkeys(("/", "x", "...", "…", "u"), Status.NOT_DELIVERED),
}
"""Letters and signs of statistical offices for the quality of a figure (``value_q``)."""


@dataclass(frozen=True)
class TablePart:
    """One table of areas out of a file; what is None the file does not say cell by cell.

    ``units`` are those that stand beside the figures, by column; ``among`` are the columns that
    are none of figures, where that is known.
    """

    raw: RawTable
    level: str | None = None
    division: str | None = None
    date: dt.date | None = None
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableLine:
    """A row of the file, with what it is about; ``key`` is the key, or the name where none is.

    ``about`` holds what it says of its figures, from the general to the particular.
    """

    place: int
    number: int
    level: str | None
    division: str | None
    day: dt.date | int | None
    key: str
    about: tuple[str, ...]


def each_once(by_part: Sequence[tuple[TablePart, Sequence[Finding]]]) -> list[Finding]:
    """Return findings of parts, each once, naming the parts where it does not hold for all.

    Parameters
    ----------
    by_part : sequence of (TablePart, sequence of Finding)
    """
    levels = {part.level for part, _ in by_part}
    found: dict[Finding, list[str]] = {}
    for part, findings in by_part:
        label = "" if part.date is None else f"{part.date:%d.%m.%Y}"
        if len(levels) > 1:
            label = f"{label} {part.level}".strip()
        for finding in dict.fromkeys(findings):
            found.setdefault(finding, []).append(label)
    return [
        finding
        if len(labels) == len(by_part)
        else replace(finding, message=f"{listed(labels).removesuffix('.')}: {finding.message}")
        for finding, labels in found.items()
    ]


def of_scenario(raw: RawTable) -> Finding | None:
    """Say that a table holds figures of a scenario, which are no published ones; else None."""
    for head in raw.columns:
        if head.strip().casefold() != "status":
            continue
        for row, cell in zip(raw.rows, cells_of(raw, head), strict=True):
            if cell_text(cell).casefold() in _SCENARIO:
                return Finding(
                    Severity.ERROR,
                    "scenario_figures",
                    "Die Datei enthält Zahlen eines Szenarios; sie sind aus Annahmen gerechnet. "
                    "Übernommen wird nichts aus ihr.",
                    raw.name,
                    str(row.number),
                    head,
                    cell_text(cell),
                    "veröffentlichte oder gelieferte Zahlen",
                )
    return None


def incomplete_sites(raw: RawTable) -> Finding | None:
    """Say which columns a list of accommodation sites lacks; None for any other table."""
    missing = lacking(raw.columns)
    if not missing:
        return None
    return Finding(
        Severity.ERROR,
        "missing_column",
        f"Die Datei ist eine Liste von Unterkünften, ihr fehlt: {listed(missing)} Ergänzen Sie die "
        "Spalte; unbekannte Zahlen bleiben leer.",
        raw.name,
        found=f"Spalten {', '.join(raw.columns[:_LISTED])}",
        expected=", ".join(missing),
    )


class Maker:
    """Writes rows of a long table as tables with one row an area."""

    def __init__(
        self,
        raw: RawTable,
        roles: Roles,
        measured: Sequence[str],
        steady: Sequence[str],
        named_so: str,
        day: tuple[int, int] | None,
        meanings: Meanings,
    ) -> None:
        self.raw, self.roles, self.day, self.meanings = raw, roles, day, meanings
        self._in_letters: bool | None = None
        self._labels: dict[tuple[str, ...], str] = {}
        self.key = roles.columns["schluessel"]
        self.steady = list(steady)
        self.measured = {column: column for column in measured}
        value = roles.columns.get("wert")
        if value in self.measured and named_so:
            self.measured[value] = named_so
        self.only = named_so or "Wert"

    def parts(self, rows: Sequence[TableLine]) -> Iterator[TablePart]:
        """Yield a table for each level, division and day."""
        days: list[dt.date | int | None] = [*sorted(set(self.roles.days.values()), key=str)]
        for day in days or [None]:
            heads = [column for column, each in self.roles.days.items() if each == day]
            ordered = sorted(rows, key=_group)
            for _, same in groupby(ordered, key=_group):
                members = sorted(same, key=lambda row: row.place)
                when = members[0].day if day is None else day
                yield self._part(members, self._date(when), heads)

    def _date(self, day: dt.date | int | None) -> dt.date | None:
        if isinstance(day, int):
            return None if self.day is None else dt.date(day, *self.day)
        return day

    def _part(
        self, rows: Sequence[TableLine], date: dt.date | None, heads: Sequence[str]
    ) -> TablePart:
        index = {column: at for at, column in enumerate(self.raw.columns)}
        labels: dict[str, None] = {}
        values: dict[str, dict[str, tuple[Cell, TableLine]]] = {}
        first: dict[str, TableLine] = {}
        units: dict[str, set[str]] = {}
        notes: list[Finding] = []
        value, unit = self.roles.columns.get("wert"), self.roles.columns.get("einheit")
        for row in rows:
            cells = self.raw.rows[row.place].cells
            first.setdefault(row.key, row)
            values.setdefault(row.key, {})
            if heads:
                told: dict[str, Cell] = {}
                for each in heads:
                    label = self._label(*row.about, *self.roles.heads[each])
                    told.setdefault(label or self.only, cells[index[each]])
            elif row.about and value is not None:
                told = {self._label(*row.about): cells[index[value]]}
            else:
                told = {
                    self._beside(row.about, each) if row.about else label: cells[index[each]]
                    for each, label in self.measured.items()
                }
            for label, cell in told.items():
                labels[label] = None
                if unit is not None and (text := cell_text(cells[index[unit]])):
                    units.setdefault(label, set()).add(text)
                before = values[row.key].setdefault(label, (cell, row))
                if before[1] is not row:
                    notes.append(self._double(label, before, (cell, row)))
        columns = (self.key, *self.steady, *labels)
        made, lines, stated, marks = [], {}, {}, {}
        for place, (key, row) in enumerate(first.items()):
            cells = self.raw.rows[row.place].cells
            own = values[key]
            made.append(
                RawRow(
                    row.number,
                    (
                        *(cells[index[column]] for column in (self.key, *self.steady)),
                        *(own[label][0] if label in own else None for label in labels),
                    ),
                )
            )
            for label, (_, source) in own.items():
                lines[place, label] = source.number
                status = self._status(source, notes)
                if isinstance(status, Status):
                    stated[place, label] = status
                elif status:
                    marks[place, label] = status
        raw = replace(
            self.raw,
            columns=columns,
            rows=tuple(made),
            notes=tuple(notes),
            lines=lines,
            stated=stated,
            marks=marks,
        )
        level, division = rows[0].level, rows[0].division
        beside = {label: frozenset(told) for label, told in units.items()}
        return TablePart(raw, level, division, date, beside, (self.key, *self.steady))

    def _beside(self, about: tuple[str, ...], column: str) -> str:
        """Return what to call a figure of a column in a row that says what it is about, too."""
        whole = self.meanings.one(column)
        if whole is not None and all(self.meanings.belongs(text, whole) for text in about):
            return self._label(column, *about)
        return self._label(*about, column)

    def _label(self, *texts: str) -> str:
        if texts not in self._labels:
            self._labels[texts] = self.meanings.label(texts) if len(texts) > 1 else "".join(texts)
        return self._labels[texts]

    def _status(self, row: TableLine, notes: list[Finding]) -> Status | str | None:
        """Return the status or the mark that a row states."""
        column = self.roles.columns.get("status")
        if column is None:
            return None
        text = cell_text(cell_of(self.raw, row.place, column))
        if self._in_letters is None:
            told = {each.casefold() for each in map(cell_text, cells_of(self.raw, column))}
            self._in_letters = told <= {"", *_QUALITY}
        if self._in_letters:
            return _QUALITY.get(text.casefold())
        status = _STATUSES.get(text.casefold())
        if text and status is None and not any(each.rule == "status" for each in notes):
            expected = ", ".join(STATUS_MEANINGS[each].title for each in PUBLISHABLE)
            notes.append(
                Finding(
                    Severity.WARNING,
                    "status",
                    f"Den Status „{text}“ in Zeile {row.number} kennt die Anwendung nicht; es "
                    f"gilt, was in der Zelle mit dem Wert steht. Bekannt sind: {expected}.",
                    self.raw.name,
                    str(row.number),
                    column,
                    text,
                    expected,
                )
            )
        return status

    def _double(
        self, label: str, before: tuple[Cell, TableLine], again: tuple[Cell, TableLine]
    ) -> Finding:
        same = cell_text(before[0]) == cell_text(again[0])
        return Finding(
            Severity.WARNING if same else Severity.ERROR,
            "figure_repeated",
            f"„{label}“ steht für {again[1].key} zweimal da, in Zeile {before[1].number} und "
            f"{again[1].number}; die erste gilt. Streichen Sie die falsche Zeile.",
            self.raw.name,
            str(again[1].number),
            label,
            cell_text(again[0]),
            cell_text(before[0]),
        )


def _group(row: TableLine) -> tuple[str, str, str]:
    return (row.level or "", row.division or "", str(row.day))


def slot(row: TableLine) -> tuple[object, ...]:
    """Return what a row is about: rows that share it say the same figure."""
    return (row.level, row.division, row.day, row.key, row.about)


def cell_of(raw: RawTable, place: int, column: str) -> Cell:
    """Return the cell of a row."""
    return raw.rows[place].cells[raw.columns.index(column)]


def unit_findings(
    part: TablePart,
    indicators: Mapping[str, str],
    catalogue: Catalogue,
    frame: pd.DataFrame,
) -> Iterator[Finding]:
    """Yield where the unit beside the figures is not the one of the indicator.

    ``frame`` holds what was read of them, by indicator id.
    """
    for column, indicator_id in indicators.items():
        indicator = catalogue.indicator(indicator_id)
        yield from _of_another_unit(part.raw, column, indicator)
        if indicator.counts:
            yield from _not_counted(part.raw, column, indicator, frame[indicator_id].dropna())
        wanted = {indicator.unit.casefold()}
        if indicator.kind == "extensive":
            wanted |= _COUNTED
        if indicator.unit == "%":
            wanted |= {"prozent", "percent", "in %"}
        for unit in sorted(part.units.get(column, ())):
            if unit.casefold() not in wanted:
                yield Finding(
                    Severity.ERROR,
                    "unit",
                    f"„{column}“ steht in der Datei in „{unit}“; der Indikator "
                    f"{indicator.title.de} hat die Einheit „{indicator.unit}“. Rechnen Sie die "
                    "Werte um oder ordnen Sie die Spalte anders zu.",
                    part.raw.name,
                    column=column,
                    found=unit,
                    expected=indicator.unit,
                )


def _of_another_unit(raw: RawTable, column: str, indicator: Indicator) -> Iterator[Finding]:
    """Yield the unit that cells or the title state where it cannot be the indicator's."""
    signs = {cell_text(cell)[-1:] for cell in cells_of(raw, column)}
    found = next((sign for sign, units in _SIGNS.items() if sign in signs), "")
    if found and any(each in indicator.unit.casefold() for each in _SIGNS[found]):
        found = ""
    scaled = narrowing(raw.title) - narrowing(f"{indicator.title.de} {indicator.unit}")
    if not found and indicator.counts and "scale" in scaled and not _MONEY.search(raw.title):
        found = raw.title
    if found:
        yield Finding(
            Severity.ERROR,
            "unit",
            f"Die Werte in „{column}“ stehen in der Datei mit der Einheit „{found}“; der Indikator "
            f"{indicator.title.de} hat die Einheit „{indicator.unit}“. Rechnen Sie die Werte um "
            "oder ordnen Sie die Spalte anders zu.",
            raw.name,
            column=column,
            found=found,
            expected=indicator.unit,
        )


def _not_counted(
    raw: RawTable, column: str, indicator: Indicator, values: pd.Series[float]
) -> Iterator[Finding]:
    """Yield that what should be counts are mostly no whole numbers."""
    broken = values[values % 1 != 0]
    if 2 * len(broken) > len(values):
        first = formats.number(broken.iloc[0], 2)
        yield Finding(
            Severity.ERROR,
            "unit",
            f"In „{column}“ sind {len(broken)} von {len(values)} Werten keine ganzen Zahlen, "
            f"zuerst {first}; der Indikator {indicator.title.de} zählt in „{indicator.unit}“. "
            "Prüfen Sie Einheit und Tausenderzeichen.",
            raw.name,
            column=column,
            found=first,
            expected="ganze Zahlen",
        )


def listed(names: Iterable[str]) -> str:
    """Write names as a sentence ends with them, some of them where they are many."""
    return f"{formats.listed(names, most=_LISTED)}."
