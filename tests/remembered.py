"""What a run of tests has read and worked out, as the store keeps it for the next process.

Most tests load a city that differs from that of another test in one table: the rest is what it was.
Cities whose figures are protected are worked out whole, and so is every city in
`tests/city/test_compiled.py`, which holds that what is kept is what would be worked out.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.city import compiled, load_city
from inteso_dash.city.pieces import Pieces

PIECES, PLAIN = compiled.Pieces, load_city.__defaults__


class Remembered(Pieces):
    """Pieces in memory, of all cities of a run of tests."""

    def __init__(self) -> None:
        super().__init__(Path(), "")
        self._frames: dict[str, pd.DataFrame] = {}

    def found(self, key: str) -> pd.DataFrame | None:
        return self._frames.get(key)

    def keep(self, key: str, made: pd.DataFrame) -> None:
        self._frames[key] = made

    def tidy(self) -> None:
        pass


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let every load of a city take what former ones have worked out."""
    assert PLAIN is not None
    pieces = Remembered()
    patch.setattr(load_city, "__defaults__", (*PLAIN[:-1], pieces))
    patch.setattr(compiled, "Pieces", lambda *_: pieces)


def forget(patch: pytest.MonkeyPatch) -> None:
    """Let cities be loaded as outside of tests."""
    patch.setattr(load_city, "__defaults__", PLAIN)
    patch.setattr(compiled, "Pieces", PIECES)
