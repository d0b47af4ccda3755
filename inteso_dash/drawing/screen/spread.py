"""Charts that compare areas, sites and forms with one another at one Stichtag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash.drawing.screen.style import ABOVE, BAND, BAR, INK, LEGEND, QUIET, ROW, layout
from inteso_dash.language import formats

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def lorenz_chart(curve: pd.DataFrame, names: Sequence[str], *, theme: str = "light") -> Figure:
    """Draw a Lorenz curve beside the line of equal burden.

    Parameters
    ----------
    curve : DataFrame
        As of `distribution.lorenz`.
    names : sequence of str
        Name of the area of every point; the first one is the origin.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": QUIET[theme], "width": 1},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=curve["weight"] * 100,
        y=curve["value"] * 100,
        mode="lines+markers",
        line={"color": BAR[theme], "width": 2.5},
        marker={"size": 7},
        text=list(names),
        hovertemplate="bis %{text}: %{x:.1f} % der Einwohner, %{y:.1f} % der "
        "Untergebrachten<extra></extra>",
    )
    figure.add_annotation(
        x=40,
        y=42,
        text="gleiche Last",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"color": QUIET[theme]},
    )
    percent = {"range": [0, 101], "ticksuffix": " %", "dtick": 25}
    return layout(
        figure,
        theme,
        360,
        margin={"l": 0, "r": 24, "t": 8, "b": 0},
        xaxis={**percent, "title": {"text": "Einwohner, von der geringsten zur höchsten Last"}},
        yaxis={**percent, "title": {"text": "Untergebrachte"}},
    )


def size_histogram(
    classes: pd.DataFrame, limit: float, unit: str, *, theme: str = "light"
) -> Figure:
    """Draw how many sites have which size, with the limit as a line.

    Parameters
    ----------
    classes : DataFrame
        As of `distribution.size_classes`.
    limit : float
        Classes above it are drawn in another colour.
    unit : str
        What the size is counted in.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    middle = (classes["low"] + classes["high"]) / 2
    figure = go.Figure(
        go.Bar(
            x=middle,
            y=classes["sites"],
            width=(classes["high"] - classes["low"]) * 0.94,
            marker={
                "color": [ABOVE[theme] if low >= limit else BAR[theme] for low in classes["low"]],
                "line": {"width": 0},
            },
            text=[str(count) if count else "" for count in classes["sites"]],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.add_vline(x=limit, line={"color": INK[theme], "width": 1.5})
    figure.add_annotation(
        x=limit,
        y=1,
        yref="paper",
        text=f"Grenze {formats.number(limit, 0)}",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        xshift=4,
        font={"color": INK[theme]},
    )
    top = float(classes["high"].max())
    return layout(
        figure,
        theme,
        320,
        xaxis={
            "range": [0, top],
            "dtick": 100,
            "showgrid": False,
            "title": {"text": f"Größe der Unterkunft ({unit})"},
        },
        yaxis={
            "title": {"text": "Unterkünfte"},
            "tickformat": ",d",
            "range": [0, max(float(classes["sites"].max()) * 1.12, 1)],
            "nticks": 5,
        },
    )


def form_bars(table: pd.DataFrame, unnamed: str, *, theme: str = "light") -> Figure:
    """Draw places by form, the largest on top.

    Parameters
    ----------
    table : DataFrame
        As of `accommodation.forms`.
    unnamed : str
        What to call places without a form.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    rows = table.iloc[::-1]
    figure = go.Figure(
        go.Bar(
            x=rows["places"],
            y=[str(form) or unnamed for form in rows.index],
            orientation="h",
            marker={
                "color": [BAR[theme] if form else QUIET[theme] for form in rows.index],
                "line": {"width": 0},
            },
            text=[
                formats.number(places, 0)
                + ("" if pd.isna(share) else f" · {formats.number(share, 1)} %")
                for places, share in zip(rows["places"], rows["share"], strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    return layout(
        figure,
        theme,
        ROW * len(rows) + 24,
        bargap=0.4,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        xaxis={"visible": False, "range": [0, (float(rows["places"].max()) or 1) * 1.6]},
        yaxis={"showgrid": False},
    )


def border_chart(counted: pd.DataFrame, names: Sequence[str], *, theme: str = "light") -> Figure:
    """Draw persons inside every area, and how many more there are near it.

    Parameters
    ----------
    counted : DataFrame
        inside and reached, most persons within reach first.
    names : sequence of str
        Names of the areas in that order.
    theme : str
        light or dark.
    """
    import plotly.graph_objects as go

    rows = counted.assign(name=list(names)).iloc[::-1]
    figure = go.Figure()
    more = rows[rows["reached"] > rows["inside"]]
    for row in more.itertuples(index=False):
        figure.add_scatter(
            x=[row.inside, row.reached],
            y=[row.name, row.name],
            mode="lines",
            line={"color": BAND[theme], "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
    for column, title, symbol, colour in (
        ("inside", "im Gebiet", "circle", BAR[theme]),
        ("reached", "im Gebiet und im Umkreis", "diamond-open", INK[theme]),
    ):
        figure.add_scatter(
            x=rows[column],
            y=rows["name"],
            mode="markers+text",
            name=title,
            marker={"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2}},
            text=[
                f"  {formats.number(reached, 0)}" if column == "reached" else ""
                for reached in rows["reached"]
            ],
            textposition="middle right",
            cliponaxis=False,
            hovertemplate=f"%{{y}}, {title}: %{{x:,d}}<extra></extra>",
        )
    return layout(
        figure,
        theme,
        ROW * len(rows) + 90,
        margin={"l": 0, "r": 8, "t": 32, "b": 0},
        showlegend=True,
        legend={**LEGEND, "font": {"size": 13, "color": INK[theme]}},
        xaxis={
            "range": [0, (float(rows["reached"].max()) or 1) * 1.15],
            "tickformat": ",d",
            "nticks": 6,
            "title": {"text": "Personen"},
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": rows["name"].tolist(),
            "range": [-0.6, len(rows) - 0.4],
            "showgrid": True,
        },
    )
