"""Charts as pictures: age structure, ranked bars, distribution."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from inteso_dash.drawing.paper.sheet import (
    A5,
    INK,
    QUIET,
    Sheet,
    Size,
    line_height,
    text_width,
)
from inteso_dash.language import formats
from inteso_dash.views.figures import Bar
from inteso_dash.views.statement import Statement

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
        As `inteso_dash.pages.stadtteilprofil.age.age_bars` makes them.
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


def tick(value: float, decimals: int) -> str:
    """Write a number of an axis: whole where it is.

    Examples
    --------
    >>> tick(20.0, 1), tick(2.5, 0)
    ('20', '2,5')
    """
    return formats.number(value, 0 if float(value).is_integer() else max(decimals, 1))
