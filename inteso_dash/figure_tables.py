"""Tables of figures, wide or long, turned into rows of the one long table."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inteso_dash.catalogue import AreaStatus, Column, Status
from inteso_dash.long_table import NO_VALUE, Figure, Figures
from inteso_dash.values import (
    Cell,
    Convention,
    ParsedValue,
    cell_text,
    column_convention,
    normalise_key,
    parse_date,
    parse_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inteso_dash.catalogue import Catalogue, Level
    from inteso_dash.register import Areas
    from inteso_dash.tables import OpenRow, OpenTable

_NAME_SHOWN = 10
_ANY = Convention.ANY


@dataclass(frozen=True)
class _Context:
    opened: OpenTable
    catalogue: Catalogue
    areas: Areas
    statuses: dict[tuple[str, str], AreaStatus]
    seen: set[tuple[str, str, str, str, dt.date, str]] = field(default_factory=set)

    def status_of(self, area: str, column: str) -> AreaStatus | None:
        """Return the declared status of a cell: its own, else that of its whole row."""
        return self.statuses.get((area, column)) or self.statuses.get((area, ""))


def table_figures(opened: OpenTable, catalogue: Catalogue, areas: Areas) -> Figures:
    """Turn an opened table of figures into rows of the long table.

    Parameters
    ----------
    opened : OpenTable
        Findings are added to its report.
    catalogue : Catalogue
    areas : Areas

    Returns
    -------
    Figures
    """
    statuses: dict[tuple[str, str], AreaStatus] = {}
    for declared in opened.table.area_statuses:
        for column in declared.columns or ("",):
            statuses[declared.area, column] = declared
    context = _Context(opened, catalogue, areas, statuses)
    figures = Figures()
    if opened.table.layout == "wide":
        _read_wide(context, figures)
    else:
        _read_long(context, figures)
    _check_statuses(context, figures)
    return figures


def _read_wide(context: _Context, figures: Figures) -> None:
    opened, table, report = context.opened, context.opened.table, context.opened.report
    if table.level is None or table.date is None or table.source is None:
        report.error(
            "declaration",
            "Eine breite Tabelle braucht in ihrer Erklärung level, date und source.",
            found=f"level {table.level}, date {table.date}, source {table.source}",
            expected="alle drei",
        )
        return
    if opened.lacks(table.key_column):
        return
    level = context.catalogue.level(table.level)
    division = table.division or level.current.id
    if not _known_division(context, level, division) or not _known_source(context, table.source):
        return
    rows = _keyed_rows(context, level, division)
    _check_complete(context, level, division, {area for area, _ in rows})
    for area, row in rows:
        _check_names_and_parents(context, level, division, area, row)
    columns = [column for column in table.columns if not opened.lacks(column.name)]
    cells = {
        column.name: [row.cells[opened.index[column.name]] for _, row in rows] for column in columns
    }
    everything = [cell for column in cells.values() for cell in column]
    for column in columns:
        convention = _convention(context, column.name, cells[column.name], everything)
        rounded = column.rounded_to is not None
        for (area, row), cell in zip(rows, cells[column.name], strict=True):
            parsed = parse_value(cell, convention=convention, rounded=rounded)
            figure = Figure(
                level.id,
                division,
                area,
                column.indicator,
                table.date,
                parsed.value * column.factor,
                parsed.status,
                table.source,
                parsed.decimals,
                column,
            )
            _accept(context, figures, figure, parsed, row, column.name)
    unused = set(opened.index) - {column.name for column in columns}
    unused -= {table.key_column, table.name_column, *table.parent_columns}
    if unused:
        report.note(
            "unused_column",
            "Diese Spalten sind in der Erklärung nicht genannt und werden nicht gelesen.",
            found=", ".join(sorted(unused)),
        )


def _keyed_rows(context: _Context, level: Level, division: str) -> list[tuple[str, OpenRow]]:
    opened, report = context.opened, context.opened.report
    key_column = opened.table.key_column
    known = context.areas.of(level.id, division)
    rows: dict[str, OpenRow] = {}
    for row in opened.rows:
        area = _area(context, row, level, division, known)
        if area is None:
            continue
        if area in rows:
            report.error(
                "duplicate_area",
                f"Das Gebiet steht schon in Zeile {rows[area].number}; die erste Zeile gilt.",
                row=area,
                column=key_column,
                found=f"Zeile {row.number}",
                expected="jedes Gebiet einmal",
            )
            continue
        rows[area] = row
    return list(rows.items())


def _area(
    context: _Context, row: OpenRow, level: Level, division: str, known: dict[str, str]
) -> str | None:
    """Return the row's area, None with a finding where there is none of that key."""
    opened = context.opened
    column = opened.table.key_column
    cell = opened.cell(row, column)
    area = normalise_key(cell, level.key_length)
    if area is None:
        opened.report.error(
            "area_key",
            f"Zeile {row.number}: der Schlüssel fehlt oder hat nicht die Form der Ebene "
            f"{level.id}; die Zeile ist ausgelassen.",
            row=row.label,
            column=column,
            found=cell_text(cell) or "eine leere Zelle",
            expected=f"{level.key_length} Stellen",
        )
    elif known and area not in known:
        opened.report.error(
            "unknown_area",
            f"Zeile {row.number}: das Gebiet steht nicht im Verzeichnis der Ebene {level.id}, "
            f"Gliederung {division}; die Zeile ist ausgelassen.",
            row=row.label,
            column=column,
            found=cell_text(cell),
            expected=f"ein Schlüssel der Gliederung {division}",
        )
        area = None
    return area


def _check_complete(context: _Context, level: Level, division: str, present: set[str]) -> None:
    report, column = context.opened.report, context.opened.table.key_column
    expected = next(entry.areas for entry in level.divisions if entry.id == division)
    if len(present) != expected:
        report.error(
            "area_count",
            f"Die Tabelle hat nicht so viele Gebiete wie die Gliederung {division} der Ebene "
            f"{level.id}.",
            column=column,
            found=len(present),
            expected=expected,
        )
    for area, name in context.areas.of(level.id, division).items():
        if area not in present:
            report.error(
                "missing_area",
                f"Das Gebiet {name} fehlt in der Tabelle.",
                row=area,
                column=column,
                found="keine Zeile",
                expected=area,
            )


def _check_names_and_parents(
    context: _Context, level: Level, division: str, area: str, row: OpenRow
) -> None:
    opened, table, catalogue = context.opened, context.opened.table, context.catalogue
    known = context.areas.of(level.id, division)
    if table.name_column is not None and area in known:
        name, registered = opened.text(row, table.name_column), known[area]
        if name and not _same_name(name, registered):
            opened.report.warning(
                "area_name",
                "Name und Schlüssel passen nicht zusammen; sind Zeilen gegeneinander verschoben?",
                row=area,
                column=table.name_column,
                found=name,
                expected=registered,
            )
    for column, parent_level in table.parent_columns.items():
        if not catalogue.has_level(parent_level) or area not in known:
            continue
        parent = context.areas.ancestor(catalogue, level.id, area, parent_level)
        cell = opened.cell(row, column)
        found = normalise_key(cell, catalogue.level(parent_level).key_length)
        if found != parent:
            opened.report.error(
                "parent_contradiction",
                f"Der Schlüssel {area} widerspricht der Spalte {column!r}.",
                row=area,
                column=column,
                found=cell_text(cell) or "eine leere Zelle",
                expected=parent or "ein übergeordnetes Gebiet",
            )


def _same_name(name: str, registered: str) -> bool:
    """Compare names; one that breaks off counts as the same."""
    shorter, longer = sorted(
        (" ".join(text.removesuffix("…").casefold().split()) for text in (name, registered)),
        key=len,
    )
    return longer.startswith(shorter) and (len(shorter) >= _NAME_SHOWN or shorter == longer)


def _read_long(context: _Context, figures: Figures) -> None:
    opened, table = context.opened, context.opened.table
    if opened.lacks(table.key_column, "indicator_id", "value"):
        return
    values = [row.cells[opened.index["value"]] for row in opened.rows]
    convention = _convention(context, "value", values, values)
    columns = {column.indicator: column for column in table.columns}
    for row, cell in zip(opened.rows, values, strict=True):
        placed = _place(context, row)
        if placed is None:
            continue
        level, division, area, indicator_id, date, source_id = placed
        figures.printed.append(
            (
                level,
                area,
                indicator_id,
                date,
                cell_text(cell),
                opened.text(row, "unit"),
                opened.text(row, "note"),
                source_id,
            )
        )
        column = columns.get(indicator_id) or Column(name=indicator_id, indicator=indicator_id)
        rounded = column.rounded_to is not None
        parsed = parse_value(cell, convention=convention, rounded=rounded)
        column = _in_unit(context, row, column)
        figure = Figure(
            level,
            division,
            area,
            indicator_id,
            date,
            parsed.value * column.factor,
            _stated_status(context, row, parsed),
            source_id,
            parsed.decimals,
            column,
        )
        if figure.status in NO_VALUE:
            figure.value = math.nan
        _accept(context, figures, figure, parsed, row, "value")


def _place(context: _Context, row: OpenRow) -> tuple[str, str, str, str, dt.date, str] | None:
    """Return the key of a long row, None with a finding where a part of it is not known."""
    opened, table, catalogue = context.opened, context.opened.table, context.catalogue
    level_id = opened.text(row, "level") or table.level or ""
    if not catalogue.has_level(level_id):
        _unknown(context, row, "level", level_id, (level.id for level in catalogue.levels))
        return None
    level = catalogue.level(level_id)
    division = opened.text(row, "division") or table.division or level.current.id
    if not _known_division(context, level, division, row):
        return None
    area = _area(context, row, level, division, context.areas.of(level_id, division))
    indicator_id = opened.text(row, "indicator_id")
    if not catalogue.has_indicator(indicator_id):
        _unknown(context, row, "indicator_id", indicator_id, ("eine Kennung aus indicators.yml",))
        return None
    cell = opened.cell(row, "date")
    date = table.date if cell is None else parse_date(cell)
    if date is None:
        opened.report.error(
            "date",
            "Der Stichtag ist kein Datum; die Zeile ist ausgelassen.",
            row=row.label,
            column="date",
            found=cell_text(cell) or "eine leere Zelle",
            expected="2021-12-31 oder 31.12.2021",
        )
    source_id = opened.text(row, "source_id") or table.source or ""
    if area is None or date is None or not _known_source(context, source_id, row):
        return None
    return level_id, division, area, indicator_id, date, source_id


def _unknown(
    context: _Context, row: OpenRow | None, column: str, found: str, known: Iterable[str]
) -> None:
    context.opened.report.error(
        f"unknown_{column.removesuffix('_id')}",
        f"{column} ist nicht erklärt; die Zeile ist ausgelassen.",
        row=row.label if row else "",
        column=column,
        found=found or "eine leere Zelle",
        expected=", ".join(known),
    )


def _known_division(
    context: _Context, level: Level, division: str, row: OpenRow | None = None
) -> bool:
    known = [entry.id for entry in level.divisions]
    if division not in known:
        _unknown(context, row, "division", division, known)
    return division in known


def _known_source(context: _Context, source_id: str, row: OpenRow | None = None) -> bool:
    known = context.catalogue.sources
    if source_id not in known:
        _unknown(context, row, "source_id", source_id, known)
    return source_id in known


def _in_unit(context: _Context, row: OpenRow, column: Column) -> Column:
    """Return the column with the factor that the row's unit asks for; NaN where none is known."""
    unit = context.opened.text(row, "unit")
    wanted = context.catalogue.indicator(column.indicator).unit
    if unit == wanted and column.factor != 1.0:
        return column.model_copy(update={"factor": 1.0})
    if unit and unit != wanted and column.factor == 1.0:
        context.opened.report.error(
            "unit",
            "Die Einheit ist nicht die des Indikators und kein Faktor ist erklärt; der Wert gilt "
            "als nicht geliefert.",
            row=row.label,
            column="unit",
            found=unit,
            expected=wanted,
        )
        return column.model_copy(update={"factor": math.nan})
    return column


def _stated_status(context: _Context, row: OpenRow, parsed: ParsedValue) -> Status:
    """Return the status that the row states, the cell's own where it states none or a wrong one."""
    stated = context.opened.text(row, "status")
    if not stated:
        return parsed.status
    if stated not in set(Status):
        expected = ", ".join(Status)
    elif (stated in NO_VALUE) != math.isnan(parsed.value):
        expected = "keinen Wert" if stated in NO_VALUE else "einen Wert"
    elif stated == Status.ZERO and parsed.value != 0:
        expected = "den Wert 0"
    else:
        return Status(stated)
    context.opened.report.error(
        "status_conflict",
        "Der angegebene Status passt nicht zum Wert oder ist nicht bekannt.",
        row=row.label,
        column="status",
        found=f"{stated} mit Wert {parsed.raw!r}",
        expected=expected,
    )
    withheld = stated in NO_VALUE
    return Status(stated) if withheld else parsed.status


def _convention(
    context: _Context, column: str, cells: list[Cell], everything: list[Cell]
) -> Convention:
    """Decide how a column writes numbers, with the table's other columns where it is open."""
    convention = column_convention(cells)
    if convention is Convention.UNDECIDED:
        whole = column_convention(everything)
        if whole in {Convention.GERMAN, Convention.PLAIN}:
            return whole
    if convention not in {Convention.UNDECIDED, Convention.MIXED}:
        return convention
    example = next(
        cell for cell in cells if isinstance(cell, str) and column_convention([cell]) is not _ANY
    )
    if convention is Convention.MIXED:
        context.opened.report.error(
            "number_format",
            "Die Spalte schreibt Zahlen teils mit Dezimalkomma, teils mit Dezimalpunkt; "
            "mehrdeutige gelten als deutsch geschrieben. Vereinheitlichen Sie die Spalte.",
            column=column,
            found=example,
            expected="eine Schreibweise",
        )
    else:
        value = parse_value(example, convention=convention).value
        context.opened.report.warning(
            "number_format",
            f"Ob das Zeichen Tausender oder Dezimalen trennt, ist nicht zu erkennen; {example} ist "
            f"als {value:g} gelesen, wie in Deutschland üblich.",
            column=column,
            found=example,
            expected="eine eindeutige Schreibweise",
        )
    return convention


def _accept(
    context: _Context,
    figures: Figures,
    figure: Figure,
    parsed: ParsedValue,
    row: OpenRow,
    column: str,
) -> None:
    """Give a figure its declared status and add it, unless its key is there already."""
    report = context.opened.report
    if parsed.problem:
        report.error(
            "value",
            f"Der Wert ist nicht lesbar: {parsed.problem}. Er gilt als nicht geliefert.",
            row=row.label,
            column=column,
            found=parsed.raw,
            expected="eine Zahl oder ein Zeichen der amtlichen Statistik",
        )
    missing = math.isnan(figure.value)
    if missing and figure.status not in NO_VALUE:
        figure.status = Status.NOT_DELIVERED
    declared = context.status_of(figure.area_id, figure.column.name)
    if declared is not None:
        if missing == (declared.status in NO_VALUE):
            figure.status = declared.status
        elif declared.columns:
            report.error(
                "status_conflict",
                f"Erklärt ist der Status {declared.status}, die Zelle sagt etwas anderes.",
                row=row.label,
                column=column,
                found=parsed.raw or "eine leere Zelle",
                expected="eine leere Zelle" if declared.status in NO_VALUE else "einen Wert",
            )
        if missing and declared.status is Status.MERGED and declared.contained_in:
            figures.merged.append(
                (*figure.key[:2], *figure.key[3:5], figure.area_id, declared.contained_in)
            )
    if figure.key in context.seen:
        report.error(
            "duplicate_figure",
            f"Zeile {row.number}: {figure.indicator_id} vom {figure.date:%d.%m.%Y} steht für "
            f"{figure.area_id} schon weiter oben; der erste Wert gilt.",
            row=row.label,
            column=column,
            found=parsed.raw,
            expected="jede Zahl einmal je Gebiet, Indikator, Stichtag und Quelle",
        )
        return
    context.seen.add(figure.key)
    figures.rows.append(figure)


def _check_statuses(context: _Context, figures: Figures) -> None:
    """Report declared statuses that name something the table does not have."""
    opened = context.opened
    present = {figure.area_id for figure in figures.rows}
    known = {figure.column.name for figure in figures.rows}
    for declared in opened.table.area_statuses:
        wrong = [column for column in declared.columns if column not in known]
        if declared.area not in present:
            found, expected = declared.area, "ein Gebiet der Tabelle"
        elif wrong:
            found, expected = ", ".join(wrong), "Spalten oder Indikatoren der Tabelle"
        elif declared.status is Status.MERGED and declared.contained_in not in present:
            found, expected = f"contained_in {declared.contained_in}", "ein Gebiet der Tabelle"
        else:
            continue
        opened.report.error(
            "area_status",
            "Die Erklärung area_statuses nennt etwas, das die Tabelle nicht hat.",
            row=declared.area,
            found=found,
            expected=expected,
        )
