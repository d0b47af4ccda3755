"""Charts of persons beside the target of their area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from inteso_dash.drawing.screen.style import ABOVE, BAND, BELOW, INK, ROW, layout
from inteso_dash.language import formats

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LANES = 58


def target_bars(rows: pd.DataFrame, *, theme: str = "light") -> Figure:
    """Draw persons beside their target, the one furthest above on top.

    Every row has two lanes: the persons as a bar; below it the span of the targets of all
    weightings as a band, with the target of the chosen one as a line. A bar that ends beyond its
    band lies above the target, or below it, whatever the weighting.

    Parameters
    ----------
    rows : DataFrame
        name, sign (of the verdict), persons, target, lowest, highest, difference, and together
        (whether the row stands for several areas); furthest above first.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    rows = rows.iloc[::-1].reset_index(drop=True)
    places = rows.index.to_numpy(dtype=float)
    records = rows.to_dict("records")
    hover = [
        f"<b>{row['name']}</b><br>{formats.number(row['persons'], 0)} untergebracht<br>"
        f"Soll {formats.number(row['target'], 0)}, je nach Gewichtung "
        f"{formats.number(row['lowest'], 0)} bis {formats.number(row['highest'], 0)}"
        for row in records
    ]
    figure = go.Figure()
    is_above = rows["difference"] > 0
    for colour, chosen in ((ABOVE[theme], is_above), (BELOW[theme], ~is_above)):
        figure.add_bar(
            x=rows["persons"][chosen],
            y=places[chosen],
            orientation="h",
            width=0.26,
            offset=-0.1,
            marker={
                "color": colour,
                "line": {"width": 0},
                "pattern": {
                    "fillmode": "overlay",
                    "shape": ["/" if together else "" for together in rows["together"][chosen]],
                    "fgcolor": INK[theme],
                    "fgopacity": 0.45,
                    "size": 6,
                },
            },
            hovertext=[hover[at] for at in rows.index[chosen]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.add_bar(
        x=rows["highest"] - rows["lowest"],
        base=rows["lowest"],
        y=places,
        orientation="h",
        width=0.14,
        offset=-0.28,
        marker={"color": BAND[theme], "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rows["target"],
        y=places - 0.21,
        mode="markers",
        marker={
            "symbol": "line-ns",
            "size": 9,
            "color": INK[theme],
            "line": {"width": 2.5, "color": INK[theme]},
        },
        hoverinfo="skip",
    )
    for row, place in zip(records, places, strict=True):
        figure.add_annotation(
            x=0,
            y=place + 0.36,
            xanchor="left",
            text=f"{row['sign']} <b>{row['name']}</b>  {formats.number(row['persons'], 0)} statt "
            f"{formats.number(row['target'], 0)}: {_signed(row['difference'])}",
            showarrow=False,
            font={"color": INK[theme], "size": 13},
        )
    widest = float(rows[["persons", "highest"]].max().max()) or 1.0
    return layout(
        figure,
        theme,
        _LANES * len(rows) + 60,
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 0, "b": 0},
        xaxis={"range": [0, widest * 1.04], "tickformat": ",d", "nticks": 5, "title": "Personen"},
        yaxis={"visible": False, "range": [-0.5, len(rows) - 0.4]},
    )


def _signed(value: float) -> str:
    written = formats.number(value, 0)
    return f"+{written}" if value > 0 and written != "0" else written


def difference_bars(
    names: Sequence[str], differences: Sequence[float], *, theme: str = "light"
) -> Figure:
    """Draw persons above and below the target, the highest on top."""
    import plotly.graph_objects as go

    order = np.argsort(differences)
    values = [differences[at] for at in order]
    labels = [formats.number(value, 0) for value in values]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[names[at] for at in order],
            orientation="h",
            marker={
                "color": [ABOVE[theme] if value > 0 else BELOW[theme] for value in values],
                "line": {"width": 0},
            },
            text=[
                f"+{text}" if value > 0 else text
                for value, text in zip(values, labels, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    widest = max((abs(value) for value in values), default=1) * 1.3 or 1
    return layout(
        figure,
        theme,
        ROW * len(values) + 60,
        bargap=0.4,
        xaxis={
            "range": [-widest, widest],
            "tickformat": ",d",
            "zeroline": True,
            "zerolinecolor": INK[theme],
            "title": "Personen über (+) und unter (−) dem Soll",
        },
        yaxis={"showgrid": False},
    )
