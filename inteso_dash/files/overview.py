"""What the figures and boundaries of a city come from, one row a table."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue.tables import Source, SourceTable
from inteso_dash.city import City
from inteso_dash.language import formats


def overview(city: City) -> pd.DataFrame:
    """List every table and every layer with origin, Stichtag, corrections and licence.

    Returns
    -------
    DataFrame
        Texts: Tabelle, Stichtag (from the first to the last; of boundaries the division),
        Herausgeber, Lizenz, Zeilen, Berichtigt (how many corrections are declared).
    """
    rows = [_table_row(city, table) for table in city.catalogue.tables]
    for layer in city.layers.values():
        level = city.catalogue.level(layer.level)
        rows.append(
            {
                "Tabelle": f"Grenzen: {level.plural}",
                "Stichtag": f"Gliederung {layer.division}",
                "Herausgeber": layer.origin.producer,
                "Lizenz": layer.origin.licence,
                "Zeilen": formats.number(layer.features, 0),
                "Berichtigt": _count(len(layer.repairs)),
            }
        )
    return pd.DataFrame(rows)


def used_sources(city: City, table: SourceTable) -> list[Source]:
    """Return the sources that a table draws on, in the order of their ids."""
    ids = _declared(table)
    rows = _rows(city, table)
    if rows is not None:
        alike = [other for other in city.catalogue.tables if other.kind == table.kind != "figures"]
        ids |= set(rows["source_id"]).difference(*(_declared(each) for each in alike))
    return [city.catalogue.sources[key] for key in sorted(ids) if key in city.catalogue.sources]


def _declared(table: SourceTable) -> set[str]:
    return {source.id for source in table.sources} | ({table.source} if table.source else set())


def _rows(city: City, table: SourceTable) -> pd.DataFrame | None:
    """Return the rows of a table; for sites and points those of all tables of their kind."""
    return {"sites": city.sites, "points": city.points}.get(table.kind, city.printed.get(table.id))


def _table_row(city: City, table: SourceTable) -> dict[str, str]:
    used = used_sources(city, table)
    return {
        "Tabelle": table.title,
        "Stichtag": " bis ".join(dict.fromkeys(_ends(city, table))),
        "Herausgeber": "; ".join(dict.fromkeys(each.producer for each in used)),
        "Lizenz": "; ".join(dict.fromkeys(each.licence for each in used)),
        "Zeilen": formats.number(table.rows, 0),
        "Berichtigt": _count(len(table.corrections)),
    }


def _ends(city: City, table: SourceTable) -> list[str]:
    """First and last Stichtag of a table, where it has any."""
    if table.date is not None:
        return [formats.date(table.date)]
    rows = _rows(city, table)
    if rows is None:
        return []
    dated = rows[rows["source_id"].isin([each.id for each in used_sources(city, table)])]
    days = sorted(dated["date"].dropna())
    return [formats.published(str(day)[:10]) for day in (days[0], days[-1])] if days else []


def _count(number: int) -> str:
    return formats.number(number, 0) if number else "–"
