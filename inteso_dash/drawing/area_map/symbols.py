"""Circles over the areas of a map, split into parts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

COLOR = re.compile(r"#[0-9a-fA-F]{6}")
"""A colour as a map takes it."""
MAX_PARTS = 3


def short(value: float | None, digits: int) -> float | int | None:
    """Round a number for the browser; a whole one has no decimals.

    Examples
    --------
    >>> short(2.5004, 2), short(3.0, 1), short(None, 1)
    (2.5, 3, None)
    """
    if value is None:
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() else rounded


@dataclass(frozen=True)
class Symbols:
    """Circles over the areas whose surface is in proportion to an amount, split into parts.

    Parameters
    ----------
    title, unit
        What the circles show.
    parts
        Names of the parts, one to three.
    colors_light, colors_dark
        One colour per part, for a light and a dark page.
    values
        Per area, in the order of the geometry file, one amount per part; None where there is
        no circle.
    """

    title: str
    unit: str
    parts: tuple[str, ...]
    colors_light: tuple[str, ...]
    colors_dark: tuple[str, ...]
    values: tuple[tuple[float, ...] | None, ...]

    def problems(self, count: int) -> list[str]:
        """Say what is wrong with the circles of so many areas."""
        found = []
        if not 1 <= len(self.parts) <= MAX_PARTS:
            found.append(f"{len(self.parts)} parts of circles; expected 1 to {MAX_PARTS}")
        found += [
            f"circle colours {colors}; expected one #rrggbb per part"
            for colors in (self.colors_light, self.colors_dark)
            if len(colors) != len(self.parts) or not all(map(COLOR.fullmatch, colors))
        ]
        if len(self.values) != count:
            found.append(f"{len(self.values)} circles; expected {count}")
        amounts = [amount for entry in self.values for amount in entry or ()]
        if any(len(entry) != len(self.parts) for entry in self.values if entry is not None):
            found.append("circles with missing parts; expected one amount per part")
        if not all(math.isfinite(amount) and amount >= 0 for amount in amounts):
            found.append("circles with negative or infinite parts; expected amounts from 0")
        return found

    def to_payload(self) -> dict[str, Any]:
        """Plain dictionary for the browser."""
        return {
            "title": self.title,
            "unit": self.unit,
            "parts": list(self.parts),
            "light": list(self.colors_light),
            "dark": list(self.colors_dark),
            "values": [
                None if entry is None else [short(amount, 1) for amount in entry]
                for entry in self.values
            ],
        }
