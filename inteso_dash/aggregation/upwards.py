"""Figures of one level carried up to a higher one, each by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.aggregation.wide import (
    NO_BASE,
    NO_VALUE,
    ON_ESTIMATES,
    Matrix,
    Merged,
    denominator,
)
from inteso_dash.catalogue import Catalogue, Indicator, Status

_NO_FIGURE = "ohne Angabe"
_NO_WEIGHT = "ohne Angabe, worauf sich der Wert bezieht"

Numbers = npt.NDArray[Any]


def aggregate(base: Matrix, parents: pd.Series, merged: Merged, catalogue: Catalogue) -> Matrix:
    """Carry the figures of one level up to a higher one, each by its kind.

    Parameters
    ----------
    base : Matrix
        Rows are areas of the lower level.
    parents : Series
        Index: all area ids of the lower level; values: the area of the higher level each lies in.
        Only higher areas all of whose parts are rows of ``base`` get a result.
    merged : Merged
        Areas published together with another one.
    catalogue : Catalogue

    Returns
    -------
    Matrix
        Rows are areas of the higher level. Status ``computed`` where there is a value, with a
        note where it rests on an estimate; a part that is uninhabited does not count; an area
        whose parts are all merged or uninhabited keeps that status; otherwise the value is
        absent and ``note`` says which part is missing. No status, and no value, where nothing
        was said about a part.
    """
    lacking = set(parents[~parents.index.isin(base.value.index)])
    parents = parents[~parents.isin(lacking)]
    inside = Matrix(
        *(
            frame.reindex(parents.index)
            for frame in (base.value, base.status, base.error, base.note)
        )
    )
    codes, areas = pd.factorize(parents, sort=True)
    said = inside.status.notna()
    heard = said.columns[said.groupby(codes).all().any()]
    columns = {
        indicator_id: _Upward(
            inside, codes, areas, catalogue.indicator(indicator_id), merged
        ).column()
        for indicator_id in heard
    }
    index = pd.Index(areas, name="area_id")
    return Matrix(
        *(
            pd.DataFrame({key: parts[i] for key, parts in columns.items()}, index=index)
            for i in range(4)
        )
    )


@dataclass(frozen=True)
class _Upward:
    """One indicator on its way to the next level; arrays are by part or by higher area."""

    base: Matrix
    codes: Numbers
    areas: pd.Index
    indicator: Indicator
    merged: Merged

    def column(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Value, status, rounding error and note for every higher area."""
        value = self.base.value[self.indicator.id].to_numpy()
        status = self.base.status[self.indicator.id].to_numpy(dtype=str)
        missing = np.isnan(value) & ~np.isin(status, NO_VALUE)
        note = np.full(len(self.areas), self.indicator.not_aggregable, dtype=object)
        if self.indicator.not_aggregable:
            result = error = np.full(len(self.areas), np.nan)
        else:
            result, error, unweighted = self._computed(value)
            for lacking, words in ((unweighted, _NO_WEIGHT), (missing, _NO_FIGURE)):
                incomplete = self._any(lacking)
                result = np.where(incomplete, np.nan, result)
                note[incomplete] = self._notes(lacking, incomplete, words)
        known = ~np.isnan(result)
        final = self._status(known, status, missing)
        note[(final == Status.NOT_DELIVERED) & (note == "")] = NO_BASE
        silent = self._any(self.base.status[self.indicator.id].isna().to_numpy())
        final[silent], note[silent] = None, ""
        below = self.base.note[self.indicator.id].to_numpy()
        guessed = (status == Status.ESTIMATED) | (below == ON_ESTIMATES)
        note[known & self._any(guessed)] = ON_ESTIMATES
        result = np.where(silent, np.nan, result)
        return result, final, np.where(known, error, 0.0), note

    def _sum(self, parts: Numbers) -> Numbers:
        return np.bincount(self.codes, np.nan_to_num(parts), minlength=len(self.areas))

    def _any(self, parts: Numbers) -> Numbers:
        return self._sum(parts) > 0

    def _computed(self, value: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Value and largest error by higher area; by part, whether what it weighs is missing."""
        error = self.base.error[self.indicator.id].to_numpy()
        weighted = np.zeros(len(value), dtype=bool)
        if self.indicator.kind == "extensive":
            total = np.where(self._any(~np.isnan(value)), self._sum(value), np.nan)
            return total, self._sum(error), weighted
        parts = self.indicator.denominator or self.indicator.weight
        if not self.base.has(parts):
            nothing = np.full(len(self.areas), np.nan)
            return nothing, nothing, ~np.isnan(value)
        below, uncertain = (
            each.to_numpy() for each in denominator(self.indicator, self.base, self.merged)
        )
        lacking = np.isnan(below) & ~np.isnan(value)
        exact = self._from_parts(below, uncertain)
        if exact is not None:
            return *exact, lacking
        weights = np.where(np.isnan(value), 0.0, below)
        result = self._ratio(value * weights, weights)
        apart = np.abs(value - result[self.codes]) * uncertain
        return result, self._ratio(error * weights + apart, weights), lacking

    def _ratio(self, above: Numbers, below: Numbers) -> Numbers:
        whole = self._sum(below)
        return self._sum(above) / np.where(whole == 0, np.nan, whole)

    def _from_parts(self, below: Numbers, uncertain: Numbers) -> tuple[Numbers, Numbers] | None:
        """Recompute from counts, where all of them were delivered as counts."""
        above, factor = self.indicator.numerator, self.indicator.factor
        if not above or not self.base.has(above):
            return None
        counts = self.base.total(above).to_numpy()
        states = self.base.status[list(above)].to_numpy(dtype=str)
        excused = np.isin(states, NO_VALUE).all(axis=1)
        if (states == Status.COMPUTED).any() or (np.isnan(counts) & ~excused).any():
            return None
        result = self._ratio(counts, below) * factor
        error = self.base.total_error(above).to_numpy() * factor
        return result, self._ratio(error + np.abs(result)[self.codes] * uncertain, below)

    def _status(self, known: Numbers, status: Numbers, missing: Numbers) -> Numbers:
        final = np.full(len(self.areas), str(Status.NOT_DELIVERED), dtype=object)
        inhabited = status != Status.UNINHABITED
        final[~self._any(inhabited)] = str(Status.UNINHABITED)
        merged = status == Status.MERGED
        final[self._any(merged) & ~self._any(inhabited & ~merged)] = str(Status.MERGED)
        final[self._any(missing & (status == Status.SUPPRESSED))] = str(Status.SUPPRESSED)
        final[known] = str(Status.COMPUTED)
        return final

    def _notes(self, missing: Numbers, incomplete: Numbers, words: str) -> list[str]:
        notes = []
        for code in np.flatnonzero(incomplete):
            here = self.codes == code
            parts = [str(part) for part in self.base.value.index[here & missing]]
            named = ", ".join(parts[:3]) + (" …" if len(parts) > 3 else "")
            notes.append(f"{len(parts)} von {here.sum()} Teilgebieten {words} ({named}).")
        return notes
