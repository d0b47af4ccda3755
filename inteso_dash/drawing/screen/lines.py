"""Lines over true time, broken where figures cannot be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from inteso_dash.drawing.screen.style import INK, LINES, QUIET, layout, short
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.figures import Mark

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MAX_LINES = 6
DIRECT_LABELS = 4

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
_TIGHT = 0.055
_LEFT, _RIGHT = 64, 132
_NARROW, _NARROW_BESIDE_NAMES = 270, 150
"""Pixels that are left for the lines on a phone."""
_YEAR, _MONTH = 36, 56
"""Pixels that a date needs under the axis."""


def line_chart(
    points: pd.DataFrame,
    marks: Sequence[Mark],
    period: tuple[dt.date, dt.date],
    unit: str,
    decimals: int,
    *,
    reference: str = "",
    neutral: float | None = None,
    theme: str = "light",
    height: int = 400,
) -> Figure:
    """Draw a line per area through the points that are comparable, at true distances in time.

    Parameters
    ----------
    points : DataFrame
        As of `change.shown`, with a column source (text).
    marks : sequence of Mark
        Breaks, named at their date; no line crosses those of its own level.
    period : (date, date)
        First and last day of the time axis.
    unit : str
    decimals : int
        Of the values shown.
    reference : str
        Key of the area drawn in grey, the whole city; empty for none.
    neutral : float, optional
        Value at which a thin line stands: 100 for an index, 0 for a change.
    theme : str
        light or dark.
    height : int
        Pixels.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    names = list(dict.fromkeys(zip(points["area_id"], points["name"], strict=True)))
    direct = len(names) <= DIRECT_LABELS
    ends: list[tuple[str, float, str]] = []
    colored = 0
    for area_id, name in names:
        own = points[points["area_id"] == area_id]
        if area_id == reference:
            color, symbol, width = QUIET[theme], "circle-open", 1.5
        else:
            color, symbol, width = LINES[theme][colored % 6], _SYMBOLS[colored % 6], 2.5
            colored += 1
        for place, (_, part) in enumerate(own.groupby("segment", sort=True)):
            figure.add_scatter(
                x=part["date"],
                y=part["shown"],
                name=name,
                legendgroup=area_id,
                showlegend=place == 0,
                mode="lines+markers",
                line={"color": color, "width": width},
                marker={"size": 9, "symbol": symbol, "color": color},
                text=[_hover(row, unit, decimals) for row in part.to_dict("records")],
                hovertemplate=f"<b>{name}</b><br>%{{text}}<extra></extra>",
            )
        ends.append((name, float(own["shown"].iloc[-1]), color))
    days = sorted(set(points["date"]))
    _mark_breaks(figure, marks, days, theme)
    if neutral is not None:
        figure.add_hline(y=neutral, line={"color": QUIET[theme], "width": 1})
    if direct:
        _label_ends(figure, ends, points["shown"])
    ticks, texts = time_ticks(days, _NARROW_BESIDE_NAMES if direct else _NARROW)
    edge = max((period[1] - period[0]) * 0.03, dt.timedelta(days=20))
    return layout(
        figure,
        theme,
        height,
        margin={"l": _LEFT, "r": _RIGHT if direct else 8, "t": 44, "b": 0},
        xaxis={
            "type": "date",
            "range": [period[0] - edge, period[1] + edge],
            "tickvals": ticks,
            "ticktext": texts,
            "tickangle": 0,
            "showgrid": False,
            "ticks": "outside",
        },
        yaxis={
            "tickformat": f",.{decimals}f",
            "zeroline": False,
            "nticks": 6,
            "automargin": False,
        },
        showlegend=not direct,
        legend={"orientation": "h", "x": 0, "y": -0.14, "yanchor": "top", "itemclick": False},
        hoverlabel={"align": "left"},
    )


def _hover(row: dict[Any, Any], unit: str, decimals: int) -> str:
    said = [f"{formats.date(row['date'])}: {formats.with_unit(row['shown'], decimals, unit)}"]
    meaning = STATUS_MEANINGS[Status(row["status"])]
    if row["status"] != Status.MEASURED:
        said.append(meaning.title)
    said.append(str(row["source"]))
    return "<br>".join(said)


def _mark_breaks(
    figure: Figure, marks: Sequence[Mark], days: Sequence[dt.date], theme: str
) -> None:
    """Mark breaks halfway between the points that they part."""
    for each in marks:
        before = max((day for day in days if day < each.date), default=each.date)
        after = min((day for day in days if day >= each.date), default=each.date)
        at = before + (after - before) / 2
        line = {"color": INK[theme], "width": 1.5, "dash": "dot"}
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line=line)
        figure.add_annotation(
            x=at,
            y=1,
            yref="paper",
            text=f"<b>{each.label}</b>",
            showarrow=False,
            yanchor="bottom",
            font={"color": INK[theme]},
        )


def _label_ends(figure: Figure, ends: list[tuple[str, float, str]], values: pd.Series) -> None:
    span = float(values.max() - values.min()) or 1.0
    order = sorted(ends, key=lambda end: end[1])
    heights = spread_out([end[1] for end in order], span * _TIGHT)
    for (name, _, color), height in zip(order, heights, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=short(name),
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"color": color, "size": 13},
        )


def spread_out(values: Sequence[float], gap: float) -> list[float]:
    """Move ascending heights apart until they are at least ``gap`` from each other.

    Examples
    --------
    >>> spread_out([0.0, 1.0, 10.0], 4.0)
    [-1.5, 2.5, 10.0]
    """
    groups: list[list[float]] = []
    for value in values:
        groups.append([value])
        while len(groups) > 1 and _low(groups[-1], gap) < _high(groups[-2], gap) + gap:
            last = groups.pop()
            groups[-1] += last
    return [_low(group, gap) + gap * place for group in groups for place in range(len(group))]


def _low(group: list[float], gap: float) -> float:
    return sum(group) / len(group) - gap * (len(group) - 1) / 2


def _high(group: list[float], gap: float) -> float:
    return _low(group, gap) + gap * (len(group) - 1)


def time_ticks(days: Sequence[dt.date], width: float = _NARROW) -> tuple[list[dt.date], list[str]]:
    """Return Stichtage to be written under a time axis, leaving out those that stand too close.

    Parameters
    ----------
    days : sequence of date
        Ascending.
    width : float
        Pixels between the first and the last.

    Returns
    -------
    ticks : list of date
    texts : list of str
        Years alone where all Stichtage are of the same day of the year.

    Examples
    --------
    >>> time_ticks([dt.date(2010, 12, 31), dt.date(2021, 12, 31)])[1]
    ['2010', '2021']
    >>> time_ticks([dt.date(2016, 8, 31), dt.date(2017, 2, 28)])[1]
    ['08/2016', '02/2017']
    """
    if not days:
        return [], []
    yearly = len({(day.month, day.day) for day in days}) == 1
    least = (days[-1] - days[0]) * min((_YEAR if yearly else _MONTH) / width, 1.0)
    kept = [days[-1]]
    for day in reversed(days[:-1]):
        if kept[-1] - day >= least and (day == days[0] or day - days[0] >= least):
            kept.append(day)
    kept.reverse()
    return kept, [f"{day:%Y}" if yearly else f"{day:%m/%Y}" for day in kept]
