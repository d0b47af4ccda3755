"""What the checks found, as a count and a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from inteso_dash.findings import Finding, Severity

TEXTS = {
    "lead": "{errors} Fehler, {warnings} Warnungen, {notes} Hinweise.",
    "clean": "Die Prüfungen haben nichts gefunden.",
    "open": "noch nicht erklärt",
}
SEVERITIES = {
    Severity.ERROR: "Fehler",
    Severity.WARNING: "Warnung",
    Severity.NOTE: "Hinweis",
}


def report(findings: Sequence[Finding], *, height: int = 560, of_one_file: bool = False) -> None:
    """Show findings; those of one file need neither its name nor explanations."""
    if not findings:
        st.success(TEXTS["clean"])
        return
    count = {kind: sum(each.severity is kind for each in findings) for kind in Severity}
    st.write(
        TEXTS["lead"].format(
            errors=count[Severity.ERROR],
            warnings=count[Severity.WARNING],
            notes=count[Severity.NOTE],
        )
    )
    table = pd.DataFrame(
        [
            {
                "Gewicht": SEVERITIES[each.severity],
                "Datei": each.file,
                "Gebiet": each.row,
                "Spalte": each.column,
                "Befund": each.message,
                "Erklärung": each.explained
                or (TEXTS["open"] if each.severity is not Severity.NOTE else ""),
            }
            for each in findings
        ]
    )
    if of_one_file:
        table = table.drop(columns=["Datei", "Erklärung"])
    st.dataframe(table, hide_index=True, height=height)
