"""Lists of the page: what the checks found in a city or in one file, and what was revised."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from inteso_dash.catalogue import PLACE
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.findings import WEIGHTS, Finding, Severity, counted, rules_of
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.daten.texts import CHECK_REPORT, REVISED
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
        st.success(CHECK_REPORT["clean"])
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
        st.success(CHECK_REPORT["clean"])
        return
    st.write(counted(findings))
    _list(findings[:_LISTED])
    if len(findings) > _LISTED:
        with st.expander(CHECK_REPORT["more"].format(count=len(findings) - _LISTED)):
            _list(findings[_LISTED:])
    _rules(findings)


def _list(findings: Sequence[Finding], *, explain: bool = False) -> None:
    for each in findings:
        parts = (each.title, each.file if explain else "", each.row, each.column)
        place = " · ".join(literal(part) for part in parts if part)
        head = f"{ICONS[each.severity]} **{WEIGHTS[each.severity][0]}**"
        said = f"{head} · {place}  \n{literal(each.text)}"
        if explain and (each.explained or each.severity is not Severity.NOTE):
            explained = literal(each.explained or CHECK_REPORT["open"])
            said += f"  \n{CHECK_REPORT['explained']}{explained}"
        st.markdown(said)


def _rules(findings: Sequence[Finding]) -> None:
    with st.expander(CHECK_REPORT["rules"]):
        for rule in rules_of(findings):
            st.markdown(f"**{literal(rule.title)}** (`{rule.id}`)  \n{literal(rule.explanation)}")


def revised(city: City) -> None:
    """List what was revised, where anything was."""
    table = comparison(city)
    if table.empty:
        return
    with st.expander(REVISED["title"].format(count=formats.number(len(table), 0))):
        st.write(REVISED["lead"])
        st.dataframe(table, hide_index=True)


def comparison(city: City) -> pd.DataFrame:
    """Return every replaced figure beside the one that counts.

    Parameters
    ----------
    city : City

    Returns
    -------
    DataFrame
        Ebene, Gebiet, Indikator, Stichtag, bisher, jetzt, Quelle bisher, Quelle jetzt: texts.
    """
    asked = {name: city.replaced[name].unique() for name in ("level", "indicator_id", "date")}
    now = city.rows(**asked).rename(columns={"source_id": "replaced_by"})
    both = city.replaced.merge(now, on=[*PLACE, "replaced_by"], suffixes=("", "_now"))
    rows = []
    for row in both.to_dict("records"):
        level = city.catalogue.level(str(row["level"]))
        indicator = city.catalogue.indicator(str(row["indicator_id"]))
        names = city.areas(level.id, str(row["division"]))["name"]
        rows.append(
            {
                "Ebene": level.title.de,
                "Gebiet": f"{row['area_id']} {names.get(row['area_id'], '')}".strip(),
                "Indikator": f"{indicator.title.de} ({indicator.unit})",
                "Stichtag": formats.date(pd.Timestamp(row["date"]).date()),
                "bisher": _written(row["value"], row["status"], indicator.decimals),
                "jetzt": _written(row["value_now"], row["status_now"], indicator.decimals),
                "Quelle bisher": city.source_titles(str(row["source_id"])),
                "Quelle jetzt": city.source_titles(str(row["replaced_by"])),
            }
        )
    return pd.DataFrame(rows)


def _written(value: float, status: str, decimals: int) -> str:
    return STATUS_MEANINGS[Status(status)].sign or formats.number(value, decimals)
