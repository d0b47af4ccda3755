"""Bars, columns and pairs of values."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from inteso_dash.drawing.positions import beeswarm
from inteso_dash.drawing.screen.look import Look, short
from inteso_dash.language import formats
from inteso_dash.views.colours import BAND, COMPARED, GRID, GROUND, STROKES, TONES
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bar, Bars, Columns, Pair, Pairs

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_NAME = 32
"""Letters of a line before a bar that is compared."""
_ROW, _PAIR, _LANES = 34, 34, 58
"""Pixels that a bar, a pair and a bar with a band take."""
_EDGES = 60
_WORDS = 128
"""Pixels that what is told of a pair needs beside its line."""
_SWARM, _SWARM_WIDTH, _SWARM_PART = 320.0, 900.0, 0.75
"""Height and width of a distribution in pixels, and the part of the height that dots may take."""
_CROWD, _SWARM_EDGE = 60, 0.03


def bars(chart: Bars, look: Look) -> Figure:
    """Draw bars from zero, the first one on top, with references as thin lines across them."""
    if any(bar.band is not None for bar in chart.bars):
        return _lanes(chart, look)
    import plotly.graph_objects as go

    places = list(range(len(chart.bars)))[::-1]
    inside = chart.compared
    labels = [_label(bar) if inside else look.folded(bar.label) for bar in chart.bars]
    figure = go.Figure(
        go.Bar(
            x=[bar.value for bar in chart.bars],
            y=places,
            orientation="h",
            name=chart.name,
            marker=_fill(chart, look),
            text=None if inside else [f"\u2002{bar.written}\u2002" for bar in chart.bars],
            textposition="none" if inside else "outside",
            textfont=look.font(),
            constraintext="none",
            cliponaxis=False,
            hoverinfo="skip",
            error_x=_whiskers(chart, look),
            hovertext=[f"<b>{bar.label}</b><br>{bar.told}" for bar in chart.bars],
            hovertemplate="%{hovertext}<extra></extra>" if chart.whiskers else None,
        )
    )
    if inside:
        _others(figure, chart, places, look)
        _references(figure, chart, places, look)
        ends = [max(bar.value, *bar.compared, *(bar.whisker or ()), 0) for bar in chart.bars]
        most = max(ends) * 1.02
    else:
        written = [bar.written for bar in chart.bars]
        most = look.reach([bar.value for bar in chart.bars], written, labels)
    return look.lay_out(
        figure,
        _ROW * len(places) + _EDGES,
        bargap=0.42,
        margin={"t": 40 if inside else 8},
        showlegend=inside and bool(chart.reference_name),
        legend=look.legend(),
        xaxis={
            "range": [-most if chart.signed else 0, most or 1],
            "visible": chart.signed,
            "zeroline": chart.signed,
            "zerolinecolor": look.ink,
            "tickformat": ",~f",
            "nticks": 5,
            "title": {"text": chart.axis},
        },
        yaxis={"tickvals": places, "ticktext": labels, "showgrid": False, "ticklabelstandoff": 8},
    )


def _whiskers(chart: Bars, look: Look) -> dict[str, object] | None:
    """Return the spans in which chance alone would move the bars; None where there are none."""
    if not chart.whiskers:
        return None
    reaches = [bar.whisker or (bar.value, bar.value) for bar in chart.bars]
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - bar.value for bar, (_, high) in zip(chart.bars, reaches, strict=True)],
        "arrayminus": [bar.value - low for bar, (low, _) in zip(chart.bars, reaches, strict=True)],
        "color": look.ink,
        "thickness": look.px(1.5),
        "width": look.px(4),
    }


def _fill(chart: Bars, look: Look) -> dict[str, object]:
    """Return the colours of bars; those that stand for several areas or are assumed are hatched."""
    return {
        "color": [TONES[look.theme][bar.tone] for bar in chart.bars],
        "line": {"width": 0},
        "pattern": {
            "fillmode": "overlay",
            "shape": ["/" if bar.together else "|" * chart.assumed for bar in chart.bars],
            "fgopacity": 0.45,
            "size": look.px(6),
        },
    }


def _label(bar: Bar) -> str:
    first, *rest = wrap(bar.label, _NAME) or [""]
    lines = [first, short(" ".join(rest), _NAME)] if rest else [first]
    return f"{'<br>'.join(lines)}   <b>{bar.written}</b>"


def _references(figure: Figure, chart: Bars, places: list[int], look: Look) -> None:
    compared = [
        (place, bar)
        for place, bar in zip(places, chart.bars, strict=True)
        if bar.reference is not None
    ]
    figure.add_scatter(
        x=[bar.reference for _, bar in compared],
        y=[place for place, _ in compared],
        mode="markers",
        name=chart.reference_name,
        marker=_line(look, 13, 2),
        text=[bar.reference_written for _, bar in compared],
        hovertemplate=f"{chart.reference_name}: %{{text}}<extra></extra>",
    )


def _others(figure: Figure, chart: Bars, places: list[int], look: Look) -> None:
    for index, (name, stroke) in enumerate(zip(chart.other_names, COMPARED, strict=False)):
        values = [bar.others[index] for bar in chart.bars]
        figure.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=name,
            marker={
                "symbol": stroke.symbol,
                "size": look.px(10),
                "color": stroke.colour(look.theme),
                "line": {"width": look.px(1.5), "color": GROUND[look.theme]},
            },
            text=[
                "" if value is None else formats.with_unit(value, chart.decimals, chart.unit)
                for value in values
            ],
            hovertemplate=f"{name}: %{{text}}<extra></extra>",
        )


def _line(look: Look, size: float, width: float) -> dict[str, object]:
    return {
        "symbol": "line-ns",
        "size": look.px(size),
        "color": look.ink,
        "line": {"width": look.px(width), "color": look.ink},
    }


def _lanes(chart: Bars, look: Look) -> Figure:
    """Draw every bar above the span in which its reference lies.

    A bar that ends beyond its band lies above the reference, or below it, whatever is assumed.
    """
    import plotly.graph_objects as go

    places = [float(place) for place in range(len(chart.bars))][::-1]
    bands = [bar.band or (bar.value, bar.value) for bar in chart.bars]
    figure = go.Figure(
        go.Bar(
            x=[bar.value for bar in chart.bars],
            y=places,
            orientation="h",
            width=0.26,
            offset=-0.1,
            marker=_fill(chart, look),
            hovertext=[f"<b>{bar.label}</b><br>{bar.told}" for bar in chart.bars],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.add_bar(
        x=[high - low for low, high in bands],
        base=[low for low, _ in bands],
        y=places,
        orientation="h",
        width=0.14,
        offset=-0.28,
        marker={"color": BAND[look.theme], "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[bar.reference for bar in chart.bars],
        y=[place - 0.21 for place in places],
        mode="markers",
        marker=_line(look, 9, 2.5),
        hoverinfo="skip",
    )
    for bar, place in zip(chart.bars, places, strict=True):
        figure.add_annotation(
            x=0,
            y=place + 0.36,
            xanchor="left",
            text=f"<b>{bar.label}</b>  {bar.written}",
            showarrow=False,
            font=look.font(),
        )
    widest = max(max(bar.value, high) for bar, (_, high) in zip(chart.bars, bands, strict=True))
    return look.lay_out(
        figure,
        _LANES * len(places) + _EDGES,
        barmode="overlay",
        margin={"l": 8, "t": 0},
        xaxis={
            "range": [0, (widest or 1.0) * 1.04],
            "tickformat": ",d",
            "nticks": 5,
            "title": {"text": chart.axis},
        },
        yaxis={"visible": False, "range": [-0.5, len(places) - 0.4]},
    )


def columns(chart: Columns, look: Look) -> Figure:
    """Draw how many there are of which size, with a limit as a line."""
    import plotly.graph_objects as go

    tones = TONES[look.theme]
    figure = go.Figure(
        go.Bar(
            x=[(low + high) / 2 for low, high, _ in chart.columns],
            y=[count for _, _, count in chart.columns],
            width=[(high - low) * 0.94 for low, high, _ in chart.columns],
            marker={
                "color": [
                    tones["above" if low >= chart.limit else "plain"] for low, _, _ in chart.columns
                ],
                "line": {"width": 0},
            },
            text=[str(count) if count else "" for _, _, count in chart.columns],
            textposition="outside",
            textfont=look.font(),
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.add_vline(x=chart.limit, line={"color": look.ink, "width": look.px(1.5)})
    figure.add_annotation(
        x=chart.limit,
        y=1,
        yref="paper",
        text=chart.limit_name,
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        xshift=look.px(4),
        font=look.font(),
    )
    most = max((count for _, _, count in chart.columns), default=0)
    return look.lay_out(
        figure,
        320,
        xaxis={
            "range": [0, max((high for _, high, _ in chart.columns), default=1)],
            "dtick": 100,
            "showgrid": False,
            "title": {"text": chart.across},
        },
        yaxis={
            "title": {"text": chart.upwards},
            "tickformat": ",d",
            "range": [0, max(most * 1.12, 1)],
            "nticks": 5,
        },
    )


def pairs(chart: Pairs, look: Look) -> Figure:
    """Draw both values of every area on one line, those with only one as a single mark."""
    import plotly.graph_objects as go

    places = list(range(len(chart.pairs)))[::-1]
    figure = go.Figure()
    spans_x: list[float | None] = []
    spans_y: list[float | None] = []
    for place, pair in zip(places, chart.pairs, strict=True):
        if pair.first is not None and pair.second is not None:
            spans_x += [pair.first, pair.second, None]
            spans_y += [place, place, None]
    figure.add_scatter(
        x=spans_x,
        y=spans_y,
        mode="lines",
        line={
            "color": look.quiet,
            "width": look.px(2),
            "dash": "dot" if chart.assumed else "solid",
        },
        hoverinfo="skip",
        showlegend=False,
    )
    filled = STROKES[0].colour(look.theme)
    marks = (
        ("circle-open", look.ink, [pair.first for pair in chart.pairs]),
        ("circle", filled, [pair.second for pair in chart.pairs]),
    )
    for name, (symbol, colour, values) in zip(chart.names, marks, strict=True):
        figure.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=name,
            marker={
                "size": look.px(11),
                "symbol": symbol,
                "color": colour,
                "line": {"width": look.px(2), "color": colour},
            },
            text=[
                _told(chart, pair, name, value)
                for pair, value in zip(chart.pairs, values, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    words = any(pair.told for pair in chart.pairs)
    for place, pair in zip(places, chart.pairs, strict=True):
        if pair.told:
            figure.add_annotation(
                x=1,
                xref="paper",
                y=place,
                text=pair.told,
                showarrow=False,
                xanchor="left",
                xshift=look.px(6),
                font=look.font(),
            )
    return look.lay_out(
        figure,
        _PAIR * len(places) + 90,
        margin={"r": _WORDS if words else 8, "t": 44},
        xaxis={
            "tickformat": f",.{chart.decimals}f",
            "zeroline": chart.crosses_zero,
            "zerolinecolor": look.ink,
            "nticks": 5,
            "title": {"text": chart.axis},
        },
        yaxis={
            "tickvals": places,
            "ticktext": [look.folded(pair.label) for pair in chart.pairs],
            "range": [-0.7, len(places) - 0.3],
            "gridcolor": GRID[look.theme],
            "zeroline": False,
        },
        showlegend=True,
        legend=look.legend(),
    )


def _told(chart: Pairs, pair: Pair, name: str, value: float | None) -> str:
    if value is None:
        return ""
    written = formats.with_unit(value, chart.decimals, chart.unit)
    return "<br>".join(filter(None, (f"<b>{pair.label}</b>", f"{name}: {written}", pair.told)))


def swarm(chart: Swarm, look: Look) -> Figure:
    """Draw a dot for every area, the city as a line across and the area selected by name."""
    import plotly.graph_objects as go

    width, height = look.size or (_SWARM_WIDTH, _SWARM)
    room = height * _SWARM_PART
    low, high = chart.bounds
    radius = look.px(5.0 if len(chart.values) > _CROWD else 7.0)
    edge = _SWARM_EDGE * max(high - low, 1e-9)
    places = (np.asarray(chart.values) - low) / (high - low + 2 * edge) * width
    heights = beeswarm(places, radius, room)
    figure = go.Figure()
    figure.add_scatter(
        x=chart.values,
        y=heights,
        mode="markers",
        marker={
            "size": 2 * radius,
            "color": chart.colours,
            "line": {"width": look.px(0.8), "color": look.ink},
        },
        hovertemplate=f"%{{x:,.{chart.decimals}f}} {chart.unit}<extra></extra>",
    )
    if chart.reference is not None:
        written = formats.with_unit(chart.reference, chart.decimals, chart.unit)
        figure.add_vline(chart.reference, line={"color": look.ink, "width": look.px(1.5)})
        figure.add_annotation(
            x=chart.reference,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=f"{chart.reference_name} {written}",
            showarrow=False,
            font=look.font(),
        )
    if chart.named is not None:
        at, name = chart.named
        figure.add_annotation(
            x=chart.values[at],
            y=heights[at],
            ay=-look.px(40),
            ax=0,
            text=f"<b>{name}</b>",
            arrowcolor=look.ink,
            font=look.font(),
        )
    return look.lay_out(
        figure,
        _SWARM,
        margin={"t": 40},
        xaxis={
            "tickformat": f",.{chart.decimals}f",
            "zeroline": False,
            "title": {"text": chart.unit},
            "range": [low - edge, high + edge],
        },
        yaxis={"visible": False, "range": [-height / 2, height / 2]},
    )
