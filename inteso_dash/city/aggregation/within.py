"""What the figures of one level and date imply: parts and shares of the same areas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.together import inherited, parts_first, remarks
from inteso_dash.city.aggregation.wide import (
    CODE,
    NO_BASE,
    NO_VALUE,
    ON_ESTIMATES,
    SILENT,
    Arrays,
    Merged,
    Numbers,
    added_up,
    estimated,
    joined,
    sources,
)
from inteso_dash.language.statuses import Status

_ABSENT = [CODE[Status(each)] for each in (Status.SUPPRESSED, Status.NOT_DELIVERED, *NO_VALUE)]


def derive(arrays: Arrays, catalogue: Catalogue, merged: Merged) -> None:
    """Add the parts and shares of one level and date that its own figures imply.

    Parameters
    ----------
    arrays : Arrays
        What they say stays; cells without any statement are filled where they can be.
    catalogue : Catalogue
    merged : Merged
    """
    merged = inherited(merged, catalogue)
    for indicator in parts_first(catalogue):
        for value, error, parts in _implied(indicator, arrays, catalogue, merged):
            _fill(arrays, indicator.id, value, error, parts, merged.get(indicator.id, {}))


def of_own_counts(
    arrays: Arrays, given: Mapping[str, Numbers], catalogue: Catalogue
) -> dict[str, Numbers]:
    """Say by ratio for which areas it has a value all of whose counts were delivered there.

    Parameters
    ----------
    arrays : Arrays
        With what follows from its own figures (`derive`).
    given : mapping
        By indicator: of which areas a figure was delivered.
    catalogue : Catalogue
    """
    found = {}
    for indicator in catalogue.indicators:
        parts = (*indicator.numerator, *indicator.denominator)
        if indicator.numerator and indicator.id in arrays.value and all(p in given for p in parts):
            known = ~np.isnan(arrays.value[indicator.id])
            found[indicator.id] = np.all([known, *(given[part] for part in parts)], axis=0)
    return found


def _implied(
    indicator: Indicator, arrays: Arrays, catalogue: Catalogue, merged: Merged
) -> Iterator[tuple[Numbers, Numbers, list[str]]]:
    """Yield value, largest error, and what both are made from, the leading part first."""
    recipe = indicator.derived
    contained = merged.get(indicator.id, {})
    with np.errstate(divide="ignore", invalid="ignore"):
        if recipe is not None and recipe.share is not None:
            if arrays.has((recipe.share, *recipe.of)):
                share, factor = arrays.value[recipe.share], catalogue.indicator(recipe.share).factor
                whole, uncertain = added_up(arrays, recipe.of, contained)
                error = (arrays.error[recipe.share] * whole + share * uncertain) / factor
                value = np.where(whole == 0, 0.0, share * whole / factor)
                value[_apart(arrays, recipe.share, contained)] = np.nan
                yield value, np.where(np.isnan(error), 0.0, error), [recipe.share, *recipe.of]
        elif recipe is not None and recipe.count is not None and recipe.by_share is not None:
            if arrays.has((recipe.count, recipe.by_share)):
                share = _divisor(arrays.value[recipe.by_share])
                factor = catalogue.indicator(recipe.by_share).factor
                value = arrays.value[recipe.count] * factor / share
                error = arrays.error[recipe.count] * factor + value * arrays.error[recipe.by_share]
                for part in (recipe.count, recipe.by_share):
                    value[_apart(arrays, part, contained)] = np.nan
                yield value, error / share, [recipe.by_share, recipe.count]
        elif arrays.has((*indicator.numerator, *indicator.denominator)) and indicator.numerator:
            if any(catalogue.indicator(part).derived for part in indicator.numerator) and (
                indicator.id in arrays.value
            ):
                return
            above, doubt = added_up(arrays, indicator.numerator, contained)
            below, uncertain = added_up(arrays, indicator.denominator, contained)
            below = _divisor(below)
            value = above / below * indicator.factor
            error = doubt * indicator.factor + value * uncertain
            yield value, error / below, [*indicator.numerator, *indicator.denominator]


def _divisor(numbers: Numbers) -> Numbers:
    return np.where(numbers == 0, np.nan, numbers)


def _apart(arrays: Arrays, part: str, contained: Mapping[str, str]) -> Numbers:
    """Say which areas hold others that have a figure of their own."""
    own = set(arrays.areas[~np.isnan(arrays.value[part])]) if contained else set()
    holders = {holder for member, holder in contained.items() if member in own}
    return _among(arrays, holders)


def _among(arrays: Arrays, areas: Collection[str]) -> Numbers:
    if not areas:
        return np.zeros(len(arrays.areas), dtype=bool)
    return arrays.areas.isin(list(areas))


def _fill(
    arrays: Arrays,
    indicator_id: str,
    value: Numbers,
    error: Numbers,
    parts: list[str],
    contained: Mapping[str, str],
) -> None:
    """Write a computed column into the cells about which nothing was said.

    The note says so where an estimate went in, or where it holds for several areas. Where there
    is no value, it is with another area's, or the leading part says why, or a secret one, or there
    was nothing to divide by.
    """
    arrays.add(indicator_id)
    states = [arrays.status[part] for part in parts]
    status, note = arrays.status[indicator_id], arrays.note[indicator_id]
    leading = states[0]
    silent = (status == SILENT) & (leading != SILENT)
    known = silent & ~np.isnan(value)
    arrays.value[indicator_id][known] = value[known]
    arrays.error[indicator_id][known] = np.abs(error[known])
    status[known] = CODE[Status.COMPUTED]
    note[known & estimated(arrays, parts)] = ON_ESTIMATES
    words = remarks(contained)
    for at in np.flatnonzero(known & _among(arrays, words)).tolist():
        note[at] = joined(note[at], words[str(arrays.areas[at])])
    unknown = silent & np.isnan(value)
    secret = np.any([each == CODE[Status.SUPPRESSED] for each in states], axis=0)
    otherwise = np.where(secret, CODE[Status.SUPPRESSED], CODE[Status.NOT_DELIVERED])
    why = np.where(np.isin(leading, _ABSENT), leading, otherwise)
    why[_among(arrays, contained)] = CODE[Status.MERGED]
    status[unknown] = why[unknown]
    alike = unknown & (leading == why)
    note[alike] = arrays.note[parts[0]][alike]
    note[unknown & ~np.isnan([arrays.value[part] for part in parts]).any(axis=0)] = NO_BASE
    arrays.source[indicator_id][silent] = sources(arrays, parts)[silent]
