"""What can lie over the areas besides circles: a sign for each area, and single places."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Signs:
    """A sign on every area that says of which kind it is, so that colour need not.

    Parameters
    ----------
    title
        What the kinds are about.
    kinds
        Pairs of sign and meaning.
    of
        Per area, in the order of the geometry file, the place of its kind; None for no sign.
    """

    title: str
    kinds: tuple[tuple[str, str], ...]
    of: tuple[int | None, ...]

    def problems(self, count: int) -> list[str]:
        """Say what is wrong with the signs of so many areas."""
        found = []
        if len(self.of) != count:
            found.append(f"{len(self.of)} signs; expected {count}")
        unknown = sorted(
            {kind for kind in self.of if kind is not None} - set(range(len(self.kinds)))
        )
        if unknown:
            found.append(f"kinds of signs {unknown}; expected 0 to {len(self.kinds) - 1}")
        return found

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "title": self.title,
            "kinds": [list(kind) for kind in self.kinds],
            "of": list(self.of),
        }


@dataclass(frozen=True)
class Spot:
    """A single place: map units, its name, a note, and an amount, None where it is not known."""

    x: int
    y: int
    name: str
    note: str = ""
    amount: float | None = None


@dataclass(frozen=True)
class SpotList:
    """Single places whose positions are public, their surface in proportion to an amount.

    Parameters
    ----------
    title, unit
        What the places are and what their amount counts.
    color_light, color_dark
        Colour for a light and a dark page.
    spots
        The places.
    """

    title: str
    unit: str
    color_light: str
    color_dark: str
    spots: tuple[Spot, ...]

    def problems(self) -> list[str]:
        """Say what is wrong with the places."""
        found = [
            f"colour of places {color!r}; expected #rrggbb"
            for color in (self.color_light, self.color_dark)
            if not _COLOR.fullmatch(color)
        ]
        amounts = [spot.amount for spot in self.spots if spot.amount is not None]
        if not all(math.isfinite(amount) and amount >= 0 for amount in amounts):
            found.append("places with negative or infinite amounts; expected amounts from 0")
        return found

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "title": self.title,
            "unit": self.unit,
            "light": self.color_light,
            "dark": self.color_dark,
            "spots": [[spot.x, spot.y, spot.name, spot.note, spot.amount] for spot in self.spots],
        }
