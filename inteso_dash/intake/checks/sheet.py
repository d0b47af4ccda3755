"""The numbers under check with their precision, corrected step by step by what was found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import ENOUGH, CheckContext
from inteso_dash.language.formats import canonical

_MOST = 0.95
_BASES = (1000, 100, 10, 5, 3)
_FEW = 4
_CHANCE = 100_000


@dataclass
class CheckedSheet:
    """A working copy of the frame: the digits rules correct it, so that one cause is named once.

    Attributes
    ----------
    frame : DataFrame
        Numbers, index area id.
    decimals : dict
        Column → decimals it is written with (of at least 95 % of its values). Zeros at the end of
        all values say nothing of precision: programmes pad whole numbers with them.
    base : dict
        Column → base that all of its counts are multiples of (1: exact, 3, 5, 10, …).
    suffix : dict
        Column → foreign digits found at the end of its values.
    accused : set
        Cells ``(row, column)`` that a finding names; later rules leave them alone.
    """

    frame: pd.DataFrame
    context: CheckContext
    decimals: dict[str, int] = field(default_factory=dict)
    base: dict[str, int] = field(default_factory=dict)
    suffix: dict[str, str] = field(default_factory=dict)
    accused: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, frame: pd.DataFrame, context: CheckContext) -> CheckedSheet:
        """Return the sheet of a numeric frame with its precision determined."""
        sheet = cls(frame.astype("float64"), context)
        for column in sheet.frame.columns:
            sheet.measure(column)
        return sheet

    def copy(self) -> CheckedSheet:
        """Return a sheet of its own that begins as this one is."""
        return replace(
            self,
            frame=self.frame.copy(),
            decimals=dict(self.decimals),
            base=dict(self.base),
            suffix=dict(self.suffix),
            accused=set(self.accused),
        )

    def measure(self, column: str) -> None:
        """Determine the column's written decimals and rounding base from its present values."""
        values = self.frame[column].dropna()
        needed = [canonical(value) for value in values.tolist()]
        self.decimals[column] = _usual_decimals(self._padded(column, values, needed), needed)
        self.base[column] = _rounding_base(values.to_numpy()) if not self.decimals[column] else 1

    def written(self, column: str) -> pd.Series[str]:
        """Return the column's present values as written, with decimal point."""
        values = self.frame[column].dropna()
        needed = [canonical(value) for value in values.tolist()]
        return pd.Series(self._padded(column, values, needed), values.index, dtype=object)

    def _padded(self, column: str, values: pd.Series[float], needed: list[str]) -> list[str]:
        """Return numbers with the zeros behind them that the file has written."""
        decimals = self.context.decimals
        if decimals is None or column not in decimals.columns or column in self.suffix:
            return needed
        places = decimals[column].reindex(values.index).fillna(0).astype(int).tolist()
        return [canonical(*cell) for cell in zip(values.tolist(), places, strict=True)]

    def half(self, column: str) -> float:
        """Return how far a value of the column may lie from the exact one.

        Counts are exact unless they are multiples of a base; everything written with decimals, and
        every share or rate, is off by up to half a unit of its last place.
        """
        declared = self._declared(column)
        if declared is not None:
            return declared
        if self.base[column] > 1:
            return float(self.base[column] // 2)
        indicator = self.context.indicator(column)
        counted = indicator is not None and indicator.kind == "extensive"
        if self.decimals[column] == 0 and (counted or indicator is None):
            return 0.0
        return 0.5 * 10.0 ** -self.decimals[column]

    def last_place(self, column: str) -> float:
        """Return half a unit of the last written place."""
        declared = self._declared(column)
        if declared is not None:
            return declared
        return 0.5 * 10.0 ** -self.decimals[column]

    def _declared(self, column: str) -> float | None:
        errors = self.context.rounding_error
        if errors is None or column not in errors.index or column in self.suffix:
            return None
        return float(errors[column])

    def value(self, row: str, column: str) -> float:
        """Return the number in a cell."""
        return float(self.frame[column].loc[row])

    def row(self, row: str) -> dict[str, float]:
        """Return the numbers of a row by column."""
        return {str(column): self.value(row, str(column)) for column in self.frame.columns}


def _usual_decimals(written: list[str], needed: list[str]) -> int:
    if not written:
        return 0
    lengths = [len(value.partition(".")[2]) for value in written]
    if len(written) >= _FEW:
        most = max(len(value.partition(".")[2]) for value in needed)
        lengths = [min(length, most) for length in lengths]
    return sorted(lengths)[int(np.ceil(_MOST * len(lengths))) - 1]


def _rounding_base(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    """Return the base that counts are multiples of; few of them must all be, beyond chance."""
    counts = values[values != 0]
    for base in _BASES:
        multiples = float((counts % base == 0).mean()) if len(counts) else 0.0
        few = multiples == 1 and len(counts) >= np.log(_CHANCE) / np.log(base)
        if few or (len(counts) >= ENOUGH and multiples >= _MOST):
            return base
    return 1
