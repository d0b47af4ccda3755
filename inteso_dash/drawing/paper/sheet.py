"""The sheet a picture stands on: size, font, title, footer; and the sheet as bytes.

Measures are millimetres from the lower left corner of the sheet, sizes of type are points.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from inteso_dash.views.statement import Statement

FAMILY = ("Source Sans Pro", "DejaVu Sans")
"""The font, and the one that Matplotlib carries for the few signs it lacks."""
INK, QUIET, FAINT = "#1b2733", "#56616c", "#c3ccd4"
MARGIN = 7.0
_BARE = 2.0
"""Margin of a sheet without words: what it is put on has its own."""
_MM_PER_INCH = 25.4
MM_PER_POINT = _MM_PER_INCH / 72
_LEADING = 1.32
_TITLE, _SUBTITLE, _FOOTER = 15.0, 10.0, 7.0
_FACES = ("Regular", "Semibold")
_PRODUCER = "inteso_dash"
_SALT = "inteso_dash"

_writing = threading.Lock()


def font_folder() -> str:
    """Folder of the font files (Source Sans Pro, SIL Open Font License 1.1)."""
    return str(resources.files("font_source_sans_pro") / "files")


def _prepare() -> None:
    """Make the font known and the output reproducible, once for the process."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for face in _FACES:
        fontManager.addfont(f"{font_folder()}/SourceSansPro-{face}.ttf")
    mpl.rcParams.update(
        {
            "font.family": list(FAMILY),
            "axes.unicode_minus": True,
            "hatch.linewidth": 0.5,
            "pdf.fonttype": 42,
            "svg.fonttype": "path",
            "svg.hashsalt": _SALT,
            "text.parse_math": False,
        }
    )


_prepare()


@dataclass(frozen=True)
class Box:
    """A rectangle on a map: its middle and half of its width and height."""

    x: float
    y: float
    wide: float
    high: float

    def overlap(self, other: Box) -> float:
        """Return how much of another rectangle lies about here, 0 where they do not meet."""
        across = self.wide + other.wide - abs(self.x - other.x)
        up = self.high + other.high - abs(self.y - other.y)
        return max(0.0, across) * max(0.0, up)

    def meets(self, other: Box) -> bool:
        """Whether two rectangles overlap."""
        return self.overlap(other) > 0


@dataclass(frozen=True)
class Size:
    """Width and height of a sheet in millimetres."""

    width: float
    height: float


MAP, CHART = Size(118.0, 72.0), Size(150.0, 70.0)
"""Sheets of maps and charts on slides, in millimetres; enlarged there, so that type grows."""
A5 = Size(210.0, 148.0)
"""A5 across: two on a page, or one enlarged to A4."""
PAGES = {"a4": Size(210.0, 297.0), "a3": Size(297.0, 420.0)}
"""Whole pages, by what a file's name says of them."""


class Sheet:
    """A figure with title and footer; what is left is for the picture.

    Parameters
    ----------
    size : Size
    title, subtitle : str
        Left out where empty.
    told : Statement, optional
        Written under the picture and into the file's own description.

    Attributes
    ----------
    figure : Figure
    left, bottom, width, height : float
        The free part of the sheet.
    """

    def __init__(
        self, size: Size, title: str = "", subtitle: str = "", told: Statement | None = None
    ) -> None:
        self.size = size
        self.figure = Figure(
            figsize=(size.width / _MM_PER_INCH, size.height / _MM_PER_INCH), facecolor="white"
        )
        words = ", ".join(part for part in (title, subtitle) if part)
        self.figure.set_label(words or (told.what if told is not None else ""))
        self.figure.set_gid("bild")
        margin = MARGIN if title or told is not None else _BARE
        self.left, self.width = margin, size.width - 2 * margin
        top = size.height - margin
        for text, points, weight, colour in (
            (title, _TITLE, "semibold", INK),
            (subtitle, _SUBTITLE, "normal", QUIET),
        ):
            for line in wrapped(text, self.width, points, weight):
                top -= line_height(points)
                self.write(self.left, top, line, points=points, weight=weight, colour=colour)
        self.bottom = margin
        if told is not None:
            lines = [
                line
                for paragraph in told.footer().splitlines()
                for line in wrapped(paragraph, self.width, _FOOTER)
            ]
            for line in reversed(lines):
                self.write(self.left, self.bottom, line, points=_FOOTER, colour=QUIET)
                self.bottom += line_height(_FOOTER)
            self.bottom += 2
        self.height = top - 3 - self.bottom

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        points: float = 9.0,
        weight: str = "normal",
        colour: str = INK,
        align: str = "left",
    ) -> None:
        """Write one line, its baseline a quarter of its size above y."""
        self.figure.text(
            x / self.size.width,
            (y + points * MM_PER_POINT * 0.25) / self.size.height,
            text,
            fontsize=points,
            fontweight=weight,
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
        )

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return axes on a part of the sheet."""
        return self.figure.add_axes(
            (
                left / self.size.width,
                bottom / self.size.height,
                width / self.size.width,
                height / self.size.height,
            )
        )


def line_height(points: float) -> float:
    """Distance of two lines of a size of type, in millimetres."""
    return points * MM_PER_POINT * _LEADING


@lru_cache(maxsize=4096)
def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Width of a text in millimetres."""
    if not text.strip():
        return 0.0
    font = FontProperties(family=list(FAMILY), weight=weight)
    path = TextPath((0, 0), text, size=points, prop=font, usetex=False)
    return _extent(path) * MM_PER_POINT


def _extent(path: Path) -> float:
    """Width of letters, whose curves are quadratic; `Path.get_extents` takes them one by one."""
    x, codes = np.asarray(path.vertices)[:, 0], np.asarray(path.codes)
    control = np.flatnonzero(codes == Path.CURVE3)[::2]
    begin, middle, end = (x[control + step] for step in (-1, 0, 1))
    bend = begin - 2 * middle + end
    at = np.clip((begin - middle) / np.where(bend == 0, 1, bend), 0, 1)
    turning = (1 - at) ** 2 * begin + 2 * at * (1 - at) * middle + at**2 * end
    reached = np.concatenate([turning, end, x[np.isin(codes, (Path.MOVETO, Path.LINETO))]])
    return float(np.ptp(reached))


def wrapped(text: str, width: float, points: float, weight: str = "normal") -> Iterator[str]:
    """Break a text into lines of at most a width; a longer word is broken where it has to be."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, points, weight) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while text_width(line, points, weight) > width:
            fits = next(
                (n for n in range(len(line) - 1, 1, -1) if text_width(line[:n], points) <= width),
                1,
            )
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _save(figure: Figure, kind: str, metadata: dict[str, Any], dpi: float) -> bytes:
    out = io.BytesIO()
    with _writing:
        figure.savefig(out, format=kind, metadata=metadata, dpi=dpi)
    return out.getvalue()


def _rights(told: Statement) -> str:
    return "; ".join(part for part in (told.licences, told.boundaries) if part)


def to_svg(figure: Figure, told: Statement) -> bytes:
    """Write a picture as SVG; letters are outlines, so that it looks the same everywhere.

    Parameters
    ----------
    figure : Figure
    told : Statement
        Goes into title, description and metadata of the file.
    """
    description = f"{figure.get_label()}. {told.footer()}"
    metadata = {
        "Title": figure.get_label() or told.what,
        "Description": description,
        "Source": told.citation,
        "Rights": _rights(told),
        "Identifier": told.data_hash,
        "Relation": told.address,
        "Language": "de",
        "Creator": _PRODUCER,
        "Publisher": _PRODUCER,
        "Date": told.created.isoformat(),
        "Format": "image/svg+xml",
        "Type": "Image",
    }
    return _save(figure, "svg", {key: text for key, text in metadata.items() if text}, 72)


def to_png(figure: Figure, told: Statement, dpi: float = 300) -> bytes:
    """Write a picture as PNG, at print resolution by default.

    Parameters
    ----------
    figure : Figure
    told : Statement
        Goes into the text chunks of the file.
    dpi : float
    """
    metadata = {
        "Title": figure.get_label() or told.what,
        "Description": told.footer(),
        "Source": told.citation,
        "Copyright": _rights(told),
        "Comment": f"SHA-256 {told.data_hash} {told.address}".strip(),
        "Creation Time": told.created.isoformat(),
        "Software": _PRODUCER,
    }
    return _save(figure, "png", metadata, dpi)


def to_pdf(figure: Figure, told: Statement) -> bytes:
    """Write a picture as PDF with its letters embedded.

    Parameters
    ----------
    figure : Figure
    told : Statement
        Goes into the properties of the file.
    """
    metadata = {
        "Title": figure.get_label() or told.what,
        "Author": told.citation,
        "Subject": told.footer(),
        "Keywords": f"{told.data_hash} {told.address}".strip(),
        "Creator": _PRODUCER,
        "Producer": _PRODUCER,
        "CreationDate": _noon(told.created),
        "ModDate": _noon(told.created),
    }
    return _save(figure, "pdf", metadata, 300)


WRITERS: dict[str, Callable[[Figure, Statement], bytes]] = {
    "svg": to_svg,
    "png": to_png,
    "pdf": to_pdf,
}
"""Ways to write a picture, by the ending of the file's name."""


@dataclass(frozen=True)
class Words:
    """Title and source of a picture; on a slide, the slide says them.

    Attributes
    ----------
    title, subtitle : str
    told : Statement or None
        Written under the picture; None on a slide.
    size : Size or None
        Sheet; A5 across for a picture that stands alone, by default.
    """

    title: str = ""
    subtitle: str = ""
    told: Statement | None = None
    size: Size | None = None

    @property
    def sheet(self) -> Sheet:
        """Sheet of a chart with these words."""
        size = self.size or (CHART if self.told is None else A5)
        return Sheet(size, self.title, self.subtitle, self.told)


ON_SLIDE = Words()
