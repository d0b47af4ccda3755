"""What the checks found in a city or in one file, as a list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from inteso_dash.language.findings import Finding, Severity
from inteso_dash.session.literal import literal

TEXTS = {
    "clean": "Die Prüfungen haben nichts gefunden.",
    "explained": "**Erklärt:** ",
    "open": "noch nicht",
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


def report(findings: Sequence[Finding]) -> None:
    """Show the findings of a city: what weighs at once, notes folded."""
    if not findings:
        st.success(TEXTS["clean"])
        return
    st.write(counted(findings))
    notes = [each for each in findings if each.severity is Severity.NOTE]
    _list([each for each in findings if each.severity is not Severity.NOTE], explain=True)
    if notes:
        with st.expander(f"{COUNTED[Severity.NOTE][1]} ({len(notes)})"):
            _list(notes, explain=True)


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


def _list(findings: Sequence[Finding], *, explain: bool = False) -> None:
    for each in findings:
        parts = (each.file if explain else "", each.row, each.column)
        place = " · ".join(literal(part) for part in parts if part)
        head = f"{ICONS[each.severity]} **{COUNTED[each.severity][0]}**"
        said = f"{head}{' · ' if place else ''}{place}  \n{literal(each.text)}"
        if explain and (each.explained or each.severity is not Severity.NOTE):
            said += f"  \n{TEXTS['explained']}{literal(each.explained or TEXTS['open'])}"
        st.markdown(said)
