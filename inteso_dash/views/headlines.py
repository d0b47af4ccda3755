"""Headlines drafted from the figures by rules: what is, what was, what the whole city has.

A headline states figures and their difference. It never says why, and never whether that is good.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.city import comparable as change_comparable
from inteso_dash.city.breaks import breaks
from inteso_dash.city.comparable import Compared, compared, figure, made_of, printed
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status

ROUNDING = "Werte gerundet, Veränderungen ungerundet gerechnet."
"""Said once beside a headline, never in it."""

_POINTS = {"%": ("Prozentpunkt", "Prozentpunkte"), "‰": ("Promillepunkt", "Promillepunkte")}
_HEDGES = {Status.ROUNDED: "rund ", Status.ESTIMATED: "geschätzt "}
ABOUT = "etwa "
UNCHANGED = "gerundet unverändert"
TINY = 1e-9
NAMED_ALIKE = 2
"""So many of the areas that are written alike at an end are named."""


@dataclass(frozen=True)
class SpokenDifference:
    """How a figure differs from an earlier one.

    Attributes
    ----------
    amount : str
        "5,1 %", "3,5 Prozentpunkte"; empty where nothing is left after rounding.
    word : str
        mehr, weniger, höher, niedriger; empty where nothing is left after rounding.
    """

    amount: str
    word: str

    @property
    def text(self) -> str:
        """Both, or that nothing changed."""
        return f"{self.amount} {self.word}" if self.word else UNCHANGED


@dataclass(frozen=True)
class _Basis:
    """What a headline on one area tells: its figure, the whole city's, both at an earlier day."""

    own: Compared
    whole: Compared | None
    before: Compared | None
    whole_before: Compared | None
    earlier: dt.date | None


def meaningless(indicator: Indicator, decimals: int, error: float) -> bool:
    """Say whether an error is more than a reader takes for granted.

    A count reads as exact to the digits shown; a ratio reads as rounded, until its last digit
    means nothing.
    """
    units = 1 if indicator.kind == "extensive" else 5
    return error > units * 10.0**-decimals - TINY


def spoken(told: Compared, indicator: Indicator) -> tuple[str, str]:
    """Write a figure for a sentence: how sure it is ("rund ", "etwa " or nothing), and the number.

    What rounding has made uncertain in the digits shown is about so much, without the digits
    that mean nothing.
    """
    decimals = indicator.decimals
    if told.status in _HEDGES:
        return _HEDGES[told.status], formats.number(told.value, decimals)
    if meaningless(indicator, decimals, told.error):
        return ABOUT, formats.approximate(told.value, decimals, told.error)
    return "", formats.number(told.value, decimals)


def guessed(status: str) -> str:
    """Return what is said before a figure that is an estimate; empty for all others.

    Examples
    --------
    >>> guessed("estimated"), guessed("rounded")
    ('geschätzt ', '')
    """
    return _HEDGES[Status.ESTIMATED] if status == str(Status.ESTIMATED) else ""


def with_unit(told: Compared, indicator: Indicator) -> str:
    """Write a figure for a sentence, with its unit."""
    hedge, number = spoken(told, indicator)
    return f"{hedge}{number}\u202f{indicator.unit}"


def difference(
    now: float, before: float, indicator: Indicator, errors: tuple[float, float] = (0.0, 0.0)
) -> SpokenDifference:
    """Put the difference of two figures into words, by the kind of the indicator.

    Counts differ by percent, and by their number where there was nothing before or they are
    balances; shares and rates differ by percentage points or by their unit.

    Parameters
    ----------
    now, before : float
    indicator : Indicator
        Decides kind, unit and decimals.
    errors : tuple of float
        How far rounding may have moved each of the two.
    """
    error = sum(errors)
    if 0 < abs(now - before) <= error + TINY:
        return SpokenDifference("", "")
    if indicator.kind == "extensive":
        more, less = "mehr", "weniger"
        if before > 0 and not indicator.balance:
            size, decimals, unit = (now - before) / before * 100, 1, "%"
            error = (errors[0] + errors[1] * now / before) / before * 100
        else:
            size, decimals, unit = now - before, indicator.decimals, ""
    else:
        more, less = "höher", "niedriger"
        size, decimals, unit = now - before, indicator.decimals, step(indicator.unit)
    rounded = formats.rounded(abs(size), decimals)
    if not rounded:
        return SpokenDifference("", "")
    one, many = _POINTS.get(indicator.unit, ("", "")) if unit else ("", "")
    unsure = meaningless(indicator, decimals, error)
    written = formats.approximate(abs(size), decimals, error if unsure else 0.0)
    amount = f"{ABOUT if unsure else ''}{written}"
    if unit == many and many:
        amount += f" {one if written == '1' else many}"
    elif unit:
        amount += f"\u202f{unit}"
    return SpokenDifference(amount, more if size > 0 else less)


def step(unit: str) -> str:
    """Return the unit of a difference: percentage points for percent, none for "je 100".

    Examples
    --------
    >>> step("%"), step("je 100"), step("Jahre")
    ('Prozentpunkte', '', 'Jahre')
    """
    if unit in _POINTS:
        return _POINTS[unit][1]
    return "" if unit.startswith("je ") else unit


def locative(city: City, level: str, area_id: str) -> str:
    """Say where something is that is in an area: "im Stadtbezirk 6", "in der Altstadt".

    Empty where the catalogue does not say how.
    """
    declared = city.catalogue.level(level)
    own = declared.locatives.get(area_id)
    return own or declared.locative.format(name=city.name(level, area_id))


def since(before: dt.date, now: dt.date) -> str:
    """Write an earlier Stichtag after "als" or "seit": the year alone where both end a year.

    Examples
    --------
    >>> since(dt.date(2015, 12, 31), dt.date(2021, 12, 31))
    '2015'
    >>> since(dt.date(2017, 2, 28), dt.date(2017, 12, 31))
    'am 28.02.2017'
    """
    ends = all((day.month, day.day) == (12, 31) for day in (before, now))
    return f"{before.year}" if ends and before.year != now.year else f"am {formats.date(before)}"


def of_area(city: City, indicator: Indicator, level: str, area_id: str, date: dt.date) -> str:
    """Draft a headline on one figure of one area.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level, area_id : str
    date : date
        Stichtag of the figure.

    Returns
    -------
    str
        "Im Stadtbezirk 6 leben 66.957 Menschen, 5,1 % mehr als 2015; in der Stadt waren es 2,4 %."
        Where there is no value, what the status says instead.
    """
    found = _basis(city, indicator, level, area_id, date)
    if found is None:
        cell = city.current_cell(level, area_id, indicator.id, date)
        status = Status.NOT_DELIVERED if cell is None else Status(cell["status"])
        said = f"{indicator.title.de}, {formats.date(date)}: {STATUS_MEANINGS[status].title}"
        return f"{city.name(level, area_id)}: {said}."
    text = _opening(city, indicator, level, area_id, found.own, date)
    own = _changed(indicator, found.own, found.before)
    if own is not None and found.earlier is not None:
        than = "als" if own.word else "gegenüber"
        text += f", {own.text} {than} {_after(than, since(found.earlier, date))}"
        text += _made(city, indicator, found.before)
    if found.whole is None:
        return f"{text}."
    changed = _changed(indicator, found.whole, found.whole_before)
    made = "" if text.endswith(")") else _made(city, indicator, found.whole_before)
    return f"{text}; {_comparison(city, indicator, found.whole, own, changed)}{made}."


def figures(
    city: City, indicator: Indicator, level: str, area_id: str, date: dt.date
) -> tuple[Compared, ...]:
    """Return all figures that a headline on one area tells, those of earlier Stichtage too.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level, area_id : str
    date : date
    """
    found = _basis(city, indicator, level, area_id, date)
    if found is None:
        return ()
    every = (found.own, found.whole, found.before, found.whole_before)
    return tuple(each for each in every if each is not None)


def _basis(
    city: City, indicator: Indicator, level: str, area_id: str, date: dt.date
) -> _Basis | None:
    root, own = city.catalogue.root.id, city.catalogue.city.id
    here = printed(city, level, area_id, indicator.id, date)
    if here is None:
        return None
    whole = None if level == root else printed(city, root, own, indicator.id, date)
    earlier = earlier_date(city, indicator, level, area_id, date)
    if earlier is None:
        return _Basis(here, whole, None, None, None)
    before = compared(city, level, area_id, indicator.id, earlier)
    of_city = None if whole is None else change_comparable.whole(city, indicator.id, earlier)
    return _Basis(here, whole, before, of_city, earlier)


def _changed(
    indicator: Indicator, now: Compared, before: Compared | None
) -> SpokenDifference | None:
    if before is None:
        return None
    return difference(now.value, before.value, indicator, (now.error, before.error))


def _made(city: City, indicator: Indicator, before: Compared | None) -> str:
    if before is None or not before.recomputed:
        return ""
    return f" ({made_of(city, indicator)})"


def of_level(city: City, indicator: Indicator, level: str, date: dt.date) -> str:
    """Draft a headline on a map: the whole city, and for rates the span of the areas.

    Parameters
    ----------
    city : City
    indicator : Indicator
    level : str
        Level of the areas.
    date : date
        Stichtag of the figures.
    """
    told = told_of(city, level, indicator, date)
    spread = indicator.kind == "intensive" or city.reference(indicator.id, date) is None
    said = [] if told is None else [of_area(city, indicator, *told, date).removesuffix(".")]
    values = city.values(level, indicator.id, date)["value"]
    if spread and values.notna().sum() > 1:
        said.append(_span(city, indicator, level, date))
    if not said:
        plural = city.catalogue.level(level).plural
        return f"{indicator.title.de}: keine Angabe für die {formats.definite(plural)}."
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def figures_of_level(
    city: City, indicator: Indicator, level: str, date: dt.date
) -> tuple[Compared, ...]:
    """Return the figures that a headline on a map tells of an area by name, as `figures`."""
    told = told_of(city, level, indicator, date)
    return () if told is None else figures(city, indicator, *told, date)


def told_of(city: City, level: str, indicator: Indicator, date: dt.date) -> tuple[str, str] | None:
    """Return level and area that a headline on a map speaks of by name.

    The whole city, or the only area that has a value where the city has none.
    """
    known = city.known(level, indicator.id, date)
    if city.reference(indicator.id, date) is not None:
        return city.catalogue.root.id, city.catalogue.city.id
    return (level, str(known.index[0])) if len(known) == 1 else None


def _span(city: City, indicator: Indicator, level: str, date: dt.date) -> str:
    plural = city.catalogue.level(level).plural
    cells = city.values(level, indicator.id, date)
    verb, ends = reach(cells, city.areas(level)["name"], indicator)
    verb = in_time(city, verb, date)
    subject = f"die {formats.definite(plural)} {verb}" if indicator.statement else f"{plural}:"
    return f"{subject} {ends}"


def reach(cells: pd.DataFrame, names: pd.Series[str], indicator: Indicator) -> tuple[str, str]:
    """Say between which values areas lie, and which of them lie at the ends.

    Parameters
    ----------
    cells : DataFrame
        As `City.values` returns them, with a value at least.
    names : Series
        By area_id.
    indicator : Indicator

    Returns
    -------
    str, str
        Verb, and what follows: "reichen" and "von 0,2 % (Lotharstraße) bis 48,7 % (Hassels-Nord)".
        What is written alike is named together; where all values are, "liegen" and "durchweg bei
        20,0 %". Of a single value, "liegt" and "20,0 % (Altstadt)".
    """
    values, digits = cells["value"].astype(float).dropna(), indicator.decimals

    def at(end: str) -> tuple[str, list[str]]:
        told = with_unit(figure(cells.loc[[end]].iloc[0]), indicator)
        told += "n" if indicator.unit.endswith("unkte") else ""
        near = values[(values - values[end]).abs() <= 10.0**-digits]
        written = formats.rounded(values[end], digits)
        alike = [area for area, each in near.items() if formats.rounded(each, digits) == written]
        return told, [str(names.get(area, area)) for area in alike]

    ends = [at(str(values.idxmin())), at(str(values.idxmax()))]
    low, high = (f"{told} ({formats.listed(areas, most=NAMED_ALIKE)})" for told, areas in ends)
    if len(values) == 1:
        return "liegt", low
    if len(ends[0][1]) == len(values):
        return "liegen", f"durchweg bei {ends[0][0]}"
    return "reichen", f"von {low} bis {high}"


def earlier_date(
    city: City, indicator: Indicator, level: str, area_id: str, date: dt.date
) -> dt.date | None:
    """Return the last Stichtag before this one that the figure can be compared with.

    Both the area and the whole city have a value then, and nothing that `change.breaks` knows
    lies between, for neither of them. There is none where a figure of this Stichtag contradicts
    the counts that it is made of.
    """
    root, own = city.catalogue.root.id, city.catalogue.city.id
    here = ((level, area_id), (root, own))
    if any(
        key in city.known(at, indicator.id, date).index
        and compared(city, at, key, indicator.id, date).recomputed
        for at, key in here
    ):
        return None
    levels = {level, city.catalogue.root.id}
    for day in reversed(city.dates(level, indicator.id)):
        comparable = (
            day < date
            and city.reference(indicator.id, day) is not None
            and not any(breaks(city, indicator.id, each, (day, date)) for each in levels)
        )
        if comparable and area_id in city.known(level, indicator.id, day).index:
            return day
    return None


def in_time(city: City, said: str, date: dt.date) -> str:
    """Put what begins with its verb into the past where the city has newer figures.

    Empty where it belongs there and the verb is not known.
    """
    return formats.past(said) if date < city.newest else said


def _opening(
    city: City, indicator: Indicator, level: str, area_id: str, own: Compared, date: dt.date
) -> str:
    hedge, number = spoken(own, indicator)
    written = f"{hedge}{number}\u202f{indicator.unit}"
    place = locative(city, level, area_id)
    statement = in_time(city, indicator.statement, date)
    counted = indicator.kind == "extensive"
    if counted and number == "1":
        return f"{city.name(level, area_id)}: {indicator.title.de} {hedge}{number}"
    if not place or not statement:
        return f"{city.name(level, area_id)}: {indicator.title.de} {written}"
    said = statement.format(value=f"{hedge}{number}" if counted else written)
    return f"{place[0].upper()}{place[1:]} {said}"


def _comparison(
    city: City,
    indicator: Indicator,
    whole: Compared,
    own: SpokenDifference | None,
    changed: SpokenDifference | None,
) -> str:
    """Say what the whole city has: the change of counts, the value of rates."""
    declared = city.catalogue.city
    place = declared.locative or f"{declared.name}:"
    short = not declared.locative
    hedge, number = spoken(whole, indicator)
    value = f"{hedge}{number}\u202f{indicator.unit}"
    if indicator.kind == "extensive":
        if own is None or changed is None:
            return f"{place} {hedge}{number}" if indicator.statement else f"{place} {value}"
        if not changed.word and not own.word:
            return f"{place} ebenso"
        if changed.word and changed.word == own.word and not short:
            return f"{place} waren es {changed.amount}"
        return f"{place} {changed.text}"
    before_value = indicator.statement.partition("{value}")[0].split()
    ends = indicator.statement.endswith("{value}")
    if short or not before_value:
        text = f"{place} {value}"
    else:
        text = f"{place} {before_value[-1]} {value}" if ends else f"{place} {value}"
    return text if own is None or changed is None else f"{text}, {changed.text}"


def _after(than: str, when: str) -> str:
    """Write a Stichtag after "gegenüber", which takes no "am"."""
    return f"dem {when.removeprefix('am ')}" if than != "als" and when.startswith("am ") else when
