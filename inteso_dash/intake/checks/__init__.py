"""Plausibility checks: a numeric frame and what is known about it in, findings out.

The rules need not know the table beforehand. Relations between columns come from the catalogue
where a column is recognised, and from the numbers themselves where it is not.
"""

from __future__ import annotations

import pandas as pd

from inteso_dash.intake.checks import areas, columns
from inteso_dash.intake.checks.context import CheckContext, sorted_findings
from inteso_dash.intake.checks.digits import foreign_digits, foreign_findings, glued_digits
from inteso_dash.intake.checks.names import text_findings
from inteso_dash.intake.checks.parts import contradictions
from inteso_dash.intake.checks.relations import find_relations, shifted_columns
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.intake.checks.structure import structure_findings
from inteso_dash.language.findings import Finding


def run_checks(frame: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Apply all rules to a table.

    Wrong digits are found first; the other rules then look at the numbers that were meant, so
    that one error is reported once and at its cell. Only the comparison with the polygons looks
    at the areas as they are written.

    Parameters
    ----------
    frame : DataFrame
        Numbers; index area id, unique; columns are indicator ids, or any name where the indicator
        is not known.
    context : CheckContext

    Returns
    -------
    list of Finding
        Errors before warnings before notes.

    Raises
    ------
    ValueError
        Where an area or a column occurs twice.
    """
    for axis, labels in (("Zeilen", frame.index), ("Spalten", frame.columns)):
        if not labels.is_unique:
            twice = sorted({str(label) for label in labels[labels.duplicated()]})
            found = f"gefunden doppelte {axis} {twice}, erwartet jede einmal"
            raise ValueError(f"{context.file}: {found}.")
    written = CheckedSheet.of(frame, context)
    meant = written.copy()
    stripped = list(foreign_digits(meant))
    relations = find_relations(meant)
    shifted = list(shifted_columns(meant, relations))
    if shifted:
        relations = find_relations(meant)
    glued = glued_digits(meant, relations)
    findings = [
        *structure_findings(context),
        *shifted,
        *glued,
        *foreign_findings(stripped, written, meant, relations),
        *columns.repeated_column(meant, relations),
        *contradictions(meant, relations),
        *areas.area_polygon(written, meant),
        *areas.total_sum(meant),
        *columns.value_range(meant),
        *text_findings(context),
        *columns.decimals(meant),
        *columns.missing_values(meant),
        *columns.outlier(meant),
    ]
    return sorted_findings(findings)
