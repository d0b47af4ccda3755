"""Rule on columns that were pasted one row too high or too low.

The catalogue says how columns depend on one another. A column that contradicts its relatives in
most rows, and in hardly any where it is read one row further, stands in the wrong rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import ENOUGH
from inteso_dash.intake.checks.relations import Relation, contradicting, halves, whole
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import listed

_MOST, _HARDLY = 0.5, 0.05
"""Parts of the rows that contradict as the column stands, and as it is meant."""
_NAMED = 3
_WAYS = {-1: ("unten", "höher"), 1: ("oben", "tiefer")}
"""By how many rows a column is to be moved: where it has slid to, where its values belong."""


def shifted_columns(sheet: CheckedSheet, relations: list[Relation]) -> Iterator[Finding]:
    """Find columns that slid by one row against the others, name them and move them back.

    Parameters
    ----------
    sheet : CheckedSheet
        Rows in the order of the file; is corrected, so that no other rule names each row.
    relations : list of Relation
        Those that were only found in the numbers accuse nobody.
    """
    half = halves(sheet, relations)
    for column in sheet.frame.columns:
        related = [each for each in relations if each.declared and column in each.columns]
        if not related:
            continue
        before, known = _contradicting(sheet.frame, related, half)
        if known < ENOUGH or before <= _MOST * known:
            continue
        for by, (slid, belongs) in _WAYS.items():
            moved = sheet.frame.assign(**{column: sheet.frame[column].shift(by)})
            after, left = _contradicting(moved, related, half)
            if left < known - 1 or after > _HARDLY * left:
                continue
            sheet.frame[column] = moved[column]
            others = dict.fromkeys(
                f"„{sheet.context.label(other)}“"
                for each in related
                for other in each.columns
                if other != column
            )
            name, named = sheet.context.label(column), listed(list(others)[:_NAMED])
            yield sheet.context.finding(
                Severity.ERROR,
                "shifted_column",
                f"Die Spalte „{name}“ ist vermutlich um eine Zeile nach {slid} gerutscht: In "
                f"{before} von {known} Zeilen widerspricht sie {named}, eine Zeile "
                f"{belongs} gelesen in {after or 'keiner'}. Prüfen Sie das Original und setzen Sie "
                f"die Werte eine Zeile {belongs}.",
                column=column,
                found=f"{before} von {known} Zeilen widersprechen",
                expected=f"Werte eine Zeile {belongs}",
            )
            break


def _contradicting(
    frame: pd.DataFrame, relations: list[Relation], half: dict[str, float]
) -> tuple[int, int]:
    """Count the rows that contradict a relation, and those that could."""
    known = np.logical_or.reduce([whole(each, frame) for each in relations])
    return int(contradicting(relations, frame, half).sum()), int(known.sum())
