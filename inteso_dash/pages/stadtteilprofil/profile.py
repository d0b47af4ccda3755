"""The profile of one area: its figures beside those of others, and where they lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inteso_dash.catalogue import LONG_COLUMNS
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.intervals import chance_of, intervals
from inteso_dash.language.statuses import Status

MAX_COMPARISONS = 3
MIN_SPREAD = 3


@dataclass(frozen=True)
class ProfilePlace:
    """An area with its level and name."""

    level: str
    area_id: str
    name: str


@dataclass(frozen=True)
class ProfileCell:
    """One figure with everything that belongs to it; ``value`` is None where there is none."""

    value: float | None
    status: Status
    source_id: str
    rounding_error: float
    note: str


@dataclass(frozen=True)
class Spread:
    """Where an area lies among all areas of its level, as positions from 0 (min) to 1 (max).

    ``area`` and ``reference`` (the city) are None where they have no value; the reference may
    lie outside 0 to 1.
    """

    low: float
    high: float
    lower_quartile: float
    median: float
    upper_quartile: float
    area: float | None
    reference: float | None

    def along(self, value: float | None) -> float | None:
        """Return the position of a value."""
        return None if value is None else (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class OwnInterval:
    """How far chance alone would move a figure of the area (`inteso_dash.city.intervals`).

    ``as_city`` says whether it holds the city's value; None where the city has none.
    """

    lower: float
    upper: float
    as_city: bool | None


@dataclass(frozen=True)
class Line:
    """One indicator at one Stichtag.

    Attributes
    ----------
    indicator : Indicator
    date : date
    cells : tuple of ProfileCell or None
        The area itself first, then the comparisons; None where nothing was said.
    rank : int or None
        1 for the highest value of the level.
    count : int
        Number of areas of the level with a value.
    spread : Spread or None
        None where fewer than three areas have a value.
    interval : OwnInterval or None
        None where the figure is no share or rate, or its base is not shown.
    """

    indicator: Indicator
    date: dt.date
    cells: tuple[ProfileCell | None, ...]
    rank: int | None
    count: int
    spread: Spread | None
    interval: OwnInterval | None = None

    @property
    def own(self) -> ProfileCell:
        """The figure of the area itself."""
        cell = self.cells[0]
        if cell is None:
            raise ValueError(f"{self.indicator.id}: found no own cell, expected one")
        return cell


@dataclass(frozen=True)
class Profile:
    """Everything that a profile shows.

    Attributes
    ----------
    places : tuple of ProfilePlace
        The area itself first, then the comparisons.
    within : tuple of ProfilePlace
        The areas it lies in, nearest first.
    current : tuple of Line
        The newest Stichtag of each indicator, in the catalogue's order.
    earlier : tuple of Line
        All other Stichtage, newest first within an indicator.
    others : tuple of ProfilePlace
        The last of the places: those that were chosen to compare with.
    """

    places: tuple[ProfilePlace, ...]
    within: tuple[ProfilePlace, ...]
    current: tuple[Line, ...]
    earlier: tuple[Line, ...]
    others: tuple[ProfilePlace, ...] = ()

    @property
    def place(self) -> ProfilePlace:
        """The area itself."""
        return self.places[0]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, current ones first."""
        yield from self.current
        yield from self.earlier

    def cells_of_others(self, line: Line) -> tuple[ProfileCell | None, ...]:
        """Return the figures of the areas chosen to compare with."""
        return line.cells[len(self.places) - len(self.others) :]

    def of_others(self, line: Line) -> list[float | None]:
        """Return their values."""
        return [None if cell is None else cell.value for cell in self.cells_of_others(line)]

    def line(self, indicator_id: str) -> Line | None:
        """Return the current line of an indicator."""
        return next((line for line in self.current if line.indicator.id == indicator_id), None)


def profile(
    city: City,
    level: str,
    area_id: str,
    others: tuple[tuple[str, str], ...] = (),
    date: dt.date | None = None,
) -> Profile:
    """Gather the figures of an area, of those it lies in, and of others to compare with.

    Parameters
    ----------
    city : City
    level, area_id : str
    others : tuple of (level, area_id)
        Up to three further areas; those it is compared with anyway do not count.
    date : date, optional
        Only this Stichtag.

    Raises
    ------
    KeyError
        If an area does not exist.
    ValueError
        If there are more than three others.
    """
    own, *within = (ProfilePlace(*step) for step in city.lineage(level, area_id))
    chosen = [ProfilePlace(other, key, city.name(other, key)) for other, key in others]
    shown = [place for place in within if place.level in _compared(city, level)]
    further = [place for place in dict.fromkeys(chosen) if place not in (own, *shown)]
    if len(further) > MAX_COMPARISONS:
        raise ValueError(f"others: found {len(further)}, expected at most {MAX_COMPARISONS}")
    places = _told_apart(city, (own, *shown, *further))
    current: list[Line] = []
    earlier: list[Line] = []
    for indicator in city.catalogue.indicators:
        dates = [day for day in city.all_dates(level, indicator.id) if date in (None, day)]
        lines = [
            line
            for day in reversed(dates)
            if (line := _line(city, indicator, day, places)) is not None
        ]
        known = [line for line in lines if line.own.value is not None]
        first = known[:1] or lines[:1]
        current += first
        earlier += [line for line in known if line not in first]
    others_shown = places[1 + len(shown) :]
    return Profile(places, tuple(within), tuple(current), tuple(earlier), others_shown)


def _told_apart(city: City, places: Iterable[ProfilePlace]) -> tuple[ProfilePlace, ...]:
    """Name the level of an area, too, where one before it has the same name."""
    told: list[ProfilePlace] = []
    for place in places:
        level = f" ({city.catalogue.level(place.level).title.de})"
        shared = place.name in {before.name for before in told}
        told.append(replace(place, name=f"{place.name}{level * shared}"))
    return tuple(told)


def nearby(city: City, level: str, area_id: str, wanted: str) -> str:
    """Return the area of another level that an area lies in, or the first that lies in it.

    Of levels neither of which is above the other, the first that lies in the same larger area.

    Parameters
    ----------
    city : City
    level, area_id : str
    wanted : str
        The other level.
    """
    around = {step: area for step, area, _ in city.lineage(level, area_id)}
    if wanted in around:
        return around[wanted]
    path = [wanted, *city.catalogue.ancestors(wanted)]
    common = next((step for step in path if step in around), wanted)
    inside = {around.get(common, "")}
    for step in reversed(path[: path.index(common)]):
        areas = city.areas(step)
        inside = set(areas.index[areas["parent_id"].isin(inside)])
    return min(inside, default=str(city.areas(wanted).index[0]))


def counts_behind(city: City, lines: Iterable[Line]) -> set[str]:
    """Return the ids of counts that only repeat a share: derived from it, or parts of a whole."""
    parts = {
        part
        for indicator in city.catalogue.indicators
        for partition in indicator.partitions
        for part in partition
    }
    return {
        line.indicator.id
        for line in lines
        if line.indicator.kind == "extensive"
        and (line.indicator.derived is not None or line.indicator.id in parts)
    }


def _compared(city: City, level: str) -> tuple[str, ...]:
    """Levels an area is compared with by default: the city and the level right below it."""
    above = city.catalogue.ancestors(level)
    return above[-2:]


def _line(
    city: City, indicator: Indicator, date: dt.date, places: tuple[ProfilePlace, ...]
) -> Line | None:
    cells = tuple(_cell(city, place, indicator.id, date) for place in places)
    if cells[0] is None:
        return None
    own = places[0]
    known, value = city.known_values(own.level, indicator.id, date), cells[0].value
    around = city.once(
        _Around, (own.level, indicator.id, date), lambda: _around(city, indicator.id, date, known)
    )
    return Line(
        indicator,
        date,
        cells,
        None if value is None else int((known > value).sum()) + 1,
        len(known),
        _spread(around, value),
        None if value is None else _interval(city, indicator, date, own),
    )


def _interval(
    city: City, indicator: Indicator, date: dt.date, place: ProfilePlace
) -> OwnInterval | None:
    if chance_of(city.catalogue, indicator)[0] is None:
        return None
    own = intervals(city, place.level, indicator.id, date).of(place.area_id)
    if own is None:
        return None
    lower, upper, as_city = own
    return OwnInterval(lower, upper, None if place.level == city.catalogue.root.id else as_city)


def _cell(city: City, place: ProfilePlace, indicator_id: str, date: dt.date) -> ProfileCell | None:
    row = city.current_cell(place.level, place.area_id, indicator_id, date)
    if row is None:
        return None
    value = None if pd.isna(row["value"]) else float(row["value"])
    error = 0.0 if pd.isna(row["rounding_error"]) else float(row["rounding_error"])
    return ProfileCell(value, Status(row["status"]), row["source_id"], error, str(row["note"]))


class _Around(NamedTuple):
    """What the areas of a level have in common: quartiles between the ends, and the city's value.

    The quartiles are empty where there are too few values.
    """

    quartiles: tuple[float, ...]
    reference: float | None


def _around(city: City, indicator_id: str, date: dt.date, known: NDArray[np.float64]) -> _Around:
    enough = len(known) >= MIN_SPREAD
    bounds = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]).tolist() if enough else ()
    return _Around(tuple(bounds), city.reference(indicator_id, date))


def _spread(around: _Around, value: float | None) -> Spread | None:
    if not around.quartiles:
        return None
    (low, lower, median, upper, high), reference = around
    if low == high:
        return None

    def along(bound: float) -> float:
        return (bound - low) / (high - low)

    return Spread(
        low,
        high,
        along(lower),
        along(median),
        along(upper),
        None if value is None else along(value),
        None if reference is None else along(reference),
    )


def to_rows(result: Profile, city: City) -> pd.DataFrame:
    """Return a profile as long rows, the area first, then the comparisons.

    Returns
    -------
    DataFrame
        Columns level, division, area_id, indicator_id, date, value, status, source_id,
        rounding_error, note.
    """
    rows = [
        {
            "level": place.level,
            "division": city.division(place.level, line.date, line.indicator.id),
            "area_id": place.area_id,
            "indicator_id": line.indicator.id,
            "date": line.date,
            "value": float("nan") if cell.value is None else cell.value,
            "status": str(cell.status),
            "source_id": cell.source_id,
            "rounding_error": cell.rounding_error,
            "note": cell.note,
        }
        for index, place in enumerate(result.places)
        for line in result.lines
        if (cell := line.cells[index]) is not None
    ]
    return pd.DataFrame(rows, columns=list(LONG_COLUMNS))
