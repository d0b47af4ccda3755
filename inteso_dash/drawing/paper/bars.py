"""Charts on paper whose rows are categories, and dots along one axis."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from inteso_dash.drawing.paper.axes import PAPER_TONES, SYMBOLS, TYPE, name_dot, tick, titled
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
from inteso_dash.language.statuses import Status
from inteso_dash.views.colours import BAND, COMPARED, STROKES, Stroke
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bar, Bars, Columns, Pairs

_MAX_ROW = 9.0
_GAP = 3.0


def bars(chart: Bars, sheet: Sheet) -> None:
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
        color=[PAPER_TONES[bar.tone] for bar in bars],
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
    axes.plot([x], [y], marker=SYMBOLS[stroke.symbol], linestyle="none", clip_on=False, **look)


def _key(sheet: Sheet, top: float, chart: Bars) -> float:
    """Name bars, references and others in as many lines as they need; return their lower end."""
    signs: list[tuple[str, float, Stroke | str]] = [
        (chart.name, 5.0, PAPER_TONES["plain"]),
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


def pairs(chart: Pairs, sheet: Sheet) -> None:
    """Draw both values of every area on one line, those with only one as a single mark."""
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


def columns(chart: Columns, sheet: Sheet) -> None:
    """Draw how many there are of which size, with a limit as a line."""
    axes = sheet.axes(sheet.left + 18, sheet.bottom + 12, sheet.width - 22, sheet.height - 18)
    for low, high, count in chart.columns:
        tone = PAPER_TONES["above" if low >= chart.limit else "plain"]
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
    titled(axes, chart.across, chart.upwards)


def swarm(chart: Swarm, sheet: Sheet) -> None:
    """Draw a dot for every area, the city as a line across and the area selected by name."""
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
        name_dot(axes, name, (chart.values[place], float(offsets[place])))
