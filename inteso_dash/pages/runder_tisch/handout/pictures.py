"""The figure of a slide as a picture for paper: the same maps and charts, without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from inteso_dash.boundaries.layers import Layer
from inteso_dash.city import City
from inteso_dash.drawing.paper.bars import bar_figure
from inteso_dash.drawing.paper.circles import Circles, site_circles
from inteso_dash.drawing.paper.lines import development_figure
from inteso_dash.drawing.paper.maps import view_figure
from inteso_dash.drawing.paper.marks import Manner
from inteso_dash.drawing.paper.sheet import A5, INK, QUIET, Sheet, Size
from inteso_dash.drawing.screen.style import CIRCLE_COLOURS
from inteso_dash.language import formats
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.karte.paper import map_figure
from inteso_dash.pages.unterbringung.classes import measure_classes
from inteso_dash.pages.unterbringung.slide import SINGLE_SITES, split_of
from inteso_dash.pages.veraenderung.content import ChangeContent
from inteso_dash.pages.veraenderung.picture import change_picture
from inteso_dash.views import map_view
from inteso_dash.views.colours import sequential
from inteso_dash.views.figures import Bar
from inteso_dash.views.shown import (
    AgeBars,
    Content,
    Course,
    Curve,
    Development,
    Differences,
    FormBars,
    MapContent,
    MeasureMap,
)
from inteso_dash.views.statement import Statement

MAP, CHART = Size(118.0, 72.0), Size(150.0, 70.0)
"""Sheets of maps and charts in millimetres; enlarged to a page or slide, so that type grows."""
_ABOVE, _BELOW, _LINE = "#b8690f", "#7a6db3", "#1d5f8a"
_POINTS = 9.0

Layers = Mapping[tuple[str, str], Layer]


@dataclass(frozen=True)
class Words:
    """What a picture says when it stands alone; on a slide the slide says it."""

    title: str = ""
    subtitle: str = ""
    told: Statement | None = None

    @property
    def size(self) -> Size:
        """Sheet of a chart."""
        return CHART if self.told is None else A5

    @property
    def sheet(self) -> Sheet:
        """Sheet of a chart with these words."""
        return Sheet(self.size, self.title, self.subtitle, self.told)


_NO_WORDS = Words()


def picture(
    city: City, layers: Layers, content: Content, unnamed: str, words: Words = _NO_WORDS
) -> Figure | None:
    """Draw the figure of a slide; None for tables.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to Layer
    content : map, chart or table
    unnamed : str
        What to call places without a form.
    words : Words
        Title and source; none by default.

    Raises
    ------
    static.NotDrawableError
        If there are no outlines of the level.
    """
    if isinstance(content, ChangeContent):
        return change_picture(city, layers, content, (MAP, CHART))
    if isinstance(content, MapContent):
        return map_figure(
            city, layers, content.choice, content.date, selected=content.selected, size=MAP
        )
    if isinstance(content, MeasureMap):
        return _measure(city, layers, content, unnamed, words)
    if isinstance(content, AgeBars):
        return bar_figure(content.bars, content.name, content.reference_name, size=CHART)
    if isinstance(content, FormBars):
        bars = _form_bars(content, unnamed)
        return bar_figure(bars, "", "", **vars(words), size=words.size)
    if isinstance(content, Development):
        return _development(content, words)
    if isinstance(content, Course):
        return development_figure(
            content.points.assign(series=content.points["name"], value=content.points["shown"]),
            unit=content.unit,
            decimals=content.decimals,
            size=CHART,
        )
    if isinstance(content, Differences):
        return _differences(content, words.sheet)
    if isinstance(content, Curve):
        return _curve(content, words.sheet)
    return None


def _form_bars(content: FormBars, unnamed: str) -> list[Bar]:
    """Return bars from the bottom up, as `static.bar_figure` takes them."""
    rows = content.forms.iloc[::-1]
    return [
        Bar(
            str(form) or unnamed,
            float(places),
            f"{formats.number(places, 0)} · {formats.with_unit(share, 1, '%')}",
            None,
            "",
        )
        for form, places, share in zip(rows.index, rows["places"], rows["share"], strict=True)
    ]


def _circles(city: City, layers: Layers, content: MeasureMap, unnamed: str) -> Circles | None:
    """Return what lies over the map, as on the screen."""
    shown, title = content.situation, content.circles
    colours = CIRCLE_COLOURS["light"]
    if title is None:
        return None
    if title == SINGLE_SITES:
        level = city.catalogue.level(shown.level)
        layer = layers.get((level.id, level.current.id))
        if layer is None:
            return None
        crs = layer.measuring_crs
        return site_circles(title, "Personen", shown.sites, "occupied", colours[0], crs)
    split = split_of(shown, title)
    if split is None:
        return None
    names = [str(form) or (unnamed if split.shape[1] > 1 else "") for form in split.columns]
    parts = {name: colours[place % len(colours)] for place, name in enumerate(names)}
    unit = title if title == "Plätze" else "Personen"
    circles = Circles(title, unit, parts, split.set_axis(names, axis=1))
    return None if circles.totals.empty else circles


def _measure(city: City, layers: Layers, content: MeasureMap, unnamed: str, words: Words) -> Figure:
    shown, measure = content.situation, content.measure
    values = shown.areas[measure.id].astype(float)
    classes, reference = measure_classes(shown, measure)
    declared = city.catalogue.accommodation
    if declared is None:
        raise ValueError("found no accommodation in the catalogue, expected one")
    indicator = city.catalogue.indicator(declared.persons)
    title = indicator.title.model_copy(update={"de": measure.title})
    own = indicator.model_copy(
        update={"title": title, "unit": measure.unit, "decimals": measure.decimals}
    )
    table = pd.DataFrame({"value": values, "status": shown.areas["status"]})
    layer = map_view.Layer(shown.date, table, ranks(values), reference)
    view = map_view.View(own, (layer,), classes, sequential(classes.size))
    return view_figure(
        city,
        layers,
        shown.level,
        view,
        layer,
        told=words.told,
        selected=content.selected,
        size=MAP if words.told is None else None,
        manner=Manner(circles=_circles(city, layers, content, unnamed)),
    )


def _development(content: Development, words: Words) -> Figure:
    drawn = development_figure(
        content.series, unit="Personen", decimals=0, **vars(words), size=words.size
    )
    axes = drawn.axes[0]
    events = sorted(content.events, key=lambda event: event.date)
    days = [date2num(event.date) for event in events]
    left, right = axes.get_xlim()
    axes.set_xlim(min([left, *days]), right)
    for place, day in enumerate(days, 1):
        axes.axvline(day, color=QUIET, linewidth=0.6)
        axes.annotate(
            str(place),
            (day, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=_POINTS,
            fontweight="semibold",
            color=INK,
            ha="center",
            annotation_clip=False,
        )
    return drawn


def _differences(content: Differences, sheet: Sheet) -> Figure:
    order = np.argsort(content.values)
    values = [content.values[at] for at in order]
    names = [content.names[at] for at in order]
    height = min(sheet.height - 4, 20 * len(values))
    bottom = sheet.bottom + sheet.height - height
    axes = sheet.axes(sheet.left + 42, bottom, sheet.width - 46, height)
    colours = [_ABOVE if value > 0 else _BELOW for value in values]
    bars = axes.barh(names, values, color=colours, height=0.6)
    labels = [("+" if value > 0 else "") + formats.number(value, 0) for value in values]
    axes.bar_label(bars, labels, padding=4, fontsize=_POINTS, color=INK)
    widest = max((abs(value) for value in values), default=1.0) * 1.25 or 1.0
    axes.set_xlim(-widest, widest)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.tick_params(left=False, bottom=False, labelbottom=False, labelsize=_POINTS)
    axes.spines[:].set_visible(False)
    return sheet.figure


def _curve(content: Curve, sheet: Sheet) -> Figure:
    side = sheet.height - 14
    axes = sheet.axes(sheet.left + 20, sheet.bottom + 12, side * 1.4, side)
    axes.plot([0, 100], [0, 100], color=QUIET, linewidth=1)
    weight, value = content.lorenz["weight"] * 100, content.lorenz["value"] * 100
    axes.plot(weight, value, color=_LINE, linewidth=2, marker="o", markersize=4, clip_on=False)
    axes.annotate("gleiche Last", (32, 34), fontsize=_POINTS, color=QUIET, ha="right")
    ticks = [0, 25, 50, 75, 100]
    written = [f"{tick} %" for tick in ticks]
    axes.set_xticks(ticks, written)
    axes.set_yticks(ticks, written)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_xlabel("Einwohner, von der geringsten zur höchsten Last", fontsize=_POINTS)
    axes.set_ylabel("Untergebrachte", fontsize=_POINTS)
    axes.tick_params(labelsize=_POINTS, length=0)
    axes.spines[["top", "right"]].set_visible(False)
    return sheet.figure
