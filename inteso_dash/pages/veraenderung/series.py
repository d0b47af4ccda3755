"""One indicator of several areas over time: its points, where it breaks, index, change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.city.comparable import comparable_cell


class SeriesPoint(NamedTuple):
    """A value of a series.

    Attributes
    ----------
    recomputed : str
        As of `comparable`.
    segment : int
        Counts the breaks up to the point: lines join equal ones.
    """

    level: str
    division: str
    area_id: str
    name: str
    indicator_id: str
    date: dt.date
    value: float
    status: str
    source_id: str
    rounding_error: float
    note: str
    recomputed: str
    segment: int


COLUMNS = SeriesPoint._fields
"""Columns of a series."""


class Mode(StrEnum):
    """What a line chart shows of a series."""

    ABSOLUTE = "Werte"
    INDEX = "Index"
    SINCE_START = "Veränderung seit Beginn"


_START_AREAS = 3


def start_areas(city: City, level: str, indicator: str) -> list[str]:
    """Return the areas that a course begins with: study areas, else those with the longest series.

    None of them is without any value.
    """
    known = city.once(start_areas, (level, indicator), lambda: _valued(city, level, indicator))
    studied = [area.area for area in city.catalogue.study_areas if area.level == level]
    chosen = [key for key in studied if key in known.index]
    longest = known.sort_values(ascending=False, kind="stable").index
    return chosen or [str(key) for key in longest[:_START_AREAS]]


def _valued(city: City, level: str, indicator: str) -> pd.Series[int]:
    """Return for how many Stichtage today's areas have a value, without those that have none."""
    areas = city.areas(level).index
    counted = pd.Series(0, index=areas)
    for day in city.dates(level, indicator):
        counted += city.known(level, indicator, day).notna().reindex(areas, fill_value=False)
    return counted[counted > 0]


def series(
    city: City,
    indicator_id: str,
    places: Sequence[tuple[str, str]],
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> pd.DataFrame:
    """Return the points of an indicator that have a value.

    Parameters
    ----------
    city : City
    indicator_id : str
    places : sequence of (level, area_id)
    start, end : date, optional
        First and last Stichtag.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`, area by area in the order given, oldest first.
    """
    return pd.DataFrame(points(city, indicator_id, places, start, end), columns=list(COLUMNS))


def points(
    city: City,
    indicator_id: str,
    places: Sequence[tuple[str, str]],
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> list[SeriesPoint]:
    """Return what `series` returns, point by point."""
    found: dict[tuple[str, str], list[SeriesPoint]] = {place: [] for place in places}
    for level in dict.fromkeys(level for level, _ in places):
        days = [
            day
            for day in city.dates(level, indicator_id)
            if (start is None or day >= start) and (end is None or day <= end)
        ]
        cuts = breaks(city, indicator_id, level, days)
        wanted = dict.fromkeys(area_id for at, area_id in places if at == level)
        for day in days:
            division = city.division(level, day, indicator_id)
            names = city.areas(level, division)["name"]
            segment = sum(cut.date <= day for cut in cuts)
            for area_id in wanted:
                cell = comparable_cell(city, level, area_id, indicator_id, day)
                name = names.get(area_id)
                if cell is None or name is None or pd.isna(cell["value"]):
                    continue
                error, recomputed = cell["rounding_error"], str(cell["recomputed"])
                point = SeriesPoint(
                    level=level,
                    division=division,
                    area_id=area_id,
                    name=str(name),
                    indicator_id=indicator_id,
                    date=day,
                    value=float(cell["value"]),
                    status=str(cell["status"]),
                    source_id=str(cell["source_id"]),
                    rounding_error=0.0 if pd.isna(error) else float(error),
                    note="; ".join(filter(None, (recomputed, str(cell["note"])))),
                    recomputed=recomputed,
                    segment=segment,
                )
                found[level, area_id].append(point)
    return [point for place in found.values() for point in place]


def shown(points: pd.DataFrame, mode: Mode, base: dt.date, *, percent: bool) -> pd.DataFrame:
    """Return what a line chart shows, in a further column ``shown``.

    Parameters
    ----------
    points : DataFrame
        As of `series`.
    mode : Mode
        The values; the index with the value of ``base`` as 100; or the change since the first
        comparable point.
    base : date
        Stichtag of the index.
    percent : bool
        Whether change is told in per cent of the first point.

    Returns
    -------
    DataFrame
        Without the points that cannot be compared with their base.

    Examples
    --------
    >>> points = pd.DataFrame(
    ...     {
    ...         "level": "l",
    ...         "area_id": "a",
    ...         "date": [dt.date(2010, 1, 1), dt.date(2020, 1, 1)],
    ...         "value": [50.0, 60.0],
    ...         "segment": 0,
    ...     }
    ... )
    >>> shown(points, Mode.INDEX, dt.date(2010, 1, 1), percent=True)["shown"].tolist()
    [100.0, 120.0]
    >>> shown(points, Mode.SINCE_START, dt.date(2010, 1, 1), percent=True)["shown"].tolist()
    [0.0, 20.0]
    """
    if mode is Mode.ABSOLUTE or points.empty:
        return points.assign(shown=points["value"])
    keys = ["level", "area_id", "segment"]
    if mode is Mode.INDEX:
        bases = points.loc[points["date"] == base, [*keys, "value"]]
    else:
        bases = points.sort_values("date").groupby(keys, sort=False)["value"].first().reset_index()
    based = points.merge(bases.rename(columns={"value": "base"}), on=keys, how="inner")
    if mode is Mode.INDEX:
        based = based[based["base"] > 0]
        result = based["value"] / based["base"] * 100
    elif percent:
        based = based[based["base"] > 0]
        result = (based["value"] - based["base"]) / based["base"] * 100
    else:
        result = based["value"] - based["base"]
    return based.assign(shown=result).drop(columns="base").reset_index(drop=True)
