"""What the page draws, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.veraenderung import tables
from inteso_dash.pages.veraenderung.comparison import Comparison, Standouts, decimals
from inteso_dash.pages.veraenderung.picked import standout_rows
from inteso_dash.views.figures import Bar, Bars, Course, Lines, Mark, Pair, Pairs, Point

MAX_LINES = 6
"""Areas that one chart shows at most, besides the whole city."""


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


def both_pairs(
    rows: pd.DataFrame,
    days: tuple[dt.date, dt.date],
    indicator: Indicator,
    *,
    title: str = "",
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
    title, note : str
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
        title=title,
        unit=indicator.unit,
        decimals=indicator.decimals,
        words="; ".join(f"{row['name']}: {row['told']}" for row in rows.to_dict("records")),
        note=note,
        pairs=pairs,
        names=(formats.date(days[0]), formats.date(days[1])),
    )


def strongest_bars(found: Comparison, picked: Standouts, *, title: str = "") -> Bars:
    """Draw the strongest changes as bars on both sides of zero, the highest on top.

    Parameters
    ----------
    found : Comparison
    picked : Standouts
    title : str
    """
    rows = standout_rows(found, picked)
    head = tables.head(found, picked.measure)
    bars = tuple(
        Bar(str(name), float(value), str(told), tone="above" if value > 0 else "below")
        for name, value, told in zip(rows["name"], rows["value"], rows["told"], strict=True)
    )
    return Bars(
        title=title,
        unit=head,
        decimals=decimals(found.indicator, picked.measure),
        words=", ".join(f"{bar.label} {bar.written}" for bar in bars),
        bars=bars,
        axis=head,
    )
