"""."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from inteso_dash.boundaries.layers import Layer
from inteso_dash.city import City
from inteso_dash.drawing.paper.bars import _BAR, _GAP, _LOW, OTHER, TYPE, _bars, _Row, tick
from inteso_dash.drawing.paper.legend import (
    unit_words,
)
from inteso_dash.drawing.paper.maps import NotDrawableError, chosen_layer, view_figure
from inteso_dash.drawing.paper.sheet import (
    A5,
    FAINT,
    INK,
    QUIET,
    Sheet,
    Size,
    line_height,
)
from inteso_dash.language import formats
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice
from inteso_dash.views.statement import Statement


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


def map_figure(
    city: City,
    layers: Mapping[tuple[str, str], Layer],
    choice: Choice,
    date: dt.date | None = None,
    *,
    told: Statement | None = None,
    selected: str | None = None,
    size: Size | None = None,
) -> Figure:
    """Draw the map of a view.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to Layer
        Boundaries, as `inteso_dash.boundaries.layers.read_layers` or `inteso_dash.session.store.layers` gives them.
    choice : Choice
    date : date, optional
        Stichtag; the newest by default.
    told : Statement, optional
        With it the picture has a title and a footer, without it only map and legend, as on a
        slide that has its own title.
    selected : str, optional
        Key of an area to outline and name.
    size : Size, optional
        As high as A5 across and as wide as the city needs, by default.

    Raises
    ------
    NotDrawableError
        If there are no outlines, no figures, or none for the Stichtag.
    """
    shown = map_view.view(city, choice)
    layer = chosen_layer(shown, date)
    return view_figure(
        city,
        layers,
        choice.level,
        shown,
        layer,
        told=told,
        selected=selected,
        size=size,
    )
