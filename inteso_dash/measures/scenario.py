"""What if places come and go: places and need month by month, and when places run out; pure.

A scenario begins with the places and persons of a Stichtag, adds dated changes of places, and
carries the persons on by assumed arrivals and departures. What is computed is arithmetic on
assumptions; how far a projection may miss is measured in `inteso_dash.measures.projection`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

MOST_MONTHS = 60
_WHOLE = 100.0


class ChangeKind(StrEnum):
    """What happens to places, as it stands in addresses and files."""

    OPEN = "eroeffnen"
    CLOSE = "schliessen"
    ENLARGE = "vergroessern"
    SHRINK = "verkleinern"


_ADDING = (ChangeKind.OPEN, ChangeKind.ENLARGE)


class FaultKind(StrEnum):
    """Why a change cannot be made."""

    UNKNOWN = "unknown"
    THERE = "there"
    AMOUNT = "amount"
    MORE = "more"
    BEFORE = "before"


@dataclass(frozen=True)
class PlaceChange:
    """Places that come or go from a day on.

    Attributes
    ----------
    kind : ChangeKind
    date : date
        First day on which it counts.
    where : str
        Row of the start: a site, an area, or the whole; of `OPEN` a new one, too.
    places : float or None
        How many; None of `CLOSE` for all that the row has.
    area : str
        Area of a row that is new.
    name : str
        What it is called.
    """

    kind: ChangeKind
    date: dt.date
    where: str
    places: float | None = None
    area: str = ""
    name: str = ""


class ScenarioError(ValueError):
    """A change that cannot be made at its day.

    Attributes
    ----------
    kind : FaultKind
    change : PlaceChange
    there : float or None
        Places that the row has at that time, None where there is no row.
    """

    def __init__(self, kind: FaultKind, change: PlaceChange, there: float | None) -> None:
        self.kind, self.change, self.there = kind, change, there
        super().__init__(f"{change}: found {there} places there, fault {kind}")


@dataclass(frozen=True)
class Assumption:
    """Arrivals and departures of every month; a range where both ends differ.

    Attributes
    ----------
    name : str
    arrivals, departures : (float, float)
        Persons a month, lowest and highest.
    """

    name: str
    arrivals: tuple[float, float]
    departures: tuple[float, float] = (0.0, 0.0)

    @property
    def net(self) -> tuple[float, float]:
        """Fewest and most persons that are added in a month; negative where they become fewer.

        Examples
        --------
        >>> Assumption("Spanne", (80.0, 120.0), (30.0, 50.0)).net
        (30.0, 90.0)
        """
        return self.arrivals[0] - self.departures[1], self.arrivals[1] - self.departures[0]


@dataclass(frozen=True)
class Timeline:
    """What comes of an assumption.

    Attributes
    ----------
    table : DataFrame
        Index the days of `months`, the first row the start, and those between on which places
        change; columns places, and of the fewest and the most persons assumed: persons_low,
        persons_high, reserve_low, reserve_high (places to be kept beyond the persons), free_low,
        free_high (places less persons; low belongs to the most persons), spare_low, spare_high
        (free places less reserve).
    full : (date or None, date or None)
        First of these days with more persons than places, if most and if fewest come; None where
        there is none, or the places are not known.
    short : (date or None, date or None)
        First of these days on which the reserve is not there any more.
    """

    table: pd.DataFrame
    full: tuple[dt.date | None, dt.date | None]
    short: tuple[dt.date | None, dt.date | None]


def months(start: dt.date, count: int) -> list[dt.date]:
    """Return a day and the same day of the months after it; the last one stays the last.

    Raises
    ------
    ValueError
        If there are fewer than one or more than 60 months.

    Examples
    --------
    >>> [day.isoformat() for day in months(dt.date(2016, 8, 31), 2)]
    ['2016-08-31', '2016-09-30', '2016-10-31']
    >>> [day.isoformat() for day in months(dt.date(2017, 2, 28), 1)]
    ['2017-02-28', '2017-03-31']
    """
    if not 1 <= count <= MOST_MONTHS:
        raise ValueError(f"months: found {count}, expected 1 to {MOST_MONTHS}")
    first = pd.Timestamp(start)
    end = pd.offsets.MonthEnd(0)
    after = [first + pd.DateOffset(months=place) for place in range(count + 1)]
    return [(day + end if first.is_month_end else day).date() for day in after]


def places_by_row(
    start: pd.DataFrame, changes: Sequence[PlaceChange], days: Sequence[dt.date]
) -> pd.DataFrame:
    """Carry the places of every site or area on through the changes.

    Parameters
    ----------
    start : DataFrame
        Index key; columns area and places (NaN where not known).
    changes : sequence of PlaceChange
        In any order; one of the first day or before counts from the first day on.
    days : sequence of date
        Ascending.

    Returns
    -------
    DataFrame
        Index the keys of the start and of what is opened; column area, then one column a day. A
        row that is not known stays NaN until all of it is closed.

    Raises
    ------
    ScenarioError
        If a change names no row, opens or closes nothing, takes more than is there, or lies
        before the first day.

    Examples
    --------
    >>> day = dt.date(2020, 1, 31)
    >>> start = pd.DataFrame({"area": ["1"], "places": [200.0]}, index=["Halle"])
    >>> closing = PlaceChange(ChangeKind.CLOSE, dt.date(2020, 2, 1), "Halle")
    >>> places_by_row(start, [closing], months(day, 1)).iloc[0, 1:].tolist()
    [200.0, 0.0]
    """
    now = {str(key): float(value) for key, value in start["places"].items()}
    area = {str(key): str(value) for key, value in start["area"].items()}
    waiting = sorted(changes, key=lambda each: each.date)
    found: dict[dt.date, dict[str, float]] = {}
    for day in days:
        while waiting and waiting[0].date <= day:
            change = waiting.pop(0)
            if change.date < days[0]:
                raise ScenarioError(FaultKind.BEFORE, change, now.get(change.where))
            now[change.where] = _after(now, change)
            area.setdefault(change.where, change.area)
        found[day] = dict(now)
    table = pd.DataFrame({day: pd.Series(own) for day, own in found.items()}, index=list(now))
    for key in set(now) - set(map(str, start.index)):
        table.loc[key] = table.loc[key].fillna(0.0)
    table.insert(0, "area", [area[key] for key in table.index])
    return table


def _after(now: dict[str, float], change: PlaceChange) -> float:
    """Return how many places a row has after a change."""
    there, amount = now.get(change.where), change.places
    if there is None and change.kind is not ChangeKind.OPEN:
        raise ScenarioError(FaultKind.UNKNOWN, change, there)
    if there and change.kind is ChangeKind.OPEN:
        raise ScenarioError(FaultKind.THERE, change, there)
    if amount is None:
        if change.kind is not ChangeKind.CLOSE:
            raise ScenarioError(FaultKind.AMOUNT, change, there)
        return 0.0
    if not (math.isfinite(amount) and amount > 0):
        raise ScenarioError(FaultKind.AMOUNT, change, there)
    if change.kind in _ADDING:
        return (there or 0.0) + amount
    if there is not None and amount > there:
        raise ScenarioError(FaultKind.MORE, change, there)
    return math.nan if there is None else there - amount


def timeline(
    days: Sequence[dt.date],
    places: pd.Series[float],
    persons: float,
    assumption: Assumption,
    reserve: float,
) -> Timeline:
    """Set persons and reserve against places, month by month, and whenever places change.

    Parameters
    ----------
    days : sequence of date
        As of `months`.
    places : Series
        Places of each of these days, and of any between on which they change; NaN where they are
        not known.
    persons : float
        At the first day.
    assumption : Assumption
        What each month adds, evenly over its days; there are never fewer than no persons.
    reserve : float
        Places to keep beyond the persons, in per cent of the persons.

    Raises
    ------
    ValueError
        If the persons or the reserve are not known or negative.

    Examples
    --------
    >>> days = months(dt.date(2020, 1, 31), 3)
    >>> growing = Assumption("made up", (50.0, 50.0))
    >>> found = timeline(days, pd.Series(1000.0, index=days), 900.0, growing, 0.0)
    >>> found.table["persons_high"].tolist(), found.full[0].isoformat()
    ([900.0, 950.0, 1000.0, 1050.0], '2020-04-30')
    """
    for name, value in (("persons", persons), ("reserve", reserve)):
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"{name}: found {value}, expected at least 0")
    every = sorted({*days, *(day for day in places.index if days[0] < day < days[-1])})
    table = pd.DataFrame({"places": pd.Series(places, dtype=float).reindex(every)})
    at, known = ([day.toordinal() for day in each] for each in (every, days))
    for end, net in zip(("low", "high"), assumption.net, strict=True):
        course = [persons]
        for _ in days[1:]:
            course.append(max(0.0, course[-1] + net))
        table[f"persons_{end}"] = np.interp(at, known, course)
        table[f"reserve_{end}"] = table[f"persons_{end}"] * (reserve / _WHOLE)
    for end, of in (("low", "high"), ("high", "low")):
        table[f"free_{end}"] = table["places"] - table[f"persons_{of}"]
        table[f"spare_{end}"] = table[f"free_{end}"] - table[f"reserve_{of}"]
    return Timeline(table, _firsts(table, "free"), _firsts(table, "spare"))


def _firsts(table: pd.DataFrame, column: str) -> tuple[dt.date | None, dt.date | None]:
    def first(end: str) -> dt.date | None:
        below = table.index[table[f"{column}_{end}"] < 0]
        return below[0] if len(below) else None

    return first("low"), first("high")


def evenly_filled(places: pd.Series[float], areas: pd.Series[str], persons: float) -> pd.Series:
    """Spread persons over areas as if all places were occupied alike.

    Parameters
    ----------
    places : Series
        Places by site or area.
    areas : Series
        Area of each, same index.
    persons : float
        Of the whole.

    Returns
    -------
    Series
        Persons by area, an estimate: it holds where every site is as full as the others. NaN
        everywhere where a row is not known or there is no place.

    Examples
    --------
    >>> places = pd.Series({"s1": 300.0, "s2": 100.0})
    >>> evenly_filled(places, pd.Series({"s1": "1", "s2": "2"}), 200.0).to_dict()
    {'1': 150.0, '2': 50.0}
    """
    together = places.groupby(areas).sum(min_count=1)
    total = float(places.sum(skipna=False))
    if not total > 0:
        return together * math.nan
    return together * (persons / total)


def above_limit(places: pd.Series[float], limit: float) -> pd.Series[float]:
    """Return the rows that have more places than the limit, largest first.

    Examples
    --------
    >>> above_limit(pd.Series({"a": 180.0, "b": 320.0}), 200.0).to_dict()
    {'b': 320.0}
    """
    return places[places > limit].sort_values(ascending=False, kind="stable")
