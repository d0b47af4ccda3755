"""Figures as they may be compared: what contradicts its own parts is computed from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status

_FEW = 2
_REMARK = "{day}: {made}; gedruckt {printed}, was nicht dazu passt"


class Compared(NamedTuple):
    """A figure as it may be compared, and how far its rounding may be off.

    ``recomputed`` says so where it is not the published one.
    """

    value: float
    recomputed: str
    status: Status
    error: float
    source_id: str = ""


def comparable(city: City, level: str, indicator_id: str, day: dt.date) -> pd.DataFrame:
    """Look up one indicator for all areas of a level, as it may be compared with other Stichtage.

    A published ratio that its own counts, published with it, do not give within rounding is
    computed from them.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    day : date

    Returns
    -------
    DataFrame
        As `City.values`, with a column ``recomputed``: what was done to a value, in German, empty
        where it stands as it is.
    """
    values = city.values(level, indicator_id, day).assign(recomputed="")
    made = city.recomputed.get((level, indicator_id, day))
    if made is None:
        return values
    indicator = city.catalogue.indicator(indicator_id)
    printed = values["value"].astype(float).reindex(made.index)
    said = [
        _REMARK.format(
            day=formats.date(day),
            made=made_of(city, indicator),
            printed=formats.with_unit(value, indicator.decimals, indicator.unit),
        )
        for value in printed
    ]
    remade = made.assign(status=str(Status.COMPUTED), recomputed=said)
    values.loc[remade.index, remade.columns] = remade
    return values


def comparable_cell(
    city: City, level: str, area_id: str, indicator_id: str, day: dt.date
) -> Mapping[str, Any] | None:
    """Look up what is said about one area, as in a row of `comparable`; None where nothing is."""
    made = city.recomputed.get((level, indicator_id, day))
    if made is not None and area_id in made.index:
        row = comparable(city, level, indicator_id, day).loc[[area_id]].iloc[0]
        return {str(name): each for name, each in row.items()}
    cell = city.cell(level, area_id, indicator_id, day)
    return None if cell is None else {**cell, "recomputed": ""}


def compared(city: City, level: str, area_id: str, indicator_id: str, day: dt.date) -> Compared:
    """Look up one figure as it may be compared.

    Parameters
    ----------
    city : City
    level, area_id, indicator_id : str
    day : date
        Of which the area has a value.
    """
    cell = comparable_cell(city, level, area_id, indicator_id, day)
    if cell is None:
        raise KeyError(area_id)
    return figure(cell, str(cell["recomputed"]))


def printed(
    city: City, level: str, area_id: str, indicator_id: str, day: dt.date
) -> Compared | None:
    """Look up one figure of an area of today as it is shown; None where there is no value."""
    cell = city.current_cell(level, area_id, indicator_id, day)
    if cell is None or pd.isna(cell["value"]):
        return None
    return figure(cell)


def figure(cell: Mapping[str, Any] | pd.Series, recomputed: str = "") -> Compared:
    """Take a figure with a value from a row of `City.values`."""
    error = 0.0 if pd.isna(cell["rounding_error"]) else float(cell["rounding_error"])
    status, source = Status(cell["status"]), str(cell["source_id"])
    return Compared(float(cell["value"]), recomputed, status, error, source)


def whole(city: City, indicator_id: str, day: dt.date) -> Compared | None:
    """Look up the whole city's figure as it may be compared; None where it has none."""
    if city.reference(indicator_id, day) is None:
        return None
    return compared(city, city.catalogue.root.id, city.catalogue.city.id, indicator_id, day)


def made_of(city: City, indicator: Indicator) -> str:
    """Say that a ratio was computed, and from what: "aus Bevölkerung und Fläche berechnet"."""
    parts = [*indicator.numerator, *indicator.denominator]
    if len(parts) > _FEW:
        return "aus seinen Teilen berechnet"
    names = [city.catalogue.indicator(part).title.de for part in parts]
    return f"aus {' und '.join(names)} berechnet"
