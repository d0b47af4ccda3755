"""What the checks found in a city or in one file, as a list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from inteso_dash.language.findings import WEIGHTS, Finding, Severity, counted, rules_of
from inteso_dash.pages.daten.texts import CHECK_REPORT as TEXTS
from inteso_dash.session.literal import literal

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
        with st.expander(f"{WEIGHTS[Severity.NOTE][1]} ({len(notes)})"):
            _list(notes, explain=True)
    _rules(findings)


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
    _rules(findings)


def _list(findings: Sequence[Finding], *, explain: bool = False) -> None:
    for each in findings:
        parts = (each.title, each.file if explain else "", each.row, each.column)
        place = " · ".join(literal(part) for part in parts if part)
        head = f"{ICONS[each.severity]} **{WEIGHTS[each.severity][0]}**"
        said = f"{head} · {place}  \n{literal(each.text)}"
        if explain and (each.explained or each.severity is not Severity.NOTE):
            said += f"  \n{TEXTS['explained']}{literal(each.explained or TEXTS['open'])}"
        st.markdown(said)


def _rules(findings: Sequence[Finding]) -> None:
    with st.expander(TEXTS["rules"]):
        for rule in rules_of(findings):
            st.markdown(f"**{literal(rule.title)}** (`{rule.id}`)  \n{literal(rule.explanation)}")
