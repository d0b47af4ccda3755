"""What the page gives away: own areas as a table that says what they are made of."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from inteso_dash.catalogue.own_areas import OwnAreas
from inteso_dash.city import City
from inteso_dash.city.cut_areas import share_words
from inteso_dash.city.own_areas import parts_words
from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete import content
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.views.statement import Statement, statement


def table(city: City, own: OwnAreas) -> pd.DataFrame:
    """Return own areas with the keys and names of their parts, and how many people live in them.

    Parameters
    ----------
    city : City
        With their level.
    own : OwnAreas

    Returns
    -------
    DataFrame
        Schlüssel, Name, Teile, Schlüssel der Teile, Farbe, Bemerkung; where the city counts its
        people also their number, Status, Stichtag and Hinweis. Areas that are not shown are left
        out.
    """
    made_of, indicator = content.made_of(city, own), content.population(city)
    day = content.population_day(city, own.level)
    rows = []
    for area in own.areas:
        if not city.has_area(own.level, area.id):
            continue
        made = made_of[area.id]
        keys = [f"{level} {key}" for level, key in made.cover]
        keys += [share_words(f"{level} {key}", share) for (level, key), share in made.cut]
        row: dict[str, object] = {
            "Schlüssel": area.id,
            "Name": area.name,
            "Teile": parts_words(city, made),
            "Schlüssel der Teile": ", ".join(keys),
        }
        if indicator is not None and day is not None:
            cell = city.values(own.level, indicator.id, day).loc[area.id]
            row |= {
                f"{indicator.title.de} ({indicator.unit})": formats.rounded(
                    float(str(cell["value"])), indicator.decimals
                ),
                "Status": city.status_title(str(cell["status"]), str(cell["source_id"])),
                "Stichtag": day,
                "Hinweis": str(cell["note"]),
            }
        rows.append({**row, "Farbe": area.colour, "Bemerkung": area.remark})
    return pd.DataFrame(rows, dtype=object)


def told(city: City, own: OwnAreas, *, address: str = "", boundaries: str = "") -> Statement:
    """Describe a file of the page.

    Parameters
    ----------
    city : City
    own : OwnAreas
    address, boundaries : str
        As in `inteso_dash.views.statement.statement`.
    """
    indicator, day = content.population(city), content.population_day(city, own.level)
    dates, sources = list[dt.date](), list[str]()
    if indicator is not None and day is not None:
        dates, sources = [day], list(city.values(own.level, indicator.id, day)["source_id"])
    return statement(
        city,
        what=own.title,
        where=TEXTS["made_of"].format(count=len(own.areas), city=city.catalogue.city.name),
        dates=dates,
        source_ids=sources,
        address=address,
        boundaries=boundaries,
    )
