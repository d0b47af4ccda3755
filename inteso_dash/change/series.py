"""One indicator of several areas over time: its points, where it breaks, index, change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.change.comparable import comparable
from inteso_dash.city import City
from inteso_dash.declarations.indicators import Break, Indicator

COLUMNS = (
    "level",
    "division",
    "area_id",
    "name",
    "indicator_id",
    "date",
    "value",
    "status",
    "source_id",
    "rounding_error",
    "note",
    "recomputed",
    "segment",
)
"""Columns of a series; ``recomputed`` as of `comparable`; ``segment`` counts the breaks up to a
point: lines join equal ones."""

_INHERITED = "{reason} Das betrifft auch, was sich auf „{base}“ stützt."
_SHARED = "{reason} Das betrifft auch Zahlen derselben Quelle auf anderen Ebenen."
_DIVISION = "Die Zahlen ab diesem Stichtag gehören zur Gliederung {new}, die davor zu {old}."


class Mode(StrEnum):
    """What a line chart shows of a series."""

    ABSOLUTE = "Werte"
    INDEX = "Index"
    SINCE_START = "Veränderung seit Beginn"


def _bases(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    """Ids of the indicators that one is made of or part of."""
    yield from (*indicator.numerator, *indicator.denominator)
    if indicator.derived is not None:
        yield from indicator.derived.of
        for single in (
            indicator.derived.share,
            indicator.derived.count,
            indicator.derived.by_share,
        ):
            if single is not None:
                yield single
    for whole in catalogue.indicators:
        if any(indicator.id in partition for partition in whole.partitions):
            yield whole.id


def declared_breaks(catalogue: Catalogue, indicator_id: str, level: str) -> tuple[Break, ...]:
    """Return the breaks of an indicator on a level, oldest first.

    A break reaches everything that rests on the broken indicator: ratios made of it, counts
    derived from it, and the parts that together are it.

    Parameters
    ----------
    catalogue : Catalogue
    indicator_id, level : str
    """
    found = {
        each.date: each for each in catalogue.indicator(indicator_id).breaks if each.level == level
    }
    seen, waiting = {indicator_id}, [catalogue.indicator(indicator_id)]
    while waiting:
        for key in _bases(catalogue, waiting.pop(0)):
            if key in seen:
                continue
            seen.add(key)
            base = catalogue.indicator(key)
            waiting.append(base)
            for each in base.breaks:
                if each.level == level and each.date not in found:
                    reason = _INHERITED.format(reason=each.reason, base=base.short.de)
                    found[each.date] = Break(level=level, date=each.date, reason=reason)
    return tuple(found[day] for day in sorted(found))


def breaks(city: City, indicator_id: str, level: str, days: Sequence[dt.date]) -> tuple[Break, ...]:
    """Return what separates some of these Stichtage: declared breaks and new boundaries.

    A break declared for another level counts where the same source names the figures of both
    before it.

    Parameters
    ----------
    city : City
    indicator_id, level : str
    days : sequence of date
        Stichtage that are to be compared.

    Returns
    -------
    tuple of Break
        Oldest first; figures of its date and later are not comparable with those before.
    """
    ordered = sorted(days)
    found = list(declared_breaks(city.catalogue, indicator_id, level))
    found += _shared_breaks(city, indicator_id, level, ordered, {each.date for each in found})
    for before, after in pairwise(ordered):
        old, new = (city.division(level, day, indicator_id) for day in (before, after))
        if old != new:
            reason = _DIVISION.format(old=old, new=new)
            found.append(Break(level=level, date=after, reason=reason))
    return tuple(
        sorted(
            (each for each in found if ordered and ordered[0] < each.date <= ordered[-1]),
            key=lambda each: each.date,
        )
    )


def _shared_breaks(
    city: City, indicator_id: str, level: str, ordered: Sequence[dt.date], known: set[dt.date]
) -> Iterator[Break]:
    """Yield breaks of other levels that a source brings with it."""
    for other in city.catalogue.levels:
        if other.id == level:
            continue
        for cut in declared_breaks(city.catalogue, indicator_id, other.id):
            if cut.date in known or not any(day >= cut.date for day in ordered):
                continue
            if any(
                _sources(city, level, indicator_id, day)
                & _sources(city, other.id, indicator_id, day)
                for day in ordered
                if day < cut.date
            ):
                known.add(cut.date)
                reason = _SHARED.format(reason=cut.reason)
                yield Break(level=level, date=cut.date, reason=reason)


def _sources(city: City, level: str, indicator_id: str, day: dt.date) -> set[str]:
    cells = city.values(level, indicator_id, day)
    named = cells.loc[cells["value"].notna(), "source_id"].unique()
    return {key for each in named for key in str(each).split(", ")}


def series(
    city: City,
    indicator_id: str,
    places: Sequence[tuple[str, str]],
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> pd.DataFrame:
    """Return the points of an indicator that have a value.

    Parameters
    ----------
    city : City
    indicator_id : str
    places : sequence of (level, area_id)
    start, end : date, optional
        First and last Stichtag.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`, area by area in the order given, oldest first.
    """
    rows: dict[tuple[str, str], list[tuple[object, ...]]] = {place: [] for place in places}
    for level in dict.fromkeys(level for level, _ in places):
        days = [
            day
            for day in city.dates(level, indicator_id)
            if (start is None or day >= start) and (end is None or day <= end)
        ]
        cuts = breaks(city, indicator_id, level, days)
        wanted = [area_id for at, area_id in places if at == level]
        for day in days:
            division = city.division(level, day, indicator_id)
            names = city.areas(level, division)["name"]
            cells = comparable(city, level, indicator_id, day)
            cells = cells[cells.index.isin(wanted) & cells["value"].notna()]
            segment = sum(cut.date <= day for cut in cuts)
            for area_id, cell in zip(cells.index, cells.to_dict("records"), strict=True):
                error = cell["rounding_error"]
                rows[(level, str(area_id))].append(
                    (
                        level,
                        division,
                        str(area_id),
                        str(names[area_id]),
                        indicator_id,
                        day,
                        float(cell["value"]),
                        str(cell["status"]),
                        str(cell["source_id"]),
                        0.0 if pd.isna(error) else float(error),
                        "; ".join(filter(None, (cell["recomputed"], cell["note"]))),
                        str(cell["recomputed"]),
                        segment,
                    )
                )
    return pd.DataFrame([row for place in rows.values() for row in place], columns=list(COLUMNS))


def shown(points: pd.DataFrame, mode: Mode, base: dt.date, *, percent: bool) -> pd.DataFrame:
    """Return what a line chart shows, in a further column ``shown``.

    Parameters
    ----------
    points : DataFrame
        As of `series`.
    mode : Mode
        The values; the index with the value of ``base`` as 100; or the change since the first
        comparable point.
    base : date
        Stichtag of the index.
    percent : bool
        Whether change is told in per cent of the first point.

    Returns
    -------
    DataFrame
        Without the points that cannot be compared with their base.

    Examples
    --------
    >>> points = pd.DataFrame(
    ...     {
    ...         "level": "l",
    ...         "area_id": "a",
    ...         "date": [dt.date(2010, 1, 1), dt.date(2020, 1, 1)],
    ...         "value": [50.0, 60.0],
    ...         "segment": 0,
    ...     }
    ... )
    >>> shown(points, Mode.INDEX, dt.date(2010, 1, 1), percent=True)["shown"].tolist()
    [100.0, 120.0]
    >>> shown(points, Mode.SINCE_START, dt.date(2010, 1, 1), percent=True)["shown"].tolist()
    [0.0, 20.0]
    """
    if mode is Mode.ABSOLUTE or points.empty:
        return points.assign(shown=points["value"])
    keys = ["level", "area_id", "segment"]
    if mode is Mode.INDEX:
        bases = points.loc[points["date"] == base, [*keys, "value"]]
    else:
        bases = points.sort_values("date").groupby(keys, sort=False)["value"].first().reset_index()
    based = points.merge(bases.rename(columns={"value": "base"}), on=keys, how="inner")
    if mode is Mode.INDEX:
        based = based[based["base"] > 0]
        result = based["value"] / based["base"] * 100
    elif percent:
        based = based[based["base"] > 0]
        result = (based["value"] - based["base"]) / based["base"] * 100
    else:
        result = based["value"] - based["base"]
    return based.assign(shown=result).drop(columns="base").reset_index(drop=True)
