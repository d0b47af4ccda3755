"""Which sources stand behind what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import pandas as pd

from inteso_dash.accommodation.fairness import Part, Parts
from inteso_dash.accommodation.situation import Situation, accommodation
from inteso_dash.city import City


def situation_sources(city: City, shown: Situation) -> pd.Series[str]:
    """Name the sources of everything that is known of every area and of the whole city.

    Returns
    -------
    Series
        Ids, separated by ", "; index: the areas of ``shown`` and the id of the city.
    """
    names = accommodation(city)
    counted = (names.persons, names.places, names.usable, names.sites, *names.statuses)
    cells: list[tuple[str, dt.date]] = [(each, shown.date) for each in counted]
    if shown.population_date is not None:
        cells.append((names.population, shown.population_date))
    found: dict[str, list[str]] = {str(key): [] for key in (*shown.areas.index, _city(city))}
    for area_id, source_id in _sources(city, shown.level, cells):
        found[area_id].append(source_id)
    for site in shown.sites.itertuples():
        if site.area_id in found:
            found[str(site.area_id)].append(str(site.source_id))
    return pd.Series({area_id: joined(ids) for area_id, ids in found.items()}, dtype=str)


def key_sources(
    city: City, shown: Situation, parts: Parts, used: Collection[Part] = tuple(Part)
) -> str:
    """Name the sources of the persons and of the parts of a key, separated by ", "."""
    names = accommodation(city)
    of_part = {
        Part.POPULATION: (names.population,),
        Part.AREA: (names.area,),
        Part.NEED: (names.need, names.population),
    }
    cells = [(names.persons, shown.date)]
    cells += [
        (each, day) for part, day in parts.dates.items() if part in used for each in of_part[part]
    ]
    own = (source_id for _, source_id in _sources(city, shown.level, cells))
    return joined([*shown.areas["source_id"], *own])


def joined(ids: Iterable[str]) -> str:
    """Join ids of sources, each of them once.

    Examples
    --------
    >>> joined(["amt", "", "zeitung, amt"])
    'amt, zeitung'
    """
    single = [key for each in ids for key in each.split(", ") if key]
    return ", ".join(dict.fromkeys(single))


def _sources(
    city: City, level: str, cells: Iterable[tuple[str, dt.date]]
) -> Iterable[tuple[str, str]]:
    root = city.catalogue.root.id
    for indicator_id, day in cells:
        for of_level in dict.fromkeys((level, root)):
            values = city.values(of_level, indicator_id, day)
            known = values[values["value"].notna()]
            yield from zip(known.index.astype(str), known["source_id"].astype(str), strict=True)


def _city(city: City) -> str:
    return city.catalogue.city.id
