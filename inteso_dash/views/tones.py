"""Colours and line styles that charts share on every medium."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
