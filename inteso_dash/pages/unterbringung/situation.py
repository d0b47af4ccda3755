"""Who carries how much: persons, places and sites of every area at one Stichtag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inteso_dash.catalogue.city import Accommodation
from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.city.own_areas import extent, own_area_at
from inteso_dash.language.statuses import Status
from inteso_dash.tables.register import Areas
from inteso_dash.tables.sources.places import uncounted

PER = 1000
_AMOUNTS = ("persons", "places", "usable", "sites")


@dataclass(frozen=True)
class MappedFigure:
    """One of the figures that the page can show for every area."""

    id: str
    title: str
    unit: str
    decimals: int


MEASURES = (
    MappedFigure("rate", "Untergebrachte je 1.000 Einwohner", "je 1.000 Einwohner", 1),
    MappedFigure("persons", "Untergebrachte Personen", "Personen", 0),
    MappedFigure("places", "Plätze", "Plätze", 0),
    MappedFigure("usable", "Nutzbare Plätze", "Plätze", 0),
    MappedFigure("free", "Freie Plätze", "Plätze", 0),
    MappedFigure("occupancy", "Belegung", "%", 1),
)
"""What the map can show: columns of `Situation.areas`."""


@dataclass(frozen=True)
class Rest:
    """The areas that no source names a figure for, taken together.

    ``outside`` says that what lies in none of the level's areas is with them.
    """

    areas: tuple[str, ...]
    persons: float
    population: float | None
    outside: bool = False


@dataclass(frozen=True)
class Situation:
    """All areas of a level at one Stichtag.

    Attributes
    ----------
    level : str
    date : date
    areas : DataFrame
        Index area_id; name, persons, places, usable, sites, population, free, occupancy, rate,
        largest (persons in the largest site), largest_name, status, source_id, and the persons of
        every legal status.
    total : Series
        The same amounts of the whole city, NaN where unknown.
    statuses : mapping of str to str
        Columns with persons by legal status and what they are called.
    population_date : date or None
        Stichtag of the population that the rates refer to.
    rest : Rest or None
        None where every area has a figure, none has, or the city has none or less than they.
    sites : DataFrame
        Sites of the Stichtag where a table lists them all; column area_id is that of the level,
        empty where a site names no area or a larger one.
    overlapping : bool
        Whether something lies, or may lie, in two of the areas, so that they are not added up.
    """

    level: str
    date: dt.date
    areas: pd.DataFrame
    total: pd.Series[float]
    statuses: Mapping[str, str]
    population_date: dt.date | None
    rest: Rest | None
    sites: pd.DataFrame
    overlapping: bool = False

    @property
    def known(self) -> pd.DataFrame:
        """Areas with a number of persons."""
        return self.areas[self.areas["persons"].notna()]

    @property
    def unplaced(self) -> float:
        """Persons in sites whose area is not known."""
        return float(self.sites.loc[self.sites["area_id"] == "", "occupied"].sum())


def accommodation(city: City) -> Accommodation:
    """Return what the catalogue declares about accommodation.

    Raises
    ------
    KeyError
        If it declares nothing.
    """
    if city.catalogue.accommodation is None:
        raise KeyError("accommodation")
    return city.catalogue.accommodation


def source_notes(city: City) -> dict[tuple[str, str, str, dt.date], str]:
    """Return what public sources remark on single figures, by level, area, indicator, Stichtag."""
    public = {key for key, source in city.catalogue.sources.items() if source.public}
    found: dict[tuple[str, str, str, dt.date], str] = {}
    for printed in city.printed.values():
        noted = printed[printed["note"].ne("") & printed["source_id"].isin(public)]
        keys = [noted[column].astype(str) for column in ("level", "area_id", "indicator_id")]
        places = zip(*keys, noted["date"].dt.date, strict=True)
        found |= dict(zip(places, noted["note"].astype(str), strict=True))
    return found


def levels(city: City) -> tuple[str, ...]:
    """Return the levels below the city that have any figure, the declared one first."""
    first = accommodation(city).level
    found = [
        level.id
        for level in city.catalogue.levels
        if level.parent and not city.areas(level.id).empty and dates(city, level.id)
    ]
    return tuple(sorted(found, key=lambda level: level != first))


def dates(city: City, level: str) -> tuple[dt.date, ...]:
    """Return the Stichtage for which the level has a number of persons, oldest first."""
    found = set(city.current_dates(level, accommodation(city).persons))
    sites = city.sites[city.sites["complete"] & city.sites["occupied"].notna()]
    for date in sites["date"].dropna().dt.date.unique():
        if snapshot(city, level, date)["area_id"].ne("").any():
            found.add(date)
    return tuple(sorted(found))


def snapshot(city: City, level: str, date: dt.date) -> pd.DataFrame:
    """Return the sites that were open on a Stichtag for which a table lists them all.

    A site counts from the day it opens until the day before it closes, and once however often it
    stands there; `left_out` names the others. Of areas that overlap, or that cut those which sites
    are listed by, there are none.

    Parameters
    ----------
    city : City
    level : str
    date : date

    Returns
    -------
    DataFrame
        Columns of `City.sites`; area_id is that of the level.
    """
    there = _of_day(city, date)
    chosen = there[uncounted(there) == ""].reset_index(drop=True)
    if not extent(city, level).apart:
        return chosen.iloc[:0]
    areas = Areas(city.register)
    keys = [
        own_area_at(city, level, (own, key)) or areas.at(city.catalogue, own, key, level)
        for own, key in zip(chosen["level"], chosen["area_id"], strict=True)
    ]
    return chosen.assign(area_id=pd.Series(keys, dtype=str), level=level)


def left_out(city: City, date: dt.date) -> pd.DataFrame:
    """Return the sites of a complete list that do not count on its Stichtag.

    Returns
    -------
    DataFrame
        Columns of `City.sites` and ``reason``, in German.
    """
    there = _of_day(city, date)
    there = there.assign(reason=uncounted(there))
    return there[there["reason"] != ""].reset_index(drop=True)


def _of_day(city: City, date: dt.date) -> pd.DataFrame:
    sites = city.sites
    return sites[sites["complete"] & (sites["date"] == pd.Timestamp(date))]


def published(city: City, level: str, indicator_id: str, date: dt.date) -> pd.DataFrame:
    """Return `City.values` of the current areas: nothing where they are of an earlier division."""
    cells = city.values(level, indicator_id, date)
    if city.division(level, date, indicator_id) != city.catalogue.level(level).current.id:
        cells = cells.iloc[:0]
    return cells.reindex(city.areas(level).index)


def situation(city: City, level: str, date: dt.date) -> Situation:
    """Gather what is known of all areas of a level at a Stichtag.

    Published area counts come first; where a table lists all sites of the Stichtag, their sums
    fill what no area count names.

    Parameters
    ----------
    city : City
    level : str
    date : date
    """
    return city.once(Situation, (level, date), lambda: _situation(city, level, date))


def _situation(city: City, level: str, date: dt.date) -> Situation:
    names = accommodation(city)
    sites = snapshot(city, level, date)
    areas = city.areas(level)[["name"]].copy()
    for column in _AMOUNTS:
        cells = published(city, level, getattr(names, column), date)
        areas[column] = cells["value"].astype(float)
    people = published(city, level, names.persons, date)
    areas["status"] = people["status"].fillna(str(Status.NOT_DELIVERED))
    areas["source_id"] = people["source_id"].fillna("")
    areas = _with_sites(areas, sites)
    total = pd.Series({column: _whole(city, getattr(names, column), date) for column in _AMOUNTS})
    for column in names.statuses:
        areas[column] = published(city, level, column, date)["value"].astype(float)
        total[column] = _whole(city, column, date)
        if np.isnan(total[column]):
            total[column] = areas[column].sum(skipna=False)
    for column in _AMOUNTS:
        if np.isnan(total[column]) and areas[column].notna().all():
            outside = sites.loc[sites["area_id"] == "", SITE_COLUMN[column]]
            total[column] = areas[column].sum() + _sum_of(column, outside)
    known = areas.index[areas["persons"].notna()]
    population_date = nearest_date(city, level, names.population, date, known)
    areas["population"], total["population"] = np.nan, np.nan
    if population_date is not None:
        population = city.values(level, names.population, population_date)["value"]
        areas["population"] = population.reindex(areas.index).astype(float)
        total["population"] = _whole(city, names.population, population_date)
    areas, total = _with_ratios(areas), _with_ratios(total.to_frame().T).iloc[0]
    statuses = {column: city.catalogue.indicator(column).short.de for column in names.statuses}
    lie = extent(city, level)
    rest = _rest(areas, total, outside=not lie.whole) if lie.apart else None
    return Situation(
        level, date, areas, total, statuses, population_date, rest, sites, not lie.apart
    )


SITE_COLUMN = {"persons": "occupied", "places": "places", "usable": "usable", "sites": "places"}


def _sum_of(column: str, cells: pd.Series[float]) -> float:
    if column == "sites":
        return float(len(cells))
    return float(cells.sum(skipna=False))


def _with_sites(areas: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Fill gaps with the sums of a complete list of sites, and name the largest site."""
    areas = areas.assign(largest=np.nan, largest_name="")
    if sites.empty:
        return areas
    source = joined_ids(sorted(set(sites["source_id"])))
    for area_id in areas.index:
        own = sites[sites["area_id"] == area_id]
        secret = areas.at[area_id, "status"] == str(Status.SUPPRESSED)
        for column in _AMOUNTS:
            if bool(areas[column].isna()[area_id]) and not (secret and column == "persons"):
                found = _sum_of(column, own[SITE_COLUMN[column]])
                areas.at[area_id, column] = found
                if column == "persons" and not np.isnan(found):
                    areas.at[area_id, "status"] = str(Status.COMPUTED)
                    areas.at[area_id, "source_id"] = source
        if own["occupied"].notna().any():
            largest = own.loc[own["occupied"].idxmax()]
            areas.at[area_id, "largest"] = largest["occupied"]
            areas.at[area_id, "largest_name"] = largest["name"]
    return areas


def _with_ratios(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.astype(dict.fromkeys((*_AMOUNTS, "population"), float))
    available = rows["usable"].fillna(rows["places"])
    return rows.assign(
        free=available - rows["persons"],
        occupancy=rows["persons"] / available.where(available > 0) * 100,
        rate=rows["persons"] / rows["population"].where(rows["population"] > 0) * PER,
    )


def _whole(city: City, indicator_id: str, date: dt.date) -> float:
    value = city.reference(indicator_id, date)
    return np.nan if value is None else value


def _rest(areas: pd.DataFrame, total: pd.Series[float], *, outside: bool) -> Rest | None:
    silent = areas["persons"].isna()
    if not (silent.any() or outside) or silent.all() or np.isnan(total["persons"]):
        return None
    persons = float(total["persons"] - areas.loc[~silent, "persons"].sum())
    if persons < 0:
        return None
    population = total["population"] - areas.loc[~silent, "population"].sum(skipna=False)
    people = float(population) if population >= 0 else None
    return Rest(tuple(areas.index[silent]), persons, people, outside)


def nearest_date(
    city: City, level: str, indicator_id: str, date: dt.date, areas: pd.Index[str]
) -> dt.date | None:
    """Return the Stichtag to compare with: the last one not after a date, else the next one.

    Parameters
    ----------
    city : City
    level, indicator_id : str
    date : date
    areas : Index
        Only Stichtage count for which all of them and the whole city have values; of an index,
        which the whole city has not, all of them.

    Returns
    -------
    date or None
        None where there is no such Stichtag.
    """
    complete = [
        day
        for day in city.current_dates(level, indicator_id)
        if city.values(level, indicator_id, day)["value"].reindex(areas).notna().all()
        and (city.catalogue.index(indicator_id) or city.reference(indicator_id, day) is not None)
    ]
    before = [day for day in complete if day <= date]
    return before[-1] if before else next(iter(complete), None)


OTHERS = "übrige Formen"
UNNAMED = "Status nicht genannt"
_MOST = 3


def by_form(shown: Situation, column: str) -> pd.DataFrame:
    """Split the persons or places of every area into the commonest forms and the others.

    A circle holds three parts at most.

    Parameters
    ----------
    shown : Situation
    column : str
        persons or places.

    Returns
    -------
    DataFrame
        Index area_id; one column a form, the others together as "übrige Formen". A single column
        with an empty name where no complete list of sites names the forms, or where it does not
        add up to the counts of the areas.
    """
    own = shown.areas[column]
    sites = shown.sites[shown.sites["area_id"] != ""]
    cells = sites.pivot_table(
        index="area_id", columns="form", values=SITE_COLUMN[column], aggfunc="sum", fill_value=0.0
    )
    cells = cells.reindex(own.index, fill_value=0.0)
    if cells.empty or not np.allclose(cells.sum(axis=1), own):
        return own.to_frame("")
    ordered = cells[cells.sum().sort_values(ascending=False).index]
    if ordered.shape[1] <= _MOST:
        return ordered
    others = ordered.iloc[:, _MOST - 1 :].sum(axis=1).rename(OTHERS)
    return pd.concat([ordered.iloc[:, : _MOST - 1], others], axis=1)


def by_status(shown: Situation) -> pd.DataFrame | None:
    """Split the persons of every area by legal status.

    Returns
    -------
    DataFrame or None
        Index area_id; one column a status, and `UNNAMED` for persons whose status no source names
        where there are any. NaN where a status of the area is not known. None where no area has
        both.
    """
    parts = shown.areas[list(shown.statuses)].rename(columns=dict(shown.statuses))
    if parts.empty or not parts.notna().all(axis=1).any():
        return None
    unnamed = (shown.areas["persons"] - parts.sum(axis=1, skipna=False)).clip(lower=0)
    return parts.assign(**{UNNAMED: unnamed}) if unnamed.gt(0).any() else parts
