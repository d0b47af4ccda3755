"""What the figures of one level and date imply: parts and shares of the same areas."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from inteso_dash.aggregation.wide import (
    NO_BASE,
    NO_VALUE,
    ON_ESTIMATES,
    Matrix,
    Merged,
    denominator,
    estimated,
)
from inteso_dash.catalogue import Catalogue, Indicator, Status

_ABSENT = [str(Status.SUPPRESSED), str(Status.NOT_DELIVERED), *NO_VALUE]


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
            value = (share * whole / factor).mask(whole == 0, 0.0)
            yield value, error.fillna(0.0), [recipe.share, *recipe.of]
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
        below, uncertain = denominator(indicator, frames, merged)
        below = below.replace(0, np.nan)
        value = frames.total(indicator.numerator) / below * indicator.factor
        error = frames.total_error(indicator.numerator) * indicator.factor + value * uncertain
        yield value, error / below, [*indicator.numerator, *indicator.denominator]


def _fill(
    frames: Matrix, indicator_id: str, value: pd.Series, error: pd.Series, parts: list[str]
) -> None:
    """Write a computed column into the cells about which nothing was said.

    The note says so where an estimate went in. Where there is no value, the leading part says
    why, or a secret one, or there was nothing to divide by.
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
    frames.status.loc[known, indicator_id] = str(Status.COMPUTED)
    frames.note.loc[known & estimated(frames, parts), indicator_id] = ON_ESTIMATES
    unknown = silent & value.isna()
    secret = (states == str(Status.SUPPRESSED)).any(axis=1)
    why = leading.where(leading.isin(_ABSENT), str(Status.NOT_DELIVERED))
    why = why.where(leading.isin(_ABSENT) | ~secret, str(Status.SUPPRESSED))
    frames.status.loc[unknown, indicator_id] = why[unknown]
    nothing = unknown & frames.value[parts].notna().all(axis=1)
    frames.note.loc[nothing, indicator_id] = NO_BASE
