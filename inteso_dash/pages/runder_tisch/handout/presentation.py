"""The sequence as PPTX: titles, remarks as notes, charts that can be edited, maps as pictures."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from typing import Any

from inteso_dash.city import City
from inteso_dash.drawing.paper.maps import NotDrawableError
from inteso_dash.drawing.paper.sheet import to_png
from inteso_dash.language import formats
from inteso_dash.pages.runder_tisch.charts import Chart, chart_of
from inteso_dash.pages.runder_tisch.handout.content import TEXTS, Leaf, leaves
from inteso_dash.pages.runder_tisch.handout.pictures import Layers, picture
from inteso_dash.views.sequences import Sequence
from inteso_dash.views.shown import PlainTable, TopicTable, numeric
from inteso_dash.views.statement import creation_date

WIDE, HIGH = 33.867, 19.05
"""A slide of 16:9, in centimetres."""
_LEFT, _WIDTH = 1.6, WIDE - 3.2
_TITLE = (0.7, 2.6)
_ABOUT = (3.3, 1.0)
_FIGURE = (4.4, 12.4)
_FOOT = (17.1, 1.7)
_DPI = 400
_LONG_TITLE = 120
_INK, _QUIET, _FAINT = "1B2733", "56616C", "C3CCD4"
_BARS = ("1D5F8A", "A9B4BE")
_COLOURS = ("1D5F8A", "B8690F", "7A6DB3", "5F6B76", "2E7D6B")
_ABOVE, _BELOW = "B8690F", "7A6DB3"
_GERMAN = "[$-407]"
"""Says to programs of another language that numbers are written as in German."""
_YEAR, _YEAR_END, _HALF = 365.5, 365.25, 184.0
"""Days between ticks: of years and half-years that begin never so few that a tick falls into the
one before, of years that end never so many that it falls into the next."""
_LINE_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TITLE_ONLY = 5
_FONT = "Arial"


def to_pptx(
    city: City, layers: Layers, sequence: Sequence, created: dt.date | None = None
) -> bytes:
    """Write a sequence as a presentation; same sequence, data and date give the same bytes.

    Parameters
    ----------
    city : City
    layers : mapping of (level, division) to Layer
        Boundaries, as `inteso_dash.boundaries.layers.read_layers` gives them.
    sequence : Sequence
    created : date, optional
        As in `exports.creation_date`.
    """
    from pptx import Presentation
    from pptx.util import Cm

    day = creation_date(created)
    deck = Presentation()
    _widen(deck, Cm(WIDE))
    deck.slide_width, deck.slide_height = Cm(WIDE), Cm(HIGH)
    noon = dt.datetime.combine(day, dt.time(12))
    about = deck.core_properties
    about.title, about.author, about.language = sequence.title, "inteso_dash", "de-DE"
    about.subject = f"{city.catalogue.city.name}, {TEXTS['state']} {city.data_hash}"
    about.comments = f"{TEXTS['created']} {formats.date(day)}"
    about.created = about.modified = about.last_printed = noon
    about.last_modified_by, about.revision = "inteso_dash", 1
    for leaf in leaves(city, sequence, day):
        _add(deck, city, layers, leaf)
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue(), day)


def _widen(deck: Any, width: int) -> None:
    """Move what the template places on a narrower slide, for slides that are added by hand."""
    wider = width / deck.slide_width
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)


def _add(deck: Any, city: City, layers: Layers, leaf: Leaf) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Cm

    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title
    title.left, title.top = Cm(_LEFT), Cm(_TITLE[0])
    title.width, title.height = Cm(_WIDTH), Cm(_TITLE[1])
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    size = 26 if len(leaf.headline) <= _LONG_TITLE else 20
    _write(frame.paragraphs[0], leaf.headline, size, bold=True)
    if leaf.shown is not None:
        about = page.shapes.add_textbox(Cm(_LEFT), Cm(_ABOUT[0]), Cm(_WIDTH), Cm(_ABOUT[1]))
        about.name = "Abbildung"
        about.text_frame.word_wrap = True
        _write(about.text_frame.paragraphs[0], leaf.title, 18, colour=_QUIET)
        chart = chart_of(leaf.shown.content, TEXTS["unnamed"])
        if isinstance(leaf.shown.content, TopicTable | PlainTable):
            _table(page, leaf.shown.content.rows, leaf)
        elif chart is not None:
            _chart(page, chart, leaf)
        else:
            _map(page, city, layers, leaf)
    foot = page.shapes.add_textbox(Cm(_LEFT), Cm(_FOOT[0]), Cm(_WIDTH), Cm(_FOOT[1]))
    foot.name = "Quelle"
    foot.text_frame.word_wrap = True
    signs = ""
    if leaf.shown is not None and isinstance(leaf.shown.content, TopicTable | PlainTable):
        signs = f"{leaf.marks}. " if leaf.marks else ""
    _write(foot.text_frame.paragraphs[0], signs + leaf.brief_origin, 11, colour=_QUIET)
    page.notes_slide.notes_text_frame.text = leaf.notes


def _rgb(digits: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(digits))


def _write(
    paragraph: Any, text: str, points: int, *, bold: bool = False, colour: str = _INK
) -> None:
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(points), bold, _FONT
    run.font.color.rgb = _rgb(colour)
    run.font.language_id = MSO_LANGUAGE_ID.GERMAN


def _map(page: Any, city: City, layers: Layers, leaf: Leaf) -> None:
    from pptx.util import Cm

    if leaf.shown is None:
        return
    try:
        drawn = picture(city, layers, leaf.shown.content, TEXTS["unnamed"])
    except NotDrawableError:
        return
    if drawn is None:
        return
    image = io.BytesIO(to_png(drawn, leaf.told, dpi=_DPI))
    shape = page.shapes.add_picture(image, Cm(_LEFT), Cm(_FIGURE[0]), height=Cm(_FIGURE[1]))
    shape.left = Cm((WIDE - shape.width.cm) / 2)
    _name(shape, shape._element.nvPicPr, leaf)  # noqa: SLF001


def _name(shape: Any, properties: Any, leaf: Leaf) -> None:
    """Name a figure, and say in words what it shows."""
    shape.name = leaf.title
    properties.cNvPr.set("descr", leaf.words)


def _table(page: Any, rows: tuple[tuple[str, ...], ...], leaf: Leaf) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Cm, Pt

    height = min(_FIGURE[1], 1.1 * len(rows))
    shape = page.shapes.add_table(
        len(rows), len(rows[0]), Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(height)
    )
    _name(shape, shape._element.nvGraphicFramePr, leaf)  # noqa: SLF001
    table = shape.table
    table.horz_banding = False
    longest = [max(len(row[column]) for row in rows) + 3 for column in range(len(rows[0]))]
    for column, length in enumerate(longest):
        table.columns[column].width = Cm(_WIDTH * length / sum(longest))
    right = numeric(rows)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(place, column)
            cell.fill.background()
            cell.margin_left = cell.margin_right = Pt(5)
            _write(
                cell.text_frame.paragraphs[0],
                text,
                16 if len(rows) <= 7 else 14 if len(rows) <= 12 else 12,
            )
            cell.text_frame.paragraphs[0].runs[0].font.bold = place == 0
            if column in right:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            _rule(cell, place)


def _rule(cell: Any, row: int) -> None:
    """Draw lines above and below a cell of a table, both as the neighbours draw them."""
    from pptx.oxml import parse_xml

    above, below = (_INK if row == 1 else _FAINT), (_INK if row == 0 else _FAINT)
    lines = [("lnT", above), ("lnB", below)] if row else [("lnB", below)]
    for place, (side, colour) in enumerate(lines):
        line = parse_xml(
            f'<a:{side} xmlns:a="{_LINE_NAMESPACE}" w="9525"><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></a:{side}>'
        )
        cell._tc.get_or_add_tcPr().insert(place, line)  # noqa: SLF001


def _chart(page: Any, chart: Chart, leaf: Leaf) -> None:
    from pptx.chart.data import CategoryChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    digits = f"{_GERMAN}#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.unit == "%":
        digits += '" %"'
    if chart.kind == "bar" and any(value < 0 for _, values in chart.series for value in values):
        digits = (
            f"{_GERMAN}+{digits.removeprefix(_GERMAN)};{_GERMAN}−{digits.removeprefix(_GERMAN)};0"
        )
    if chart.kind == "bar":
        data: Any = CategoryChartData(number_format=digits)
        data.categories = chart.categories
        kind = XL_CHART_TYPE.BAR_CLUSTERED
        for name, values in chart.series:
            data.add_series(name, values)
    else:
        data = XyChartData(number_format=digits)
        kind = XL_CHART_TYPE.XY_SCATTER_LINES
        longest = max(len(points) for _, points in chart.series)
        for name, points in chart.series:
            series = data.add_series(name)
            # LibreOffice does not draw a series that is shorter than a later one.
            filled = [*points, *[(points[-1][0], None)] * (longest - len(points))]
            for x, y in filled:
                series.add_data_point(_serial(x), None if y is None else float(y))
    box = (Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(_FIGURE[1]))
    shape = page.shapes.add_chart(kind, *box, data)
    _name(shape, shape._element.nvGraphicFramePr, leaf)  # noqa: SLF001
    _dress(shape.chart, chart, digits)


def _serial(x: object) -> float:
    """Write a date as the number of days that spreadsheets count."""
    if isinstance(x, dt.date):
        return float((x - dt.date(1899, 12, 30)).days)
    return float(str(x))


def _dress(drawn: Any, chart: Chart, digits: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(16), _FONT
    drawn.font.color.rgb = _rgb(_INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for place, series in enumerate(drawn.plots[0].series):
        colours = _BARS if chart.kind == "bar" else _COLOURS
        colour = _rgb(colours[place % len(colours)])
        if chart.kind == "bar":
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            series.invert_if_negative = False
            _two_sided(series, chart.series[place][1])
            continue
        series.smooth = False
        dashes = _dashes()
        series.format.line.dash_style = dashes[(place + place // len(colours)) % len(dashes)]
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour
    categories, values = drawn.category_axis, drawn.value_axis
    values.major_gridlines.format.line.color.rgb = _rgb("E3E8EC")
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = digits, False
    if chart.kind == "bar":
        categories.reverse_order = True
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        categories.has_major_gridlines = False
        values.visible, values.has_major_gridlines = False, False
        plot = drawn.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = digits, False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        bounds = [value for _, points in chart.series for value in points if value is not None]
        if min(bounds, default=0) < 0:
            widest = max(abs(value) for value in bounds) * 1.35
            values.minimum_scale, values.maximum_scale = -widest, widest
        else:
            values.minimum_scale = 0
        return
    drawn_values = [y for _, points in chart.series for _, y in points if y is not None]
    if min(drawn_values) >= 0:
        values.minimum_scale = 0
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    ticks = categories.tick_labels
    ticks.number_format = "MM/YYYY" if chart.kind == "line" else digits
    ticks.number_format_is_linked = False
    if chart.kind == "curve":
        for axis in (categories, values):
            axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        return
    days = sorted({x for _, points in chart.series for x, _ in points})
    start, unit, end = time_axis(*days)
    categories.minimum_scale, categories.major_unit, categories.maximum_scale = start, unit, end


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


def _dashes() -> tuple[Any, ...]:
    """Return a manner of drawing for every colour, so that lines are told apart in grey."""
    from pptx.enum.dml import MSO_LINE

    return (
        MSO_LINE.SOLID,
        MSO_LINE.DASH,
        MSO_LINE.ROUND_DOT,
        MSO_LINE.DASH_DOT,
        MSO_LINE.LONG_DASH,
    )


def _two_sided(series: Any, values: tuple[Any, ...]) -> None:
    """Give bars on both sides of zero two colours."""
    if all(value is None or value >= 0 for value in values):
        return
    for place, value in enumerate(values):
        fill = series.points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(_ABOVE if value is None or value > 0 else _BELOW)


def settled(content: bytes, day: dt.date) -> bytes:
    """Write a package anew so that only its stated date depends on when it was made.

    Parameters
    ----------
    content : bytes
        A ZIP file; workbooks inside are settled as well.
    day : date
        Date of all entries and of the workbooks' properties.
    """
    stamp = (day.year, day.month, day.day, 12, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = settled(part, day)
            elif name == "docProps/core.xml":
                part = re.sub(
                    rb"(<dcterms:(created|modified)[^>]*>)[^<]*",
                    rb"\g<1>" + f"{day.isoformat()}T12:00:00Z".encode(),
                    part,
                )
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, part)
    return out.getvalue()
