"""Wide tables: one row an area, one column an indicator."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from inteso_dash.language.values import (
    cell_text,
    column_convention,
    normalise_key,
    parse_value,
    plain_numbers,
)
from inteso_dash.tables.register import same_name
from inteso_dash.tables.sources.frames import Block, FigureGroup, FigureKey, FigureRow, Figures
from inteso_dash.tables.sources.rows import (
    Context,
    accept,
    known_division,
    known_source,
    number_convention,
    row_area,
)

if TYPE_CHECKING:
    from inteso_dash.catalogue.city import Level
    from inteso_dash.catalogue.tables import Column
    from inteso_dash.language.values import Convention
    from inteso_dash.tables.sources.tables import OpenRow


def read_wide(context: Context, figures: Figures) -> None:
    """Add the figures of a wide table; what is wrong with it goes to its report.

    Parameters
    ----------
    context : Context
    figures : Figures
        Rows are added to it, area by area.
    """
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
    if not known_division(context, level, division) or not known_source(context, table.source):
        return
    rows = _keyed_rows(context, level, division)
    _check_complete(context, level, division, {area for area, _ in rows})
    for area, row in rows:
        _check_names_and_parents(context, level, division, area, row)
    columns = [
        (opened.index[column.name], column)
        for column in sorted(table.columns, key=attrgetter("indicator"))
        if not opened.lacks(column.name)
    ]
    cells = [[row.cells[at] for _, row in rows] for at, _ in columns]
    written = [column_convention(column) for column in cells]
    conventions = [
        number_convention(context, column.name, entries, own, written)
        for (_, column), entries, own in zip(columns, cells, written, strict=True)
    ]
    figures.areas = areas = tuple(area for area, _ in rows)
    named = Counter(column.indicator for _, column in columns)
    rest: list[list[tuple[int, Column, Convention]]] = [[] for _ in rows]
    for (at, column), convention, entries in zip(columns, conventions, cells, strict=True):
        plain = np.zeros(len(rows), dtype=bool)
        if named[column.indicator] == 1:
            read, decimals = plain_numbers(entries, convention)
            values = np.array(read, dtype=float)
            plain = ~np.isnan(values) & ~np.isin(areas, context.areas_declared(column.name))
            place = FigureGroup(level.id, division, column.indicator, table.date, table.source)
            own = areas if plain.all() else tuple(np.array(areas, dtype=object)[plain])
            block = Block(place, own, values[plain] * column.factor, decimals, column)
            figures.blocks.append(block)
        for line in np.flatnonzero(~plain).tolist():
            rest[line].append((at, column, convention))
    for (area, row), there in zip(rows, rest, strict=True):
        for at, column, convention in there:
            rounded = column.rounded_to is not None
            parsed = parse_value(row.cells[at], convention=convention, rounded=rounded)
            key = FigureKey(level.id, division, area, column.indicator, table.date, table.source)
            value = parsed.value * column.factor
            figure = FigureRow(key, value, parsed.status, parsed.decimals, column)
            accept(context, figures, figure, parsed, row, column.name)
    unused = set(opened.index) - {column.name for _, column in columns}
    unused -= {table.key_column, table.name_column, *table.parent_columns}
    if unused:
        report.note(
            "unused_column",
            "Diese Spalten sind in der Erklärung nicht genannt und werden nicht gelesen.",
            found=", ".join(sorted(unused)),
        )


def _keyed_rows(context: Context, level: Level, division: str) -> list[tuple[str, OpenRow]]:
    opened, report = context.opened, context.opened.report
    key_column = opened.table.key_column
    rows: dict[str, OpenRow] = {}
    for row in opened.rows:
        area = row_area(context, row, level, division)
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


def _check_complete(context: Context, level: Level, division: str, present: set[str]) -> None:
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
    context: Context, level: Level, division: str, area: str, row: OpenRow
) -> None:
    opened, table, catalogue = context.opened, context.opened.table, context.catalogue
    known = context.areas.of(level.id, division)
    if table.name_column is not None and area in known:
        name, registered = opened.text(row, table.name_column), known[area]
        if name and not same_name(name, registered):
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
        parent = context.areas.ancestor(catalogue, level.id, area, parent_level, division)
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
