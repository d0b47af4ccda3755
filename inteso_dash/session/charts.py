"""Figures on a page, and as pictures to take along."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import CONFIG, Look
from inteso_dash.session import store
from inteso_dash.views.figures import Chart, Figure
from inteso_dash.views.statement import Statement

Picture = Callable[[Statement, str], bytes]
"""Makes the bytes of a picture: what it says of itself, and its kind (svg, png, pdf)."""


def theme() -> str:
    """Say whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_chart(
    chart: Chart, *, key: str, width: int | None = None, height: float | None = None
) -> None:
    """Draw a chart, with its words for those who do not see it.

    Parameters
    ----------
    chart : Chart
    key : str
    width, height : number, optional
        Pixels; as wide as the page, and as high as the content needs, by default.
    """
    drawn = draw(chart, Look(theme(), height=height))
    st.plotly_chart(drawn, config=CONFIG, key=key, alt=chart.words, width=width or "stretch")


def picture_of(figure: Figure, title: str = "", subtitle: str = "") -> Picture:
    """Return what draws a map or a chart for a file.

    Parameters
    ----------
    figure : map or chart
    title, subtitle : str
        Over a chart; maps have their own.
    """
    city = store.city()

    def made(told: Statement, kind: str) -> bytes:
        from inteso_dash.drawing.paper.pictures import written

        return written(city, figure, told, kind, title, subtitle)

    return made
