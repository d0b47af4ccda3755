"""From the figures that were delivered to those that follow from them: parts, shares, totals.

Extensive indicators add up; intensive ones are recomputed from their parts. Where a part is
missing, the result is absent and says why; a published figure is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import LONG_COLUMNS, Catalogue, Indicator, Status

_BY_PLACE = ["level", "division", "date"]
_PLACE_KEY = ["level", "division", "area_id", "indicator_id", "date"]
_NO_VALUE = [str(Status.UNINHABITED), str(Status.MERGED)]
_ABSENT = [str(Status.SUPPRESSED), str(Status.NOT_DELIVERED), *_NO_VALUE]
ON_ESTIMATES = "Aus geschätzten Werten berechnet."
"""Note of a computed figure that rests on an estimate."""

_NO_FIGURE = "ohne Angabe"
_NO_WEIGHT = "ohne Angabe, worauf sich der Wert bezieht"
_NO_BASE = "Worauf sich der Wert bezieht, ist null."

Numbers = npt.NDArray[Any]

Merged = Mapping[str, Mapping[str, str]]
"""Indicator id → {area published together with another: the area that contains it}."""


@dataclass(frozen=True)
class Matrix:
    """Figures of one level at one date: rows are areas, columns are indicators.

    Attributes
    ----------
    value : DataFrame
        NaN where there is no value.
    status : DataFrame
        `Status` values.
    error : DataFrame
        Largest error by rounding, in the indicator's unit.
    note : DataFrame
        Why there is no value, in German, or `ON_ESTIMATES`; empty elsewhere.
    """

    value: pd.DataFrame
    status: pd.DataFrame
    error: pd.DataFrame
    note: pd.DataFrame

    def has(self, indicator_ids: Iterable[str]) -> bool:
        """Say whether all these indicators are columns."""
        return all(indicator_id in self.value for indicator_id in indicator_ids)

    def total(self, indicator_ids: Iterable[str]) -> pd.Series:
        """Add up several extensive indicators; NaN where one of them is missing."""
        return self.value[list(indicator_ids)].sum(axis=1, skipna=False)

    def total_error(self, indicator_ids: Iterable[str]) -> pd.Series:
        """Add up the largest errors of several indicators."""
        return self.error[list(indicator_ids)].sum(axis=1)


def complete(
    figures: pd.DataFrame, merged: pd.DataFrame, register: pd.DataFrame, catalogue: Catalogue
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add everything that follows from the delivered figures.

    Counts that only a share implies, shares whose parts were delivered, and the values of the
    higher levels, all with status ``computed``. A value of a higher level is made from the
    nearest level below that has one.

    Parameters
    ----------
    figures : DataFrame
        Long table (`catalogue.LONG_COLUMNS`), published figures only.
    merged : DataFrame
        Columns level, division, indicator_id, date, area_id, contained_in.
    register : DataFrame
        Columns level, division, area_id, parent_id.
    catalogue : Catalogue

    Returns
    -------
    figures : DataFrame
        The long table with the computed rows added; published rows are unchanged.
    notes : DataFrame
        Columns level, division, area_id, indicator_id, date, note: why a computed row is empty,
        or that it rests on estimates.
    """
    computed: list[pd.DataFrame] = []
    for place, rows in figures.groupby(_BY_PLACE, sort=True, observed=True):
        level, division, date = str(place[0]), str(place[1]), pd.Timestamp(str(place[2]))
        together = merged[
            (merged["level"] == level) & (merged["division"] == division) & (merged["date"] == date)
        ]
        contained: dict[str, dict[str, str]] = {}
        for row in together.itertuples():
            contained.setdefault(str(row.indicator_id), {})[str(row.area_id)] = str(
                row.contained_in
            )
        base = derive(matrix(rows), catalogue, contained)
        source = ", ".join(sorted(set(rows["source_id"])))
        computed.append(_long(base, (level, division, date), source, rank=len(catalogue.levels)))
        ancestors = _ancestors(register, catalogue, level, division)
        for steps, (ancestor, ancestor_division, parents) in enumerate(ancestors, 1):
            upward = aggregate(base, parents, contained, catalogue)
            if not upward.value.empty:
                target = (ancestor, ancestor_division, date)
                computed.append(_long(upward, target, source, rank=steps))
    if not computed:
        return figures, figures[_PLACE_KEY].assign(note="")
    added = pd.concat(computed, ignore_index=True)
    added = added.assign(_empty=added["value"].isna()).sort_values(
        ["_empty", "_rank"], kind="stable"
    )
    added = added.drop_duplicates(_PLACE_KEY)
    published = pd.MultiIndex.from_frame(figures[_PLACE_KEY])
    added = added[~pd.MultiIndex.from_frame(added[_PLACE_KEY]).isin(published)]
    notes = added.loc[added["note"] != "", [*_PLACE_KEY, "note"]].reset_index(drop=True)
    everything = pd.concat([figures, added[list(LONG_COLUMNS)]], ignore_index=True)
    return everything.sort_values([*_PLACE_KEY, "source_id"], ignore_index=True), notes


def matrix(rows: pd.DataFrame) -> Matrix:
    """Turn the long rows of one level and date into a `Matrix`; the first source of a cell wins."""
    unique = rows.drop_duplicates(["area_id", "indicator_id"])

    def wide(column: str) -> pd.DataFrame:
        return unique.pivot(index="area_id", columns="indicator_id", values=column)

    value, status = wide("value").astype(float), wide("status")
    error = wide("rounding_error").astype(float).fillna(0.0)
    note = status.map(lambda _: "")
    return Matrix(value, status.where(status.notna(), None), error, note)


def derive(given: Matrix, catalogue: Catalogue, merged: Merged) -> Matrix:
    """Add the parts and shares of one level and date that its own figures imply.

    Parameters
    ----------
    given : Matrix
    catalogue : Catalogue
    merged : Merged

    Returns
    -------
    Matrix
        The given cells unchanged; cells without any statement filled where they can be.
    """
    frames = Matrix(given.value.copy(), given.status.copy(), given.error.copy(), given.note.copy())
    for indicator in _parts_first(catalogue):
        for value, error, parts in _implied(indicator, frames, catalogue, merged):
            _fill(frames, indicator.id, value, error, parts)
    return frames


def _parts_first(catalogue: Catalogue) -> Iterator[Indicator]:
    """Yield derivable indicators so that each comes after those it is made from."""
    done: set[str] = set()

    def visit(indicator: Indicator) -> Iterator[Indicator]:
        if indicator.id in done:
            return
        done.add(indicator.id)
        if indicator.derived is not None:
            for part in indicator.derived.of:
                yield from visit(catalogue.indicator(part))
        yield indicator

    for indicator in catalogue.indicators:
        if indicator.derived is not None:
            yield from visit(indicator)
    for indicator in catalogue.indicators:
        if indicator.numerator and indicator.denominator:
            yield from visit(indicator)


def _implied(
    indicator: Indicator, frames: Matrix, catalogue: Catalogue, merged: Merged
) -> Iterator[tuple[pd.Series, pd.Series, list[str]]]:
    """Yield value, largest error, and what both are made from, the leading part first."""
    recipe = indicator.derived
    if recipe is not None and recipe.share is not None:
        if frames.has((recipe.share, *recipe.of)):
            share, factor = frames.value[recipe.share], catalogue.indicator(recipe.share).factor
            whole = frames.total(recipe.of)
            error = (
                frames.error[recipe.share] * whole + share * frames.total_error(recipe.of)
            ) / factor
            yield share * whole / factor, error, [recipe.share, *recipe.of]
    elif recipe is not None and recipe.count is not None and recipe.by_share is not None:
        if frames.has((recipe.count, recipe.by_share)):
            share = frames.value[recipe.by_share].replace(0, np.nan)
            factor = catalogue.indicator(recipe.by_share).factor
            value = frames.value[recipe.count] * factor / share
            error = frames.error[recipe.count] * factor + value * frames.error[recipe.by_share]
            yield value, error / share, [recipe.by_share, recipe.count]
    elif frames.has((*indicator.numerator, *indicator.denominator)) and indicator.numerator:
        if any(catalogue.indicator(part).derived for part in indicator.numerator) and (
            indicator.id in frames.value
        ):
            return
        below, uncertain = _denominator(indicator, frames, merged)
        below = below.replace(0, np.nan)
        value = frames.total(indicator.numerator) / below * indicator.factor
        error = frames.total_error(indicator.numerator) * indicator.factor + value * uncertain
        yield value, error / below, [*indicator.numerator, *indicator.denominator]


def _denominator(
    indicator: Indicator, frames: Matrix, merged: Merged
) -> tuple[pd.Series, pd.Series]:
    """Return what an indicator refers to or is weighted by, and its largest error."""
    parts = list(indicator.denominator or indicator.weight)
    contained = merged.get(indicator.id) or merged.get(next(iter(indicator.numerator), ""))
    empty = frames.status[parts].isin(_NO_VALUE)
    held = frames.value[parts].where(frames.value[parts].notna() | ~empty, 0.0)
    whole = _together(frames.total(parts), held.sum(axis=1, skipna=False), contained)
    error = frames.total_error(parts)
    return whole, _together(error, error, contained)


def _together(
    weights: pd.Series, held: pd.Series, contained: Mapping[str, str] | None
) -> pd.Series:
    """Give an area that others are published with what they hold as well."""
    if not contained:
        return weights
    joined = weights.copy()
    for member, holder in contained.items():
        if member in joined.index and holder in joined.index:
            joined[holder] += held[member]
            joined[member] = np.nan
    return joined


def _fill(
    frames: Matrix, indicator_id: str, value: pd.Series, error: pd.Series, parts: list[str]
) -> None:
    """Write a computed column into the cells about which nothing was said.

    The note says so where an estimate went in. Where there is no value, the leading part says
    why, or a secret one.
    """
    if indicator_id not in frames.value:
        frames.value[indicator_id] = np.nan
        frames.status[indicator_id] = None
        frames.error[indicator_id] = 0.0
        frames.note[indicator_id] = ""
    states = frames.status[parts]
    leading = states[parts[0]]
    silent = frames.status[indicator_id].isna() & leading.notna()
    known = silent & value.notna()
    frames.value.loc[known, indicator_id] = value[known]
    frames.error.loc[known, indicator_id] = error[known].abs()
    guessed = (states == str(Status.ESTIMATED)) | (frames.note[parts] == ON_ESTIMATES)
    frames.status.loc[known, indicator_id] = str(Status.COMPUTED)
    frames.note.loc[known & guessed.any(axis=1), indicator_id] = ON_ESTIMATES
    unknown = silent & value.isna()
    secret = (states == str(Status.SUPPRESSED)).any(axis=1)
    why = leading.where(leading.isin(_ABSENT), str(Status.NOT_DELIVERED))
    why = why.where(leading.isin(_ABSENT) | ~secret, str(Status.SUPPRESSED))
    frames.status.loc[unknown, indicator_id] = why[unknown]


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
        missing = np.isnan(value) & ~np.isin(status, _NO_VALUE)
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
        note[(final == Status.NOT_DELIVERED) & (note == "")] = _NO_BASE
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
            each.to_numpy() for each in _denominator(self.indicator, self.base, self.merged)
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
        excused = np.isin(states, _NO_VALUE).all(axis=1)
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


def _ancestors(
    register: pd.DataFrame, catalogue: Catalogue, level: str, division: str
) -> Iterator[tuple[str, str, pd.Series]]:
    areas = register[(register["level"] == level) & (register["division"] == division)]
    inside = areas.set_index("area_id")["parent_id"]
    for ancestor in catalogue.ancestors(level):
        current = catalogue.level(ancestor).current.id
        above = register[(register["level"] == ancestor) & (register["division"] == current)]
        further = above.set_index("area_id")["parent_id"]
        inside = inside[inside.isin(further.index)]
        yield ancestor, current, inside
        inside = inside.map(further)


def _long(
    result: Matrix, place: tuple[str, str, pd.Timestamp], source: str, rank: int
) -> pd.DataFrame:
    level, division, date = place
    areas, indicators = result.value.index, result.value.columns
    rows = pd.DataFrame(
        {
            "area_id": np.repeat(areas.to_numpy(), len(indicators)),
            "indicator_id": np.tile(indicators.to_numpy(), len(areas)),
            "value": result.value.to_numpy(dtype=float).reshape(-1),
        }
    )
    for name, frame in (
        ("status", result.status),
        ("rounding_error", result.error),
        ("note", result.note),
    ):
        rows[name] = frame.to_numpy(dtype=object).reshape(-1)
    rows = rows[rows["status"].notna()]
    return rows.assign(
        level=level,
        division=division,
        date=date,
        source_id=source,
        rounding_error=rows["rounding_error"].astype(float),
        _rank=rank,
    )
