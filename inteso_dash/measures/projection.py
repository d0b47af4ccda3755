"""How a series may go on, and how far such projections have missed before; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

DAYS_A_MONTH = 365.25 / 12
HORIZONS = (1, 3, 6, 12)
"""Months ahead for which projections are judged."""
_BOUNDS = (0.5, 2.0, 4.5, 9.0, 18.0)
"""A distance in months belongs to the horizon between two of them, the upper one excluded."""
_SPAN_WORDS = {1: "½ bis 2", 3: "2 bis 4½", 6: "4½ bis 9", 12: "9 bis 18"}


class ProjectionRule(StrEnum):
    """How a series is carried on."""

    UNCHANGED = "unveraendert"
    LAST = "letzte"
    MEAN = "mittel"


@dataclass(frozen=True)
class Missed:
    """How far projections of a rule missed over one horizon.

    Attributes
    ----------
    months : int
        One of `HORIZONS`.
    count : int
        Projections that a published figure could be set against.
    median, largest : float or None
        Absolute error, in the unit of the series; None without any.
    bias : float or None
        Median of projection less figure: above 0 where more were expected than came.
    """

    months: int
    count: int
    median: float | None
    largest: float | None
    bias: float | None


def horizon(start: dt.date, end: dt.date) -> int | None:
    """Return the horizon that a distance belongs to; None where it is nearer or farther.

    Examples
    --------
    >>> horizon(dt.date(2017, 1, 31), dt.date(2017, 6, 30)), horizon(start=dt.date(2015, 1, 1),
    ...     end=dt.date(2017, 1, 1))
    (6, None)
    """
    distance = (end - start).days / DAYS_A_MONTH
    for months, low, high in zip(HORIZONS, _BOUNDS[:-1], _BOUNDS[1:], strict=True):
        if low <= distance < high:
            return months
    return None


def span_words(months: int) -> str:
    """Say which distances count for a horizon.

    Examples
    --------
    >>> span_words(6)
    '4½ bis 9'
    """
    return _SPAN_WORDS[months]


def monthly_change(series: pd.Series[float], rule: ProjectionRule, count: int = 3) -> float | None:
    """Return by how much a series changes a month, as a rule carries it on.

    Parameters
    ----------
    series : Series
        Values by date, ascending, none missing.
    rule : ProjectionRule
        `UNCHANGED` carries the last value on, `LAST` the change between the last two Stichtage,
        `MEAN` the change over the last ``count`` spans between Stichtage together.
    count : int
        Spans of `MEAN`; at most as many as there are.

    Returns
    -------
    float or None
        None where there are too few values.

    Examples
    --------
    >>> days = [dt.date(2020, 1, 1), dt.date(2020, 7, 1), dt.date(2021, 1, 1)]
    >>> found = monthly_change(pd.Series([100.0, 160.0, 220.0], index=days), ProjectionRule.MEAN)
    >>> round(found, 1)
    10.0
    """
    if series.empty:
        return None
    if rule is ProjectionRule.UNCHANGED:
        return 0.0
    spans = 1 if rule is ProjectionRule.LAST else count
    first = max(0, len(series) - 1 - spans)
    if first == len(series) - 1:
        return None
    passed = (series.index[-1] - series.index[first]).days / DAYS_A_MONTH
    changed = float(series.iloc[-1]) - float(series.iloc[first])
    return float(changed / passed)


def back_test(
    series: pd.Series[float],
    rule: ProjectionRule,
    count: int = 3,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Missed, ...]:
    """Measure what projections made at each Stichtag would have missed.

    At every Stichtag the rule knows only what had been published by then for that day or before,
    and is set against each later figure that there is; nothing is interpolated. A later figure
    counts for the horizon that its distance belongs to.

    Parameters
    ----------
    series : Series
        Values by date, none missing.
    rule, count
        As in `monthly_change`.
    horizons : sequence of int
        Of `HORIZONS`.

    References
    ----------
    Tashman, L. J. (2000): Out-of-sample tests of forecasting accuracy: an analysis and review.
    International Journal of Forecasting 16 (4).

    Examples
    --------
    >>> days = [dt.date(2020, 1, 31), dt.date(2020, 2, 29), dt.date(2020, 3, 31)]
    >>> series = pd.Series([100.0, 110.0, 125.0], index=days)
    >>> found = back_test(series, ProjectionRule.UNCHANGED)[0]
    >>> found.count, found.median, found.largest, found.bias
    (3, 15.0, 25.0, -15.0)
    """
    ordered = series.sort_index()
    errors: dict[int, list[float]] = {months: [] for months in horizons}
    for place in range(len(ordered)):
        known = ordered.iloc[: place + 1]
        change = monthly_change(known, rule, count)
        if change is None:
            continue
        origin, last = known.index[-1], float(known.iloc[-1])
        later = zip(ordered.index[place + 1 :], ordered.iloc[place + 1 :], strict=True)
        for day, value in later:
            months = horizon(origin, day)
            if months in errors:
                ahead = (day - origin).days / DAYS_A_MONTH
                errors[months].append(max(0.0, last + change * ahead) - float(value))
    return tuple(_missed(months, pd.Series(found, dtype=float)) for months, found in errors.items())


def _missed(months: int, errors: pd.Series[float]) -> Missed:
    if errors.empty:
        return Missed(months, 0, None, None, None)
    absolute = errors.abs()
    return Missed(
        months, len(errors), float(absolute.median()), float(absolute.max()), float(errors.median())
    )
