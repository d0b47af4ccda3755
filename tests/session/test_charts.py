"""A chart is drawn once for all who see the same."""

from inteso_dash.drawing.screen.look import Look
from inteso_dash.session.charts import _drawn
from inteso_dash.views.figures import Bar, Bars


def chart(value: float) -> Bars:
    return Bars(bars=(Bar("jung", value, f"{value:g} %"), Bar("alt", 2.0, "2 %")))


def test_the_same_chart_is_drawn_once() -> None:
    first = _drawn(chart(4), Look())
    assert _drawn(chart(4), Look()) is first
    assert _drawn(chart(5), Look()) is not first
    assert _drawn(chart(4), Look("dark")) is not first
