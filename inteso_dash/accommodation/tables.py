"""What the page shows as tables with German heads, on the screen and as files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd

from inteso_dash import formats
from inteso_dash.accommodation.fairness import REST, Fairness, Parts
from inteso_dash.accommodation.situation import Situation
from inteso_dash.catalogue import STATUS_MEANINGS, Status
from inteso_dash.city import City
from inteso_dash.distribution import Verdict

VERDICTS = {
    Verdict.ABOVE: "über dem Soll nach jeder Gewichtung",
    Verdict.BELOW: "unter dem Soll nach jeder Gewichtung",
    Verdict.DEPENDS: "hängt von der Gewichtung ab",
}


def area_table(city: City, shown: Situation) -> pd.DataFrame:
    """Every area with its figures, the highest rate first."""
    rows = shown.areas.sort_values(["rate", "persons"], ascending=False)
    day = shown.population_date
    return pd.DataFrame(
        {
            "Schlüssel": rows.index,
            "Name": rows["name"],
            "Untergebrachte": rows["persons"],
            "je 1.000 Einwohner": rows["rate"],
            "Unterkünfte": rows["sites"],
            "Größte Unterkunft": rows["largest"],
            "Name der größten": rows["largest_name"],
            "Plätze": rows["places"],
            "Nutzbare Plätze": rows["usable"],
            "Freie Plätze": rows["free"],
            "Belegung (%)": rows["occupancy"],
            "Einwohner": rows["population"],
            "Status": [STATUS_MEANINGS[Status(status)].title for status in rows["status"]],
            "Stichtag": shown.date,
            "Stichtag Einwohner": day,
            "Quelle": [city.source_titles(ids) for ids in rows["source_id"]],
        }
    ).reset_index(drop=True)


def fairness_table(shown: Situation, parts: Parts, result: Fairness) -> pd.DataFrame:
    """Every area beside its target, the one furthest above first."""
    rows = result.table.sort_values("difference", ascending=False)
    return pd.DataFrame(
        {
            "Gebiet": [group_name(shown, parts, key) for key in rows.index],
            "Untergebrachte": rows["persons"],
            "Soll": rows["target"],
            "Ist minus Soll": rows["difference"],
            "Ist durch Soll": rows["quotient"],
            "Anteil (%)": rows["share"] * 100,
            "Soll-Anteil (%)": rows["target_share"] * 100,
            "Urteil": [VERDICTS[Verdict(verdict)] for verdict in rows["verdict"]],
        }
    ).reset_index(drop=True)


def group_name(shown: Situation, parts: Parts, key: str) -> str:
    """Name of an area, or of the areas taken together."""
    if key == REST and parts.has_rest and shown.rest is not None:
        return f"die übrigen {len(shown.rest.areas)} zusammen"
    return str(shown.areas.at[key, "name"])


DECIMALS = {
    "je 1.000 Einwohner": 1,
    "Belegung (%)": 1,
    "Anteil (%)": 1,
    "Soll-Anteil (%)": 1,
    "Ist durch Soll": 2,
    "Mittlere Größe": 1,
}
"""Decimals of the columns that are not counts."""


def for_file(table: pd.DataFrame) -> pd.DataFrame:
    """Round the numbers as they are shown, as cells that `exports.to_csv` writes.

    Examples
    --------
    >>> for_file(pd.DataFrame({"Soll": [1.5], "Ist durch Soll": [0.987]})).iloc[0].tolist()
    [Decimal('2'), Decimal('0.99')]
    """

    def cell(value: object, decimals: int) -> object:
        if isinstance(value, float):
            return formats.rounded(value, decimals)
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if isinstance(value, pd.Timestamp):
            return value.date()
        return value if isinstance(value, str | dt.date) and not pd.isna(value) else None

    columns = {
        name: pd.Series(
            [cell(each, DECIMALS.get(str(name), 0)) for each in table[name].tolist()], dtype=object
        )
        for name in table.columns
    }
    return pd.DataFrame(columns)
