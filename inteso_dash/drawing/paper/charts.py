"""Every chart as a picture: the same data as on the screen, drawn without a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from inteso_dash.drawing.paper import bars, lines
from inteso_dash.drawing.paper.sheet import Sheet
from inteso_dash.views.dots import Funnel, Scatter, Swarm
from inteso_dash.views.figures import Bars, Chart, Columns, Curve, Lines, Pairs, Spans

_DRAW: dict[type[Chart], Callable[[Any, Sheet], None]] = {
    Bars: bars.bars,
    Columns: bars.columns,
    Curve: lines.curve,
    Funnel: lines.funnel,
    Lines: lines.lines,
    Pairs: bars.pairs,
    Scatter: lines.scatter,
    Spans: lines.spans,
    Swarm: bars.swarm,
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
