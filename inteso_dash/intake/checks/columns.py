"""Rules that look at columns as such: range, decimals, repetition, missing and extreme values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.areas import UNITS, Numbers
from inteso_dash.intake.checks.context import ENOUGH, GROUP_FROM
from inteso_dash.intake.checks.relations import Partition, Relation
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import german, listed

_MANY_MISSING = 0.2
_ROW_MISSING = 1 / 3
_FAR = 4.5
_FAR_SIGNED = 8.0
_STRONGEST = 3
_CHANGES = ("saldo", "entwicklung", "veränderung", "zunahme", "wachstum", "differenz")


def value_range(sheet: CheckedSheet) -> Iterator[Finding]:
    """Find values outside the catalogue's range, or outside 0 to 100 in unknown % columns."""
    context = sheet.context
    for column in sheet.frame.columns:
        low, high, source = _range(sheet, column)
        values = sheet.frame[column].dropna()
        outside = values[(values < low) | (values > high)]
        if outside.empty:
            continue
        allowed = _between(low, high)
        sheet.accused |= {(str(row), column) for row in outside.index}
        severity = Severity.ERROR if context.indicator(column) else Severity.WARNING
        header = context.label(column)
        if len(outside) < GROUP_FROM:
            for row, value in outside.items():
                yield context.finding(
                    severity,
                    "range",
                    f"{context.area(str(row))}, „{header}“: gefunden {german(value)}, zulässig "
                    f"{allowed} ({source}). Prüfen Sie die Zelle.",
                    row=str(row),
                    column=column,
                    found=german(value),
                    expected=allowed,
                )
        else:
            cells = "; ".join(f"{row}: {german(value)}" for row, value in outside.items())
            yield context.finding(
                severity,
                "range",
                f"„{header}“: {len(outside)} Werte liegen außerhalb von {allowed} ({source}): "
                f"{cells}. Prüfen Sie Einheit und Spalte.",
                column=column,
                found=f"{len(outside)} Werte",
                expected=allowed,
            )


def _range(sheet: CheckedSheet, column: str) -> tuple[float, float, str]:
    indicator = sheet.context.indicator(column)
    if indicator is not None:
        low, high = indicator.range
        return (
            -np.inf if low is None else low,
            np.inf if high is None else high,
            "laut Katalog",
        )
    header = sheet.context.header(column).lower()
    if "%" in header and not any(word in header for word in _CHANGES):
        return 0.0, 100.0, "Spalte mit % im Namen"
    return -np.inf, np.inf, ""


def _between(low: float, high: float) -> str:
    if np.isinf(high):
        return f"mindestens {german(low)}"
    if np.isinf(low):
        return f"höchstens {german(high)}"
    return f"{german(low)} bis {german(high)}"


def decimals(sheet: CheckedSheet) -> Iterator[Finding]:
    """Find columns written with more decimals than their indicator has."""
    context = sheet.context
    for column in sheet.frame.columns:
        indicator = context.indicator(column)
        if indicator is None or sheet.decimals[column] <= indicator.decimals:
            continue
        if len(sheet.frame[column].dropna()) < ENOUGH:
            continue
        yield context.finding(
            Severity.NOTE,
            "decimals",
            f"„{context.label(column)}“ ist mit {sheet.decimals[column]} Nachkommastellen "
            f"geschrieben, der Katalog nennt {indicator.decimals}. Prüfen Sie, ob die Spalte "
            "diese Größe in dieser Einheit enthält.",
            column=column,
            found=str(sheet.decimals[column]),
            expected=str(indicator.decimals),
        )


def repeated_column(sheet: CheckedSheet, relations: Sequence[Relation]) -> Iterator[Finding]:
    """Find columns that repeat another one cell by cell, or are a fixed multiple of it.

    Two indicators are different things, so it is an error that their columns are equal, unless
    the catalogue explains it. Of columns that the catalogue does not know it is a hint: they may be
    equal by definition.
    """
    context = sheet.context
    varied = [
        column
        for column in sheet.frame.columns
        if sheet.frame[column].count() >= ENOUGH and sheet.frame[column].nunique() >= ENOUGH / 2
    ]
    numbers = sheet.frame[varied].to_numpy()
    for first, second in combinations(range(len(varied)), 2):
        one, other = numbers[:, first], numbers[:, second]
        both = ~np.isnan(one) & ~np.isnan(other)
        if both.sum() < ENOUGH:
            continue
        names = varied[first], varied[second]
        if np.array_equal(one[both], other[both]):
            if not _equal_by_definition(sheet, relations, *names):
                yield _repetition(sheet, *names, int(both.sum()))
        else:
            factor = _multiple(sheet, names, one[both], other[both])
            if factor is not None:
                headers = [context.label(name) for name in names]
                yield context.finding(
                    Severity.NOTE,
                    "repeated_column",
                    f"„{headers[1]}“ ist in allen {both.sum()} gemeinsamen Zeilen das "
                    f"{german(factor)}-Fache von „{headers[0]}“: vermutlich dieselbe Größe in "
                    "einer anderen Einheit.",
                    column=names[1],
                    found=f"{german(factor)} × „{headers[0]}“",
                    expected="eigene Werte",
                )


def _equal_by_definition(
    sheet: CheckedSheet, relations: Sequence[Relation], first: str, second: str
) -> bool:
    """Say whether two columns have the same recipe, or are a whole and all there is of it."""
    recipes = [
        (indicator.numerator, indicator.denominator, indicator.factor)
        for name in (first, second)
        if (indicator := sheet.context.indicator(name)) is not None and indicator.numerator
    ]
    if len(recipes) == 2 and recipes[0] == recipes[1]:
        return True
    for each in relations:
        if isinstance(each, Partition) and each.declared and each.constant is None:
            rest = set(each.parts) - {first, second}
            if each.target in (first, second) and len(rest) == len(each.parts) - 1:
                return bool((sheet.frame[list(rest)] == 0).all(axis=None))
    return False


def _repetition(sheet: CheckedSheet, first: str, second: str, rows: int) -> Finding:
    context = sheet.context
    one, other = context.label(first), context.label(second)
    both_known = context.indicator(first) is not None and context.indicator(second) is not None
    return context.finding(
        Severity.ERROR if both_known else Severity.NOTE,
        "repeated_column",
        f"Die Spalten „{one}“ und „{other}“ stimmen in allen {rows} gemeinsamen Zeilen Zelle für "
        "Zelle überein; sie sind gleich definiert, oder eine von beiden ist falsch eingefügt."
        f"{_right_one(sheet, first, second)} Prüfen Sie das Original.",
        column=first,
        found=f"dieselben Werte wie „{other}“",
        expected="eigene Werte",
    )


def _right_one(sheet: CheckedSheet, first: str, second: str) -> str:
    """Say which of two equal columns meets the published total, where that can be told."""
    context = sheet.context
    totals = context.reference_totals
    if totals is None or first not in totals.index or second not in totals.index:
        return ""
    weights = next(
        (
            indicator.weight or indicator.denominator
            for name in (first, second)
            if (indicator := context.indicator(name)) is not None
            and (indicator.weight or indicator.denominator)
            and set(indicator.weight or indicator.denominator) <= set(sheet.frame.columns)
        ),
        (),
    )
    if not weights:
        return ""
    values = sheet.frame[first]
    weight = sheet.frame[list(weights)].sum(axis=1, skipna=False).where(values.notna())
    mean = float((values * weight).sum() / weight.sum())
    near, far = sorted((first, second), key=lambda name: abs(float(totals[name]) - mean))
    place = sheet.last_place(first)
    if abs(float(totals[near]) - mean) > 2 * place or abs(float(totals[far]) - mean) <= 4 * place:
        return ""
    right, wrong = context.label(near), context.label(far)
    values_of = [german(float(totals[name]), sheet.decimals[first]) for name in (near, far)]
    return (
        f" Der veröffentlichte Gesamtwert von „{right}“ ({values_of[0]}) passt zu den Werten, der "
        f"von „{wrong}“ ({values_of[1]}) nicht: falsch ist „{wrong}“."
    )


def _multiple(
    sheet: CheckedSheet,
    names: tuple[str, str],
    one: Numbers,
    other: Numbers,
) -> float | None:
    positive = one > 0
    if positive.sum() < ENOUGH:
        return None
    factor = float(np.median(other[positive] / one[positive]))
    halves = [sheet.last_place(name) for name in names]
    if not factor > 0 or np.std(one) <= 20 * halves[0] or np.std(other) <= 20 * halves[1]:
        return None
    fits = np.abs(other - factor * one) <= halves[1] + factor * halves[0]
    return float(f"{factor:.4g}") if fits.all() else None


def missing_values(sheet: CheckedSheet) -> Iterator[Finding]:
    """Note columns with many empty cells and rows that are mostly or wholly empty."""
    context, frame = sheet.context, sheet.frame
    if len(frame) < ENOUGH:
        return
    gaps = frame.isna().sum()
    many = gaps[(gaps > _MANY_MISSING * len(frame)) & (gaps < len(frame))]
    if not many.empty:
        named = listed(f"„{context.label(str(name))}“ ({count})" for name, count in many.items())
        yield context.finding(
            Severity.NOTE,
            "missing_values",
            f"Viele leere Zellen in {named} von {len(frame)} Zeilen. Klären Sie, ob leer null, "
            "geheim gehalten oder nicht geliefert heißt.",
            found=", ".join(context.label(str(name)) for name in many.index),
            expected="Werte oder Zeichen für fehlende Werte",
        )
    empty = frame.isna().sum(axis=1)
    for row, count in empty[empty > _ROW_MISSING * frame.shape[1]].items():
        if row in context.known_gaps:
            continue
        yield context.finding(
            Severity.NOTE,
            "missing_values",
            f"{context.area(str(row))}: {count} von {frame.shape[1]} Werten fehlen. "
            f"{_reason(sheet, str(row))} Tragen Sie den Grund als Status ein, wenn er bekannt ist.",
            row=str(row),
            found=f"{count} leere Zellen",
            expected="Werte oder ein Status",
        )


def _reason(sheet: CheckedSheet, row: str) -> str:
    """Say what the values that are there tell of those that are not; missing is not zero."""
    there = {name: value for name, value in sheet.row(row).items() if not np.isnan(value)}
    counted = {
        name: value
        for name, value in there.items()
        if (indicator := sheet.context.indicator(name)) is not None
        and indicator.kind == "extensive"
        and indicator.unit not in UNITS
    }
    if counted and not any(counted.values()):
        named = listed(f"„{sheet.context.label(name)}“" for name in counted)
        return f"{named}: null; das Gebiet ist vermutlich unbewohnt."
    if not there or all(
        (indicator := sheet.context.indicator(name)) is not None and indicator.unit in UNITS
        for name in there
    ):
        return "Ob es unbewohnt ist oder die Angaben geheim sind, sagt die Datei nicht."
    return "Ob sie geheim, zu unsicher oder nicht geliefert sind, sagt die Datei nicht."


def outlier(sheet: CheckedSheet) -> Iterator[Finding]:
    """Note the strongest extreme values of each column that no other rule explains."""
    context = sheet.context
    for column in sheet.frame.columns:
        values = sheet.frame[column].dropna()
        if len(values) < ENOUGH:
            continue
        distance = _distance(values)
        if not (distance > 1).any():
            continue
        told = [row for row in distance.index if (str(row), column) not in sheet.accused]
        strongest = distance.loc[told].sort_values(ascending=False).head(_STRONGEST)
        strongest = strongest[strongest > 1]
        if strongest.empty:
            continue
        extremes = [(str(row), german(float(values.loc[row]))) for row in strongest.index]
        cells = listed(f"{context.area(row)}: {value}" for row, value in extremes)
        only = extremes[0][0] if len(extremes) == 1 else ""
        yield context.finding(
            Severity.NOTE,
            "outlier",
            f"„{context.label(column)}“ ist auffällig in {cells} (Median der Spalte "
            f"{german(float(values.median()))}). Das kann richtig sein; sehen Sie es sich an.",
            row=only,
            column=column,
            found=" · ".join(value for _, value in extremes),
            expected=f"um {german(float(values.median()))}",
        )


def _distance(values: pd.Series[float]) -> pd.Series[float]:
    """Return how far each value lies out, in units of what counts as far.

    Positive columns are skewed: a value must lie far out both as it is and as a logarithm.
    Columns with negative values (net migration) have heavy tails: only very far values count.
    """
    numbers = values.to_numpy()
    far = _robust(numbers)
    if (numbers < 0).any():
        return pd.Series(far / _FAR_SIGNED, values.index)
    positive = numbers > 0
    far[~positive] = 0.0
    far[positive] = np.minimum(far[positive], _robust(np.log(numbers[positive])))
    return pd.Series(far / _FAR, values.index)


def _robust(values: Numbers) -> Numbers:
    if not len(values):
        return values
    off = np.abs(values - np.median(values))
    spread = 1.4826 * float(np.median(off))
    return off / spread if spread > 0 else np.zeros_like(off)
