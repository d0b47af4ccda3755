"""What charts on paper share: the size of letters, signs, titles of axes, names at dots."""

from __future__ import annotations

from matplotlib.axes import Axes

from inteso_dash.drawing.paper.sheet import FAINT, INK
from inteso_dash.language import formats
from inteso_dash.views.colours import TONES

TYPE = 9.0
"""Size of the letters of a chart, in points."""
PAPER_TONES = TONES["light"]
SYMBOLS = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "triangle": "^",
    "star": "*",
    "x": "X",
    "cross": "P",
}


def titled(axes: Axes, across: str, upwards: str) -> None:
    """Name both axes, and draw nothing else around."""
    axes.set_xlabel(across, fontsize=TYPE)
    axes.set_ylabel(upwards, fontsize=TYPE)
    axes.tick_params(labelsize=TYPE, length=0)
    axes.spines[["top", "right"]].set_visible(False)


def name_dot(axes: Axes, name: str, at: tuple[float, float]) -> None:
    """Write a name above a dot, towards the middle of the chart."""
    left, right = axes.get_xlim()
    axes.annotate(
        name,
        at,
        xytext=(0, 9),
        textcoords="offset points",
        fontsize=TYPE,
        fontweight="semibold",
        color=INK,
        ha="right" if at[0] > (left + right) / 2 else "left",
        zorder=5,
        bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": FAINT},
    )


def tick(value: float, decimals: int) -> str:
    """Write a number of an axis: whole where it is.

    Examples
    --------
    >>> tick(20.0, 1), tick(2.5, 0)
    ('20', '2,5')
    """
    return formats.number(value, 0 if float(value).is_integer() else max(decimals, 1))


def tick_at(value: float, _place: int, *, decimals: int) -> str:
    """Write a number of an axis, as Matplotlib asks for it."""
    return tick(value, decimals)
