"""Long tables: one row a figure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from inteso_dash.catalogue.tables import Column
from inteso_dash.language.statuses import PUBLISHABLE, Status
from inteso_dash.language.values import (
    ParsedValue,
    cell_text,
    column_convention,
    parse_date,
    parse_value,
)
from inteso_dash.tables.sources.frames import NO_VALUE, FigureKey, FigureRow, Figures
from inteso_dash.tables.sources.rows import (
    Context,
    accept,
    known_division,
    known_source,
    number_convention,
    report_unknown,
    row_area,
)

if TYPE_CHECKING:
    from inteso_dash.tables.sources.tables import OpenRow


def read_long(context: Context, figures: Figures) -> None:
    """Add the figures of a long table; what is wrong with it goes to its report.

    Parameters
    ----------
    context : Context
    figures : Figures
        Rows are added to it, in the file's order.
    """
    opened, table = context.opened, context.opened.table
    if opened.lacks(table.key_column, "indicator_id", "value"):
        return
    values = [row.cells[opened.index["value"]] for row in opened.rows]
    convention = number_convention(context, "value", values, column_convention(values), ())
    columns = {column.indicator: column for column in table.columns}
    for row, cell in zip(opened.rows, values, strict=True):
        key = _place(context, row)
        if key is None:
            continue
        figures.printed.append(
            (
                key.level,
                key.area_id,
                key.indicator_id,
                key.date,
                cell_text(cell),
                opened.text(row, "unit"),
                opened.text(row, "note"),
                key.source_id,
            )
        )
        indicator_id = key.indicator_id
        if indicator_id not in columns:
            columns[indicator_id] = Column(name=indicator_id, indicator=indicator_id)
        column = columns[indicator_id]
        rounded = column.rounded_to is not None
        parsed = parse_value(cell, convention=convention, rounded=rounded)
        column = _in_unit(context, row, column)
        status = _stated_status(context, row, parsed)
        value, remark = parsed.value * column.factor, opened.text(row, "note")
        figure = FigureRow(key, value, status, parsed.decimals, column, remark)
        if figure.status in NO_VALUE:
            figure.value = math.nan
        accept(context, figures, figure, parsed, row, "value")


def _place(context: Context, row: OpenRow) -> FigureKey | None:
    """Return the key of a long row, None with a finding where a part of it is not known."""
    opened, table, catalogue = context.opened, context.opened.table, context.catalogue
    level_id = opened.text(row, "level") or table.level or ""
    if not catalogue.has_level(level_id):
        report_unknown(
            context,
            row,
            "unknown_level",
            "level",
            level_id,
            (level.id for level in catalogue.levels),
        )
        return None
    level = catalogue.level(level_id)
    division = opened.text(row, "division") or table.division or level.current.id
    if not known_division(context, level, division, row):
        return None
    area = row_area(context, row, level, division)
    indicator_id = opened.text(row, "indicator_id")
    if not catalogue.has_indicator(indicator_id):
        report_unknown(
            context,
            row,
            "unknown_indicator",
            "indicator_id",
            indicator_id,
            ("eine Kennung aus indicators.yml",),
        )
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
    if area is None or date is None or not known_source(context, source_id, row):
        return None
    return FigureKey(level_id, division, area, indicator_id, date, source_id)


def _in_unit(context: Context, row: OpenRow, column: Column) -> Column:
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


def _stated_status(context: Context, row: OpenRow, parsed: ParsedValue) -> Status:
    """Return the status that the row states, the cell's own where it states none or a wrong one.

    What a row says to be of a scenario is no figure.
    """
    stated = context.opened.text(row, "status")
    if not stated:
        return parsed.status
    if stated not in PUBLISHABLE:
        expected = ", ".join(PUBLISHABLE)
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
    if stated == Status.SCENARIO:
        return Status.NOT_DELIVERED
    withheld = stated in NO_VALUE
    return Status(stated) if withheld else parsed.status
