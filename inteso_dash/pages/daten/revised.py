"""Figures that a later delivery has revised, as they were and as they are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from inteso_dash.catalogue import PLACE
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.daten.texts import REVISED as TEXTS


def section(city: City) -> None:
    """List what was revised, where anything was."""
    table = comparison(city)
    if table.empty:
        return
    with st.expander(TEXTS["title"].format(count=formats.number(len(table), 0))):
        st.write(TEXTS["lead"])
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
