"""The age structure of an area beside that of the whole city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.pages.stadtteilprofil.profile import Profile
from inteso_dash.views.figures import Bar, Bars

_SHARE_DECIMALS = 1
TITLE = "Altersstruktur, {place}"


def age_bars(city: City, result: Profile) -> Bars | None:
    """Return the shares of the age groups of an area beside others, the oldest on top.

    Groups that are counts are shown as their share of the whole that they are declared to be parts
    of, else of their sum.

    Parameters
    ----------
    city : City
        Its catalogue names the age groups, youngest first.
    result : Profile

    Returns
    -------
    Bars or None
        None where one of the groups, or the whole they are parts of, has no value.
    """
    groups, whole_name = city.catalogue.start.age_groups, city.catalogue.city.name
    bars: list[Bar] = []
    unit = ""
    for key in groups:
        line = result.line(key)
        if line is None or line.own.value is None:
            return None
        place, day, indicator = result.place, line.date, line.indicator
        own = _share(city, groups, indicator, place.level, place.area_id, day)
        if own is None:
            return None
        root = city.catalogue.root.id
        whole = None
        if place.level != root:
            whole = _share(city, groups, indicator, root, city.catalogue.city.id, day)
        decimals = _SHARE_DECIMALS if indicator.kind == "extensive" else indicator.decimals
        unit = "%" if indicator.kind == "extensive" else indicator.unit
        bars.append(
            Bar(
                _label(city, indicator),
                own,
                formats.with_unit(own, decimals, unit),
                whole,
                "" if whole is None else formats.with_unit(whole, decimals, unit),
                others=tuple(
                    _share(city, groups, indicator, other.level, other.area_id, day)
                    for other in result.others
                ),
            )
        )
    if not bars:
        return None
    title = TITLE.format(place=result.place.name)
    named = (whole_name, *(other.name for other in result.others))
    said = []
    for bar in bars:
        beside = [
            f"{name} {formats.with_unit(value, decimals, unit)}"
            for name, value in zip(named, (bar.reference, *bar.others), strict=True)
            if value is not None
        ]
        said.append(f"{bar.label} {bar.written}" + (f" ({', '.join(beside)})" if beside else ""))
    return Bars(
        title=title,
        unit=unit,
        decimals=1,
        words=f"{title}: {', '.join(said)}.",
        bars=tuple(reversed(bars)),
        name=result.place.name,
        reference_name=whole_name,
        other_names=tuple(other.name for other in result.others),
    )


def _label(city: City, indicator: Indicator) -> str:
    """Name an age group: a count as its share is named, where the catalogue has one."""
    shares = (each for each in city.catalogue.indicators if each.numerator == (indicator.id,))
    return next(shares, indicator).short.de


def _share(
    city: City, groups: Sequence[str], indicator: Indicator, level: str, area_id: str, day: dt.date
) -> float | None:
    """Return the share of an age group, None where it cannot be had."""

    def value(name: str) -> float | None:
        cell = city.current_cell(level, area_id, name, day)
        return None if cell is None or pd.isna(cell["value"]) else float(cell["value"])

    own = value(indicator.id)
    if indicator.kind == "intensive" or own is None:
        return own
    wholes = [
        each.id
        for each in city.catalogue.indicators
        if any(set(groups) <= set(parts) for parts in each.partitions)
    ]
    parts = [value(name) for name in (wholes[:1] or groups)]
    whole = sum(part for part in parts if part is not None)
    return None if None in parts or not whole else own / whole * 100
