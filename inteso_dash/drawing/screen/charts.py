"""Every chart as a Plotly figure; the numbers it shows stand in a table beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inteso_dash.drawing.screen import bars, lines
from inteso_dash.drawing.screen.look import Look
from inteso_dash.views.dots import Funnel, Scatter, Swarm
from inteso_dash.views.figures import Bars, Chart, Columns, Curve, Lines, Pairs, Spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotly.graph_objects import Figure

_DRAW: dict[type[Chart], Callable[[Any, Look], Figure]] = {
    Bars: bars.bars,
    Columns: bars.columns,
    Pairs: bars.pairs,
    Lines: lines.lines,
    Curve: lines.curve,
    Scatter: lines.scatter,
    Spans: lines.spans,
    Swarm: bars.swarm,
    Funnel: lines.funnel,
}


def draw(chart: Chart, look: Look | None = None) -> Figure:
    """Draw a chart for the screen.

    Parameters
    ----------
    chart : Chart
    look : Look, optional
        A page in light colours by default.

    Examples
    --------
    >>> from inteso_dash.views.figures import Bar
    >>> chart = Bars(bars=(Bar("jung", 4.0, "4 %"), Bar("alt", -2.0, "−2 %")))
    >>> [float(end) for end in draw(chart).layout.xaxis.range]
    [-5.8, 5.8]
    """
    return _DRAW[type(chart)](chart, look or Look())
