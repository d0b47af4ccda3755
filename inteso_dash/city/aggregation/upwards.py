"""Figures of one level carried up to a higher one, each by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.together import inherited, remarks_above
from inteso_dash.city.aggregation.wide import (
    CODE,
    NO_BASE,
    ON_ESTIMATES,
    ON_SHARES,
    SILENT,
    Arrays,
    Matrix,
    Merged,
    Numbers,
    added_up,
    cited,
    estimated,
    excused,
    joined,
    sources,
)
from inteso_dash.language.statuses import Status

_NO_FIGURE, _SECRET = "ohne Angabe", "geheim gehalten"
_NO_WEIGHT = "ohne Angabe, worauf sich der Wert bezieht"
_NO_COUNT = "ohne Zahl; sie ist dort aus Anteil und Bezugsgröße berechnet"


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
        note where it rests on an estimate, or on shares because counts are missing. A part that
        is uninhabited, or to which the indicator refers with a base of zero, does not count; an
        area whose parts are all merged or uninhabited keeps that status; otherwise the value is
        absent and ``note`` says which part is missing. No status, and no value, where nothing
        was said about a part.
    """
    arrays = Arrays.of(base, base.value.index)
    return aggregated(arrays, parents, merged, catalogue).matrix()


def aggregated(base: Arrays, parents: pd.Series, merged: Merged, catalogue: Catalogue) -> Arrays:
    """Carry figures up as `aggregate` does those of a `Matrix`."""
    lacking = parents[base.areas.get_indexer(parents.index) < 0]
    if len(lacking):
        parents = parents[~parents.isin(lacking.unique())]
    inside = _Inside(base.taken(parents.index))
    tree = _Tree(parents)
    merged = inherited(merged, catalogue)
    status = inside.arrays.status
    states = np.array([*status.values()]).reshape(len(status), len(parents))
    silent = tree.any(states == SILENT)
    heard = [each for each, areas in zip(status, silent, strict=True) if not areas.all()]
    found: dict[str, tuple[Numbers, ...]] = {}
    for extensive in (True, False):
        alike = [
            each
            for each in map(catalogue.indicator, heard)
            if (each.kind == "extensive") is extensive
        ]
        if alike:
            rows = _Upward(inside, tree, alike, catalogue, merged).rows()
            found |= dict(zip((each.id for each in alike), zip(*rows, strict=True), strict=True))
    tables = ({name: found[name][at] for name in heard} for at in range(5))
    return Arrays(pd.Index(tree.areas, name="area_id"), *tables)


def _implied(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Return which counts of a numerator only a share may imply."""
    above = [catalogue.indicator(part) for part in indicator.numerator]
    return [each.id for each in above if each.derived is not None and each.derived.share]


@dataclass(frozen=True)
class _Parts:
    """What the parts bring along: a ratio is the sum of ``above`` by that of ``below``.

    All are tables, indicators by parts.

    Attributes
    ----------
    above, below : array
        0 where a part brings nothing; ``below`` is 1 for counts.
    error : array
        Largest error of ``above`` by rounding.
    drift : array
        By how much ``above`` changes with ``below``: the value itself where only that is known.
    uncertain : array
        Largest error of ``below``.
    counted, shares : array of bool
        ``above`` are counts of the numerator, or had to be made from a share and its base.
    lacking, unweighted : array of bool
        The part should bring something and has no value, or nothing that it refers to.
    """

    above: Numbers
    below: Numbers
    error: Numbers
    drift: Numbers
    uncertain: Numbers
    counted: Numbers
    shares: Numbers
    lacking: Numbers
    unweighted: Numbers


class _Tree:
    """Which parts lie in which higher areas; tables are indicators by parts or by higher areas."""

    def __init__(self, parents: pd.Series) -> None:
        self.parents = parents
        self.codes, areas = pd.factorize(parents.to_numpy(dtype=object), sort=True)
        self.areas = pd.Index(areas, dtype="str")
        self.size = np.bincount(self.codes, minlength=len(self.areas))
        order = np.argsort(self.codes, kind="stable")
        self.parts = np.split(order, np.cumsum(self.size)[:-1])

    def sum(self, parts: Numbers) -> Numbers:
        """Add up the parts of each higher area."""
        rows, areas = len(parts), len(self.areas)
        at = self.codes + areas * np.arange(rows)[:, np.newaxis]
        return np.bincount(at.ravel(), parts.ravel(), rows * areas).reshape(rows, areas)

    def any(self, parts: Numbers) -> Numbers:
        """Say of each higher area whether it holds for one of its parts."""
        return self.sum(parts) > 0


@dataclass(frozen=True)
class _Inside:
    """Figures of the parts, and what is asked of their columns more than once."""

    arrays: Arrays

    @cached_property
    def alike(self) -> frozenset[str]:
        """Columns all of which is of the same sources."""
        columns = self.arrays.source.items()
        return frozenset(name for name, each in columns if (each == each[0]).all())

    @cached_property
    def guessed(self) -> dict[str, Numbers]:
        """By column: which figures are estimated, or made from estimates."""
        return {name: estimated(self.arrays, [name]) for name in self.arrays.value}


@dataclass(frozen=True)
class _Upward:
    """Indicators of one kind on their way to the next level."""

    base: _Inside
    tree: _Tree
    indicators: Sequence[Indicator]
    catalogue: Catalogue
    merged: Merged

    def rows(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Sequence[Numbers]]:
        """Value, status, rounding error, note and sources, by indicator and higher area."""
        shape = (len(self.indicators), len(self.tree.areas))
        note = np.full(shape, "", dtype=object)
        stopped = [at for at, each in enumerate(self.indicators) if each.not_aggregable]
        extensive = self.indicators[0].kind == "extensive"
        parts = self._counts() if extensive else self._ratio_parts()
        parts.lacking[stopped] = parts.unweighted[stopped] = False
        result, error = (self._sums if extensive else self._ratios)(parts)
        for without, words in ((parts.unweighted, _NO_WEIGHT), (parts.lacking, _NO_FIGURE)):
            incomplete = self.tree.any(without)
            result = np.where(incomplete, np.nan, result)
            note[incomplete] = self._notes(without, incomplete, words)
        self._remark(note, ~np.isnan(result), parts.shares, parts.below > 0)
        for at in stopped:
            result[at], note[at] = np.nan, self.indicators[at].not_aggregable
        known = ~np.isnan(result)
        final = self._status(known, parts.lacking)
        note[(final == CODE[Status.NOT_DELIVERED]) & (note == "")] = NO_BASE
        without_own = excused(final)
        note[without_own] = self._reasons(without_own)
        silent = self.tree.any(self._state == SILENT)
        final[silent], note[silent] = SILENT, ""
        result = np.where(silent, np.nan, result)
        source = [*map(self._sources, self.indicators, parts.counted)]
        return result, final, np.where(known, error, 0.0), note, source

    @cached_property
    def _value(self) -> Numbers:
        return np.array([self.base.arrays.value[each.id] for each in self.indicators])

    @cached_property
    def _state(self) -> Numbers:
        return np.array([self.base.arrays.status[each.id] for each in self.indicators])

    @cached_property
    def _error(self) -> Numbers:
        return np.nan_to_num([self.base.arrays.error[each.id] for each in self.indicators])

    def _contained(self, indicator: Indicator) -> Mapping[str, str]:
        return self.merged.get(indicator.id, {})

    def _counts(self) -> _Parts:
        known = ~np.isnan(self._value)
        nothing, no = np.zeros(known.shape), np.zeros(known.shape, dtype=bool)
        return _Parts(
            np.nan_to_num(self._value),
            known.astype(float),
            self._error,
            nothing,
            nothing,
            no,
            no,
            ~known & ~excused(self._state),
            no,
        )

    def _ratio_parts(self) -> _Parts:
        """Take the counts of every part, and where they are missing its share of its base."""
        value, without_own = self._value, excused(self._state)
        below, uncertain = self._tables(self._base)
        counts, error = self._tables(self._numerator)
        counted = ~np.isnan(counts) & ~np.isnan(below)
        shares = ~counted & ~np.isnan(value) & ~np.isnan(below)
        named = ~(np.isnan(value) & np.isnan(counts))
        unweighted = named & np.isnan(below) & ~without_own
        held = np.zeros(value.shape, dtype=bool)
        for row, at, holder in self._published_apart():
            shares[row, holder], held[row, at] = False, counted[row, holder]
        unweighted &= ~held
        brings = counted | shares | held | (below == 0) | without_own
        weights = np.where(counted | shares, np.nan_to_num(below), 0.0)
        share = np.where(shares, np.nan_to_num(value), 0.0)
        return _Parts(
            np.where(counted, np.nan_to_num(counts), share * weights),
            weights,
            np.where(counted, error, np.where(shares, self._error, 0.0) * weights),
            share,
            np.where(counted | shares, np.nan_to_num(uncertain), 0.0),
            counted,
            shares & (weights > 0),
            ~brings & ~unweighted,
            unweighted,
        )

    def _tables(self, found: Callable[[Indicator], tuple[Numbers, Numbers]]) -> Iterator[Numbers]:
        """Ask for two arrays of each indicator; yield the first of all, and the second."""
        return map(np.array, zip(*map(found, self.indicators), strict=True))

    def _published_apart(self) -> Iterator[tuple[int, int, int]]:
        """Yield the places of areas with a value of their own whose parts lie with another's."""
        places: dict[str, int] = {}
        for row, indicator in enumerate(self.indicators):
            for member, holder in self._contained(indicator).items():
                places = places or self.base.arrays.places()
                if member in places and holder in places:
                    at = places[member]
                    if not np.isnan(self._value[row, at]):
                        yield row, at, places[holder]

    def _base(self, indicator: Indicator) -> tuple[Numbers, Numbers]:
        parts = indicator.denominator or indicator.weight
        if not self.base.arrays.has(parts):
            nothing = np.full(len(self.tree.codes), np.nan)
            return nothing, nothing
        return added_up(self.base.arrays, parts, self._contained(indicator))

    def _numerator(self, indicator: Indicator) -> tuple[Numbers, Numbers]:
        """Numerator and its largest error by part; NaN where no counts of it were delivered."""
        above, factor = indicator.numerator, indicator.factor
        if not above or not self.base.arrays.has(above):
            return np.full(len(self.tree.codes), np.nan), np.zeros(len(self.tree.codes))
        added, error = added_up(self.base.arrays, above, self._contained(indicator))
        counts = added * factor
        counts[np.all([excused(self.base.arrays.status[part]) for part in above], axis=0)] = 0.0
        for part in _implied(indicator, self.catalogue):
            counts[self.base.arrays.status[part] == CODE[Status.COMPUTED]] = np.nan
        return counts, np.nan_to_num(error * factor)

    def _sums(self, parts: _Parts) -> tuple[Numbers, Numbers]:
        there = self.tree.any(parts.below)
        return np.where(there, self.tree.sum(parts.above), np.nan), self.tree.sum(parts.error)

    def _ratios(self, parts: _Parts) -> tuple[Numbers, Numbers]:
        whole = self.tree.sum(parts.below)
        whole = np.where(whole == 0, np.nan, whole)
        result = self.tree.sum(parts.above) / whole
        apart = np.nan_to_num(np.abs(parts.drift - result[:, self.tree.codes])) * parts.uncertain
        return result, self.tree.sum(parts.error + apart) / whole

    def _remark(self, note: Numbers, known: Numbers, shares: Numbers, used: Numbers) -> None:
        """Say of known values where they rest on estimates, or on shares instead of counts."""
        guessed = self.tree.any(np.array([self._guessed(each) for each in self.indicators]))
        several, some = self.tree.sum(used) > 1, self.tree.any(shares)
        only = ~self.tree.any(used & ~shares)
        note[known & several & only] = ON_SHARES
        partly = known & some & ~only
        note[partly] = self._notes(shares, partly, _NO_COUNT)
        note[known & guessed] = [joined(said, ON_ESTIMATES) for said in note[known & guessed]]
        for row, indicator in enumerate(self.indicators):
            contained = self._contained(indicator)
            told = remarks_above(contained, self.tree.parents) if contained else {}
            for at in np.flatnonzero(known[row] & self.tree.areas.isin(list(told))).tolist():
                note[row, at] = joined(told[str(self.tree.areas[at])], note[row, at])

    def _reasons(self, wanted: Numbers) -> list[str]:
        """Return what the parts of some higher areas say why they have no value."""
        return [
            joined(*self.base.arrays.note[self.indicators[row].id][self.tree.parts[code]])
            for row, code in np.argwhere(wanted).tolist()
        ]

    def _sources(self, indicator: Indicator, counted: Numbers) -> Numbers:
        """Return by higher area the sources of all that goes into an indicator.

        Parameters
        ----------
        indicator : Indicator
        counted : array of bool
            Where counts of its numerator do, by part.
        """
        own, counts = [indicator.id], [indicator.id]
        if indicator.kind == "intensive" and not indicator.not_aggregable:
            below = [*indicator.denominator, *indicator.weight]
            own, counts = [*own, *below], [*indicator.numerator, *below]
        if counted.all() or not counted.any():
            names = counts if counted.all() else own
            if self.base.alike.issuperset(names):
                words = cited(self.base.arrays.source[name][0] for name in names)
                return np.full(len(self.tree.areas), words, dtype=object)
            source = sources(self.base.arrays, names)
        else:
            ways = (sources(self.base.arrays, names) for names in (counts, own))
            source = np.where(counted, *ways)
        lists = [frozenset(source[parts]) for parts in self.tree.parts]
        written = {texts: cited(texts) for texts in set(lists)}
        return np.array([written[texts] for texts in lists], dtype=object)

    def _guessed(self, indicator: Indicator) -> Numbers:
        columns = [indicator.id]
        if indicator.kind == "intensive":
            columns += [*indicator.denominator, *indicator.weight]
        known = self.base.guessed
        guessed: Numbers = np.any([known[name] for name in columns if name in known], axis=0)
        return guessed

    def _status(self, known: Numbers, missing: Numbers) -> Numbers:
        final = np.full(known.shape, CODE[Status.NOT_DELIVERED])
        inhabited = self._state != CODE[Status.UNINHABITED]
        final[~self.tree.any(inhabited)] = CODE[Status.UNINHABITED]
        merged = self._state == CODE[Status.MERGED]
        final[self.tree.any(merged) & ~self.tree.any(inhabited & ~merged)] = CODE[Status.MERGED]
        secret = self._state == CODE[Status.SUPPRESSED]
        final[self.tree.any(missing & secret)] = CODE[Status.SUPPRESSED]
        final[known] = CODE[Status.COMPUTED]
        return final

    def _notes(self, missing: Numbers, incomplete: Numbers, words: str) -> list[str]:
        secret = self._state == CODE[Status.SUPPRESSED]
        notes = []
        for row, code in np.argwhere(incomplete).tolist():
            here = self.tree.parts[code]
            without = here[missing[row, here]]
            parts = [str(part) for part in self.base.arrays.areas[without]]
            named = ", ".join(parts[:3]) + (" …" if len(parts) > 3 else "")
            said = _SECRET if words == _NO_FIGURE and secret[row, without].all() else words
            notes.append(f"{len(parts)} von {len(here)} Teilgebieten {said} ({named}).")
        return notes
