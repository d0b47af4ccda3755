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
from inteso_dash.city.comparable import Compared, compared, made_of
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status

ROUNDING = "Werte gerundet, Veränderungen ungerundet gerechnet."
"""Said once beside a headline, never in it."""

_POINTS = {"%": ("Prozentpunkt", "Prozentpunkte"), "‰": ("Promillepunkt", "Promillepunkte")}
_HEDGES = {Status.ROUNDED: "rund ", Status.ESTIMATED: "geschätzt "}
_SAME = "gerundet unverändert"


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
        return f"{self.amount} {self.word}" if self.word else _SAME


def difference(now: float, before: float, indicator: Indicator) -> SpokenDifference:
    """Put the difference of two figures into words, by the kind of the indicator.

    Counts differ by percent, and by their number where there was nothing before or they are
    balances; shares and rates differ by percentage points or by their unit.

    Parameters
    ----------
    now, before : float
    indicator : Indicator
        Decides kind, unit and decimals.
    """
    if indicator.kind == "extensive":
        more, less = "mehr", "weniger"
        if before > 0 and indicator.midpoint is None:
            size, decimals, unit = (now - before) / before * 100, 1, "%"
        else:
            size, decimals, unit = now - before, indicator.decimals, ""
    else:
        more, less = "höher", "niedriger"
        size, decimals, unit = now - before, indicator.decimals, _step(indicator.unit)
    rounded = formats.rounded(abs(size), decimals)
    if not rounded:
        return SpokenDifference("", "")
    one, many = _POINTS.get(indicator.unit, ("", "")) if unit else ("", "")
    written = formats.number(abs(size), decimals)
    if unit == many and many:
        amount = f"{written} {one if written == '1' else many}"
    else:
        amount = formats.with_unit(abs(size), decimals, unit) if unit else written
    return SpokenDifference(amount, more if size > 0 else less)


def _step(unit: str) -> str:
    """Return the unit of a difference: percentage points for percent, none for "je 100"."""
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
    cell = city.cell(level, area_id, indicator.id, date)
    if cell is None or pd.isna(cell["value"]):
        status = Status.NOT_DELIVERED if cell is None else Status(cell["status"])
        said = f"{indicator.title.de}, {formats.date(date)}: {STATUS_MEANINGS[status].title}"
        return f"{city.name(level, area_id)}: {said}."
    value = float(cell["value"])
    is_city = level == city.catalogue.root.id
    whole = None if is_city else city.reference(indicator.id, date)
    earlier = earlier_date(city, indicator, level, area_id, date)
    text = _opening(city, indicator, level, area_id, value, Status(cell["status"]))
    own = None
    if earlier is not None:
        before = compared(city, level, area_id, indicator.id, earlier)
        own = difference(value, before.value, indicator)
        than = "als" if own.word else "gegenüber"
        text += f", {own.text} {than} {_after(than, since(earlier, date))}"
        text += _made(city, indicator, before)
    if whole is None:
        return f"{text}."
    of_city = None if earlier is None else change_comparable.whole(city, indicator.id, earlier)
    changed = None if of_city is None else difference(whole, of_city.value, indicator)
    made = "" if text.endswith(")") else _made(city, indicator, of_city)
    return f"{text}; {_comparison(city, indicator, whole, own, changed)}{made}."


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
    root = city.catalogue.root
    values = city.known(level, indicator.id, date)
    whole = city.reference(indicator.id, date)
    said = []
    if whole is not None:
        opening = of_area(city, indicator, root.id, city.catalogue.city.id, date)
        said.append(opening.removesuffix("."))
    if len(values) > 1 and (indicator.kind == "intensive" or whole is None):
        said.append(_span(city, indicator, level, values))
    elif len(values) == 1 and whole is None:
        only = str(values.index[0])
        return of_area(city, indicator, level, only, date)
    if not said:
        plural = city.catalogue.level(level).plural
        return f"{indicator.title.de}: keine Angabe für die {plural}."
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _span(city: City, indicator: Indicator, level: str, values: pd.Series[float]) -> str:
    names = city.areas(level)["name"]
    plural = city.catalogue.level(level).plural

    def at(area_id: str) -> str:
        value = formats.with_unit(float(values[area_id]), indicator.decimals, indicator.unit)
        return f"{value} ({names.get(area_id, area_id)})"

    low, high = at(str(values.idxmin())), at(str(values.idxmax()))
    subject = f"die {plural} reichen" if indicator.statement else f"{plural}:"
    return f"{subject} von {low} bis {high}"


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


def _opening(
    city: City, indicator: Indicator, level: str, area_id: str, value: float, status: Status
) -> str:
    hedge = _HEDGES.get(status, "")
    with_unit = hedge + formats.with_unit(value, indicator.decimals, indicator.unit)
    place = locative(city, level, area_id)
    if not place or not indicator.statement:
        return f"{city.name(level, area_id)}: {indicator.title.de} {with_unit}"
    plain = hedge + formats.number(value, indicator.decimals)
    written = plain if indicator.kind == "extensive" else with_unit
    said = indicator.statement.format(value=written)
    return f"{place[0].upper()}{place[1:]} {said}"


def _comparison(
    city: City,
    indicator: Indicator,
    whole: float,
    own: SpokenDifference | None,
    changed: SpokenDifference | None,
) -> str:
    """Say what the whole city has: the change of counts, the value of rates."""
    declared = city.catalogue.city
    place = declared.locative or f"{declared.name}:"
    short = not declared.locative
    if indicator.kind == "extensive":
        if own is None or changed is None:
            if indicator.statement:
                return f"{place} {formats.number(whole, indicator.decimals)}"
            return f"{place} {formats.with_unit(whole, indicator.decimals, indicator.unit)}"
        if not changed.word and not own.word:
            return f"{place} ebenso"
        if changed.word and changed.word == own.word and not short:
            return f"{place} waren es {changed.amount}"
        return f"{place} {changed.text}"
    value = formats.with_unit(whole, indicator.decimals, indicator.unit)
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
