"""Figures on a page, and as pictures to take along."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from inteso_dash.drawing.screen.charts import draw
from inteso_dash.drawing.screen.look import CONFIG, Look
from inteso_dash.session import store
from inteso_dash.session.editions import cached
from inteso_dash.session.literal import literal_table
from inteso_dash.views.colours import ink
from inteso_dash.views.figures import Chart, Figure, Table
from inteso_dash.views.statement import Statement

Picture = Callable[[Statement, str], bytes]
"""Makes the bytes of a picture: what it says of itself, and its kind (svg, png, pdf)."""
_CHARTS = 64
_drawn = cached(max_entries=_CHARTS)(draw)


def theme() -> str:
    """Say whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_chart(
    chart: Chart,
    *,
    key: str,
    width: int | None = None,
    height: float | None = None,
    on_point: Callable[[], None] | None = None,
) -> None:
    """Draw a chart, with its words for those who do not see it.

    Parameters
    ----------
    chart : Chart
    key : str
    width, height : number, optional
        Pixels; as wide as the page, and as high as the content needs, by default.
    on_point : callable, optional
        Called when the reader has clicked what stands for an area; what that is, the state of the
        chart says.
    """
    drawn = _drawn(chart, Look(theme(), height=height))
    st.plotly_chart(
        drawn,
        config=CONFIG,
        key=key,
        alt=chart.words,
        width=width or "stretch",
        on_select=on_point or "ignore",
        selection_mode="points",
    )


def show_table(table: Table) -> None:
    """Draw a table, with the colours of its cells."""
    heads, *rows = table.rows
    shown = literal_table(pd.DataFrame(rows, columns=list(heads)))
    right = shown.columns[table.numeric()]
    styled = shown.style.set_properties(subset=right, **{"text-align": "right !important"})
    if table.fills:
        styles = [
            [f"background-color: {fill}; color: {ink(fill)}" if fill else "" for fill in row]
            for row in table.fills
        ]
        styled.apply(lambda _: np.array(styles), axis=None)
    st.table(styled, hide_index=True, border="horizontal")


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
