"""Every chart as a picture: the same data as on the screen, drawn without a browser."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from inteso_dash.drawing import positions
from inteso_dash.drawing.paper.legend import HATCHES, unit_words
from inteso_dash.drawing.paper.sheet import (
    FAINT,
    INK,
    MM_PER_POINT,
    QUIET,
    Sheet,
    line_height,
    text_width,
)
from inteso_dash.drawing.positions import beeswarm
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.colours import BAND, COMPARED, STROKES, TONES, Stroke, strokes
from inteso_dash.views.dots import Funnel, Scatter, Swarm
from inteso_dash.views.figures import Bar, Bars, Chart, Columns, Curve, Lines, Pairs, Spans

TYPE = 9.0
"""Size of the letters of a chart, in points."""
_TONES = TONES["light"]
_MAX_ROW = 9.0
_GAP = 3.0
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
_SYMBOLS = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "triangle": "^",
    "star": "*",
    "x": "X",
    "cross": "P",
}


def draw(chart: Chart, sheet: Sheet) -> Figure:
    """Draw a chart on a sheet.

    Parameters
    ----------
    chart : Chart
    sheet : Sheet
        Its title and footer are there already.
    """
    _DRAW[type(chart)](chart, sheet)
    return sheet.figure


def _bars(chart: Bars, sheet: Sheet) -> None:
    """Draw rows from the top of the sheet, labels left, values behind their bars."""
    top = sheet.bottom + sheet.height
    if chart.axis:
        top -= line_height(TYPE)
        sheet.write(sheet.left, top, chart.axis, points=TYPE, colour=QUIET)
        top -= _GAP
    if chart.compared and (chart.name or chart.reference_name):
        top = _key(sheet, top, chart) - _GAP
    bars = chart.bars
    height = min((top - sheet.bottom) / max(len(bars), 1), _MAX_ROW)
    labels = max((text_width(bar.label, TYPE) for bar in bars), default=0) + 3
    written = max((text_width(bar.written, TYPE, "semibold") for bar in bars), default=0) + 3
    before = written if chart.signed else 0.0
    width = sheet.width - labels - written - before
    axes = sheet.axes(
        sheet.left + labels + before, top - height * len(bars), width, height * len(bars)
    )
    axes.set_axis_off()
    everything = [each for bar in bars for each in _extent(bar)]
    low, high = min(0.0, *everything), max(0.0, *everything)
    if not high > low:
        high = low + 1
    axes.set_xlim(low, high)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    drawn = axes.barh(
        range(len(bars)),
        [bar.value for bar in bars],
        height=0.62,
        color=[_TONES[bar.tone] for bar in bars],
    )
    for patch, bar in zip(drawn, bars, strict=True):
        if bar.together or chart.assumed:
            patch.set_hatch("////" if bar.together else HATCHES[Status.SCENARIO])
    for place, bar in enumerate(bars):
        if bar.band is not None:
            ends = [place + 0.38, place + 0.38]
            axes.plot(bar.band, ends, color=BAND["light"], lw=3, solid_capstyle="butt")
        for value, stroke in zip(bar.others, COMPARED, strict=False):
            if value is not None:
                _sign(axes, value, place, stroke)
        if bar.whisker is not None:
            _whisker(axes, bar.whisker, place)
        if bar.reference is not None:
            ends = [place - 0.42, place + 0.42]
            axes.plot([bar.reference] * 2, ends, color="white", lw=2.6, clip_on=False)
            axes.plot([bar.reference] * 2, ends, color=INK, lw=1.4, clip_on=False)
        y = top - height * (place + 0.5) - TYPE * 0.21
        sheet.write(sheet.left, y, bar.label, points=TYPE)
        end = min(_extent(bar)) if bar.value < 0 else max(0.0, *_extent(bar))
        x = sheet.left + labels + before + (end - low) / (high - low) * width
        side = -1.5 if bar.value < 0 else 1.5
        align = "right" if bar.value < 0 else "left"
        sheet.write(x + side, y, bar.written, points=TYPE, weight="semibold", align=align)
    axes.axvline(0, color=INK if chart.signed else QUIET, lw=0.6)


def _extent(bar: Bar) -> tuple[float, ...]:
    return (bar.value, *bar.compared, *(bar.band or ()), *(bar.whisker or ()))


def _whisker(axes: Axes, reach: tuple[float, float], place: int) -> None:
    for colour, width in (("white", 2.6), (INK, 1.0)):
        axes.plot(reach, [place, place], color=colour, lw=width, clip_on=False)
        for end in reach:
            ends = [place - 0.16, place + 0.16]
            axes.plot([end, end], ends, color=colour, lw=width, clip_on=False)


def _sign(axes: Axes, x: float, y: float, stroke: Stroke) -> None:
    look: dict[str, Any] = {"color": stroke.light, "markeredgecolor": "white", "markersize": 6.5}
    axes.plot([x], [y], marker=_SYMBOLS[stroke.symbol], linestyle="none", clip_on=False, **look)


def _key(sheet: Sheet, top: float, chart: Bars) -> float:
    """Name bars, references and others in as many lines as they need; return their lower end."""
    signs: list[tuple[str, float, Stroke | str]] = [
        (chart.name, 5.0, _TONES["plain"]),
        (chart.reference_name, 0.5, INK),
        *((name, 3.6, each) for name, each in zip(chart.other_names, COMPARED, strict=False)),
    ]
    x, y = sheet.left, top - line_height(TYPE)
    for text, width, sign in signs:
        needed = width + 1.5 + text_width(text, TYPE)
        if not text:
            continue
        if x > sheet.left and x + needed > sheet.left + sheet.width:
            x, y = sheet.left, y - line_height(TYPE) - 1
        sample = sheet.axes(x, y, width, 3.6)
        sample.set_axis_off()
        if isinstance(sign, Stroke):
            _sign(sample, 0.5, 0.5, sign)
            sample.set(xlim=(0, 1), ylim=(0, 1))
        else:
            sample.axvspan(0, 1, color=sign)
        sheet.write(x + width + 1.5, y, text, points=TYPE)
        x += needed + 6
    return y


def _lines(chart: Lines, sheet: Sheet) -> None:
    names = max((text_width(course.name, TYPE, "semibold") for course in chart.courses), default=0)
    top = sheet.bottom + sheet.height - line_height(TYPE)
    sheet.write(sheet.left, top, unit_words(chart.unit), points=TYPE, colour=QUIET)
    height = top - sheet.bottom - 9 - (line_height(TYPE) if chart.marks else 0)
    width = sheet.width - 21 - names
    axes = sheet.axes(sheet.left + 15, sheet.bottom + 6, width, height)
    ends = []
    given = strokes(tuple(course.tone for course in chart.courses))
    for course, stroke in zip(chart.courses, given, strict=True):
        colour = _TONES["quiet"] if stroke is None else stroke.light
        look: dict[str, Any] = {"color": colour, "linewidth": 1.2, "marker": "o"}
        look["markerfacecolor"] = "white" if stroke is None else colour
        if stroke is not None:
            look |= {
                "linewidth": 2.0,
                "linestyle": _DASHES[stroke.dash],
                "marker": _SYMBOLS[stroke.symbol],
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


def _pairs(chart: Pairs, sheet: Sheet) -> None:
    names = max((text_width(pair.label, TYPE) for pair in chart.pairs), default=0) + 4
    told = max((text_width(pair.told, TYPE) for pair in chart.pairs), default=0) + 4
    top = sheet.bottom + sheet.height - line_height(TYPE)
    x = sheet.left + names
    for name, filled in zip(chart.names, (False, True), strict=True):
        sample = sheet.axes(x, top, 3, 4)
        sample.plot([0], [0], **_dot(filled=filled), clip_on=False)
        sample.set_axis_off()
        sheet.write(x + 4.5, top, name, points=TYPE, colour=STROKES[0].light if filled else INK)
        x += text_width(name, TYPE) + 12
    sheet.write(x, top, unit_words(chart.unit), points=TYPE, colour=QUIET)
    height = min(top - sheet.bottom - 8, _MAX_ROW * len(chart.pairs))
    axes = sheet.axes(sheet.left + names, top - 3 - height, sheet.width - names - told, height)
    places = range(len(chart.pairs))[::-1]
    for place, pair in zip(places, chart.pairs, strict=True):
        both = [value for value in (pair.first, pair.second) if value is not None]
        if len(both) == 2:
            dash = ":" if chart.assumed else "-"
            axes.plot(both, [place, place], dash, color=QUIET, linewidth=1.4, zorder=1)
        for value, filled in ((pair.first, False), (pair.second, True)):
            if value is not None:
                axes.plot([value], [place], **_dot(filled=filled), clip_on=False)
        axes.annotate(
            pair.told,
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            textcoords="offset points",
            fontsize=TYPE,
            color=INK,
            va="center",
            annotation_clip=False,
        )
    axes.set_yticks(list(places), [pair.label for pair in chart.pairs])
    axes.set_ylim(-0.6, len(chart.pairs) - 0.4)
    axes.margins(x=0.06)
    if chart.crosses_zero:
        axes.axvline(0, color=INK, linewidth=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(lambda value, _: formats.number(value, chart.decimals))
    axes.tick_params(labelsize=TYPE, length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)


def _dot(*, filled: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"marker": "o", "markersize": 6.5, "linestyle": "none", "zorder": 3}
    if filled:
        return {**look, "color": STROKES[0].light}
    return {**look, "markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 1.4}


def _curve(chart: Curve, sheet: Sheet) -> None:
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
    _titled(axes, chart.across, chart.upwards)


def _titled(axes: Axes, across: str, upwards: str) -> None:
    axes.set_xlabel(across, fontsize=TYPE)
    axes.set_ylabel(upwards, fontsize=TYPE)
    axes.tick_params(labelsize=TYPE, length=0)
    axes.spines[["top", "right"]].set_visible(False)


def _columns(chart: Columns, sheet: Sheet) -> None:
    axes = sheet.axes(sheet.left + 18, sheet.bottom + 12, sheet.width - 22, sheet.height - 18)
    for low, high, count in chart.columns:
        tone = _TONES["above" if low >= chart.limit else "plain"]
        drawn = axes.bar((low + high) / 2, count, width=(high - low) * 0.94, color=tone)
        if count:
            axes.bar_label(drawn, [str(count)], padding=2, fontsize=TYPE, color=INK)
    axes.axvline(chart.limit, color=INK, linewidth=1.2)
    axes.annotate(
        chart.limit_name,
        (chart.limit, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 2),
        textcoords="offset points",
        fontsize=TYPE,
        color=INK,
        annotation_clip=False,
    )
    axes.set_xlim(left=0)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _titled(axes, chart.across, chart.upwards)


def _spans(chart: Spans, sheet: Sheet) -> None:
    top = sheet.bottom + sheet.height - line_height(TYPE)
    signs = (("o", INK), ("|", INK), (">", _TONES["plain"]))
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
        axes.plot([start, end], [place, place], color=_TONES["plain"], linewidth=2)
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


def _swarm(chart: Swarm, sheet: Sheet) -> None:
    width, height = sheet.width - 10, sheet.height - 14
    axes = sheet.axes(sheet.left + 5, sheet.bottom + 6, width, height)
    low, high = chart.bounds
    axes.set_xlim(low, high if high > low else low + 1)
    radius = 1.5 if len(chart.values) > 60 else 2.2
    positions = (np.asarray(chart.values) - low) / max(high - low, 1e-9) * width
    offsets = beeswarm(positions, radius, height)
    axes.set_ylim(-height / 2, height / 2)
    axes.scatter(
        chart.values,
        offsets,
        s=(2 * radius / MM_PER_POINT) ** 2,
        c=list(chart.colours),
        edgecolors=INK,
        linewidths=0.4,
        clip_on=False,
        zorder=3,
    )
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(
        mpl.ticker.FuncFormatter(lambda value, _: tick(value, chart.decimals))
    )
    axes.tick_params(axis="x", labelsize=TYPE, colors=QUIET, length=3)
    if chart.reference is not None:
        axes.axvline(chart.reference, color=INK, lw=1.2, zorder=2)
        axes.annotate(
            f"{chart.reference_name} {formats.number(chart.reference, chart.decimals)}",
            (chart.reference, height / 2),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=TYPE,
            color=INK,
            ha="center",
            va="bottom",
        )
    if chart.named is not None:
        place, name = chart.named
        _name_dot(axes, name, (chart.values[place], float(offsets[place])))


def _scatter(chart: Scatter, sheet: Sheet) -> None:
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
            _name_dot(axes, dot.label, (dot.x, dot.y))
    if chart.line:
        ends = [x for x, _ in chart.line], [y for _, y in chart.line]
        axes.plot(*ends, color=INK, linewidth=1.2, linestyle="--", zorder=2)
    for axis, decimals in zip((axes.xaxis, axes.yaxis), chart.digits, strict=True):
        axis.set_major_locator(MaxNLocator(6))
        axis.set_major_formatter(partial(_tick_at, decimals=decimals))
    _titled(axes, chart.across, chart.upwards)


def _tick_at(value: float, _place: int, *, decimals: int) -> str:
    return tick(value, decimals)


def _name_dot(axes: Axes, name: str, at: tuple[float, float]) -> None:
    """Write a name above a dot, towards the middle of the chart."""
    left, right = axes.get_xlim()
    axes.annotate(
        name,
        at,
        xytext=(0, 9),
        textcoords="offset points",
        fontsize=TYPE,
        fontweight="semibold",
        color=INK,
        ha="right" if at[0] > (left + right) / 2 else "left",
        zorder=5,
        bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": FAINT},
    )


def _funnel(chart: Funnel, sheet: Sheet) -> None:
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
    _titled(axes, chart.across, chart.upwards)


def tick(value: float, decimals: int) -> str:
    """Write a number of an axis: whole where it is.

    Examples
    --------
    >>> tick(20.0, 1), tick(2.5, 0)
    ('20', '2,5')
    """
    return formats.number(value, 0 if float(value).is_integer() else max(decimals, 1))


_DRAW: dict[type[Chart], Callable[[Any, Sheet], None]] = {
    Bars: _bars,
    Columns: _columns,
    Curve: _curve,
    Funnel: _funnel,
    Lines: _lines,
    Pairs: _pairs,
    Scatter: _scatter,
    Spans: _spans,
    Swarm: _swarm,
}
