"""What all charts of the screen share: type, calm axes, room for names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inteso_dash.views.colours import GRID, INK, QUIET

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""Plotly settings of every chart: no tools over it, no zoom by accident."""
LETTERS = 13.0
"""Size of the type on a page, in pixels."""
_NAME_LENGTH = 20
_BEFORE = 0.35
"""Part of a known width that names before bars may take."""
_BREAKS = re.compile(r"[ /-]")
_KEY = re.compile(r" \([^()]+\)$")
_WIDE = 0.56
"""Width of a letter in sizes of the type."""


@dataclass(frozen=True)
class Look:
    """Where a chart is looked at.

    Attributes
    ----------
    theme : str
        light or dark.
    letters : float
        Size of the type in pixels; lines and marks grow with it.
    size : (float, float) or None
        Pixels that the chart has; None where only the browser knows its width, and the content
        decides its height.
    height : float or None
        Pixels, where the content is not to decide.
    """

    theme: str = "light"
    letters: float = LETTERS
    size: tuple[float, float] | None = None
    height: float | None = None

    @property
    def scale(self) -> float:
        """How much larger everything is than on a page."""
        return self.letters / LETTERS

    @property
    def ink(self) -> str:
        """Colour of text."""
        return INK[self.theme]

    @property
    def quiet(self) -> str:
        """Colour of what stays in the background."""
        return QUIET[self.theme]

    def px(self, pixels: float) -> float:
        """Return a length that is given for a page."""
        return pixels * self.scale

    def font(self, **more: Any) -> dict[str, Any]:
        """Return the type of the chart."""
        return {"color": self.ink, "size": self.letters, **more}

    def hover(self) -> dict[str, Any]:
        """Return the label that appears where one points."""
        return {"align": "left", "font": {"size": self.letters}}

    def legend(self, **more: Any) -> dict[str, Any]:
        """Return a legend above the chart that does not hide what is clicked."""
        return {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": self.font(),
            **more,
        }

    def lay_out(self, figure: Figure, height: float, **more: Any) -> Figure:
        """Give a chart the margins, fonts and fixed axes of all of them.

        Parameters
        ----------
        figure : Figure
        height : float
            Pixels on a page.
        **more
            Goes over what all charts have; margins as on a page.
        """
        axis = {
            "fixedrange": True,
            "tickfont": self.font(),
            "title": {"font": {"size": self.letters, "color": self.quiet}},
            "gridcolor": GRID[self.theme],
            "automargin": True,
        }
        margin = {"l": 0, "r": 8, "t": 28, "b": 0, **more.pop("margin", {})}
        common = {
            "height": self.height or (height if self.size is None else self.size[1]),
            "margin": {side: self.px(width) for side, width in margin.items()},
            "separators": ",.",
            "dragmode": False,
            "showlegend": False,
            "font": self.font(),
            "hoverlabel": self.hover(),
            "xaxis": axis,
            "yaxis": axis,
        }
        # Plotly itself takes seven times as long to put one over the other.
        return figure.update_layout(_over(common, more), overwrite=True)

    def folded(self, name: str) -> str:
        """Fold a name that stands before a bar into two lines, cutting what is still too long.

        Examples
        --------
        >>> Look().folded("Hotel/Appartementhaus"), Look().folded("Am Nordfriedhof und Umgebung")
        ('Hotel/<br>Appartementhaus', 'Am Nordfriedhof und<br>Umgebung')
        >>> Look(letters=33, size=(1800, 700)).folded("Hotel/Appartementhaus")
        'Hotel/Appartementhaus'
        """
        room = _NAME_LENGTH
        if self.size is not None:
            room = max(room, int(self.size[0] * _BEFORE / (self.letters * _WIDE)))
        if len(name) <= room:
            return name
        first = max((at.end() for at in _BREAKS.finditer(name, 0, room + 1)), default=0)
        lines = [name[:first].rstrip(), name[first:]] if first else [name]
        return "<br>".join(short(line, room) for line in lines)

    def reach(self, values: Sequence[float], written: Sequence[str], names: Sequence[str]) -> float:
        """Return the end of an axis on which the text outside of bars has room.

        Parameters
        ----------
        values : sequence of float
        written : sequence of str
            What stands outside of each bar.
        names : sequence of str
            What stands before them, on the other side of the axis.
        """
        most = max((abs(value) for value in values), default=0.0) or 1.0
        both = min(values, default=0.0) < 0
        if self.size is None:
            return most * (1.45 if both else 1.6)
        lines = [line for name in names for line in name.split("<br>")]
        before = max(map(len, lines), default=0) * self.letters * _WIDE
        room = max(self.size[0] * 0.94 - before, self.letters * 10) / (2 if both else 1)
        return (
            max(
                abs(value) / max(1 - (len(text) + 2) * self.letters * _WIDE / room, 0.2)
                for value, text in zip(values, written, strict=True)
            )
            or 1.0
        )


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Put settings over others, also within what both hold.

    Examples
    --------
    >>> _over({"title": {"text": "", "size": 13}, "side": "top"}, {"title": {"text": "Jahr"}})
    {'title': {'text': 'Jahr', 'size': 13}, 'side': 'top'}
    """
    deeper = {
        key: _over(below[key], own)
        for key, own in above.items()
        if isinstance(own, Mapping) and isinstance(below.get(key), Mapping)
    }
    return {**below, **above, **deeper}


def short(name: str, length: int = _NAME_LENGTH) -> str:
    """Cut a name to what fits beside a chart, but not the key that tells it from others.

    Examples
    --------
    >>> short("Stadtbezirk 6"), short("Am Nordfriedhof und Umgebung")
    ('Stadtbezirk 6', 'Am Nordfriedhof und…')
    >>> short("Rath · Südlich … (063008)")
    'Rath · Süd… (063008)'
    """
    if len(name) <= length:
        return name
    key = found[0] if (found := _KEY.search(name)) else ""
    return f"{name[: max(length - 1 - len(key), 0)].rstrip()}…{key}"
