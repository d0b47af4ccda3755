"""Presentations as PPTX: titles, notes, charts and tables that can be edited, maps as pictures."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inteso_dash.files import pptx_charts
from inteso_dash.files.pptx_charts import FONT
from inteso_dash.views.colours import ink
from inteso_dash.views.figures import Chart, Table

WIDE, HIGH = 33.867, 19.05
"""A slide of 16:9, in centimetres."""
_LEFT, _WIDTH = 1.6, WIDE - 3.2
_TITLE = (0.7, 2.6)
_ABOUT = (3.3, 1.0)
_FIGURE = (4.4, 12.4)
_FOOT = (17.1, 1.7)
_LONG_TITLE = 120
_BLANK = "\u00a0"
"""Stands in empty cells, which would be as high as type of the usual size."""
_TYPE, _TIGHT = ((7, 16), (12, 14), (16, 12), (20, 9)), 12
"""Size of the type of tables by their rows at most; below the second, rows stand close."""
_INK, _QUIET, _FAINT = "1B2733", "56616C", "C3CCD4"
_LINE_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TITLE_ONLY = 5


@dataclass(frozen=True)
class DeckPage:
    """One slide.

    Attributes
    ----------
    headline : str
    title : str
        What the figure shows, with its Stichtag.
    words : str
        The figure in words, for those who do not see it.
    figure : Chart, Table or None
    picture : bytes or None
        PNG, for what can only be shown.
    foot : str
        Source, Stichtag and status.
    notes : str
    """

    headline: str
    title: str
    words: str
    figure: Chart | Table | None
    picture: bytes | None
    foot: str
    notes: str


@dataclass(frozen=True)
class DeckProperties:
    """What the file says of itself: title, subject, comments and its date."""

    title: str
    subject: str
    comments: str
    day: dt.date


def draws(figure: object) -> bool:
    """Say whether a presentation shows a figure itself, so that it can be edited there."""
    return isinstance(figure, Table) or type(figure) in pptx_charts.KINDS


def to_pptx(pages: Sequence[DeckPage], about: DeckProperties) -> bytes:
    """Write slides as a presentation; the same slides and date give the same bytes.

    Parameters
    ----------
    pages : sequence of DeckPage
    about : DeckProperties
    """
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    _widen(deck, Cm(WIDE))
    deck.slide_width, deck.slide_height = Cm(WIDE), Cm(HIGH)
    noon = dt.datetime.combine(about.day, dt.time(12))
    own = deck.core_properties
    own.title, own.author, own.language = about.title, "inteso_dash", "de-DE"
    own.subject, own.comments = about.subject, about.comments
    own.created = own.modified = own.last_printed = noon
    own.last_modified_by, own.revision = "inteso_dash", 1
    for page in pages:
        _add(deck, page)
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue(), about.day)


def _widen(deck: Any, width: int) -> None:
    """Move what the template places on a narrower slide, for slides that are added by hand."""
    wider = width / deck.slide_width
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)


def _add(deck: Any, told: DeckPage) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Cm

    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title
    title.left, title.top = Cm(_LEFT), Cm(_TITLE[0])
    title.width, title.height = Cm(_WIDTH), Cm(_TITLE[1])
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    size = 26 if len(told.headline) <= _LONG_TITLE else 20
    _write(frame.paragraphs[0], told.headline, size, bold=True)
    if told.title:
        about = page.shapes.add_textbox(Cm(_LEFT), Cm(_ABOUT[0]), Cm(_WIDTH), Cm(_ABOUT[1]))
        about.name = "Abbildung"
        about.text_frame.word_wrap = True
        _write(about.text_frame.paragraphs[0], told.title, 18, colour=_QUIET)
    if isinstance(told.figure, Table):
        _table(page, told.figure, told)
    elif told.figure is not None:
        box = (Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(_FIGURE[1]))
        shape = pptx_charts.add(page, told.figure, box)
        _name(shape, shape._element.nvGraphicFramePr, told)  # noqa: SLF001
    elif told.picture is not None:
        image = io.BytesIO(told.picture)
        shape = page.shapes.add_picture(image, Cm(_LEFT), Cm(_FIGURE[0]), height=Cm(_FIGURE[1]))
        shape.left = Cm((WIDE - shape.width.cm) / 2)
        _name(shape, shape._element.nvPicPr, told)  # noqa: SLF001
    foot = page.shapes.add_textbox(Cm(_LEFT), Cm(_FOOT[0]), Cm(_WIDTH), Cm(_FOOT[1]))
    foot.name = "Quelle"
    foot.text_frame.word_wrap = True
    _write(foot.text_frame.paragraphs[0], told.foot, 11, colour=_QUIET)
    page.notes_slide.notes_text_frame.text = told.notes


def _name(shape: Any, properties: Any, told: DeckPage) -> None:
    """Name a figure, and say in words what it shows."""
    shape.name = told.title
    properties.cNvPr.set("descr", told.words)


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
    run.font.size, run.font.bold, run.font.name = Pt(points), bold, FONT
    run.font.color.rgb = _rgb(colour)
    run.font.language_id = MSO_LANGUAGE_ID.GERMAN


def _table(page: Any, told: Table, about: DeckPage) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Cm, Pt

    rows = told.rows
    height = min(_FIGURE[1], 1.1 * len(rows))
    shape = page.shapes.add_table(
        len(rows), len(rows[0]), Cm(_LEFT), Cm(_FIGURE[0]), Cm(_WIDTH), Cm(height)
    )
    _name(shape, shape._element.nvGraphicFramePr, about)  # noqa: SLF001
    table = shape.table
    table.horz_banding = False
    points = next((size for most, size in _TYPE if len(rows) <= most), 8)
    heads, *body = rows
    if points < _TIGHT:
        heads = tuple(max(head.split(), key=len, default="") for head in heads)
    longest = [max(map(len, cells)) + 3 for cells in zip(heads, *body, strict=True)]
    for column, length in enumerate(longest):
        table.columns[column].width = Cm(_WIDTH * length / sum(longest))
    right = told.numeric()
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(place, column)
            fill = told.fills[place - 1][column] if place and told.fills else ""
            if fill:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(fill.removeprefix("#"))
            else:
                cell.fill.background()
            cell.margin_left = cell.margin_right = Pt(5)
            if points < _TIGHT:
                cell.margin_top = cell.margin_bottom = Pt(1)
            colour = ink(fill).removeprefix("#") if fill else _INK
            _write(cell.text_frame.paragraphs[0], text or _BLANK, points, colour=colour)
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
