"""What a run of tests has read and worked out, as the store keeps it for the next process.

Most tests load a city that differs from that of another test in one table: the rest is what it was.
Of cities whose figures are protected, the Stichtage before they are protected are remembered. In
`tests/city/test_compiled.py`, which holds that what is kept is what would be worked out, every city
is loaded as outside of tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from inteso_dash.catalogue import Catalogue
from inteso_dash.city import aggregation, compiled
from inteso_dash.city.loading import load_coded
from inteso_dash.city.pieces import Pieces, _hash, any_earlier

PIECES, PLAIN = compiled.Pieces, load_coded.__defaults__
COMPLETE = aggregation.complete


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


def completing(pieces: Remembered) -> Callable[..., pd.DataFrame]:
    """Complete figures as the product, with the days that pieces remember.

    A day with figures of earlier divisions depends on boundaries: it is worked out anew.
    """

    def complete(
        figures: pd.DataFrame,
        merged: pd.DataFrame,
        register: pd.DataFrame,
        catalogue: Catalogue,
        *rest: Callable[..., object],
    ) -> pd.DataFrame:
        declared = catalogue.model_dump_json(exclude={"tables", "faults"}).encode()
        common = hashlib.sha256(declared + _hash(register)).digest()

        def kept(
            rows: pd.DataFrame, own: pd.DataFrame, make: Callable[[], pd.DataFrame]
        ) -> pd.DataFrame:
            if any_earlier(rows, catalogue):
                return make()
            key = hashlib.sha256(common + _hash(rows) + _hash(own)).hexdigest()
            if pieces.found(key) is None:
                pieces.keep(key, make())
            return pieces._frames[key]

        remembered = [kept] if len(rest) == 1 else []  # as load_city does, which keeps no pieces
        return COMPLETE(figures, merged, register, catalogue, *rest, *remembered)

    return complete


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let every load of a city take what former ones have worked out."""
    assert PLAIN is not None
    pieces = Remembered()
    patch.setattr(aggregation, "complete", completing(pieces))
    patch.setattr(load_coded, "__defaults__", (*PLAIN[:-1], pieces))
    patch.setattr(compiled, "Pieces", lambda *_: pieces)


def forget(patch: pytest.MonkeyPatch) -> None:
    """Let cities be loaded as outside of tests."""
    patch.setattr(aggregation, "complete", COMPLETE)
    patch.setattr(load_coded, "__defaults__", PLAIN)
    patch.setattr(compiled, "Pieces", PIECES)
