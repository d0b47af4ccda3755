"""Two Stichtage of an indicator compared for all areas of a level, and what stands out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from inteso_dash.catalogue.indicators import Break, Indicator
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.city.comparable import Compared, comparable, whole
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.classes import ranks
from inteso_dash.pages.veraenderung.reach import SMALL_BASE, counts, smallest_base
from inteso_dash.views.statement import estimates

_POINTS = {"%": "Prozentpunkte", "‰": "Promillepunkte"}
_MIN_RANKED = 3
_MOST = 5
_TINY = 1e-9
_WEAKEST = (
    Status.SUPPRESSED,
    Status.UNINHABITED,
    Status.MERGED,
    Status.NOT_DELIVERED,
    Status.ESTIMATED,
    Status.ROUNDED,
)


class Measure(StrEnum):
    """Ways to tell the change between two Stichtage."""

    ABSOLUTE = "change"
    PERCENT = "percent"
    RELATIVE = "relative"

    @property
    def lowest(self) -> float | None:
        """What no change can fall below: an amount loses at most all of itself."""
        return -100.0 if self is Measure.PERCENT else None


def tells_percent(indicator: Indicator) -> bool:
    """Say whether a change in per cent of the earlier value makes sense.

    It does for amounts from zero on; not for shares, whose change is told in points, nor for
    balances, which may be negative.
    """
    low = indicator.range[0]
    amount = low is not None and low >= 0
    return indicator.unit not in _POINTS and not indicator.balance and amount


def tells_relative(indicator: Indicator) -> bool:
    """Say whether a change can be set against the city's: in per cent or in points.

    The persons that a part has gained less those that the whole has gained mean nothing.
    """
    return tells_percent(indicator) or indicator.kind == "intensive"


def measures(indicator: Indicator) -> tuple[Measure, ...]:
    """Return the measures that make sense for an indicator, the plainest first."""
    found = [Measure.ABSOLUTE]
    if tells_percent(indicator):
        found.append(Measure.PERCENT)
    if tells_relative(indicator):
        found.append(Measure.RELATIVE)
    return tuple(found)


def unit(indicator: Indicator, measure: Measure) -> str:
    """Return the unit in which a change is told.

    Shares change by points; so does the distance of two changes in per cent.
    """
    if measure is Measure.PERCENT:
        return "%"
    if measure is Measure.RELATIVE and tells_percent(indicator):
        return _POINTS["%"]
    return _POINTS.get(indicator.unit, indicator.unit)


def decimals(indicator: Indicator, measure: Measure) -> int:
    """Return the decimals with which a change is told."""
    if measure is Measure.ABSOLUTE or not tells_percent(indicator):
        return indicator.decimals
    return 1


@dataclass(frozen=True)
class CityChange:
    """The change of the whole city; None where one of the values is missing or they are parted."""

    earlier: Compared | None
    later: Compared | None
    change: float | None
    percent: float | None
    breaks: tuple[Break, ...]

    @property
    def figures(self) -> tuple[Compared, ...]:
        """The values that there are."""
        return tuple(each for each in (self.earlier, self.later) if each is not None)

    @property
    def before(self) -> float | None:
        """The earlier value."""
        return None if self.earlier is None else self.earlier.value

    @property
    def after(self) -> float | None:
        """The later value."""
        return None if self.later is None else self.later.value

    @property
    def errors(self) -> tuple[float, float]:
        """How far rounding may have moved the earlier and the later value."""
        earlier, later = self.earlier, self.later
        return (0.0 if earlier is None else earlier.error, 0.0 if later is None else later.error)

    @property
    def recomputed(self) -> str:
        """What was done to values that contradict their parts."""
        return "; ".join(each.recomputed for each in self.figures if each.recomputed)


@dataclass(frozen=True)
class Comparison:
    """Two Stichtage of one indicator, area by area.

    Attributes
    ----------
    indicator : Indicator
    level : str
    start, end : date
    areas : DataFrame
        Index area_id, every area of the level. Columns name; before, after (values);
        status_before, status_after; recomputed (what was done to a value that contradicts its
        parts, in German); status (of the change: the weaker of the two, *computed*
        where both are sound); source_before, source_after (ids); change (unit of the
        indicator or points); percent; relative (distance from the city's change); rank_before,
        rank_after, rank_move (places gained, among the areas that have both values); base (what
        the smaller of the two values rests on, NaN where that is not published); small (base
        below the threshold); estimates (how estimated values came about, in German, where `compare`
        looked them up); error_before, error_after (largest error of the values through
        rounding); error (of the change); unsure (it changed, but not by more than that).
    breaks : tuple of Break
        What parts the two Stichtage on this level: with any, no change is told.
    city : CityChange
    small_base : float
    """

    indicator: Indicator
    level: str
    start: dt.date
    end: dt.date
    areas: pd.DataFrame
    breaks: tuple[Break, ...]
    city: CityChange
    small_base: float

    @property
    def both(self) -> pd.DataFrame:
        """The areas with both values."""
        return self.areas[self.areas["before"].notna() & self.areas["after"].notna()]

    @property
    def single(self) -> pd.DataFrame:
        """The areas with only one of the two values."""
        return self.areas[self.areas["before"].notna() ^ self.areas["after"].notna()]


def from_zero(found: Comparison, measure: Measure) -> pd.Series:
    """Say which areas have both values but no change in per cent, since the first is zero."""
    both = found.areas["change"].notna()
    return both & (found.areas["before"] == 0) & found.areas[str(measure)].isna()


def compare(
    city: City,
    level: str,
    indicator_id: str,
    start: dt.date,
    end: dt.date,
    small_base: float = SMALL_BASE,
) -> Comparison:
    """Compare two Stichtage for all areas of a level.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    start, end : date
        The earlier and the later Stichtag.
    small_base : float
        Changes that rest on less are marked.

    Raises
    ------
    ValueError
        If ``start`` is not before ``end``.
    """
    if start >= end:
        raise ValueError(f"start {start}, end {end}; expected start before end")
    indicator = city.catalogue.indicator(indicator_id)
    before, after = (comparable(city, level, indicator_id, day) for day in (start, end))
    order = after.index.union(before.index, sort=False).sort_values()
    names = _names(city, level, indicator_id, order.tolist(), (end, start))
    values = before.reindex(order), after.reindex(order)
    found = compare_values(
        city,
        indicator,
        level,
        (start, end),
        values,
        pd.Series(names, index=order),
        breaks(city, indicator_id, level, (start, end)),
        small_base=small_base,
    )
    days = map(formats.date, (start, end))
    said = [_estimates(each, day) for each, day in zip(values, days, strict=True)]
    told = ["; ".join(filter(None, each)) for each in zip(*said, strict=True)]
    return replace(found, areas=found.areas.assign(estimates=told))


def estimated(found: Comparison) -> tuple[str, ...]:
    """Say what estimated values of either Stichtag rest on and how far they may be off."""
    return estimates(zip(found.areas["status"], found.areas["estimates"], strict=True), "Gebieten")


def _estimates(values: pd.DataFrame, day: str) -> list[str]:
    """Say of estimated values of a Stichtag how they were estimated."""
    cells = zip(values["status"], values["note"], strict=True)
    estimated = str(Status.ESTIMATED)
    return [f"{day}: {note}" if status == estimated and note else "" for status, note in cells]


def compare_values(
    city: City,
    indicator: Indicator,
    level: str,
    days: tuple[dt.date, dt.date],
    values: tuple[pd.DataFrame, pd.DataFrame],
    names: pd.Series,
    cuts: tuple[Break, ...],
    *,
    base: pd.Series | None = None,
    small_base: float = SMALL_BASE,
) -> Comparison:
    """Compare two Stichtage whose values are at hand.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level : str
    days : tuple of date
        The earlier and the later Stichtag.
    values : tuple of DataFrame
        For each, the same index area_id; columns value, status, source_id, rounding_error, note,
        and recomputed where they come from `comparable`.
    names : Series
        Name of every area.
    cuts : tuple of Break
        What parts the two Stichtage.
    base : Series, optional
        What the smaller of the two values rests on; looked up in the city where not given.
    small_base : float
        Changes that rest on less are marked.
    """
    before, after = values
    order = after.index
    of_city = _city_change(city, indicator, *days)
    areas = pd.DataFrame(
        {
            "name": names,
            "before": before["value"].astype(float),
            "after": after["value"].astype(float),
            "status_before": before["status"].fillna(str(Status.NOT_DELIVERED)),
            "status_after": after["status"].fillna(str(Status.NOT_DELIVERED)),
            "source_before": before["source_id"].fillna(""),
            "source_after": after["source_id"].fillna(""),
            "recomputed": [
                "; ".join(filter(None, said))
                for said in zip(*map(_recomputed, values), strict=True)
            ],
        },
        index=order,
    )
    nothing = pd.Series(np.nan, index=order, dtype=float)
    difference = nothing if cuts else areas["after"] - areas["before"]
    percent = (
        difference / areas["before"].where(areas["before"] > 0) * 100
        if tells_percent(indicator)
        else nothing
    )
    relative = nothing
    compared = tells_relative(indicator) and level != city.catalogue.root.id
    if of_city.change is not None and compared:
        relative = (
            percent - (np.nan if of_city.percent is None else of_city.percent)
            if tells_percent(indicator)
            else difference - of_city.change
        )
    known = difference.notna()
    if base is None:
        base = _base(city, level, indicator, areas, days)
    areas = areas.assign(
        status=[
            _status(str(one), str(other))
            for one, other in zip(areas["status_before"], areas["status_after"], strict=True)
        ],
        change=difference,
        percent=percent,
        relative=relative,
        rank_before=ranks(areas["before"].where(known)),
        rank_after=ranks(areas["after"].where(known)),
        base=base,
        small=(base < small_base) & known,
        error_before=before["rounding_error"].astype(float).fillna(0.0),
        error_after=after["rounding_error"].astype(float).fillna(0.0),
    )
    areas["error"] = (areas["error_before"] + areas["error_after"]).where(known)
    moved = areas["change"].abs()
    areas["unsure"] = (moved > 0) & (moved <= areas["error"] + _TINY)
    areas["rank_move"] = areas["rank_before"] - areas["rank_after"]
    if known.sum() < _MIN_RANKED:
        areas[["rank_before", "rank_after", "rank_move"]] = pd.NA
    return Comparison(indicator, level, *days, areas, cuts, of_city, small_base)


def _recomputed(values: pd.DataFrame) -> pd.Series:
    if "recomputed" not in values:
        return pd.Series("", index=values.index)
    return values["recomputed"].fillna("")


def _status(before: str, after: str) -> str:
    """Return the status of a change: the weaker of its two values', else computed."""
    return next((str(each) for each in _WEAKEST if each in (before, after)), str(Status.COMPUTED))


def _names(
    city: City, level: str, indicator_id: str, keys: list[str], days: tuple[dt.date, ...]
) -> list[str]:
    listed: dict[str, str] = {}
    for day in reversed(days):
        named = city.areas(level, city.division(level, day, indicator_id))["name"]
        listed |= {str(key): str(name) for key, name in named.items()}
    return [listed[key] for key in keys]


def _city_change(city: City, indicator: Indicator, start: dt.date, end: dt.date) -> CityChange:
    earlier, later = (whole(city, indicator.id, day) for day in (start, end))
    cuts = breaks(city, indicator.id, city.catalogue.root.id, (start, end))
    if earlier is None or later is None or cuts:
        return CityChange(earlier, later, None, None, cuts)
    before, after = earlier.value, later.value
    percent = (after / before - 1) * 100 if tells_percent(indicator) and before > 0 else None
    return CityChange(earlier, later, after - before, percent, ())


def _base(
    city: City,
    level: str,
    indicator: Indicator,
    areas: pd.DataFrame,
    days: tuple[dt.date, dt.date],
) -> pd.Series:
    """Return what the values rest on: counts on themselves, ratios on what they are shares of."""
    if counts(indicator):
        return areas[["before", "after"]].min(axis=1, skipna=False)
    return smallest_base(city, level, indicator, days).reindex(areas.index)


def _errors(found: Comparison, measure: Measure) -> pd.Series:
    """Return how far rounding may have moved the changes, in the unit of a measure."""
    areas, of_city = found.areas, sum(found.city.errors)
    percent = measure is Measure.PERCENT or tells_percent(found.indicator)
    if measure is Measure.ABSOLUTE or not percent:
        return areas["error"] + (of_city if measure is Measure.RELATIVE else 0.0)
    ratio = areas["after"] / areas["before"]
    errors = (areas["error_after"] + areas["error_before"] * ratio) / areas["before"] * 100
    if measure is Measure.RELATIVE and found.city.before:
        errors += of_city / found.city.before * 100
    return errors


@dataclass(frozen=True)
class Standouts:
    """What stands out: ids of areas, the strongest first; ``small`` ones stand apart.

    Attributes
    ----------
    measure : Measure
        By which rises and falls are told.
    rises, falls : tuple of str
        Areas above and below the city's change (or zero, where the city has none).
    moves : tuple of str
        Areas whose rank moved most, up or down.
    small : tuple of str
        Areas that would stand among them if so little did not rest under them.
    """

    measure: Measure
    rises: tuple[str, ...]
    falls: tuple[str, ...]
    moves: tuple[str, ...]
    small: tuple[str, ...]


def standouts(found: Comparison) -> Standouts:
    """Pick the strongest rises and falls relative to the city, and the largest moves in rank.

    Every list holds five areas at most.
    """
    areas = found.areas
    measure = next(
        (
            each
            for each in (Measure.RELATIVE, Measure.PERCENT, Measure.ABSOLUTE)
            if areas[str(each)].notna().any()
        ),
        Measure.ABSOLUTE,
    )
    plain = areas[~areas["small"]]
    small = areas[areas["small"]]
    told = plain[str(measure)].dropna()
    nothing = 10.0 ** -decimals(found.indicator, measure) / 2
    told = told[
        told.abs() > _errors(found, measure).reindex(told.index).clip(lower=nothing) + _TINY
    ]
    rises = told[told > 0].sort_values(ascending=False, kind="stable").head(_MOST)
    falls = told[told < 0].sort_values(kind="stable").head(_MOST)
    moved = plain["rank_move"].dropna().astype(int)
    moved = moved[moved != 0]
    moves = moved.loc[moved.abs().sort_values(ascending=False, kind="stable").index].head(_MOST)
    least = {
        "rise": rises.min() if len(rises) == _MOST else 0.0,
        "fall": falls.max() if len(falls) == _MOST else 0.0,
    }
    apart = small[str(measure)].dropna()
    apart = apart[(apart > least["rise"]) | (apart < least["fall"])]
    apart = apart.loc[apart.abs().sort_values(ascending=False, kind="stable").index]
    return Standouts(
        measure,
        tuple(map(str, rises.index)),
        tuple(map(str, falls.index)),
        tuple(map(str, moves.index)),
        tuple(map(str, apart.index)),
    )
