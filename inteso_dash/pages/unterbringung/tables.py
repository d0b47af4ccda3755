"""What the page shows, as tables with German heads; the file has more columns than the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import pandas as pd

from inteso_dash.catalogue.tables import joined_ids, source_ids
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.measures.distribution import Verdict
from inteso_dash.pages.unterbringung.fairness import (
    REST,
    Concentration,
    Fairness,
    Key,
    KeyPart,
    Parts,
)
from inteso_dash.pages.unterbringung.history import openings, points, published_sites
from inteso_dash.pages.unterbringung.sheet import FileTable
from inteso_dash.pages.unterbringung.situation import Rest, Situation, accommodation

VERDICTS = {
    Verdict.ABOVE: "über dem Soll nach jeder Gewichtung",
    Verdict.BELOW: "unter dem Soll nach jeder Gewichtung",
    Verdict.DEPENDS: "hängt von der Gewichtung ab",
}
SIGNS = {Verdict.ABOVE: "▲", Verdict.BELOW: "▼", Verdict.DEPENDS: "◆"}
"""Signs of the verdicts in charts and maps, which do not rely on colour."""
PART_TITLES = {
    KeyPart.POPULATION: "Einwohner",
    KeyPart.AREA: "Fläche",
    KeyPart.NEED: "Soziale Lage",
}

ALONE = "das Gebiet ohne eigene Zahl"
"""What is called so where it is the only one."""
_COMPUTED = STATUS_MEANINGS[Status.COMPUTED].title
_REACHED = "im Gebiet und im Umkreis"


def area_sheet(city: City, shown: Situation) -> FileTable:
    """List every area with its figures, the highest rate first."""
    rows = shown.areas.sort_values(["rate", "persons"], ascending=False)
    sources = situation_sources(city, shown).loc[rows.index]
    table = pd.DataFrame(
        {
            "Schlüssel": rows.index,
            "Name": rows["name"],
            "Untergebrachte": rows["persons"],
            "je 1.000 Einwohner": rows["rate"],
            **{title: rows[column] for column, title in shown.statuses.items()},
            "Unterkünfte": rows["sites"],
            "Größte Unterkunft": rows["largest"],
            "Name der größten": rows["largest_name"].replace("", None),
            "Plätze": rows["places"],
            "Nutzbare Plätze": rows["usable"],
            "Freie Plätze": rows["free"],
            "Belegung (%)": rows["occupancy"],
            "Einwohner": rows["population"],
            "Status": city.status_titles(rows),
            "Stichtag": shown.date,
            "Stichtag Einwohner": shown.population_date,
            "Quelle": [city.source_titles(ids) for ids in sources],
        }
    ).reset_index(drop=True)
    file_only = ("Schlüssel", "Stichtag", "Stichtag Einwohner", "Quelle")
    return FileTable("Alle Gebiete", table, file_only)


def fairness_sheet(
    city: City, shown: Situation, parts: Parts, key: Key, result: Fairness
) -> FileTable:
    """List every area beside its target, the one furthest above first, and the key.

    Amounts are persons, shares per cent; the quotient is the share of an area in the persons over
    its share in the target.

    Parameters
    ----------
    city : City
    shown : Situation
    parts : Parts
    key : mapping of KeyPart to float
        Weights in percent.
    result : Fairness
        Of these parts after this key.
    """
    rows = result.table.sort_values("difference", ascending=False)
    weights: dict[str, object] = {
        f"Gewicht {PART_TITLES[part]} (%)": float(key.get(part, 0.0)) for part in PART_TITLES
    }
    weights["Soziale Lage nach"] = city.catalogue.indicator(parts.need).title.de
    table = pd.DataFrame(
        {
            "Gebiet": [group_name(shown, parts, str(area)) for area in rows.index],
            "Untergebrachte": rows["persons"],
            "Soll": rows["target"],
            "Ist minus Soll": rows["difference"],
            "Ist durch Soll": rows["quotient"],
            "Anteil (%)": rows["share"] * 100,
            "Soll-Anteil (%)": rows["target_share"] * 100,
            "Niedrigstes Soll": rows["lowest"],
            "Höchstes Soll": rows["highest"],
            "Urteil": [
                f"{SIGNS[Verdict(each)]} {VERDICTS[Verdict(each)]}" for each in rows["verdict"]
            ],
            **weights,
            **_origin(city, shown, key_sources(city, shown, parts)),
        }
    ).reset_index(drop=True)
    return FileTable("Ist und Soll", table, (*weights, "Status", "Stichtag", "Quelle"))


def group_name(shown: Situation, parts: Parts, key: str) -> str:
    """Name of an area, or of the areas taken together."""
    if key == REST and parts.has_rest and shown.rest is not None:
        return rest_name(shown.rest)
    return str(shown.areas.at[key, "name"])


def rest_name(rest: Rest) -> str:
    """Name the areas taken together: "die übrigen 8 zusammen", "das übrige Stadtgebiet"."""
    count = len(rest.areas)
    if not rest.outside:
        return ALONE if count == 1 else f"die übrigen {count} zusammen"
    silent = f" mit {count} {'Gebiet' if count == 1 else 'Gebieten'} ohne Angabe" if count else ""
    return f"das übrige Stadtgebiet{silent}"


def _origin(city: City, shown: Situation, ids: str) -> dict[str, object]:
    return {
        "Status": _COMPUTED,
        "Stichtag": shown.date,
        "Quelle": city.source_titles(ids),
    }


def measures_sheet(
    city: City, shown: Situation, parts: Parts, found: Concentration, limit: float
) -> FileTable:
    """List the measures of concentration, and why one is absent."""
    least = "Mindestwert" if found.lower_bound else ""
    rows = [
        ("Gini-Koeffizient", found.gini, 3, found.reason or least),
        ("Dissimilaritätsindex", found.dissimilarity, 3, found.reason or least),
        (
            f"Anteil in Unterkünften über {formats.number(limit, 0)} (%)",
            None if found.above is None else found.above * 100,
            1,
            found.above_reason,
        ),
    ]
    table = pd.DataFrame(
        {
            "Maß": [title for title, _, _, _ in rows],
            "Wert": [
                None if value is None else formats.rounded(value, decimals)
                for _, value, decimals, _ in rows
            ],
            "Hinweis": [note for _, _, _, note in rows],
            **_origin(city, shown, key_sources(city, shown, parts, [KeyPart.POPULATION])),
        }
    )
    return FileTable("Maße", table)


def lorenz_sheet(city: City, shown: Situation, parts: Parts, lorenz: pd.DataFrame) -> FileTable:
    """List the points of the Lorenz curve, from the lowest to the highest rate."""
    rows = lorenz.iloc[1:]
    table = pd.DataFrame(
        {
            "bis": [group_name(shown, parts, str(key)) for key in rows.index],
            "Einwohner (%)": rows["weight"].to_numpy() * 100,
            "Untergebrachte (%)": rows["value"].to_numpy() * 100,
            **_origin(city, shown, key_sources(city, shown, parts, [KeyPart.POPULATION])),
        }
    )
    return FileTable("Lorenzkurve", table, ("Status", "Stichtag", "Quelle"))


def sizes_sheet(
    city: City, classes: pd.DataFrame, ids: str, days: dt.date | str, unit: str
) -> FileTable:
    """Say how many sites have which size; the size is in ``unit``."""
    table = pd.DataFrame(
        {
            "Größe": [
                size_words(low, high)
                for low, high in zip(classes["low"], classes["high"], strict=True)
            ],
            "Unterkünfte": classes["sites"].astype(float),
            f"{unit} zusammen": classes["total"],
            "Status": _COMPUTED,
            "Stichtag": days,
            "Quelle": city.source_titles(ids),
        }
    )
    return FileTable("Größenklassen", table, ("Status", "Stichtag", "Quelle"))


def size_words(low: float, high: float) -> str:
    """Write the bounds of a size class.

    Examples
    --------
    >>> size_words(0, 50), size_words(50, 100)
    ('bis 50', '51 bis 100')
    """
    written = formats.number(high, 0)
    return f"{formats.number(low + 1, 0)} bis {written}" if low else f"bis {written}"


def border_sheet(city: City, shown: Situation, counted: pd.DataFrame, radius: float) -> FileTable:
    """Count persons inside every area, and inside it or near it."""
    table = pd.DataFrame(
        {
            "Gebiet": [city.name(shown.level, str(key)) for key in counted.index],
            "im Gebiet": counted["inside"].to_numpy(),
            _REACHED: counted["reached"].to_numpy(),
            "davon außerhalb": (counted["reached"] - counted["inside"]).to_numpy(),
            "Umkreis (m)": radius,
            **_origin(city, shown, joined_ids(shown.sites["source_id"])),
        }
    )
    return FileTable("Wirkung über Grenzen", table, ("Umkreis (m)", "Status", "Stichtag", "Quelle"))


def sites_sheet(city: City) -> FileTable:
    """List every statement on a single site; positions only where they are public."""
    listed = published_sites(city)
    table = pd.DataFrame(
        {
            "Unterkunft": listed["name"],
            "Form": listed["form"],
            "Gebiet": listed["area"].replace("", None),
            "Plätze": listed["places"],
            "Untergebrachte": listed["occupied"],
            "Stand": listed["state"].replace("", None),
            "Stichtag": listed["date"].dt.date,
            "Quelle": [city.source_titles(ids) for ids in listed["source_id"]],
        }
    )
    if not listed["lon"].notna().any():
        return FileTable("Einzelne Unterkünfte", table)
    positions = {"Länge (Grad)": "lon", "Breite (Grad)": "lat"}
    for head, column in positions.items():
        table[head] = listed[column]
    return FileTable("Einzelne Unterkünfte", table, tuple(positions))


def series_sheet(city: City, series: pd.DataFrame) -> FileTable:
    """Show the whole city over time."""
    table = pd.DataFrame(
        {
            "Reihe": series["series"],
            "Stichtag": series["date"],
            "Wert": series["value"],
            "Anteil an den Untergebrachten (%)": series["share"],
            "Anmerkung": series["note"].replace("", None),
            "Status": city.status_titles(series),
            "Quelle": [city.source_titles(ids) for ids in series["source_id"]],
        }
    )
    return FileTable("Entwicklung", table, screen=_by_date(city, series))


def _by_date(city: City, series: pd.DataFrame) -> pd.DataFrame:
    """Show one row a Stichtag; sources as numbers of `cited`."""
    values = series.pivot_table(index="date", columns="series", values="value", sort=False)
    titles = [city.catalogue.indicator(key).short.de for key in accommodation(city).statuses]
    shares = series[series["series"].isin(titles)].pivot_table(
        index="date", columns="series", values="share", sort=False
    )
    for title in shares.columns:
        values.insert(list(values.columns).index(title) + 1, f"{title} (%)", shares[title])
    numbers = {title: str(place) for place, title in enumerate(cited(city, series), 1)}
    ids = series.groupby("date")["source_id"].agg(source_ids)
    said = {
        day: ", ".join(sorted({numbers[city.source_titles(key)] for key in keys}, key=int))
        for day, keys in ids.items()
    }
    table = values.sort_index().rename_axis("Stichtag").reset_index()
    return table.assign(Quelle=[said[day] for day in table["Stichtag"]])


def cited(city: City, series: pd.DataFrame) -> list[str]:
    """List the sources of a series once each, in the order of their first figure."""
    ids = source_ids(series.sort_values("date")["source_id"])
    return list(dict.fromkeys(city.source_titles(key) for key in ids))


def events_sheet(city: City) -> FileTable:
    """List the resolutions that the chart marks, numbered as they are there."""
    events = sorted(accommodation(city).events, key=lambda event: event.date)
    rows = [
        (str(place), event.label, event.title, city.source_titles(event.source) or None)
        for place, event in enumerate(events, 1)
    ]
    return FileTable(
        "Beschlüsse",
        pd.DataFrame(rows, columns=["Marke", "Zeit", "Beschluss", "Quelle"]),
        ("Quelle",),
    )


def openings_sheet(city: City) -> FileTable:
    """Say from when to when every site was open."""
    rows = openings(city)
    table = pd.DataFrame(
        {
            "Unterkunft": rows["name"],
            "Form": rows["form"],
            "Eröffnet": rows["opened"].dt.date,
            "Geschlossen": rows["closed"].dt.date,
            "Plätze": rows["places"],
            "Stichtag": rows["date"].dt.date,
            "Quelle": [city.source_titles(ids) for ids in rows["source_id"]],
        }
    )
    return FileTable("Zeitleiste der Unterkünfte", table, ("Stichtag", "Quelle"))


def forms_sheet(city: City, forms: pd.DataFrame, day: dt.date, ids: str, unnamed: str) -> FileTable:
    """Show places by form, and places that no form is named for."""
    table = pd.DataFrame(
        {
            "Form": [str(form) or unnamed for form in forms.index],
            "Plätze": forms["places"].to_numpy(),
            "Anteil (%)": forms["share"].to_numpy(),
            "Unterkünfte": forms["sites"].to_numpy(),
            "Mittlere Größe": forms["mean"].to_numpy(),
            "Stichtag": day,
            "Quelle": city.source_titles(ids),
        }
    )
    return FileTable("Formen", table, ("Stichtag", "Quelle"))


def points_sheet(city: City, shown: Situation) -> FileTable:
    """List the offices, ordered by the areas that they serve."""
    rows = points(city, shown).sort_values(["areas", "name"], key=_natural)
    heads = {
        "areas": "Gebiete",
        "name": "Name",
        "operator": "Träger",
        "address": "Ort",
        "persons": "Untergebrachte",
        "per_point": "je Stelle",
        "funding": "Förderung",
        "date": "Stand",
    }
    table = rows[list(heads)].rename(columns=heads).replace("", None).reset_index(drop=True)
    table["Stand"] = table["Stand"].str.replace(r"^(\d{4})-(\d\d)$", r"\2/\1", regex=True)
    table["Stichtag Untergebrachte"] = shown.date
    table["Quelle"] = [city.source_titles(ids) for ids in rows["source_id"]]
    return FileTable(city.catalogue.points.plural, table, ("Stichtag Untergebrachte", "Quelle"))


def _natural(column: pd.Series[str]) -> pd.Series[str]:
    """Order "Bezirk 9" before "Bezirk 10"."""
    return column.str.replace(r"\d+", lambda digits: digits[0].zfill(6), regex=True)


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
    return pd.Series({area_id: joined_ids(ids) for area_id, ids in found.items()}, dtype=str)


def key_sources(
    city: City, shown: Situation, parts: Parts, used: Collection[KeyPart] = tuple(KeyPart)
) -> str:
    """Name the sources of the persons and of the parts of a key, separated by ", "."""
    names = accommodation(city)
    of_part = {
        KeyPart.POPULATION: (names.population,),
        KeyPart.AREA: (names.area,),
        KeyPart.NEED: (parts.need, names.population),
    }
    cells = [(names.persons, shown.date)]
    cells += [
        (each, day) for part, day in parts.dates.items() if part in used for each in of_part[part]
    ]
    own = (source_id for _, source_id in _sources(city, shown.level, cells))
    return joined_ids([*shown.areas["source_id"], *own])


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
