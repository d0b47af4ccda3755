"""Where a series of figures breaks: declared, inherited, or shared by figures of one source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from inteso_dash.catalogue import Catalogue
from inteso_dash.catalogue.indicators import Break, Indicator
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City

_SHARED = "{reason} Das betrifft auch Zahlen derselben Quelle auf anderen Ebenen."
_INHERITED = "{reason} Das betrifft auch, was sich auf „{base}“ stützt."

_DIVISION = "Die Zahlen ab diesem Stichtag gehören zur Gliederung {new}, die davor zu {old}."


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
    before it; one declared for the level of an official area counts for own areas made of such.

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
    asked = indicator_id, level, tuple(sorted(days))
    return city.once(Break, asked, lambda: _breaks(city, *asked))


def _breaks(
    city: City, indicator_id: str, level: str, ordered: Sequence[dt.date]
) -> tuple[Break, ...]:
    from inteso_dash.city.own_areas import part_levels

    declared = {
        each.date: each
        for own in part_levels(city, level)
        for each in declared_breaks(city.catalogue, indicator_id, own)
    }
    found = [each.model_copy(update={"level": level}) for each in declared.values()]
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
    return set(source_ids(cells.loc[cells["value"].notna(), "source_id"].unique()))
