"""Which dates are written under a time axis, whatever draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_MANY = 6


def even(days: Sequence[dt.date]) -> bool:
    """Say whether an axis has even ticks: where there are many Stichtage of no common day.

    Examples
    --------
    >>> even([dt.date(year, 12, 31) for year in range(2010, 2022)])
    False
    >>> even([dt.date(2016, month, 1) for month in range(1, 9)])
    True
    """
    return len(days) > _MANY and not _yearly(days)


def _yearly(days: Sequence[dt.date]) -> bool:
    return len({(day.month, day.day) for day in days}) == 1


def written_under(
    days: Sequence[dt.date], width: float, year: float, month: float
) -> tuple[list[dt.date], list[str]]:
    """Return Stichtage to be written under a time axis, leaving out those that stand too close.

    Parameters
    ----------
    days : sequence of date
        Ascending.
    width : float
        Between the first and the last.
    year, month : float
        What a year, and a month with its year, take of it.

    Returns
    -------
    ticks : list of date
    texts : list of str
        Years alone where all Stichtage are of the same day of the year.

    Examples
    --------
    >>> written_under([dt.date(2010, 12, 31), dt.date(2021, 12, 31)], 270, 36, 56)[1]
    ['2010', '2021']
    >>> written_under([dt.date(2016, 8, 31), dt.date(2017, 2, 28)], 270, 36, 56)[1]
    ['08/2016', '02/2017']
    """
    if not days:
        return [], []
    yearly = _yearly(days)
    least = (days[-1] - days[0]) * min((year if yearly else month) / width, 1.0)
    kept = [days[-1]]
    for day in reversed(days[:-1]):
        if kept[-1] - day >= least and (day == days[0] or day - days[0] >= least):
            kept.append(day)
    kept.reverse()
    return kept, [f"{day:%Y}" if yearly else f"{day:%m/%Y}" for day in kept]
