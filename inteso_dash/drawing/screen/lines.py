"""Values over true time, and other lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from inteso_dash.drawing import positions
from inteso_dash.drawing.screen.look import Look, short
from inteso_dash.drawing.screen.naming import beside_lines
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.colours import GRID, GROUND, STROKES, TONES, on_dark, strokes
from inteso_dash.views.dots import Funnel, Scatter
from inteso_dash.views.figures import Curve, Lines, Spans

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

DIRECT_LABELS = 4
"""Lines that have their names beside them where the width is not known; more need a legend."""
_SYMBOLS = {"triangle": "triangle-up"}
_DASHES = {"dashdotdot": "8px,3px,2px,3px,2px,3px"}
_TIGHT = 0.055
_HATCHED = 48
"""Spaces between the lines that hatch the ground of a scenario."""
_LEFT, _RIGHT, _DATE = 64, 132, 20
_NARROW, _NARROW_BESIDE_NAMES = 270, 150
"""Pixels that are left for the lines on a phone."""
_YEAR, _MONTH = 36, 56
"""Pixels that a date needs under the axis."""
_FAINT, _DOT_NAME = 0.12, 32
"""Opacity of dots that stand back; letters that the name of a dot may have."""
_FUNNEL = (640.0, 520.0)
"""Width and height of a funnel on a page, in pixels; the width is that of a narrow one."""
_LIMITS = ("dash", "dot")
_AXES = (0.9, 0.8)
"""Parts of a known size that the axes take, about."""


def lines(chart: Lines, look: Look) -> Figure:
    """Draw a line per course through the points that are comparable, at true distances in time."""
    import plotly.graph_objects as go

    figure = go.Figure()
    given = strokes(tuple(course.tone for course in chart.courses))
    colours = []
    for place, (course, stroke) in enumerate(zip(chart.courses, given, strict=True)):
        colour = look.quiet if stroke is None else stroke.colour(look.theme)
        colours.append(colour)
        width = 1.5 if stroke is None else 2.5
        dash = "solid" if stroke is None else stroke.dash
        symbol = "circle-open" if stroke is None else stroke.symbol
        for part_place, part in enumerate(course.parts()):
            figure.add_scatter(
                x=[point.date for point in part],
                y=[point.value for point in part],
                name=course.name,
                legendgroup=str(place),
                showlegend=part_place == 0,
                mode="lines+markers",
                line={
                    "color": colour,
                    "width": look.px(width),
                    "dash": _DASHES.get(dash, dash),
                    "shape": "hv" if course.stepped else "linear",
                },
                marker={
                    "size": look.px(9),
                    "symbol": _SYMBOLS.get(symbol, symbol),
                    "color": colour,
                },
                text=[point.told for point in part],
                hovertemplate=f"<b>{course.name}</b><br>%{{text}}<extra></extra>",
            )
    _assumed(figure, chart, look)
    _marks(figure, chart, look)
    if chart.neutral is not None:
        figure.add_hline(y=chart.neutral, line={"color": look.quiet, "width": look.px(1)})
    direct = look.size is not None or len(chart.courses) <= DIRECT_LABELS
    beside = look.size is None and direct
    first, last = _period(chart)
    edge = max((last - first) * 0.03, dt.timedelta(days=20))
    ends = (first - edge, last + ((last - first) * 0.25 if look.size is not None else edge))
    if look.size is not None:
        _name_lines(figure, chart, colours, ends, look)
    elif direct:
        _label_ends(figure, chart, colours, look)
    low = min(0.0, *chart.values) if chart.from_zero else None
    shown = [*chart.values, *([] if low is None else [low])] or [0.0]
    # Plotly shows one more on either side of what is all the same.
    beyond = 0 if min(shown) < max(shown) else 1
    step = positions.least_step(min(shown) - beyond, max(shown) + beyond, chart.decimals)
    return look.lay_out(
        figure,
        400,
        margin={"l": _LEFT, "r": _RIGHT if beside else _DATE, "t": 44},
        xaxis={
            "type": "date",
            "range": list(ends),
            **_time_ticks(chart, ends, look, beside=beside),
            "showgrid": False,
            "ticks": "outside",
        },
        yaxis={
            "tickformat": f",.{chart.decimals}f",
            "rangemode": "tozero" if low == 0 else "normal",
            "zeroline": False,
            "nticks": 6,
            "dtick": step,
            "automargin": False,
        },
        showlegend=not direct,
        legend=look.legend(y=-0.18, yanchor="top"),
    )


def _time_ticks(
    chart: Lines, ends: tuple[dt.date, dt.date], look: Look, *, beside: bool
) -> dict[str, object]:
    days = sorted({*chart.days, *(mark.date for mark in chart.marks if not chart.breaks)})
    if positions.even(days):
        return {"tickformat": "%m/%Y", "autotickangles": [0, 45]}
    room: float = _NARROW_BESIDE_NAMES if beside else _NARROW
    if look.size is not None:
        between = (days[-1] - days[0]) / (ends[1] - ends[0])
        room = look.size[0] * _AXES[0] / look.scale * between
    ticks, texts = positions.written_under(days, room, _YEAR, _MONTH)
    return {"tickvals": ticks, "ticktext": texts, "tickangle": 0}


def _period(chart: Lines) -> tuple[dt.date, dt.date]:
    days = [*chart.days, *(chart.period or ())]
    if not chart.breaks:
        days += [mark.date for mark in chart.marks]
    return min(days), max(days)


def _assumed(figure: Figure, chart: Lines, look: Look) -> None:
    """Hatch the ground from where on a scenario is shown, and say so at its foot."""
    if chart.assumed_from is None:
        return
    start, end = chart.assumed_from, _period(chart)[1]
    days = [start + (end - start) * place / _HATCHED for place in range(_HATCHED + 1)]
    figure.add_shape(
        type="path",
        path=" ".join(f"M {day.isoformat()} 0 V 1" for day in days),
        yref="paper",
        layer="below",
        line={"color": GRID[look.theme], "width": look.px(1)},
    )
    figure.add_annotation(
        x=start,
        y=0,
        yref="paper",
        text=STATUS_MEANINGS[Status.SCENARIO].title,
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        bgcolor=GROUND[look.theme],
        font=look.font(color=look.quiet),
    )


def _marks(figure: Figure, chart: Lines, look: Look) -> None:
    line = (
        {"color": look.ink, "width": look.px(1.5), "dash": "dot"}
        if chart.breaks
        else {"color": look.quiet, "width": look.px(1)}
    )
    for at, label in chart.marked():
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line=line)
        figure.add_annotation(
            x=at,
            y=1,
            yref="paper",
            text=f"<b>{label}</b>",
            showarrow=False,
            yanchor="bottom",
            font=look.font(),
        )


def _label_ends(figure: Figure, chart: Lines, colours: Sequence[str], look: Look) -> None:
    """Write the names of the lines at the right edge, far enough apart to be read."""
    values = chart.values
    span = max(values) - (min(0.0, *values) if chart.from_zero else min(values)) or 1.0
    ends = [
        (course.points[-1].value, course.name, colour)
        for course, colour in zip(chart.courses, colours, strict=True)
    ]
    ends.sort(key=lambda end: end[0])
    heights = spread_out([value for value, _, _ in ends], span * _TIGHT)
    for (_, name, colour), height in zip(ends, heights, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=short(name),
            showarrow=False,
            xanchor="left",
            xshift=look.px(6),
            font=look.font(color=colour),
        )


def _name_lines(
    figure: Figure,
    chart: Lines,
    colours: Sequence[str],
    ends: tuple[dt.date, dt.date],
    look: Look,
) -> None:
    """Write the name of every line where no other line runs."""
    if look.size is None:
        return
    size = (look.size[0] * _AXES[0], look.size[1] * _AXES[1])
    values = chart.values
    low = min(0.0, *values) if chart.from_zero else min(values)
    across = size[0] / (ends[1] - ends[0]).days
    up = size[1] / ((max(values) - low) * 1.06 or 1.0)
    courses = {
        course.name: [
            ((point.date - ends[0]).days * across, (point.value - low) * up)
            for point in course.points
        ]
        for course in chart.courses
    }
    marks = [(at - ends[0]).days * across for at, _ in chart.marked()]
    for colour, each in zip(colours, beside_lines(courses, marks, look.letters, size), strict=True):
        x, y = each.point
        figure.add_annotation(
            x=ends[0] + dt.timedelta(days=round(x / across)),
            y=y / up + low,
            text=each.name,
            showarrow=False,
            xanchor=each.anchor,
            xshift=each.right,
            yshift=each.up,
            font=look.font(color=colour),
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


def curve(chart: Curve, look: Look) -> Figure:
    """Draw shares against shares beside the line on which they are equal."""
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": look.quiet, "width": look.px(1)},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[x for x, _, _ in chart.points],
        y=[y for _, y, _ in chart.points],
        mode="lines+markers",
        line={"color": STROKES[0].colour(look.theme), "width": look.px(2.5)},
        marker={"size": look.px(7)},
        cliponaxis=False,
        text=[name for _, _, name in chart.points],
        hovertemplate=f"bis %{{text}}: {chart.across} %{{x:.1f}} %, {chart.upwards} %{{y:.1f}} %"
        "<extra></extra>",
    )
    figure.add_annotation(
        x=40,
        y=42,
        text=chart.even,
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font=look.font(color=look.quiet),
    )
    percent = {"range": [0, 100], "ticksuffix": " %", "dtick": 25}
    return look.lay_out(
        figure,
        360,
        margin={"r": 24, "t": 12},
        xaxis={**percent, "title": {"text": chart.across}},
        yaxis={**percent, "title": {"text": chart.upwards}},
    )


def scatter(chart: Scatter, look: Look) -> Figure:
    """Draw a dot an area by two figures, a line through them, and names of some."""
    import plotly.graph_objects as go

    figure = go.Figure()
    colours = tuple(dot.colour for dot in chart.dots)
    if look.theme == "dark":
        colours = on_dark(colours)
    for bounds, add in zip(chart.bounds, (figure.add_vline, figure.add_hline), strict=True):
        for bound in bounds:
            add(bound, line={"color": look.quiet, "width": look.px(1), "dash": "dot"})
    figure.add_scatter(
        x=[dot.x for dot in chart.dots],
        y=[dot.y for dot in chart.dots],
        mode="markers",
        marker={
            "size": [look.px(12 if dot.named else 9) for dot in chart.dots],
            "opacity": 1.0,
            "color": [
                _faded(colour) if dot.faint else colour
                for dot, colour in zip(chart.dots, colours, strict=True)
            ],
            "line": {
                "width": [look.px(2.2 if dot.named else 0.8) for dot in chart.dots],
                "color": [_faded(look.ink) if dot.faint else look.ink for dot in chart.dots],
            },
        },
        unselected={"marker": {"opacity": 1.0}},
        cliponaxis=False,
        text=[f"<b>{dot.label}</b><br>{dot.told}" for dot in chart.dots],
        hovertemplate="%{text}<extra></extra>",
    )
    if chart.line:
        figure.add_scatter(
            x=[x for x, _ in chart.line],
            y=[y for _, y in chart.line],
            mode="lines",
            line={"color": look.ink, "width": look.px(1.8), "dash": "dash"},
            name=chart.line_name,
            hoverinfo="skip",
        )
    for dot in chart.dots:
        if dot.named:
            figure.add_annotation(
                x=dot.x,
                y=dot.y,
                text=f"<b>{short(dot.label, _DOT_NAME)}</b>",
                ax=0,
                ay=-look.px(26),
                arrowcolor=look.ink,
                arrowhead=0,
                bgcolor=GROUND[look.theme],
                font=look.font(),
            )
    axes = [
        {"title": {"text": title}, "tickformat": ",~f", "zeroline": False, "nticks": 7}
        for title in (chart.across, chart.upwards)
    ]
    return look.lay_out(figure, 460, margin={"r": 16, "t": 24}, xaxis=axes[0], yaxis=axes[1])


def _faded(colour: str) -> str:
    """Return a colour so thin that it stands back; opacity is what a selection changes.

    Examples
    --------
    >>> _faded("#ff0000")
    'rgba(255,0,0,0.12)'
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red},{green},{blue},{_FAINT})"


def spans(chart: Spans, look: Look) -> Figure:
    """Draw from when to when everything was open, the first one on top."""
    import plotly.graph_objects as go

    places = list(range(len(chart.spans)))[::-1]
    plain = TONES[look.theme]["plain"]
    figure = go.Figure()
    figure.add_scatter(
        x=[day for span in chart.spans for day in (span.start, span.end, None)],
        y=[place for place in places for _ in range(3)],
        mode="lines",
        line={"color": plain, "width": look.px(5)},
        hoverinfo="skip",
        showlegend=False,
    )
    everything = list(zip(places, chart.spans, strict=True))
    marks = (
        ([(place, span, span.start) for place, span in everything], "circle", look.ink),
        (
            [(place, span, span.end) for place, span in everything if span.closed],
            "line-ns",
            look.ink,
        ),
        (
            [(place, span, span.end) for place, span in everything if not span.closed],
            "triangle-right",
            plain,
        ),
    )
    for name, (shown, symbol, colour) in zip(chart.names, marks, strict=True):
        figure.add_scatter(
            x=[day for _, _, day in shown],
            y=[place for place, _, _ in shown],
            mode="markers",
            name=name,
            marker={
                "size": look.px(9),
                "symbol": symbol,
                "color": colour,
                "line": {"width": look.px(2) if symbol == "line-ns" else 0, "color": colour},
            },
            text=[span.told for _, span, _ in shown],
            hovertemplate=f"%{{text}}<br>{name}: %{{x|%d.%m.%Y}}<extra></extra>",
        )
    return look.lay_out(
        figure,
        max(200, 17 * len(places) + 90),
        margin={"t": 64},
        showlegend=True,
        legend=look.legend(yref="paper"),
        xaxis={"type": "date", "tickformat": "%m/%Y"},
        yaxis={
            "showgrid": False,
            "tickfont": {"size": look.px(11)},
            "tickvals": places,
            "ticktext": [span.label for span in chart.spans],
            "range": [-0.8, len(places) - 0.2],
        },
    )


def funnel(chart: Funnel, look: Look) -> Figure:
    """Draw a dot an area between the limits; those outside of all of them are filled."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for limits, dash in zip(chart.limits, _LIMITS, strict=False):
        for side, values in enumerate((limits.lower, limits.upper)):
            figure.add_scatter(
                x=limits.totals,
                y=values,
                mode="lines",
                name=limits.name,
                showlegend=not side,
                line={"color": look.quiet, "width": look.px(1.5), "dash": dash},
                hoverinfo="skip",
            )
    most, low, high = chart.bounds
    figure.add_scatter(
        x=[0, most],
        y=[chart.reference] * 2,
        mode="lines",
        name=chart.reference_name,
        line={"color": look.ink, "width": look.px(1.5)},
        hoverinfo="skip",
    )
    filled = STROKES[0].colour(look.theme)
    for name, outside in zip(chart.names, (False, True), strict=True):
        areas = [area for area in chart.areas if area.outside is outside]
        figure.add_scatter(
            x=[area.total for area in areas],
            y=[area.value for area in areas],
            mode="markers",
            name=name,
            marker={
                "size": look.px(8),
                "color": filled if outside else GROUND[look.theme],
                "line": {"width": look.px(1.5), "color": filled},
            },
            text=[f"<b>{area.label}</b><br>{area.told}" for area in areas],
            hovertemplate="%{text}<extra></extra>",
        )
    chosen = chart.chosen
    if chosen is not None:
        figure.add_scatter(
            x=[chosen.total],
            y=[chosen.value],
            mode="markers",
            showlegend=False,
            marker={
                "symbol": "circle-open",
                "size": look.px(15),
                "color": look.ink,
                "line": {"width": look.px(2.5), "color": look.ink},
            },
            hoverinfo="skip",
        )
    width, height = look.size or _FUNNEL
    letter, line = look.letters * 0.55 / width, look.letters * 1.3 / height
    for area in chart.named(letter, line):
        figure.add_annotation(
            x=area.total,
            y=area.value,
            text=f"<b>{area.label}</b>" if area is chosen else area.label,
            showarrow=False,
            xanchor="left",
            xshift=look.px(10 if area is chosen else 7),
            font=look.font(),
        )
    return look.lay_out(
        figure,
        _FUNNEL[1],
        margin={"t": 64, "r": 24},
        showlegend=True,
        legend=look.legend(),
        xaxis={
            "range": [0, most],
            "tickformat": ",d",
            "showgrid": False,
            "title": {"text": chart.across},
        },
        yaxis={
            "range": [low, high],
            "tickformat": f",.{chart.decimals}~f",
            "zeroline": False,
            "title": {"text": chart.upwards},
        },
    )
