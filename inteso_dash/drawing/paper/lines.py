"""Charts on paper with two axes of values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from inteso_dash.drawing import positions
from inteso_dash.drawing.paper.axes import (
    PAPER_TONES,
    SYMBOLS,
    TYPE,
    name_dot,
    tick,
    tick_at,
    titled,
)
from inteso_dash.drawing.paper.legend import HATCHES, unit_words
from inteso_dash.drawing.paper.sheet import (
    FAINT,
    INK,
    QUIET,
    Sheet,
    line_height,
    text_width,
)
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.colours import STROKES, strokes
from inteso_dash.views.dots import Funnel, Scatter
from inteso_dash.views.figures import Curve, Lines, Spans

_MAX_DATES = 6
_DASHES = {
    "solid": "-",
    "dash": "--",
    "dot": ":",
    "dashdot": "-.",
    "longdash": (0, (8, 2)),
    "longdashdot": (0, (8, 2, 1, 2)),
    "dashdotdot": (0, (4, 2, 1, 2, 1, 2)),
}


def lines(chart: Lines, sheet: Sheet) -> None:
    """Draw a line per course through the points that are comparable, at true distances in time."""
    names = max((text_width(course.name, TYPE, "semibold") for course in chart.courses), default=0)
    top = sheet.bottom + sheet.height - line_height(TYPE)
    sheet.write(sheet.left, top, unit_words(chart.unit), points=TYPE, colour=QUIET)
    height = top - sheet.bottom - 9 - (line_height(TYPE) if chart.marks else 0)
    width = sheet.width - 21 - names
    axes = sheet.axes(sheet.left + 15, sheet.bottom + 6, width, height)
    ends = []
    given = strokes(tuple(course.tone for course in chart.courses))
    for course, stroke in zip(chart.courses, given, strict=True):
        colour = PAPER_TONES["quiet"] if stroke is None else stroke.light
        look: dict[str, Any] = {"color": colour, "linewidth": 1.2, "marker": "o"}
        look["markerfacecolor"] = "white" if stroke is None else colour
        if stroke is not None:
            look |= {
                "linewidth": 2.0,
                "linestyle": _DASHES[stroke.dash],
                "marker": SYMBOLS[stroke.symbol],
            }
        for part in course.parts():
            days = [date2num(point.date) for point in part]
            look["drawstyle"] = "steps-post" if course.stepped else "default"
            axes.plot(days, [point.value for point in part], markersize=4.5, clip_on=False, **look)
        ends.append((course.points[-1].value, course.name, colour))
    if not chart.courses:
        return
    _time_axes(axes, chart, width)
    if chart.assumed_from is not None:
        _assumed(axes, chart.assumed_from)
    for at, label in chart.marked():
        style: dict[str, Any] = {"color": QUIET, "linewidth": 0.8}
        if chart.breaks:
            style = {"color": INK, "linewidth": 1.1, "linestyle": (0, (1, 1.5))}
        axes.axvline(date2num(at), **style)
        axes.annotate(
            label,
            (date2num(at), 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=TYPE,
            fontweight="semibold",
            color=INK,
            ha="center",
            annotation_clip=False,
        )
    if chart.neutral is not None:
        axes.axhline(chart.neutral, color=QUIET, linewidth=0.8, zorder=0)
    _names(sheet, axes, ends, height)


def _assumed(axes: Axes, start: dt.date) -> None:
    """Hatch the ground from where on a scenario is shown, and say so at its foot."""
    left, right = date2num(start), axes.get_xlim()[1]
    ground: dict[str, Any] = {"facecolor": "none", "edgecolor": FAINT, "lw": 0, "zorder": 0}
    axes.axvspan(left, right, hatch=HATCHES[Status.SCENARIO], **ground)
    axes.annotate(
        STATUS_MEANINGS[Status.SCENARIO].title,
        (left, 0),
        xycoords=("data", "axes fraction"),
        xytext=(3, 3),
        textcoords="offset points",
        fontsize=TYPE,
        color=QUIET,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def _time_axes(axes: Axes, chart: Lines, width: float) -> None:
    if chart.from_zero:
        axes.set_ylim(bottom=min(0.0, *chart.values))
    marks = [] if chart.breaks else [mark.date for mark in chart.marks]
    shown = [date2num(day) for day in (*chart.days, *(chart.period or ()), *marks)]
    if max(shown) > min(shown):
        axes.set_xlim(min(shown), max(shown))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    days = sorted({*chart.days, *marks})
    per_day = width / max(max(shown) - min(shown), 1)
    needed = text_width(formats.date(days[0]), TYPE) * 1.1
    if all((after - before).days * per_day > needed for before, after in pairwise(days)):
        axes.set_xticks(date2num(days), [formats.date(day) for day in days])
    elif not positions.even(days):
        year, month = (text_width(text, TYPE) * 1.5 for text in ("2000", "00/2000"))
        ticks, texts = positions.written_under(days, width, year, month)
        axes.set_xticks(date2num(ticks), texts)
    else:
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=_MAX_DATES))
        axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))
    axes.yaxis.set_major_formatter(
        mpl.ticker.FuncFormatter(lambda value, _: tick(value, chart.decimals))
    )
    if (step := positions.least_step(*axes.get_ylim(), chart.decimals)) is not None:
        axes.yaxis.set_major_locator(mpl.ticker.MultipleLocator(step))
    axes.tick_params(labelsize=8, colors=QUIET, length=0)
    axes.tick_params(axis="y", pad=6)


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


def curve(chart: Curve, sheet: Sheet) -> None:
    """Draw shares against shares beside the line on which they are equal."""
    side = sheet.height - 14
    axes = sheet.axes(sheet.left + 20, sheet.bottom + 12, min(side * 1.4, sheet.width - 24), side)
    axes.plot([0, 100], [0, 100], color=QUIET, linewidth=1)
    axes.plot(
        [x for x, _, _ in chart.points],
        [y for _, y, _ in chart.points],
        color=STROKES[0].light,
        linewidth=2,
        marker="o",
        markersize=4,
        clip_on=False,
    )
    axes.annotate(chart.even, (32, 34), fontsize=TYPE, color=QUIET, ha="right")
    ticks = [0, 25, 50, 75, 100]
    axes.set_xticks(ticks, [f"{each} %" for each in ticks])
    axes.set_yticks(ticks, [f"{each} %" for each in ticks])
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.tick_params(pad=6)
    titled(axes, chart.across, chart.upwards)


def spans(chart: Spans, sheet: Sheet) -> None:
    """Draw from when to when everything was open, the first one on top."""
    top = sheet.bottom + sheet.height - line_height(TYPE)
    signs = (("o", INK), ("|", INK), (">", PAPER_TONES["plain"]))
    x = sheet.left
    for name, (symbol, colour) in zip(chart.names, signs, strict=True):
        sample = sheet.axes(x, top, 3, 4)
        sample.plot([0], [0], marker=symbol, color=colour, markersize=5, clip_on=False)
        sample.set_axis_off()
        sheet.write(x + 4.5, top, name, points=TYPE)
        x += text_width(name, TYPE) + 12
    height = top - sheet.bottom - 10
    points = min(TYPE, height / max(len(chart.spans), 1) / line_height(1.0))
    names = max((text_width(span.label, points) for span in chart.spans), default=0) + 3
    axes = sheet.axes(sheet.left + names, sheet.bottom + 6, sheet.width - names - 4, height)
    places = range(len(chart.spans))[::-1]
    for place, span in zip(places, chart.spans, strict=True):
        start, end = date2num(span.start), date2num(span.end)
        axes.plot([start, end], [place, place], color=PAPER_TONES["plain"], linewidth=2)
        axes.plot([start], [place], marker="o", color=INK, markersize=3)
        symbol, colour = signs[1] if span.closed else signs[2]
        axes.plot([end], [place], marker=symbol, color=colour, markersize=4)
    axes.set_yticks(list(places), [span.label for span in chart.spans], fontsize=points)
    axes.set_ylim(-0.8, len(chart.spans) - 0.2)
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=_MAX_DATES))
    axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))
    axes.tick_params(axis="x", labelsize=TYPE)
    axes.tick_params(length=0, colors=INK)
    axes.spines[["top", "right", "left"]].set_visible(False)


def scatter(chart: Scatter, sheet: Sheet) -> None:
    """Draw a dot an area by two figures, a line through them, and names of some."""
    axes = sheet.axes(sheet.left + 17, sheet.bottom + 12, sheet.width - 22, sheet.height - 15)
    for bounds, add in zip(chart.bounds, (axes.axvline, axes.axhline), strict=True):
        for bound in bounds:
            add(bound, color=QUIET, linewidth=0.7, linestyle=":", zorder=0)
    for dot in chart.dots:
        axes.plot(
            [dot.x],
            [dot.y],
            marker="o",
            markersize=6.5 if dot.named else 4.5,
            markerfacecolor=dot.colour,
            markeredgecolor=INK,
            markeredgewidth=1.3 if dot.named else 0.4,
            alpha=0.15 if dot.faint else 1,
            linestyle="none",
            clip_on=False,
            zorder=4 if dot.named else 3,
        )
        if dot.named:
            name_dot(axes, dot.label, (dot.x, dot.y))
    if chart.line:
        ends = [x for x, _ in chart.line], [y for _, y in chart.line]
        axes.plot(*ends, color=INK, linewidth=1.2, linestyle="--", zorder=2)
    for axis, decimals in zip((axes.xaxis, axes.yaxis), chart.digits, strict=True):
        axis.set_major_locator(MaxNLocator(6))
        axis.set_major_formatter(partial(tick_at, decimals=decimals))
    titled(axes, chart.across, chart.upwards)


def funnel(chart: Funnel, sheet: Sheet) -> None:
    """Draw a dot an area between the limits; those outside of all of them are filled."""
    most, low, high = chart.bounds
    width, height = sheet.width - 24, sheet.height - 14 - 2 * line_height(TYPE)
    axes = sheet.axes(sheet.left + 18, sheet.bottom + 12, width, height)
    for limits, dash in zip(chart.limits, ("--", ":"), strict=False):
        for side, values in enumerate((limits.lower, limits.upper)):
            label = "" if side else limits.name
            axes.plot(limits.totals, values, color=QUIET, lw=1, linestyle=dash, label=label)
    axes.axhline(chart.reference, color=INK, lw=1.1, label=chart.reference_name)
    own = STROKES[0].light
    for name, outside in zip(chart.names, (False, True), strict=True):
        areas = [area for area in chart.areas if area.outside is outside]
        axes.scatter(
            [area.total for area in areas],
            [area.value for area in areas],
            s=16,
            c=own if outside else "white",
            edgecolors=own,
            linewidths=1,
            zorder=3,
            label=name,
        )
    chosen = chart.chosen
    if chosen is not None:
        look: dict[str, Any] = {"facecolors": "none", "edgecolors": INK, "linewidths": 1.6}
        axes.scatter([chosen.total], [chosen.value], s=56, zorder=4, **look)
    letter = text_width("n" * 20, TYPE) / 20
    for area in chart.named(letter / width, line_height(TYPE) / height):
        axes.annotate(
            area.label,
            (area.total, area.value),
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=TYPE,
            fontweight="semibold" if area is chosen else "normal",
            color=INK,
            va="center",
            zorder=5,
        )
    axes.set_xlim(0, most)
    axes.set_ylim(low, high)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=3,
        fontsize=TYPE,
        frameon=False,
        borderaxespad=0.2,
    )
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, 0))
    axes.yaxis.set_major_formatter(lambda value, _: tick(value, chart.decimals))
    titled(axes, chart.across, chart.upwards)
