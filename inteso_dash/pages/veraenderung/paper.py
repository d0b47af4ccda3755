"""Change on paper: maps around zero, small maps, both values of areas, the strongest changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import shapely
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from inteso_dash.boundaries.layers import Layer
from inteso_dash.catalogue.base import Text
from inteso_dash.city import City
from inteso_dash.city.overlay.matching import Match, cut_anew
from inteso_dash.drawing.paper.legend import draw_legend, unit_words
from inteso_dash.drawing.paper.maps import (
    NotDrawableError,
    chosen_layer,
    draw_areas,
    outlines_of,
    statuses,
    view_figure,
)
from inteso_dash.drawing.paper.marks import Manner, Marks, draw_marks
from inteso_dash.drawing.paper.sheet import (
    FAINT,
    INK,
    MARGIN,
    QUIET,
    Sheet,
    Size,
    line_height,
    text_width,
)
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import Classes
from inteso_dash.pages.veraenderung import maps as change_views
from inteso_dash.pages.veraenderung.base import smallest_base
from inteso_dash.pages.veraenderung.comparison import Comparison, Measure
from inteso_dash.views import map_view
from inteso_dash.views.colours import sequential
from inteso_dash.views.statement import Statement

Layers = Mapping[tuple[str, str], Layer]
_ABOVE, _BELOW, _AFTER = "#b8690f", "#7a6db3", "#1d5f8a"
_TYPE = 9.0
_ROW = 13.0
_LEGEND_WIDTH = 48.0
_ACROSS = 3


def change_figure(
    city: City,
    layers: Layers,
    found: Comparison,
    measure: Measure,
    *,
    told: Statement | None = None,
    selected: str | None = None,
    size: Size | None = None,
) -> Figure:
    """Draw the change of every area, as `static.view_figure` does.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level.
    """
    shown = change_views.view(city, found, measure)
    small = [str(area) for area in found.areas.index[found.areas["small"]]]
    manner = Manner(
        change_views.period(found),
        change_views.missing(found, measure),
        signed=True,
        marks=_marks(small, change_views.small_meaning(found.small_base)),
    )
    return view_figure(
        city,
        layers,
        found.level,
        shown,
        shown.layers[0],
        told=told,
        selected=selected,
        size=size,
        manner=manner,
    )


def _marks(areas: Sequence[str], meaning: str) -> Marks | None:
    return Marks(change_views.SMALL_SIGN, meaning, tuple(areas)) if areas else None


def cut_figure(
    city: City,
    layers: Layers,
    level: str,
    found: Match,
    pair: tuple[str, str],
    *,
    selected: str | None = None,
    size: Size | None = None,
) -> Figure:
    """Draw how much of every area of the later division is cut anew.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the division.
    """
    values = cut_anew(found)
    some = city.catalogue.indicators[0]
    indicator = some.model_copy(
        update={
            "title": Text(de=change_views.CUT, en=change_views.CUT),
            "unit": "%",
            "decimals": 0,
        }
    )
    bounds = change_views.CUT_BOUNDS
    table = pd.DataFrame({"value": values, "status": str(Status.MEASURED)})
    layer = map_view.Layer(dt.date.min, table, values.rank(), None)
    view = map_view.View(indicator, (layer,), Classes(bounds, ()), sequential(len(bounds) - 1))
    manner = Manner(f"{pair[0]} bis {pair[1]}", division=pair[1])
    return view_figure(
        city, layers, level, view, layer, selected=selected, size=size, manner=manner
    )


def dated_figure(
    city: City,
    layers: Layers,
    choice: map_view.Choice,
    period: tuple[dt.date, dt.date],
    small_base: float,
    *,
    told: Statement | None = None,
    selected: str | None = None,
    size: Size | None = None,
) -> Figure:
    """Draw the last map of a period, on the scale of all; small bases are marked.

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level, or no values on the last day.
    """
    shown = map_view.view(city, choice)
    days = [layer.date for layer in shown.layers if period[0] <= layer.date <= period[1]]
    return view_figure(
        city,
        layers,
        choice.level,
        shown,
        chosen_layer(shown, period[1]),
        told=told,
        selected=selected,
        size=size,
        manner=Manner(marks=_small(city, choice, days, small_base)),
    )


def _small(
    city: City, choice: map_view.Choice, days: Sequence[dt.date], small_base: float
) -> Marks | None:
    indicator = city.catalogue.indicator(choice.indicator_id)
    base = smallest_base(city, choice.level, indicator, days)
    small = [str(area) for area in base.index[base < small_base]]
    return _marks(small, change_views.small_meaning(small_base, dated=True))


def small_maps_figure(
    city: City,
    layers: Layers,
    choice: map_view.Choice,
    days: Sequence[dt.date],
    small_base: float,
    sheet: Sheet,
) -> Figure:
    """Draw the same map at some Stichtage with one legend.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to Layer
    choice : Choice
    days : sequence of date
        With values of the current division.
    small_base : float
        Areas are marked whose figures rest on less at one of the Stichtage.
    sheet : Sheet

    Raises
    ------
    NotDrawableError
        If there are no outlines of the level, or no values at a Stichtag.
    """
    shown = map_view.view(city, choice)
    picked = {layer.date: layer for layer in shown.layers if layer.date in days}
    if set(days) - set(picked):
        raise NotDrawableError(f"{shown.indicator.title.de}: Ein Stichtag hat keine Werte.")
    outlines = outlines_of(city, layers, choice.level)
    marks = _small(city, choice, days, small_base)
    left, bottom, right, top = shapely.total_bounds(outlines.to_numpy())
    across = min(len(days), _ACROSS)
    rows = -(-len(days) // across)
    gap, label = 3.0, line_height(_TYPE) + 1
    width = (sheet.width - _LEGEND_WIDTH - MARGIN - (across - 1) * gap) / across
    height = sheet.height / rows - label
    for place, day in enumerate(days):
        row, column = divmod(place, across)
        x = sheet.left + column * (width + gap)
        y = sheet.bottom + sheet.height - (row + 1) * (height + label)
        values = picked[day].values
        known = f"{int(values['value'].notna().sum())} von {len(values)}"
        date = formats.date(day)
        beside = text_width(date, _TYPE, "semibold") + 2
        sheet.write(x, y + height + 1, date, points=_TYPE, weight="semibold")
        sheet.write(x + beside, y + height + 1, known, points=_TYPE - 1, colour=QUIET)
        axes = sheet.axes(x, y, width, height)
        draw_areas(axes, outlines, values["value"], statuses(values), shown)
        if marks is not None:
            draw_marks(axes, outlines, marks)
        axes.set_xlim(left, right)
        axes.set_ylim(bottom, top)
        axes.set_aspect("equal", anchor="NW")
        axes.set_axis_off()
    together = pd.concat([picked[day].values for day in days], ignore_index=True)
    draw_legend(
        sheet,
        (sheet.left + sheet.width - _LEGEND_WIDTH, _LEGEND_WIDTH),
        city,
        shown,
        map_view.Layer(days[-1], together, pd.Series(dtype=float), None),
        statuses(together),
        Manner(marks=marks, counted=False),
    )
    return sheet.figure


def both_figure(
    rows: pd.DataFrame, days: tuple[dt.date, dt.date], unit: str, decimals: int, sheet: Sheet
) -> Figure:
    """Draw both values of every area on one line.

    Parameters
    ----------
    rows : DataFrame
        As of `change.pairs`; the first row on top.
    days : (date, date)
    unit : str
    decimals : int
    sheet : Sheet
    """
    names = max((text_width(str(name), _TYPE) for name in rows["name"]), default=0) + 4
    told = max((text_width(str(each), _TYPE) for each in rows["told"]), default=0) + 4
    top = sheet.bottom + sheet.height - line_height(_TYPE)
    x = sheet.left + names
    for day, filled, colour in ((days[0], False, INK), (days[1], True, _AFTER)):
        axes = sheet.axes(x, top, 3, 4)
        axes.plot([0], [0], **_dot(filled=filled), clip_on=False)
        axes.set_axis_off()
        sheet.write(x + 4.5, top, formats.date(day), points=_TYPE, colour=colour)
        x += text_width(formats.date(day), _TYPE) + 12
    sheet.write(x, top, unit_words(unit), points=_TYPE, colour=QUIET)
    height = min(top - sheet.bottom - 8, _ROW * len(rows))
    axes = sheet.axes(sheet.left + names, top - 3 - height, sheet.width - names - told, height)
    places = range(len(rows))[::-1]
    for place, before, after, words in zip(
        places, rows["before"], rows["after"], rows["told"], strict=True
    ):
        axes.plot([before, after], [place, place], color=QUIET, linewidth=1.4, zorder=1)
        axes.plot([before], [place], **_dot(filled=False), clip_on=False)
        axes.plot([after], [place], **_dot(filled=True), clip_on=False)
        axes.annotate(
            words,
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            textcoords="offset points",
            fontsize=_TYPE,
            color=INK,
            va="center",
            annotation_clip=False,
        )
    axes.set_yticks(list(places), list(rows["name"]))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(lambda value, _: formats.number(value, decimals))
    axes.tick_params(labelsize=_TYPE, length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    return sheet.figure


def _dot(*, filled: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"marker": "o", "markersize": 6.5, "linestyle": "none", "zorder": 3}
    if filled:
        return {**look, "color": _AFTER}
    return {**look, "markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 1.4}


def strongest_figure(rows: pd.DataFrame, head: str, sheet: Sheet) -> Figure:
    """Draw changes as bars on both sides of zero, the highest on top.

    Parameters
    ----------
    rows : DataFrame
        As of `change.standout_rows`.
    head : str
        What the bars are, with their unit.
    sheet : Sheet
    """
    names = max((text_width(str(name), _TYPE) for name in rows["name"]), default=0) + 4
    top = sheet.bottom + sheet.height - line_height(_TYPE)
    sheet.write(sheet.left, top, head, points=_TYPE, colour=QUIET)
    height = min(top - sheet.bottom - 2, _ROW * len(rows))
    axes = sheet.axes(sheet.left + names, top - 2 - height, sheet.width - names, height)
    places = range(len(rows))[::-1]
    colours = [_ABOVE if value > 0 else _BELOW for value in rows["value"]]
    bars = axes.barh(list(places), rows["value"], color=colours, height=0.6)
    axes.bar_label(bars, list(rows["told"]), padding=4, fontsize=_TYPE, color=INK)
    widest = float(rows["value"].abs().max()) * 1.25 or 1.0
    axes.set_xlim(-widest if (rows["value"] < 0).any() else 0, widest)
    axes.set_yticks(list(places), list(rows["name"]))
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.tick_params(left=False, bottom=False, labelbottom=False, labelsize=_TYPE)
    axes.spines[:].set_visible(False)
    return sheet.figure
