"""Values over true time as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.figure import Figure

from inteso_dash.drawing.paper.bars import OTHER, TYPE, tick
from inteso_dash.drawing.paper.legend import unit_words
from inteso_dash.drawing.paper.sheet import A5, FAINT, QUIET, Sheet, Size, line_height, text_width
from inteso_dash.language import formats
from inteso_dash.views.statement import Statement

_LINES = ("#1d5f8a", "#b8690f", "#7a6db3", "#5f6b76", "#2e7d6b")
_DASHES = ("-", "--", ":", "-.", (0, (6, 2)))
_MAX_DATES = 6


def development_figure(
    series: pd.DataFrame,
    *,
    unit: str,
    decimals: int,
    title: str = "",
    subtitle: str = "",
    emphasised: str | None = None,
    told: Statement | None = None,
    size: Size = A5,
) -> Figure:
    """Draw values over true time, one line a series, its name behind its last point.

    Parameters
    ----------
    series : DataFrame
        Columns series (name), date, value; where there is a column segment, points of different
        segments are not comparable and not joined.
    unit : str
    decimals : int
    title, subtitle : str
    emphasised : str, optional
        Series to stand out; the others become grey.
    told : Statement, optional
        Written under the chart.
    size : Size
    """
    sheet = Sheet(size, title, subtitle, told)
    groups = [
        (str(name), rows.dropna(subset=["value"]).sort_values("date"))
        for name, rows in series.groupby("series", sort=False)
    ]
    groups = [(name, rows) for name, rows in groups if not rows.empty]
    names = max((text_width(name, TYPE, "semibold") for name, _ in groups), default=0) + 6
    top = sheet.bottom + sheet.height - line_height(TYPE)
    sheet.write(sheet.left, top, unit_words(unit), points=TYPE, colour=QUIET)
    height = top - sheet.bottom - 9
    axes = sheet.axes(sheet.left + 15, sheet.bottom + 6, sheet.width - 15 - names, height)
    ends = []
    for place, (name, rows) in enumerate(groups):
        grey = emphasised is not None and name != emphasised
        colour = OTHER if grey else _LINES[place % len(_LINES)]
        parts = rows.groupby("segment") if "segment" in rows else [(0, rows)]
        for _, part in parts:
            axes.plot(
                date2num(pd.to_datetime(part["date"])),
                part["value"],
                color=colour,
                linestyle=_DASHES[place % len(_DASHES)],
                marker="o",
                markersize=4,
                linewidth=1.2 if grey else 2.0,
                clip_on=False,
            )
        ends.append((float(rows["value"].iloc[-1]), name, QUIET if grey else colour))
    if groups:
        _time_axes(axes, series, decimals)
        _names(sheet, axes, ends, height)
    return sheet.figure


def _time_axes(axes: Axes, series: pd.DataFrame, decimals: int) -> None:
    axes.set_ylim(bottom=min(0.0, float(series["value"].min())))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    days = sorted(set(pd.to_datetime(series["date"].dropna()).dt.date))
    if len(days) <= _MAX_DATES and days[-1].year - days[0].year >= len(days) - 1:
        axes.set_xticks(date2num(days), [formats.date(day) for day in days])
    else:
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=_MAX_DATES))
        axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))
    axes.yaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda value, _: tick(value, decimals)))
    axes.tick_params(labelsize=8, colors=QUIET, length=0)


def _names(sheet: Sheet, axes: Axes, ends: Sequence[tuple[float, str, str]], height: float) -> None:
    """Write the names of the lines at their ends, far enough apart to be read."""
    low, high = axes.get_ylim()
    box = axes.get_position()
    x = box.x1 * sheet.size.width + 2.5
    above = math.inf
    for value, name, colour in sorted(ends, reverse=True):
        y = box.y0 * sheet.size.height + (value - low) / (high - low) * height - TYPE * 0.21
        y = min(y, above - line_height(TYPE))
        sheet.write(x, y, name, points=TYPE, weight="semibold", colour=colour)
        above = y
