"""The legend of a map for paper: classes, statuses with their hatching, signs on some areas."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from inteso_dash.city import City
from inteso_dash.drawing.paper.circles import circle_legend
from inteso_dash.drawing.paper.sheet import INK, QUIET, Box, Sheet, line_height, text_width, wrapped
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.colours import ink
from inteso_dash.views.map_view import Scale, Snapshot
from inteso_dash.views.maps import Map, Marks

FLAT, EDGE, _HATCHING = "#d4d6d9", "#71757a", "#5d6066"
HIDDEN = {Status.SUPPRESSED, Status.NOT_DELIVERED, Status.UNINHABITED}
"""Statuses of areas whose value is not shown."""
_LISTED = (
    Status.ROUNDED,
    Status.COMPUTED,
    Status.ESTIMATED,
    Status.SCENARIO,
    Status.SUPPRESSED,
    Status.NOT_DELIVERED,
    Status.UNINHABITED,
    Status.MERGED,
)
HATCHES = {
    Status.NOT_DELIVERED: "////",
    Status.SUPPRESSED: "////////",
    Status.MERGED: "\\\\\\\\",
    Status.ESTIMATED: "....",
    Status.SCENARIO: "||",
}
LINE: dict[str, Any] = {"linewidth": 0.4, "joinstyle": "round"}
_TYPE = 9.0
_ROW = 5.6
_SWATCH = 7.0
_APART = 3.0
_CELL, _BOUND = 7.0, 11.0
"""Side of a cell of a square, and room for the bounds beside it, in millimetres."""
_SIGN, _RADIUS = 13.0, 2.6
"""Size of the type of a sign on an area, and the room that it takes."""


def hatch(axes: Axes, path: Outline, status: Status, alpha: float = 1.0) -> None:
    """Draw the hatching of a status over a shape; on that of a scenario, every line has a casing.

    All areas of a map of a scenario have it, over the darkest colours as well.
    """
    lines = [(_HATCHING, 0.5)]
    if status is Status.SCENARIO:
        lines = [("#ffffff", 1.5), (INK, 0.7)]
    for colour, width in lines:
        patch = PathPatch(path, facecolor="none", edgecolor=EDGE, **LINE, hatch=HATCHES[status])
        patch.set_hatchcolor(colour)
        patch.set_hatch_linewidth(width)
        axes.add_patch(patch).set_alpha(alpha)


def _written(value: float, scale: Scale, signed: bool) -> str:
    write = formats.signed if signed else formats.number
    return write(value, scale.decimals)


def class_labels(scale: Scale, *, signed: bool = False) -> list[str]:
    """Write the classes of a scale, lowest first; changes with their sign."""
    if scale.kinds is not None:
        return list(scale.kinds.names)
    pairs = list(pairwise(scale.classes.breaks))
    labels = []
    for place, (low, high) in enumerate(pairs, 1):
        joined = "bis" if place == len(pairs) else "bis unter"
        lower, upper = (_written(bound, scale, signed) for bound in (low, high))
        labels.append(lower if lower == upper else f"{lower} {joined} {upper}")
    return labels


def unit_words(unit: str) -> str:
    """Write a unit as it stands in a heading.

    Examples
    --------
    >>> unit_words("%"), unit_words("je 100")
    ('in %', 'je 100')
    >>> unit_words("Prozentpunkte")
    'in Prozentpunkten'
    """
    if not unit or unit.startswith("je "):
        return unit
    return f"in {formats.dative(unit) if unit.endswith('unkte') else unit}"


def draw_legend(
    sheet: Sheet,
    place: tuple[float, float, float],
    city: City,
    layer: Snapshot,
    looks: pd.Series,
    figure: Map,
) -> float:
    """Write classes, statuses, signs and circles that occur; return where they end.

    ``place`` is left edge, upper edge and width.
    """
    left, top, width = place
    scale = figure.scale
    counted = layer.values["value"].where(~looks.isin(HIDDEN)).dropna()
    classes = [scale.classes.index_of(value) for value in counted]
    right = left + width
    y = top - line_height(_TYPE)
    head = f"Legende {unit_words(scale.unit)}".strip()
    for line in wrapped(head, width, _TYPE, "semibold"):
        sheet.write(left, y, line, points=_TYPE, weight="semibold")
        y -= line_height(_TYPE)
    y -= 1
    reference, breaks = layer.reference, scale.classes.breaks
    here = (
        scale.classes.index_of(reference)
        if reference is not None and breaks and breaks[0] <= reference <= breaks[-1]
        else None
    )
    whole = (
        ""
        if reference is None
        else f"{city.catalogue.city.name} {_written(reference, scale, figure.signed)}"
    )
    text = left + _SWATCH + 2.5
    square = scale.kinds is not None and scale.kinds.square is not None
    if square:
        y = _square(sheet, (left, y, width), scale, classes)
    labels = [] if square else class_labels(scale, signed=figure.signed)
    for at, label in enumerate(labels):
        _swatch(sheet, left, y, scale.colours[at])
        areas = formats.number(classes.count(at), 0) if not figure.several else ""
        sheet.write(right, y, areas, points=_TYPE, colour=QUIET, align="right")
        *above, last = wrapped(label, right - text - text_width(areas, _TYPE) - 2, _TYPE)
        for line in above:
            sheet.write(text, y, line, points=_TYPE)
            y -= line_height(_TYPE)
        sheet.write(text, y, last, points=_TYPE)
        if at == here:
            y -= _ROW * 0.8
            sheet.write(text, y, f"◂ {whole}", points=8, weight="semibold")
        y -= _ROW
    for status in _LISTED:
        count = int((looks == status).sum())
        if not count:
            continue
        if status not in {Status.ROUNDED, Status.COMPUTED}:
            _swatch(sheet, left, y, FLAT if status is Status.UNINHABITED else "#ffffff", status)
        number = formats.number(count, 0) if not figure.several else ""
        sheet.write(right, y, number, points=_TYPE, colour=QUIET, align="right")
        room = right - text - text_width(number, _TYPE) - 2
        title = STATUS_MEANINGS[status].title
        if status is Status.NOT_DELIVERED:
            title = figure.missing or title
        for line in wrapped(title, room, _TYPE):
            sheet.write(text, y, line, points=_TYPE)
            y -= line_height(_TYPE)
        y -= _ROW - line_height(_TYPE)
    if figure.marks is not None:
        y = legend_row(sheet, (left, text, right), y, figure) - _ROW + line_height(_TYPE)
    if whole and here is None:
        sheet.write(text, y, whole, points=8, weight="semibold")
        y -= _ROW
    if figure.circles is not None:
        return circle_legend(sheet, left, y + _ROW - _APART, width, figure.circles)
    return y + _ROW


def _square(
    sheet: Sheet, place: tuple[float, float, float], scale: Scale, classes: list[int]
) -> float:
    """Draw classes of two figures as a square with their bounds; return where it ends."""
    left, y, width = place
    kinds = scale.kinds
    if kinds is None or kinds.square is None:
        return y
    across, upwards = kinds.square
    for line in wrapped(f"↑ {upwards}", width, _TYPE):
        sheet.write(left, y, line, points=_TYPE)
        y -= line_height(_TYPE)
    beside, cell = _BOUND, _CELL
    bottom = y + line_height(_TYPE) - 1.5 - 3 * cell
    axes = sheet.axes(left + beside, bottom, 3 * cell, 3 * cell)
    axes.set(xlim=(0, 3), ylim=(0, 3))
    axes.set_axis_off()
    for kind, colour in enumerate(scale.colours):
        row, column = divmod(kind, 3)
        axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="white"))
        look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": 7.5}
        number = formats.number(classes.count(kind), 0)
        axes.text(column + 0.5, row + 0.5, number, color=ink(colour), **look)
    for axis, bounds in enumerate(kinds.bounds):
        for at, text in enumerate(bounds):
            along = (1.5 if len(bounds) == 1 else at + 1) * cell
            if axis:
                sheet.write(left + beside - 1, bottom + along - 1, text, points=7.5, align="right")
            else:
                sheet.write(left + beside + along, bottom - 3.4, text, points=7.5, align="center")
    y = bottom - 4 - line_height(_TYPE)
    for line in wrapped(f"{across} →", width, _TYPE):
        sheet.write(left, y, line, points=_TYPE)
        y -= line_height(_TYPE)
    return y - 1


def _swatch(sheet: Sheet, x: float, y: float, colour: str, status: Status | None = None) -> None:
    """Draw the sample of a class or status beside its text."""
    axes = sheet.axes(x, y, _SWATCH, 4.0)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.add_patch(Rectangle((0, 0), 1, 1, facecolor=colour, edgecolor=EDGE, linewidth=0.5))
    if status in HATCHES:
        hatch(axes, Outline.unit_rectangle(), status)


def draw_marks(axes: Axes, outlines: pd.Series, marks: Marks, per_millimetre: float) -> list[Box]:
    """Write the sign inside every marked area; return what the signs take."""
    drawn = []
    for area in marks.areas:
        if area not in outlines.index:
            continue
        place = shapely.point_on_surface(outlines[area])
        half = _RADIUS * per_millimetre
        drawn.append(Box(place.x, place.y, half, half))
        written = axes.annotate(
            marks.sign,
            (place.x, place.y),
            fontsize=_SIGN,
            fontweight="semibold",
            color=INK,
            ha="center",
            va="center_baseline",
        )
        written.set_path_effects([patheffects.withStroke(linewidth=2.4, foreground="white")])
    return drawn


def legend_row(sheet: Sheet, columns: tuple[float, float, float], y: float, figure: Map) -> float:
    """Write sign, meaning and number of areas; return where the next row stands.

    ``columns`` are where samples, words and numbers stand.
    """
    marks, (left, text, right) = figure.marks, columns
    if marks is None:
        return y
    number = formats.number(len(marks.areas), 0) if not figure.several else ""
    sheet.write((left + text) / 2, y, marks.sign, points=_SIGN, weight="semibold", align="center")
    sheet.write(right, y, number, points=_TYPE, colour=QUIET, align="right")
    room = right - text - text_width(number, _TYPE) - 2
    for line in wrapped(marks.meaning, room, _TYPE):
        sheet.write(text, y, line, points=_TYPE)
        y -= line_height(_TYPE)
    return y
