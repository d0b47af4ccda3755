"""Colours and line styles on every medium: safe for colour-blind readers, told apart in grey.

The scales are YlGnBu and PuOr of ColorBrewer (Cynthia Brewer, Mark Harrower and The Pennsylvania
State University, Apache License 2.0).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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

_NEUTRAL = "#f7f7f7"
_BELOW = {1: "#998ec3", 2: "#b2abd2 #5e3c99", 3: "#d8daeb #998ec3 #542788"}
_ABOVE = {1: "#f1a340", 2: "#fdb863 #e66101", 3: "#fee0b6 #f1a340 #b35806"}
"""One side of a scale, from the middle outwards, by its number of classes."""

_MANY_BELOW = "#b2abd2 #8073ac #542788"
_MANY_ABOVE = "#fdb863 #e08214 #b35806 #7f3b08"
"""What the classes of a longer side are spread along."""

_TWO = (
    "#fef1e4 #97d0e7 #18aee5",
    "#fab186 #b0988c #407b8f",
    "#f3742d #ab5f37 #5c473d",
)
"""Blue across, orange upwards; one line a row, the lowest first."""

_FOR_DARK = {
    "#f7f7f7": "#c6cad0",
    "#d8daeb": "#b2abd2",
    "#fee0b6": "#fdb863",
    "#998ec3": "#8073ac",
    "#f1a340": "#e08214",
}
"""Almost white glares on a dark page: the next deeper steps of PuOr, and a grey between them."""

OTHERS, NEAR, PICKED, ABOVE_ALL = "#e4e7eb", "#b7d3e8", "#1d6fa5", "#0b2e47"
"""Areas that are picked out of others, those that nearly are, and one above all."""
_PICKED_ON_DARK = {OTHERS: "#333d47", NEAR: "#42627b", PICKED: "#4f9fd0", ABOVE_ALL: "#d6ebf8"}

DARK_INK, LIGHT_INK = "#16181c", "#ffffff"
_EDGE_CONTRAST = 3.1
_LINEAR_UP_TO = 0.04045
_BRIGHT, _DARKEST, _LIFTED = 0.25, 0.035, 0.135
"""Colours for a dark page: those below the first luminance are lifted, the second to the third."""
INK = {"light": "#24262b", "dark": "#f2f3f5"}
GROUND = {"light": "#ffffff", "dark": "#12181e"}
QUIET = {"light": "#6b7480", "dark": "#a7b0ba"}
GRID = {"light": "#e3e7eb", "dark": "#2b353f"}
BAND = {"light": "#c3ccd4", "dark": "#4a5967"}
TONES = {
    "light": {"plain": "#4f7ea8", "above": "#b8690f", "below": "#7a6db3", "quiet": "#6b7480"},
    "dark": {"plain": "#7fb2dc", "above": "#f1a340", "below": "#a99ee0", "quiet": "#a7b0ba"},
}
"""Colours of what is drawn, by theme and tone."""

CIRCLE_COLOURS = {
    "light": ("#8c3b0e", "#f1a340", "#5e3c99"),
    "dark": ("#c65a1a", "#ffc477", "#a07fd6"),
}
"""Parts of circles over a map."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour, #rrggbb, from 0 (black) to 1 (white), as WCAG 2.2 has it.

    Examples
    --------
    >>> luminance("#ffffff")
    1.0
    """
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, as WCAG 2.2 has it.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on_map(colour: str) -> str:
    """Return the colour of names on the fill of an area, as the map on the screen chooses it.

    Examples
    --------
    >>> ink_on_map("#ffffcc"), ink_on_map("#253494")
    ('#16181c', '#ffffff')
    """
    return DARK_INK if contrast(colour, "#404040") >= contrast(colour, LIGHT_INK) else LIGHT_INK


def edge(colour: str) -> str:
    """Darken or lighten a fill just so far that its edge stands out from it: 3:1 and hardly more.

    A louder edge would be seen before the colours of the classes are.

    Examples
    --------
    >>> edge("#ffffcc"), edge("#253494")
    ('#919174', '#8089c1')
    """
    goal = 255 if ink_on_map(colour) == LIGHT_INK else 0
    channels = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]

    def mixed(share: float) -> str:
        return "#" + "".join(f"{round(own + (goal - own) * share):02x}" for own in channels)

    little, enough = 0.0, 1.0
    while enough - little > 0.004:
        middle = (little + enough) / 2
        if contrast(mixed(middle), colour) < _EDGE_CONTRAST:
            little = middle
        else:
            enough = middle
    return mixed(enough)


def ink(colour: str) -> str:
    """Of black and white, the one that is read on a fill: always above 4.5:1.

    Examples
    --------
    >>> ink("#ffffcc"), ink("#2c7fb8"), ink("#253494")
    ('#000000', '#000000', '#ffffff')
    """
    return "#000000" if (luminance(colour) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


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
    sides = [_side(low, high, middle) for low, high in pairwise(breaks)]
    below, above = sides.count(-1), sides.count(1)
    steps = max(below, above)
    violet, orange = _ramp(_BELOW, _MANY_BELOW, steps), _ramp(_ABOVE, _MANY_ABOVE, steps)
    return (*violet[:below][::-1], *[_NEUTRAL] * sides.count(0), *orange[:above])


def two_way() -> tuple[str, ...]:
    """Colours of areas by two figures: blue for the first one, orange for the second one.

    The more of either, the darker; the more of both, the less colour.

    Returns
    -------
    tuple of str
        Nine, as `inteso_dash.measures.relation.both_classes` counts the classes.

    References
    ----------
    Stevens, J. (2015): Bivariate choropleth maps: a how-to guide. Prener, C. G. et al.: biscale,
    palette BlueOr.

    Examples
    --------
    >>> two_way()[0], two_way()[8]
    ('#fef1e4', '#5c473d')
    """
    return tuple(colour for row in _TWO for colour in row.split())


def _side(low: float, high: float, middle: float) -> int:
    """Say on which side of the middle a class lies; 0 where it holds it."""
    if low >= middle:
        return 0 if high == middle else 1
    return -1 if high <= middle else 0


def _ramp(few: dict[int, str], many: str, steps: int) -> list[str]:
    """Return the colours of one side of so many classes, from the middle outwards."""
    if steps <= max(few):
        return few[steps].split() if steps else []
    stops = [[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in many.split()]
    colours = []
    for step in range(steps):
        along = step * (len(stops) - 1) / (steps - 1)
        first = min(int(along), len(stops) - 2)
        mixed = (
            round(one + (other - one) * (along - first))
            for one, other in zip(stops[first], stops[first + 1], strict=True)
        )
        colours.append("#" + "".join(f"{channel:02x}" for channel in mixed))
    return colours


def on_dark(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the colours of classes for a dark page.

    Almost white would glare there, and the deepest steps would drown: they are lifted, their hue
    kept. Light still means little, so that a map reads the same on both pages.

    Parameters
    ----------
    colours : tuple of str
        Of `sequential` or `diverging`, or `PICKED` and its like, of which those that matter stand
        out on a dark page, too.

    Examples
    --------
    >>> on_dark(diverging((-10.0, -2.0, 2.0, 10.0), 0))
    ('#8779b5', '#c6cad0', '#e08214')
    >>> on_dark(sequential(2))
    ('#c7e9b4', '#2f87c3')
    """
    return tuple(
        _PICKED_ON_DARK.get(colour) or _lifted(_FOR_DARK.get(colour, colour)) for colour in colours
    )


def _lifted(colour: str) -> str:
    """Brighten a deep colour in linear light; the order of deep colours stays."""
    own = luminance(colour)
    if own >= _BRIGHT:
        return colour
    slope = (_BRIGHT - _LIFTED) / (_BRIGHT - _DARKEST)
    factor = (_LIFTED + (own - _DARKEST) * slope) / own
    channels = []
    for start in (1, 3, 5):
        part = min(_linear(int(colour[start : start + 2], 16) / 255) * factor, 1.0)
        curved = (
            part * 12.92 if part <= _LINEAR_UP_TO / 12.92 else 1.055 * part ** (1 / 2.4) - 0.055
        )
        channels.append(f"{round(255 * curved):02x}")
    return "#" + "".join(channels)


@dataclass(frozen=True)
class Stroke:
    """How a line is told from the others: also in grey, and where colours are not seen.

    Attributes
    ----------
    light, dark : str
        Colour on a light and on a dark ground.
    dash : str
        solid, dash, dot, dashdot, longdash, longdashdot or dashdotdot.
    symbol : str
        circle, square, diamond, triangle, star, x or cross.
    """

    light: str
    dark: str
    dash: str
    symbol: str

    def colour(self, theme: str) -> str:
        """Return the colour on a ground."""
        return self.dark if theme == "dark" else self.light


STROKES = (
    Stroke("#1d5f8a", "#6db6e2", "solid", "circle"),
    Stroke("#b8690f", "#f1a340", "dash", "square"),
    Stroke("#7a6db3", "#a99ee0", "dot", "diamond"),
    Stroke("#2e7d6b", "#6cc3ad", "dashdot", "triangle"),
    Stroke("#8a3b5f", "#e08fb3", "longdash", "star"),
    Stroke("#5c6b1d", "#b9c86a", "longdashdot", "x"),
    Stroke("#5f6b76", "#b3bcc5", "dashdotdot", "cross"),
)
"""One per line."""


COMPARED = (STROKES[1], STROKES[2], STROKES[5])
"""One per area that is compared with another: neither its circle nor the city's triangle."""


def strokes(tones: tuple[str, ...]) -> list[Stroke | None]:
    """Give each line its stroke in turn, those in the background none.

    From the eighth line on, colours come again with another dash and symbol.

    Examples
    --------
    >>> [each and each.dash for each in strokes(("plain", "quiet", "plain"))]
    ['solid', None, 'dash']
    """
    found: list[Stroke | None] = []
    for tone in tones:
        given = sum(each is not None for each in found)
        if tone == "quiet":
            found.append(None)
            continue
        own = STROKES[given % len(STROKES)]
        other = STROKES[(given + given // len(STROKES)) % len(STROKES)]
        found.append(replace(own, dash=other.dash, symbol=other.symbol))
    return found
