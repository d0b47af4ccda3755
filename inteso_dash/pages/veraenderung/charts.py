"""What the page draws, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from inteso_dash.catalogue.indicators import Break, Indicator
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.veraenderung import comparison, tables
from inteso_dash.pages.veraenderung.comparison import (
    Comparison,
    Measure,
    Standouts,
    decimals,
    tells_percent,
)
from inteso_dash.pages.veraenderung.picked import standout_rows
from inteso_dash.pages.veraenderung.series import Mode, series
from inteso_dash.pages.veraenderung.words import break_marks
from inteso_dash.views.figures import Bar, Bars, Course, Lines, Mark, Pair, Pairs, Point
from inteso_dash.views.map_view import NotDrawableError
from inteso_dash.views.statement import Statement

MAX_LINES = 6
"""Areas that one chart shows at most, besides the whole city."""
_NAMED = 3
"""Estimated points that are named; of more of the same origin, the rest is counted."""
_INDEX = "Index ({base} = 100)"
_SINCE = "Veränderung seit dem ersten vergleichbaren Stichtag"


def course_lines(
    points: pd.DataFrame,
    marks: Sequence[Mark],
    unit: str,
    decimals: int,
    *,
    reference: str = "",
    neutral: float | None = None,
    period: tuple[dt.date, dt.date] | None = None,
    title: str = "",
    words: str = "",
) -> Lines:
    """Draw a line per area through the points that are comparable, at true distances in time.

    Parameters
    ----------
    points : DataFrame
        As of `series.shown`, with a column source (text).
    marks : sequence of Mark
        Breaks, named at their date; no line crosses those of its own level.
    unit : str
    decimals : int
        Of the values shown.
    reference : str
        Key of the area drawn in grey, the whole city; empty for none.
    neutral : float, optional
        Value at which a thin line stands: 100 for an index, 0 for a change.
    period : (date, date), optional
        What the time axis covers at least.
    title, words : str
    """
    courses = []
    for (area, name), rows in points.groupby(["area_id", "name"], sort=False):
        told = tuple(
            Point(row["date"], float(row["shown"]), int(row["segment"]), _told(row, unit, decimals))
            for row in rows.sort_values("date").to_dict("records")
        )
        courses.append(Course(str(name), told, "quiet" if area == reference else "plain"))
    return Lines(
        title=title,
        unit=unit,
        decimals=decimals,
        words=words,
        note=" ".join(mark.words for mark in marks),
        courses=tuple(courses),
        marks=tuple(marks),
        neutral=neutral,
        period=period,
    )


def _told(row: dict[Any, Any], unit: str, decimals: int) -> str:
    said = [f"{formats.date(row['date'])}: {formats.with_unit(row['shown'], decimals, unit)}"]
    if row["status"] != Status.MEASURED:
        said.append(STATUS_MEANINGS[Status(row["status"])].title)
    return "<br>".join([*said, str(row["source"])])


@dataclass(frozen=True)
class Axis:
    """How the values of a course are written: unit, decimals, neutral value, title."""

    unit: str
    decimals: int
    neutral: float | None
    label: str


def axis(indicator: Indicator, mode: Mode, base: dt.date) -> Axis:
    """Say how what a mode shows is written."""
    if mode is Mode.INDEX:
        return Axis("", 1, 100.0, _INDEX.format(base=formats.date(base)))
    if mode is Mode.ABSOLUTE:
        return Axis(indicator.unit, indicator.decimals, None, indicator.unit)
    measure = Measure.PERCENT if tells_percent(indicator) else Measure.ABSOLUTE
    unit = comparison.unit(indicator, measure)
    decimals = comparison.decimals(indicator, measure)
    return Axis(unit, decimals, 0.0, f"{_SINCE}, {unit}")


def cuts_of(city: City, indicator: Indicator, points: pd.DataFrame) -> dict[str, tuple[Break, ...]]:
    """Return what parts the points of each level."""
    return {
        str(level): breaks(city, indicator.id, str(level), own["date"].tolist())
        for level, own in points.groupby("level", sort=False)
    }


def course_marks(city: City, indicator: Indicator, points: pd.DataFrame) -> tuple[Mark, ...]:
    """Return the breaks of all levels of some points, as a chart marks them."""
    cuts = cuts_of(city, indicator, points).values()
    return break_marks([cut for own in cuts for cut in own], city.catalogue)


def course_chart(
    city: City,
    level: str,
    told: pd.DataFrame,
    written: Axis,
    marks: Iterable[Mark],
    *,
    title: str = "",
    words: str = "",
    period: tuple[dt.date, dt.date] | None = None,
) -> Lines:
    """Return the lines of some points, the whole city in grey.

    Parameters
    ----------
    city : City
    level : str
        Of the areas.
    told : DataFrame
        As of `series.shown`, with a column source (text).
    written : Axis
    marks : iterable of Mark
        Of `course_marks`.
    title, words : str
    period : (date, date), optional
        What the time axis covers at least.
    """
    return course_lines(
        told,
        tuple(marks),
        written.unit,
        written.decimals,
        reference="" if level == city.catalogue.root.id else city.catalogue.city.id,
        neutral=written.neutral,
        period=period,
        title=title,
        words=words,
    )


def estimated(points: pd.DataFrame) -> tuple[str, ...]:
    """Say which points are estimated, what they rest on and how far they may be off.

    Parameters
    ----------
    points : DataFrame
        As of `series.series`.
    """
    own = points[(points["status"] == str(Status.ESTIMATED)) & (points["note"] != "")]
    said = []
    for note, rows in own.groupby("note", sort=False):
        places = [
            f"{name} ({formats.date(day)})"
            for name, day in zip(rows["name"], rows["date"], strict=True)
        ]
        said.append(f"{formats.listed(places, most=_NAMED)}: {note}")
    return tuple(said)


def development_file(
    city: City, indicator_id: str, places: Sequence[tuple[str, str]], told: Statement, kind: str
) -> bytes:
    """Write the course of an indicator over time, one line an area, broken where it breaks.

    Parameters
    ----------
    city : City
    indicator_id : str
    places : sequence of (level, area_id)
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.

    Raises
    ------
    NotDrawableError
        If no area has a value.
    """
    from inteso_dash.drawing.paper.pictures import written

    indicator = city.catalogue.indicator(indicator_id)
    points = series(city, indicator_id, places)
    if points.empty:
        raise NotDrawableError(f"{indicator.title.de}: Die Gebiete haben keine Werte.")
    told_of = [city.source_titles(ids) for ids in points["source_id"]]
    chart = course_lines(
        points.assign(shown=points["value"], source=told_of), (), indicator.unit, indicator.decimals
    )
    subtitle = f"{formats.date(min(points['date']))} bis {formats.date(max(points['date']))}"
    return written(city, chart, told, kind, indicator.title.de, subtitle)


def both_pairs(
    rows: pd.DataFrame,
    days: tuple[dt.date, dt.date],
    indicator: Indicator,
    *,
    note: str = "",
    words: bool = True,
) -> Pairs:
    """Draw both values of areas on one line.

    Parameters
    ----------
    rows : DataFrame
        Columns name, before, after, told, as of `picked.pairs`; the first row on top.
    days : (date, date)
    indicator : Indicator
    note : str
    words : bool
        Whether the change is written beside every line.
    """

    def value(found: float) -> float | None:
        return None if pd.isna(found) else float(found)

    pairs = tuple(
        Pair(str(row["name"]), value(row["before"]), value(row["after"]), row["told"] * words)
        for row in rows.to_dict("records")
    )
    return Pairs(
        unit=indicator.unit,
        decimals=indicator.decimals,
        words="; ".join(f"{row['name']}: {row['told']}" for row in rows.to_dict("records")),
        note=note,
        pairs=pairs,
        names=(formats.date(days[0]), formats.date(days[1])),
    )


def strongest_bars(found: Comparison, picked: Standouts) -> Bars:
    """Draw the strongest changes as bars on both sides of zero, the highest on top.

    Parameters
    ----------
    found : Comparison
    picked : Standouts
    """
    rows = standout_rows(found, picked)
    head = tables.head(found, picked.measure)
    bars = tuple(
        Bar(str(name), float(value), str(told), tone="above" if value > 0 else "below")
        for name, value, told in zip(rows["name"], rows["value"], rows["told"], strict=True)
    )
    return Bars(
        unit=head,
        decimals=decimals(found.indicator, picked.measure),
        words=", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=bars,
        axis=head,
    )
