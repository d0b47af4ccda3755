"""What stands out in an area: the figures that lie furthest from the whole city's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from inteso_dash.city import City
from inteso_dash.city.comparable import Compared, printed
from inteso_dash.drawing.profile_table.data import Highlights
from inteso_dash.drawing.profile_table.texts import TEXTS
from inteso_dash.language import formats
from inteso_dash.pages.stadtteilprofil.profile import Line, Profile
from inteso_dash.pages.stadtteilprofil.table.view import main_date
from inteso_dash.pages.veraenderung.reach import SMALL_BASE, counts, smallest_base
from inteso_dash.views import headlines
from inteso_dash.views.headlines import SpokenDifference

_MOST = 5
_SIGNS = ("%", "‰")
"""Units that stand at a value; the others are told with the city's."""


@dataclass(frozen=True)
class Standout:
    """A figure of an area and of the whole city, and how they differ."""

    line: Line
    own: Compared
    whole: Compared
    difference: SpokenDifference


@dataclass(frozen=True)
class ProfileStandouts:
    """The strongest deviations, the furthest first; ``small`` ones stand apart."""

    told: tuple[Standout, ...]
    small: tuple[Standout, ...]


def deviations(city: City, result: Profile) -> ProfileStandouts:
    """Pick the figures that lie furthest from the city's, one of a topic, at most five.

    As on the page on change, what rounding can explain does not stand out, and what rests on
    little stands apart. Distances are told in widths of the middle half of the areas, so that
    figures of all units can be compared; counts of an area and of a city cannot.

    Parameters
    ----------
    city : City
    result : Profile
    """
    found = [each for line in result.current if (each := _deviation(city, result, line))]
    found.sort(key=lambda each: _distance(each.line), reverse=True)
    told: dict[str, Standout] = {}
    small = []
    for each in found:
        topic = each.line.indicator.topic
        if topic in told:
            continue
        if _rests_on_little(city, result, each.line):
            small.append(each)
            continue
        told[topic] = each
        if len(told) == _MOST:
            break
    return ProfileStandouts(tuple(told.values()), tuple(small))


def _distance(line: Line) -> float:
    """Return the distance from the city in widths of the middle half; 0 where there is none."""
    spread = line.spread
    if spread is None or spread.area is None or spread.reference is None:
        return 0.0
    width = spread.upper_quartile - spread.lower_quartile
    return abs(spread.area - spread.reference) / width if width else 0.0


def _deviation(city: City, result: Profile, line: Line) -> Standout | None:
    root, place = city.catalogue.root.id, result.place
    if line.indicator.kind != "intensive" or place.level == root or not _distance(line):
        return None
    own = printed(city, place.level, place.area_id, line.indicator.id, line.date)
    whole = printed(city, root, city.catalogue.city.id, line.indicator.id, line.date)
    if own is None or whole is None:
        return None
    errors = (own.error, whole.error)
    difference = headlines.difference(own.value, whole.value, line.indicator, errors)
    return Standout(line, own, whole, difference) if difference.word else None


def _rests_on_little(city: City, result: Profile, line: Line) -> bool:
    """Say whether so few are counted under a figure that it may be chance."""
    indicator = line.indicator
    parts = [city.catalogue.indicator(part) for part in indicator.denominator or indicator.weight]
    if not parts or not all(map(counts, parts)):
        return False
    level = result.place.level
    base = city.once(
        smallest_base,
        (level, indicator.id, line.date),
        lambda: smallest_base(city, level, indicator, [line.date]),
    )
    return bool(base.get(result.place.area_id, SMALL_BASE) < SMALL_BASE)


def highlights(city: City, result: Profile) -> Highlights | None:
    """Say what stands out, None where nothing does.

    Parameters
    ----------
    city : City
    result : Profile
    """
    found = deviations(city, result)
    if not found.told:
        return None
    level = city.catalogue.level(result.place.level)
    day = main_date(result.current)
    note = TEXTS["highlights_note"].format(
        plural=formats.definite(level.plural), date=formats.date(day)
    )
    if found.small:
        names = formats.listed([each.line.indicator.short.de for each in found.small])
        note += " " + TEXTS["highlights_small"].format(names=names)
    entries = tuple(_entry(city, each, day) for each in found.told)
    return Highlights(TEXTS["highlights"], entries, note)


def _entry(city: City, told: Standout, day: dt.date) -> tuple[str, str, str]:
    indicator, line = told.line.indicator, told.line
    beside = TEXTS["highlight"].format(
        difference=told.difference.text,
        city=city.catalogue.city.locative or city.catalogue.city.name,
        value=headlines.with_unit(told.whole, indicator),
    )
    said = [beside]
    if line.rank is not None:
        said.append(TEXTS["highlight_rank"].format(rank=line.rank, count=line.count))
    if line.date != day:
        said.append(TEXTS["as_of"].format(date=formats.date(line.date)))
    sign = f"\u202f{indicator.unit}" if indicator.unit in _SIGNS else ""
    value = "".join(headlines.spoken(told.own, indicator)) + sign
    return indicator.short.de, value, ", ".join(said)
