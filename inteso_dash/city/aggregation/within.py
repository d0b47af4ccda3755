"""What the figures of one level and date imply: parts and shares of the same areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city.aggregation.together import inherited, parts_first, remarks
from inteso_dash.city.aggregation.wide import (
    NO_BASE,
    NO_VALUE,
    ON_ESTIMATES,
    Matrix,
    Merged,
    added_up,
    estimated,
    joined,
    sources,
)
from inteso_dash.language.statuses import Status

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
    frames = Matrix(*(frame.reindex(given.value.index) for frame in given.frames))
    merged = inherited(merged, catalogue)
    for indicator in parts_first(catalogue):
        for value, error, parts in _implied(indicator, frames, catalogue, merged):
            _fill(frames, indicator.id, value, error, parts, merged.get(indicator.id, {}))
    return frames


def _implied(
    indicator: Indicator, frames: Matrix, catalogue: Catalogue, merged: Merged
) -> Iterator[tuple[pd.Series, pd.Series, list[str]]]:
    """Yield value, largest error, and what both are made from, the leading part first."""
    recipe = indicator.derived
    contained = merged.get(indicator.id, {})
    if recipe is not None and recipe.share is not None:
        if frames.has((recipe.share, *recipe.of)):
            share, factor = frames.value[recipe.share], catalogue.indicator(recipe.share).factor
            whole, uncertain = added_up(frames, recipe.of, contained)
            error = (frames.error[recipe.share] * whole + share * uncertain) / factor
            value = (share * whole / factor).mask(whole == 0, 0.0)
            value = value.mask(_apart(frames.value[recipe.share], contained))
            yield value, error.fillna(0.0), [recipe.share, *recipe.of]
    elif recipe is not None and recipe.count is not None and recipe.by_share is not None:
        if frames.has((recipe.count, recipe.by_share)):
            share = frames.value[recipe.by_share].replace(0, np.nan)
            factor = catalogue.indicator(recipe.by_share).factor
            value = frames.value[recipe.count] * factor / share
            error = frames.error[recipe.count] * factor + value * frames.error[recipe.by_share]
            for part in (recipe.count, recipe.by_share):
                value = value.mask(_apart(frames.value[part], contained))
            yield value, error / share, [recipe.by_share, recipe.count]
    elif frames.has((*indicator.numerator, *indicator.denominator)) and indicator.numerator:
        if any(catalogue.indicator(part).derived for part in indicator.numerator) and (
            indicator.id in frames.value
        ):
            return
        above, doubt = added_up(frames, indicator.numerator, contained)
        below, uncertain = added_up(frames, indicator.denominator, contained)
        below = below.replace(0, np.nan)
        value = above / below * indicator.factor
        error = doubt * indicator.factor + value * uncertain
        yield value, error / below, [*indicator.numerator, *indicator.denominator]


def _apart(part: pd.Series, contained: Mapping[str, str]) -> npt.NDArray[np.bool_]:
    """Say which areas hold others that have a figure of their own."""
    own = part.index[part.notna()]
    return part.index.isin([holder for member, holder in contained.items() if member in own])


def _fill(
    frames: Matrix,
    indicator_id: str,
    value: pd.Series,
    error: pd.Series,
    parts: list[str],
    contained: Mapping[str, str],
) -> None:
    """Write a computed column into the cells about which nothing was said.

    The note says so where an estimate went in, or where it holds for several areas. Where there
    is no value, it is with another area's, or the leading part says why, or a secret one, or there
    was nothing to divide by.
    """
    if indicator_id not in frames.value:
        frames.value[indicator_id] = np.nan
        frames.status[indicator_id] = None
        frames.error[indicator_id] = 0.0
        frames.note[indicator_id] = frames.source[indicator_id] = ""
    states = frames.status[parts]
    leading = states[parts[0]]
    silent = frames.status[indicator_id].isna() & leading.notna()
    known = silent & value.notna()
    frames.value.loc[known, indicator_id] = value[known]
    frames.error.loc[known, indicator_id] = error[known].abs()
    frames.status.loc[known, indicator_id] = str(Status.COMPUTED)
    frames.note.loc[known & estimated(frames, parts), indicator_id] = ON_ESTIMATES
    words = remarks(contained)
    held = known & known.index.isin(list(words))
    notes = zip(frames.note[indicator_id][held], known.index[held], strict=True)
    frames.note.loc[held, indicator_id] = [joined(note, words[str(area)]) for note, area in notes]
    unknown = silent & value.isna()
    secret = (states == str(Status.SUPPRESSED)).any(axis=1)
    why = leading.where(leading.isin(_ABSENT), str(Status.NOT_DELIVERED))
    why = why.where(leading.isin(_ABSENT) | ~secret, str(Status.SUPPRESSED))
    why = why.mask(why.index.isin(list(contained)), str(Status.MERGED))
    frames.status.loc[unknown, indicator_id] = why[unknown]
    alike = unknown & (leading == why)
    frames.note.loc[alike, indicator_id] = frames.note.loc[alike, parts[0]]
    nothing = unknown & frames.value[parts].notna().all(axis=1)
    frames.note.loc[nothing, indicator_id] = NO_BASE
    frames.source.loc[silent, indicator_id] = sources(frames, parts)[silent.to_numpy()]
