"""How the columns of a table depend on one another: declared by the catalogue, or found in it.

A relation says for every row in which interval each of its columns must lie, given the others and
the rounding with which they are written. That is enough to find the rows that contradict
themselves, and often the one cell that is to blame. A column that contradicts its relatives in most
rows, and in hardly any where it is read one row further, stands in the wrong rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import ENOUGH
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import listed

_HOLDS_IN = 0.8
_FACTORS = (100.0, 1.0, 1000.0)
_SLACK = 1e-9
_TELLING = 5
_COLUMNS, _ROWS = 80, 100

Interval = tuple[Any, Any]
"""Lower and upper bound: numbers for one row, arrays for a whole table."""
_MOST, _HARDLY = 0.5, 0.05
"""Parts of the rows that contradict as the column stands, and as it is meant."""
_NAMED = 3
_WAYS = {-1: ("unten", "höher"), 1: ("oben", "tiefer")}
"""By how many rows a column is to be moved: where it has slid to, where its values belong."""

Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]
"""One for each row of a table."""


@dataclass(frozen=True)
class Ratio:
    """``target = factor × Σ numerator ÷ Σ denominator``; ``declared`` by the catalogue or found."""

    target: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    factor: float
    declared: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the relation, the target first."""
        return (self.target, *self.numerator, *self.denominator)

    def interval(self, column: str, row: Mapping[str, Any], half: Mapping[str, float]) -> Interval:
        """Return where the column's value must lie, given the row's other values."""
        share = _around(row, half, (self.target,))
        top = _around(row, half, [part for part in self.numerator if part != column])
        bottom = _around(row, half, [part for part in self.denominator if part != column])
        if column == self.target:
            low, high = _quotient(top, bottom)
            own = (self.factor * low, self.factor * high)
        elif column in self.numerator:
            low, high = _product(share, bottom)
            own = (low / self.factor - top[1], high / self.factor - top[0])
        else:
            low, high = _quotient(top, share)
            own = (self.factor * low - bottom[1], self.factor * high - bottom[0])
        return own[0] - half[column], own[1] + half[column]


@dataclass(frozen=True)
class Partition:
    """``target = Σ parts``, or ``constant = Σ parts`` where the whole is a number (100 %)."""

    target: str
    parts: tuple[str, ...]
    constant: float | None = None
    declared: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the relation, the target first."""
        return self.parts if self.constant is not None else (self.target, *self.parts)

    def interval(self, column: str, row: Mapping[str, Any], half: Mapping[str, float]) -> Interval:
        """Return where the column's value must lie, given the row's other values."""
        rest = _around(row, half, [part for part in self.parts if part != column])
        if self.constant is None and column == self.target:
            own = rest
        else:
            whole = (
                (self.constant, self.constant)
                if self.constant is not None
                else _around(row, half, (self.target,))
            )
            own = (whole[0] - rest[1], whole[1] - rest[0])
        return own[0] - half[column], own[1] + half[column]


Relation = Ratio | Partition
"""Columns that determine one another within rounding."""


def halves(sheet: CheckedSheet, relations: list[Relation]) -> dict[str, float]:
    """Return for each column how far its values may lie from the exact ones.

    Targets of ratios are rounded at their last written place even where they have no decimals.
    """
    half = {column: sheet.half(column) for column in sheet.frame.columns}
    for relation in relations:
        if isinstance(relation, Ratio):
            half[relation.target] = max(half[relation.target], sheet.last_place(relation.target))
    return half


def whole(relation: Relation, frame: pd.DataFrame) -> Truths:
    """Say for each row whether it has all values that the relation speaks of."""
    return np.logical_and.reduce([~np.isnan(frame[name].to_numpy()) for name in relation.columns])


def violated(relation: Relation, frame: pd.DataFrame, half: Mapping[str, float]) -> Truths:
    """Say for each row whether it contradicts the relation; incomplete rows never do."""
    arrays = {name: frame[name].to_numpy() for name in relation.columns}
    known = whole(relation, frame)
    if isinstance(relation, Ratio):
        known &= np.add.reduce([arrays[name] for name in relation.denominator]) > 0
    values = arrays[relation.columns[0]]
    low, high = relation.interval(relation.columns[0], arrays, half)
    slack = _SLACK * np.maximum(np.abs(values), 1.0)
    return known & ((values < low - slack) | (values > high + slack))


def contradicting(
    relations: Iterable[Relation], frame: pd.DataFrame, half: Mapping[str, float]
) -> Truths:
    """Say for each row whether it contradicts any of the relations."""
    wrong = [violated(each, frame, half) for each in relations]
    return np.logical_or.reduce(wrong) if wrong else np.zeros(len(frame), dtype=bool)


def holds(relation: Relation, frame: pd.DataFrame, half: Mapping[str, float]) -> bool:
    """Say whether most rows agree with the relation; one row that does not is no evidence."""
    known = int(whole(relation, frame).sum())
    return int(violated(relation, frame, half).sum()) <= max(1, (1 - _HOLDS_IN) * known)


def implied(
    column: str, relations: Iterable[Relation], row: Mapping[str, Any], half: Mapping[str, float]
) -> Interval | None:
    """Return where the cell would satisfy all its relations at once, `None` where it cannot."""
    low, high = -np.inf, np.inf
    for relation in relations:
        if column not in relation.columns:
            continue
        if not np.isnan([row[other] for other in relation.columns if other != column]).any():
            bounds = relation.interval(column, row, half)
            low, high = max(low, float(bounds[0])), min(high, float(bounds[1]))
    slack = _SLACK * max(1.0, abs(low) if np.isfinite(low) else 1.0)
    return (low, high) if low <= high + slack else None


def find_relations(sheet: CheckedSheet) -> list[Relation]:
    """Return the relations between the sheet's columns, declared ones before found ones.

    Relations are searched for in at most 80 columns and 100 rows: enough to recognise one, and
    bounded for files of any size.
    """
    declared = list(_declared(sheet))
    frame = sheet.frame.iloc[:: max(1, -(-len(sheet.frame) // _ROWS)), :_COLUMNS]
    known = {frozenset(relation.columns) for relation in declared}
    targets = {(type(relation), relation.target) for relation in declared}
    found: list[Relation] = []
    candidates: Iterator[Relation] = chain(
        _found_partitions(sheet, frame), _found_ratios(sheet, frame)
    )
    for relation in candidates:
        columns = frozenset(relation.columns)
        if (type(relation), relation.target) not in targets and columns not in known:
            known.add(columns)
            targets.add((type(relation), relation.target))
            found.append(relation)
    return [*declared, *found]


def _declared(sheet: CheckedSheet) -> Iterator[Relation]:
    present = set(sheet.frame.columns)
    for column in sheet.frame.columns:
        indicator = sheet.context.indicator(column)
        if indicator is None:
            continue
        parts = {*indicator.numerator, *indicator.denominator}
        if indicator.numerator and indicator.denominator and parts <= present:
            yield Ratio(column, indicator.numerator, indicator.denominator, indicator.factor)
        for partition in indicator.partitions:
            if present >= set(partition):
                first = sheet.context.indicator(partition[0])
                shares = first is not None and first.kind == "intensive"
                yield Partition(column, partition, constant=100.0 if shares else None)


def _found_partitions(sheet: CheckedSheet, frame: pd.DataFrame) -> Iterator[Partition]:
    """Find a column that is the sum of neighbouring ones, and shares that add up to 100."""
    counts = [column for column in frame.columns if _is_count(sheet, column)]
    values = frame[counts].to_numpy()
    half = np.array([sheet.half(column) for column in counts])
    varied = frame[counts].nunique().to_numpy() >= ENOUGH / 2
    best: dict[int, tuple[int, tuple[str, ...]]] = {}
    for start, stop in combinations(range(len(counts) + 1), 2):
        run = np.arange(start, stop)
        off = np.abs(values[:, run].sum(axis=1)[:, np.newaxis] - values)
        allowed = half + half[run].sum() + _SLACK
        whole = _mostly(off <= allowed, off) & varied
        whole[run] = False
        if len(run) >= 2:
            for target in np.flatnonzero(whole):
                hits = off[:, target] <= allowed[target]
                if _each_counts(values[:, run], hits, off[:, target], allowed[target]):
                    agreeing = int(hits.sum())
                    if agreeing > best.get(int(target), (0, ()))[0]:
                        best[int(target)] = agreeing, tuple(counts[start:stop])
    for whole_at, (_, parts) in best.items():
        yield Partition(counts[whole_at], parts, declared=False)
    shares = [column for column in frame.columns if _is_share(sheet, column)]
    values = frame[shares].to_numpy()
    half = np.array([sheet.last_place(column) for column in shares])
    for start, stop in combinations(range(len(shares) + 1), 2):
        off = np.abs(values[:, start:stop].sum(axis=1, keepdims=True) - 100)
        if stop - start >= 2 and _mostly(off <= half[start:stop].sum() + _SLACK, off).all():
            run_of = tuple(shares[start:stop])
            yield Partition(run_of[0], run_of, constant=100.0, declared=False)


def _each_counts(parts: Any, hits: Any, off: Any, allowed: float) -> bool:
    """Say whether the sum needs every part: it holds too where that part is more than rounding."""
    for part in parts.T:
        telling = (np.abs(part) > allowed) & ~np.isnan(off)
        if telling.sum() < _TELLING or hits[telling].mean() < _HOLDS_IN:
            return False
    return True


def _found_ratios(sheet: CheckedSheet, frame: pd.DataFrame) -> Iterator[Ratio]:
    """Find shares and densities: a column that is a fixed multiple of one column over another."""
    varied = [column for column in frame.columns if frame[column].nunique() >= ENOUGH / 2]
    values = frame[varied].to_numpy()
    half = np.array([sheet.last_place(column) for column in varied])
    exact = np.array([sheet.half(column) for column in varied])
    spread = np.nanstd(values, axis=0) > 6 * half if varied else half > 0
    counted = [_is_count(sheet, column) for column in varied]
    seen: set[frozenset[int]] = set()
    for top, bottom in permutations(range(len(varied)), 2):
        if not counted[top]:
            continue
        below = np.where(values[:, bottom] > 0, values[:, bottom], np.nan)[:, np.newaxis]
        quotient = values[:, [top]] / below
        error = (exact[top] + quotient * exact[bottom]) / below
        for factor in _FACTORS:
            off = np.abs(factor * quotient - values)
            fits = _mostly(off <= factor * error + half + _SLACK, off) & spread
            for target in np.flatnonzero(fits):
                columns = frozenset({int(target), top, bottom})
                if len(columns) == 3 and columns not in seen:
                    seen.add(columns)
                    ratio = (varied[target], (varied[top],), (varied[bottom],), factor)
                    yield Ratio(*ratio, declared=False)


def _mostly(hits: Any, off: Any) -> Any:
    """Say for each column whether enough of its rows, and most of them, are hits."""
    known = (~np.isnan(off)).sum(axis=0)
    return (known >= ENOUGH) & (hits.sum(axis=0) >= _HOLDS_IN * known)


def _is_count(sheet: CheckedSheet, column: str) -> bool:
    values = _present(sheet, column)
    return len(values) >= ENOUGH and sheet.decimals[column] == 0 and bool((values >= 0).all())


def _is_share(sheet: CheckedSheet, column: str) -> bool:
    values = _present(sheet, column)
    if len(values) < ENOUGH or sheet.decimals[column] == 0:
        return False
    return bool(((values >= 0) & (values <= 100)).mean() >= _HOLDS_IN)


def _present(sheet: CheckedSheet, column: str) -> Any:
    values = sheet.frame[column].to_numpy()
    return values[~np.isnan(values)]


def _around(row: Mapping[str, Any], half: Mapping[str, float], parts: Iterable[str]) -> Interval:
    columns = tuple(parts)
    total = sum(row[column] for column in columns)
    error = sum(half[column] for column in columns)
    return total - error, total + error


def _product(first: Interval, second: Interval) -> Interval:
    corners = [a * b for a in first for b in second]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def _quotient(top: Interval, bottom: Interval) -> Interval:
    with np.errstate(divide="ignore", invalid="ignore"):
        corners = [np.divide(a, b) for a in top for b in bottom]
    undefined = (np.asarray(bottom[0]) <= 0) & (np.asarray(bottom[1]) >= 0)
    low = np.where(undefined, -np.inf, np.minimum.reduce(corners))
    return low, np.where(undefined, np.inf, np.maximum.reduce(corners))


def shifted_columns(sheet: CheckedSheet, relations: list[Relation]) -> Iterator[Finding]:
    """Find columns that slid by one row against the others, name them and move them back.

    Parameters
    ----------
    sheet : CheckedSheet
        Rows in the order of the file; is corrected, so that no other rule names each row.
    relations : list of Relation
        Those that were only found in the numbers accuse nobody.
    """
    half = halves(sheet, relations)
    for column in sheet.frame.columns:
        related = [each for each in relations if each.declared and column in each.columns]
        if not related:
            continue
        before, known = _contradicting(sheet.frame, related, half)
        if known < ENOUGH or before <= _MOST * known:
            continue
        for by, (slid, belongs) in _WAYS.items():
            moved = sheet.frame.assign(**{column: sheet.frame[column].shift(by)})
            after, left = _contradicting(moved, related, half)
            if left < known - 1 or after > _HARDLY * left:
                continue
            sheet.frame[column] = moved[column]
            others = dict.fromkeys(
                f"„{sheet.context.label(other)}“"
                for each in related
                for other in each.columns
                if other != column
            )
            name, named = sheet.context.label(column), listed(list(others)[:_NAMED])
            yield sheet.context.finding(
                Severity.ERROR,
                "shifted_column",
                f"Die Spalte „{name}“ ist vermutlich um eine Zeile nach {slid} gerutscht: In "
                f"{before} von {known} Zeilen widerspricht sie {named}, eine Zeile "
                f"{belongs} gelesen in {after or 'keiner'}. Prüfen Sie das Original und setzen Sie "
                f"die Werte eine Zeile {belongs}.",
                column=column,
                found=f"{before} von {known} Zeilen widersprechen",
                expected=f"Werte eine Zeile {belongs}",
            )
            break


def _contradicting(
    frame: pd.DataFrame, relations: list[Relation], half: dict[str, float]
) -> tuple[int, int]:
    """Count the rows that contradict a relation, and those that could."""
    known = np.logical_or.reduce([whole(each, frame) for each in relations])
    return int(contradicting(relations, frame, half).sum()), int(known.sum())
