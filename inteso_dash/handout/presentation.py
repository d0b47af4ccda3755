"""The sequence as PPTX: titles, remarks as notes, charts that can be edited, maps as pictures."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

from inteso_dash import exports, formats, slides, static
from inteso_dash.city import City
from inteso_dash.handout.content import TEXTS, Leaf, leaves
from inteso_dash.handout.pictures import Layers, picture
from inteso_dash.sequences import Sequence
from inteso_dash.slides import Chart, PlainTable, TopicTable, numeric

WIDE, HIGH = 33.867, 19.05
"""A slide of 16:9, in centimetres."""
_LEFT, _WIDTH = 1.6, WIDE - 3.2
_TITLE = (0.8, 2.8)
_FIGURE = (3.8, 12.4)
_FOOT = (16.4, 2.2)
_DPI = 300
_LONG_TITLE, _LONG_FOOT = 95, 480
_INK, _QUIET = "1B2733", "56616C"
_COLOURS = ("1D5F8A", "B8690F", "7A6DB3", "5F6B76", "2E7D6B")
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
        Boundaries, as `inteso_dash.layers.read_layers` gives them.
    sequence : Sequence
    created : date, optional
        As in `exports.creation_date`.
    """
    from pptx import Presentation
    from pptx.util import Cm

    day = exports.creation_date(created)
    deck = Presentation()
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


def _add(deck: Any, city: City, layers: Layers, leaf: Leaf) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Cm

    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title
    title.left, title.top = Cm(_LEFT), Cm(_TITLE[0])
    title.width, title.height = Cm(_WIDTH), Cm(_TITLE[1])
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    size = 28 if len(leaf.headline) <= _LONG_TITLE else 22
    _write(frame.paragraphs[0], leaf.headline, size, bold=True)
    if leaf.shown is not None:
        chart = slides.chart_of(leaf.shown.content, TEXTS["unnamed"])
        if isinstance(leaf.shown.content, TopicTable | PlainTable):
            _table(page, leaf.shown.content.rows)
        elif chart is not None:
            _chart(page, chart, leaf)
        else:
            _map(page, city, layers, leaf)
    foot = page.shapes.add_textbox(Cm(_LEFT), Cm(_FOOT[0]), Cm(_WIDTH), Cm(_FOOT[1]))
    foot.name = "Quelle"
    foot.text_frame.word_wrap = True
    text = f"{leaf.title}. {leaf.origin}" if leaf.title else leaf.origin
    _write(foot.text_frame.paragraphs[0], text, 10 if len(text) <= _LONG_FOOT else 8, colour=_QUIET)
    page.notes_slide.notes_text_frame.text = leaf.notes


def _rgb(digits: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(digits))


def _write(
    paragraph: Any, text: str, points: int, *, bold: bool = False, colour: str = _INK
) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(points), bold, _FONT
    run.font.color.rgb = _rgb(colour)


def _map(page: Any, city: City, layers: Layers, leaf: Leaf) -> None:
    from pptx.util import Cm

    if leaf.shown is None:
        return
    try:
        drawn = picture(city, layers, leaf.shown.content, TEXTS["unnamed"])
    except static.NotDrawableError:
        return
    if drawn is None:
        return
    image = io.BytesIO(static.to_png(drawn, leaf.told, dpi=_DPI))
    shape = page.shapes.add_picture(image, Cm(_LEFT), Cm(_FIGURE[0]), height=Cm(_FIGURE[1]))
    shape.left = Cm((WIDE - shape.width.cm) / 2)
    shape.name = leaf.title
    shape._element.nvPicPr.cNvPr.set("descr", leaf.words)  # noqa: SLF001


def _table(page: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Cm

    height = min(_FIGURE[1], 1.05 * len(rows))
    shape = page.shapes.add_table(
        len(rows), len(rows[0]), Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(height)
    )
    right = numeric(rows)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            paragraph = shape.table.cell(place, column).text_frame.paragraphs[0]
            colour = "FFFFFF" if place == 0 else _INK
            _write(paragraph, text, 14 if len(rows) <= 12 else 12, bold=place == 0, colour=colour)
            if column in right:
                paragraph.alignment = PP_ALIGN.RIGHT


def _chart(page: Any, chart: Chart, leaf: Leaf) -> None:
    from pptx.chart.data import CategoryChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    digits = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.kind == "bar" and any(value < 0 for _, values in chart.series for value in values):
        digits = f"+{digits};−{digits};0"
    if chart.kind == "bar":
        data: Any = CategoryChartData(number_format=digits)
        data.categories = chart.categories
        kind = XL_CHART_TYPE.BAR_CLUSTERED
        for name, values in chart.series:
            data.add_series(name, values)
    else:
        data = XyChartData(number_format=digits)
        kind = XL_CHART_TYPE.XY_SCATTER_LINES
        for name, points in chart.series:
            series = data.add_series(name)
            for x, y in points:
                series.add_data_point(_serial(x), float(y))
    box = (Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(_FIGURE[1]))
    shape = page.shapes.add_chart(kind, *box, data)
    shape.name = leaf.title
    shape._element.nvGraphicFramePr.cNvPr.set("descr", leaf.words)  # noqa: SLF001
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
    drawn.font.size, drawn.font.name = Pt(14), _FONT
    drawn.font.color.rgb = _rgb(_INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for place, series in enumerate(drawn.plots[0].series):
        colour = _rgb(_COLOURS[place % len(_COLOURS)])
        if chart.kind == "bar":
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            series.invert_if_negative = False
            continue
        series.smooth = False
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
        return
    values.minimum_scale = 0
    categories.has_major_gridlines = False
    ticks = categories.tick_labels
    ticks.number_format = "MM/YYYY" if chart.kind == "line" else digits
    ticks.number_format_is_linked = False
    if chart.kind == "curve":
        for axis in (categories, values):
            axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        return
    days = [_serial(x) for _, points in chart.series for x, _ in points]
    categories.minimum_scale, categories.maximum_scale = min(days) - 30, max(days) + 30
    categories.major_unit = max(round((max(days) - min(days)) / 6 / 30.4), 1) * 30.4


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
