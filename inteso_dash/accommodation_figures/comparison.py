"""Charts that compare areas, sites and forms with one another at one Stichtag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from inteso_dash import formats
from inteso_dash.accommodation_figures.style import (
    ABOVE,
    BAND,
    BAR,
    BELOW,
    INK,
    QUIET,
    ROW,
    layout,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LANES = 46
_LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "itemclick": False,
    "itemdoubleclick": False,
}


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
    for title, colour, chosen in (
        ("untergebracht, mehr als das Soll", ABOVE[theme], is_above),
        ("untergebracht, nicht mehr", BELOW[theme], ~is_above),
    ):
        figure.add_bar(
            x=rows["persons"][chosen],
            y=places[chosen],
            orientation="h",
            width=0.34,
            offset=0.02,
            name=title,
            marker={
                "color": colour,
                "line": {"width": 0},
                "pattern": {
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
        width=0.2,
        offset=-0.26,
        name="Soll nach jeder möglichen Gewichtung",
        marker={"color": BAND[theme], "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rows["target"],
        y=places - 0.16,
        mode="markers",
        name="Soll nach Ihrer Gewichtung",
        marker={
            "symbol": "line-ns",
            "size": 11,
            "color": INK[theme],
            "line": {"width": 2.5, "color": INK[theme]},
        },
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rows["persons"],
        y=places + 0.19,
        mode="text",
        text=[
            f" {formats.number(row['persons'], 0)}  ({_signed(row['difference'])})"
            for row in records
        ],
        textposition="middle right",
        textfont={"color": INK[theme], "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    widest = float(rows[["persons", "highest"]].max().max()) or 1.0
    labels = [f"{sign} {name}" for sign, name in zip(rows["sign"], rows["name"], strict=True)]
    return layout(
        figure,
        theme,
        _LANES * len(rows) + 120,
        barmode="overlay",
        margin={"l": 0, "r": 8, "t": 80, "b": 0},
        showlegend=True,
        legend={
            **_LEGEND,
            "xref": "container",
            "itemwidth": 30,
            "font": {"size": 13, "color": INK[theme]},
        },
        xaxis={"range": [0, widest * 1.3], "tickformat": ",d", "nticks": 5, "title": "Personen"},
        yaxis={
            "tickvals": places,
            "ticktext": labels,
            "range": [-0.6, len(rows) - 0.4],
            "showgrid": False,
            "zeroline": False,
        },
    )


def _signed(value: float) -> str:
    written = formats.number(value, 0)
    return f"+{written}" if value > 0 and written != "0" else written


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


def size_histogram(classes: pd.DataFrame, limit: float, *, theme: str = "light") -> Figure:
    """Draw how many sites have which size, with the limit as a line.

    Parameters
    ----------
    classes : DataFrame
        As of `distribution.size_classes`.
    limit : float
        Classes above it are drawn in another colour.
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
            "title": {"text": "Größe der Unterkunft"},
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
        xaxis={"visible": False, "range": [0, (float(rows["places"].max()) or 1) * 1.45]},
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
        legend={**_LEGEND, "font": {"size": 13, "color": INK[theme]}},
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
