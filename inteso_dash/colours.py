"""Colours of classes: safe for colour-blind readers, light means little, told apart in grey.

The scales are YlGnBu and PuOr of ColorBrewer (Cynthia Brewer, Mark Harrower and The Pennsylvania
State University, Apache License 2.0).
"""

from __future__ import annotations

from itertools import pairwise

_SEQUENTIAL = {
    1: "#7fcdbb",
    2: "#c7e9b4 #2c7fb8",
    3: "#edf8b1 #7fcdbb #2c7fb8",
    4: "#ffffcc #a1dab4 #41b6c4 #225ea8",
    5: "#ffffcc #a1dab4 #41b6c4 #2c7fb8 #253494",
    6: "#ffffcc #c7e9b4 #7fcdbb #41b6c4 #2c7fb8 #253494",
    7: "#ffffcc #c7e9b4 #7fcdbb #41b6c4 #1d91c0 #225ea8 #0c2c84",
}

_DIVERGING = {
    1: "#f7f7f7",
    2: "#998ec3 #f1a340",
    3: "#998ec3 #f7f7f7 #f1a340",
    4: "#5e3c99 #b2abd2 #fdb863 #e66101",
    5: "#5e3c99 #b2abd2 #f7f7f7 #fdb863 #e66101",
    6: "#542788 #998ec3 #d8daeb #fee0b6 #f1a340 #b35806",
    7: "#542788 #998ec3 #d8daeb #f7f7f7 #fee0b6 #f1a340 #b35806",
}

_FOR_DARK = {
    "#f7f7f7": "#c6cad0",
    "#d8daeb": "#b2abd2",
    "#fee0b6": "#fdb863",
    "#998ec3": "#8073ac",
    "#f1a340": "#e08214",
}
"""Almost white glares on a dark page: the next deeper steps of PuOr, and a grey between them."""

_EDGES = ("#404040", "#ffffff")
_LINEAR_UP_TO = 0.04045


def luminance(colour: str) -> float:
    """Relative luminance of a colour, #rrggbb, from 0 (black) to 1 (white), as WCAG 2.2 has it.

    Examples
    --------
    >>> luminance("#ffffff")
    1.0
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def edge(colour: str) -> str:
    """Of two colours for an edge, the one that stands out from a fill: always above 3:1.

    Examples
    --------
    >>> edge("#ffffcc"), edge("#253494")
    ('#404040', '#ffffff')
    """

    def contrast(other: str) -> float:
        low, high = sorted((luminance(colour), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    dark, light = _EDGES
    return dark if contrast(dark) >= contrast(light) else light


def sequential(count: int) -> tuple[str, ...]:
    """Colours for amounts, light to dark.

    Parameters
    ----------
    count : int
        Number of classes, 0 to 7.

    Examples
    --------
    >>> sequential(2)
    ('#c7e9b4', '#2c7fb8')
    """
    return tuple(_SEQUENTIAL[count].split()) if count else ()


def diverging(breaks: tuple[float, ...], middle: float) -> tuple[str, ...]:
    """Colours on both sides of a middle: violet below, neutral around it, orange above.

    Parameters
    ----------
    breaks : tuple of float
        Ascending class bounds, one more than classes.
    middle : float
        The value that separates the two sides.

    Returns
    -------
    tuple of str
        One colour per class; the class that holds the middle is neutral, unless the middle is
        one of the bounds.

    Examples
    --------
    >>> diverging((-10.0, -2.0, 2.0, 10.0), 0)
    ('#998ec3', '#f7f7f7', '#f1a340')
    """
    classes = list(pairwise(breaks))
    below = sum(low < middle >= high for low, high in classes)
    above = sum(low >= middle < high for low, high in classes)
    between = len(classes) - below - above
    half = max(below, above)
    scale = _DIVERGING[min(2 * half + between, max(_DIVERGING))].split() if half else ["#f7f7f7"]
    low_side, high_side = scale[:half], scale[-half:] if half else []
    centre = [scale[len(scale) // 2]] * between
    return (*low_side[half - below :], *centre, *high_side[:above])


def on_dark(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the colours of classes for a dark page, where almost white would glare.

    Light still means little, so that a map reads the same on both pages.

    Parameters
    ----------
    colours : tuple of str
        Of `sequential`, which stay, or of `diverging`.

    Examples
    --------
    >>> on_dark(diverging((-10.0, -2.0, 2.0, 10.0), 0))
    ('#8073ac', '#c6cad0', '#e08214')
    """
    return tuple(_FOR_DARK.get(colour, colour) for colour in colours)
