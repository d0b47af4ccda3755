"""How it came about: series of the whole city, forms, sites and the offices that serve areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.language.statuses import Status
from inteso_dash.pages.unterbringung.situation import (
    Situation,
    accommodation,
    snapshot,
    source_notes,
)


def series(city: City) -> pd.DataFrame:
    """Return persons, places, free places and the status split of the whole city over time.

    Returns
    -------
    DataFrame
        Columns series (title), date, value, share (of a legal status in all persons of the day,
        in percent), source_id, status, note (what the source says of the figure); free places
        only where persons and places are of the same day.
    """
    names = accommodation(city)
    root = city.catalogue.root.id
    titles = {
        indicator_id: city.catalogue.indicator(indicator_id).short.de
        for indicator_id in (names.persons, names.places, *names.statuses)
    }
    noted = source_notes(city)
    rows = []
    values: dict[tuple[str, dt.date], tuple[float, str, str, str]] = {}
    for indicator_id, title in titles.items():
        for day in city.dates(root, indicator_id):
            cell = city.cell(root, city.catalogue.city.id, indicator_id, day)
            if cell is not None and not pd.isna(cell["value"]):
                note = noted.get((root, city.catalogue.city.id, indicator_id, day), "")
                entry = (float(cell["value"]), str(cell["source_id"]), str(cell["status"]), note)
                values[indicator_id, day] = entry
                rows.append((title, day, *entry))
    for (indicator_id, day), (places, source, *_) in values.items():
        persons = values.get((names.persons, day))
        if indicator_id == names.places and persons is not None:
            sources = joined_ids(sorted({source, persons[1]}))
            free = places - persons[0]
            rows.append(("Freie Plätze", day, free, sources, str(Status.COMPUTED), ""))
    columns = ["series", "date", "value", "source_id", "status", "note"]
    table = pd.DataFrame(rows, columns=columns)
    everybody = table["date"].map(
        {day: value for (key, day), (value, *_) in values.items() if key == names.persons}
    )
    is_status = table["series"].isin([titles[key] for key in names.statuses])
    shares = table["value"] / everybody.where(everybody > 0) * 100
    table.insert(3, "share", shares.where(is_status).astype(float))
    return table


def form_days(city: City) -> tuple[dt.date, ...]:
    """Return the Stichtage for which places by form are known, oldest first."""
    listed = city.sites.loc[city.sites["complete"], "date"].dropna().dt.date.unique()
    known = {day for day in listed if _counted(snapshot(city, accommodation(city).level, day))}
    return tuple(sorted(known | _published_days(city)))


def form_day(city: City, date: dt.date) -> dt.date | None:
    """Return the newest Stichtag of the forms that is not after a date, else the newest of all."""
    days = form_days(city)
    return max((day for day in days if day <= date), default=days[-1] if days else None)


def _published_days(city: City) -> set[dt.date]:
    root = city.catalogue.root.id
    counted = [form.places for form in accommodation(city).forms if form.places]
    return {day for places in counted for day in city.dates(root, places)}


def _counted(sites: pd.DataFrame) -> bool:
    return not sites.empty and bool(sites["places"].notna().all())


def forms(city: City, day: dt.date) -> tuple[pd.DataFrame, str]:
    """Return places, share, number of sites and mean size by form, most places first.

    A complete list of the sites of the Stichtag comes first, else published figures of the whole
    city.

    Parameters
    ----------
    city : City
    day : date
        One of `form_days`.

    Returns
    -------
    tuple
        DataFrame (index form; places, share, sites, mean) and the ids of the sources. Places of
        the city that no form is named for stand last, with an empty form.
    """
    sites = snapshot(city, accommodation(city).level, day)
    if _counted(sites):
        grouped = sites.groupby("form")["places"].agg(["sum", "size"])
        table = grouped.rename(columns={"sum": "places", "size": "sites"}).astype(float)
        source = joined_ids(sorted(set(sites["source_id"])))
        whole = float(table["places"].sum())
    else:
        source = _form_sources(city, day)
        rows = {
            form.title: {
                "places": city.reference(form.places, day),
                "sites": city.reference(form.sites, day),
            }
            for form in accommodation(city).forms
        }
        table = pd.DataFrame.from_dict(rows, orient="index", dtype=float).dropna(subset=["places"])
        named = float(table["places"].sum())
        whole = max(city.reference(accommodation(city).places, day) or named, named)
    table = table.sort_values("places", ascending=False)
    unnamed = whole - float(table["places"].sum())
    if unnamed > 0:
        table.loc["", ["places", "sites"]] = [unnamed, np.nan]
    table["share"] = table["places"] / whole * 100 if whole else np.nan
    table["mean"] = table["places"] / table["sites"].where(table["sites"] > 0)
    return table.rename_axis("form"), source


def _form_sources(city: City, day: dt.date) -> str:
    root, own = city.catalogue.root.id, city.catalogue.city.id
    cells = [city.cell(root, own, form.places, day) for form in accommodation(city).forms]
    return joined_ids(sorted({str(cell["source_id"]) for cell in cells if cell is not None}))


def published_sites(city: City) -> pd.DataFrame:
    """Return every statement on a single site, oldest first, with the name of its area."""
    table = city.sites.sort_values(["date", "name"], kind="stable").reset_index(drop=True)
    labels = [
        city.name(level, area_id) if area_id and city.has_area(level, area_id) else ""
        for level, area_id in zip(table["level"], table["area_id"], strict=True)
    ]
    return table.assign(area=labels)


def openings(city: City) -> pd.DataFrame:
    """Return sites with a known day of opening, once each, first opened first.

    Returns
    -------
    DataFrame
        Columns name, form, opened, closed (NaT where open), date (Stichtag of the newest
        statement: nothing is known after it), places, source_id.
    """
    known = city.sites[city.sites["opened"].notna()].sort_values("date", kind="stable")
    newest = known.drop_duplicates(["name", "form"], keep="last")
    columns = ["name", "form", "opened", "closed", "date", "places", "source_id"]
    return newest.sort_values(["opened", "name"])[columns].reset_index(drop=True)


def point_levels(city: City, levels: Sequence[str]) -> tuple[str, ...]:
    """Return those of the levels whose areas a point serves."""
    own = set(city.points.loc[city.points["areas"].map(len) > 0, "level"])
    return tuple(level for level in levels if level in own)


def points(city: City, shown: Situation) -> pd.DataFrame:
    """Return the offices with the persons of the areas they serve.

    Persons are shared evenly among the offices that serve an area. They are missing where one of
    the areas has no figure, or is not of the level that is shown.

    Returns
    -------
    DataFrame
        Columns name, address, areas (names), operator, funding, date, persons, per_point,
        source_id.
    """
    serving = city.points["areas"].explode().value_counts()
    rows = []
    for point in city.points.to_dict("records"):
        areas, level = list(point["areas"]), str(point["level"])
        same = level == shown.level and bool(areas)
        persons = pd.Series([np.nan]) if not same else shown.areas["persons"].reindex(areas)
        shared = persons / serving.reindex(persons.index) if same else persons
        names = [city.name(level, area) if city.has_area(level, area) else area for area in areas]
        told = {name: point[name] for name in ("name", "address", "operator", "funding", "date")}
        rows.append(
            {
                **told,
                "areas": ", ".join(names),
                "persons": persons.sum(skipna=False),
                "per_point": shared.sum(skipna=False),
                "source_id": point["source_id"],
            }
        )
    columns = ["name", "address", "areas", "operator", "funding", "date", "persons"]
    return pd.DataFrame(rows, columns=[*columns, "per_point", "source_id"])
