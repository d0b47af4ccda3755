"""Rules on figures that follow from one another: parts and whole, share and count, density."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.intake.checks.context import GROUP_FROM
from inteso_dash.intake.checks.relations import Partition, Relation, halves, implied, violated
from inteso_dash.intake.checks.sheet import CheckedSheet
from inteso_dash.language.findings import Finding, Severity
from inteso_dash.language.formats import german, listed

_CLOSE = 0.1
"""Ratios that miss their parts by no more than this share of their value are warnings."""
_GUESSED = "Der Zusammenhang ist nicht erklärt, sondern aus den übrigen Zeilen vermutet."


@dataclass(frozen=True)
class _Contradiction:
    row: str
    column: str
    relation: Relation
    low: float
    high: float
    suspects: tuple[str, ...]
    severity: Severity

    @property
    def certain(self) -> bool:
        return len(self.suspects) == 1


def contradictions(sheet: CheckedSheet, relations: list[Relation]) -> Iterator[Finding]:
    """Find rows whose figures contradict one another; name the cell to blame where it is clear.

    A cell is to blame where it is the only one whose change would make its row agree with itself.
    """
    half = halves(sheet, relations)
    broken = pd.DataFrame(
        {place: violated(each, sheet.frame, half) for place, each in enumerate(relations)},
        index=sheet.frame.index,
    )
    declared = [each for each in relations if each.declared]
    found: list[_Contradiction] = []
    for row in broken.index[broken.any(axis=1)]:
        values = sheet.row(row)
        here = [each for place, each in enumerate(relations) if broken.at[row, place]]
        sure = [each for each in here if each.declared]
        found += _of_row(row, sure or here, values, declared if sure else relations, half)
    sheet.accused |= {(each.row, each.column) for each in found if each.certain}
    groups: dict[tuple[str, Relation, bool], list[_Contradiction]] = {}
    for each in found:
        groups.setdefault((each.column, each.relation, each.certain), []).append(each)
    for group in groups.values():
        if len(group) < GROUP_FROM:
            yield from (_single(sheet, each) for each in group)
        else:
            yield _grouped(sheet, group)


def _of_row(
    row: str,
    broken: list[Relation],
    values: dict[str, float],
    relations: list[Relation],
    half: dict[str, float],
) -> list[_Contradiction]:
    shared = set.intersection(*(set(relation.columns) for relation in broken))
    culprits = [column for column in shared if implied(column, relations, values, half)]
    relation = next((each for each in broken if isinstance(each, Partition)), broken[0])
    if len(culprits) == 1:
        bounds = implied(culprits[0], relations, values, half)
        if bounds is not None:
            severity = _severity(relation, values[culprits[0]], *bounds)
            return [_Contradiction(row, culprits[0], relation, *bounds, (culprits[0],), severity)]
    if len(broken) > 1 and not culprits:
        alone = []
        for each in broken:
            rest = [other for other in relations if other == each or other not in broken]
            alone += _of_row(row, [each], values, rest, half)
        return alone
    singles = []
    for each in broken:
        column = each.columns[0]
        low, high = (float(bound) for bound in each.interval(column, values, half))
        severity = _severity(each, values[column], low, high)
        suspects = tuple(name for name in each.columns if name in culprits)
        singles.append(_Contradiction(row, column, each, low, high, suspects, severity))
    return singles


def _severity(relation: Relation, found: float, low: float, high: float) -> Severity:
    """Weigh a contradiction; a relation that is only found in the numbers gives a hint."""
    if not relation.declared:
        return Severity.NOTE
    distance = max(low - found, found - high)
    ratio = _CLOSE * max(abs(low), abs(high))
    allowed = float(len(relation.parts)) if isinstance(relation, Partition) else ratio
    return Severity.WARNING if distance <= allowed else Severity.ERROR


def _rule(sheet: CheckedSheet, relation: Relation) -> str:
    if isinstance(relation, Partition):
        return "parts_whole"
    indicator = sheet.context.indicator(relation.target)
    unit = indicator.unit if indicator is not None else sheet.context.label(relation.target)
    return "share_count" if "%" in unit or "‰" in unit else "derived_parts"


def _names(sheet: CheckedSheet, columns: tuple[str, ...]) -> str:
    return " + ".join(f"„{sheet.context.label(column)}“" for column in columns)


def _formula(sheet: CheckedSheet, relation: Relation) -> str:
    if isinstance(relation, Partition):
        whole = (
            f"„{sheet.context.label(relation.target)}“"
            if relation.constant is None
            else german(relation.constant)
        )
        bases = sorted({sheet.base[column] for column in relation.columns} - {1})
        rounded = "".join(f"; Werte sind auf Vielfache von {base} gerundet" for base in bases)
        return f"{_names(sheet, relation.parts)} = {whole}{rounded}"
    top, bottom = _names(sheet, relation.numerator), _names(sheet, relation.denominator)
    if len(relation.denominator) > 1:
        bottom = f"({bottom})"
    if len(relation.numerator) > 1:
        top = f"({top})"
    times = "" if relation.factor == 1 else f" × {german(relation.factor)}"
    return f"„{sheet.context.label(relation.target)}“ = {top} ÷ {bottom}{times}"


def _expected(sheet: CheckedSheet, each: _Contradiction) -> str:
    decimals = sheet.decimals[each.column]
    if not np.isfinite([each.low, each.high]).all():
        return "mit den übrigen Angaben vereinbar"
    middle = (each.low + each.high) / 2
    if each.high - each.low <= 2.1 * sheet.last_place(each.column):
        return german(middle, decimals)
    return f"{german(each.low, decimals)} bis {german(each.high, decimals)}"


def _single(sheet: CheckedSheet, each: _Contradiction) -> Finding:
    context = sheet.context
    header = context.label(each.column)
    found = german(sheet.value(each.row, each.column))
    expected = _expected(sheet, each)
    formula = _formula(sheet, each.relation)
    if isinstance(each.relation, Partition) and each.relation.constant is not None:
        said = f"{header}: gefunden {found}, nötig wären {expected}"
    else:
        said = f"„{header}“: gefunden {found}, erwartet {expected}"
    if each.certain:
        verdict = "Alle übrigen Angaben der Zeile passen zueinander; prüfen Sie diese Zelle."
    elif each.suspects:
        suspects = listed((f"„{context.label(name)}“" for name in each.suspects), "or")
        verdict = (
            f"Falsch oder anders abgegrenzt ist vermutlich {suspects}; prüfen Sie diese Angaben."
        )
    else:
        verdict = "Welche der Zellen falsch ist, lässt sich nicht entscheiden; prüfen Sie alle."
    if not each.relation.declared:
        verdict = f"{_GUESSED} {verdict}"
    return context.finding(
        each.severity,
        _rule(sheet, each.relation),
        f"{context.area(each.row)}, {said} ({formula}). {verdict}",
        row=each.row,
        column=each.column,
        found=found,
        expected=expected,
    )


def _grouped(sheet: CheckedSheet, group: list[_Contradiction]) -> Finding:
    context = sheet.context
    first = group[0]
    severity = min((each.severity for each in group), key=list(Severity).index)
    guessed = "" if first.relation.declared else f" {_GUESSED}"
    cells = "; ".join(
        f"{each.row}: {german(sheet.value(each.row, each.column))} statt {_expected(sheet, each)}"
        for each in group
    )
    return context.finding(
        severity,
        _rule(sheet, first.relation),
        f"„{context.label(first.column)}“ widerspricht in {len(group)} Gebieten den Angaben, aus "
        f"denen es folgt ({_formula(sheet, first.relation)}): {cells}.{guessed} Prüfen Sie, ob "
        "die Spalten dasselbe zählen.",
        column=first.column,
        found=f"{len(group)} von {len(sheet.frame)} Gebieten",
        expected="Übereinstimmung bis auf die Rundung",
    )
