"""Charts as pictures: age structure, ranked bars, distribution."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from inteso_dash import formats, map_view
from inteso_dash.city import City
from inteso_dash.exports.statement import Statement
from inteso_dash.figures import Bar
from inteso_dash.map_view import Choice
from inteso_dash.static.legend import unit_words
from inteso_dash.static.maps import NotDrawableError, chosen_layer
from inteso_dash.static.paper import (
    A5,
    FAINT,
    INK,
    QUIET,
    Sheet,
    Size,
    line_height,
    text_width,
)

_BAR, OTHER = "#4f7ea8", "#b9c3cc"
_LOW = Size(A5.width, 105.0)
TYPE = 9.0
"""Size of the letters of a chart, in points."""
_MAX_ROW = 9.0
_GAP = 3.0


def bar_figure(
    bars: Sequence[Bar],
    name: str,
    reference_name: str,
    *,
    title: str = "",
    subtitle: str = "",
    told: Statement | None = None,
    size: Size = _LOW,
) -> Figure:
    """Draw bars from zero, the first one at the bottom, and a reference as a line across each.

    Parameters
    ----------
    bars : sequence of Bar
        As `inteso_dash.figures.age_bars` makes them.
    name, reference_name : str
        Names of the area and of what it is compared with.
    title, subtitle : str
    told : Statement, optional
        Written under the chart.
    size : Size
    """
    rows = [_Row(bar.label, bar.value, bar.written, _BAR, bar.reference) for bar in reversed(bars)]
    sheet = Sheet(size, title, subtitle, told)
    _bars(sheet, rows, name, reference_name if any(bar.reference for bar in bars) else "")
    return sheet.figure


def ranked_figure(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    most: int = 15,
    selected: str | None = None,
    told: Statement | None = None,
    size: Size = A5,
) -> Figure:
    """Draw the areas with the highest values as bars, the highest on top, the city across them.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    most : int
        Number of areas at most; fewer where the sheet has no room for them.
    selected : str, optional
        Area to emphasise; shown after the others where it is not among them.
    told : Statement, optional
        With it the chart has a title and a footer.
    size : Size

    Raises
    ------
    NotDrawableError
        If there are no figures, or none for the Stichtag.
    """
    shown, layer = _with_values(city, choice, date)
    indicator, level = shown.indicator, city.catalogue.level(choice.level)
    values = layer.values["value"].dropna().sort_values(ascending=False, kind="stable")
    when = formats.date(layer.date)
    sheet = Sheet(
        size,
        f"{indicator.title.de}, {when}" if told is not None else "",
        f"{level.plural} mit den höchsten Werten, {unit_words(indicator.unit)}"
        if told is not None
        else "",
        told,
    )
    room = int((sheet.height - _GAP - line_height(TYPE)) // line_height(TYPE))
    first = list(values.index[: min(most, room)])
    if selected in values.index and selected not in first:
        first[-1:] = [selected]
    rows = [
        _Row(
            f"{int(layer.ranks[area_id])}. {city.name(choice.level, area_id)}",
            float(values[area_id]),
            formats.number(values[area_id], indicator.decimals),
            _BAR if selected in {None, area_id} else OTHER,
            layer.reference if indicator.kind == "intensive" else None,
        )
        for area_id in map(str, first)
    ]
    sheet.figure.set_label(f"{indicator.title.de}, {when}: {level.plural} nach Rang")
    has_reference = any(row.reference is not None for row in rows)
    _bars(sheet, rows, "", city.catalogue.city.name if has_reference else "")
    return sheet.figure


def _with_values(
    city: City, choice: Choice, date: dt.date | None
) -> tuple[map_view.View, map_view.Layer]:
    shown = map_view.view(city, choice)
    layer = chosen_layer(shown, date)
    if not shown.classes.breaks:
        raise NotDrawableError(f"{shown.indicator.title.de}: Die Ebene hat keine Werte.")
    return shown, layer


class _Row:
    """One bar: its label, value, the value written, its colour, and what it is compared with."""

    def __init__(
        self, label: str, value: float, written: str, colour: str, reference: float | None
    ) -> None:
        self.label, self.value, self.written = label, value, written
        self.colour, self.reference = colour, reference


def _bars(sheet: Sheet, rows: Sequence[_Row], name: str, reference_name: str) -> None:
    """Draw rows from the top of the sheet, labels left, values behind their bars."""
    top = sheet.bottom + sheet.height
    if reference_name:
        top -= line_height(TYPE)
        _key(sheet, top, name, reference_name)
        top -= _GAP
    height = min((top - sheet.bottom) / max(len(rows), 1), _MAX_ROW)
    labels = max((text_width(row.label, TYPE) for row in rows), default=0) + 3
    written = max((text_width(row.written, TYPE, "semibold") for row in rows), default=0) + 3
    axes = sheet.axes(
        sheet.left + labels,
        top - height * len(rows),
        sheet.width - labels - written,
        height * len(rows),
    )
    axes.set_axis_off()
    everything = [each for row in rows for each in (row.value, row.reference or 0.0)]
    low, high = min(0.0, *everything), max(0.0, *everything)
    axes.set_xlim(low, high if high > low else low + 1)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.barh(
        range(len(rows)),
        [row.value for row in rows],
        height=0.62,
        color=[row.colour for row in rows],
    )
    per_unit = (sheet.width - labels - written) / (axes.get_xlim()[1] - low)
    for place, row in enumerate(rows):
        if row.reference is not None:
            ends = [place - 0.42, place + 0.42]
            axes.plot([row.reference] * 2, ends, color="white", lw=2.6, clip_on=False)
            axes.plot([row.reference] * 2, ends, color=INK, lw=1.4, clip_on=False)
        y = top - height * (place + 0.5) - TYPE * 0.21
        sheet.write(sheet.left, y, row.label, points=TYPE)
        end = max(row.value, row.reference or row.value, 0.0) - low
        x = sheet.left + labels + end * per_unit + 1.5
        sheet.write(x, y, row.written, points=TYPE, weight="semibold")
    axes.axvline(0, color=QUIET, lw=0.6)


def _key(sheet: Sheet, y: float, name: str, reference_name: str) -> None:
    x = sheet.left
    for text, colour, width in ((name, _BAR, 5.0), (reference_name, INK, 0.5)):
        if not text:
            continue
        sample = sheet.axes(x, y, width, 3.6)
        sample.set_axis_off()
        sample.axvspan(0, 1, color=colour)
        sheet.write(x + width + 1.5, y, text, points=TYPE)
        x += width + 1.5 + text_width(text, TYPE) + 6


def distribution_figure(
    city: City,
    choice: Choice,
    date: dt.date | None = None,
    *,
    selected: str | None = None,
    told: Statement | None = None,
    size: Size = _LOW,
) -> Figure:
    """Draw one dot per area along its value, in the colour of its class, with the city's value.

    Parameters
    ----------
    city : City
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    selected : str, optional
        Area to name.
    told : Statement, optional
        With it the chart has a title and a footer.
    size : Size

    Raises
    ------
    NotDrawableError
        If there are no figures, or none for the Stichtag.
    """
    shown, layer = _with_values(city, choice, date)
    indicator, level = shown.indicator, city.catalogue.level(choice.level)
    values = layer.values["value"].dropna()
    words = unit_words(indicator.unit)
    head = f"{indicator.title.de}, {formats.date(layer.date)}"
    sheet = Sheet(
        size,
        head if told is not None else "",
        f"Verteilung über {len(values)} {level.plural}, {words}" if told is not None else "",
        told,
    )
    sheet.figure.set_label(f"Verteilung {head}, {len(values)} {level.plural}")
    width, height = sheet.width - 10, sheet.height - 14
    axes = sheet.axes(sheet.left + 5, sheet.bottom + 6, width, height)
    low, high = shown.classes.breaks[0], shown.classes.breaks[-1]
    axes.set_xlim(low, high if high > low else low + 1)
    radius = 1.5 if len(values) > 60 else 2.2
    positions = (values.to_numpy() - low) / max(high - low, 1e-9) * width
    offsets = beeswarm(positions, radius, height)
    axes.set_ylim(-height / 2, height / 2)
    axes.scatter(
        values,
        offsets,
        s=(2 * radius / 25.4 * 72) ** 2,
        c=[shown.colours[shown.classes.index_of(value)] for value in values],
        edgecolors=INK,
        linewidths=0.4,
        clip_on=False,
        zorder=3,
    )
    _axis(axes, indicator.decimals)
    if layer.reference is not None:
        _across(axes, layer.reference, city.catalogue.city.name, indicator.decimals)
    if selected is not None and selected in values.index:
        place = list(values.index).index(selected)
        axes.annotate(
            city.name(choice.level, selected),
            (values[selected], offsets[place]),
            xytext=(0, 9),
            textcoords="offset points",
            fontsize=9,
            fontweight="semibold",
            color=INK,
            ha="right" if positions[place] > width / 2 else "left",
            zorder=5,
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": FAINT},
            parse_math=False,
        )
    return sheet.figure


def _axis(axes: Axes, decimals: int) -> None:
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda value, _: tick(value, decimals)))
    axes.tick_params(axis="x", labelsize=TYPE, colors=QUIET, length=3)


def tick(value: float, decimals: int) -> str:
    """Write a number of an axis: whole where it is.

    Examples
    --------
    >>> tick(20.0, 1), tick(2.5, 0)
    ('20', '2,5')
    """
    return formats.number(value, 0 if float(value).is_integer() else max(decimals, 1))


def _across(axes: Axes, reference: float, name: str, decimals: int) -> None:
    top = axes.get_ylim()[1]
    axes.axvline(reference, color=INK, lw=1.2, zorder=2)
    axes.annotate(
        f"{name} {formats.number(reference, decimals)}",
        (reference, top),
        xytext=(0, 2),
        textcoords="offset points",
        fontsize=TYPE,
        color=INK,
        ha="center",
        va="bottom",
        parse_math=False,
    )


def beeswarm(positions: np.ndarray, radius: float, height: float) -> np.ndarray:
    """Place dots as near to the middle as they can be without touching another.

    Parameters
    ----------
    positions : ndarray
        Horizontal places.
    radius : float
        Of a dot, in the same unit.
    height : float
        Room there is; the swarm is squeezed where it is higher.

    Returns
    -------
    ndarray
        Vertical places around 0.

    Examples
    --------
    >>> beeswarm(np.array([0.0, 10.0, 10.0]), 1.0, 20.0).round(1).tolist()
    [0.0, 0.0, -2.1]
    """
    apart = radius * 2 + radius * 0.1
    order = np.argsort(positions, kind="stable")
    offsets = np.zeros(len(positions))
    for rank, index in enumerate(order):
        near = [
            (offsets[other], math.sqrt(apart**2 - (positions[index] - positions[other]) ** 2))
            for other in order[:rank]
            if positions[index] - positions[other] < apart
        ]
        places = sorted(
            [0.0, *(middle + sign * reach for middle, reach in near for sign in (-1, 1))], key=abs
        )
        offsets[index] = next(
            place
            for place in places
            if all(abs(place - middle) >= reach - 1e-6 for middle, reach in near)
        )
    widest = float(np.abs(offsets).max(initial=1.0))
    return offsets * min(1.0, (height / 2 - radius) / widest)
