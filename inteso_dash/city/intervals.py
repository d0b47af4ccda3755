"""How far chance alone may move the shares and rates of a city, from what is shown of it alone.

An interval is made of the value, the base and the counts as they are shown, with their rounding.
So nothing follows from it that does not follow from these; where one of them is withheld there is
none. A full count from a register is no sample: the interval says how far the figure would move by
chance alone if the risk stayed the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city.aggregation.together import contained, inherited
from inteso_dash.city.aggregation.wide import NO_VALUE, ON_ESTIMATES
from inteso_dash.city.lookup import Cells
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.intervals import (
    LEVEL,
    Chance,
    Numbers,
    PossibleCounts,
    differing,
    joint_level,
    p_values,
    rank_ranges,
    rate_interval,
)

_METHODS = {Chance.SHARE: "Wilson", Chance.RATE: "Byar"}
_DERIVED, _ROUNDED = "Zahl aus gerundetem Wert und Bezugsgröße", "gerundete Zahlen"
_COUNT = "Anzahl: kein Anteil und keine Rate."
_MEAN = (
    "Mittel, Betrag oder Index: Wie weit der Zufall ihn bewegt, hängt von der Streuung der "
    "einzelnen Werte ab, und die ist nicht bekannt."
)
_BALANCE = (
    "Saldo oder Veränderung, jedenfalls nicht als Anteil ab null erklärt: Wie weit der Zufall den "
    "Wert bewegt, hängt dann von den Zahlen ab, deren Unterschied er ist."
)
_DENSITY = "Dichte oder Anteil an Fläche oder Geld: Gemessen, nicht gezählt."
_QUOTIENT = "Quotient zweier Teile derselben Bevölkerung: weder Anteil noch Rate."
_UNKNOWN = "Wie groß das ist, worauf sich der Wert bezieht, ist nicht veröffentlicht."
_NO_BASE = "Wie groß das ist, worauf sich der Wert bezieht, ist hier nicht bekannt."
_GUESSED = "Geschätzt: Wie weit der Wert daneben liegen kann, sagt sein Hinweis."
_NEAR = 1e-9
_MOST_KEPT = 2**17
"""Rows of what a city keeps: of 200 areas all indicators at a few Stichtage and levels of sureness,
of more areas fewer."""
_MEASURED = frozenset({"ha", "km²", "m²", "qm", "qkm", "€", "EUR", "Euro", "Tsd. €", "Mio. €"})


@dataclass(frozen=True)
class CityIntervals:
    """Intervals of one indicator for the areas of a level at one Stichtag.

    Attributes
    ----------
    indicator : Indicator
    confidence : float
        0 to 1.
    chance : Chance or None
        None where the indicator has no intervals.
    reason : str
        Why, in German.
    areas : Index
        area_id, of those alone that have a value.
    columns : mapping of str to array
        In their order value (as shown), base (persons …), lower, upper (in the unit of the
        indicator, NaN where there is no interval), method (how it was made, empty where it was
        not), reason (why not, in German).
    counts : PossibleCounts
        What the shown figures allow, in the same order; NaN where there is no interval.
    reference : (float, float) or None
        The whole city's value as it is shown, and how far its rounding may be off.
    """

    indicator: Indicator
    confidence: float
    chance: Chance | None
    reason: str
    areas: pd.Index
    columns: Mapping[str, npt.NDArray[Any]]
    counts: PossibleCounts
    reference: tuple[float, float] | None = None

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The columns as a table; index area_id."""
        return pd.DataFrame(dict(self.columns), index=self.areas)

    @property
    def known(self) -> pd.Series[bool]:
        """Which areas have an interval."""
        return self.cells["lower"].notna()

    @cached_property
    def scale(self) -> float:
        """By what a count by its base is multiplied to give the value."""
        return self.indicator.per or 1.0

    @cached_property
    def holds_reference(self) -> pd.Series[bool]:
        """Whether the interval of an area by itself holds the city's value; index as `differing`.

        Empty where the city has no value.
        """
        if self.reference is None:
            return pd.Series(dtype=bool)
        value, error = self.reference
        own = self.cells[self.known]
        return (own["lower"] <= value + error) & (own["upper"] >= value - error)

    def of(self, area_id: str) -> tuple[float, float, bool | None] | None:
        """Bounds of an area, and whether they hold the city's value (None where it has none).

        None where the area has no interval.
        """
        if area_id not in self.areas:
            return None
        at = self.areas.get_loc(area_id)
        lower, upper = (float(self.columns[side][at]) for side in ("lower", "upper"))
        if np.isnan(lower):
            return None
        if self.reference is None:
            return lower, upper, None
        value, error = self.reference
        return lower, upper, lower <= value + error and upper >= value - error

    @cached_property
    def differing(self) -> pd.Series[bool]:
        """Which areas differ from the whole city, corrected for the number of areas.

        Index area_id, those alone that have an interval; empty where the city has no value.
        """
        if self.chance is None or self.reference is None:
            return pd.Series(dtype=bool)
        reference, error = self.reference
        p = p_values(self.chance, self.counts, reference / self.scale, error / self.scale)
        found = pd.Series(differing(p, self.confidence), index=self.cells.index)
        return found[self.known]

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Between which ranks each area may lie, for all areas at once.

        Index area_id, those alone that have an interval; columns first, last (ranks among all
        areas with a value: one without an interval may lie above or below), lower, upper (the
        joint intervals, in the indicator's unit).
        """
        known = self.known.to_numpy()
        if self.chance is None or not known.any():
            return pd.DataFrame(columns=["first", "last", "lower", "upper"], dtype=float)
        level = joint_level(self.confidence, int(known.sum()))
        lower, upper = (each[known] for each in rate_interval(self.chance, self.counts, level))
        first, last = rank_ranges(lower, upper)
        anywhere = int((~known).sum())
        columns = {"first": first, "last": last + anywhere, "lower": lower, "upper": upper}
        made = pd.DataFrame(columns, index=self.cells.index[known])
        return made.assign(lower=made["lower"] * self.scale, upper=made["upper"] * self.scale)


def chance_of(catalogue: Catalogue, indicator: Indicator) -> tuple[Chance | None, str]:
    """Say how chance moves an indicator, or why its intervals cannot be told.

    A share is what lies between 0 and its factor (100 of per cent) by ``range``; a rate has no
    upper end. Both count something by something counted. What is computed from counts and says
    nothing of its range begins at 0, and ends at 100 where it is in per cent.

    Parameters
    ----------
    catalogue : Catalogue
    indicator : Indicator

    Returns
    -------
    Chance or None
    str
        Why there is none, in German; empty where there is.
    """
    if indicator.kind == "extensive":
        return None, _COUNT
    scale, (low, high) = indicator.per, indicator.range
    if indicator.numerator and (low, high) == (None, None):
        low, high = 0.0, scale if indicator.unit == "%" else None
    below = indicator.denominator or indicator.weight
    balance = any(catalogue.indicator(part).balance for part in indicator.numerator)
    if indicator.change_of is not None or balance or (scale is not None and low != 0):
        return None, _BALANCE
    parts = [catalogue.indicator(each) for each in (*indicator.numerator, *below)]
    if any(part.unit in _MEASURED or part.kind == "intensive" for part in parts):
        return None, _DENSITY
    if scale is None:
        return None, _MEAN
    if not below:
        return None, _UNKNOWN
    if _apart(catalogue, indicator):
        return None, _QUOTIENT
    return (Chance.SHARE if high == scale else Chance.RATE), ""


def _apart(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Say whether numerator and denominator are different parts of one whole."""
    above, below = set(indicator.numerator), set(indicator.denominator)
    if not above or not below or above & below:
        return False
    return any(
        above | below <= set(parts) for each in catalogue.indicators for parts in each.partitions
    )


def intervals(
    city: City,
    level: str,
    indicator_id: str,
    day: dt.date,
    confidence: float = LEVEL,
    values: pd.DataFrame | None = None,
) -> CityIntervals:
    """Work out the intervals of one indicator for all areas of a level.

    Those of the city's own values are kept with it.

    Where the counts are shown and give the value within rounding, they are taken; elsewhere the
    count is worked out from the value and its base, each off by its rounding at most.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    day : date
    confidence : float
        0 to 1.
    values : DataFrame, optional
        As `City.values` returns them, which are taken by default.

    Raises
    ------
    ValueError
        If ``confidence`` is not between 0 and 1.
    """
    indicator = city.catalogue.indicator(indicator_id)
    if values is not None:
        return _intervals(city, level, indicator, day, confidence, Cells.of(values))
    return city.once(
        CityIntervals,
        (level, indicator_id, day, confidence),
        lambda: _intervals(
            city, level, indicator, day, confidence, city.cells(level, indicator_id, day)
        ),
        most=max(1, _MOST_KEPT // len(city.areas(level))),
    )


def _intervals(
    city: City,
    level: str,
    indicator: Indicator,
    day: dt.date,
    confidence: float,
    values: Cells,
) -> CityIntervals:
    chance, reason = chance_of(city.catalogue, indicator)
    valued = ~np.isnan(values.columns["value"])
    rows = values if valued.all() else values.where(valued)
    exact, rounding = (rows.columns[each] for each in ("value", "rounding_error"))
    shown = as_written(exact, indicator)
    if chance is None:
        none, why = np.full(len(shown), np.nan), np.full(len(shown), reason, dtype=object)
        numbers = dict.fromkeys(("base", "lower", "upper"), none)
        columns = {"value": shown, **numbers, "method": np.full_like(why, ""), "reason": why}
        counts = PossibleCounts(none, none, none, none)
        return CityIntervals(indicator, confidence, None, reason, rows.areas, columns, counts)
    known = _shown_counts(city, level, indicator, day, rows)
    scale, error = indicator.per or 1.0, _error(exact, rounding, shown, indicator)
    counts, counted = _possible(known, shown / scale, error / scale)
    lower, upper = (each * scale for each in rate_interval(chance, counts, confidence))
    made = f"{_METHODS[chance]}, {level_words(confidence)}"
    exact = counted & (counts.lowest == counts.highest)
    method = np.where(exact, made, np.where(counted, f"{made}, {_ROUNDED}", f"{made}, {_DERIVED}"))
    there = ~np.isnan(lower)
    why = np.where(known.guessed, _GUESSED, _NO_BASE)
    columns = {
        "value": shown,
        "base": known.base,
        "lower": lower,
        "upper": upper,
        "method": np.where(there, method, "").astype(object),
        "reason": np.where(there, "", why).astype(object),
    }
    reference = _reference(city, indicator, day)
    return CityIntervals(indicator, confidence, chance, "", rows.areas, columns, counts, reference)


def every_interval(city: City) -> pd.DataFrame:
    """Return the intervals of all shares and rates.

    Returns
    -------
    DataFrame
        Columns level, division, area_id, indicator_id, date, lower, upper (rounded outwards to
        the decimals of the indicator), method; no rows where there is no interval.
    """
    made = []
    for level in city.catalogue.levels:
        for indicator in city.catalogue.indicators:
            for day in city.dates(level.id, indicator.id):
                cells = intervals(city, level.id, indicator.id, day).cells.dropna(subset="lower")
                pairs = zip(cells["lower"], cells["upper"], strict=True)
                bounds = [formats.outward(*each, indicator.decimals) for each in pairs]
                division = city.division(level.id, day, indicator.id)
                place = (level.id, division, indicator.id, day)
                told = zip(cells.index, bounds, cells["method"], strict=True)
                made += [
                    (*place[:2], area, *place[2:], *map(float, own), method)
                    for area, own, method in told
                ]
    heads = ("level", "division", "area_id", "indicator_id", "date", "lower", "upper", "method")
    return pd.DataFrame(made, columns=list(heads))


def level_words(confidence: float) -> str:
    """Write how sure an interval is.

    Examples
    --------
    >>> level_words(0.95), level_words(0.998)
    ('95\u202f%', '99,8\u202f%')
    """
    percent = round(confidence * 100, 1)
    return formats.with_unit(percent, 0 if percent == int(percent) else 1, "%")


@dataclass(frozen=True)
class _Shown:
    """Counts of areas as they are shown, and how far their rounding may be off.

    Attributes
    ----------
    base, base_error : array
        What values refer to; NaN where it is not shown, zero, or the value an estimate.
    count, count_error : array
        What is counted; NaN where it is not shown by itself.
    guessed : array
        Whether the value is, or rests on, an estimate.
    """

    base: Numbers
    base_error: Numbers
    count: Numbers
    count_error: Numbers
    guessed: npt.NDArray[np.bool_]


def _shown_counts(
    city: City, level: str, indicator: Indicator, day: dt.date, rows: Cells
) -> _Shown:
    place = (city, level, day, rows.areas)
    together = _together(city, level, indicator, day)
    base, base_error = _added(*place, indicator.denominator or indicator.weight, together)
    told = zip(rows.columns["note"], rows.columns["status"], strict=True)
    guessed = np.array(
        [ON_ESTIMATES in str(note) or status == Status.ESTIMATED for note, status in told],
        dtype=bool,
    )
    usable = (base - base_error > 0) & ~guessed
    implied = any(city.catalogue.indicator(each).derived for each in indicator.numerator)
    count = error = np.full(len(base), np.nan)
    if indicator.numerator and not implied:
        count, error = _added(*place, indicator.numerator, {})
    base, base_error = (np.where(usable, each, np.nan) for each in (base, base_error))
    return _Shown(base, base_error, count, error, guessed)


def _possible(
    known: _Shown, ratio: Numbers, error: Numbers
) -> tuple[PossibleCounts, npt.NDArray[np.bool_]]:
    """Return what counts are possible, and where they are shown and give the value."""
    derived = PossibleCounts.of_ratio(ratio, known.base, error, known.base_error)
    own = PossibleCounts.counted(known.count, known.base, known.count_error, known.base_error)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = own.lowest / own.lowest_of, own.highest / own.highest_of
    counted = (low <= ratio + error + _NEAR) & (high >= ratio - error - _NEAR)
    return PossibleCounts(
        np.where(counted, own.lowest, derived.lowest),
        np.where(counted, own.lowest_of, derived.lowest_of),
        np.where(counted, own.highest, derived.highest),
        np.where(counted, own.highest_of, derived.highest_of),
    ), counted


def _reference(city: City, indicator: Indicator, day: dt.date) -> tuple[float, float] | None:
    root = city.catalogue.root.id
    cell = city.cell(root, city.catalogue.city.id, indicator.id, day)
    if cell is None or pd.isna(cell["value"]):
        return None
    exact, rounding = (np.array([cell[each]], float) for each in ("value", "rounding_error"))
    shown = as_written(exact, indicator)
    return float(shown[0]), float(_error(exact, rounding, shown, indicator)[0])


def as_written(values: pd.Series | Numbers, indicator: Indicator) -> Numbers:
    """Return values with the decimals that they are shown with, as `formats.rounded` rounds."""
    exact, scale = np.asarray(values, dtype=float), 10.0**indicator.decimals
    rounded: Numbers = np.copysign(np.floor(np.abs(exact) * scale + 0.5 + _NEAR) / scale, exact)
    return np.round(rounded, indicator.decimals) + 0.0


def _error(exact: Numbers, rounding: Numbers, shown: Numbers, indicator: Indicator) -> Numbers:
    """Return how far values as they are shown may be off by rounding, theirs and that of parts."""
    own = np.nan_to_num(rounding)
    half = 0.5 * 10.0**-indicator.decimals
    written = np.abs(exact - shown) < _NEAR
    error: Numbers = np.where(written, np.maximum(own, half), own + half)
    return error


def _together(city: City, level: str, indicator: Indicator, day: dt.date) -> dict[str, str]:
    """Return the areas whose figures are published with another's: area → the one that holds it."""
    division = city.division(level, day, indicator.id)

    def found() -> Mapping[str, Mapping[str, str]]:
        merged = city.merged
        there = (merged["level"] == level) & (merged["date"] == pd.Timestamp(day))
        own = merged[there & (merged["division"] == division)]
        return inherited(contained(own), city.catalogue)

    together = city.once("together", (level, day, division), found)
    return dict(together.get(indicator.id, {}))


def _added(
    city: City,
    level: str,
    day: dt.date,
    index: pd.Index,
    parts: Iterable[str],
    together: dict[str, str],
) -> tuple[Numbers, Numbers]:
    """Add up counts as they are shown, and their errors; NaN where one is not shown."""
    total, error = np.zeros(len(index)), np.zeros(len(index))
    for part in parts:
        cells = city.cells(level, part, day)
        value = as_written(cells.columns["value"], city.catalogue.indicator(part))
        own = np.nan_to_num(cells.columns["rounding_error"])
        if together:
            absent = np.isnan(value) & pd.Index(cells.columns["status"]).isin(NO_VALUE)
            held = np.where(absent, 0.0, value)
            sides = (together.keys(), together.values())
            pairs = (cells.areas.get_indexer(pd.Index(side)) for side in sides)
            for member, holder in zip(*pairs, strict=True):
                if member >= 0 and holder >= 0:
                    value[holder] += held[member]
                    own[holder] += own[member]
        if not cells.areas.equals(index):
            at = cells.areas.get_indexer(index)
            value, own = (np.where(at < 0, np.nan, each[at]) for each in (value, own))
        total += value
        error += own
    return total, error
