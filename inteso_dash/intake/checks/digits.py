"""Rules on digits that do not belong to a number: appended to a column or glued to a cell.

Both rules correct the sheet they look at, so that one wrong digit is named once and the rules
after them see the number that was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import ENOUGH
from inteso_dash.intake.checks.relations import (
    Relation,
    contradicting,
    halves,
    holds,
    implied,
    violated,
)
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import canonical, german, listed

_NEARLY_ALL = 0.95
_BREAKS_OUT = 20.0
_FAR = 6.0
_TOP = 0.05
_STEADY = 4.0
_MARGIN = 1.5
"""A ratio between two columns is steady where its largest is less than four times its smallest.
With half as much again on either side, that spans less than a factor of ten: at most one prefix of
a number's digits can fit."""
_SOLUTIONS = 2
_MOST_CELLS = 6


def foreign_digits(sheet: CheckedSheet) -> Iterator[tuple[str, str, int, list[str]]]:
    """Strip digits that end all values of a column; yield column, digits, count and examples."""
    for column in sheet.frame.columns:
        written = sheet.written(column)
        suffix = _common_ending(written.tolist())
        if not suffix:
            continue
        ending = written[written.str.endswith(suffix)]
        meant = ending.str.slice(stop=-len(suffix)).str.removesuffix(".")
        sheet.suffix[column] = suffix
        sheet.frame.loc[ending.index, column] = meant.astype("float64")
        sheet.measure(column)
        yield column, suffix, len(ending), list(written.loc[ending.index].iloc[:3])


def foreign_findings(
    found: list[tuple[str, str, int, list[str]]],
    written: CheckedSheet,
    meant: CheckedSheet,
    relations: list[Relation],
) -> Iterator[Finding]:
    """Say which columns end on foreign digits, and how much better their rows fit without them."""
    context = meant.context
    for column, suffix, count, examples in found:
        total = int(meant.frame[column].notna().sum())
        how_many = f"alle {count}" if count == total else f"{count} von {total}"
        without = [text[: -len(suffix)].removesuffix(".") for text in examples]
        evidence = ""
        related = [relation for relation in relations if column in relation.columns]
        if related:
            before = _contradicting(related, written)
            after = _contradicting(related, meant)
            others = listed(
                f"„{context.label(name)}“"
                for name in dict.fromkeys(
                    relation.target if relation.target != column else relation.columns[1]
                    for relation in related
                )
            )
            if before > after:
                evidence = (
                    f" Mit den Ziffern widersprechen {before} Zeilen der Angabe {others}, "
                    f"ohne sie {after or 'keine'}."
                )
        yield context.finding(
            Severity.ERROR,
            "foreign_digits",
            f"In der Spalte „{context.label(column)}“ enden {how_many} Werte auf die Ziffern "
            f"{suffix}, während die Ziffern davor wechseln; zufällig kommt das nicht vor. Ohne "
            f"sie hieße es {_written(without)} statt {_written(examples)}.{evidence} Prüfen Sie "
            "das Original und streichen Sie die Ziffern.",
            column=column,
            found=f"{_written(examples)} …",
            expected=f"{_written(without)} …",
        )


def _contradicting(relations: list[Relation], sheet: CheckedSheet) -> int:
    half = halves(sheet, relations)
    return int(contradicting(relations, sheet.frame, half).sum())


def _written(values: list[str]) -> str:
    return " · ".join(value.replace(".", ",") for value in values)


def _common_ending(written: list[str]) -> str:
    """Return the longest ending of two or more digits that nearly all values share, else ''."""
    if len(written) < ENOUGH:
        return ""
    fractions = [text.partition(".")[2] for text in written]
    digits = fractions if sum(map(bool, fractions)) / len(written) >= _NEARLY_ALL else written
    for length in range(min(max(map(len, digits)), 6), 1, -1):
        ending, count = Counter(text[-length:] for text in digits).most_common(1)[0]
        if (
            len(ending) == length
            and ending.isdigit()
            and ending.strip("0")
            and count >= _NEARLY_ALL * len(written)
        ):
            stems = {text[:-length] for text in written if text.endswith(ending)}
            if len(stems) >= ENOUGH / 2:
                return ending
    return ""


@dataclass(frozen=True)
class _Split:
    row: str
    column: str
    found: str
    meant: str
    because: str
    severity: Severity = Severity.ERROR


def glued_digits(sheet: CheckedSheet, relations: list[Relation]) -> list[Finding]:
    """Find cells with foreign digits glued to their end, name them and correct the sheet.

    Relations that most rows contradict tell nothing about single cells.
    """
    half = halves(sheet, relations)
    outliers = _magnitude_outliers(sheet.frame)
    relations = [each for each in relations if holds(each, sheet.frame, half)]
    contradicted = pd.DataFrame(
        {place: violated(each, sheet.frame, half) for place, each in enumerate(relations)},
        index=sheet.frame.index,
    )
    rows = [*outliers, *contradicted.index[contradicted.any(axis=1)]]
    splits: list[_Split] = []
    for row in dict.fromkeys(rows):
        broken = [each for place, each in enumerate(relations) if contradicted.at[row, place]]
        for split in _resolve(sheet, row, outliers.get(row, []), broken, relations, half):
            splits.append(split)
            sheet.frame.at[row, split.column] = float(split.meant)
            sheet.accused.add((row, split.column))
    for row, columns in outliers.items():
        for column in columns:
            if (row, column) in sheet.accused:
                continue
            if any(column in each.columns and _known(each, sheet, row) for each in relations):
                continue
            by_ratio = _by_ratio(sheet, row, column)
            if by_ratio is not None:
                splits.append(by_ratio)
                sheet.frame.at[row, column] = float(by_ratio.meant)
                sheet.accused.add((row, column))
    return [_glued_finding(sheet, split) for split in splits]


def _glued_finding(sheet: CheckedSheet, split: _Split) -> Finding:
    context = sheet.context
    rest = split.found.removeprefix(split.meant).removeprefix(".")
    found, meant = split.found.replace(".", ","), split.meant.replace(".", ",")
    return context.finding(
        split.severity,
        "glued_digits",
        f"{context.area(split.row)}, „{context.label(split.column)}“: An der Zahl {found} kleben "
        f"vermutlich die Ziffern {rest} ({meant}|{rest}); {split.because} passt nur {meant}. "
        "Prüfen Sie das Original.",
        row=split.row,
        column=split.column,
        found=found,
        expected=meant,
    )


def _magnitude_outliers(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return row → columns whose value breaks out of its column upwards."""
    outliers: dict[str, list[str]] = {}
    for column in frame.columns:
        numbers = frame[column].to_numpy()
        rows = np.flatnonzero(numbers > 0)
        if len(rows) < 5:
            continue
        rows = rows[np.argsort(-numbers[rows], kind="stable")]
        values = numbers[rows]
        ratios = values[:-1] / values[1:]
        jumps = np.flatnonzero(ratios[: max(1, int(_TOP * len(values)))] > _BREAKS_OUT)
        far = [*rows[: jumps[-1] + 1]] if len(jumps) else []
        if len(values) >= ENOUGH:
            off = np.log(values) - np.median(np.log(values))
            spread = 1.4826 * float(np.median(np.abs(off)))
            if spread > 0:
                far += [*rows[off / spread > _FAR]]
        for row in dict.fromkeys(far):
            outliers.setdefault(str(frame.index[row]), []).append(column)
    return outliers


def _prefixes(value: float, shortest_cut: int = 1) -> list[str]:
    """Return what may be left of a number whose last digits are foreign, longest first.

    Decimals are cut off with digits before them only: a number that lost nothing but decimals is
    the same number rounded, so its decimals cannot be called impossible.
    """
    if value <= 0:
        return []
    text = canonical(value)
    whole = len(text.partition(".")[0])
    longest = min(len(text) - shortest_cut, whole - 1)
    return [text[:stop] for stop in range(longest, 0, -1) if float(text[:stop]) > 0]


def _resolve(
    sheet: CheckedSheet,
    row: str,
    outliers: list[str],
    broken: list[Relation],
    relations: list[Relation],
    half: Mapping[str, float],
) -> list[_Split]:
    """Return the splits that make the row agree with itself, where there is exactly one way.

    As few cells as possible are split. Where none breaks out of its column's magnitude, it must be
    one cell, and at least two digits.
    """
    values = sheet.row(row)
    checked = [each for each in relations if _known(each, sheet, row)]
    suspects = [c for c in outliers if any(c in relation.columns for relation in broken)]
    choices = {column: _prefixes(values[column]) for column in suspects[:_MOST_CELLS]}
    if broken:
        for column in set.intersection(*(set(relation.columns) for relation in broken)):
            choices.setdefault(column, _prefixes(values[column], shortest_cut=2))
    splits: dict[str, str] = {}
    for size in range(1, len(suspects[:_MOST_CELLS]) + 2):
        groups = combinations(suspects[:_MOST_CELLS], size) if size > 1 else zip(choices)
        solutions = [
            solution
            for cells in groups
            if all(set(cells) & set(relation.columns) for relation in broken)
            for solution in _solutions(list(cells), choices, values, checked, half)
        ]
        if solutions:
            splits = solutions[0] if len(solutions) == 1 else {}
            break
    declared = {column for each in broken if each.declared for column in each.columns}
    return [
        _Split(
            row,
            column,
            canonical(values[column]),
            meant,
            _reasons(sheet, column, checked),
            Severity.ERROR if column in declared or column in outliers else Severity.NOTE,
        )
        for column, meant in splits.items()
    ]


def _solutions(
    cells: list[str],
    choices: Mapping[str, list[str]],
    values: dict[str, float],
    relations: list[Relation],
    half: Mapping[str, float],
) -> list[dict[str, str]]:
    """Return up to two ways to cut all the cells so that all their relations hold."""
    solutions: list[dict[str, str]] = []

    def extend(chosen: dict[str, str]) -> None:
        if len(solutions) == _SOLUTIONS:
            return
        if len(chosen) == len(cells):
            if chosen:
                solutions.append(chosen)
            return
        column = cells[len(chosen)]
        open_cells = set(cells[len(chosen) + 1 :])
        settled = [
            relation
            for relation in relations
            if column in relation.columns and not open_cells & set(relation.columns)
        ]
        row = {**values, **{name: float(text) for name, text in chosen.items()}}
        bounds = implied(column, settled, row, half)
        for text in choices[column]:
            if bounds is not None and bounds[0] - 1e-9 <= float(text) <= bounds[1] + 1e-9:
                extend({**chosen, column: text})

    extend({})
    return solutions


def _reasons(sheet: CheckedSheet, column: str, relations: list[Relation]) -> str:
    others = dict.fromkeys(
        relation.target if relation.target != column else relation.columns[1]
        for relation in relations
        if column in relation.columns
    )
    names = [f"„{sheet.context.label(other)}“" for other in others]
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} weiteren Angaben der Zeile"]
    return f"zu {listed(names)}"


def _known(relation: Relation, sheet: CheckedSheet, row: str) -> bool:
    return all(not np.isnan(sheet.value(row, column)) for column in relation.columns)


def _by_ratio(sheet: CheckedSheet, row: str, column: str) -> _Split | None:
    """Split a cell that no relation covers by its steadiest ratio to another column."""
    frame = sheet.frame
    best: tuple[float, str, float, float] | None = None
    others = frame[column].drop(index=row)
    for partner in frame.columns:
        reference = sheet.value(row, partner)
        if partner == column or not reference > 0:
            continue
        ratios = (others / frame[partner].drop(index=row)).replace([np.inf, 0], np.nan).dropna()
        if len(ratios) < ENOUGH or not ratios.min() > 0:
            continue
        reach = float(ratios.max() / ratios.min())
        if reach < _STEADY and (best is None or reach < best[0]):
            low, high = float(ratios.min()) / _MARGIN, float(ratios.max()) * _MARGIN
            best = (reach, partner, low * reference, high * reference)
    if best is None:
        return None
    _, partner, low, high = best
    value = sheet.value(row, column)
    if low <= value <= high:
        return None
    fitting = [text for text in _prefixes(value) if low <= float(text) <= high]
    if len(fitting) != 1:
        return None
    because = (
        f"zum Verhältnis dieser Spalte zu „{sheet.context.label(partner)}“ in den anderen Zeilen "
        f"(hier etwa {german(low, 0)} bis {german(high, 0)})"
    )
    return _Split(row, column, canonical(value), fitting[0], because)
