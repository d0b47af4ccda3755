"""Charts of a presentation that can be edited there."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.views.colours import BAND, COMPARED, INK, QUIET, STROKES, TONES, strokes
from inteso_dash.views.dots import Funnel, Scatter
from inteso_dash.views.figures import Bars, Chart, Columns, Curve, Lines, Pairs

FONT = "Arial"
Box = tuple[Any, Any, Any, Any]
_GERMAN = "[$-407]"
"""Says to programs of another language that numbers are written as in German."""
_YEAR, _YEAR_END, _HALF = 365.5, 365.25, 184.0
"""Days between ticks: of years and half-years that begin never so few that a tick falls into the
one before, of years that end never so many that it falls into the next."""
_TONES = TONES["light"]
_GRID, _REFERENCE = "#e3e8ec", "#a9b4be"
_LETTER, _LINE = 0.0115, 0.045
"""Width of a letter and height of a line beside a dot, as parts of a chart on a slide."""
_ROOM = 1.35
"""How much longer than the longest bar an axis is, so that labels have room."""
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def add(page: Any, chart: Chart, box: Box) -> Any:
    """Put a chart on a slide.

    Parameters
    ----------
    page : pptx.slide.Slide
    chart : Chart
        Of one of `KINDS`.
    box : tuple of pptx.util.Length
        Left, top, width, height.

    Returns
    -------
    pptx.shapes.graphfrm.GraphicFrame
    """
    return _MAKERS[type(chart)](page, chart, box)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))


def _digits(chart: Chart, *, signed: bool = False) -> str:
    """Return how a spreadsheet writes the numbers of a chart."""
    plain = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.unit == "%":
        plain += '" %"'
    return f"{_GERMAN}+{plain};{_GERMAN}−{plain};0" if signed else f"{_GERMAN}{plain}"


def _dressed(shape: Any, *, legend: bool) -> Any:
    """Give a chart type and legend; return the chart."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    drawn = shape.chart
    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(16), FONT
    drawn.font.color.rgb = _rgb(INK["light"])
    drawn.has_legend = legend
    if legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    return drawn


def _fill(part: Any, colour: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = _rgb(colour)


def _bars(page: Any, chart: Bars, box: Box) -> Any:
    series: list[tuple[str, list[float | None], str]] = [
        (chart.name or chart.unit, [bar.value for bar in chart.bars], _TONES["plain"])
    ]
    if chart.compared:
        name = chart.reference_name or "Soll"
        series.append((name, [bar.reference for bar in chart.bars], _REFERENCE))
    series += [
        (name, [bar.others[index] for bar in chart.bars], stroke.light)
        for index, (name, stroke) in enumerate(zip(chart.other_names, COMPARED, strict=False))
    ]
    labels = [bar.label for bar in chart.bars]
    shape = _clustered(page, chart, box, labels, series, signed=chart.signed, axis=chart.axis)
    (own, *_) = shape.chart.plots[0].series
    for place, bar in enumerate(chart.bars):
        if bar.together or chart.assumed:
            _hatch(own.points[place], _TONES[bar.tone], assumed=not bar.together)
        elif bar.tone != "plain":
            _fill(own.points[place], _TONES[bar.tone])
    if chart.whiskers:
        _whiskers(own, chart)
    return shape


def _whiskers(series: Any, chart: Bars) -> None:
    """Give the bars of a series error bars: the span in which chance alone would move each.

    Their values stand at the foot of the bars, where no error bar crosses them.
    """
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.oxml import parse_xml

    written = series.data_labels
    written.show_value, written.position = True, XL_LABEL_POSITION.INSIDE_BASE
    written.number_format, written.number_format_is_linked = _digits(chart), False
    written.font.color.rgb = _rgb("#ffffff")

    reaches = [bar.whisker or (bar.value, bar.value) for bar in chart.bars]
    ways = {
        "plus": [high - bar.value for bar, (_, high) in zip(chart.bars, reaches, strict=True)],
        "minus": [bar.value - low for bar, (low, _) in zip(chart.bars, reaches, strict=True)],
    }
    parts = "".join(
        f'<c:{way}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(lengths)}"/>'
        + "".join(f'<c:pt idx="{at}"><c:v>{each}</c:v></c:pt>' for at, each in enumerate(lengths))
        + f"</c:numLit></c:{way}>"
        for way, lengths in ways.items()
    )
    space = _CHART.strip("{}")
    ink = INK["light"].removeprefix("#")
    drawn = parse_xml(
        f'<c:errBars xmlns:c="{space}" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f'{parts}<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        "</a:ln></c:spPr></c:errBars>"
    )
    element = series._element  # noqa: SLF001
    element.find(f"{_CHART}cat").addprevious(drawn)


def _hatch(part: Any, colour: str, *, assumed: bool) -> None:
    from pptx.enum.dml import MSO_PATTERN

    fill = part.format.fill
    fill.patterned()
    fill.pattern = MSO_PATTERN.NARROW_VERTICAL if assumed else MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = _rgb(INK["light"]), _rgb(colour)


def _pairs(page: Any, chart: Pairs, box: Box) -> Any:
    colours = (_REFERENCE, STROKES[0].light)
    values = ([pair.first for pair in chart.pairs], [pair.second for pair in chart.pairs])
    series = list(zip(chart.names, values, colours, strict=True))
    labels = [pair.label for pair in chart.pairs]
    signed = chart.crosses_zero
    shape = _clustered(page, chart, box, labels, series, signed=signed, axis=chart.axis)
    if chart.assumed:
        for own, colour in zip(shape.chart.plots[0].series, colours, strict=True):
            _hatch(own, colour, assumed=True)
    return shape


def _clustered(
    page: Any,
    chart: Chart,
    box: Box,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    *,
    signed: bool,
    axis: str,
) -> Any:
    """Draw horizontal bars, the first one on top, with their values at their ends."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import (
        XL_AXIS_CROSSES,
        XL_CHART_TYPE,
        XL_LABEL_POSITION,
        XL_TICK_LABEL_POSITION,
        XL_TICK_MARK,
    )

    digits = _digits(chart, signed=signed)
    data = CategoryChartData(number_format=digits)
    data.categories = labels
    for name, values, _ in series:
        data.add_series(name, values)
    shape = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    drawn = _dressed(shape, legend=len(series) > 1)
    for own, (_, _, colour) in zip(drawn.plots[0].series, series, strict=True):
        _fill(own, colour)
        own.invert_if_negative = False
    categories, values = drawn.category_axis, drawn.value_axis
    categories.reverse_order, categories.has_major_gridlines = True, False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.has_major_gridlines = False
    if axis:
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.major_tick_mark = XL_TICK_MARK.NONE
        values.format.line.fill.background()
        categories.crosses = XL_AXIS_CROSSES.MAXIMUM
        _entitle(values, axis)
    else:
        values.visible = False
    plot = drawn.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    written = plot.data_labels
    written.number_format, written.number_format_is_linked = digits, False
    written.position = XL_LABEL_POSITION.OUTSIDE_END
    most = max((abs(each) for _, own, _ in series for each in own if each is not None), default=1.0)
    values.maximum_scale = most * _ROOM or 1.0
    values.minimum_scale = -values.maximum_scale if signed else 0
    return shape


def _columns(page: Any, chart: Columns, box: Box) -> Any:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    data = CategoryChartData(number_format="0")
    data.categories = [f"{low:.0f} bis unter {high:.0f}" for low, high, _ in chart.columns]
    sides = ((f"unter {chart.limit_name}", False), (f"{chart.limit_name} und darüber", True))
    for name, above in sides:
        counts = [
            count if count and (low >= chart.limit) == above else None
            for low, _, count in chart.columns
        ]
        data.add_series(name, counts)
    shape = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    drawn = _dressed(shape, legend=True)
    plot = drawn.plots[0]
    for own, tone in zip(plot.series, ("plain", "above"), strict=True):
        _fill(own, _TONES[tone])
    plot.gap_width, plot.overlap, plot.has_data_labels = 10, 100, True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    drawn.value_axis.major_gridlines.format.line.color.rgb = _rgb(_GRID)
    _entitle(drawn.category_axis, chart.across)
    _entitle(drawn.value_axis, chart.upwards)
    return shape


def _entitle(axis: Any, title: str) -> None:
    from pptx.util import Pt

    axis.axis_title.text_frame.text = title
    (run,) = axis.axis_title.text_frame.paragraphs[0].runs
    run.font.size, run.font.bold = Pt(14), False


Row = tuple[float, float | None]


def _scatter(
    page: Any, chart: Chart, box: Box, series: Sequence[tuple[str, Sequence[Row]]], *, legend: bool
) -> Any:
    """Draw lines through points; a row without y is a gap.

    All series get the same number of rows, those that are shorter by gaps at their end: some
    programs leave out a series that is shorter than one after it.
    """
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE

    digits = _digits(chart)
    data = XyChartData(number_format=digits)
    longest = max(len(rows) for _, rows in series)
    for name, rows in series:
        added = data.add_series(name)
        for x, y in [*rows, *([(rows[-1][0], None)] * (longest - len(rows)))]:
            added.add_data_point(x, y)
    shape = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, data)
    for point in list(shape.chart._chartSpace.iter(f"{_CHART}pt")):  # noqa: SLF001
        if point.findtext(f"{_CHART}v") == "None":
            point.getparent().remove(point)
    drawn = _dressed(shape, legend=legend)
    values = drawn.value_axis
    values.major_gridlines.format.line.color.rgb = _rgb(_GRID)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = digits, False
    drawn.category_axis.has_major_gridlines = False
    return shape


def _lines(page: Any, chart: Lines, box: Box) -> Any:
    from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    series = [
        (course.name, _rows(course.parts(), stepped=course.stepped)) for course in chart.courses
    ]
    low = min([*chart.values, *([0.0] if chart.from_zero else [])])
    marks = [
        (label, [(_serial(at), low), (_serial(at), max(chart.values))])
        for at, label in chart.marked()
    ]
    if chart.assumed_from is not None:
        at, label = _serial(chart.assumed_from), STATUS_MEANINGS[Status.SCENARIO].title
        marks.append((label, [(at, low), (at, max(chart.values))]))
    shape = _scatter(page, chart, box, [*series, *marks], legend=len(series) > 1)
    drawn = shape.chart
    given = strokes(tuple(course.tone for course in chart.courses))
    drawn_courses = list(drawn.plots[0].series)[: len(series)]
    for own, stroke, course in zip(drawn_courses, given, chart.courses, strict=True):
        colour = _rgb(QUIET["light"] if stroke is None else stroke.light)
        own.smooth = False
        own.format.line.color.rgb = colour
        own.format.line.width = Pt(1.5 if stroke is None else 2.25)
        own.format.line.dash_style = _dash("solid" if stroke is None else stroke.dash)
        own.marker.style = _symbol("circle" if stroke is None else stroke.symbol)
        own.marker.size = 8
        own.marker.format.fill.solid()
        own.marker.format.fill.fore_color.rgb = _rgb("#ffffff") if stroke is None else colour
        own.marker.format.line.color.rgb = colour
        if course.stepped:
            for corner in range(1, 2 * len(course.points) - 1, 2):
                own.points[corner].marker.style = XL_MARKER_STYLE.NONE
    for place, (label, _) in enumerate(marks, len(series)):
        _mark(drawn, place, label, dotted=chart.breaks)
    days = drawn.category_axis
    marked = () if chart.breaks else (mark.date for mark in chart.marks)
    start, unit, end = time_axis(*chart.days, *(chart.period or ()), *marked)
    days.minimum_scale, days.major_unit, days.maximum_scale = start, unit, end
    days.tick_labels.number_format = "MM/YYYY"
    days.tick_labels.number_format_is_linked = False
    days.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if low == 0:
        drawn.value_axis.minimum_scale = 0
    if chart.neutral is not None:
        drawn.value_axis.crosses_at = chart.neutral
    return shape


def _mark(drawn: Any, place: int, label: str, *, dotted: bool) -> None:
    """Make a series of two points a line with its name on top, and keep it out of the legend."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    own = drawn.plots[0].series[place]
    own.smooth = False
    own.format.line.color.rgb = _rgb((INK if dotted else QUIET)["light"])
    own.format.line.width = Pt(1.25)
    own.format.line.dash_style = _dash("dot" if dotted else "solid")
    own.marker.style = XL_MARKER_STYLE.NONE
    written = own.points[1].data_label
    written.text_frame.text = label
    written.position = XL_LABEL_POSITION.ABOVE
    if drawn.has_legend:
        hidden = parse_xml(
            f'<c:legendEntry xmlns:c="{_CHART.strip("{}")}"><c:idx val="{place}"/>'
            '<c:delete val="1"/></c:legendEntry>'
        )
        drawn.legend._element.find(f"{_CHART}legendPos").addnext(hidden)  # noqa: SLF001


def _rows(parts: Sequence[Sequence[Any]], *, stepped: bool) -> list[Row]:
    """Return the points of a course with a gap between those that cannot be compared.

    Between two points of a stepped course stands the corner of its step.
    """
    rows: list[Row] = []
    for part in parts:
        if rows:
            rows.append((_serial(part[0].date), None))
        for place, point in enumerate(part):
            if stepped and place:
                rows.append((_serial(point.date), part[place - 1].value))
            rows.append((_serial(point.date), point.value))
    return rows


def _curve(page: Any, chart: Curve, box: Box) -> Any:
    from pptx.util import Pt

    own: list[Row] = [(x, y) for x, y, _ in chart.points]
    even: list[Row] = [(0.0, 0.0), (100.0, 100.0)]
    series = [(chart.upwards, own), (chart.even, even)]
    shape = _scatter(page, chart, box, series, legend=True)
    drawn = shape.chart
    for line, colour in zip(drawn.plots[0].series, (STROKES[0].light, QUIET["light"]), strict=True):
        line.smooth = False
        line.format.line.color.rgb, line.format.line.width = _rgb(colour), Pt(2)
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = _rgb(colour)
        line.marker.format.line.color.rgb = _rgb(colour)
    for axis, title in ((drawn.category_axis, chart.across), (drawn.value_axis, chart.upwards)):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        axis.tick_labels.number_format = _digits(chart)
        axis.tick_labels.number_format_is_linked = False
        _entitle(axis, title)
    return shape


def _dots(page: Any, chart: Scatter, box: Box) -> Any:
    """Draw the dots of every colour, the named ones apart with their names, and the line."""
    drawn_dots = [dot for dot in chart.dots if not dot.faint or dot.named]
    by_colour: dict[str, list[Row]] = {}
    for dot in drawn_dots:
        if not dot.named:
            by_colour.setdefault(dot.colour, []).append((dot.x, dot.y))
    named = [dot for dot in drawn_dots if dot.named]
    series: list[tuple[str, list[Row]]] = [
        (f"{chart.upwards} ({place})", rows) for place, rows in enumerate(by_colour.values(), 1)
    ]
    series.extend((dot.label, [(dot.x, dot.y)]) for dot in named)
    if chart.line:
        series.append((chart.line_name, [(x, y) for x, y in chart.line]))
    shape = _scatter(page, chart, box, series, legend=False)
    colours = [*by_colour, *(dot.colour for dot in named)]
    for place, own in enumerate(shape.chart.plots[0].series):
        if place >= len(colours):
            _plain_line(own, INK["light"], "dash")
            continue
        _dotted(own, colours[place], edge=INK["light"])
        if place >= len(by_colour):
            own.marker.size = 11
            _name(own.points[0], own.name, bold=True)
    for axis, title in (
        (shape.chart.category_axis, chart.across),
        (shape.chart.value_axis, chart.upwards),
    ):
        _entitle(axis, title)
    return shape


def _funnel(page: Any, chart: Funnel, box: Box) -> Any:
    from pptx.util import Pt

    most, low, high = chart.bounds
    groups = [
        [area for area in chart.areas if area.outside is outside] for outside in (False, True)
    ]
    dots = [(name, areas) for name, areas in zip(chart.names, groups, strict=True) if areas]
    lines: list[tuple[str, Sequence[Row], str]] = [
        (f"{limits.name}, {side}", list(zip(limits.totals, values, strict=True)), dash)
        for limits, dash in zip(chart.limits, ("dash", "dot"), strict=False)
        for side, values in (("unten", limits.lower), ("oben", limits.upper))
    ]
    whole: list[Row] = [(0.0, chart.reference), (most, chart.reference)]
    lines.append((chart.reference_name, whole, "solid"))
    series: list[tuple[str, Sequence[Row]]] = [
        (name, [(area.total, area.value) for area in areas]) for name, areas in dots
    ]
    series += [(name, rows) for name, rows, _ in lines]
    shape = _scatter(page, chart, box, series, legend=True)
    drawn = shape.chart
    own, named = STROKES[0].light, chart.named(_LETTER, _LINE)
    plotted = list(drawn.plots[0].series)
    for points, (_, areas) in zip(plotted, dots, strict=False):
        _dotted(points, own if areas[0].outside else BAND["light"], edge=own)
        for at, area in enumerate(areas):
            if area in named:
                _name(points.points[at], area.label, bold=area is chart.chosen)
    for line, (name, _, dash) in zip(plotted[len(dots) :], lines, strict=True):
        _plain_line(line, INK["light"] if name == chart.reference_name else QUIET["light"], dash)
    axes = (
        (drawn.category_axis, chart.across, (0.0, most)),
        (drawn.value_axis, chart.upwards, (low, high)),
    )
    for axis, title, (start, end) in axes:
        axis.minimum_scale, axis.maximum_scale = start, end
        _entitle(axis, title)
    drawn.category_axis.tick_labels.number_format = f"{_GERMAN}#,##0"
    drawn.category_axis.tick_labels.number_format_is_linked = False
    drawn.font.size = Pt(14)
    return shape


def _dotted(series: Any, colour: str, *, edge: str) -> None:
    """Draw the points of a series without a line between them."""
    from pptx.enum.chart import XL_MARKER_STYLE

    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(colour)
    series.marker.format.line.color.rgb = _rgb(edge)


def _plain_line(series: Any, colour: str, dash: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _rgb(colour), Pt(1.5)
    series.format.line.dash_style = _dash(dash)
    series.marker.style = XL_MARKER_STYLE.NONE


def _name(point: Any, label: str, *, bold: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    written = point.data_label
    written.text_frame.text = label
    (run,) = written.text_frame.paragraphs[0].runs
    run.font.size, run.font.bold = Pt(12), bold
    written.position = XL_LABEL_POSITION.RIGHT


def _serial(day: dt.date) -> float:
    """Write a date as the number of days that spreadsheets count."""
    return float((day - dt.date(1899, 12, 30)).days)


def time_axis(*days: dt.date) -> tuple[float, float, float]:
    """Return first day, distance of ticks and last day of a time axis, as spreadsheets count days.

    Ticks stand at the end of years where most days do, else where years or half-years begin.

    Examples
    --------
    >>> time_axis(dt.date(2015, 1, 1), dt.date(2018, 4, 30))
    (42005.0, 184.0, 43293.0)
    >>> time_axis(dt.date(2010, 12, 31), dt.date(2012, 12, 31))
    (40543.0, 365.25, 41638.75)
    """
    first, last = min(days), max(days)
    years = (last - first).days / _YEAR
    several = max(round(years / 6), 1)
    if 2 * sum((day.month, day.day) == (12, 31) for day in days) > len(days):
        ends = (first.month, first.day) == (12, 31)
        start, unit = dt.date(first.year - (not ends), 12, 31), _YEAR_END * several
    elif years > 4:
        start, unit = dt.date(first.year, 1, 1), _YEAR * several
    else:
        start, unit = dt.date(first.year, 1 if first.month < 7 else 7, 1), _HALF
    steps = max(math.ceil(((last - start).days) / unit), 1)
    return _serial(start), unit, _serial(start) + steps * unit


def _dash(name: str) -> Any:
    from pptx.enum.dml import MSO_LINE

    return {
        "solid": MSO_LINE.SOLID,
        "dash": MSO_LINE.DASH,
        "dot": MSO_LINE.ROUND_DOT,
        "dashdot": MSO_LINE.DASH_DOT,
        "longdash": MSO_LINE.LONG_DASH,
        "longdashdot": MSO_LINE.LONG_DASH_DOT,
        "dashdotdot": MSO_LINE.DASH_DOT_DOT,
    }[name]


def _symbol(name: str) -> Any:
    from pptx.enum.chart import XL_MARKER_STYLE

    return {
        "circle": XL_MARKER_STYLE.CIRCLE,
        "square": XL_MARKER_STYLE.SQUARE,
        "diamond": XL_MARKER_STYLE.DIAMOND,
        "triangle": XL_MARKER_STYLE.TRIANGLE,
        "star": XL_MARKER_STYLE.STAR,
        "x": XL_MARKER_STYLE.X,
        "cross": XL_MARKER_STYLE.PLUS,
    }[name]


_MAKERS: dict[type[Chart], Callable[[Any, Any, Box], Any]] = {
    Bars: _bars,
    Columns: _columns,
    Curve: _curve,
    Funnel: _funnel,
    Lines: _lines,
    Pairs: _pairs,
    Scatter: _dots,
}
KINDS = frozenset(_MAKERS)
"""Kinds of charts that presentations know."""
