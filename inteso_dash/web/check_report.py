"""What the checks found: of a city as a table, of one file as a list to be read beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from inteso_dash.findings import Finding, Severity

TEXTS = {
    "clean": "Die Prüfungen haben nichts gefunden.",
    "open": "noch nicht erklärt",
    "more": "{count} weitere Befunde",
}
COUNTED = {
    Severity.ERROR: ("Fehler", "Fehler"),
    Severity.WARNING: ("Warnung", "Warnungen"),
    Severity.NOTE: ("Hinweis", "Hinweise"),
}
ICONS = {
    Severity.ERROR: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTE: ":material/info:",
}
_LISTED = 8
_WIDTHS = {"Befund": 460, "Erklärung": 340}
_SEVEN_LINES = 136
_SPECIAL = re.compile(r"([\\`*_\[\]$~<>|:#])")


def report(findings: Sequence[Finding]) -> None:
    """Show the findings of a city as a table."""
    if not findings:
        st.success(TEXTS["clean"])
        return
    st.write(counted(findings))
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Gewicht": COUNTED[each.severity][0],
                    "Datei": each.file,
                    "Gebiet": each.row,
                    "Spalte": each.column,
                    "Befund": each.message,
                    "Erklärung": each.explained
                    or (TEXTS["open"] if each.severity is not Severity.NOTE else ""),
                }
                for each in findings
            ]
        ),
        hide_index=True,
        height=640,
        row_height=_SEVEN_LINES,
        column_config={
            name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()
        },
    )


def file_report(findings: Sequence[Finding]) -> None:
    """Show the findings of one file, the first of them at once."""
    if not findings:
        st.success(TEXTS["clean"])
        return
    st.write(counted(findings))
    _list(findings[:_LISTED])
    if len(findings) > _LISTED:
        with st.expander(TEXTS["more"].format(count=len(findings) - _LISTED)):
            _list(findings[_LISTED:])


def counted(findings: Sequence[Finding]) -> str:
    """Say how many there are of each severity."""
    parts = []
    for severity, (one, many) in COUNTED.items():
        count = sum(each.severity is severity for each in findings)
        parts.append(f"{count} {one if count == 1 else many}")
    return f"{', '.join(parts)}."


def literal(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _list(findings: Sequence[Finding]) -> None:
    for each in findings:
        place = " · ".join(literal(part) for part in (each.row, each.column) if part)
        head = f"{ICONS[each.severity]} **{COUNTED[each.severity][0]}**"
        st.markdown(f"{head}{' · ' if place else ''}{place}  \n{literal(each.message)}")
