"""What wide and long tables of figures share: areas, number formats, statuses, duplicates."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inteso_dash.language.statuses import Status
from inteso_dash.language.values import (
    Cell,
    Convention,
    ParsedValue,
    cell_text,
    column_convention,
    normalise_key,
    parse_value,
)
from inteso_dash.tables.sources.frames import NO_VALUE, FigureKey, FigureRow, Figures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from inteso_dash.catalogue import Catalogue
    from inteso_dash.catalogue.city import Level
    from inteso_dash.catalogue.tables import AreaStatus
    from inteso_dash.tables.register import Areas
    from inteso_dash.tables.sources.tables import OpenRow, OpenTable


@dataclass(frozen=True)
class Context:
    """A table of figures while it is read.

    Attributes
    ----------
    opened : OpenTable
    catalogue : Catalogue
    areas : Areas
    statuses : dict
        (area, column) → declared status; an empty column stands for the whole row.
    seen : set of FigureKey
        Keys of the figures accepted so far.
    """

    opened: OpenTable
    catalogue: Catalogue
    areas: Areas
    statuses: dict[tuple[str, str], AreaStatus]
    seen: set[FigureKey] = field(default_factory=set)

    def status_of(self, area: str, column: str) -> AreaStatus | None:
        """Return the declared status of a cell: its own, else that of its whole row."""
        return self.statuses.get((area, column)) or self.statuses.get((area, ""))

    def areas_declared(self, column: str) -> list[str]:
        """Return the areas of whose cell in a column the sidecar declares a status."""
        return [area for area, name in self.statuses if name in {"", column}]


def row_area(context: Context, row: OpenRow, level: Level, division: str) -> str | None:
    """Return the row's area, None with a finding where there is none of that key."""
    opened, known = context.opened, context.areas.of(level.id, division)
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


def report_unknown(
    context: Context, row: OpenRow | None, rule: str, column: str, found: str, known: Iterable[str]
) -> None:
    """Report something that a row names and nobody has declared."""
    context.opened.report.error(
        rule,
        f"{column} ist nicht erklärt; die Zeile ist ausgelassen.",
        row=row.label if row else "",
        column=column,
        found=found or "eine leere Zelle",
        expected=", ".join(known),
    )


def known_division(
    context: Context, level: Level, division: str, row: OpenRow | None = None
) -> bool:
    """Say whether the catalogue declares the division; report it where not."""
    known = [entry.id for entry in level.divisions]
    if division not in known:
        report_unknown(context, row, "unknown_division", "division", division, known)
    return division in known


def known_source(context: Context, source_id: str, row: OpenRow | None = None) -> bool:
    """Say whether any table declares the source; report it where not."""
    known = context.catalogue.sources
    if source_id not in known:
        report_unknown(context, row, "unknown_source", "source_id", source_id, known)
    return source_id in known


def number_convention(
    context: Context,
    column: str,
    cells: Sequence[Cell],
    convention: Convention,
    neighbours: Collection[Convention],
) -> Convention:
    """Decide how a column writes numbers; where that is open, as the neighbours agree to do.

    Parameters
    ----------
    context : Context
    column : str
    cells : sequence of Cell
    convention : Convention
        What the cells tell by themselves, from `column_convention`.
    neighbours : collection of Convention
        What those of the other columns tell.
    """
    if convention is Convention.UNDECIDED:
        agreed = {Convention.GERMAN, Convention.PLAIN}.intersection(neighbours)
        if len(agreed) == 1:
            return agreed.pop()
    if convention not in {Convention.UNDECIDED, Convention.MIXED}:
        return convention
    example = next(
        cell
        for cell in cells
        if isinstance(cell, str) and column_convention([cell]) is not Convention.ANY
    )
    if convention is Convention.MIXED:
        context.opened.report.error(
            "number_format",
            "Die Spalte schreibt Zahlen teils mit Dezimalkomma, teils mit Dezimalpunkt; "
            "mehrdeutige gelten als nicht geliefert. Vereinheitlichen Sie die Spalte.",
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


def accept(
    context: Context,
    figures: Figures,
    figure: FigureRow,
    parsed: ParsedValue,
    row: OpenRow,
    column: str,
) -> None:
    """Give a figure its declared status and add it, unless its key is there already."""
    report, key = context.opened.report, figure.key
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
    declared = context.status_of(key.area_id, figure.column.name)
    if declared is not None:
        if missing == (declared.status in NO_VALUE):
            figure.status = declared.status
            figure.note = figure.note or declared.reason
            if declared.rounded_to is not None:
                changes = {"rounded_to": declared.rounded_to}
                figure.column = figure.column.model_copy(update=changes)
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
            figures.merged.append((*key[:2], *key[3:5], key.area_id, declared.contained_in))
    if figure.status is Status.ROUNDED and figure.column.rounded_to is None:
        report.note(
            "rounding",
            "Der Wert gilt als gerundet, aber nicht erklärt ist, worauf; sein Rundungsfehler zählt "
            "als null.",
            row=row.label,
            column=column,
            found=parsed.raw,
            expected="rounded_to unter columns oder area_statuses",
        )
    if key in context.seen:
        report.error(
            "duplicate_figure",
            f"Zeile {row.number}: {key.indicator_id} vom {key.date:%d.%m.%Y} steht für "
            f"{key.area_id} schon weiter oben; der erste Wert gilt.",
            row=row.label,
            column=column,
            found=parsed.raw,
            expected="jede Zahl einmal je Gebiet, Indikator, Stichtag und Quelle",
        )
        return
    context.seen.add(key)
    figures.rows.append(figure)


def check_statuses(context: Context, figures: Figures) -> None:
    """Report declared statuses that name something the table does not have."""
    opened = context.opened
    present = {figure.key.area_id for figure in figures.rows}
    present |= {area for block in figures.blocks for area in block.areas}
    known = {figure.column.name for figure in figures.rows}
    known |= {block.column.name for block in figures.blocks if block.areas}
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
