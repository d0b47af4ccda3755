"""Figures of one level carried up to a higher one, each by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.together import inherited, remarks_above
from inteso_dash.city.aggregation.wide import (
    NO_BASE,
    NO_VALUE,
    ON_ESTIMATES,
    ON_SHARES,
    Arrays,
    Matrix,
    Merged,
    Numbers,
    added_up,
    cited,
    estimated,
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
    lacking = set(parents[~parents.index.isin(base.value.index)])
    parents = parents[~parents.isin(lacking)]
    inside = Arrays.of(base, parents.index)
    tree = _Tree(parents)
    merged = inherited(merged, catalogue)
    columns = {
        indicator_id: _Upward(
            inside,
            tree,
            catalogue.indicator(indicator_id),
            _implied(indicator_id, catalogue),
            merged.get(indicator_id, {}),
        ).column()
        for indicator_id, status in inside.status.items()
        if not tree.any(pd.isna(status)).all()
    }
    tables = ({key: parts[i] for key, parts in columns.items()} for i in range(5))
    return Arrays(pd.Index(tree.areas, name="area_id"), *tables).matrix()


def _implied(indicator_id: str, catalogue: Catalogue) -> list[str]:
    """Return which counts of a numerator only a share may imply."""
    above = [catalogue.indicator(part) for part in catalogue.indicator(indicator_id).numerator]
    return [each.id for each in above if each.derived is not None and each.derived.share]


@dataclass(frozen=True)
class _Parts:
    """What the parts bring along, by part: a ratio is the sum of ``above`` by that of ``below``.

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
    shares : array of bool
        ``above`` had to be made from a share and its base.
    lacking, unweighted : array of bool
        The part should bring something and has no value, or nothing that it refers to.
    source : array of str
        Sources of what it brings.
    """

    above: Numbers
    below: Numbers
    error: Numbers
    drift: Numbers
    uncertain: Numbers
    shares: Numbers
    lacking: Numbers
    unweighted: Numbers
    source: Numbers


class _Tree:
    """Which parts lie in which higher areas; arrays are by part or by higher area."""

    def __init__(self, parents: pd.Series) -> None:
        self.parents = parents
        self.codes, self.areas = pd.factorize(parents, sort=True)
        self.size = np.bincount(self.codes, minlength=len(self.areas))
        order = np.argsort(self.codes, kind="stable")
        self.parts = np.split(order, np.cumsum(self.size)[:-1])

    def sum(self, parts: Numbers) -> Numbers:
        """Add up the parts of each higher area."""
        return np.bincount(self.codes, parts, minlength=len(self.areas))

    def any(self, parts: Numbers) -> Numbers:
        """Say of each higher area whether it holds for one of its parts."""
        return self.sum(parts) > 0


@dataclass(frozen=True)
class _Upward:
    """One indicator on its way to the next level."""

    base: Arrays
    tree: _Tree
    indicator: Indicator
    implied: list[str]
    contained: Mapping[str, str]

    def column(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        """Value, status, rounding error, note and sources for every higher area."""
        status = self.base.status[self.indicator.id]
        note = np.full(len(self.tree.areas), self.indicator.not_aggregable, dtype=object)
        lacking = np.zeros(len(status), dtype=bool)
        source = sources(self.base, [self.indicator.id])
        if self.indicator.not_aggregable:
            result = error = np.full(len(self.tree.areas), np.nan)
        else:
            extensive = self.indicator.kind == "extensive"
            parts = self._counts() if extensive else self._ratio_parts()
            result, error = (self._sums if extensive else self._ratios)(parts)
            lacking, source = parts.lacking, parts.source
            for without, words in ((parts.unweighted, _NO_WEIGHT), (lacking, _NO_FIGURE)):
                incomplete = self.tree.any(without)
                result = np.where(incomplete, np.nan, result)
                note[incomplete] = self._notes(without, incomplete, words)
            self._remark(note, ~np.isnan(result), parts.shares, parts.below > 0)
        known = ~np.isnan(result)
        final = self._status(known, status, lacking)
        note[(final == Status.NOT_DELIVERED) & (note == "")] = NO_BASE
        excused = np.isin(final, NO_VALUE)
        note[excused] = self._reasons(excused)
        silent = self.tree.any(pd.isna(status))
        final[silent], note[silent] = None, ""
        result = np.where(silent, np.nan, result)
        return result, final, np.where(known, error, 0.0), note, self._cited(source)

    def _counts(self) -> _Parts:
        value = self.base.value[self.indicator.id]
        status = self.base.status[self.indicator.id]
        known = ~np.isnan(value)
        nothing, no = np.zeros(len(value)), np.zeros(len(value), dtype=bool)
        return _Parts(
            np.nan_to_num(value),
            known.astype(float),
            np.nan_to_num(self.base.error[self.indicator.id]),
            nothing,
            nothing,
            no,
            ~known & ~np.isin(status, NO_VALUE),
            no,
            sources(self.base, [self.indicator.id]),
        )

    def _ratio_parts(self) -> _Parts:
        """Take the counts of every part, and where they are missing its share of its base."""
        value = self.base.value[self.indicator.id]
        status = self.base.status[self.indicator.id]
        below, uncertain = self._base()
        counts, error = self._numerator()
        counted = ~np.isnan(counts) & ~np.isnan(below)
        shares = ~counted & ~np.isnan(value) & ~np.isnan(below)
        named = ~(np.isnan(value) & np.isnan(counts))
        unweighted = named & np.isnan(below) & ~np.isin(status, NO_VALUE)
        held = np.zeros(len(value), dtype=bool)
        for at, holder in self._published_apart(value):
            shares[holder], held[at] = False, counted[holder]
        unweighted &= ~held
        brings = counted | shares | held | (below == 0) | np.isin(status, NO_VALUE)
        weights = np.where(counted | shares, np.nan_to_num(below), 0.0)
        share = np.where(shares, np.nan_to_num(value), 0.0)
        own = np.nan_to_num(self.base.error[self.indicator.id])
        return _Parts(
            np.where(counted, np.nan_to_num(counts), share * weights),
            weights,
            np.where(counted, error, np.where(shares, own, 0.0) * weights),
            share,
            np.where(counted | shares, np.nan_to_num(uncertain), 0.0),
            shares & (weights > 0),
            ~brings & ~unweighted,
            unweighted,
            self._ratio_sources(counted),
        )

    def _published_apart(self, value: Numbers) -> Iterator[tuple[int, int]]:
        """Yield the places of areas with a value of their own whose parts lie with another's."""
        places = self.base.places() if self.contained else {}
        for member, holder in self.contained.items():
            if member in places and holder in places and not np.isnan(value[places[member]]):
                yield places[member], places[holder]

    def _ratio_sources(self, counted: Numbers) -> Numbers:
        below = [*self.indicator.denominator, *self.indicator.weight]
        from_shares = sources(self.base, [self.indicator.id, *below])
        from_counts = sources(self.base, [*self.indicator.numerator, *below])
        return np.where(counted, from_counts, from_shares)

    def _base(self) -> tuple[Numbers, Numbers]:
        parts = self.indicator.denominator or self.indicator.weight
        if not self.base.has(parts):
            nothing = np.full(len(self.tree.codes), np.nan)
            return nothing, nothing
        return added_up(self.base, parts, self.contained)

    def _numerator(self) -> tuple[Numbers, Numbers]:
        """Numerator and its largest error by part; NaN where no counts of it were delivered."""
        above, factor = self.indicator.numerator, self.indicator.factor
        if not above or not self.base.has(above):
            return np.full(len(self.tree.codes), np.nan), np.zeros(len(self.tree.codes))
        added, error = added_up(self.base, above, self.contained)
        counts = added * factor
        states = [self.base.status[part] for part in above]
        counts[np.all([np.isin(each, NO_VALUE) for each in states], axis=0)] = 0.0
        for part in self.implied:
            counts[self.base.status[part] == str(Status.COMPUTED)] = np.nan
        return counts, np.nan_to_num(error * factor)

    def _sums(self, parts: _Parts) -> tuple[Numbers, Numbers]:
        there = self.tree.any(parts.below)
        return np.where(there, self.tree.sum(parts.above), np.nan), self.tree.sum(parts.error)

    def _ratios(self, parts: _Parts) -> tuple[Numbers, Numbers]:
        whole = self.tree.sum(parts.below)
        whole = np.where(whole == 0, np.nan, whole)
        result = self.tree.sum(parts.above) / whole
        apart = np.nan_to_num(np.abs(parts.drift - result[self.tree.codes])) * parts.uncertain
        return result, self.tree.sum(parts.error + apart) / whole

    def _remark(self, note: Numbers, known: Numbers, shares: Numbers, used: Numbers) -> None:
        """Say of known values where they rest on estimates, or on shares instead of counts."""
        guessed = self.tree.any(self._guessed())
        several, some = self.tree.sum(used) > 1, self.tree.any(shares)
        only = ~self.tree.any(used & ~shares)
        note[known & several & only] = ON_SHARES
        partly = known & some & ~only
        note[partly] = self._notes(shares, partly, _NO_COUNT)
        note[known & guessed] = [joined(said, ON_ESTIMATES) for said in note[known & guessed]]
        told = remarks_above(self.contained, self.tree.parents) if self.contained else {}
        for at in np.flatnonzero(known & self.tree.areas.isin(list(told))).tolist():
            note[at] = joined(told[str(self.tree.areas[at])], note[at])

    def _reasons(self, wanted: Numbers) -> list[str]:
        """Return what the parts of some higher areas say why they have no value."""
        said = self.base.note[self.indicator.id]
        return [joined(*said[self.tree.parts[code]]) for code in np.flatnonzero(wanted)]

    def _cited(self, source: Numbers) -> Numbers:
        """Return the sources of all parts by higher area."""
        if len(source) and (source == source[0]).all():
            return np.full(len(self.tree.areas), cited(source[:1]), dtype=object)
        lists = [frozenset(source[parts]) for parts in self.tree.parts]
        written = {texts: cited(texts) for texts in set(lists)}
        return np.array([written[texts] for texts in lists], dtype=object)

    def _guessed(self) -> Numbers:
        columns = [self.indicator.id]
        if self.indicator.kind == "intensive":
            columns += [*self.indicator.denominator, *self.indicator.weight]
        return estimated(self.base, [name for name in columns if name in self.base.value])

    def _status(self, known: Numbers, status: Numbers, missing: Numbers) -> Numbers:
        final = np.full(len(self.tree.areas), str(Status.NOT_DELIVERED), dtype=object)
        inhabited = status != Status.UNINHABITED
        final[~self.tree.any(inhabited)] = str(Status.UNINHABITED)
        merged = status == Status.MERGED
        final[self.tree.any(merged) & ~self.tree.any(inhabited & ~merged)] = str(Status.MERGED)
        final[self.tree.any(missing & (status == Status.SUPPRESSED))] = str(Status.SUPPRESSED)
        final[known] = str(Status.COMPUTED)
        return final

    def _notes(self, missing: Numbers, incomplete: Numbers, words: str) -> list[str]:
        secret = self.base.status[self.indicator.id] == Status.SUPPRESSED
        notes = []
        for code in np.flatnonzero(incomplete):
            here = self.tree.parts[code]
            without = here[missing[here]]
            parts = [str(part) for part in self.base.areas[without]]
            named = ", ".join(parts[:3]) + (" …" if len(parts) > 3 else "")
            said = _SECRET if words == _NO_FIGURE and secret[without].all() else words
            notes.append(f"{len(parts)} von {len(here)} Teilgebieten {said} ({named}).")
        return notes
